"""A sheet of municipalities with the values of their features, read cell by cell.

The columns are ``code``, ``name``, ``police_unit``, ``safety_region`` (may be missing) and the codes of features. An
empty cell is a missing value, never zero. Everything that is wrong is gathered and told with line and column.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from allocation.core.errors import AllocationError
from allocation.core.features import FeatureInfo, Merging, require_plausible
from allocation.core.model import Municipality
from monitor.base.core.numbers import read_number

CODE, NAME, UNIT, REGION = "code", "name", "police_unit", "safety_region"
REQUIRED = (CODE, NAME, UNIT)
MOST_TOLD = 10
NATIONAL_FROM = 300  # the country had 342 municipalities in 2024; with fewer, a national total says nothing


@dataclass(frozen=True)
class FileProblem:
    """What is wrong at one place; ``line`` 0 is the file as a whole."""

    line: int
    column: str
    text: str

    def __str__(self) -> str:
        places = [f"regel {self.line}"] if self.line else []
        places += [f"kolom ‘{self.column}’"] if self.column else []
        place = ", ".join(places)
        return f"{place[0].upper()}{place[1:]}: {self.text}" if place else self.text


class FileRefused(AllocationError):
    """A file with problems; nothing of it was used."""

    def __init__(self, problems: Sequence[FileProblem]) -> None:
        told = " ".join(str(one) for one in problems[:MOST_TOLD])
        more = len(problems) - MOST_TOLD
        rest = f" En nog {more} andere." if more > 0 else ""
        super().__init__(f"{told}{rest} Verbeter het bestand en bied het opnieuw aan; er is niets geladen.")
        self.problems = tuple(problems)


@dataclass(frozen=True)
class FeatureTable:
    """What a file holds: features in the order of the columns, municipalities in the order of the lines."""

    features: tuple[str, ...]
    municipalities: tuple[Municipality, ...]
    regions: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_national(self) -> bool:
        return len(self.municipalities) >= NATIONAL_FROM


def read_table(
    rows: Sequence[Sequence[object]], known: Mapping[str, FeatureInfo], *, point_is_decimal: bool
) -> FeatureTable:
    """Read the cells of a sheet; ``rows[0]`` is the head. Raises :class:`FileRefused` with all that is wrong.

    Numbers as text are Dutch, and refused where they can be read in two ways; with ``point_is_decimal`` (a file whose
    columns are separated by commas) a point is always the decimal sign.
    """
    head = [_text(cell) for cell in rows[0]] if rows else []
    while head and not head[-1]:
        head.pop()
    problems = list(_head_problems(head, known))
    if problems:
        raise FileRefused(problems)
    reader = _Reader(head, known, point_is_decimal, problems)
    found = [reader.municipality(line, row) for line, row in enumerate(rows[1:], 2) if any(map(_text, row))]
    if not found:
        problems.append(FileProblem(0, "", "Het bestand bevat geen gemeenten."))
    counts = Counter(one.code for one in found if one.code)
    problems += [
        FileProblem(0, CODE, f"gemeente {code} staat er {count} keer in.")
        for code, count in counts.items()
        if count > 1
    ]
    if problems:
        raise FileRefused(problems)
    return FeatureTable(reader.features, tuple(found), reader.regions)


def _head_problems(head: Sequence[str], known: Mapping[str, FeatureInfo]) -> Iterator[FileProblem]:
    for name in REQUIRED:
        if name not in head:
            yield FileProblem(1, name, "deze kolom ontbreekt.")
    for name, count in Counter(head).items():
        if not name:
            yield FileProblem(1, "", f"{count} van de kolommen {'heeft' if count == 1 else 'hebben'} geen naam.")
        elif count > 1:
            yield FileProblem(1, name, f"deze kolom staat er {count} keer.")
    unknown = [name for name in head if name and name not in (*REQUIRED, REGION) and name not in known]
    for name in unknown:
        yield FileProblem(1, name, "dit is geen code van een omgevingskenmerk.")


class _Reader:
    """Reads lines under one head and gathers what is wrong."""

    def __init__(
        self,
        head: Sequence[str],
        known: Mapping[str, FeatureInfo],
        point_is_decimal: bool,
        problems: list[FileProblem],
    ) -> None:
        self._places = {name: place for place, name in enumerate(head)}
        self._known = known
        self._point_is_decimal = point_is_decimal
        self._problems = problems
        self.features = tuple(name for name in head if name in known)
        self.regions: dict[str, str] = {}

    def municipality(self, line: int, row: Sequence[object]) -> Municipality:
        code, name, unit = (self._required(line, row, column) for column in REQUIRED)
        if REGION in self._places:
            self.regions[code] = _text(self._cell(row, REGION))
        if any(_text(cell) for cell in row[len(self._places) :]):
            self._problems.append(FileProblem(line, "", "er staan meer cellen dan kolommen."))
        values = {}
        for feature in self.features:
            value = self._number(line, feature, self._cell(row, feature))
            if value is not None:
                values[feature] = value
        return Municipality(code, name, unit, values)

    def _cell(self, row: Sequence[object], column: str) -> object:
        place = self._places[column]
        return row[place] if place < len(row) else None

    def _required(self, line: int, row: Sequence[object], column: str) -> str:
        text = _text(self._cell(row, column))
        if not text:
            self._problems.append(FileProblem(line, column, "de cel is leeg."))
        return text

    def _number(self, line: int, feature: str, cell: object) -> Decimal | None:
        text = _text(cell)
        if not text:
            return None
        number, what = (cell, "") if isinstance(cell, Decimal) else self._read(text)
        if number is not None and number < 0 and self._known[feature].merging is Merging.SUM:
            what = f"‘{text}’ is minder dan nul; een aantal kan dat niet zijn."
        if what:
            self._problems.append(FileProblem(line, feature, what))
            return None
        return number

    def _read(self, text: str) -> tuple[Decimal | None, str]:
        if self._point_is_decimal:
            try:
                number = Decimal(text)
            except InvalidOperation:
                number = Decimal("NaN")
            if not number.is_finite() or "_" in text or "e" in text.lower():
                return None, f"‘{text}’ is geen getal; schrijf het zonder scheiding van duizendtallen, met een punt."
            return number, ""
        values = read_number(text).values
        if not values:
            return None, f"‘{text}’ is geen getal."
        if len(values) > 1:
            return None, f"‘{text}’ is op twee manieren te lezen; schrijf {values[0]:f} of {_dutch(values[1])}."
        return values[0], ""


def _dutch(value: Decimal) -> str:
    return f"{value:f}".replace(".", ",")


def _text(cell: object) -> str:
    return "" if cell is None else str(cell).strip()


def completeness_problems(
    table: FeatureTable, *, expected: Mapping[str, str], units: Collection[str], year: int
) -> Iterator[FileProblem]:
    """Municipalities of that year that are missing or unknown, and units that do not exist.

    ``expected`` gives the unit of every municipality of the year by code; empty when the division is not known.
    """
    found = {one.code: one for one in table.municipalities}
    for one in table.municipalities:
        if one.unit not in units:
            yield FileProblem(0, UNIT, f"politie-eenheid ‘{one.unit}’ van {one.name} ({one.code}) bestaat niet.")
        elif one.code in expected and expected[one.code] != one.unit:
            yield FileProblem(
                0, UNIT, f"{one.name} ({one.code}) hoorde in {year} bij {expected[one.code]}, niet bij {one.unit}."
            )
    if not expected:
        return
    missing = sorted(set(expected) - set(found))
    unknown = sorted(set(found) - set(expected))
    for label, codes in (("ontbreken", missing), ("bestonden niet", unknown)):
        if codes:
            more = f" en {len(codes) - 8} andere" if len(codes) > 8 else ""
            yield FileProblem(0, CODE, f"deze gemeenten {label} in {year}: {', '.join(codes[:8])}{more}.")


def plausibility_problems(
    table: FeatureTable, known: Mapping[str, FeatureInfo], *, year: int | None = None
) -> Iterator[FileProblem]:
    """National totals that cannot be right, each with its likely cause; nothing for a part of the country."""
    if not table.is_national:
        return
    for feature in table.features:
        values = [one.values[feature] for one in table.municipalities if feature in one.values]
        try:
            require_plausible(known[feature], values, year=year)
        except AllocationError as error:
            yield FileProblem(0, "", error.message)
