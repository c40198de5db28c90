"""Run in a process of its own, as the application's role on PostgreSQL: the whole way of a figure, a job, the sweep."""

import json
import os
from decimal import Decimal
from io import StringIO

import django


def main() -> dict[str, object]:
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from indicators.models import Observation, Period, Series
    from indicators.services.approval import approve_proposals
    from indicators.services.proposals import Place, ProposalContent, save_proposal
    from indicators.services.submission import submit_proposals
    from monitor.base.core.roles import Role
    from monitor.base.models import AuditRecord, Job
    from monitor.base.services.audit import verify_audit
    from monitor.base.services.audit_checks import order_audit_check
    from monitor.base.services.jobs import run_job, sweep_jobs
    from tests.workers import person, worker

    call_command("load_figures", stdout=StringIO())
    anna, bram = worker("anna", Role.INVOERDER), worker("bram", Role.CONTROLEUR)
    series, period = Series.objects.get(key="misdrijven-geregistreerd|nederland|realisatie|"), "2024"
    place = Place(series.pk, Period.objects.get(code=period).pk)
    content = ProposalContent(
        value=Decimal(812_345), change_kind="correctie", reason="Telfout.", explanation="Nagevraagd.", footnote="Noot."
    )
    saved = save_proposal(by=anna, place=place, version=0, content=content)
    submitted = submit_proposals(by=anna, pairs=[(saved.pk, saved.version)])
    saved.refresh_from_db()
    approved = approve_proposals(by=bram, pairs=[(saved.pk, saved.version)])
    job = order_audit_check(requested_by=person("beheerder", Role.BEHEERDER))
    swept = sweep_jobs(at_start=True)
    state = run_job(job.pk)
    client = Client(headers={"host": "localhost"})
    client.force_login(person("anna"))
    refused = client.get("/logboek/", secure=True).status_code
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        (role,) = cursor.fetchone()
    return {
        "role": role,
        "submitted": len(submitted.submitted),
        "checked": approved.checked,
        "revisions": Observation.objects.filter(series=series, period__code=period).count(),
        "swept": list(swept) == [job.pk],
        "job": str(state),
        "error": Job.objects.get(pk=job.pk).error,
        "refused": refused,
        "problems": [problem.text for problem in verify_audit()],
        "acts": sorted({record.act for record in AuditRecord.objects.all()}),
    }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "monitor.settings")
    django.setup()
    print(json.dumps(main()))
