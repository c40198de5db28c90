"""``manage.py grant_application_role``: give the role of the application its rights on PostgreSQL, and no more."""

from typing import Any

from monitor.base.management.base import MonitorCommand
from monitor.base.services.database_roles import grant_application_role


class Command(MonitorCommand):
    help = "Geeft de databaserol van de toepassing (DATABASE_URL) haar rechten, als eigenaar (DATABASE_OWNER_URL)."

    def perform(self, **options: Any) -> None:
        role = grant_application_role()
        self.stdout.write(f"Rol ‘{role}’ heeft de rechten van de toepassing.")
