"""``manage.py verify_audit``: prove that the audit trail is whole."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from monitor.base.queries.audit import audit_end
from monitor.base.queries.protections import missing_protections
from monitor.base.services.audit import verify_audit


class Command(BaseCommand):
    help = "Controleert of het logboek aaneensluit en of de tabellen nog tegen wijziging beschermd zijn."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--printed-head", default="", help="een controlegetal dat in een rapport is afgedrukt")

    def handle(self, *args: Any, **options: Any) -> None:
        problems = [problem.text for problem in verify_audit(printed_head=options["printed_head"])]
        problems += missing_protections()
        for problem in problems:
            self.stderr.write(problem)
        if problems:
            raise CommandError(f"Het logboek klopt niet: {len(problems)} bevinding(en).", returncode=2)
        end = audit_end()
        self.stdout.write(f"Het logboek klopt: {end.number} regels, controlegetal {end.digest}.")
