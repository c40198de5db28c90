"""Periods: what a figure is about in time.

A period has an inclusive start and end; either may be unknown. It is canonical (a full year *is* ``2024``, never
``2024-01/2024-12``) and has a sortable code; CBS codes translate both ways. A chart or a sum uses one kind only.

Codes: ``2024``, ``2024-H1``, ``2024-Q3``, ``2024-05``, ``2025-11-02`` (a stock on that day), ``../2025-11-02`` (a flow
up to that day whose start is unknown), ``2025-01/2025-07`` and ``2024-07-01/..`` (spans), ``incidenteel``,
``structureel``.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from monitor.base.core.dates import format_date, format_month


class PeriodKind(StrEnum):
    """The kinds of DESIGN section 4; values are what the database keeps."""

    YEAR = "jaar"
    HALF_YEAR = "halfjaar"
    QUARTER = "kwartaal"
    MONTH = "maand"
    STOCK = "stand"
    FLOW_TO_DAY = "stroom-tot-dag"
    SPAN = "span"
    INCIDENTAL = "incidenteel"
    STRUCTURAL = "structureel"


MONEY_KINDS = frozenset({PeriodKind.INCIDENTAL, PeriodKind.STRUCTURAL})
_CALENDAR_MONTHS = {PeriodKind.YEAR: 12, PeriodKind.HALF_YEAR: 6, PeriodKind.QUARTER: 3, PeriodKind.MONTH: 1}


class UnknownPeriod(ValueError):
    """The text is not a period; the message is Dutch and says which forms are possible."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"‘{text}’ is geen periode. Mogelijk zijn bijvoorbeeld 2024, 2024-H1, 2024-Q3, 2024-05, "
            "2025-11-02 (stand), ../2025-11-02 (tot en met die dag), 2025-01/2025-07, incidenteel en structureel."
        )


@dataclass(frozen=True)
class Period:
    """One period. Use :func:`parse_period`, :func:`stock`, :func:`flow_to_day` or :func:`span` to make one."""

    kind: PeriodKind
    start: date | None
    end: date | None

    @cached_property
    def code(self) -> str:
        """The canonical code, readable back by :func:`parse_period`."""
        if self.kind in MONEY_KINDS:
            return self.kind.value
        if self.kind is PeriodKind.STOCK:
            return _day(self.end)
        if self.kind is PeriodKind.FLOW_TO_DAY:
            return f"../{_day(self.end)}"
        if self.kind is PeriodKind.SPAN:
            return f"{_span_start(self.start)}/{_span_end(self.end)}"
        assert self.start is not None  # calendar kinds always have a start
        return _calendar_code(self.kind, self.start)

    @cached_property
    def label(self) -> str:
        """What a reader sees: “2024”, “eerste halfjaar 2024”, “tot en met 2 november 2025”."""
        return _LABELS[self.kind](self)

    @cached_property
    def short_label(self) -> str:
        """For an axis or a column head: “2024”, “t/m 2-11-2025”, “mei 2024”."""
        if self.kind is PeriodKind.STOCK:
            return _short_day(self.end)
        if self.kind is PeriodKind.FLOW_TO_DAY:
            return f"t/m {_short_day(self.end)}"
        return self.label

    @property
    def sort_key(self) -> tuple[date, date, str]:
        """Chronological by end, then start; money kinds come last."""
        return (self.end or date.max, self.start or date.min, self.code)

    @property
    def is_year(self) -> bool:
        return self.kind is PeriodKind.YEAR

    @property
    def year(self) -> int | None:
        """The calendar year in which the period ends, when that is known."""
        return self.end.year if self.end else None

    def contains(self, other: "Period") -> bool:
        """Whether every day of ``other`` certainly lies within this period."""
        if self.start is None or self.end is None or other.end is None:
            return False
        other_start = other.end if other.kind is PeriodKind.STOCK else other.start
        return other_start is not None and self.start <= other_start and other.end <= self.end

    def previous(self) -> "Period | None":
        """The period just before it of the same kind; for a stock or a flow up to a day the same day a year earlier.

        None where “previous” has no meaning: open spans and money kinds.
        """
        if self.kind in (PeriodKind.STOCK, PeriodKind.FLOW_TO_DAY):
            return self.same_last_year()
        if self.kind in _CALENDAR_MONTHS and self.start:
            return _calendar_period(self.kind, _shift_months(self.start, -_CALENDAR_MONTHS[self.kind]))
        if self.kind is PeriodKind.SPAN and self.start and self.end:
            return _previous_span(self.start, self.end)
        return None

    def same_last_year(self) -> "Period | None":
        """The same period twelve months earlier; 29 February becomes 28 February. None for open or money periods."""
        if self.kind in MONEY_KINDS or self.end is None:
            return None
        if self.start is None and self.kind is not PeriodKind.FLOW_TO_DAY and self.kind is not PeriodKind.STOCK:
            return None
        if self.kind is PeriodKind.STOCK:
            return stock(_year_earlier(self.end))
        if self.kind is PeriodKind.FLOW_TO_DAY:
            return flow_to_day(_year_earlier(self.end))
        assert self.start is not None  # narrowed above
        end = _year_earlier(self.end)
        if _is_month_end(self.end):
            end = _month_end(end.year, end.month)
        return span(_year_earlier(self.start), end)

    def __str__(self) -> str:
        return self.label


