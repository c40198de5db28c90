"""Periods as suppliers write them: “jan-okt 2025”, “1e halfjaar 2025”, “2024*”, “Stand 02-11-2025”, “2023 (voorlopig)”.

The text is folded and its separators made alike; then it must match one form in full. Nothing is guessed: what matches
no form is no period. Days are day-month-year, as everybody in the Netherlands writes them.
"""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from indicators.core.enumerations import Status
from indicators.core.periods import Period, PeriodKind, UnknownPeriod, flow_to_day, from_cbs, parse_period, span, stock
from indicators.core.sheet_texts import folded, split_marks
from monitor.base.core.dates import MONTHS
from monitor.base.tabular.reading_cells import CellValue, plain_text

_MONTH_NUMBERS = {
    **{name: number for number, name in enumerate(MONTHS, start=1)},
    **{name[:3]: number for number, name in enumerate(MONTHS, start=1)},
    "mrt": 3,
    "sept": 9,
}
_ORDINALS = {"1": 1, "2": 2, "3": 3, "4": 4, "eerste": 1, "tweede": 2, "derde": 3, "vierde": 4}
_STATUS_WORDS = {
    "nader voorlopig": Status.REVISED_PROVISIONAL,
    "voorlopig": Status.PROVISIONAL,
    "voorlopige cijfers": Status.PROVISIONAL,
    "definitief": Status.FINAL,
}
_STATUS = re.compile(r"[\s,;(\[-]+(nader voorlopig|voorlopig|voorlopige cijfers|definitief)[)\]]?$")
_DAY_WORDS = re.compile(r"^(?:(?:stand|peildatum|peilmoment|per|op|van)\b[\s:]*)+")
_UNTIL_WORDS = re.compile(r"^(?:cumulatief )?t/m ")

_CBS_CODE = re.compile(r"\d{4}(JJ|HJ|KW|MM)\d{2}")
_M = f"({'|'.join(sorted(_MONTH_NUMBERS, key=len, reverse=True))})"
_Y = r"((?:19|20)\d{2})"
_O = r"(1|2|3|4|eerste|tweede|derde|vierde)(?:e|ste|de)?"
_DAY = rf"(\d{{1,2}})[-/. ](\d{{1,2}})[-/. ]({_Y[1:-1]}|\d{{2}})"
_DAY_NAMED = rf"(\d{{1,2}}) {_M} {_Y}"
_TO = r"(?: ?- ?| t/m )"


@dataclass(frozen=True)
class PeriodWords:
    """A period as read. ``day`` when only a day is named: whether it is a stand or a flow up to that day, the series
    tells. ``is_until`` when the words said “tot en met”."""

    period: Period | None = None
    day: date | None = None
    is_until: bool = False
    status: Status | None = None
    marks: tuple[str, ...] = ()

    def for_series(self, usual: str, day_of_year: tuple[int, int] | None = None) -> Period | None:
        """The period for a series whose usual kind of period is ``usual``; None when the words do not settle it.

        Suppliers write “stand 2 november” over counts from the start of the year too, so the series decides between a
        stand and a flow. A bare year over a series of stands needs the day that the profile names (month, day).
        """
        if self.day is not None:
            if usual == PeriodKind.STOCK:
                return stock(self.day)
            return flow_to_day(self.day) if usual == PeriodKind.FLOW_TO_DAY or self.is_until else None
        if self.period is not None and self.period.is_year and usual in (PeriodKind.STOCK, PeriodKind.FLOW_TO_DAY):
            if day_of_year is None or self.period.year is None:
                return None
            day = date(self.period.year, *day_of_year)
            return stock(day) if usual == PeriodKind.STOCK else flow_to_day(day)
        return self.period

    @property
    def label(self) -> str:
        if self.day is not None:
            return flow_to_day(self.day).label if self.is_until else stock(self.day).label
        return self.period.label if self.period else ""


