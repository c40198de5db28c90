"""``manage.py demo_accounts``: one account per role, in demo mode only."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from monitor.base.core.errors import MonitorError
from monitor.base.services.people import demo_accounts_file, ensure_demo_accounts


class Command(BaseCommand):
    help = "Maakt voor elke rol één demo-account en toont namen en wachtwoorden."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            accounts = ensure_demo_accounts()
        except MonitorError as error:
            raise CommandError(error.message, returncode=2) from None
        for account in accounts:
            self.stdout.write(f"  {account.username:<12} {account.password}")
        self.stdout.write(f"  (bewaard in {demo_accounts_file()}, alleen leesbaar voor u)")
