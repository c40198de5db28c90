"""Looking an old workbook (XLS) over before it is opened: a compound file [MS-CFB] with BIFF records [MS-XLS] in it."""

import struct
from collections.abc import Iterator

from monitor.base.tabular.reading_cells import Limits, MergedCells, UnreadableFile
from monitor.base.tabular.reading_markup import SheetMarks, is_percentage_format
from monitor.base.tabular.reading_zip import DAMAGED, PROTECTED, WITH_MACROS

_END = 0xFFFFFFFA  # sector numbers from here up mean: no sector
_HEADER_FAT_SECTORS = 109
_MACRO_STORAGES = {"_VBA_PROJECT_CUR", "_VBA_PROJECT", "Macros"}
_WORKBOOKS = ("Workbook", "Book")
_BOF, _FILEPASS, _BOUNDSHEET, _FORMAT, _XF = 0x0809, 0x002F, 0x0085, 0x041E, 0x00E0
_MULRK = 0x00BD  # several numbers beside each other
_CELLS = frozenset({0x0203, 0x00FD, 0x027E, _MULRK, 0x0006, 0x0204, 0x0205, 0x00D6})
_ROW, _COLUMNS, _MERGED = 0x0208, 0x007D, 0x00E5
_ROW_HIDDEN, _COLUMNS_HIDDEN = 0x0020, 0x0001
_FORMULA, _BOOLEAN_OR_ERROR = 0x0006, 0x0205
_BIFF8 = 0x0600


def inspect_old_workbook(content: bytes, limits: Limits) -> dict[str, SheetMarks]:
    """What stands in the sheets, by name. Raises :class:`UnreadableFile` for macros, a password, or a damaged file."""
    try:
        streams = _Compound(content)
        if "EncryptedPackage" in streams.entries:
            raise UnreadableFile(PROTECTED)
        if not _MACRO_STORAGES.isdisjoint(streams.entries):
            raise UnreadableFile(WITH_MACROS)
        name = next((name for name in _WORKBOOKS if name in streams.entries), None)
        if name is None:
            raise UnreadableFile("Dit is geen rekenblad. Bied een bestand aan van soort XLSX, XLS, ODS of CSV.")
        return _Records(streams.read(name), limits).marks()
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise UnreadableFile(DAMAGED) from error


