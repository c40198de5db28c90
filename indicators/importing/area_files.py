"""Municipalities and their successions from CSV files, checked before anything is written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from indicators.core.areas import Succession
from indicators.core.figures import is_storable
from indicators.importing.seed_files import SEED_FOLDER, SeedRow, read_rows
from indicators.services.areas import Municipality

MUNICIPALITIES = SEED_FOLDER / "municipalities.csv"
SUCCESSIONS = SEED_FOLDER / "successions.csv"

_MUNICIPALITY_COLUMNS = ("code", "name", "police_unit", "from", "to")
_SUCCESSION_COLUMNS = ("old", "new", "date", "share")


@dataclass(frozen=True)
class AreaFiles:
    """What the files say: municipalities (CBS codes) with their police unit and days, and what went on in what."""

    municipalities: tuple[Municipality, ...]
    successions: tuple[Succession, ...]


def read_area_files(municipalities: Path = MUNICIPALITIES, successions: Path | None = SUCCESSIONS) -> AreaFiles:
    """Read both files (the second may be left out). Raises SeedProblem at the first thing that is wrong."""
    rows = tuple(read_rows(municipalities, _MUNICIPALITY_COLUMNS))
    read = tuple(_municipality(row) for row in rows)
    _refuse_doubles((row, (one.code, one.start)) for row, one in zip(rows, read, strict=True))
    if successions is None:
        return AreaFiles(read, ())
    lines = tuple(read_rows(successions, _SUCCESSION_COLUMNS))
    went_on = tuple(_succession(row) for row in lines)
    _refuse_doubles((row, (one.old, one.new, one.date)) for row, one in zip(lines, went_on, strict=True))
    _refuse_too_much(lines, went_on)
    return AreaFiles(read, went_on)


def _municipality(row: SeedRow) -> Municipality:
    start, end = row.day("from"), row.day("to")
    if end is not None and (start is None or end < start):
        raise row.problem("to", "de laatste dag ligt vóór de eerste, of de eerste dag ontbreekt.")
    unit = row.text("police_unit", required=True)
    return Municipality(_code(row, "code"), row.text("name", required=True), unit, start, end)


def _succession(row: SeedRow) -> Succession:
    day, share = row.day("date"), row.number("share")
    if day is None:
        raise row.problem("date", "de cel is leeg.")
    if share is not None and not (0 < share <= 1 and is_storable(share)):
        raise row.problem("share", f"{share} is geen aandeel: meer dan 0 en ten hoogste 1 (leeg: niet bekend).")
    old, new = _code(row, "old"), _code(row, "new")
    if old == new:
        raise row.problem("new", "een gemeente gaat niet op in zichzelf.")
    return Succession(day, old, new, share)


def _code(row: SeedRow, column: str) -> str:
    code = row.text(column, required=True)
    if not (len(code) == 6 and code.startswith("GM") and code[2:].isdecimal()):
        raise row.problem(column, f"‘{code}’ is geen gemeentecode van het CBS (GM en vier cijfers).")
    return code


def _refuse_doubles(rows: Iterable[tuple[SeedRow, object]]) -> None:
    seen: dict[object, SeedRow] = {}
    for row, identity in rows:
        if (before := seen.setdefault(identity, row)) is not row:
            raise row.problem(next(iter(row.cells)), f"dit staat ook op regel {before.line}.")


def _refuse_too_much(rows: Sequence[SeedRow], successions: Sequence[Succession]) -> None:
    """The parts of one municipality on one day are at most the whole."""
    totals: dict[object, Decimal] = {}
    for row, one in zip(rows, successions, strict=True):
        key = (one.old, one.date)
        totals[key] = totals.get(key, Decimal(0)) + (one.share or 0)
        if totals[key] > 1:
            raise row.problem("share", f"de delen van {one.old} zijn samen meer dan het geheel.")