def read_period_words(value: CellValue) -> PeriodWords | None:
    """Read a cell or text as a period; None when it is none."""
    if isinstance(value, datetime | date):
        return PeriodWords(day=value.date() if isinstance(value, datetime) else value)
    if isinstance(value, Decimal):
        is_year = value == value.to_integral_value() and 1900 <= value < 2100
        return PeriodWords(period=parse_period(f"{value:.0f}")) if is_year else None
    if not isinstance(value, str) or len(value) > 80:
        return None
    marked = split_marks(plain_text(value))
    text, status = _without_status(_normalised(marked.text).rstrip(":"))
    found = _read(text)
    if found is None:
        return None
    return PeriodWords(found.period, found.day, found.is_until, status, marked.marks)


def _normalised(text: str) -> str:
    words = folded(text).replace("tot en met", "t/m").replace("tot & met", "t/m").replace("t.e.m.", "t/m")
    words = re.sub(r"\bt/m(?=\S)", "t/m ", words)
    return re.sub(rf"\b{_M}\.", r"\1", words)


def _without_status(text: str) -> tuple[str, Status | None]:
    match = _STATUS.search(text)
    return (text[: match.start()].rstrip(), _STATUS_WORDS[match[1]]) if match else (text, None)


def _read(text: str) -> PeriodWords | None:
    """Codes first, then days with their words, then the other forms."""
    if coded := _coded(text):
        return coded
    for pattern, make in _FORMS:
        if match := pattern.fullmatch(text):
            try:
                return PeriodWords(period=make(match))
            except ValueError:
                return None
    until = _UNTIL_WORDS.match(text)
    named = _UNTIL_WORDS.sub("", text) if until else _DAY_WORDS.sub("", text)
    if (day := _day(named)) is not None:
        return PeriodWords(day=day, is_until=until is not None)
    if until and (match := re.fullmatch(rf"{_M} {_Y}", named)):
        return PeriodWords(day=_month_end(int(match[2]), match[1]), is_until=True)
    return None


def _coded(text: str) -> PeriodWords | None:
    """A code of ours or of CBS; a bare day is left to the words."""
    code = text.upper()
    try:
        period = (
            from_cbs(code) if re.fullmatch(r"\d{4}(JJ|HJ|KW|MM)\d{2}", code) else parse_period(code.lower().upper())
        )
    except UnknownPeriod:
        try:
            period = parse_period(text)
        except UnknownPeriod:
            return None
    if not _within_reach(period):
        return None
    if period.kind is PeriodKind.STOCK:
        return PeriodWords(day=period.end)
    if period.kind is PeriodKind.FLOW_TO_DAY:
        return PeriodWords(day=period.end, is_until=True)
    return PeriodWords(period=period)


def _within_reach(period: Period) -> bool:
    return all(day is None or 1900 <= day.year < 2100 for day in (period.start, period.end))


def _day(text: str) -> date | None:
    if match := re.fullmatch(_DAY_NAMED, text):
        parts = int(match[3]), _MONTH_NUMBERS[match[2]], int(match[1])
    elif match := re.fullmatch(_DAY, text):
        year = int(match[3]) if len(match[3]) == 4 else 2000 + int(match[3])
        parts = year, int(match[2]), int(match[1])
    elif match := re.fullmatch(rf"{_Y}-(\d{{2}})-(\d{{2}})", text):
        parts = int(match[1]), int(match[2]), int(match[3])
    else:
        return None
    try:
        return date(*parts)
    except ValueError:
        return None


def _month_end(year: int, month: str) -> date:
    number = _MONTH_NUMBERS[month]
    return date(year, number, calendar.monthrange(year, number)[1])


def _months(first_year: str, first: str, last_year: str, last: str) -> Period:
    return span(date(int(first_year), _MONTH_NUMBERS[first], 1), _month_end(int(last_year), last))


def _numbered(year: str, number: str, letter: str) -> Period:
    return parse_period(f"{year}-{letter}{_ORDINALS[number]}")


