"""The doors to the message broker: thin, one service each. The Job table is the truth; a message is only a nudge."""

import structlog
from celery import shared_task
from django.db import transaction
from kombu.exceptions import OperationalError

from monitor.base.models import Job
from monitor.base.services import jobs

log = structlog.get_logger(__name__)


@shared_task(name="monitor.run_job")
def run_job(job_id: int) -> None:
    """Do one job, if it is still there to be done."""
    jobs.run_job(job_id)


@shared_task(name="monitor.sweep_jobs")
def sweep_jobs() -> None:
    """Send the jobs that lie; started by the clock."""
    send_lying_jobs()


def send_lying_jobs(*, at_start: bool = False) -> int:
    """Nudge every job the sweeper finds and return how many."""
    found = jobs.sweep_jobs(at_start=at_start)
    for job_id in found:
        _send(job_id)
    return len(found)


def nudge(job: Job) -> None:
    """Tell the workers about ``job`` once the current transaction is committed; a door calls this after submitting."""
    transaction.on_commit(lambda: _send(job.pk))


def _send(job_id: int) -> None:
    jobs.note_nudge(job_id=job_id)
    try:
        run_job.delay(job_id)
    except (OperationalError, OSError) as error:  # the broker is away: the job stays, the sweeper sends it later
        log.warning("job not sent", job=job_id, reason=str(error))
