"""The outcome of a run beside other keys: strength and share per unit, the difference, and what it leads to.

Numbers are shown in one decimal and still add up to the total: they are divided by largest remainder at that step.
Only *new* strength is divided. What a unit has now is known only from a key in fte (the formation); how much it needs
is not said by any of these keys and computed nowhere.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from allocation.core.apportionment import apportion

PERCENT_STEP = Decimal("0.01")


@dataclass(frozen=True)
class KeyLine:
    """What one key gives a unit; ``fte`` is None where only shares are known (a partial run)."""

    key: str
    name: str
    fte: Decimal | None
    percentage: Decimal
    difference: Decimal | None  # the first key minus this one, in fte
    difference_points: Decimal  # the same in percentage points
    total: Decimal | None  # what the unit has now with this extra


@dataclass(frozen=True)
class UnitRow:
    """One unit: what each key gives, the model first."""

    unit: str
    lines: tuple[KeyLine, ...]
    now: Decimal | None


@dataclass(frozen=True)
class KeyColumn:
    """A key with its shares as exact parts of one; ``strength`` holds what the units have now, if the key says so."""

    code: str
    name: str
    shares: Mapping[str, Fraction]
    strength: Mapping[str, Decimal] | None = None
    is_fictitious: bool = False


@dataclass(frozen=True)
class Comparison:
    """The columns side by side; the first is what the others are compared with."""

    keys: tuple[KeyColumn, ...]
    rows: tuple[UnitRow, ...]
    fte: Decimal | None
    decimals: int

    def row(self, unit: str) -> UnitRow:
        return next(row for row in self.rows if row.unit == unit)

    @property
    def knows_strength(self) -> bool:
        return any(row.now is not None for row in self.rows)

    def total_of(self, index: int) -> Decimal | None:
        """What a key gives all units: the strength that is divided."""
        parts = [row.lines[index].fte for row in self.rows]
        return None if None in parts else sum((part for part in parts if part is not None), Decimal(0))

    @property
    def now_total(self) -> Decimal | None:
        return sum((row.now for row in self.rows if row.now is not None), Decimal(0)) if self.knows_strength else None


def shares_of(values: Mapping[str, Decimal]) -> dict[str, Fraction]:
    """Values as exact parts of their sum. ValueError when they add up to nothing."""
    total = sum((Fraction(value) for value in values.values()), Fraction(0))
    if total <= 0:
        raise ValueError("A key that adds up to nothing divides nothing.")
    return {unit: Fraction(value) / total for unit, value in values.items()}


def compare(
    keys: Sequence[KeyColumn],
    *,
    fte: Decimal | None,
    units: Sequence[str],
    given: Mapping[str, Decimal] | None = None,
) -> Comparison:
    """Put keys side by side for ``fte`` (None: shares only). ``given`` is what the first key gives with specific tasks.

    Units come in the order of ``units``; every key has them all.
    """
    decimals = _decimals(fte)
    step = Decimal(1).scaleb(-decimals)
    fte_columns = [_strengths(key, fte, step, given if index == 0 else None) for index, key in enumerate(keys)]
    percentages = [apportion(Decimal(100), key.shares, PERCENT_STEP) for key in keys]
    now = next((key.strength for key in keys if key.strength), None)
    rows = [
        UnitRow(
            unit,
            tuple(_line(key, index, unit, fte_columns, percentages, now) for index, key in enumerate(keys)),
            now[unit] if now else None,
        )
        for unit in units
    ]
    return Comparison(tuple(keys), tuple(rows), fte, decimals)


def _decimals(fte: Decimal | None) -> int:
    """One decimal, or as many as the strength to divide has."""
    exponent = fte.normalize().as_tuple().exponent if fte is not None else 0
    return max(1, -exponent) if isinstance(exponent, int) else 1


def _strengths(
    key: KeyColumn, fte: Decimal | None, step: Decimal, given: Mapping[str, Decimal] | None
) -> dict[str, Decimal] | None:
    if fte is None:
        return None
    parts = {unit: Fraction(number) for unit, number in given.items()} if given else key.shares
    return apportion(fte, parts, step)


def _line(
    key: KeyColumn,
    index: int,
    unit: str,
    strengths: Sequence[Mapping[str, Decimal] | None],
    percentages: Sequence[Mapping[str, Decimal]],
    now: Mapping[str, Decimal] | None,
) -> KeyLine:
    column, first = strengths[index], strengths[0]
    fte = column[unit] if column else None
    return KeyLine(
        key=key.code,
        name=key.name,
        fte=fte,
        percentage=percentages[index][unit],
        difference=first[unit] - fte if first and fte is not None and index else None,
        difference_points=percentages[0][unit] - percentages[index][unit],
        total=now[unit] + fte if now and fte is not None else None,
    )


def largest_differences(comparison: Comparison, index: int, most: int = 2) -> Iterable[tuple[str, Decimal]]:
    """The units where the first key and another differ most, in percentage points, the largest gain first."""
    ordered = sorted(comparison.rows, key=lambda row: (-abs(row.lines[index].difference_points), row.unit))
    return [(row.unit, row.lines[index].difference_points) for row in ordered[:most]]
