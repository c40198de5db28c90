"""``manage.py import_odata TABLE --profile P``: fetch a table of open data and make values of it.

Exit 0: done (or nothing to do); 1: something was refused and nothing was stored; 2: wrong use, or it cannot be fetched.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from indicators.core.enumerations import ChangeKind
from indicators.core.opendata.answers import OpenDataProblem, read_json
from indicators.core.opendata.profiles import OpenDataProfile, read_profile
from indicators.importing.opendata.orders import OpenDataOrder, fetch_and_plan, order_open_data, require_profile
from indicators.services.open_data import save_profile
from monitor.base.core.errors import MonitorError
from monitor.base.core.jobs import JobState
from monitor.base.management.base import MonitorCommand
from monitor.base.models import Job, User
from monitor.base.services.job_leases import JobProgress
from monitor.base.services.jobs import note_nudge, run_job
from monitor.base.tasks import nudge

_SHOWN = 20
_LABELS = {
    "new": "nieuw",
    "revised": "herzien",
    "same": "ongewijzigd",
    "under_way": "al onderweg",
    "missing": "ontbreekt",
    "left_out": "weggelaten volgens het profiel",
}


class Command(MonitorCommand):
    help = "Haalt een tabel op bij het CBS of de politie en maakt er cijfers van, volgens een profiel."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("table", metavar="TABEL", help="bijvoorbeeld 47008NED")
        parser.add_argument("--profile", metavar="PROFIEL", required=True, help="code van een profiel, of een bestand")
        parser.add_argument("--service", choices=["v4", "v3"], help="versie van de dienst (anders die van het profiel)")
        parser.add_argument("--dry-run", action="store_true", help="alleen tonen wat er zou veranderen")
        parser.add_argument("--json", action="store_true", help="het plan als JSON")
        parser.add_argument("--user", metavar="NAAM", default="", help="wie dit doet; nodig om op te slaan")
        parser.add_argument("--round", metavar="RONDE", default="", help="ronde waarin de cijfers concept worden")
        parser.add_argument("--publication", metavar="CODE", default="", help="als gepubliceerd laden (beheerder)")
        parser.add_argument("--only-valid", action="store_true", help="bewaar ook als er cellen geweigerd zijn")
        parser.add_argument("--change-kind", metavar="SOORT", default=ChangeKind.UPDATE.value, help="van herzieningen")
        parser.add_argument("--reason", metavar="REDEN", default="", help="van herzieningen")
        parser.add_argument("--later", action="store_true", help="laat de werker het doen")

    def perform(self, **options: Any) -> None:
        profile = self._profile(options)
        if options["dry_run"]:
            fetched = fetch_and_plan(profile, self._tell(options), _never)
            self._show(fetched.plan.as_data(None), options)
            return
        user = User.objects.filter(username=options["user"]).first()
        if user is None:
            raise MonitorError("Noem met --user wie dit doet, of kijk alleen met --dry-run.")
        if Path(options["profile"]).is_file():
            save_profile(profile=profile, by=user)
        order = OpenDataOrder(
            profile=profile.code,
            user=user.pk,
            round=options["round"],
            publication=options["publication"],
            only_valid=options["only_valid"],
            change_kind=options["change_kind"],
            reason=options["reason"],
        )
        job = order_open_data(order=order)
        if options["later"]:
            nudge(job)
            self.stdout.write(json.dumps({"job": job.pk}) if options["json"] else f"Taak {job.pk} staat klaar.")
            return
        self._run(job, options)

    def _profile(self, options: Mapping[str, Any]) -> OpenDataProfile:
        path = Path(options["profile"])
        if path.is_file():
            try:
                content = read_json(path.read_bytes(), f"bestand ‘{path}’")
            except OSError as error:
                raise OpenDataProblem(f"Bestand ‘{path}’ is niet te lezen: {error.strerror}.") from error
        else:
            content = require_profile(options["profile"]).content
        profile = read_profile(content)
        if profile.table.casefold() != options["table"].casefold():
            raise OpenDataProblem(f"Profiel ‘{profile.code}’ is voor tabel {profile.table}, niet {options['table']}.")
        if options["service"] and options["service"] != profile.service:
            raise OpenDataProblem(f"Profiel ‘{profile.code}’ is voor dienst {profile.service}.")
        return profile

    def _run(self, job: Job, options: Mapping[str, Any]) -> None:
        note_nudge(job_id=job.pk)  # this process does the work itself; the sweeper leaves it alone
        tell = self._tell(options)

        def listen(progress: JobProgress) -> None:
            tell(progress.phase, progress.done, progress.total)

        state = run_job(job.pk, listener=listen)
        job.refresh_from_db()
        if state is not JobState.KLAAR or job.result is None:
            why = f"Deze tabel wordt al opgehaald (taak {job.pk}, {job.state}). Wacht tot dat klaar is."
            raise MonitorError(job.error or why)
        self._show(job.result, options)

    def _tell(self, options: Mapping[str, Any]) -> Any:
        def tell(phase: str, done: int, total: int) -> None:
            if options["verbosity"] > 1:
                self.stderr.write(f"{phase} {done}/{total}" if total else f"{phase} {done or ''}".rstrip())

        return tell

    def _show(self, plan: Mapping[str, Any], options: Mapping[str, Any]) -> None:
        """The plan, and exit 1 when something was refused and therefore nothing stored."""
        if options["json"]:
            self.stdout.write(json.dumps(plan, ensure_ascii=False))
        else:
            self._show_text(plan, options)
        if plan["refused"] and not plan.get("stored") and not options["dry_run"]:
            raise SystemExit(1)

    def _show_text(self, plan: Mapping[str, Any], options: Mapping[str, Any]) -> None:
        for name, label in _LABELS.items():
            self.stdout.write(f"{label}: {plan[name]}")
        count = plan.get("refused_count", len(plan["refused"]))
        self.stdout.write(f"geweigerd: {count}")
        for one in plan["refused"][:_SHOWN]:
            self.stdout.write(f"  {one['cell']}: {one['message']}")
        if count > _SHOWN:
            self.stdout.write(f"  … en nog {count - _SHOWN}; met --json staan er meer")
        if plan.get("stored"):
            self.stdout.write(f"{plan['stored']} cijfers opgeslagen.")
        elif plan["refused"] and not options["dry_run"]:
            self.stdout.write("Er is niets opgeslagen. Pas het profiel aan, of kies --only-valid.")
        elif not plan["new"] and not plan["revised"]:
            self.stdout.write("Alles stond er al; er is niets veranderd.")


def _never() -> None:
    """A look is not stopped half-way but with Ctrl-C."""
