"""Reading the audit trail: its end, searching it from new to old, one record.

Nothing here counts or walks the whole trail: a page is found by number (``before``), and a search for a text looks back
over a bounded stretch and says how far it came.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet

from monitor.base.core.audit import GENESIS, AuditOutcome
from monitor.base.core.dates import end_of_day, start_of_day
from monitor.base.core.jobs import JobState
from monitor.base.models import AuditHead, AuditRecord, Job

RECORDS_PER_PAGE = 50
TEXT_STRETCH = 200_000  # records a search for a text looks back over at a time


@dataclass(frozen=True)
class AuditEnd:
    """The number and digest of the last record; printed in each frozen report."""

    number: int
    digest: str


def audit_end() -> AuditEnd:
    """The end of the chain; number 0 while nothing was recorded. One statement."""
    row = AuditHead.objects.filter(pk=1).values_list("number", "digest").first()
    return AuditEnd(*row) if row else AuditEnd(0, GENESIS)


@dataclass(frozen=True)
class AuditSearch:
    """What somebody looks for; empty parts do not count. ``since`` and ``until`` are days in Amsterdam."""

    text: str = ""
    act: str = ""
    person: str = ""
    outcome: AuditOutcome | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class AuditPage:
    """Records from new to old. ``older`` continues the search (None: this was all); ``stretch_end`` is the number up to
    which a search for a text looked back, when it stopped there and not at the end."""

    records: tuple[AuditRecord, ...]
    older: int | None
    stretch_end: int | None


def find_records(search: AuditSearch, *, before: int | None = None) -> AuditPage:
    """One page of what answers the search, older than record ``before``; at most four statements."""
    found = _matching(search)
    if before is not None:
        found = found.filter(number__lt=before)
    floor = 0
    if search.text:
        start = before if before is not None else audit_end().number + 1
        floor = max(start - TEXT_STRETCH, 1)
        found = found.filter(number__gte=floor)
    rows = list(found.order_by("-number")[: RECORDS_PER_PAGE + 1])
    if len(rows) > RECORDS_PER_PAGE:
        return AuditPage(tuple(rows[:RECORDS_PER_PAGE]), rows[RECORDS_PER_PAGE - 1].number, None)
    return AuditPage(tuple(rows), floor or None, floor) if floor > 1 else AuditPage(tuple(rows), None, None)


def all_records(search: AuditSearch) -> Iterator[AuditRecord]:
    """Everything that answers the search, from new to old, read in parts."""
    return _matching(search).order_by("-number").iterator(chunk_size=2000)


def _matching(search: AuditSearch) -> QuerySet[AuditRecord]:
    found = AuditRecord.objects.all()
    if search.act:
        found = found.filter(act=search.act)
    if search.person:
        found = found.filter(actor_name=search.person)
    if search.outcome:
        found = found.filter(outcome=search.outcome)
    if search.text:
        found = found.filter(
            Q(subject__icontains=search.text) | Q(act__icontains=search.text) | Q(actor_name__icontains=search.text)
        )
    # Records are numbered in order of time: a day becomes a number, found in the index of moments.
    if search.since:
        found = found.filter(number__gte=_first_number(search.since))
    if search.until:
        found = found.filter(number__lte=_last_number(search.until))
    return found


def _first_number(day: date) -> int:
    """The number of the first record of a day or later; one past the end when there is none."""
    later = AuditRecord.objects.filter(moment__gte=start_of_day(day)).order_by("moment", "number")
    number = later.values_list("number", flat=True).first()
    return number if number is not None else audit_end().number + 1


def _last_number(day: date) -> int:
    """The number of the last record of a day or earlier; 0 when there is none."""
    earlier = AuditRecord.objects.filter(moment__lte=end_of_day(day)).order_by("-moment", "-number")
    return earlier.values_list("number", flat=True).first() or 0


def known_values(column: str) -> list[str]:
    """The different acts or names that occur, in order: one statement that jumps through the index of the column."""
    if column not in ("act", "actor_name"):
        raise ValueError(f"{column} has no index to jump through.")
    smallest = f"SELECT MIN({column}) FROM base_auditrecord"  # noqa: S608 (one of two columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE found(value) AS ({smallest} UNION ALL "  # noqa: S608
            f"SELECT ({smallest} WHERE {column} > found.value) FROM found WHERE found.value IS NOT NULL) "
            "SELECT value FROM found WHERE value IS NOT NULL"
        )
        return [row[0] for row in cursor.fetchall()]


def find_record(number: int) -> AuditRecord | None:
    """One record with the person behind it."""
    return AuditRecord.objects.select_related("actor").filter(number=number).first()


def last_check(kind: str) -> Job | None:
    """The last finished job that proved the trail."""
    return Job.objects.filter(kind=kind, state=JobState.KLAAR).order_by("-finished_at", "-pk").first()
