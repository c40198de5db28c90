"""``manage.py load_figures``: the published figures into the tables; again changes nothing."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from indicators.importing.figures import apply_load, plan_load
from indicators.importing.seed_files import SEED_FOLDER, read_seed_files
from monitor.base.management.base import MonitorCommand


class Command(MonitorCommand):
    help = "Laadt de gepubliceerde cijfers met hun bronnen. Nog een keer laden verandert niets."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=SEED_FOLDER, help="map met de seedbestanden")

    def perform(self, **options: Any) -> None:
        counts = apply_load(plan_load(read_seed_files(options["folder"])))
        for label, count in counts.items():
            self.stdout.write(f"{label}: {count.new} nieuw, {count.changed} gewijzigd, {count.same} ongewijzigd")
        if not any(count.new or count.changed for count in counts.values()):
            self.stdout.write("Alles stond er al; er is niets veranderd.")