class _Compound:
    """The streams of a compound file by name. No chain of sectors is followed further than the file is long."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._size = 1 << min(struct.unpack_from("<H", content, 30)[0], 12)
        directory, self._cutoff, mini_fat, difat = struct.unpack_from("<I4xII4xI", content, 48)
        self._fat = self._table(self._fat_sectors(difat))
        self.entries: dict[str, tuple[int, int]] = {}
        root = (_END, 0)
        raw = self._chain(directory)
        for offset in range(0, len(raw) - 127, 128):
            length, kind = struct.unpack_from("<HB", raw, offset + 64)
            start, size = struct.unpack_from("<II", raw, offset + 116)
            if kind == 5:
                root = (start, size)
            elif kind:
                self.entries[raw[offset : offset + max(0, min(length, 64) - 2)].decode("utf-16-le")] = (start, size)
        self._mini = self._chain(root[0])
        self._mini_fat = self._integers(self._chain(mini_fat))

    def read(self, name: str) -> bytes:
        start, size = self.entries[name]
        if size >= self._cutoff:
            return self._chain(start)[:size]
        found = bytearray()
        while start < _END and len(found) < size:
            found += self._mini[start * 64 : start * 64 + 64]
            start = self._mini_fat[start]
        return bytes(found[:size])

    def _sector(self, number: int) -> bytes:
        return self._content[(number + 1) * self._size : (number + 2) * self._size]

    def _fat_sectors(self, difat: int) -> list[int]:
        numbers = list(struct.unpack_from(f"<{_HEADER_FAT_SECTORS}I", self._content, 76))
        seen = 0
        while difat < _END and seen <= len(self._content) // self._size:
            more = self._integers(self._sector(difat))
            numbers += more[:-1]
            difat, seen = more[-1], seen + 1
        return [number for number in numbers if number < _END]

    def _table(self, sectors: list[int]) -> list[int]:
        return [number for sector in sectors for number in self._integers(self._sector(sector))]

    @staticmethod
    def _integers(raw: bytes) -> list[int]:
        return list(struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4]))

    def _chain(self, start: int) -> bytes:
        found = bytearray()
        while start < _END:
            if len(found) > len(self._content):
                raise UnreadableFile(DAMAGED)
            found += self._sector(start)
            start = self._fat[start]
        return bytes(found)


class _Records:
    """The records of a workbook stream, read for the places and formats of its cells."""

    def __init__(self, stream: bytes, limits: Limits) -> None:
        self._stream, self._limits = stream, limits
        self._formats: dict[int, str] = {}
        self._cell_formats: list[int] = []
        self._names: dict[int, str] = {}  # offset of the sheet in the stream → its name
        self._is_new = True

    def marks(self) -> dict[str, SheetMarks]:
        sheets: dict[str, SheetMarks] = {}
        current = SheetMarks()
        for offset, kind, data in self._walk():
            if kind == _FILEPASS:
                raise UnreadableFile(PROTECTED)
            if kind == _BOF:
                self._is_new = struct.unpack_from("<H", data)[0] == _BIFF8
                current = sheets.setdefault(self._names.get(offset, ""), SheetMarks())
            elif kind in _CELLS and len(data) >= 6:
                self._cell(kind, data, current)
            elif kind in (_ROW, _COLUMNS, _MERGED):
                _layout(kind, data, current, self._limits)
            else:
                self._setting(kind, data)
        return sheets

    def _walk(self) -> Iterator[tuple[int, int, bytes]]:
        offset = 0
        while offset + 4 <= len(self._stream):
            kind, length = struct.unpack_from("<HH", self._stream, offset)
            yield offset, kind, self._stream[offset + 4 : offset + 4 + length]
            offset += 4 + length

    def _setting(self, kind: int, data: bytes) -> None:
        if kind == _XF:
            self._cell_formats.append(struct.unpack_from("<H", data, 2)[0])
        elif kind == _FORMAT and self._is_new:
            number, length, wide = struct.unpack_from("<HHB", data)
            self._formats[number] = _text(data[5:], length, wide)
        elif kind == _BOUNDSHEET and self._is_new:
            start, _, length, wide = struct.unpack_from("<IHBB", data)
            self._names[start] = _text(data[8:], length, wide)

    def _cell(self, kind: int, data: bytes, sheet: SheetMarks) -> None:
        row, first = struct.unpack_from("<HH", data)
        several = kind == _MULRK
        last = struct.unpack_from("<H", data, len(data) - 2)[0] if several else first
        sheet.reach(row + 1, max(first, last), self._limits)
        if _is_failure(kind, data):
            sheet.failures.add((row + 1, first))
        for column in range(first, last + 1):
            style = struct.unpack_from("<H", data, 4 + 6 * (column - first))[0]
            number = self._cell_formats[style] if style < len(self._cell_formats) else 0
            if is_percentage_format(number, self._formats.get(number, "")):
                sheet.percentages.add((row + 1, column))


def _layout(kind: int, data: bytes, sheet: SheetMarks, limits: Limits) -> None:
    """Hidden rows and columns, and merged cells."""
    if kind == _ROW:
        row, flags = struct.unpack_from("<H", data)[0], struct.unpack_from("<H", data, 12)[0]
        if flags & _ROW_HIDDEN and row < limits.rows:
            sheet.hidden_rows.add(row + 1)
    elif kind == _COLUMNS:
        first, last, _, _, flags = struct.unpack_from("<5H", data)
        if flags & _COLUMNS_HIDDEN:
            sheet.hidden_columns.update(range(first, min(last + 1, limits.columns)))
    else:
        for number in range(struct.unpack_from("<H", data)[0]):
            top, bottom, left, right = struct.unpack_from("<4H", data, 2 + 8 * number)
            sheet.merge(MergedCells(top + 1, left, bottom + 1, right))


def _is_failure(kind: int, data: bytes) -> bool:
    """An error as such, or as the outcome of a formula."""
    if kind == _BOOLEAN_OR_ERROR:
        return data[7:8] == b"\x01"
    return kind == _FORMULA and data[6:7] == b"\x02" and data[12:14] == b"\xff\xff"


def _text(raw: bytes, length: int, wide: int) -> str:
    return raw[: length * 2].decode("utf-16-le") if wide & 1 else raw[:length].decode("latin-1")
