"""``manage.py generate_report TEMPLATE --round 2025-2 --out DIR``: make a report and put it in a folder."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from monitor.base.core.errors import MonitorError
from monitor.base.core.jobs import JobState
from monitor.base.management.base import MonitorCommand
from monitor.base.models import Job
from monitor.base.services.job_leases import JobProgress
from monitor.base.services.jobs import note_nudge, run_job
from reports.core.formats import Format
from reports.models import ReportRun
from reports.queries.documents import check_order
from reports.services.reports import copy_documents, order_report


class Command(MonitorCommand):
    help = "Maakt een rapport van de cijfers en zet de bestanden in een map."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("template", metavar="RAPPORT", help="bijvoorbeeld kerncijfers-politie")
        parser.add_argument("--round", metavar="RONDE", help="rapportageronde, bijvoorbeeld 2025-2")
        parser.add_argument("--out", metavar="MAP", type=Path, default=Path("out"), help="map voor de bestanden")
        parser.add_argument(
            "--formats", metavar="FORMATEN", default=",".join(Format), help="html,pdf,docx,xlsx,csv (standaard alle)"
        )
        parser.add_argument("--run", metavar="NUMMER", default="", help="berekening van de sterkteverdeling")
        parser.add_argument("--as-known-on", metavar="DATUM", default="", help="zoals bekend op jjjj-mm-dd")

    def perform(self, **options: Any) -> None:
        order = check_order(
            options["template"], options["round"], options["formats"], options["as_known_on"], options["run"]
        )
        job = order_report(order=order, requested_by=None)
        note_nudge(job_id=job.pk)  # this process does the work itself; the sweeper leaves it alone
        state = run_job(job.pk, listener=self._tell if options["verbosity"] > 1 else None)
        job.refresh_from_db()
        if state is not JobState.KLAAR or job.result is None:
            raise MonitorError(_why_not(job))
        for path in copy_documents(ReportRun.objects.get(pk=job.result["run"]), order.formats, options["out"]):
            self.stdout.write(str(path))

    def _tell(self, progress: JobProgress) -> None:
        amount = f" {progress.done}/{progress.total}" if progress.total else ""
        self.stderr.write(f"{progress.phase}{amount}")


def _why_not(job: Job) -> str:
    if job.error:
        return job.error
    return f"Hetzelfde rapport wordt al gemaakt (taak {job.pk}, {job.state}). Probeer het zo nog eens."
