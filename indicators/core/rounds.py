"""What a round asks: the next period of every series, and the state of an asked figure."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

from indicators.core.enumerations import ItemState, ProposalState, RoundRhythm, RoundStepKind
from indicators.core.periods import MONEY_KINDS, Period, PeriodKind, span, stock

NOT_DELIVERED = frozenset({ItemState.EMPTY, ItemState.REQUESTED, ItemState.DRAFT, ItemState.RETURNED})
FINISHED = frozenset({ItemState.CHECKED, ItemState.UNAVAILABLE})

SHORTER_THAN_A_YEAR = frozenset({PeriodKind.HALF_YEAR, PeriodKind.QUARTER, PeriodKind.MONTH})

_FEBRUARY_29 = (2, 29)


def asked_period(history: Sequence[Period], cut_off: date) -> Period | None:
    """The period a round with this cut-off asks for: the newest one in the rhythm of the series that is over by then.

    ``history`` are the periods of one kind, in order. None for series without a rhythm (open spans, money columns), and
    when the series has that period already.
    """
    if not history or history[-1].kind in MONEY_KINDS or history[-1].end is None:
        return None
    months = months_between(history)
    step = (lambda period: _months_later(period, months)) if months else (lambda period: later(period, rhythm(history)))
    found = None
    following = step(history[-1])
    while following is not None and following.end is not None and following.end <= cut_off:
        found, following = following, step(following)
    return found


def months_between(history: Sequence[Period]) -> int:
    """The usual distance in months of half-years, quarters and months that come more than once a year; else 0."""
    if not history or history[-1].kind not in SHORTER_THAN_A_YEAR:
        return 0
    starts = [period.start.year * 12 + period.start.month for period in history if period.start]
    shortest = min((after - before for before, after in pairwise(starts)), default=0)
    return shortest if 0 < shortest < 12 else 0


def _months_later(period: Period, months: int) -> Period:
    assert period.start is not None  # calendar kinds have both days
    assert period.end is not None
    length = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1
    first = _month(period.start, months)
    return span(first, _month(first, length) - timedelta(days=1))


def _month(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def rhythm(history: Sequence[Period]) -> int:
    """The usual distance in years between two periods: the smallest that occurs, at least one.

    Only periods that end on the same day of the year as the last one count: a peildatum that moved has no rhythm yet.
    """
    last = history[-1].end
    same_day = [p for p in history if p.end and last and (p.end.month, p.end.day) == (last.month, last.day)]
    distances = [
        (after.year or 0) - (before.year or 0) for before, after in pairwise(same_day) if after.year != before.year
    ]
    return max(1, min(distances, default=1))


def later(period: Period, years: int) -> Period | None:
    """The same period so many years later; None when it has no end."""
    if period.end is None:
        return None
    if period.kind is PeriodKind.STOCK:
        return stock(_years_later(period.end, years))
    if period.start is None:
        return span(None, _years_later(period.end, years))
    return span(_years_later(period.start, years), _years_later(period.end, years))


def _years_later(day: date, years: int) -> date:
    if (day.month, day.day) == _FEBRUARY_29:
        return date(day.year + years, 2, 28)
    moved = day.replace(year=day.year + years)
    is_month_end = (day.month, day.day) == (2, 28)
    leap = moved.year % 4 == 0 and (moved.year % 100 != 0 or moved.year % 400 == 0)
    return moved.replace(day=29) if is_month_end and leap else moved


def item_state(*, proposal: ProposalState | None, checked: bool, unavailable: bool, requested: bool) -> ItemState:
    """What the overview shows: work under way goes before what was checked, and that before what was only asked."""
    if proposal is not None:
        return ItemState(proposal.value)
    if checked:
        return ItemState.CHECKED
    if unavailable:
        return ItemState.UNAVAILABLE
    return ItemState.REQUESTED if requested else ItemState.EMPTY


def due_day(state: ItemState, item_due: date | None, steps: Mapping[str, date]) -> date | None:
    """When the next thing must be done for a figure: its own day, else that of the step; None when all is done.

    What waits for the second officer is due with the step *controle*.
    """
    if state in NOT_DELIVERED:
        return item_due or steps.get(RoundStepKind.DELIVERY)
    return steps.get(RoundStepKind.CHECK) if state is ItemState.SUBMITTED else None


def next_day(day: date, rhythm: RoundRhythm) -> date:
    """The same day one rhythm later: half a year or a year; the end of a month stays the end of a month."""
    months = 6 if rhythm is RoundRhythm.HALF_YEARLY else 12
    first = _month(day, months)
    last = _month(first, 1) - timedelta(days=1)
    is_month_end = _month(day, 1) - timedelta(days=1) == day
    return last if is_month_end else first.replace(day=min(day.day, last.day))
