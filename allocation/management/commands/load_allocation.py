"""``manage.py load_allocation [--exercise]``: features, the published model, the old key and the open figures."""

from typing import Any

from django.core.management.base import CommandParser

from allocation.importing.load import load_exercise, load_published
from monitor.base.management.base import MonitorCommand


class Command(MonitorCommand):
    help = "Laadt het sterktemodel met zijn gewichten, de kenmerken en de open cijfers. Nog een keer verandert niets."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--exercise", action="store_true", help="ook een oefenset waarin de ontbrekende kenmerken verzonnen zijn"
        )

    def perform(self, **options: Any) -> None:
        for part, told in load_published().items():
            self.stdout.write(f"{part}: {told}")
        if options["exercise"]:
            told = "nieuw" if load_exercise() else "stond er al"
            self.stdout.write(f"oefenset (FICTIEF): {told}")
