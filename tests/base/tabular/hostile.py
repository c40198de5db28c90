"""Files that nobody should open, made on the spot."""

import struct
import zipfile
from io import BytesIO
from typing import Any

import xlsxwriter


def workbook(rows: list[list[Any]], *, name: str = "Blad1", percent: bool = False) -> bytes:
    """A plain XLSX; ``percent`` gives every number a percentage format."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    shown = book.add_format({"num_format": "0.0%"}) if percent else None
    page = book.add_worksheet(name)
    for line, row in enumerate(rows):
        for column, value in enumerate(row):
            page.write(line, column, value, shown)
    book.close()
    return target.getvalue()


def repacked(content: bytes, changes: dict[str, bytes | None], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The same archive with members replaced, added, or (None) left out."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(target, "w", method) as new:
        for info in old.infolist():
            if info.filename not in changes:
                new.writestr(info.filename, old.read(info))
        for name, data in changes.items():
            if data is not None:
                new.writestr(name, data)
    return target.getvalue()


def member(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.read(name)


def lying_about_its_size(content: bytes, name: str) -> bytes:
    """The central directory says that a member is one byte; more comes out of it."""
    data = bytearray(content)
    at = data.rfind(name.encode(), data.find(b"PK\x01\x02"))
    struct.pack_into("<I", data, at - 46 + 24, 1)
    return bytes(data)


def old_workbook_with(storage: str) -> bytes:
    """A compound file (the container of XLS) that holds one storage of this name."""
    sector = 512
    header = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(sector - 8))
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<I", header, 44, 1)  # one sector of FAT
    struct.pack_into("<I4xIIIII", header, 48, 1, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    fat = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFF] * 126)
    return bytes(header) + fat + _entry("Root Entry", 5) + _entry(storage, 1) + bytes(256)


def _entry(name: str, kind: int) -> bytes:
    raw = name.encode("utf-16-le")
    entry = bytearray(128)
    entry[: len(raw)] = raw
    struct.pack_into("<HB", entry, 64, len(raw) + 2, kind)
    struct.pack_into("<II", entry, 116, 0xFFFFFFFE, 0)
    return bytes(entry)
