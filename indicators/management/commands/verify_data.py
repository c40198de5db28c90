"""``manage.py verify_data``: proves ranges, references, keys, published sums and the audit chain."""

from typing import Any

from django.utils import timezone

from indicators.core.enumerations import Audience
from indicators.core.vantage import Vantage
from indicators.queries.verification import data_problems
from monitor.base.management.base import MonitorCommand
from monitor.base.services.audit import verify_audit


class Command(MonitorCommand):
    help = "Controleert reeksen van geldigheid, verwijzingen, sleutels, gepubliceerde sommen en de keten van de audit."

    def perform(self, **options: Any) -> None:
        problems = [*data_problems(Vantage(timezone.now(), Audience.INTERNAL)), *verify_audit()]
        for problem in problems:
            self.stderr.write(str(problem))
        if problems:
            raise SystemExit(1)
        self.stdout.write("De gegevens zijn in orde: geen problemen gevonden.")
