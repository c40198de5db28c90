"""Changes and trends in words: figure against figure, a series over time, a figure against its norm."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from indicators.core.enumerations import TargetState
from indicators.core.figures import Break, Figure, IndicatorInfo, Target
from indicators.core.periods import Period, PeriodKind
from monitor.base.core.numbers import format_number, format_quantity, round_half_up


def in_period(period: Period) -> str:
    """A period with its preposition: “in 2023”, “op 2 november 2024”, “tot en met 2 november 2024”."""
    match period.kind:
        case PeriodKind.STOCK:
            return f"op {period.label}"
        case PeriodKind.FLOW_TO_DAY:
            return period.label
        case PeriodKind.HALF_YEAR | PeriodKind.QUARTER:
            return f"in het {period.label}"
        case PeriodKind.SPAN if period.end is None:
            return period.label
        case _:
            return f"in {period.label}"


def comparable(first: Period, second: Period) -> bool:
    """Whether two figures may be compared: one kind; flows up to a day only with the same day in another year.

    A flow of a part of the year is never held against a full year (DESIGN section 2).
    """
    if first.kind is not second.kind:
        return False
    if first.kind is PeriodKind.FLOW_TO_DAY and first.end and second.end:
        return _day_of_year(first.end) == _day_of_year(second.end)
    if first.kind is PeriodKind.SPAN:
        return _part_of_year(first) is not None and _part_of_year(first) == _part_of_year(second)
    return True


def _day_of_year(day: date) -> tuple[int, int]:
    """Month and day; 29 February is the 28th of other years, as in :meth:`Period.same_last_year`."""
    return (day.month, min(day.day, 28)) if day.month == 2 else (day.month, day.day)


def _part_of_year(span: Period) -> tuple[tuple[int, int], tuple[int, int], int] | None:
    """First day, last day and the number of year ends between: only like parts of a year are compared."""
    if span.start is None or span.end is None:
        return None
    return (_day_of_year(span.start), _day_of_year(span.end), span.end.year - span.start.year)


@dataclass(frozen=True)
class Change:
    """The change from an earlier figure to a later one. ``relative`` is in percent, None from zero or for shares."""

    before: Figure
    after: Figure
    difference: Decimal
    relative: Decimal | None
    broken_by: tuple[Break, ...] = ()

    @property
    def sign(self) -> int:
        return (self.difference > 0) - (self.difference < 0)

    @property
    def verb(self) -> str:
        """“gestegen”, “gedaald” or “gelijk gebleven”."""
        return {1: "gestegen", -1: "gedaald", 0: "gelijk gebleven"}[self.sign]

    @property
    def is_approximate(self) -> bool:
        """A change is no more exact than the figures it is made of."""
        return self.before.is_approximate or self.after.is_approximate

    @property
    def size(self) -> str:
        """“2,3%”, “0,3 procentpunt” or the difference itself where a percentage means nothing."""
        if self.after.unit == "procent":
            decimals = max(self.before.decimals, self.after.decimals)
            return f"{format_number(abs(self.difference), decimals)} procentpunt"
        if self.relative is None:
            return format_quantity(abs(self.difference), self.after.unit, self.after.decimals)
        return f"{format_number(abs(self.relative), 0 if self.is_approximate else 1)}%"

    @property
    def amount(self) -> str:
        """:attr:`size`, with “circa” where a figure is not exact."""
        return f"circa {self.size}" if self.is_approximate else self.size

    @property
    def against_earlier(self) -> str:
        """“2,3% meer dan in 2023”, “0,4 procentpunt hoger dan in 2021”, “gelijk aan 2023”."""
        where = in_period(self.before.period)
        if self.sign == 0:
            return f"gelijk aan de waarde {where}"
        counted = self.after.unit not in {"procent", "rapportcijfer"}
        word = ("meer" if counted else "hoger") if self.sign > 0 else ("minder" if counted else "lager")
        return f"{self.amount} {word} dan {where}"

    @property
    def text(self) -> str:
        """:attr:`against_earlier` with a warning when a break lies between."""
        warning = " (door een trendbreuk niet zonder meer te vergelijken)" if self.broken_by else ""
        return f"{self.against_earlier}{warning}"


def change_between(before: Figure, after: Figure, breaks: Sequence[Break] = ()) -> Change | None:
    """The change between two figures, or None when one has no value or they may not be compared."""
    if before.as_number is None or after.as_number is None or not comparable(before.period, after.period):
        return None
    difference = after.as_number - before.as_number
    relative = None
    if after.unit not in {"procent", "rapportcijfer"} and before.as_number != 0:
        relative = round_half_up(difference / abs(before.as_number) * 100, 1)
    between = tuple(b for b in breaks if before.period.sort_key < b.period.sort_key <= after.period.sort_key)
    return Change(before, after, difference, relative, between)


def previous_figure(figures: Sequence[Figure], figure: Figure) -> Figure | None:
    """The last earlier figure that may be compared with this one."""
    earlier = [f for f in figures if f.period.sort_key < figure.period.sort_key and comparable(f.period, figure.period)]
    return earlier[-1] if earlier else None


def same_period_last_year(figures: Sequence[Figure], figure: Figure) -> Figure | None:
    wanted = figure.period.same_last_year()
    return next((f for f in figures if f.period == wanted), None)


# --- norms ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class NormVerdict:
    """A figure against a norm that has a value."""

    target: Target
    met: bool
    unit: str
    decimals: int

    @property
    def value_text(self) -> str:
        assert self.target.value is not None  # a verdict exists only for a norm with a value
        decimals = max(self.decimals if self.target.value % 1 else 0, 0)
        text = format_quantity(self.target.value, self.unit, decimals)
        return f"{self.target.comparator.label} {text}"

    @property
    def text(self) -> str:
        """“norm ten hoogste 5,9%: niet gehaald”."""
        return f"norm {self.value_text}: {'gehaald' if self.met else 'niet gehaald'}"


def norm_verdict(figure: Figure, info: IndicatorInfo) -> NormVerdict | None:
    """The verdict on the first settled norm with a value that is valid at the end of the figure's period."""
    if figure.value is None:
        return None
    for target in info.targets:
        if target.value is None or target.state is not TargetState.SETTLED or not target.applies_on(figure.period.end):
            continue
        met = target.meets(figure.value)
        if met is not None:
            return NormVerdict(target, met, figure.unit, max(figure.decimals, info.decimals))
    return None


