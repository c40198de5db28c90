"""``manage.py import_file``: what a supplier sent back, from the command line."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from indicators.core.access import Worker
from indicators.core.enumerations import DeliveryState
from indicators.core.request_layout import NotARequestSheet
from indicators.importing.delivery import confirm_delivery, make_plan, plan_of_file
from indicators.importing.delivery_export import plan_as_data, refused_file_as_data
from indicators.importing.delivery_plan import DeliveryPlan
from indicators.queries.rounds import find_round
from indicators.queries.workers import find_worker
from indicators.services.deliveries import receive_delivery
from monitor.base.core.errors import MonitorError
from monitor.base.management.base import Fout, MonitorCommand
from monitor.base.models import User
from monitor.base.services.audit import audited_refusal
from monitor.base.tabular.reading_cells import UnreadableFile


class Command(MonitorCommand):
    help = (
        "Leest een ingevulde uitvraag en bewaart de waarden als concept. Uitgang 0: gedaan; 1: er is iets geweigerd en "
        "niets opgeslagen; 2: verkeerd gebruik. Wat de leverancier aan eerdere cijfers wijzigde en wat iemand al "
        "invoerde, wordt zo niet overgenomen; daarvoor is de pagina van de aanlevering."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="het bestand (XLSX, XLS, ODS of CSV)")
        parser.add_argument("--round", required=True, help="de code van de rapportageronde, bijvoorbeeld 2026-2")
        parser.add_argument("--user", default="", help="wie het bestand verwerkt (gebruikersnaam)")
        parser.add_argument("--dry-run", action="store_true", help="alleen tonen wat er zou gebeuren")
        parser.add_argument("--only-valid", action="store_true", help="bewaar de goede rijen, ook naast geweigerde")
        parser.add_argument("--json", action="store_true", help="het plan als JSON")

    def perform(self, **options: Any) -> None:
        content = _read(options["file"])
        if not options["user"] and not options["dry_run"]:
            raise MonitorError("Noem met --user wie het bestand verwerkt; een ander controleert de cijfers.")
        try:
            if options["dry_run"]:
                self._look(content, options)
            else:
                self._store(find_worker(options["user"]), content, options)
        except (UnreadableFile, NotARequestSheet) as refused:
            if options["json"]:
                self.stdout.write(json.dumps(refused_file_as_data(refused.message), ensure_ascii=False, indent=2))
            raise Fout(refused.message, returncode=1) from refused

    def _look(self, content: bytes, options: dict[str, Any]) -> None:
        plan = plan_of_file(find_round(options["round"]), options["file"].name, content)
        self._tell(plan, as_json=options["json"])
        self._require_valid(plan, options)

    def _require_valid(self, plan: DeliveryPlan, options: dict[str, Any]) -> None:
        if plan.refused and not options["only_valid"]:
            count = "1 cel is" if len(plan.refused) == 1 else f"{len(plan.refused)} cellen zijn"
            raise Fout(
                f"{count} geweigerd. Er is niets opgeslagen. Met --only-valid bewaart u de goede rijen.", returncode=1
            )

    def _store(self, worker: Worker, content: bytes, options: dict[str, Any]) -> None:
        actor = User.objects.get(pk=worker.user_id)
        subject = f"{options['round']}, {options['file'].name}"
        with audited_refusal(actor=actor, act="bestand inlezen", subject=subject):
            received = receive_delivery(
                by=worker, round_code=options["round"], file_name=options["file"].name, content=content
            )
        delivery = received.delivery
        if delivery.state == DeliveryState.CONFIRMED:
            self._say("Dit bestand is al verwerkt; er is niets veranderd.", options["json"])
            return
        plan = make_plan(delivery)
        self._tell(plan, as_json=options["json"])
        self._require_valid(plan, options)
        if plan.is_nothing_to_take:
            self._say("Er is niets opgeslagen: alles stond er al, of iemand moet eerst kiezen.", options["json"])
            return
        with audited_refusal(actor=actor, act="aanlevering verwerken", subject=subject):
            done = confirm_delivery(by=worker, delivery=delivery, digest=plan.digest, only_valid=options["only_valid"])
        self._say(f"Opgeslagen als concept: {done.stored}.", options["json"])

    def _say(self, text: str, as_json: bool) -> None:
        """Beside the data, for who reads along."""
        (self.stderr if as_json else self.stdout).write(text)

    def _tell(self, plan: DeliveryPlan, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(plan_as_data(plan), ensure_ascii=False, indent=2))
            return
        for label, count in plan.counts.items():
            self.stdout.write(f"{label}: {count}")
        for problem in plan.refused:
            self.stdout.write(f"- {problem.message}")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise MonitorError(f"Het bestand {path} is niet te lezen. Kijk of de naam klopt.") from error
