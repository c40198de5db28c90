"""Version 4 of the CBS service: Properties, Dimensions, MeasureCodes, codes per dimension, Observations in pages."""

from collections.abc import Iterable, Mapping, Sequence
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

VALUE = "None"  # the attribute of a cell that has a value
TEXT = "tekst"  # what we call a cell that holds words


def read_info(answer: Any, table: str) -> TableInfo:
    """Properties: the title, and the edition (version, moment of change and number of observations)."""
    where = f"tabel {table} (Properties)"
    if not isinstance(answer, dict):
        raise BrokenAnswer(f"Het antwoord van {where} is geen beschrijving.")
    if text_of(answer, "Identifier", where).casefold() != table.casefold():
        raise BrokenAnswer(f"Het antwoord van {where} gaat over tabel {answer.get('Identifier')}.")
    count = answer.get("ObservationCount")
    modified = text_of(answer, "Modified", where)
    parts = (text_of(answer, "Version", where, required=False), modified)
    observed = text_of(answer, "ObservationsModified", where, required=False)
    return TableInfo(
        Service.V4,
        text_of(answer, "Identifier", where),
        text_of(answer, "Title", where),
        "; ".join((*parts, observed, str(count or ""))),
        modified,
        count if isinstance(count, int) else None,
        text_of(answer, "Source", where, required=False) or "CBS",
        text_of(answer, "License", where, required=False),
    )


def read_dimensions(answer: Any, table: str) -> tuple[Dimension, ...]:
    where = f"tabel {table} (Dimensions)"
    return tuple(
        Dimension(
            text_of(row, "Identifier", where),
            text_of(row, "Title", where, required=False),
            is_time=row.get("Kind") == "TimeDimension",
            is_place=row.get("Kind") in ("GeoDimension", "GeoDetailDimension"),
        )
        for row in rows_of_answer(answer, where)
    )


def read_measures(rows: Iterable[dict[str, Any]], table: str) -> tuple[Measure, ...]:
    where = f"tabel {table} (MeasureCodes)"
    measures = []
    for row in rows:
        key = text_of(row, "Identifier", where)
        decimals = row.get("Decimals")
        measures.append(
            Measure(
                key,
                key,
                text_of(row, "Title", where, required=False),
                text_of(row, "Unit", where, required=False),
                decimals if isinstance(decimals, int) else 0,
            )
        )
    return tuple(measures)


def read_codes(rows: Iterable[dict[str, Any]], dimension: str, table: str) -> dict[str, Code]:
    where = f"tabel {table} ({dimension}Codes)"
    codes = {}
    for row in rows:
        key = text_of(row, "Identifier", where)
        title = text_of(row, "Title", where, required=False)
        said = (text_of(row, "Status", where, required=False), title)
        status = provisional_status(*said, text_of(row, "Description", where, required=False))
        codes[key] = Code(key, title, str(row["Identifier"]), status)
    return codes


def read_page(answer: Any, table: str, dimensions: Sequence[str]) -> Page:
    """A page of observations. Raises BrokenAnswer for a row without its keys or with a value that is no number."""
    where = f"tabel {table} (Observations)"
    rows = rows_of_answer(answer, where)
    cells = tuple(_cell(row, where, dimensions) for row in rows)
    records = tuple(cell.record for cell in cells)
    if len(set(records)) < len(records):
        raise BrokenAnswer(f"Een rij van {where} komt twee keer voor.")
    following = answer.get("@odata.nextLink", "") if isinstance(answer, dict) else ""
    return Page(cells, records, str(following or ""))


def _cell(row: Mapping[str, Any], where: str, dimensions: Sequence[str]) -> TableCell:
    record = row.get("Id")
    if not isinstance(record, int):
        raise BrokenAnswer(f"Een rij van {where} heeft geen nummer.")
    fields = dict(row)
    keys = tuple((name, text_of(fields, name, where)) for name in dimensions)
    value, attribute = row.get("Value"), str(row.get("ValueAttribute") or VALUE)
    number = number_of(value)
    if number is None and value is not None:
        raise BrokenAnswer(f"Rij {record} van {where} heeft een waarde die geen getal is: {str(value)[:40]}.")
    missing = "" if number is not None else _why_missing(attribute, row.get("StringValue"))
    return TableCell(record, text_of(fields, "Measure", where), keys, number, missing)


def _why_missing(attribute: str, words: Any) -> str:
    if attribute != VALUE:
        return attribute
    return TEXT if words not in (None, "") else "null"
