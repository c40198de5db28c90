"""A figure of all municipalities in one period, per police unit, on the division of then or of today."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from indicators.core.areas import NOT_COMPUTABLE, Combined, Division, in_words, on_division, reference_day, unit_totals
from indicators.core.enumerations import Marker, Status
from indicators.core.figures import marker_text
from indicators.core.periods import Period
from monitor.base.core.numbers import format_quantity


@dataclass(frozen=True)
class MunicipalFigure:
    """The figure of one municipality as it was published."""

    area: str
    value: Decimal | None
    marker: Marker | None
    decimals: int
    status: Status

    @property
    def as_number(self) -> Decimal | None:
        return Decimal(0) if self.marker is Marker.NIHIL else self.value


@dataclass(frozen=True)
class MunicipalRow:
    """A municipality or a unit: what is shown, and why it cannot be computed or of what it is made."""

    area: str
    name: str
    text: str
    note: str = ""


@dataclass(frozen=True)
class UnitTable:
    """One police unit with its municipalities."""

    unit: MunicipalRow
    municipalities: tuple[MunicipalRow, ...]


@dataclass(frozen=True)
class MunicipalTable:
    """All units on one division. ``day`` is the day of that division."""

    period: Period
    day: date | None
    units: tuple[UnitTable, ...]
    is_provisional: bool

    @property
    def lacks(self) -> int:
        """How many municipalities have no figure in this table."""
        return sum(bool(row.note) and row.text == NOT_COMPUTABLE for unit in self.units for row in unit.municipalities)


def municipal_table(
    figures: Iterable[MunicipalFigure],
    *,
    period: Period,
    division: Division,
    day: date | None,
    unit: str,
    additive: bool,
) -> MunicipalTable:
    """The table on the division of ``day`` (None: that of the period). ``unit`` is the meeteenheid."""
    published = {figure.area: figure for figure in figures}
    on_day = day or reference_day(period)
    provisional = any(figure.status is not Status.FINAL for figure in published.values())
    if on_day is None:
        return MunicipalTable(period, None, (), provisional)
    decimals = max((figure.decimals for figure in published.values()), default=0)
    values = {area: figure.as_number for area, figure in published.items()}
    combined = on_division(values, period=period, day=on_day, division=division, additive=additive)
    totals = unit_totals(combined, day=on_day, division=division, additive=additive)
    tables = []
    for code in sorted(totals, key=division.name):
        members = sorted(division.members_on(code, on_day), key=lambda area: division.name(area).casefold())
        rows = tuple(_row(combined[area], published, division, unit, decimals) for area in members)
        tables.append(UnitTable(_unit_row(totals[code], division, unit, decimals), rows))
    return MunicipalTable(period, on_day, tuple(tables), provisional)


def _unit_row(total: Combined, division: Division, unit: str, decimals: int) -> MunicipalRow:
    text = NOT_COMPUTABLE if total.value is None else format_quantity(total.value, unit, decimals)
    name = division.name(total.area).removeprefix("Politie-eenheid ")
    return MunicipalRow(total.area, name, text, total.reason)


def _row(
    one: Combined, published: Mapping[str, MunicipalFigure], division: Division, unit: str, decimals: int
) -> MunicipalRow:
    name = division.name(one.area)
    own = published.get(one.area)
    if own is not None and one.parts in ((), (one.area,)) and own.value is None:
        return MunicipalRow(one.area, name, marker_text(own.marker))
    if one.value is None:
        return MunicipalRow(one.area, name, NOT_COMPUTABLE, one.reason)
    others = [division.name(part) for part in one.parts if part != one.area]
    note = f"Met wat toen {in_words(others)} was." if others else ""
    return MunicipalRow(one.area, name, format_quantity(one.value, unit, decimals), note)
