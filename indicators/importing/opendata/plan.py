"""What a fetched table would change: new, revised, the same, under way, missing, refused. Nothing is written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from indicators.core.opendata.mapping import MappedTable, OpenDataRow, RefusedCell
from indicators.models import Area, Category, Indicator, Observation, Proposal
from indicators.queries.deliveries import Key, Standing, load_standing
from indicators.queries.open_data import figures_of_source

_KEYS_AT_ONCE = 5_000  # rows whose standing is read together: a database takes only so many values in one question


@dataclass(frozen=True)
class PlannedRow:
    """A row with how its figure stands now (None: the series or the period is not there yet)."""

    row: OpenDataRow
    now: Standing | None = None

    @property
    def old(self) -> str:
        held = self.now and (self.now.proposal or self.now.observation)
        return str(held.marker or held.value) if held else ""

    @property
    def base_revision(self) -> int:
        return self.now.observation.revision if self.now and self.now.observation else 0


@dataclass(frozen=True)
class OpenDataPlan:
    """Every row in the one group it belongs to; ``missing`` are figures of this source that the table no longer has."""

    table: str
    new: tuple[PlannedRow, ...]
    revised: tuple[PlannedRow, ...]
    same: int
    under_way: tuple[PlannedRow, ...]
    missing: tuple[Key, ...]
    refused: tuple[RefusedCell, ...]
    left_out: int

    @property
    def counts(self) -> dict[str, int]:
        return {
            "nieuw": len(self.new),
            "herzien": len(self.revised),
            "ongewijzigd": self.same,
            "al onderweg": len(self.under_way),
            "ontbreekt": len(self.missing),
            "geweigerd": len(self.refused),
            "weggelaten": self.left_out,
        }

    @property
    def changes_nothing(self) -> bool:
        return not self.new and not self.revised

    def as_data(self, job: int | None) -> dict[str, Any]:
        """The plan for machines; the rows that are refused each with their place."""
        return {
            "new": len(self.new),
            "revised": len(self.revised),
            "same": self.same,
            "under_way": len(self.under_way),
            "missing": len(self.missing),
            "left_out": self.left_out,
            "refused": [
                {"sheet": self.table, "cell": one.place, "code": one.code, "message": one.message}
                for one in self.refused
            ],
            "job": job,
        }


def plan_table(mapped: MappedTable, *, table: str, source: str) -> OpenDataPlan:
    """Compare the rows with how the figures stand. ``source`` is the code of the table's source."""
    rows, unknown = _known_rows(mapped.rows)
    groups: dict[str, list[PlannedRow]] = {"new": [], "revised": [], "same": [], "under_way": []}
    for part in _parts(rows):
        standing = load_standing(row.key for row in part)
        for row in part:
            groups[_group(row, standing.get(row.key))].append(PlannedRow(row, standing.get(row.key)))
    given = {row.key for row in mapped.rows}
    missing = sorted(figures_of_source(source) - given) if rows else []
    return OpenDataPlan(
        table,
        tuple(groups["new"]),
        tuple(groups["revised"]),
        len(groups["same"]),
        tuple(groups["under_way"]),
        tuple(missing),
        (*mapped.refused, *unknown),
        mapped.left_out,
    )


def _parts(rows: Sequence[OpenDataRow]) -> Iterable[Sequence[OpenDataRow]]:
    return (rows[start : start + _KEYS_AT_ONCE] for start in range(0, len(rows), _KEYS_AT_ONCE))


def _group(row: OpenDataRow, now: Standing | None) -> str:
    if now is None or (now.proposal is None and now.observation is None):
        return "new"
    if now.proposal is not None:
        return "same" if _says_the_same(row, now.proposal) else "under_way"
    assert now.observation is not None
    return "same" if _says_the_same(row, now.observation) else "revised"


def _says_the_same(row: OpenDataRow, stored: Proposal | Observation) -> bool:
    marker = row.marker.value if row.marker else ""
    return (stored.value, stored.marker, stored.status) == (row.value, marker, row.status.value)


def _known_rows(rows: Sequence[OpenDataRow]) -> tuple[list[OpenDataRow], list[RefusedCell]]:
    """The rows whose indicator, area and categories exist; of the others what is wrong and how to mend it."""
    known = _Known.load()
    good, refused = [], []
    for row in rows:
        problem = known.problem(row)
        if problem:
            refused.append(RefusedCell(row.place, *problem))
        else:
            good.append(row)
    return good, refused


@dataclass(frozen=True)
class _Known:
    indicators: frozenset[str]
    areas: frozenset[str]
    categories: frozenset[tuple[str, str]]

    @classmethod
    def load(cls) -> "_Known":
        pairs = Category.objects.values_list("breakdown__code", "code")
        return cls(
            frozenset(Indicator.objects.values_list("code", flat=True)),
            frozenset(Area.objects.values_list("code", flat=True)),
            frozenset((breakdown, code) for breakdown, code in pairs),
        )

    def problem(self, row: OpenDataRow) -> tuple[str, str] | None:
        if row.indicator not in self.indicators:
            return "indicator", f"Indicator ‘{row.indicator}’ bestaat niet. Maak de indicator, of pas het profiel aan."
        if row.area not in self.areas:
            return "gebied", f"Gebied ‘{row.area}’ bestaat niet. Pas het profiel aan."
        for breakdown, category in row.categories:
            if (breakdown, category) not in self.categories:
                return "categorie", f"‘{breakdown}={category}’ bestaat niet. Pas het profiel aan."
        return None
