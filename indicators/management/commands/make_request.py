"""``manage.py make_request``: the request sheet of a supplier as a file."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from indicators.core.request_sheets import figure_count, request_mail
from indicators.queries.workers import find_worker
from indicators.services.requests import make_request
from monitor.base.core.errors import MonitorError
from monitor.base.management.base import MonitorCommand


class Command(MonitorCommand):
    help = "Maakt de uitvraag voor een leverancier: een rekenblad met de gevraagde cijfers, en de tekst voor de mail."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("round", help="de code van de rapportageronde, bijvoorbeeld 2026-2")
        parser.add_argument("supplier", help="de code van de leverancier, bijvoorbeeld politie")
        parser.add_argument("--user", required=True, help="wie de uitvraag doet (gebruikersnaam)")
        parser.add_argument("--output", type=Path, required=True, help="het bestand dat wordt geschreven (XLSX)")

    def perform(self, **options: Any) -> None:
        worker, output = find_worker(options["user"]), options["output"]
        if not output.parent.is_dir():
            raise MonitorError(f"De map {output.parent} bestaat niet. Maak haar eerst, of kies een andere.")
        made = make_request(by=worker, round_code=options["round"], supplier_code=options["supplier"])
        output.write_bytes(made.content)
        mail = request_mail(made.sheet, worker.name)
        self.stdout.write(f"{figure_count(made.request.asked)} gevraagd aan {made.sheet.supplier_name}: {output}")
        self.stdout.write(f"\nAan: {mail.to or '(geen adres bekend)'}\nOnderwerp: {mail.subject}\n\n{mail.body}")
