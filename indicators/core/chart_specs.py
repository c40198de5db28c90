"""Building a chart from figures: over time and over classes, the same for pages and for reports."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from math import gcd

from indicators.core.charts import BreakMark, ChartKind, ChartSeries, ChartSpec, NormLine
from indicators.core.figures import Break, Figure, IndicatorInfo
from indicators.core.periods import Period, year
from indicators.core.trend import describe_series, in_period, norm_verdict

FEWEST_FOR_A_RHYTHM = 3


def trend_spec(
    uid: str,
    title: str,
    info: IndicatorInfo,
    rows: Sequence[Sequence[Figure]],
    names: Sequence[str],
    uncertain: Sequence[Period] = (),
    form: ChartKind = ChartKind.LINE,
) -> ChartSpec:
    """Series over time; all figures are of one kind of period. A period that is only read uncertainly is a gap."""
    known = {figure.period for figures in rows for figure in figures}
    periods = without_holes(sorted(known | set(uncertain), key=lambda period: period.sort_key))
    shown_breaks = [found for found in info.breaks if first_touched(found, periods) > 0]
    return ChartSpec(
        uid=uid,
        kind=form,
        title=title,
        labels=tuple(period.short_label for period in periods),
        series=tuple(ChartSeries(name, _values(figures, periods)) for name, figures in zip(names, rows, strict=True)),
        unit=info.unit,
        decimals=max(figure.decimals for figures in rows for figure in figures),
        alt=_trend_in_words(names, rows, uncertain, shown_breaks),
        norms=_norm_lines(rows, info),
        breaks=tuple(BreakMark(first_touched(one, periods), f"trendbreuk: {one.kind}") for one in shown_breaks),
        uncertain=tuple(period.short_label for period in uncertain),
        footer=" ".join(one.text for one in shown_breaks),
    )


def class_spec(uid: str, title: str, info: IndicatorInfo, figures: Sequence[Figure]) -> ChartSpec:
    """Classes at one moment, as lying bars in the order given."""
    names = [figure.series.category_names for figure in figures]
    parts = ", ".join(f"{name} {figure.text}" for name, figure in zip(names, figures, strict=True))
    moment = figures[0].period
    return ChartSpec(
        uid=uid,
        kind=ChartKind.HORIZONTAL_BAR,
        title=title,
        labels=tuple(names),
        series=(ChartSeries(moment.label, tuple(figure.as_number for figure in figures)),),
        unit=info.unit,
        decimals=max(figure.decimals for figure in figures),
        alt=f"{info.name} {in_period(moment)}: {parts}.",
    )


def without_holes(periods: Sequence[Period]) -> list[Period]:
    """Years at their true distance: 2016, 2019, 2023 become all years from 2016; 2015, 2017, 2019 stay as they are.

    A year that is put in has no value: a gap.
    """
    if len(periods) < FEWEST_FOR_A_RHYTHM or any(not period.is_year for period in periods):
        return list(periods)
    numbers = [period.year for period in periods if period.year is not None]
    step = gcd(*(after - before for before, after in pairwise(numbers)))
    return [year(number) for number in range(numbers[0], numbers[-1] + 1, step)]


def first_touched(found: Break, periods: Sequence[Period]) -> int:
    """The place of the first period that a break touches; 0 when it lies outside these periods."""
    places = (place for place, period in enumerate(periods) if period.sort_key >= found.period.sort_key)
    return next(places, 0)


def _values(figures: Sequence[Figure], periods: Sequence[Period]) -> tuple[Decimal | None, ...]:
    by_period = {figure.period: figure.as_number for figure in figures}
    return tuple(by_period.get(period) for period in periods)


def _trend_in_words(
    names: Sequence[str], rows: Sequence[Sequence[Figure]], uncertain: Sequence[Period], breaks: Sequence[Break]
) -> str:
    sentences = [describe_series(name, figures) for name, figures in zip(names, rows, strict=True)]
    if uncertain:
        labels = ", ".join(period.label for period in uncertain)
        sentences.append(f"Voor {labels} is er geen bevestigd cijfer; daar is een gat.")
    if breaks:
        causes = ", ".join(f"{found.kind}, {found.period.label}" for found in breaks)
        sentences.append(
            f"Door een trendbreuk ({causes}) zijn de cijfers ervoor en erna niet zonder meer te vergelijken."
        )
    return " ".join(sentences)


def _norm_lines(rows: Sequence[Sequence[Figure]], info: IndicatorInfo) -> tuple[NormLine, ...]:
    """A norm line only where one series is drawn: with several it would not be clear whose norm it is."""
    verdict = norm_verdict(rows[0][-1], info) if len(rows) == 1 else None
    if verdict is None or verdict.target.value is None:
        return ()
    return (NormLine(f"norm: {verdict.value_text}", verdict.target.value),)
