"""Finding the tables on a wide sheet. Rows go by once: lines that wait, a heading, rows with values, what stands below.

Hidden rows and columns are passed over and said. Nothing depends on where a table stands.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from indicators.core.pasting import EntryKind, Expected, read_entry
from indicators.core.period_words import PeriodWords, read_period_words
from indicators.core.sheet_outcome import SheetRemark
from indicators.core.sheet_texts import FootnoteText, plain, read_footnote, split_marks
from indicators.core.sheet_units import multiple_in, unit_of
from indicators.core.sheet_values import sign_of, without_qualifier
from indicators.core.wide_headings import column_head, period_inside, row_head
from indicators.core.wide_tables import ColumnHead, RowHead, WideTable
from monitor.base.tabular.reading_cells import ReadCell, ReadSheet, column_letters

_MOST_HEADER_ROWS = 4
_LOOK_AHEAD = 6
_MOST_ROWS = 20_000  # a longer sheet is no table that a person made
_ANYTHING = Expected("procent", 4, "")
IsArea = Callable[[str], bool]


@dataclass
class _Line:
    """A visible row that is not empty; ``gap`` empty rows stand above it."""

    number: int
    cells: list[ReadCell]
    gap: int = 0

    @property
    def first(self) -> ReadCell:
        return self.cells[0]

    @property
    def text(self) -> str:
        return " ".join(plain(cell.text) for cell in self.cells)


@dataclass
class _Block:
    """A table under way."""

    above: list[_Line]
    rows: list[_Line] = field(default_factory=list)
    sections: dict[int, str] = field(default_factory=dict)  # row → the heading above it
    below: list[_Line] = field(default_factory=list)


def find_tables(sheet: ReadSheet, is_area: IsArea) -> tuple[WideTable, ...]:
    """All tables of a sheet, from the top. ``is_area`` tells whether a text names an area."""
    blocks = _blocks(_lines(sheet))
    tables: list[WideTable] = []
    for block in blocks:
        if table := _Builder(sheet, block, is_area, len(tables) + 1).table():
            tables.append(table)
    return tuple(tables)


def _lines(sheet: ReadSheet) -> list[_Line]:
    lines, gap = [], 0
    for number in range(1, min(len(sheet.rows), _MOST_ROWS) + 1):
        if number in sheet.hidden_rows:
            continue
        cells = [
            cell for cell in sheet.row(number) if not cell.is_empty and cell.place.column not in sheet.hidden_columns
        ]
        if not cells:
            gap += 1
            continue
        lines.append(_Line(number, cells, gap))
        gap = 0
    return lines


def _blocks(lines: Sequence[_Line]) -> list[_Block]:
    found: list[_Block] = []
    waiting: list[_Line] = []
    block: _Block | None = None
    for place, line in enumerate(lines):
        ahead = lines[place + 1 : place + 1 + _LOOK_AHEAD]
        if block is None:
            if _has_heading(waiting, line) and _is_data(line, waiting, ahead):
                block = _Block(waiting, [line])
                waiting = []
            else:
                waiting.append(line)
        elif _begins_another(line, block, ahead):
            waiting = [*_taken_back(block), line]
            found.append(block)
            block = None
        elif _has_values(line) or _goes_on(line, block):
            section = _section(block)
            block.rows.append(line)
            block.sections[line.number] = section
        else:
            block.below.append(line)
    return [*found, block] if block else found


def _has_heading(waiting: Sequence[_Line], line: _Line) -> bool:
    """Whether something above could be a heading over the values of this row."""
    values = {cell.place.column for cell in line.cells[1:] if is_value(cell)}
    return any(cell.place.column in values for above in waiting[-_MOST_HEADER_ROWS:] for cell in above.cells) or any(
        len(above.cells) > 1 for above in waiting[-2:]
    )


def _is_data(line: _Line, waiting: Sequence[_Line], ahead: Sequence[_Line]) -> bool:
    return _has_values(line) and not _is_heading_of_periods(line, waiting, ahead)


def _has_values(line: _Line) -> bool:
    """A label or period, with at least one value to its right."""
    return len(line.cells) > 1 and any(is_value(cell) for cell in line.cells[1:])


def _is_heading_of_periods(line: _Line, waiting: Sequence[_Line], ahead: Sequence[_Line]) -> bool:
    """Whether everything after the label is a period: years look like values. Periods *down* the label column do not
    make a heading: there the row begins where the rows below begin too."""
    begins_with_period = read_period_words(line.first.value) is not None
    rest = line.cells if begins_with_period else line.cells[1:]
    if not rest or not all(read_period_words(cell.value) for cell in rest):
        return False
    if waiting and line.gap == 0 and _only_years(line.cells[1:]) and _only_years(waiting[-1].cells[1:]):
        return False  # years over years: the lower ones are figures
    if begins_with_period:
        left = min((other.first.place.column for other in ahead if _has_values(other)), default=-1)
        return left < line.first.place.column
    return True


def _only_years(cells: Sequence[ReadCell]) -> bool:
    found = [read_period_words(cell.value) for cell in cells]
    return bool(found) and all(words and words.period and words.period.is_year for words in found)


def _goes_on(line: _Line, block: _Block) -> bool:
    """Whether a row of words stands under the values of the row just above it: figures that nobody can read."""
    columns = {cell.place.column for cell in block.rows[-1].cells[1:]}
    return line.gap == 0 and not block.below and any(cell.place.column in columns for cell in line.cells[1:])


def _begins_another(line: _Line, block: _Block, ahead: Sequence[_Line]) -> bool:
    """Whether a row is the heading of a next table: something stands between, or nothing stands over the labels."""
    begins_right = line.first.place.column > block.rows[0].first.place.column
    follows = line.gap > 0 or bool(block.below) or begins_right
    if follows and len(line.cells) > 1 and not any(is_value(cell) for cell in line.cells[1:]):
        return any(_has_values(other) for other in ahead[:2])
    return follows and _is_heading_of_periods(line, (), ahead) and any(_has_values(other) for other in ahead[:2])


def _taken_back(block: _Block) -> list[_Line]:
    """Lines below a table that are the title of the next: those after the last empty row, unless they are footnotes."""
    cut = max((place for place, line in enumerate(block.below) if line.gap), default=len(block.below))
    title = [line for line in block.below[cut:] if read_footnote(line.text) is None]
    block.below = [line for line in block.below if line not in title]
    return title


def _section(block: _Block) -> str:
    """The heading of the rows that follow: the last line that had no values."""
    if block.below:
        line = block.below[-1]
        block.below = []
        return split_marks(plain(line.first.text)).text.rstrip(":")
    return block.sections.get(block.rows[-1].number, "")


def is_value(cell: ReadCell) -> bool:
    """Whether a cell can be a figure: a number, a sign, or a text that begins as one."""
    if isinstance(cell.value, bool):
        return False
    if isinstance(cell.value, Decimal):
        return True
    if not isinstance(cell.value, str):
        return False
    text = split_marks(cell.value).text
    if sign_of(text):
        return True
    entry = read_entry(without_qualifier(text), _ANYTHING)
    return entry.kind in (EntryKind.NUMBER, EntryKind.ASKED, EntryKind.MARKER)


class _Builder:
    """Makes a table out of the lines of a block."""

    def __init__(self, sheet: ReadSheet, block: _Block, is_area: IsArea, number: int) -> None:
        self._sheet, self._block, self._is_area, self._number = sheet, block, is_area, number
        self._footnotes, self._notes = _below(block.below)
        self._known = frozenset(note.mark for note in self._footnotes)
        self._labels, self._unit_column = self._label_columns()
        self._values = self._value_columns()
        self._headers = self._header_lines()

    def table(self) -> WideTable | None:
        columns = tuple(self._columns())
        rows = tuple(self._rows())
        if not columns or not rows:
            return None
        above = self._above_without_section()
        title = tuple(line.text for line in above if line not in self._headers)
        words = (*title, *(column.text for column in columns), *self._corner())
        return WideTable(
            sheet=self._sheet.name,
            number=self._number,
            title=title,
            header_rows=tuple(line.number for line in self._headers),
            label_columns=self._labels,
            columns=columns,
            rows=rows,
            footnotes=self._footnotes,
            notes=self._notes,
            title_period=_title_period((*title, *self._notes)),
            multiple=max(filter(None, map(multiple_in, words)), default=None),
            remarks=tuple(self._remarks(columns)),
        )

    def _cells(self, column: int) -> list[ReadCell]:
        return [self._sheet.cell(line.number, column) for line in self._block.rows]

    def _label_columns(self) -> tuple[tuple[int, ...], int | None]:
        """The columns of words before the values, and the one that holds meeteenheden, if any."""
        first = min(line.first.place.column for line in self._block.rows)
        width = max(line.cells[-1].place.column for line in self._block.rows)
        labels: list[int] = []
        unit: int | None = None
        for column in range(first, width + 1):
            filled = [cell for cell in self._cells(column) if not cell.is_empty]
            if column in self._sheet.hidden_columns or not filled:
                continue
            if labels and self._is_under_period(column):
                break
            is_period = not labels and all(read_period_words(cell.value) for cell in filled)
            if not is_period and sum(is_value(cell) for cell in filled) * 2 > len(filled):
                if labels:
                    break
                continue  # a column of row numbers before the labels
            if labels and all(unit_of(cell.text) for cell in filled):
                unit = column
            else:
                labels.append(column)
        return tuple(labels), unit

    def _is_under_period(self, column: int) -> bool:
        """Whether a heading over this column is a period: then it holds figures, readable or not."""
        cells = (self._sheet.cell(line.number, column) for line in self._block.above[-_MOST_HEADER_ROWS:])
        return any(read_period_words(cell.value) for cell in cells)

    def _value_columns(self) -> list[int]:
        last = max((*self._labels, self._unit_column or 0), default=0)
        width = max(line.cells[-1].place.column for line in self._block.rows)
        return [
            column
            for column in range(last + 1, width + 1)
            if column not in self._sheet.hidden_columns
            and (any(is_value(cell) for cell in self._cells(column)) or self._is_under_period(column))
        ]

    def _header_lines(self) -> list[_Line]:
        """The lines above that reach over the values, unbroken from the first row up; one empty row may stand below."""
        lines: list[_Line] = []
        previous = self._block.rows[0]
        for line in reversed(self._above_without_section()):
            reaches = any(cell.place.column in self._values for cell in line.cells)
            is_title = line.first.place.column not in self._values and len(line.cells) == 1
            if not reaches or is_title or len(lines) == _MOST_HEADER_ROWS or (lines and previous.gap):
                break
            lines.insert(0, line)
            previous = line
        return lines

    def _above_without_section(self) -> list[_Line]:
        """The lines above, without a heading of the first rows that stands between them and the column headings."""
        above = self._block.above
        if len(above) < 2 or len(above[-1].cells) > 1 or above[-1].first.place.column in self._values:
            return above
        if not any(cell.place.column in self._values for cell in above[-2].cells):
            return above
        section = split_marks(plain(above[-1].first.text)).text.rstrip(":")
        for line in self._block.rows:
            if self._block.sections.get(line.number):
                break
            self._block.sections[line.number] = section
        return above[:-1]

    def _columns(self) -> Iterator[ColumnHead]:
        for column in self._values:
            lines = [self._heading(line, column, line is self._headers[-1]) for line in self._headers]
            yield column_head(column, lines, self._is_area, self._known)

    def _heading(self, line: _Line, column: int, is_lowest: bool) -> ReadCell:
        """The cell of a heading over a column: its own, the merged one, or in an upper line the one to its left."""
        own = self._sheet.cell(line.number, column)
        if not own.is_empty:
            return own
        for merged in self._sheet.merged:
            if merged.holds(line.number, column):
                return self._sheet.cell(merged.first_row, merged.first_column)
        left = [cell for cell in line.cells if self._values[0] <= cell.place.column < column]
        return left[-1] if left and not is_lowest and not self._sheet.merged else own

    def _rows(self) -> Iterator[RowHead]:
        above: dict[int, str] = {}
        for line in self._block.rows:
            texts = [self._sheet.cell(line.number, column) for column in self._labels]
            filled = [cell for cell in texts if not cell.is_empty]
            if not filled:
                continue
            for cell in texts[:-1]:
                if not cell.is_empty:
                    above[cell.place.column] = plain(cell.text)
            groups = [above.get(column, "") for column in self._labels[:-1] if column != filled[-1].place.column]
            section = " › ".join(part for part in (self._block.sections.get(line.number, ""), *groups) if part)
            unit = self._sheet.cell(line.number, self._unit_column).text if self._unit_column is not None else ""
            yield row_head(filled[-1], section, unit, self._is_area, self._known)

    def _corner(self) -> Iterator[str]:
        """What stands in the heading over the labels: “Aantallen × 1.000”."""
        for line in self._headers:
            yield from (cell.text for cell in line.cells if cell.place.column in self._labels)

    def _remarks(self, columns: Sequence[ColumnHead]) -> Iterator[SheetRemark]:
        hidden = sorted(set(range(self._block.rows[0].number, self._block.rows[-1].number)) & self._sheet.hidden_rows)
        if hidden:
            rows = ", ".join(map(str, hidden[:20]))
            yield SheetRemark("verborgen-rijen", f"Verborgen rijen zijn niet gelezen: {rows}.")
        between = range(columns[0].column, columns[-1].column + 1)
        if columns_hidden := sorted(self._sheet.hidden_columns.intersection(between)):
            letters = ", ".join(column_letters(column) for column in columns_hidden)
            yield SheetRemark("verborgen-kolommen", f"Verborgen kolommen zijn niet gelezen: {letters}.")
        read = {*self._values, *self._labels, self._unit_column}
        others = sorted({cell.place.column for line in self._block.rows for cell in line.cells} - read)
        if others:
            letters = ", ".join(column_letters(column) for column in others)
            yield SheetRemark("kolom-genegeerd", f"Niet gelezen, want geen labels of cijfers: kolom {letters}.")


def _below(lines: Sequence[_Line]) -> tuple[tuple[FootnoteText, ...], tuple[str, ...]]:
    """Footnotes and other notes under a table."""
    footnotes, notes = [], []
    for line in lines:
        if note := read_footnote(line.text):
            footnotes.append(note)
        else:
            notes.append(line.text)
    return tuple(footnotes), tuple(notes)


def _title_period(lines: Sequence[str]) -> PeriodWords | None:
    """The period that a title or note names: a line of its own first, then the end of a line."""
    for line in lines:
        if found := read_period_words(line):
            return found
    return next((found for line in lines if (found := period_inside(line))), None)