# --- making periods ---------------------------------------------------------------------------------------------------


def stock(day: date) -> Period:
    """A count on one day (peildatum)."""
    return Period(PeriodKind.STOCK, day, day)


def flow_to_day(day: date) -> Period:
    """A flow up to and including a day whose start the source does not name."""
    return Period(PeriodKind.FLOW_TO_DAY, None, day)


def year(number: int) -> Period:
    return Period(PeriodKind.YEAR, date(number, 1, 1), date(number, 12, 31))


def span(start: date | None, end: date | None) -> Period:
    """A span of days, in its canonical kind: a span that is exactly a year, half-year, quarter or month becomes one."""
    if start is None and end is None:
        raise UnknownPeriod("../..")
    if start is None and end is not None:
        return flow_to_day(end)
    if start is not None and end is not None:
        if end < start:
            raise UnknownPeriod(f"{start.isoformat()}/{end.isoformat()}")
        for kind in _CALENDAR_MONTHS:
            if _starts(kind, start) and _calendar_period(kind, start).end == end:
                return _calendar_period(kind, start)
    return Period(PeriodKind.SPAN, start, end)


_FORMS = (
    (re.compile(r"^(\d{4})$"), lambda m: year(int(m[1]))),
    (re.compile(r"^(\d{4})-H([12])$"), lambda m: _numbered(PeriodKind.HALF_YEAR, int(m[1]), int(m[2]))),
    (re.compile(r"^(\d{4})-Q([1-4])$"), lambda m: _numbered(PeriodKind.QUARTER, int(m[1]), int(m[2]))),
    (re.compile(r"^(\d{4})-(\d{2})$"), lambda m: _numbered(PeriodKind.MONTH, int(m[1]), int(m[2]))),
    (re.compile(r"^(\d{4})-(\d{2})-(\d{2})$"), lambda m: stock(date(int(m[1]), int(m[2]), int(m[3])))),
)


def parse_period(text: str) -> Period:
    """Read a period code; the result is canonical. Raises :class:`UnknownPeriod` for anything else."""
    code = text.strip()
    if code in MONEY_KINDS:
        return Period(PeriodKind(code), None, None)
    try:
        if "/" in code:
            left, _, right = code.partition("/")
            return span(_edge(left, last=False), _edge(right, last=True))
        for pattern, make in _FORMS:
            if match := pattern.match(code):
                return make(match)
    except ValueError as error:
        raise UnknownPeriod(text) from error
    raise UnknownPeriod(text)


def _edge(text: str, *, last: bool) -> date | None:
    """The first or last day that one side of a span names; None for ``..``."""
    if text == "..":
        return None
    if "/" in text:
        raise UnknownPeriod(text)
    period = parse_period(text)
    return period.end if last else period.start


def _numbered(kind: PeriodKind, year_number: int, number: int) -> Period:
    months = _CALENDAR_MONTHS[kind]
    return _calendar_period(kind, date(year_number, (number - 1) * months + 1, 1))


def _calendar_period(kind: PeriodKind, start: date) -> Period:
    after = _shift_months(start, _CALENDAR_MONTHS[kind])
    return Period(kind, start, after - timedelta(days=1))


def _starts(kind: PeriodKind, day: date) -> bool:
    return day.day == 1 and (day.month - 1) % _CALENDAR_MONTHS[kind] == 0


