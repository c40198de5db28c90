"""The file formats of a report."""

from enum import StrEnum


class Format(StrEnum):
    """The value is the file's extension."""

    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    CSV = "csv"

    @property
    def media_type(self) -> str:
        return _MEDIA_TYPES[self]

    @property
    def label(self) -> str:
        """What the format is called on screen."""
        return _LABELS[self]


_MEDIA_TYPES = {
    Format.HTML: "text/html; charset=utf-8",
    Format.PDF: "application/pdf",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.CSV: "text/csv; charset=utf-8",
}
_LABELS = {
    Format.HTML: "webpagina (HTML)",
    Format.PDF: "PDF",
    Format.DOCX: "Word (DOCX)",
    Format.XLSX: "Excel (XLSX)",
    Format.CSV: "CSV",
}
