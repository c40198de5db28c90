"""What a pasted block would do: per cell where it lands, what it becomes, and what is asked, refused or left alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from indicators.core.grid import Amount, GridCell
from indicators.core.pasting import EntryKind, EntryReading, Expected, decimals_of, read_block


class Outcome(StrEnum):
    """What happens with one cell of the block."""

    SAVE = "opslaan"
    ASK = "vraag"
    SAME = "gelijk"
    EMPTY = "leeg"
    FIXED = "vast"
    OUTSIDE = "buiten"
    REFUSED = "geweigerd"


_WORDS = {
    Outcome.ASK: "Kies wat u bedoelt.",
    Outcome.SAME: "Dit staat er al.",
    Outcome.EMPTY: "Leeg in het blok: wat er staat, blijft staan.",
    Outcome.FIXED: "Deze cel is hier niet te wijzigen. Begin een wijziging in de details van de cel.",
    Outcome.OUTSIDE: "Valt buiten het rooster.",
}


@dataclass(frozen=True)
class Target:
    """A cell that a part of the block lands on."""

    name: str
    period: str
    expected: Expected
    cell: GridCell


@dataclass(frozen=True)
class PlannedCell:
    """One cell of the block; rows and columns count from one, as in the sheet."""

    row: int
    column: int
    reading: EntryReading
    target: Target | None
    outcome: Outcome

    @property
    def words(self) -> str:
        """What to tell about it; empty when it is simply saved."""
        return self.reading.problem if self.outcome is Outcome.REFUSED else _WORDS.get(self.outcome, "")

    @property
    def amount(self) -> Amount:
        """What the cell becomes."""
        value, marker = self.reading.value, self.reading.marker
        return Amount(value, marker=marker or "", decimals=decimals_of(value) if value is not None else 0)


def plan_paste(
    rows: Sequence[Sequence[str]], target_at: Callable[[int, int], Target | None]
) -> tuple[PlannedCell, ...]:
    """The plan of a block; nothing is left out but empty cells outside the grid."""

    def expected_at(row: int, column: int) -> Expected | None:
        target = target_at(row, column)
        return target.expected if target else None

    readings = read_block(rows, expected_at)
    planned = (
        _planned(row, column, reading, target_at(row, column))
        for row, line in enumerate(readings)
        for column, reading in enumerate(line)
    )
    return tuple(one for one in planned if one.target or one.reading.kind is not EntryKind.EMPTY)


def _planned(row: int, column: int, reading: EntryReading, target: Target | None) -> PlannedCell:
    plan = PlannedCell(row + 1, column + 1, reading, target, Outcome.SAVE)
    return PlannedCell(row + 1, column + 1, reading, target, _outcome(plan))


def _outcome(plan: PlannedCell) -> Outcome:
    kind, target = plan.reading.kind, plan.target
    if target is None:
        return Outcome.OUTSIDE
    if kind is EntryKind.EMPTY:
        return Outcome.EMPTY
    if kind is not EntryKind.REFUSED and _is_same(plan, target.cell.amount):
        return Outcome.SAME
    if not target.cell.may_type:
        return Outcome.FIXED
    if kind is EntryKind.REFUSED:
        return Outcome.REFUSED
    return Outcome.ASK if kind is EntryKind.ASKED else Outcome.SAVE


def _is_same(plan: PlannedCell, now: Amount) -> bool:
    """A value without a bound or qualifier that is already there; fewer decimals are another value."""
    if plan.reading.kind is EntryKind.ASKED or now.value_high is not None or now.qualifier:
        return False
    return (plan.amount.value, plan.amount.marker) == (now.value, now.marker)
