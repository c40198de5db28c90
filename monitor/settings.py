"""Settings of the monitor: read from the environment, with safe defaults.

Without anything set the monitor runs embedded: SQLite, a broker in the file system, one worker, demo mode off.
With ``DATABASE_URL`` and ``REDIS_URL`` it runs on PostgreSQL and Redis. See ``README.md`` for every variable.
"""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import Env

from monitor.logs import logging_settings

env = Env()

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.str("MONITOR_DATA_DIR", str(BASE_DIR / "var")))
DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)  # passwords and figures that are not public yet

DEBUG = env.bool("DEBUG", False)
DEMO = env.bool("MONITOR_DEMO", False)
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])


def _secret_key() -> str:
    """The key from the environment; embedded use keeps a generated one in the data folder, readable by us alone."""
    if key := env.str("SECRET_KEY", ""):
        return key
    if env.str("DATABASE_URL", ""):
        raise ImproperlyConfigured(
            "SECRET_KEY ontbreekt. Zet een lange, willekeurige waarde in de omgeving voordat u met DATABASE_URL start."
        )
    from monitor.base.core.secrets import read_or_create_secret

    return read_or_create_secret(DATA_DIR / "secret_key")


SECRET_KEY = _secret_key()

INSTALLED_APPS = [
    "monitor.base.views.administration.MonitorAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "monitor.base",
    "indicators",
    "commitments",
    "allocation",
    "reports",
]

MIDDLEWARE = [
    "monitor.base.api.middleware.ApiAnswers",  # outermost: it also sees refusals by those below
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "monitor.base.views.refusals.RecordRefusals",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "monitor.urls"
WSGI_APPLICATION = "monitor.wsgi.application"
APPEND_SLASH = True  # pages end with a slash; the API has none and is never redirected

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- data -------------------------------------------------------------------------------------------------------------
# SQLite takes its write lock at the start of a transaction: with the default mode 116 of 180 concurrent updates failed.
SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # recursive_triggers: without it INSERT OR REPLACE deletes a protected row unseen by the triggers that forbid it.
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;"
    ),
}
DATABASES: dict[str, dict[str, Any]] = {
    "default": env.dj_db_url("DATABASE_URL")
    if env.str("DATABASE_URL", "")
    else {"ENGINE": "django.db.backends.sqlite3", "NAME": DATA_DIR / "monitor.sqlite3"}
}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("MONITOR_CONNECTION_SECONDS", 60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# Who makes and alters tables on PostgreSQL; for ``migrate`` and ``grant_application_role`` only. Empty: DATABASE_URL.
DATABASE_OWNER: dict[str, Any] = env.dj_db_url("DATABASE_OWNER_URL") if env.str("DATABASE_OWNER_URL", "") else {}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", "")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

# --- jobs -------------------------------------------------------------------------------------------------------------
# A worker that says nothing for this long has lost its job. Clocks of machines may differ by less than this.
JOB_LEASE_SECONDS = env.float("MONITOR_JOB_LEASE_SECONDS", 60.0)
JOB_SWEEP_SECONDS = env.float("MONITOR_JOB_SWEEP_SECONDS", 30.0)
JOB_MAX_ATTEMPTS = env.int("MONITOR_JOB_MAX_ATTEMPTS", 3)

BROKER_DIR = DATA_DIR / "broker"
CELERY_BROKER_URL = REDIS_URL or "filesystem://"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {"socket_connect_timeout": 3, "socket_timeout": 30}
if not REDIS_URL:
    (BROKER_DIR / "messages").mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_DIR / "messages"),
        "data_folder_out": str(BROKER_DIR / "messages"),
        "control_folder": str(BROKER_DIR / "control"),
        "polling_interval": 0.3,
    }
CELERY_TASK_DEFAULT_QUEUE = env.str("MONITOR_QUEUE", "monitor")  # its own name where a Redis is shared
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_ALWAYS_EAGER = env.bool("MONITOR_TASKS_EAGER", False)
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CONCURRENCY = env.int("MONITOR_WORKER_CONCURRENCY", 1)
CELERY_WORKER_ENABLE_REMOTE_CONTROL = bool(REDIS_URL)
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Europe/Amsterdam"
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "sweep-jobs": {
        "task": "monitor.sweep_jobs",
        "schedule": JOB_SWEEP_SECONDS,
        "options": {"expires": JOB_SWEEP_SECONDS},
    }
}

