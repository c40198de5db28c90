"""``manage.py migrate`` as Django has it, by the owner of the tables; afterwards the application gets its rights."""

from typing import Any

from django.conf import settings
from django.core.management.commands import migrate

from monitor.base.services.database_roles import as_owner, grant_application_role


class Command(migrate.Command):
    """Without DATABASE_OWNER_URL nothing but Django's own command."""

    def handle(self, *args: Any, **options: Any) -> None:
        with as_owner():
            super().handle(*args, **options)
        if settings.DATABASE_OWNER:
            grant_application_role()
