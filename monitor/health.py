"""Whether the process lives, and whether it can do its work; asked by load balancers and containers."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError

from monitor.celery import app


@never_cache
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """The process answers; nothing else is looked at, so that a slow database does not get it restarted."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Database (there, and migrated) and broker can be used: 200, else 503 with which is not. No details leak."""
    parts = {"database": _database_ready(), "broker": _broker_ready()}
    whole = all(parts.values())
    answer = {"status": "ok" if whole else "niet gereed"} | {
        name: "ok" if well else "niet bereikbaar" for name, well in parts.items()
    }
    return JsonResponse(answer, status=200 if whole else 503)


def _database_ready() -> bool:
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return False


def _broker_ready() -> bool:
    if not settings.REDIS_URL:
        return (settings.BROKER_DIR / "messages").is_dir()
    try:
        with app.connection_for_write(connect_timeout=2) as broker:
            broker.ensure_connection(max_retries=1, timeout=2)
    except (OSError, OperationalError):
        return False
    return True
