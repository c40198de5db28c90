"""Published totals against the sum of their parts.

A total is a published figure of its own, never computed for output; here it is held against its parts. The parts of a
total (or of a category with classes below it) are the nearest published figures below it in the same breakdown. A rest
may exist: a breakdown whose parts add up to less than the total is not an error unless it is known to be complete.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators.core.figures import CategoryInfo, DataSet, Figure, IndicatorInfo
from monitor.base.core.numbers import format_number, round_half_up


@dataclass(frozen=True)
class SumCheck:
    """One published total beside the sum of its parts."""

    info: IndicatorInfo
    total: Figure
    parts: tuple[Figure, ...]
    total_value: Decimal
    parts_value: Decimal
    complete: bool  # whether the breakdown is known to be complete

    @property
    def rest(self) -> Decimal:
        """What the parts leave unexplained."""
        return self.total_value - self.parts_value

    @property
    def agrees(self) -> bool:
        """A complete breakdown adds up, as precisely as the total was published; another leaves no negative rest."""
        if self.complete:
            return round_half_up(self.parts_value, self.total.decimals) == self.total_value
        return self.rest >= 0

    @property
    def sentence(self) -> str:
        decimals = max(figure.decimals for figure in (self.total, *self.parts))
        return (
            f"{self.info.name} ({self.total.series.key}, {self.total.period.label}): "
            f"het totaal is {format_number(self.total_value, decimals)}, "
            f"de {len(self.parts)} delen tellen op tot {format_number(self.parts_value, decimals)}."
        )


def check_sums(data: DataSet) -> Iterator[SumCheck]:
    """Every published total of an additive indicator that has published parts, in order of series and period."""
    groups: dict[tuple[str, str, str, str], list[Figure]] = defaultdict(list)
    for figures in data.figures.values():
        for figure in figures:
            if data.indicators[figure.series.indicator].additive and len(figure.series.categories) <= 1:
                series = figure.series
                groups[(series.indicator, series.area, str(series.variant), figure.period.code)].append(figure)
    for (indicator, *_), group in sorted(groups.items()):
        yield from _check_group(data.indicators[indicator], group)


def _check_group(info: IndicatorInfo, figures: Sequence[Figure]) -> Iterator[SumCheck]:
    totals = [figure for figure in figures if figure.series.is_total]
    breakdowns = {figure.series.categories[0].breakdown for figure in figures if figure.series.categories}
    for breakdown in sorted(breakdowns):
        by_code = {f.series.categories[0].code: f for f in figures if _in(f, breakdown)}
        categories = {f.series.categories[0].code: f.series.categories[0] for f in by_code.values()}
        for total in totals:
            yield from _one_check(info, total, _nearest(categories, by_code, ""))
        for code, figure in by_code.items():
            yield from _one_check(info, figure, _nearest(categories, by_code, code))


def _in(figure: Figure, breakdown: str) -> bool:
    return bool(figure.series.categories) and figure.series.categories[0].breakdown == breakdown


def _nearest(categories: Mapping[str, CategoryInfo], figures: Mapping[str, Figure], above: str) -> tuple[Figure, ...]:
    """The published figures just below ``above`` ("" is the total): those whose nearest published ancestor it is."""
    return tuple(
        figure for code, figure in figures.items() if _published_ancestor(categories, categories[code]) == above
    )


def _published_ancestor(categories: Mapping[str, CategoryInfo], category: CategoryInfo) -> str:
    return next((code for code in category.ancestors if code in categories), "")


def _one_check(info: IndicatorInfo, total: Figure, parts: Iterable[Figure]) -> Iterator[SumCheck]:
    found = tuple(parts)
    values = [part.as_number for part in found]
    if not found or total.as_number is None or any(value is None for value in values):
        return
    added = sum((value for value in values if value is not None), Decimal(0))
    yield SumCheck(info, total, found, total.as_number, added, complete=not info.has_rest)
