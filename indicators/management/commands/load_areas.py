"""``manage.py load_areas [FILE]``: the municipalities, their police units through the years and their successions."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from indicators.importing.area_files import MUNICIPALITIES, SUCCESSIONS, read_area_files
from indicators.services.areas import load_areas
from monitor.base.management.base import MonitorCommand


class Command(MonitorCommand):
    help = "Laadt de gemeenten met hun politie-eenheid en opvolging. Nog een keer laden verandert niets."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file",
            metavar="BESTAND",
            nargs="?",
            type=Path,
            help="CSV met code, name, police_unit, from, to (standaard de gemeenten sinds 2013)",
        )
        parser.add_argument(
            "--successions", metavar="BESTAND", type=Path, help="CSV met old, new, date, share (leeg: niet bekend)"
        )

    def perform(self, **options: Any) -> None:
        own = options["file"] is None
        files = read_area_files(
            options["file"] or MUNICIPALITIES, options["successions"] or (SUCCESSIONS if own else None)
        )
        counts = load_areas(municipalities=files.municipalities, successions=files.successions)
        for label, count in counts.items():
            self.stdout.write(f"{label}: {count.new} nieuw, {count.changed} gewijzigd, {count.same} ongewijzigd")
        if not any(count.new or count.changed for count in counts.values()):
            self.stdout.write("Alles stond er al; er is niets veranderd.")