def _shift_months(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def _previous_span(start: date, end: date) -> Period:
    """Spans of whole months move by as many months; other spans by as many days."""
    if start.day == 1 and _is_month_end(end):
        months = (end.year - start.year) * 12 + end.month - start.month + 1
        return span(_shift_months(start, -months), start - timedelta(days=1))
    days = end - start
    return span(start - timedelta(days=1) - days, start - timedelta(days=1))


def _year_earlier(day: date) -> date:
    if (day.month, day.day) == (2, 29):
        return date(day.year - 1, 2, 28)
    return day.replace(year=day.year - 1)


def _is_month_end(day: date) -> bool:
    return day == _month_end(day.year, day.month)


def _month_end(year_number: int, month: int) -> date:
    return date(year_number, month, calendar.monthrange(year_number, month)[1])


# --- codes and labels -------------------------------------------------------------------------------------------------


def _day(day: date | None) -> str:
    return day.isoformat() if day else ".."


def _short_day(day: date | None) -> str:
    return f"{day.day}-{day.month}-{day.year}" if day else ""


def _span_start(day: date | None) -> str:
    if day is None:
        return ".."
    return f"{day.year:04d}-{day.month:02d}" if day.day == 1 else day.isoformat()


def _span_end(day: date | None) -> str:
    if day is None:
        return ".."
    return f"{day.year:04d}-{day.month:02d}" if _is_month_end(day) else day.isoformat()


def _calendar_code(kind: PeriodKind, start: date) -> str:
    number = (start.month - 1) // _CALENDAR_MONTHS[kind] + 1
    suffix = {
        PeriodKind.YEAR: "",
        PeriodKind.HALF_YEAR: f"-H{number}",
        PeriodKind.QUARTER: f"-Q{number}",
        PeriodKind.MONTH: f"-{number:02d}",
    }[kind]
    return f"{start.year:04d}{suffix}"


_ORDINALS = ("", "eerste", "tweede", "derde", "vierde")


def _label_numbered(period: Period, noun: str) -> str:
    assert period.start is not None  # calendar kinds always have a start
    number = (period.start.month - 1) // _CALENDAR_MONTHS[period.kind] + 1
    return f"{_ORDINALS[number]} {noun} {period.start.year}"


def _label_span(period: Period) -> str:
    start, end = period.start, period.end
    if start and end is None:
        return f"vanaf {format_date(start)}"
    assert start is not None  # an open start is a flow to a day
    assert end is not None
    if (start.month, start.day) == (1, 1) and (end.month, end.day) == (12, 31):
        return f"{start.year} tot en met {end.year}"
    if start.day == 1 and _is_month_end(end):
        first = format_month(start.year, start.month)
        if start.year == end.year:
            first = first.rsplit(" ", 1)[0]
        return f"{first} tot en met {format_month(end.year, end.month)}"
    return f"{format_date(start)} tot en met {format_date(end)}"


_LABELS = {
    PeriodKind.YEAR: lambda p: str(p.start.year),
    PeriodKind.HALF_YEAR: lambda p: _label_numbered(p, "halfjaar"),
    PeriodKind.QUARTER: lambda p: _label_numbered(p, "kwartaal"),
    PeriodKind.MONTH: lambda p: format_month(p.start.year, p.start.month),
    PeriodKind.STOCK: lambda p: format_date(p.end),
    PeriodKind.FLOW_TO_DAY: lambda p: f"tot en met {format_date(p.end)}",
    PeriodKind.SPAN: _label_span,
    PeriodKind.INCIDENTAL: lambda p: "incidenteel",
    PeriodKind.STRUCTURAL: lambda p: "structureel",
}

# --- CBS codes --------------------------------------------------------------------------------------------------------

_CBS = re.compile(r"^(\d{4})(JJ|HJ|KW|MM)(\d{2})$")
_CBS_DAY = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_CBS_KINDS = {
    "JJ": PeriodKind.YEAR,
    "HJ": PeriodKind.HALF_YEAR,
    "KW": PeriodKind.QUARTER,
    "MM": PeriodKind.MONTH,
}


def from_cbs(code: str) -> Period:
    """``2024JJ00``, ``2024HJ01``, ``2024KW01``, ``2024MM05`` or ``20241231`` (a day) as a period."""
    try:
        if match := _CBS.match(code.strip()):
            kind = _CBS_KINDS[match[2]]
            if kind is PeriodKind.YEAR:
                return year(int(match[1]))
            number = int(match[3])
            if not 1 <= number <= 12 // _CALENDAR_MONTHS[kind]:
                raise UnknownPeriod(code)
            return _numbered(kind, int(match[1]), number)
        if match := _CBS_DAY.match(code.strip()):
            return stock(date(int(match[1]), int(match[2]), int(match[3])))
    except ValueError as error:
        raise UnknownPeriod(code) from error
    raise UnknownPeriod(code)


def to_cbs(period: Period) -> str:
    """The CBS code of a calendar period or a day; :class:`UnknownPeriod` for kinds that CBS does not have."""
    if period.kind is PeriodKind.STOCK and period.end:
        return period.end.strftime("%Y%m%d")
    for letters, kind in _CBS_KINDS.items():
        if period.kind is kind and period.start:
            if kind is PeriodKind.YEAR:
                return f"{period.start.year}JJ00"
            return f"{period.start.year}{letters}{(period.start.month - 1) // _CALENDAR_MONTHS[kind] + 1:02d}"
    raise UnknownPeriod(period.code)
