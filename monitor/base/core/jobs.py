"""What a job is, without a database: its states, what its handler gets, and the registry of handlers.

An app registers its kinds of work in ``AppConfig.ready``::

    register_job("rapport-maken", "Rapport maken", make_report)

    def make_report(parameters: Mapping[str, Any], context: JobContext) -> Mapping[str, Any] | None: ...

A job may be started more than once (the machine can fail half-way), so a handler looks at the stored state first and
leaves the same result behind however often it runs.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from monitor.base.core.errors import MonitorError


class JobState(StrEnum):
    """Where a job stands; the last three are final."""

    WACHT = "wacht"
    LOOPT = "loopt"
    KLAAR = "klaar"
    MISLUKT = "mislukt"
    GEANNULEERD = "geannuleerd"

    @property
    def is_final(self) -> bool:
        return self in FINAL_STATES


FINAL_STATES = frozenset({JobState.KLAAR, JobState.MISLUKT, JobState.GEANNULEERD})
OPEN_STATES = frozenset({JobState.WACHT, JobState.LOOPT})


class JobCancelled(Exception):
    """Somebody asked to stop this job; raised by ``stop_if_cancelled`` and let through by handlers."""


class JobSuperseded(Exception):
    """This run lost its lease and another run has the job now: nothing of this run may be written any more."""


class UnknownJobKind(MonitorError):
    """No handler is registered for this kind of job."""


class JobContext(Protocol):
    """What a handler may ask of, and tell about, the job it runs for."""

    @property
    def job_id(self) -> int: ...

    @property
    def fence(self) -> int:
        """The number of this run: a later run of the same job has a higher one."""
        ...

    def report(self, phase: str, done: int, total: int, message: str = "") -> None:
        """Tell how far the work is (``total`` 0: unknown). Visible at once, also when called inside a transaction.

        A ``message`` is kept as a line of the job's log. Raises JobSuperseded when another run took over.
        """
        ...

    def stop_if_cancelled(self) -> None:
        """Raise JobCancelled when somebody asked to stop. Call it between phases, outside transactions."""
        ...

    def guard(self) -> None:
        """Raise JobSuperseded unless this run still has the job. Call it last in a transaction that writes results."""
        ...


JobHandler = Callable[[Mapping[str, Any], JobContext], Mapping[str, Any] | None]


@dataclass(frozen=True)
class JobKind:
    """A kind of work: its Dutch label and what does it."""

    kind: str
    label: str
    handler: JobHandler


_kinds: dict[str, JobKind] = {}


def register_job(kind: str, label: str, handler: JobHandler) -> None:
    """Make ``kind`` known. Registering the same again is harmless; another handler for a known kind is a ValueError."""
    known = _kinds.get(kind)
    if known is not None and known.handler is not handler:
        raise ValueError(f"Job kind {kind} has a handler already: {known.handler!r}.")
    _kinds[kind] = JobKind(kind, label, handler)


def unregister_job(kind: str) -> None:
    """Forget ``kind``; for tests that register kinds of their own."""
    _kinds.pop(kind, None)


def job_kind(kind: str) -> JobKind:
    """The registered kind; UnknownJobKind (Dutch) when there is none."""
    try:
        return _kinds[kind]
    except KeyError:
        known = ", ".join(sorted(_kinds)) or "geen"
        raise UnknownJobKind(f"De taaksoort ‘{kind}’ bestaat niet. Bekende taaksoorten: {known}.") from None
