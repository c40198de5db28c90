"""Which series of an indicator are looked at together: area, breakdown, variant; and the one that stands for all."""

from collections.abc import Sequence
from dataclasses import dataclass

from indicators.core.enumerations import Variant
from indicators.core.figures import DataSet, Figure, SeriesInfo

NO_BREAKDOWN = ""
_VARIANTS = {variant: rank for rank, variant in enumerate(Variant)}


@dataclass(frozen=True)
class Option:
    """One choice of a reader; ``code`` is what stands in the address."""

    code: str
    label: str


@dataclass(frozen=True)
class Selection:
    """What is looked at, with everything there is to choose from. An option list of one needs no choosing."""

    area: str
    breakdown: str  # codes joined by “+”; empty for the totals
    variant: str  # empty when variants stand side by side
    areas: tuple[Option, ...]
    breakdowns: tuple[Option, ...]
    variants: tuple[Option, ...]
    series: tuple[SeriesInfo, ...]
    totals: tuple[SeriesInfo, ...] = ()  # of the same area and variants, when a breakdown is chosen

    @property
    def breakdown_label(self) -> str:
        return next((option.label for option in self.breakdowns if option.code == self.breakdown), "")

    @property
    def area_label(self) -> str:
        return next((option.label for option in self.areas if option.code == self.area), "")

    @property
    def has_choice(self) -> bool:
        return any(len(options) > 1 for options in (self.areas, self.breakdowns, self.variants))


def breakdown_of(series: SeriesInfo) -> str:
    """The breakdowns of a series as one code."""
    return "+".join(category.breakdown for category in series.categories)


def select_series(
    all_series: Sequence[SeriesInfo], *, area: str = "", breakdown: str = "", variant: str = ""
) -> Selection:
    """The series that answer the wish; a wish that is not there gives what comes closest instead.

    Totals are chosen by default, the country before other areas, realisation before plans. Variants of totals stand
    side by side; within a breakdown one variant is chosen.
    """
    breakdowns = _breakdowns(all_series)
    chosen_breakdown = breakdown if breakdown in {option.code for option in breakdowns} else _first(breakdowns)
    here = [series for series in all_series if breakdown_of(series) == chosen_breakdown]
    areas = _areas(here)
    chosen_area = area if area in {option.code for option in areas} else _first(areas)
    here = [series for series in here if series.area == chosen_area]
    variants = tuple(
        Option(code.value, code.label)
        for code in sorted({series.variant for series in here}, key=_VARIANTS.__getitem__)
    )
    chosen_variant = ""
    if chosen_breakdown and len(variants) > 1:
        chosen_variant = variant if variant in {option.code for option in variants} else _first(variants)
        here = [series for series in here if series.variant == chosen_variant]
    here.sort(key=lambda series: (_VARIANTS[series.variant], [c.order for c in series.categories], series.key))
    offered = variants if chosen_breakdown else ()
    shown = {series.variant for series in here}
    totals = tuple(
        series
        for series in all_series
        if chosen_breakdown and series.is_total and series.area == chosen_area and series.variant in shown
    )
    return Selection(chosen_area, chosen_breakdown, chosen_variant, areas, breakdowns, offered, tuple(here), totals)


def _first(options: Sequence[Option]) -> str:
    return options[0].code if options else ""


def _breakdowns(all_series: Sequence[SeriesInfo]) -> tuple[Option, ...]:
    names: dict[str, str] = {}
    for series in all_series:
        name = " en ".join(category.breakdown_name.lower() for category in series.categories)
        names.setdefault(breakdown_of(series), f"Naar {name}" if name else "Totaal")
    return tuple(
        Option(code, names[code]) for code in sorted(names, key=lambda code: (code.count("+") + bool(code), code))
    )


def _areas(all_series: Sequence[SeriesInfo]) -> tuple[Option, ...]:
    names = {series.area: series.area_name for series in all_series}
    return tuple(
        Option(code, names[code]) for code in sorted(names, key=lambda code: (code != "nederland", names[code]))
    )


def headline_series(data: DataSet, indicator: str) -> SeriesInfo | None:
    """The series that stands for an indicator in a list: its total for the country, or the only series there is.

    None when only parts are published: no part stands for the whole.
    """
    series = data.series_of(indicator)
    if len(series) == 1:
        return series[0]
    totals = [one for one in series if one.is_total]
    if not totals:
        return None
    return min(totals, key=lambda one: (_VARIANTS[one.variant], one.area != "nederland", one.area))


def usual_kind(figures: Sequence[Figure], preferred: str = "") -> str:
    """The kind of period that most figures have; at a tie the preferred one, then the latest.

    A chart or a comparison uses one kind only.
    """
    kinds = [figure.period.kind for figure in figures]
    if not kinds:
        return preferred
    return str(max(dict.fromkeys(reversed(kinds)), key=lambda kind: (kinds.count(kind), kind == preferred)))
