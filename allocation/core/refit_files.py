"""The files of a refit, read cell by cell: workloads, features and categories.

Workloads are ``code,inhabitants,<cluster>…``, features ``code,<feature>…`` (a sheet of municipalities with their name,
unit and safety region serves too), both in absolute numbers; categories are ``feature,category``. Rows may come in any
order: what is made of them is in order of code. Whatever is wrong is told with line, column and municipality.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

import numpy as np

from allocation.core.errors import AllocationError
from allocation.core.model import Municipality
from allocation.core.municipality_files import CODE, NAME, REGION, UNIT, FileProblem, FileRefused
from allocation.core.refit import INHABITANTS, FitData, weigh_years
from allocation.core.stepwise import Matrix
from monitor.base.core.numbers import read_number

PEOPLE, FEATURE, CATEGORY = "inhabitants", "feature", "category"
MOST_NAMED = 5
_ABOUT = (NAME, UNIT, REGION)  # columns of a sheet of municipalities that are no features

Rows = Sequence[Sequence[object]]


@dataclass(frozen=True)
class NumberTable:
    """Numbers per municipality: ``columns`` in the order of the file, ``values`` by code and then by column."""

    columns: tuple[str, ...]
    values: Mapping[str, Mapping[str, float]]
    units: Mapping[str, str] = field(default_factory=dict)


def read_workloads(rows: Rows, *, point_is_decimal: bool) -> NumberTable:
    """A year of workloads; ``inhabitants`` is the first column. Raises :class:`FileRefused`."""
    head = _head(rows, (CODE, PEOPLE))
    clusters = [name for name in head if name not in (CODE, PEOPLE)]
    if not clusters:
        raise FileRefused([FileProblem(1, "", "er is geen kolom met de werklast van een cluster.")])
    return _read_numbers(rows, head, [PEOPLE, *clusters], point_is_decimal)


def read_features(rows: Rows, *, point_is_decimal: bool) -> NumberTable:
    """The features of every municipality. Raises :class:`FileRefused`."""
    head = _head(rows, (CODE,))
    features = [name for name in head if name != CODE and name not in _ABOUT]
    if not features:
        raise FileRefused([FileProblem(1, "", "er is geen kolom met een omgevingskenmerk.")])
    return _read_numbers(rows, head, features, point_is_decimal)


def read_categories(rows: Rows) -> dict[str, str]:
    """The category of each feature; empty for a feature that stands alone. Raises :class:`FileRefused`."""
    head = _head(rows, (FEATURE, CATEGORY))
    problems, found = [], {}
    for line, row in enumerate(rows[1:], 2):
        cells = dict(zip(head, map(_text, row), strict=False))
        if not any(cells.values()):
            continue
        name = cells.get(FEATURE, "")
        if not name:
            problems.append(FileProblem(line, FEATURE, "de cel is leeg."))
        elif name in found:
            problems.append(FileProblem(line, FEATURE, f"kenmerk ‘{name}’ staat er al."))
        else:
            found[name] = cells.get(CATEGORY, "")
    if problems:
        raise FileRefused(problems)
    return found


def table_of(municipalities: Sequence[Municipality], features: Sequence[str]) -> NumberTable:
    """The features of a kept set as if they came from a file. Raises :class:`AllocationError` for a missing value."""
    for feature in features:
        absent = [f"{one.name} ({one.code})" for one in municipalities if feature not in one.values]
        if absent:
            more = f" en {len(absent) - MOST_NAMED} andere" if len(absent) > MOST_NAMED else ""
            raise AllocationError(
                f"Kenmerk ‘{feature}’ heeft in deze set geen waarde voor {', '.join(absent[:MOST_NAMED])}{more}. Laad "
                "een volledige set, of laat onvolledige kenmerken weg."
            )
    values = {one.code: {feature: float(one.values[feature]) for feature in features} for one in municipalities}
    return NumberTable(tuple(features), values, {one.code: one.unit for one in municipalities})


def complete_features(municipalities: Sequence[Municipality], features: Sequence[str]) -> list[str]:
    """The features that have a value for every municipality, in their order."""
    return [feature for feature in features if all(feature in one.values for one in municipalities)]


def fit_data(years: Sequence[NumberTable], features: NumberTable, categories: Mapping[str, str]) -> FitData:
    """What is fitted: one year of workloads, or three with the oldest first, weighed 1/6, 1/3 and 1/2.

    The inhabitants are those of the last year. Raises :class:`FileRefused` naming what one file has and another lacks.
    """
    last = years[-1]
    problems = [*_year_problems(years), *_code_problems(last, features), *_category_problems(features, categories)]
    if problems:
        raise FileRefused(problems)
    codes = tuple(sorted(last.values))
    clusters = last.columns[1:]
    workloads = [_matrix(year, codes, clusters) for year in years]
    return FitData(
        codes=codes,
        inhabitants=np.ascontiguousarray(_matrix(last, codes, (PEOPLE,))[:, 0]),
        clusters=clusters,
        workloads=workloads[0] if len(years) == 1 else weigh_years(workloads),
        features=features.columns,
        categories=tuple(categories.get(name, "") for name in features.columns),
        values=_matrix(features, codes, features.columns),
    )


def _matrix(table: NumberTable, codes: Sequence[str], columns: Sequence[str]) -> Matrix:
    return np.array([[table.values[code][column] for column in columns] for code in codes], dtype=np.float64)


def _year_problems(years: Sequence[NumberTable]) -> Iterator[FileProblem]:
    last = years[-1]
    for number, year in enumerate(years[:-1], 1):
        label = f"werklastbestand {number}"
        for name in sorted(set(last.columns) ^ set(year.columns)):
            where = "ontbreekt daar" if name in last.columns else "staat alleen daar"
            yield FileProblem(0, "", f"{label} heeft andere clusters dan dat van het laatste jaar: ‘{name}’ {where}.")
        yield from _different(label, year, "het werklastbestand van het laatste jaar", last)


def _code_problems(workloads: NumberTable, features: NumberTable) -> Iterator[FileProblem]:
    yield from _different("het bestand met werklast", workloads, "het bestand met kenmerken", features)


def _different(one: str, first: NumberTable, other: str, second: NumberTable) -> Iterator[FileProblem]:
    for present, here, absent, there in ((one, first, other, second), (other, second, one, first)):
        for code in sorted(set(here.values) - set(there.values)):
            yield FileProblem(0, "", f"gemeente {code} staat in {present}, maar niet in {absent}.")


def _category_problems(features: NumberTable, categories: Mapping[str, str]) -> Iterator[FileProblem]:
    for name in features.columns:
        if name not in categories and name != INHABITANTS:
            yield FileProblem(
                0,
                "",
                f"kenmerk ‘{name}’ staat niet in het bestand met categorieën; laat de categorie leeg als het "
                "kenmerk op zichzelf staat.",
            )


def _head(rows: Rows, required: Sequence[str]) -> list[str]:
    head = [_text(cell) for cell in rows[0]] if rows else []
    while head and not head[-1]:
        head.pop()
    problems = [FileProblem(1, name, "deze kolom ontbreekt.") for name in required if name not in head]
    for name, count in Counter(head).items():
        if not name:
            problems.append(FileProblem(1, "", "een kolom heeft geen naam."))
        elif count > 1:
            problems.append(FileProblem(1, name, f"deze kolom staat er {count} keer."))
    if problems:
        raise FileRefused(problems)
    return head


def _read_numbers(rows: Rows, head: Sequence[str], columns: Sequence[str], point_is_decimal: bool) -> NumberTable:
    problems: list[FileProblem] = []
    values: dict[str, dict[str, float]] = {}
    units: dict[str, str] = {}
    for line, row in enumerate(rows[1:], 2):
        if not any(map(_text, row)):
            continue
        if any(map(_text, row[len(head) :])):
            problems.append(FileProblem(line, "", "er staan meer cellen dan kolommen."))
        cells = dict(zip(head, row, strict=False))
        code = _text(cells.get(CODE))
        if not code or code in values:
            what = f"gemeente {code} staat er al." if code else "de code van de gemeente ontbreekt."
            problems.append(FileProblem(line, CODE, what))
            continue
        values[code] = {}
        units[code] = _text(cells.get(UNIT))
        for column in columns:
            number, what = _number(column, cells.get(column), point_is_decimal)
            values[code][column] = number
            if what:
                problems.append(FileProblem(line, column, f"gemeente {code} {what}"))
    if not values and not problems:
        problems.append(FileProblem(0, "", "het bestand bevat geen gemeenten."))
    if problems:
        raise FileRefused(problems)
    return NumberTable(tuple(columns), values, units if any(units.values()) else {})


def _number(column: str, cell: object, point_is_decimal: bool) -> tuple[float, str]:
    """The number in a cell, or what is wrong with it as the end of a sentence about the municipality."""
    nothing = "heeft geen inwoners." if column == PEOPLE else "heeft geen waarde."
    text = _text(cell)
    if not text:
        return 0.0, nothing
    if isinstance(cell, Decimal):
        found: tuple[Decimal, ...] = (cell,)
    else:
        found = _pointed(text) if point_is_decimal else read_number(text).values
    if not found:
        return 0.0, f"heeft ‘{text}’; dat is geen getal."
    if len(found) > 1:
        return 0.0, f"heeft ‘{text}’; dat is op twee manieren te lezen. Schrijf het zonder scheiding van duizendtallen."
    if column == PEOPLE and found[0] <= 0:
        return 0.0, nothing
    return float(found[0]), ""


def _pointed(text: str) -> tuple[Decimal, ...]:
    """A number with a decimal point, as programs write it; 1e-05 too."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return ()
    return (number,) if number.is_finite() and "_" not in text else ()


def _text(cell: object) -> str:
    return "" if cell is None else str(cell).strip()
