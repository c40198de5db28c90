"""What changed between two moments: figures that came, were revised, or went."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from indicators.core.enumerations import ChangeKind, LabelledEnum
from indicators.core.figures import Figure, IndicatorInfo, SeriesInfo
from indicators.core.periods import Period
from monitor.base.core.numbers import format_quantity, round_half_up
from monitor.base.tabular.writing import Sheet, SheetColumn, Value


class DifferenceKind(LabelledEnum):
    """What happened to a figure; the order is that of a page."""

    REVISED = "herzien"
    NEW = "nieuw"
    VANISHED = "vervallen"


@dataclass(frozen=True)
class Step:
    """One revision on the way from the old figure to the new one."""

    revision: int
    change_kind: ChangeKind
    reason: str


@dataclass(frozen=True)
class Difference:
    """One figure that is not the same at both moments; ``steps`` are the revisions in between, the first one first."""

    kind: DifferenceKind
    old: Figure | None
    new: Figure | None
    steps: tuple[Step, ...] = ()

    @property
    def figure(self) -> Figure:
        """The figure that tells which one it is about."""
        found = self.new or self.old
        assert found is not None  # a difference has at least one side
        return found

    @property
    def series(self) -> SeriesInfo:
        return self.figure.series

    @property
    def period(self) -> Period:
        return self.figure.period

    @property
    def change(self) -> Decimal | None:
        """New minus old; None when one of the two has no single value."""
        if self.old is None or self.new is None or self.old.value is None or self.new.value is None:
            return None
        if self.old.value_high is not None or self.new.value_high is not None:
            return None
        return self.new.value - self.old.value

    @property
    def change_text(self) -> str:
        """“142 meer”, “0,3 procentpunt minder”, “alleen de status: voorlopig → definitief”."""
        change = self.change
        if change is None or self.old is None or self.new is None:
            return ""
        if change == 0:
            if self.old.status != self.new.status:
                return f"alleen de status: {self.old.status.label} → {self.new.status.label}"
            return "zelfde waarde"
        unit = "procentpunt" if self.new.unit == "procent" else self.new.unit
        amount = format_quantity(abs(change), unit, max(self.old.decimals, self.new.decimals))
        return f"{amount} {'meer' if change > 0 else 'minder'}"

    @property
    def reason(self) -> str:
        """Why it was revised: “correctie: een telfout is hersteld”; every step of it, in order."""
        return "; ".join(f"{step.change_kind.label}: {step.reason}" for step in self.steps)


def differences(
    before: Iterable[Figure], after: Iterable[Figure], steps: Mapping[tuple[str, str], Iterable[Step]]
) -> tuple[Difference, ...]:
    """What differs between the figures of two moments, in order of series and period.

    Figures are the same when they are the same revision. ``steps`` holds the revisions of each series key and period
    code; those after the old figure, up to and including the new one, are told.
    """
    then = {(figure.series.key, figure.period.code): figure for figure in before}
    now = {(figure.series.key, figure.period.code): figure for figure in after}
    found = [
        _difference(then.get(place), now.get(place), steps.get(place, ())) for place in dict.fromkeys([*then, *now])
    ]
    return tuple(sorted((one for one in found if one is not None), key=_order))


def _difference(old: Figure | None, new: Figure | None, steps: Iterable[Step]) -> Difference | None:
    if old is None:
        return Difference(DifferenceKind.NEW, old, new)
    if new is None:
        return Difference(DifferenceKind.VANISHED, old, new)
    if old.observation_id == new.observation_id:
        return None
    low, high = sorted((old.revision, new.revision))
    between = sorted((step for step in steps if low < step.revision <= high), key=lambda step: step.revision)
    return Difference(DifferenceKind.REVISED, old, new, tuple(between))


def _order(one: Difference) -> tuple[str, object]:
    return one.series.key, one.period.sort_key


# --- to take away -----------------------------------------------------------------------------------------------------

COLUMNS = (
    SheetColumn("Wat"),
    SheetColumn("Indicator"),
    SheetColumn("Naam"),
    SheetColumn("Gebied"),
    SheetColumn("Uitsplitsing"),
    SheetColumn("Variant"),
    SheetColumn("Periode (code)"),
    SheetColumn("Periode"),
    SheetColumn("Oude waarde", is_number=True),
    SheetColumn("Oude waarde in woorden"),
    SheetColumn("Nieuwe waarde", is_number=True),
    SheetColumn("Nieuwe waarde in woorden"),
    SheetColumn("Verschil", is_number=True),
    SheetColumn("Meeteenheid"),
    SheetColumn("Status"),
    SheetColumn("Soort wijziging en reden"),
    SheetColumn("Bron"),
    SheetColumn("Publicatie"),
)


def differences_sheet(infos: Mapping[str, IndicatorInfo], found: Iterable[Difference]) -> Sheet:
    """One row per difference."""
    return Sheet("Verschillen", COLUMNS, tuple(_row(infos[one.series.indicator], one) for one in found))


def _row(info: IndicatorInfo, one: Difference) -> tuple[Value, ...]:
    series, figure = one.series, one.figure
    change = one.change
    return (
        one.kind.label,
        info.code,
        info.name,
        series.area_name,
        series.category_names,
        series.variant.label,
        one.period.code,
        one.period.label,
        _number(one.old),
        one.old.text if one.old else "",
        _number(one.new),
        one.new.text if one.new else "",
        None if change is None else round_half_up(change, figure.decimals),
        info.unit,
        figure.status.label,
        one.reason,
        figure.source,
        figure.publication,
    )


def _number(figure: Figure | None) -> Decimal | None:
    return None if figure is None or figure.value is None else round_half_up(figure.value, figure.decimals)
