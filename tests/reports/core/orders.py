"""The three reports as they are ordered from the database."""

from datetime import date

from indicators.core.enumerations import Audience
from reports.core.document import Document
from reports.core.formats import Format
from reports.queries.documents import ReportOrder, load_document

ROUNDS = {"kerncijfers-politie": "2025-2", "voortgang-ondermijning": "2024-1", "werkvoorraad-zeden": "2025-2"}


def order(code: str, as_known_on: date | None = None) -> ReportOrder:
    return ReportOrder(code, ROUNDS[code], (Format.CSV,), as_known_on)


def composed(as_known_on: date | None = None, audience: Audience = Audience.INTERNAL) -> dict[str, Document]:
    return {code: load_document(order(code, as_known_on), audience) for code in ROUNDS}
