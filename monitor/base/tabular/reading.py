"""Reading a sheet that somebody sent: XLSX, XLS, ODS, CSV or TSV as typed rows with their places.

The file is looked over first (size, what it unpacks to, passwords, macros, entities), then read by calamine, which runs
no formula and no macro. Whatever is wrong with it becomes an :class:`UnreadableFile` with one Dutch sentence.
"""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from monitor.base.tabular.reading_cells import (
    BROKEN_FORMULA,
    CellValue,
    Limits,
    ReadFile,
    ReadSheet,
    UnreadableFile,
)
from monitor.base.tabular.reading_markup import SheetMarks
from monitor.base.tabular.reading_ole import inspect_old_workbook
from monitor.base.tabular.reading_text import read_text_sheet
from monitor.base.tabular.reading_zip import DAMAGED, PROTECTED, WITH_MACROS, inspect_archive, marks_by_name

EXTENSIONS = ("xlsx", "xls", "ods", "csv", "tsv")
MACRO_EXTENSIONS = ("xlsm", "xltm", "xlam", "xla", "xlsb")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = re.compile(rb"^\s*(<!doctype|<html|<\?xml|<table|%pdf|\{\\rtf)", re.IGNORECASE)
_SIGNIFICANT = 15  # digits that a spreadsheet keeps; the rest is noise of its arithmetic


def read_file(name: str, content: bytes, limits: Limits | None = None) -> ReadFile:
    """The sheets of a file. Raises :class:`UnreadableFile` for whatever is not a plain sheet."""
    limits = limits or Limits()
    name = safe_file_name(name)
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    _require_readable(name, extension, content, limits)
    if extension in ("csv", "tsv"):
        sheets: tuple[ReadSheet, ...] = (read_text_sheet(content, extension, limits),)
    elif content.startswith(_ZIP):
        kind, marks = inspect_archive(content, limits)
        _require_kind(name, extension, kind)
        sheets = _read_workbook(content, limits, marks_by_name(kind, marks))
    else:
        old_marks = inspect_old_workbook(content, limits)
        _require_kind(name, extension, "xls")
        sheets = _read_workbook(content, limits, old_marks)
    if not any(any(value is not None for value in row) for sheet in sheets for row in sheet.rows):
        raise UnreadableFile(f"‘{name}’ is leeg. Bied het ingevulde bestand aan.")
    return ReadFile(name, sheets)


def safe_file_name(name: str) -> str:
    """The last part of a file name, without anything that a screen or a file system could stumble over."""
    last = re.split(r"[/\\]", name)[-1]
    printable = "".join(letter for letter in last if letter.isprintable() and letter not in '<>:"|?*;')
    stem, dot, extension = printable.strip(". ").rpartition(".")
    if not dot:
        return extension[:150] or "bestand"
    return f"{stem[:150] or 'bestand'}.{extension[:10]}"


def _require_readable(name: str, extension: str, content: bytes, limits: Limits) -> None:
    """What the name and the first bytes tell."""
    if extension in MACRO_EXTENSIONS:
        raise UnreadableFile(WITH_MACROS)
    if extension not in EXTENSIONS:
        known = ", ".join(EXTENSIONS).upper()
        raise UnreadableFile(
            f"‘{name}’ is geen rekenblad dat de monitor leest. Bied een bestand aan van soort {known}."
        )
    if not content:
        raise UnreadableFile(f"‘{name}’ is leeg. Bied het ingevulde bestand aan.")
    if len(content) > limits.file_bytes:
        raise UnreadableFile(
            f"‘{name}’ is te groot: ten hoogste {limits.file_bytes // 2**20} MB. Haal plaatjes en bladen weg die niet "
            "nodig zijn."
        )
    is_binary = content.startswith((_ZIP, _OLE))
    if is_binary == (extension in ("csv", "tsv")) or (not is_binary and _MARKUP.match(content)):
        _refuse_kind(name, extension)
    if extension == "xls" and content.startswith(_ZIP):
        _refuse_kind(name, extension)


def _require_kind(name: str, extension: str, kind: str) -> None:
    if extension != kind:
        _refuse_kind(name, extension)


def _refuse_kind(name: str, extension: str) -> None:
    raise UnreadableFile(
        f"‘{name}’ heet een {extension.upper()}-bestand te zijn, maar de inhoud is iets anders. Open het in het "
        "rekenprogramma, sla het op als XLSX en bied dat aan."
    )


def _read_workbook(content: bytes, limits: Limits, marks: dict[str, SheetMarks]) -> tuple[ReadSheet, ...]:
    try:
        return _read_sheets(content, limits, marks)
    except UnreadableFile:
        raise
    except PasswordError as error:
        raise UnreadableFile(PROTECTED) from error
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a panic of the library under it is no ordinary exception
        raise UnreadableFile(DAMAGED) from error


def _read_sheets(content: bytes, limits: Limits, marks: dict[str, SheetMarks]) -> tuple[ReadSheet, ...]:
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    tables = [one for one in book.sheets_metadata if one.typ is SheetTypeEnum.WorkSheet]
    if len(tables) > limits.sheets:
        raise UnreadableFile(f"Het bestand heeft meer dan {limits.sheets} bladen. Haal weg wat niet nodig is.")
    sheets = []
    for one in tables:
        rows = book.get_sheet_by_name(one.name).to_python(skip_empty_area=False)
        hidden = one.visible is not SheetVisibleEnum.Visible
        sheets.append(_sheet(one.name, rows, hidden, marks.get(one.name, SheetMarks())))
    return tuple(sheets)


def _sheet(name: str, rows: list[list[Any]], is_hidden: bool, marks: SheetMarks) -> ReadSheet:
    typed = [[_typed(value) for value in row] for row in rows]
    for row, column in marks.failures:  # calamine gives a failed formula as nothing at all
        if row <= len(typed) and column < len(typed[row - 1]):
            typed[row - 1][column] = BROKEN_FORMULA
    return ReadSheet(
        name,
        tuple(tuple(row) for row in typed),
        is_hidden,
        frozenset(marks.percentages),
        tuple(marks.merged),
        frozenset(marks.hidden_rows),
        frozenset(marks.hidden_columns),
    )


def _typed(value: Any) -> CellValue:
    match value:
        case None | "":
            return None
        case bool() | str() | datetime() | date() | time() | timedelta():
            return value
        case int():
            return Decimal(value)
        case float():
            return _decimal(value)
        case _:
            raise UnreadableFile(DAMAGED)


def _decimal(value: float) -> CellValue:
    """A number with the digits that the spreadsheet shows: 83.69999999999999 is 83.7."""
    if value != value or value in (float("inf"), float("-inf")):
        return BROKEN_FORMULA
    number = Decimal(f"{value:.{_SIGNIFICANT}g}").normalize()
    exponent = number.as_tuple().exponent
    return number.quantize(Decimal(1)) if isinstance(exponent, int) and 0 < exponent < 12 else number
