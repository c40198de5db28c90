"""Version 3 of the CBS service and of the police tables: TableInfos, DataProperties, codes per dimension, TypedDataSet.

A row holds all measures for one combination of keys. Keys are padded with spaces; the name of a measure ends in a
number that changes between editions.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from indicators.core.opendata.answers import BrokenAnswer, number_of, rows_of_answer, text_of
from indicators.core.opendata.tables import (
    Code,
    Dimension,
    Measure,
    Page,
    Service,
    TableCell,
    TableInfo,
    provisional_status,
)

_DIMENSIONS = {"Dimension", "TimeDimension", "GeoDimension", "GeoDetail"}
_SUFFIX = re.compile(r"_\d+$")
NOTHING, EMPTY = "null", "leeg"  # no value at all; a text without anything in it


def name_without_suffix(key: str) -> str:
    """“Reactietijd0Tot15MinutenRelatief_1” → “Reactietijd0Tot15MinutenRelatief”."""
    return _SUFFIX.sub("", key)


def read_info(answer: Any, table: str) -> TableInfo:
    where = f"tabel {table} (TableInfos)"
    rows = rows_of_answer(answer, where)
    if len(rows) != 1:
        raise BrokenAnswer(f"Het antwoord van {where} gaat niet over precies één tabel.")
    row = rows[0]
    if text_of(row, "Identifier", where).casefold() != table.casefold():
        raise BrokenAnswer(f"Het antwoord van {where} gaat over tabel {row.get('Identifier')}.")
    modified = text_of(row, "Modified", where)
    counts = (text_of(row, name, where, required=False) for name in ("RecordCount", "ColumnCount"))
    return TableInfo(
        Service.V3,
        text_of(row, "Identifier", where),
        text_of(row, "Title", where),
        "; ".join((modified, *counts)),
        modified,
        publisher=text_of(row, "Source", where, required=False) or "CBS",
    )


def read_properties(answer: Any, table: str) -> tuple[tuple[Dimension, ...], tuple[Measure, ...]]:
    """DataProperties: the dimensions and the measures, these with the titles of the groups above them."""
    where = f"tabel {table} (DataProperties)"
    rows = rows_of_answer(answer, where)
    groups = {row.get("ID"): row for row in rows if row.get("Type") == "TopicGroup"}
    dimensions, measures = [], []
    for row in rows:
        kind = str(row.get("Type"))
        if kind in _DIMENSIONS:
            is_place = kind.startswith("Geo")
            title = text_of(row, "Title", where, required=False)
            dimensions.append(Dimension(text_of(row, "Key", where), title, kind == "TimeDimension", is_place))
        elif kind == "Topic":
            measures.append(_measure(row, groups, where))
    return tuple(dimensions), tuple(measures)


def _measure(row: dict[str, Any], groups: Mapping[Any, Mapping[str, Any]], where: str) -> Measure:
    key = text_of(row, "Key", where)
    decimals = row.get("Decimals")
    return Measure(
        key,
        name_without_suffix(key),
        text_of(row, "Title", where, required=False),
        text_of(row, "Unit", where, required=False),
        decimals if isinstance(decimals, int) else 0,
        " / ".join(_titles_above(row, groups)),
    )


def _titles_above(row: Mapping[str, Any], groups: Mapping[Any, Mapping[str, Any]]) -> list[str]:
    titles: list[str] = []
    above = groups.get(row.get("ParentID"))
    while above is not None and len(titles) < len(groups):
        titles.insert(0, str(above.get("Title", "")).strip())
        above = groups.get(above.get("ParentID"))
    return titles


def read_codes(rows: Iterable[dict[str, Any]], dimension: str, table: str) -> dict[str, Code]:
    """The keys of a dimension without the spaces that pad them."""
    where = f"tabel {table} ({dimension})"
    codes = {}
    for row in rows:
        key = text_of(row, "Key", where)
        title = text_of(row, "Title", where, required=False)
        said = (text_of(row, "Status", where, required=False), title)
        status = provisional_status(*said, text_of(row, "Description", where, required=False))
        codes[key] = Code(key, title, str(row["Key"]), status)
    return codes


def read_page(answer: Any, table: str, dimensions: Sequence[str], measures: Sequence[str]) -> Page:
    """A page of rows: one cell per row and measure. Raises BrokenAnswer for a row without its keys or measures."""
    where = f"tabel {table} (gegevens)"
    rows = rows_of_answer(answer, where)
    cells: list[TableCell] = []
    records = []
    for row in rows:
        record = row.get("ID")
        if not isinstance(record, int):
            raise BrokenAnswer(f"Een rij van {where} heeft geen nummer.")
        records.append(record)
        keys = tuple((name, text_of(row, name, where)) for name in dimensions)
        for measure in measures:
            if measure not in row:
                raise BrokenAnswer(f"In het antwoord van {where} mist een rij het veld ‘{measure}’.")
            number, missing = _value(row[measure], where)
            cells.append(TableCell(record, measure, keys, number, missing))
    if len(set(records)) < len(records):
        raise BrokenAnswer(f"Een rij van {where} komt twee keer voor.")
    return Page(tuple(cells), tuple(records))


def _value(value: Any, where: str) -> tuple[Decimal | None, str]:
    """A number, or what stands in its place; the untyped data set writes numbers as padded text."""
    if value is None:
        return None, NOTHING
    number = number_of(value)
    if number is not None:
        return number, ""
    if not isinstance(value, str):
        raise BrokenAnswer(f"In het antwoord van {where} staat een waarde die geen getal is: {str(value)[:40]}.")
    text = value.strip()
    try:
        written = Decimal(text) if re.fullmatch(r"-?\d+(\.\d+)?", text) else None
    except InvalidOperation:
        written = None
    return (written, "") if written is not None else (None, text or EMPTY)
