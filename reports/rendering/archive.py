"""Zip files (DOCX) written again so that their bytes repeat: sorted, with fixed dates and rights."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_FIRST = "[Content_Types].xml"  # readers that sniff a format expect it in front
_EARLIEST = (1980, 1, 1, 0, 0, 0)


def repeatable_zip(raw: bytes) -> bytes:
    """The same entries in a fixed order with fixed dates; the same content gives the same bytes."""
    target = BytesIO()
    with ZipFile(BytesIO(raw)) as source, ZipFile(target, "w", ZIP_DEFLATED) as written:
        for name in sorted(source.namelist(), key=lambda name: (name != _FIRST, name)):
            entry = ZipInfo(name, _EARLIEST)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            written.writestr(entry, source.read(name))
    return target.getvalue()
