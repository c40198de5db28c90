"""An indicator in one line of a list: its latest figure, how that changed, and the course of its series."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators.core.figures import DataSet, Figure, IndicatorInfo
from indicators.core.selection import headline_series
from indicators.core.trend import Change, NormVerdict, change_between, norm_verdict, previous_figure
from monitor.base.core.dates import AMSTERDAM


@dataclass(frozen=True)
class IndicatorSummary:
    """``latest`` is None when nothing is visible or only parts are published; ``parts`` says how many series there are.

    ``course`` are the values of the same kind of period as the latest, oldest first; None is a gap.
    """

    info: IndicatorInfo
    latest: Figure | None
    change: Change | None
    verdict: NormVerdict | None
    course: tuple[Decimal | None, ...]
    parts: int
    readings_only: bool = False


def summarise(data: DataSet, code: str) -> IndicatorSummary:
    """One line about an indicator of the data set."""
    info = data.indicators[code]
    series = data.series_of(code)
    headline = headline_series(data, code)
    if headline is None:
        return IndicatorSummary(info, None, None, None, (), len(series), not series and _has_readings(data, code))
    figures = data.figures[headline.key]
    latest = latest_figure(figures)
    before = previous_figure(figures, latest)
    change = change_between(before, latest, info.breaks) if before else None
    course = course_of(figures, latest)
    return IndicatorSummary(info, latest, change, norm_verdict(latest, info), course, len(series))


def _has_readings(data: DataSet, code: str) -> bool:
    return any(key.startswith(f"{code}|") for key in data.uncertain)


def latest_figure(figures: Sequence[Figure]) -> Figure:
    """The figure to show first: the latest one over a period that had begun when the figure became known.

    Of a plan for years ahead that is the year in which it was published; when everything lies ahead, the first year.
    """
    begun = [figure for figure in figures if has_begun(figure)]
    return begun[-1] if begun else figures[0]


def has_begun(figure: Figure) -> bool:
    """Whether the period had begun when the figure became known. Money without a year has no beginning."""
    begin = figure.period.start or figure.period.end
    return begin is not None and begin <= figure.known_from.astimezone(AMSTERDAM).date()


def course_of(figures: Sequence[Figure], latest: Figure) -> tuple[Decimal | None, ...]:
    """The values that may be drawn in one line with the latest figure."""
    return tuple(figure.as_number for figure in figures if figure.period.kind is latest.period.kind)
