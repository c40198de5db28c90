"""``manage.py load_areas [FILE]``: the municipalities, their police units through the years and their successions."""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from indicators.importing.area_files import MUNICIPALITIES, SUCCESSIONS, AreaFiles, read_area_files
from indicators.importing.opendata.regions import fetch_municipalities
from indicators.services.areas import load_areas
from monitor.base.core.errors import MonitorError
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
        parser.add_argument("--cbs", metavar="TABEL", default="", help="haal de gemeenten uit een tabel van het CBS")
        parser.add_argument("--unit-column", metavar="KOLOM", default="", help="kolom met de politie-eenheid")
        parser.add_argument("--unit-group", metavar="GROEP", default="", help="groep waar die kolom onder staat")
        parser.add_argument("--from", dest="start", metavar="DATUM", default="", help="vanaf wanneer (jjjj-mm-dd)")

    def perform(self, **options: Any) -> None:
        files = self._from_cbs(options) if options["cbs"] else self._from_files(options)
        counts = load_areas(municipalities=files.municipalities, successions=files.successions)
        for label, count in counts.items():
            self.stdout.write(f"{label}: {count.new} nieuw, {count.changed} gewijzigd, {count.same} ongewijzigd")
        if not any(count.new or count.changed for count in counts.values()):
            self.stdout.write("Alles stond er al; er is niets veranderd.")

    def _from_files(self, options: dict[str, Any]) -> AreaFiles:
        ours = None if options["file"] else SUCCESSIONS
        return read_area_files(options["file"] or MUNICIPALITIES, options["successions"] or ours)

    def _from_cbs(self, options: dict[str, Any]) -> AreaFiles:
        if options["file"] or not options["unit_column"]:
            raise MonitorError("Noem bij --cbs ook --unit-column, en geen bestand.")
        try:
            start = date.fromisoformat(options["start"]) if options["start"] else None
        except ValueError as error:
            raise MonitorError(f"‘{options['start']}’ is geen datum (jjjj-mm-dd).") from error
        found = fetch_municipalities(
            options["cbs"], column=options["unit_column"], group=options["unit_group"], start=start
        )
        return AreaFiles(found, ())