def _days(match: re.Match[str]) -> Period:
    first, last = _day(match[1]), _day(match[2])
    if first is None or last is None:
        raise UnknownPeriod(match[0])
    return span(first, last)


_HALF = r"(?:half ?jaar|helft|halve jaar)"
_QUARTER = r"(?:kwartaal|kw\.?)"
_ANY_DAY = r"\d{1,2}(?:[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})| [a-z]+ \d{4})"
_Form = tuple[re.Pattern[str], Callable[[re.Match[str]], Period]]


def _form(pattern: str, make: Callable[[re.Match[str]], Period]) -> _Form:
    return re.compile(pattern), make


_FORMS: tuple[_Form, ...] = (
    _form(rf"(?:heel |jaar |jaarcijfer )?{_Y}", lambda m: parse_period(m[1])),
    _form(rf"{_O} {_HALF}(?: van)?,? {_Y}", lambda m: _numbered(m[2], m[1], "H")),
    _form(rf"{_Y},? ?-? ?{_O} {_HALF}", lambda m: _numbered(m[1], m[2], "H")),
    _form(rf"{_HALF} ([12]),? {_Y}", lambda m: _numbered(m[2], m[1], "H")),
    _form(rf"h([12])[ -]?{_Y}", lambda m: _numbered(m[2], m[1], "H")),
    _form(rf"{_Y}[ -]?h([12])", lambda m: _numbered(m[1], m[2], "H")),
    _form(rf"{_O} {_QUARTER}(?: van)?,? {_Y}", lambda m: _numbered(m[2], m[1], "Q")),
    _form(rf"{_Y},? ?-? ?{_O} {_QUARTER}", lambda m: _numbered(m[1], m[2], "Q")),
    _form(rf"{_QUARTER} ([1-4]),? {_Y}", lambda m: _numbered(m[2], m[1], "Q")),
    _form(rf"[qk]([1-4])[ -]?{_Y}", lambda m: _numbered(m[2], m[1], "Q")),
    _form(rf"{_Y}[ -]?[qk]([1-4])", lambda m: _numbered(m[1], m[2], "Q")),
    _form(rf"{_M}[ -]{_Y}", lambda m: _months(m[2], m[1], m[2], m[1])),
    _form(rf"{_M}[ -]'?(\d{{2}})", lambda m: _months(f"20{m[2]}", m[1], f"20{m[2]}", m[1])),
    _form(rf"{_Y},? {_M}", lambda m: _months(m[1], m[2], m[1], m[2])),
    _form(rf"{_M}{_TO}{_M},? {_Y}", lambda m: _months(m[3], m[1], m[3], m[2])),
    _form(rf"{_Y},? \(?{_M}{_TO}{_M}\)?", lambda m: _months(m[1], m[2], m[1], m[3])),
    _form(rf"{_M} {_Y}{_TO}{_M} {_Y}", lambda m: _months(m[2], m[1], m[4], m[3])),
    _form(rf"{_Y},? \(?t/m {_M}\)?", lambda m: _months(m[1], "jan", m[1], m[2])),
    _form(rf"{_Y}{_TO}{_Y}", lambda m: span(date(int(m[1]), 1, 1), date(int(m[2]), 12, 31))),
    _form(rf"(?:van )?({_ANY_DAY})(?: t/m | - )({_ANY_DAY})", _days),
    _form(
        rf"(?:van )?(\d{{1,2}}) {_M}{_TO}(\d{{1,2}}) {_M} {_Y}",
        lambda m: span(
            date(int(m[5]), _MONTH_NUMBERS[m[2]], int(m[1])), date(int(m[5]), _MONTH_NUMBERS[m[4]], int(m[3]))
        ),
    ),
    _form(
        rf"vanaf ({_ANY_DAY})",
        lambda m: span(_day(m[1]) or date.max, None),
    ),
    _form(r"incidenteel|structureel", lambda m: parse_period(m[0])),
)
