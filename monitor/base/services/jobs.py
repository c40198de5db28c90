"""Asking for a job, running it, stopping it, and finding the jobs that lie.

The functions here never talk to the message broker: the doors do, after the commit (``monitor.base.tasks.nudge``).
"""

import secrets
import traceback
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from monitor.base.core.errors import MonitorError
from monitor.base.core.jobs import OPEN_STATES, JobCancelled, JobState, JobSuperseded, job_kind
from monitor.base.models import Job, User
from monitor.base.services.job_leases import JobListener, Lease, claim_job

log = structlog.get_logger(__name__)

_OPEN = [state.value for state in OPEN_STATES]


def submit_job(
    *,
    kind: str,
    parameters: Mapping[str, Any],
    requested_by: User | None = None,
    dedupe_key: str | None = None,
    label: str = "",
) -> Job:
    """Write down, in the caller's transaction, that work must be done; nothing starts before the commit and a nudge.

    An open job (waiting or running) with the same ``dedupe_key`` is returned instead of a second one. ``label`` is
    what people read; the label of the kind when empty. Raises UnknownJobKind.
    """
    known = job_kind(kind)
    fields = {"kind": kind, "label": label or known.label, "parameters": dict(parameters), "requested_by": requested_by}
    if not dedupe_key:
        return Job.objects.create(**fields)
    if already := _open_job(dedupe_key):
        return already
    try:
        with transaction.atomic():
            return Job.objects.create(**fields, dedupe_key=dedupe_key)
    except IntegrityError:  # somebody else asked for the same between our look and our insert
        if already := _open_job(dedupe_key):
            return already
        raise


def run_job(job_id: int, *, listener: JobListener | None = None) -> JobState:
    """Do the job if it is free to be done, and return where it stands then; harmless to call again and again.

    ``listener`` hears every report too (a command prints it). Raises MonitorError when there is no such job.
    """
    lease = claim_job(job_id, listener=listener)
    if lease is None:
        return JobState(Job.objects.values_list("state", flat=True).get(pk=job_id))
    with lease:
        return _perform(lease)


def request_cancel(*, job_id: int) -> JobState:
    """Ask to stop a job: one that waits stops now, one that runs at its next look; a final one stays as it is."""
    now = timezone.now()
    stopped = Job.objects.filter(pk=job_id, state=JobState.WACHT).update(
        state=JobState.GEANNULEERD, finished_at=now, cancel_requested=True
    )
    if not stopped:
        Job.objects.filter(pk=job_id, state=JobState.LOOPT).update(cancel_requested=True)
    return JobState(Job.objects.values_list("state", flat=True).get(pk=job_id))


def sweep_jobs(*, at_start: bool = False) -> list[int]:
    """The jobs that lie: waiting without a recent nudge, or running with an expired lease; oldest first.

    The caller nudges them. A waiting job that was nudged less than one lease ago is left alone, except ``at_start`` of
    a worker: what an earlier worker had taken from the broker may be lost.
    """
    now = timezone.now()
    lies = Q(state=JobState.WACHT)
    if not at_start:
        lies &= Q(nudged_at=None) | Q(nudged_at__lt=now - timedelta(seconds=settings.JOB_LEASE_SECONDS))
    expired = Q(state=JobState.LOOPT, lease_until__lt=now)
    return list(Job.objects.filter(lies | expired).order_by("created_at", "pk").values_list("pk", flat=True))


def note_nudge(*, job_id: int) -> None:
    """Remember that the broker was told about a job, so that the sweeper does not repeat it at once."""
    Job.objects.filter(pk=job_id, state=JobState.WACHT).update(nudged_at=timezone.now())


def _open_job(dedupe_key: str) -> Job | None:
    return Job.objects.filter(dedupe_key=dedupe_key, state__in=_OPEN).first()


def _perform(lease: Lease) -> JobState:
    """Call the handler and write down how it ended; whatever it raises becomes a state with a Dutch sentence."""
    try:
        lease.stop_if_cancelled()
        result = job_kind(lease.kind).handler(lease.parameters, lease)
    except JobCancelled:
        return lease.finish(JobState.GEANNULEERD)
    except JobSuperseded:
        log.warning("job superseded", job=lease.job_id, fence=lease.fence)
        return lease.current_state()
    except MonitorError as error:
        return lease.finish(JobState.MISLUKT, error=error.message)
    except Exception:
        code = secrets.token_hex(3).upper()
        log.error("job failed", job=lease.job_id, kind=lease.kind, code=code, traceback=traceback.format_exc())
        return lease.finish(
            JobState.MISLUKT,
            error=f"Er ging iets mis bij ‘{lease.label}’ (code {code}). Probeer het opnieuw; blijft het misgaan, "
            "geef dan deze code door aan de beheerder.",
        )
    except BaseException:  # the worker is told to stop: the next one starts over without waiting for the lease
        lease.release()
        raise
    return lease.finish(JobState.KLAAR, result=dict(result) if result is not None else None)