# --- a series in words ------------------------------------------------------------------------------------------------


def describe_series(name: str, figures: Sequence[Figure]) -> str:
    """A trend in one or two sentences, for the alternative text of a chart.

    Names first and last value with their periods, the overall direction, and the highest and lowest point in between.
    """
    known = [f for f in figures if f.value is not None]
    if not known:
        return f"{name}: geen cijfers."
    first, last = known[0], known[-1]
    if first is last:
        return f"{name}: {last.text} {in_period(last.period)}."
    change = change_between(first, last)
    verb = change.verb if change else "veranderd"
    text = f"{name}: {verb} van {first.text} {in_period(first.period)} naar {last.text} {in_period(last.period)}"
    if change and change.sign == 0:
        text = f"{name}: {first.text} {in_period(first.period)} en weer {last.text} {in_period(last.period)}"
    return text + _extremes(known) + "."


def _extremes(known: Sequence[Figure]) -> str:
    inner = known[1:-1]
    if not inner:
        return ""
    ends = {known[0].as_number, known[-1].as_number}
    highest = max(inner, key=lambda f: f.value or Decimal(0))
    lowest = min(inner, key=lambda f: f.value or Decimal(0))
    parts = []
    if highest.value is not None and all(end is not None and highest.value > end for end in ends):
        parts.append(f"hoogste punt {highest.text} {in_period(highest.period)}")
    if lowest.value is not None and all(end is not None and lowest.value < end for end in ends):
        parts.append(f"laagste punt {lowest.text} {in_period(lowest.period)}")
    return f"; {', '.join(parts)}" if parts else ""
