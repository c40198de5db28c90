"""A first pass over the XML of a workbook, before anything is built from it: how large its sheets are, which cells show
a percentage or a failed formula, which are merged or hidden, and whether it holds what no workbook needs (a document
type).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from monitor.base.tabular.reading_cells import Limits, MergedCells, UnreadableFile, column_number

_REFERENCE = re.compile(r"^\$?([A-Za-z]{1,3})\$?(\d{1,7})$")
_RANGE = re.compile(r"^([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})$")
_TRUE = ("1", "true")
_HIDDEN = ("collapse", "filter")  # OpenDocument 1.3 part 3, 19.749
_MOST_MERGED = 10_000
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_BUILT_IN_PERCENTAGES = frozenset({9, 10})  # ECMA-376 part 1, 18.8.30
Position = tuple[int, int]  # row from 1, column from 0


@dataclass
class SheetMarks:
    """What the pass found of one sheet: how far its content reaches, and cells of a special sort."""

    rows: int = 0
    columns: int = 0
    percentages: set[Position] = field(default_factory=set)
    failures: set[Position] = field(default_factory=set)
    merged: list[MergedCells] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)  # from 1
    hidden_columns: set[int] = field(default_factory=set)  # from 0

    def reach(self, row: int, column: int, limits: Limits) -> None:
        """Note that there is content here; refuse a sheet that would not fit in memory."""
        self.rows, self.columns = max(self.rows, row), max(self.columns, column + 1)
        if self.rows > limits.rows or self.columns > limits.columns or self.rows * self.columns > limits.cells:
            raise UnreadableFile(
                f"Een blad van dit bestand heeft meer dan {limits.rows} rijen of {limits.columns} kolommen, of één "
                "losse cel ver van de andere. Haal weg wat niet nodig is en bied het bestand opnieuw aan."
            )

    def merge(self, cells: MergedCells) -> None:
        """Note merged cells; more of them than any table has are left out."""
        if len(self.merged) < _MOST_MERGED:
            self.merged.append(cells)


@dataclass
class Marks:
    """What the pass found: by part of the archive (XLSX) or by name of the sheet (ODS)."""

    sheets: dict[str, SheetMarks] = field(default_factory=dict)
    percentage_styles: frozenset[int] = frozenset()
    names: dict[str, str] = field(default_factory=dict)  # relation → name of the sheet
    targets: dict[str, str] = field(default_factory=dict)  # relation → part of the archive
    is_encrypted: bool = False


def is_percentage_format(number: int, code: str) -> bool:
    """Whether a number format multiplies by a hundred: a percent sign between quotes is only a letter."""
    return number in _BUILT_IN_PERCENTAGES or "%" in _QUOTED.sub("", code)


class MarkupPass:
    """Feeds one XML part through expat; what it finds goes into ``marks``. Raises :class:`UnreadableFile`."""

    def __init__(self, part: str, marks: Marks, limits: Limits) -> None:
        self.part, self.marks, self.limits = part, marks, limits
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype
        self._depth = 0
        self._handler: Callable[[str, Mapping[str, str]], None] = _ignore
        self._sheet = SheetMarks()
        self._row, self._column, self._content_counted = 0, -1, False
        self._rows_repeated, self._columns_repeated = 1, 1
        self._column_described = 0
        self._formats: dict[int, str] = {}
        self._cell_formats: list[int] = []
        self._in_cell_formats = False

    def feed(self, data: bytes, *, last: bool = False) -> None:
        try:
            self._parser.Parse(data, last)
        except expat.ExpatError as error:
            raise UnreadableFile(
                "Het bestand is beschadigd of niet volledig overgekomen. Open het in het rekenprogramma, sla het "
                "opnieuw op en bied het opnieuw aan."
            ) from error

    def _refuse_doctype(self, *_: object) -> None:
        raise UnreadableFile(
            "Het bestand bevat verwijzingen die een gewoon rekenblad niet heeft (een documenttype met eigen tekens). "
            "Sla het opnieuw op als XLSX en bied dat aan."
        )

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if self._depth == 0:
            self._begin(local)
        self._depth += 1
        self._handler(local, attributes)

    def _end(self, name: str) -> None:
        self._depth -= 1
        local = name.rpartition(" ")[2]
        if local == "cellXfs":
            self._in_cell_formats = False
        elif local == "table-row":
            self._row += self._rows_repeated
        elif local in ("table-cell", "covered-table-cell"):
            self._column += self._columns_repeated - 1
        elif local == "styleSheet":
            shown = [
                number
                for number, format_ in enumerate(self._cell_formats)
                if is_percentage_format(format_, self._formats.get(format_, ""))
            ]
            self.marks.percentage_styles = frozenset(shown)

    def _begin(self, root: str) -> None:
        handlers = {
            "worksheet": self._worksheet,
            "styleSheet": self._styles,
            "workbook": self._workbook,
            "Relationships": self._relations,
            "document-content": self._open_document,
            "manifest": self._manifest,
        }
        self._handler = handlers.get(root, _ignore)
        if root == "worksheet":
            self._sheet = self.marks.sheets.setdefault(self.part, SheetMarks())

    # --- XLSX ---------------------------------------------------------------------------------------------------------

    def _worksheet(self, local: str, attributes: Mapping[str, str]) -> None:
        if local == "row":
            self._row = _whole(attributes.get("r"), self._row + 1)
            self._column = -1
            if attributes.get("hidden") in _TRUE and self._row <= self.limits.rows:
                self._sheet.hidden_rows.add(self._row)
        elif local == "col" and attributes.get("hidden") in _TRUE:
            first, last = _whole(attributes.get("min"), 1), _whole(attributes.get("max"), 1)
            self._sheet.hidden_columns.update(range(first - 1, min(last, self.limits.columns)))
        elif local == "mergeCell" and (match := _RANGE.match(attributes.get("ref", ""))):
            first_column, last_column = column_number(match[1]), column_number(match[3])
            self._sheet.merge(MergedCells(int(match[2]), first_column, int(match[4]), last_column))
        elif local == "c":
            self._place_cell(attributes.get("r", ""))
            position = (self._row, self._column)
            if attributes.get("t") == "e":
                self._sheet.failures.add(position)
            elif int(attributes.get("s", "0") or 0) in self.marks.percentage_styles:
                self._sheet.percentages.add(position)
        elif local in ("v", "is"):
            self._sheet.reach(self._row, self._column, self.limits)

    def _place_cell(self, reference: str) -> None:
        if match := _REFERENCE.match(reference):
            self._row, self._column = int(match[2]), column_number(match[1])
        else:
            self._column += 1

    def _styles(self, local: str, attributes: Mapping[str, str]) -> None:
        if local == "numFmt":
            self._formats[_whole(attributes.get("numFmtId"), 0)] = attributes.get("formatCode", "")
        elif local == "cellXfs":
            self._in_cell_formats = True
        elif local == "xf" and self._in_cell_formats:
            self._cell_formats.append(_whole(attributes.get("numFmtId"), 0))

    def _workbook(self, local: str, attributes: Mapping[str, str]) -> None:
        if local == "sheet":
            relation = next((value for name, value in attributes.items() if name.endswith(" id")), "")
            self.marks.names[relation] = attributes.get("name", "")

    def _relations(self, local: str, attributes: Mapping[str, str]) -> None:
        if local == "Relationship" and self.part.endswith("workbook.xml.rels"):
            self.marks.targets[attributes.get("Id", "")] = attributes.get("Target", "")

    # --- ODS ----------------------------------------------------------------------------------------------------------

    def _open_document(self, local: str, attributes: Mapping[str, str]) -> None:
        if local == "table":
            self._sheet = self.marks.sheets.setdefault(_named(attributes, "name"), SheetMarks())
            self._row, self._column_described = 1, 0
        elif local == "table-column":
            self._open_document_column(attributes)
        elif local == "table-row":
            self._rows_repeated = max(1, _whole(_named(attributes, "number-rows-repeated"), 1))
            self._column = -1
            if _named(attributes, "visibility") in _HIDDEN:
                last = min(self._row + self._rows_repeated, self.limits.rows + 1)
                self._sheet.hidden_rows.update(range(self._row, last))
        elif local in ("table-cell", "covered-table-cell"):
            self._columns_repeated = max(1, _whole(_named(attributes, "number-columns-repeated"), 1))
            self._column += 1
            self._open_document_cell(attributes)
        elif local == "p":
            self._reach_repeated()

    def _open_document_column(self, attributes: Mapping[str, str]) -> None:
        first = self._column_described
        self._column_described += max(1, _whole(_named(attributes, "number-columns-repeated"), 1))
        if _named(attributes, "visibility") in _HIDDEN:
            self._sheet.hidden_columns.update(range(first, min(self._column_described, self.limits.columns)))

    def _open_document_cell(self, attributes: Mapping[str, str]) -> None:
        across = _whole(_named(attributes, "number-columns-spanned"), 1)
        down = _whole(_named(attributes, "number-rows-spanned"), 1)
        if across > 1 or down > 1:
            last = (self._row + max(down, 1) - 1, self._column + max(across, 1) - 1)
            self._sheet.merge(MergedCells(self._row, self._column, *last))
        kinds = {value for name, value in attributes.items() if name.endswith(" value-type")}
        if not kinds:
            return
        self._reach_repeated()
        marked = (
            self._sheet.failures if "error" in kinds else self._sheet.percentages if "percentage" in kinds else None
        )
        if marked is not None:
            marked.update(
                (self._row + down, self._column + across)
                for down in range(self._rows_repeated)
                for across in range(self._columns_repeated)
            )

    def _reach_repeated(self) -> None:
        last_row, last_column = self._row + self._rows_repeated - 1, self._column + self._columns_repeated - 1
        self._sheet.reach(last_row, last_column, self.limits)

    def _manifest(self, local: str, _: Mapping[str, str]) -> None:
        if local == "encryption-data":
            self.marks.is_encrypted = True


def _ignore(_: str, __: Mapping[str, str]) -> None:
    """A part that says nothing about sheets."""


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else otherwise


def _named(attributes: Mapping[str, str], local: str) -> str:
    """An attribute by its local name, whatever its namespace."""
    return next((value for name, value in attributes.items() if name.rpartition(" ")[2] == local), "")
