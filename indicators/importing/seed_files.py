"""Reading the project's own seed files: published figures with their source, as CSV beside the code.

Everything is read and checked before anything is written; the first thing wrong stops the load with one Dutch sentence
that names file, line and column.
"""

import csv
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from indicators.core.figures import DECIMAL_DIGITS, WHOLE_DIGITS, is_storable
from indicators.core.periods import Period, UnknownPeriod, parse_period
from monitor.base.core.errors import MonitorError

EnumType = TypeVar("EnumType", bound=StrEnum)

SEED_FOLDER = Path(__file__).resolve().parent.parent / "seeds"

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "themes": ("code", "name", "programme", "parent", "order"),
    "areas": ("code", "kind", "name", "parent", "cbs_code", "order"),
    "sources": ("code", "title", "holder", "kind"),
    "suppliers": ("code", "name", "holders"),
    "rounds": ("code", "name", "programme", "rhythm", "reference_date", "state", "cut_off"),
    "round_steps": ("round", "kind", "due"),
    "publications": (
        "code", "name", "short_name", "round", "date", "kenmerk", "kamerstuk", "programme", "document", "date_note",
    ),
    "breakdowns": ("code", "name"),
    "categories": ("breakdown", "code", "name", "parent", "order"),
    "indicators": (
        "code", "name", "theme", "level", "definition", "definition_note", "unit", "decimals", "measure", "direction",
        "additive", "value_kind", "source", "default_period_kind", "chart", "order",
    ),
    "rests": ("indicator", "text"),
    "figures": (
        "indicator", "area", "variant", "categories", "period", "value", "value_high", "marker", "qualifier", "status",
        "money_basis", "publication", "place", "source", "asserted_by", "certainty", "read_as", "footnote",
    ),
    "facts": (
        "code", "theme", "name", "sentence", "value", "value_high", "unit", "decimals", "variant", "qualifier",
        "period", "area", "publication", "place", "source", "asserted_by", "certainty", "read_as", "footnote", "kind",
    ),
    "readings": (
        "indicator", "area", "variant", "categories", "period", "value", "value_high", "qualifier", "publication",
        "place", "source", "reason", "alternative", "kind",
    ),
    "targets": (
        "indicator", "code", "kind", "comparator", "value", "value_high", "text", "state", "level", "valid_from",
        "valid_to", "period_label", "publication", "place", "source",
    ),
    "breaks": ("indicator", "period", "kind", "text", "publication", "place"),
    "restatements": ("indicator", "publication", "text", "scope", "place"),
    "footnotes": ("indicator", "code", "text", "publication", "place"),
    "differences": ("indicator", "categories", "period", "text", "publication", "place"),
}  # fmt: skip


class SeedProblem(MonitorError):
    """A seed file that cannot be read or contradicts itself."""


