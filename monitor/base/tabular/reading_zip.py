"""Looking a compressed workbook over before it is opened: how much comes out of it, and what it should not hold."""

import posixpath
import zipfile
import zlib
from io import BytesIO

from monitor.base.tabular.reading_cells import Limits, UnreadableFile
from monitor.base.tabular.reading_markup import Marks, MarkupPass, SheetMarks

_CHUNK = 2**16
_SMALL = 2**20  # a part that stays under this is no bomb, however well it was compressed
_MACROS = ("vbaproject.bin", "xl/macrosheets/", "basic/", "scripts/")

DAMAGED = (
    "Het bestand is beschadigd of niet volledig overgekomen. Open het in het rekenprogramma, sla het opnieuw op en "
    "bied het opnieuw aan."
)
PROTECTED = "Het bestand is met een wachtwoord beveiligd. Haal het wachtwoord eraf en bied het bestand opnieuw aan."
WITH_MACROS = (
    "In het bestand staan macro's. Die voert de monitor nooit uit. Sla het bestand op als gewone werkmap (XLSX of ODS, "
    "zonder macro's) en bied dat aan."
)
TOO_LARGE_INSIDE = (
    "Het bestand is klein, maar pakt uit tot veel meer dan een rekenblad met cijfers nodig heeft. Sla het opnieuw op "
    "en bied het opnieuw aan."
)


def inspect_archive(content: bytes, limits: Limits) -> tuple[str, Marks]:
    """The sort of workbook in a zip file (``xlsx`` or ``ods``), and what stands in its sheets; every byte is looked at.

    Raises :class:`UnreadableFile` for anything but an ordinary workbook of ordinary size.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            kind = _kind(archive, limits)
            marks = Marks()
            _read_through(archive, marks, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise UnreadableFile(DAMAGED) from error
    except RuntimeError as error:  # what zipfile says of a part with a password
        raise UnreadableFile(PROTECTED) from error
    if marks.is_encrypted:
        raise UnreadableFile(PROTECTED)
    return kind, marks


def _kind(archive: zipfile.ZipFile, limits: Limits) -> str:
    names = [info.filename for info in archive.infolist()]
    if len(names) > limits.members:
        raise UnreadableFile(TOO_LARGE_INSIDE)
    if len(set(names)) != len(names) or any(_leads_outside(name) for name in names):
        raise UnreadableFile(
            "Het bestand is niet opgebouwd als een rekenblad (een onderdeel staat er dubbel in of verwijst naar een "
            "andere map). Sla het opnieuw op en bied het opnieuw aan."
        )
    lowered = [name.lower() for name in names]
    if any(name.endswith(_MACROS[0]) or name.startswith(_MACROS[1:]) for name in lowered):
        raise UnreadableFile(WITH_MACROS)
    if "xl/workbook.bin" in lowered:
        raise UnreadableFile("Dit is een binaire werkmap (XLSB). Sla haar op als XLSX en bied dat aan.")
    if "content.xml" in lowered and "mimetype" in lowered:
        if not archive.read("mimetype")[:100].startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
            raise UnreadableFile("Dit is geen rekenblad. Bied een bestand aan van soort XLSX, XLS, ODS of CSV.")
        return "ods"
    if "xl/workbook.xml" in lowered:
        return "xlsx"
    raise UnreadableFile("Dit is geen rekenblad. Bied een bestand aan van soort XLSX, XLS, ODS of CSV.")


def _leads_outside(name: str) -> bool:
    return "\\" in name or "\0" in name or name.startswith("/") or ".." in name.split("/") or name[1:2] == ":"


def _read_through(archive: zipfile.ZipFile, marks: Marks, limits: Limits) -> None:
    """Unpack every part as a stream and count; never trust the size that the file itself names."""
    left = limits.expanded_bytes
    # Styles first: which of them show a percentage must be known when the cells come by.
    for info in sorted(archive.infolist(), key=lambda info: not info.filename.endswith("styles.xml")):
        allowed = min(left, max(_SMALL, info.compress_size * limits.ratio))
        is_markup = info.filename.lower().endswith((".xml", ".rels"))
        part = MarkupPass(info.filename, marks, limits) if is_markup and not info.is_dir() else None
        size = 0
        with archive.open(info) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if size > allowed:
                    raise UnreadableFile(TOO_LARGE_INSIDE)
                if part:
                    part.feed(chunk)
        if part and size:
            part.feed(b"", last=True)
        left -= size


def marks_by_name(kind: str, marks: Marks) -> dict[str, SheetMarks]:
    """The marks per name of the sheet; an XLSX names its parts by way of the relations of the workbook."""
    if kind == "ods":
        return marks.sheets
    found = {}
    for relation, name in marks.names.items():
        target = marks.targets.get(relation, "")
        part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
        if part in marks.sheets:
            found[name] = marks.sheets[part]
    return found
