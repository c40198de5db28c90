"""Holding a job: claimed by compare-and-set, kept by a heartbeat, every write checked against the fencing number."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Any

import structlog
from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection
from django.db.models import F
from django.utils import timezone

from monitor.base.core.errors import MonitorError
from monitor.base.core.jobs import JobCancelled, JobState, JobSuperseded
from monitor.base.models import Job

log = structlog.get_logger(__name__)

LOG_LINES = 200  # what a person may read back; older lines are dropped

_RETRY_SECONDS = 0.2


@dataclass(frozen=True)
class JobProgress:
    """How far a job is, as its handler reported it."""

    phase: str
    done: int
    total: int
    message: str


JobListener = Callable[[JobProgress], None]


def claim_job(job_id: int, *, listener: JobListener | None = None) -> "Lease | None":
    """Take the job if it waits, or if its former run let the lease expire; None when it is not to be had.

    A job that was stopped, or tried too often, is closed instead. Raises MonitorError when there is no such job.
    """
    job = Job.objects.filter(pk=job_id).first()
    if job is None:
        raise MonitorError(f"Taak {job_id} bestaat niet.")
    now = timezone.now()
    if job.is_final or (job.lease_until is not None and job.lease_until >= now):
        return None
    same = Job.objects.filter(pk=job_id, fence=job.fence, state=job.state)
    if job.cancel_requested:
        same.update(state=JobState.GEANNULEERD, finished_at=now, lease_until=None)
        return None
    if job.attempts >= settings.JOB_MAX_ATTEMPTS:
        error = f"De taak is {job.attempts} keer begonnen en telkens afgebroken. Waarschuw de beheerder."
        same.update(state=JobState.MISLUKT, finished_at=now, lease_until=None, error=error)
        return None
    claimed = same.update(
        state=JobState.LOOPT,
        fence=F("fence") + 1,
        attempts=F("attempts") + 1,
        started_at=now,
        lease_until=_lease_end(now),
    )
    return Lease(job, fence=job.fence + 1, listener=listener) if claimed else None


class Lease:
    """A claimed job, as a context manager: inside it a thread renews the lease and writes progress.

    The thread has a connection of its own, so that others see progress while the handler is inside a transaction. On
    SQLite such a write waits until the transaction is over; the handler itself never waits. When the job is run inside
    a transaction of the caller (or on a database in memory) no other connection can see it: then everything is written
    on the caller's own.
    """

    def __init__(self, job: Job, *, fence: int, listener: JobListener | None) -> None:
        self.job_id: int = job.pk
        self.kind = job.kind
        self.label = job.label
        self.parameters: dict[str, Any] = job.parameters
        self.fence = fence
        self._listener = listener
        self._progress = JobProgress(job.phase, job.done, job.total, job.message)
        self._log: list[dict[str, str]] = list(job.log)
        self._lock = Lock()
        self._dirty, self._stopped, self._superseded = Event(), Event(), Event()
        own_connection_only = connection.in_atomic_block or _in_memory()
        self._thread = None if own_connection_only else Thread(target=self._keep, name=f"job-{job.pk}", daemon=True)

    def __enter__(self) -> "Lease":
        if self._thread:
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop_thread()

    def report(self, phase: str, done: int, total: int, message: str = "") -> None:
        """See :class:`monitor.base.core.jobs.JobContext`."""
        progress = JobProgress(phase[:120], min(done, total) if total else done, total, message[:500])
        with self._lock:
            self._progress = progress
            if message:
                line = {"moment": timezone.now().isoformat(timespec="seconds"), "text": progress.message}
                self._log = [*self._log, line][-LOG_LINES:]
        if self._listener:
            self._listener(progress)
        if self._thread:
            self._dirty.set()
        else:
            self._write_progress()
        if self._superseded.is_set():
            raise JobSuperseded

    def stop_if_cancelled(self) -> None:
        """See :class:`monitor.base.core.jobs.JobContext`."""
        asked = self._mine().values_list("cancel_requested", flat=True).first()
        if asked is None:
            raise JobSuperseded
        if asked:
            raise JobCancelled

    def guard(self) -> None:
        """See :class:`monitor.base.core.jobs.JobContext`."""
        if self._mine().select_for_update().values_list("pk", flat=True).first() is None:
            raise JobSuperseded

    def finish(self, state: JobState, *, result: dict[str, Any] | None = None, error: str = "") -> JobState:
        """Write the end of this run; when another run took over nothing is written. Returns where the job stands."""
        self._stop_thread()
        self._mine().update(
            state=state,
            finished_at=timezone.now(),
            lease_until=None,
            result=result,
            error=error,
            **self._progress_fields(),
        )
        return self.current_state()

    def release(self) -> None:
        """Put the job back as waiting: this run was stopped on purpose and does not count as an attempt."""
        self._stop_thread()
        self._mine().update(state=JobState.WACHT, lease_until=None, nudged_at=None, attempts=F("attempts") - 1)

    def current_state(self) -> JobState:
        """Where the job stands in the table."""
        return JobState(Job.objects.values_list("state", flat=True).get(pk=self.job_id))

    def _mine(self) -> Any:
        return Job.objects.filter(pk=self.job_id, fence=self.fence, state=JobState.LOOPT)

    def _progress_fields(self) -> dict[str, Any]:
        with self._lock:
            progress, lines = self._progress, self._log
        return {
            "phase": progress.phase,
            "done": progress.done,
            "total": progress.total,
            "message": progress.message,
            "log": lines,
        }

    def _write_progress(self) -> None:
        if not self._mine().update(lease_until=_lease_end(timezone.now()), **self._progress_fields()):
            self._superseded.set()

    def _keep(self) -> None:
        """Renew the lease three times per lease, and at once when there is progress to tell."""
        try:
            while not (self._stopped.is_set() or self._superseded.is_set()):
                told = self._dirty.wait(settings.JOB_LEASE_SECONDS / 3)
                if self._stopped.is_set():
                    return  # the last progress is written together with the end
                self._dirty.clear()
                self._renew(told)
        finally:
            connection.close()

    def _renew(self, told: bool) -> None:
        try:
            self._write_progress()
        except DatabaseError as error:  # a locked or lost database: the lease lasts for more attempts
            log.warning("job heartbeat postponed", job=self.job_id, reason=str(error))
            close_old_connections()
            if told:
                self._dirty.set()
            self._stopped.wait(_RETRY_SECONDS)

    def _stop_thread(self) -> None:
        self._stopped.set()
        self._dirty.set()
        if self._thread and self._thread.is_alive():
            self._thread.join()


def _lease_end(now: datetime) -> datetime:
    return now + timedelta(seconds=settings.JOB_LEASE_SECONDS)


def _in_memory() -> bool:
    return connection.vendor == "sqlite" and "memory" in str(connection.settings_dict["NAME"])