@dataclass(frozen=True)
class SeedRow:
    """One line of a seed file; every reading of a cell says where it went wrong."""

    file: str
    line: int
    cells: Mapping[str, str]

    def problem(self, column: str, what: str) -> SeedProblem:
        return SeedProblem(
            f"Bestand ‘{self.file}.csv’, regel {self.line}, kolom ‘{column}’: {what} Er is niets geladen."
        )

    def text(self, column: str, *, required: bool = False) -> str:
        value = self.cells[column].strip()
        if required and not value:
            raise self.problem(column, "de cel is leeg.")
        return value

    def number(self, column: str) -> Decimal | None:
        value = self.text(column)
        if not value:
            return None
        try:
            number = Decimal(value)
        except InvalidOperation:
            raise self.problem(column, f"‘{value}’ is geen getal.") from None
        if not number.is_finite():
            raise self.problem(column, f"‘{value}’ is geen getal.")
        if not is_storable(number):
            most = f"ten hoogste {WHOLE_DIGITS} cijfers en {DECIMAL_DIGITS} decimalen"
            raise self.problem(column, f"{value} is niet exact te bewaren ({most}).")
        return number

    def upper_bound(self, column: str, value: Decimal | None) -> Decimal | None:
        """The upper end of a value that is a range; it needs a lower end and does not lie under it."""
        high = self.number(column)
        if high is not None and (value is None or high < value):
            raise self.problem(column, f"de bovengrens {high} is lager dan de waarde, of er is geen waarde.")
        return high

    def integer(self, column: str, default: int = 0) -> int:
        value = self.text(column)
        if value and not value.isdecimal():
            raise self.problem(column, f"‘{value}’ is geen heel getal.")
        return int(value) if value else default

    def decimals(self, column: str) -> int:
        value = self.integer(column)
        if value > DECIMAL_DIGITS:
            raise self.problem(column, f"{value} decimalen is te veel; ten hoogste {DECIMAL_DIGITS}.")
        return value

    def yes(self, column: str) -> bool:
        value = self.text(column)
        if value not in ("ja", "nee"):
            raise self.problem(column, f"‘{value}’ is geen ja of nee.")
        return value == "ja"

    def day(self, column: str) -> date | None:
        value = self.text(column)
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            raise self.problem(column, f"‘{value}’ is geen datum (jjjj-mm-dd).") from None

    def period(self, column: str) -> Period | None:
        value = self.text(column)
        try:
            return parse_period(value) if value else None
        except UnknownPeriod as error:
            raise self.problem(column, str(error)) from error

    def choice(self, column: str, vocabulary: type[EnumType]) -> EnumType:
        value = self.text(column)
        try:
            return vocabulary(value)
        except ValueError:
            possible = ", ".join(member.value or "(leeg)" for member in vocabulary)
            raise self.problem(column, f"‘{value}’ bestaat niet; mogelijk zijn {possible}.") from None

    def choice_or_empty(self, column: str, vocabulary: type[EnumType]) -> str:
        return self.choice(column, vocabulary).value if self.text(column) else ""

    def reference(self, column: str, known: Collection[str], *, required: bool = True) -> str:
        value = self.text(column, required=required)
        if value and value not in known:
            raise self.problem(column, f"‘{value}’ komt niet voor.")
        return value

    def categories(self, known: Collection[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
        """``soort=belediging;leeftijd=18`` as sorted pairs that exist, at most one per breakdown."""
        pairs: list[tuple[str, str]] = []
        for part in filter(None, (piece.strip() for piece in self.text("categories").split(";"))):
            breakdown, _, category = part.partition("=")
            if (breakdown, category) not in known:
                raise self.problem("categories", f"‘{part}’ komt niet voor in categories.csv.")
            pairs.append((breakdown, category))
        if len({breakdown for breakdown, _ in pairs}) < len(pairs):
            raise self.problem("categories", "een uitsplitsing staat er twee keer.")
        return tuple(sorted(pairs))


@dataclass(frozen=True)
class SeedFiles:
    """All seed files, read but not yet interpreted."""

    rows: Mapping[str, Sequence[SeedRow]]

    def __getitem__(self, file: str) -> Sequence[SeedRow]:
        return self.rows[file]

    def codes(self, file: str, key: Callable[[SeedRow], str] = lambda row: row.text("code", required=True)) -> set[str]:
        """The codes of a file; a code that stands there twice is refused."""
        seen: set[str] = set()
        for row in self.rows[file]:
            code = key(row)
            if code in seen:
                raise row.problem("code", f"‘{code}’ staat er al.")
            seen.add(code)
        return seen


def read_seed_files(folder: Path = SEED_FOLDER) -> SeedFiles:
    """Read every seed file of ``folder``. Raises :class:`SeedProblem` for a missing, unreadable or misshapen file."""
    return SeedFiles({name: tuple(read_rows(folder / f"{name}.csv", COLUMNS[name])) for name in COLUMNS})


def read_rows(path: Path, columns: Sequence[str]) -> Iterator[SeedRow]:
    """The rows of one CSV file that has at least these columns."""
    name = path.stem
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise SeedProblem(f"Bestand ‘{path}’ ontbreekt. Er is niets geladen.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise SeedProblem(
            f"Bestand ‘{path}’ is niet te lezen als UTF-8-tekst ({error}). Er is niets geladen."
        ) from error
    if "\0" in text:  # PostgreSQL cannot store it
        raise SeedProblem(f"Bestand ‘{path}’ is niet te lezen als UTF-8-tekst (nulteken). Er is niets geladen.")
    reader = csv.DictReader(text.splitlines(keepends=True), strict=True)
    try:
        missing = [column for column in columns if column not in (reader.fieldnames or ())]
        if missing:
            raise SeedProblem(f"Bestand ‘{name}.csv’ mist de kolom ‘{missing[0]}’. Er is niets geladen.")
        for cells in reader:
            if None in cells or None in cells.values():
                raise SeedProblem(
                    f"Bestand ‘{name}.csv’, regel {reader.line_num}: het aantal cellen klopt niet. Er is niets geladen."
                )
            yield SeedRow(name, reader.line_num, cells)
    except csv.Error as error:
        raise SeedProblem(
            f"Bestand ‘{name}.csv’, regel {reader.reader.line_num} is geen geldige CSV ({error}). Er is niets geladen."
        ) from error
