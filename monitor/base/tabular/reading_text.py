"""Reading a text file with columns (CSV): its encoding and its separator are found out first."""

import csv
import io
from collections import Counter

from monitor.base.tabular.reading_cells import Limits, ReadSheet, UnreadableFile

_SEPARATORS = (";", "\t", ",")
_SAMPLE_LINES = 50


def read_text_sheet(content: bytes, extension: str, limits: Limits) -> ReadSheet:
    """The rows of a CSV or TSV file; every value is text. Raises :class:`UnreadableFile`."""
    text = _decoded(content)
    separator = "\t" if extension == "tsv" else _separator(text)
    rows: list[tuple[str | None, ...]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            rows.append(tuple(value or None for value in row))
            if len(rows) > limits.rows or len(row) > limits.columns:
                raise UnreadableFile(f"Het bestand heeft meer dan {limits.rows} regels of {limits.columns} kolommen.")
    except csv.Error as error:
        raise UnreadableFile(
            f"Regel {len(rows) + 1} van het bestand is niet te lezen: er staat een aanhalingsteken verkeerd of een "
            "veld is te lang. Verbeter de regel en bied het bestand opnieuw aan."
        ) from error
    return ReadSheet("", tuple(rows))


def _decoded(content: bytes) -> str:
    """UTF-8 (with or without its mark), or else the Windows encoding of Western Europe."""
    if b"\0" in content:
        raise UnreadableFile(
            "Dit is geen gewoon tekstbestand: er staan tekens in die daar niet in horen. Sla het op als CSV (UTF-8) en "
            "bied dat aan."
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            "De letters in dit bestand zijn niet te lezen. Sla het op als CSV (UTF-8) en bied dat aan."
        ) from error


def _separator(text: str) -> str:
    """The separator that splits most of the first lines into the same number of fields, more than one."""
    lines = text[:200_000].splitlines()[:_SAMPLE_LINES]
    best, support = ";", 0
    for separator in _SEPARATORS:
        try:
            widths = Counter(len(row) for row in csv.reader(lines, delimiter=separator) if len(row) > 1)
        except csv.Error:
            continue
        _, count = widths.most_common(1)[0] if widths else (1, 0)
        if count > support:
            best, support = separator, count
    return best
