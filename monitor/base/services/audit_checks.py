"""Having the audit trail proven in the background, and keeping what came out."""

from collections.abc import Mapping
from itertools import islice
from typing import Any

from django.db import transaction

from monitor.base.core.audit import rows_digest
from monitor.base.core.jobs import JobContext
from monitor.base.models import Job, User
from monitor.base.queries.audit import audit_end
from monitor.base.queries.protections import missing_protections
from monitor.base.services.audit import record_act, verify_audit
from monitor.base.services.jobs import submit_job

JOB_KIND = "logboek-controleren"
_MOST_TOLD = 20  # of the problems: after the first few the rest says the same


def order_audit_check(*, requested_by: User) -> Job:
    """Put the proof of the audit trail on the list of work; one that is still open is returned."""
    parameters = {"requested_by": requested_by.pk}
    return submit_job(kind=JOB_KIND, parameters=parameters, requested_by=requested_by, dedupe_key=JOB_KIND)


def check_audit(parameters: Mapping[str, Any], context: JobContext) -> Mapping[str, Any]:
    """The handler of the job: walks the chain, looks at the protections, and returns what is wrong."""
    end = audit_end()

    def report(seen: int) -> None:
        context.stop_if_cancelled()
        context.report("Regels narekenen", seen, end.number)

    problems = verify_audit(report=report)
    told = [problem.text for problem in islice(problems, _MOST_TOLD)]
    count = len(told) + sum(1 for _ in problems)
    protections = missing_protections()
    with transaction.atomic():
        record_act(
            actor=User.objects.filter(pk=parameters["requested_by"]).first(),
            act="logboek nagerekend",
            subject=f"tot en met regel {end.number}",
            counts={"regels": end.number, "bevindingen": count + len(protections)},
            rows_digest=rows_digest([{"bevinding": text} for text in [*told, *protections]]),
        )
        context.guard()
    return {
        "records": end.number,
        "digest": end.digest,
        "problems": count + len(protections),
        "told": [*protections, *told],
    }
