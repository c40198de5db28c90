"""``manage.py export_odata_profile CODE``: a profile as JSON, to change and offer again to ``import_odata``."""

import json
from typing import Any

from django.core.management.base import CommandParser

from indicators.importing.opendata.orders import require_profile
from monitor.base.management.base import MonitorCommand


class Command(MonitorCommand):
    help = "Schrijft de laatste versie van een profiel voor open data als JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", metavar="PROFIEL")

    def perform(self, **options: Any) -> None:
        self.stdout.write(json.dumps(require_profile(options["code"]).content, ensure_ascii=False, indent=2))
