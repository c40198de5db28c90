"""Reading a fetched table back from its file: the description, and the cells one page at a time."""

from collections.abc import Iterator
from pathlib import Path

from indicators.core.opendata import v3, v4
from indicators.core.opendata.answers import BrokenAnswer, rows_of_answer
from indicators.core.opendata.mapping import resolve_measures
from indicators.core.opendata.profiles import OpenDataProfile
from indicators.core.opendata.tables import Code, Service, TableCell, TableDescription
from indicators.importing.opendata.journal import DONE, Line, read_journal

INFO, PROPERTIES, DIMENSIONS, MEASURES, CODES, CELLS = "info", "eigenschappen", "dimensies", "maten", "codes ", "cellen"


def read_description(profile: OpenDataProfile, path: Path) -> TableDescription:
    """The table as it described itself. Raises OpenDataProblem when the file lacks a part."""
    lines = [line for line in _until_cells(path) if line.part != DONE]
    name = profile.table
    codes = {dimension: _codes(profile, lines, dimension) for dimension in profile.dimensions}
    info = _one(lines, INFO)
    if profile.service is Service.V4:
        dimensions = v4.read_dimensions(_one(lines, DIMENSIONS).answer, name)
        measures = v4.read_measures(_rows(lines, MEASURES), name)
        return TableDescription(v4.read_info(info.answer, name), dimensions, measures, codes)
    dimensions, measures = v3.read_properties(_one(lines, PROPERTIES).answer, name)
    return TableDescription(v3.read_info(info.answer, name), dimensions, measures, codes)


def read_cells(profile: OpenDataProfile, table: TableDescription, path: Path) -> Iterator[TableCell]:
    """Every cell in the file, page by page. Raises OpenDataProblem when the file is not whole."""
    measures = tuple(key for key, _ in resolve_measures(profile, table))
    done = False
    for line in read_journal(path):
        done = done or line.part == DONE
        if line.part != CELLS:
            continue
        if profile.service is Service.V4:
            yield from v4.read_page(line.answer, profile.table, table.dimension_keys).cells
        else:
            yield from v3.read_page(line.answer, profile.table, table.dimension_keys, measures).cells
    if not done:
        raise BrokenAnswer(f"Tabel {profile.table} is nog niet helemaal opgehaald. Haal haar opnieuw op.")


def _until_cells(path: Path) -> Iterator[Line]:
    for line in read_journal(path):
        if line.part == CELLS:
            return
        yield line


def _one(lines: list[Line], part: str) -> Line:
    for line in lines:
        if line.part == part:
            return line
    raise BrokenAnswer("Het bewaarde bestand is niet heel. Haal de tabel opnieuw op.")


def _rows(lines: list[Line], part: str) -> list[dict[str, object]]:
    return [row for line in lines if line.part == part for row in rows_of_answer(line.answer, part)]


def _codes(profile: OpenDataProfile, lines: list[Line], dimension: str) -> dict[str, Code]:
    read = v4.read_codes if profile.service is Service.V4 else v3.read_codes
    return read(_rows(lines, f"{CODES}{dimension}"), dimension, profile.table)