# --- documents --------------------------------------------------------------------------------------------------------
OUTPUT_DIR = Path(env.str("MONITOR_OUTPUT_DIR", str(DATA_DIR / "documents")))
# What goes out to suppliers and what comes back from them; never served as files of the site.
REQUEST_DIR = Path(env.str("MONITOR_REQUEST_DIR", str(DATA_DIR / "requests")))
DELIVERY_DIR = Path(env.str("MONITOR_DELIVERY_DIR", str(DATA_DIR / "deliveries")))
DELIVERY_BYTES = env.int("MONITOR_DELIVERY_MEGABYTES", 10) * 2**20
# Open data: where they may be fetched from (names only, over https), and how much of one table.
OPEN_DATA_DIR = Path(env.str("MONITOR_OPEN_DATA_DIR", str(DATA_DIR / "opendata")))
OPEN_DATA_HOSTS: list[str] = env.list(
    "MONITOR_OPEN_DATA_HOSTS", ["datasets.cbs.nl", "opendata.cbs.nl", "dataderden.cbs.nl"]
)
OPEN_DATA_BYTES = env.int("MONITOR_OPEN_DATA_MEGABYTES", 2048) * 2**20
PLOTLY_BUNDLE = Path(env.str("PLOTLY_BUNDLE", str(BASE_DIR / "monitor/base/static/vendor/plotly/plotly-basic.min.js")))
# The Word document whose styles, margins and letterhead the DOCX reports take over; empty: the monitor's neutral one.
REPORT_REFERENCE_DOCX = env.str("REPORT_REFERENCE_DOCX", "")

# --- people -----------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "base.User"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# --- language and time ------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True

# --- files ------------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("MONITOR_STATIC_ROOT", str(BASE_DIR / "staticfiles")))
# A stylesheet with an organisation's own values of the design tokens, as a path within the static files; see
# monitor/base/static/base/css/tokens.css for the names. Empty: the neutral theme.
MONITOR_THEME_CSS = env.str("MONITOR_THEME_CSS", "")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# --- security ---------------------------------------------------------------------------------------------------------
HTTPS = env.bool("MONITOR_HTTPS", not DEMO and not DEBUG)
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("MONITOR_BEHIND_PROXY", False) else None
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# --- API --------------------------------------------------------------------------------------------------------------
API_VERSION = "1.0.0"
# Where the monitor is known outside, without a path, for the description of the API; empty: as it was asked for.
PUBLIC_URL = env.str("MONITOR_PUBLIC_URL", "").rstrip("/")
REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "monitor.base.api.problems.problem_answer",
    "URL_FORMAT_OVERRIDE": None,
    "FORMAT_SUFFIX_KWARG": None,
}
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "Monitor ondermijning en politie",
    "DESCRIPTION": (
        "Cijfers over politie en ondermijning met hun bron, periode en bijstellingen, en de rapporten die ervan zijn "
        "gemaakt. Alleen om te lezen. Zonder account ziet u wat openbaar is; wie in de monitor is aangemeld (met de "
        "cookie van de sessie), ziet ook wat bekend is en nog niet openbaar. Getallen hebben hooguit vijftien cijfers, "
        "zodat een JSON-getal ze exact weergeeft. Een onbekende parameter wordt geweigerd. Fouten volgen RFC 9457."
    ),
    "VERSION": API_VERSION,
    "CONTACT": {
        "name": env.str("MONITOR_CONTACT_NAME", "Beheer van de monitor"),
        "email": env.str("MONITOR_CONTACT_EMAIL", "beheer@example.org"),
        "url": env.str("MONITOR_CONTACT_URL", "https://example.org/monitor"),
    },
    "SERVERS": [{"url": f"{PUBLIC_URL or 'https://localhost'}/api/v1"}],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SCHEMA_PATH_PREFIX_TRIM": True,
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "POSTPROCESSING_HOOKS": ["monitor.base.api.openapi.describe_answers"],
}

# --- log --------------------------------------------------------------------------------------------------------------
LOGGING = logging_settings(as_json=not (DEBUG or DEMO), level=env.str("MONITOR_LOG_LEVEL", "INFO"))
