"""Run by a test in a process of its own, on a database in a file: two people order the same report at once."""

import json
import os
import sys
import threading
from io import StringIO

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "monitor.settings")
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_figures", stdout=StringIO())
    json.dump(ordered_at_once(), sys.stdout)


def ordered_at_once() -> dict[str, int | list[str]]:
    """Two threads, two people, one report; what stands in the tables afterwards."""
    from django.db import connection

    from monitor.base.models import AuditRecord, Job, User
    from monitor.base.services.jobs import run_job
    from reports.models import ReportDocument, ReportRun
    from reports.queries.documents import check_order
    from reports.services.reports import order_report
    from tests.reports.stubs import stubbed_rendering

    order = check_order("werkvoorraad-zeden", None, "html,csv")
    people = [User.objects.create_user(name) for name in ("anna", "bram")]
    together = threading.Barrier(2)
    states: list[str] = []

    def work(person: User) -> None:
        try:
            job = order_report(order=order, requested_by=person)
            together.wait(30)
            states.append(run_job(job.pk).value)
        finally:
            connection.close()

    with stubbed_rendering():
        threads = [threading.Thread(target=work, args=(person,)) for person in people]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    return {
        "states": sorted(states),
        "jobs": Job.objects.count(),
        "runs": ReportRun.objects.count(),
        "documents": ReportDocument.objects.count(),
        "records": AuditRecord.objects.filter(act="rapport gemaakt").count(),
        "errors": list(Job.objects.exclude(error="").values_list("error", flat=True)),
    }


if __name__ == "__main__":
    main()
