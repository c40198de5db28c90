"""CSV of the figures behind a report, as a Dutch Excel opens it: UTF-8 with mark, semicolons, decimal comma.

The point as thousands separator is left out, and the decimal comma is the only comma in a number, so that programs read
it as well (``pandas.read_csv(sep=";", decimal=",")``). Texts that look like formulas get an apostrophe in front.
"""

import csv
from decimal import Decimal
from io import StringIO

from reports.core.document import Document
from reports.rendering.figures import COLUMNS, Content, escaped


def render_csv(document: Document) -> bytes:
    """All figures of the document, one per row, with a head row."""
    target = StringIO(newline="")
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.head for column in COLUMNS])
    for row in document.figures:
        writer.writerow([_written(column.content(row)) for column in COLUMNS])
    return target.getvalue().encode("utf-8-sig")


def _written(content: Content) -> str:
    if content is None:
        return ""
    if isinstance(content, Decimal):
        return f"{content:f}".replace(".", ",")
    return escaped(str(content))
