"""Whether the role that the application signs in with is limited, as it should be in production."""

from typing import Any

from django.core.checks import CheckMessage, Warning
from django.db import connection
from django.db.utils import OperationalError

_HINT = "Geef de toepassing een eigen rol: zet DATABASE_OWNER_URL en draai ‘manage.py grant_application_role’."


def application_role_is_limited(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """For ``check --deploy``: warns when the role is a superuser or owns tables. Silent without a database."""
    if connection.vendor != "postgresql":
        return []
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT current_user, (SELECT rolsuper FROM pg_roles WHERE rolname = current_user), (SELECT count(*) "
                "FROM pg_tables WHERE schemaname = 'public' AND pg_has_role(current_user, tableowner, 'USAGE'))"
            )
            role, is_superuser, owned = cursor.fetchone()
    except OperationalError:  # no database to ask: the check is for where there is one
        return []
    if is_superuser:
        return [Warning(f"Databaserol ‘{role}’ mag alles (superuser).", hint=_HINT, id="monitor.W001")]
    if owned:
        return [Warning(f"Databaserol ‘{role}’ is eigenaar van {owned} tabellen.", hint=_HINT, id="monitor.W002")]
    return []
