"""Finding the table in a returned request sheet: by its hidden codes wherever the columns went, else by its titles."""

from collections.abc import Mapping
from dataclasses import dataclass

from indicators.core.request_sheets import CODES_BY_TITLE, FORMAT, HIDDEN_SHEET, INPUT_TITLES, KEY, VALUE
from monitor.base.core.errors import MonitorError
from monitor.base.tabular.reading_cells import ReadCell, ReadFile, ReadSheet

_SEARCHED_ROWS = 60  # the head of the table stands in the first rows, also after somebody wrote above it


class NotARequestSheet(MonitorError):
    """A file that did not come from a request of this monitor, or that lost what it is known by."""


@dataclass(frozen=True)
class Layout:
    """Where things stand on a sheet: the column of every code, and the first row after the head."""

    sheet: ReadSheet
    request_key: str
    columns: Mapping[str, int]
    codes_row: int
    first_row: int

    def has(self, code: str) -> bool:
        return code in self.columns

    def cell(self, row: int, code: str) -> ReadCell:
        """The cell of a column in a row; empty when the column is gone."""
        return self.sheet.cell(row, self.columns.get(code, 10**6))

    def key_cell(self, row: int) -> ReadCell:
        return self.cell(row, KEY)


def request_key_of(book: ReadFile) -> str:
    """The key of the request that a file answers. Raises :class:`NotARequestSheet`."""
    layouts = find_layouts(book)
    keys = {layout.request_key for layout in layouts if layout.request_key} or {_hidden_key(book)} - {""}
    if not layouts or not keys:
        raise NotARequestSheet(
            f"‘{book.name}’ is geen ingevulde uitvraag van de monitor, of de verborgen kolommen zijn eruit gehaald. "
            "Neem het bestand dat naar de leverancier ging, zet de waarden daarin en bied dat aan."
        )
    if len(keys) > 1:
        raise NotARequestSheet(
            f"In ‘{book.name}’ staan bladen van meer dan één uitvraag. Bied ze als aparte bestanden aan."
        )
    return keys.pop()


def find_layouts(book: ReadFile) -> list[Layout]:
    """The tables in a file: usually one."""
    return [layout for sheet in book.sheets if (layout := _layout(sheet)) is not None]


def _layout(sheet: ReadSheet) -> Layout | None:
    rows = range(1, min(len(sheet.rows), _SEARCHED_ROWS) + 1)
    for row in rows:
        columns, mark = _codes(sheet, row)
        if KEY in columns:
            version, _, request_key = mark.partition(" ")
            _require_complete(sheet, columns, version)
            return Layout(sheet, request_key, columns, row, _after_titles(sheet, row, columns))
    for row in rows:  # the hidden row was deleted: the titles still say what the columns are
        columns = _titles(sheet, row)
        if KEY in columns and VALUE in columns:
            return Layout(sheet, "", columns, row, row + 1)
    return None


def _codes(sheet: ReadSheet, row: int) -> tuple[dict[str, int], str]:
    """The columns by their hidden codes, and the mark that stands with the first of them."""
    columns: dict[str, int] = {}
    mark = ""
    for cell in sheet.row(row):
        if cell.text.startswith("#"):
            code, _, rest = cell.text[1:].partition(" ")
            columns.setdefault(code, cell.place.column)
            mark = rest or mark
    return columns, mark


def _titles(sheet: ReadSheet, row: int) -> dict[str, int]:
    columns: dict[str, int] = {}
    for cell in sheet.row(row):
        if code := CODES_BY_TITLE.get(" ".join(cell.text.split())):
            columns.setdefault(code, cell.place.column)
    return columns


def _require_complete(sheet: ReadSheet, columns: Mapping[str, int], version: str) -> None:
    if version and version != FORMAT:
        raise NotARequestSheet(
            f"Blad ‘{sheet.name}’ komt van een andere uitgave van de monitor ({version}). Maak de uitvraag opnieuw."
        )
    missing = [title for code, title in INPUT_TITLES.items() if code not in columns]
    if VALUE not in columns:
        raise NotARequestSheet(
            f"Op blad ‘{sheet.name}’ ontbreekt de kolom {' en '.join(f'‘{title}’' for title in missing)}. Zet haar "
            "terug, of neem een nieuw exemplaar van de uitvraag."
        )


def _after_titles(sheet: ReadSheet, codes_row: int, columns: Mapping[str, int]) -> int:
    """The row after the visible titles, which stand just under the codes unless somebody took them away."""
    below = sheet.cell(codes_row + 1, columns[VALUE]).text
    return codes_row + (2 if below == INPUT_TITLES[VALUE] else 1)


def _hidden_key(book: ReadFile) -> str:
    """The key on the hidden sheet, for when the mark in the row of codes was lost."""
    for sheet in book.sheets:
        if sheet.name == HIDDEN_SHEET:
            rows = {sheet.cell(row, 0).text: sheet.cell(row, 1).text for row in range(1, len(sheet.rows) + 1)}
            if rows.get("formaat") == FORMAT:
                return rows.get("sleutel", "")
    return ""
