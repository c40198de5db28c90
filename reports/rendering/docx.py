"""Word: pandoc makes the document from the same content, then the page, the tiles and the dates are set.

The styles come from the reference document (see :mod:`reports.rendering.reference`), which a ministry may replace.
"""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from io import BytesIO
from pathlib import Path

import docx
from django.conf import settings
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm

from monitor.base.core.errors import MonitorError
from reports.core.document import Document, Layout
from reports.rendering.archive import repeatable_zip
from reports.rendering.html import page
from reports.rendering.media import Medium
from reports.rendering.pandoc import run_pandoc
from reports.rendering.reference import ASSET
from reports.rendering.wordtiles import set_tiles

_WIDEST_CHART_CM = 17.5
_SHORT_ROWS = 16
_HEAD_LINE = (
    f'<w:tcBorders {nsdecls("w")}><w:bottom w:val="single" w:sz="12" w:space="0" w:color="1F4E79"/></w:tcBorders>'
)


@dataclass(frozen=True)
class Sheet:
    """The page of a layout: width of the text in centimetres, and how many tiles stand side by side."""

    landscape: bool
    width: float
    tiles: int


_SHEETS = {Layout.VISUAL: Sheet(True, 25.7, 3), Layout.BIJLAGE: Sheet(False, 16.6, 2)}


def render_docx(document: Document, images: Mapping[str, bytes]) -> bytes:
    """The document as DOCX. ``images``: the PNG of every chart, by uid. The same input gives the same bytes."""
    pictures = {uid: f"data:image/png;base64,{b64encode(png).decode()}" for uid, png in images.items()}
    sheet = _SHEETS[document.layout]
    source = page(
        document, Medium.WORD, pictures, page_width=sheet.width, chart_width=min(sheet.width, _WIDEST_CHART_CM),
        tile_width=round(sheet.width / sheet.tiles - 0.8, 1),
    )  # fmt: skip
    arguments = [
        "--from=html", "--to=docx", "--output=-", "--sandbox", "--metadata=lang:nl-NL",
        f"--reference-doc={reference_document()}",
    ]  # fmt: skip
    word = docx.Document(BytesIO(run_pandoc(arguments, source=source, day=document.document_date)))
    _set_page(word, landscape=sheet.landscape)
    _set_fields(word)
    _set_tables(word)
    set_tiles(word, columns=sheet.tiles, width=sheet.width)
    _set_properties(word, document)
    target = BytesIO()
    word.save(target)
    return repeatable_zip(target.getvalue())


def reference_document() -> Path:
    """The reference document of the settings, else our own. Raises :class:`MonitorError` when it is not there."""
    if not settings.REPORT_REFERENCE_DOCX:
        return ASSET
    named = Path(settings.REPORT_REFERENCE_DOCX)
    if not named.is_file():
        raise MonitorError(
            f"Het referentiedocument ‘{named}’ bestaat niet."
            " Pas REPORT_REFERENCE_DOCX aan of laat deze instelling leeg."
        )
    return named


def _set_page(word: WordDocument, *, landscape: bool) -> None:
    section = word.sections[-1]
    for restart in section._sectPr.iter(qn("w:numRestart")):  # pandoc's own document numbers footnotes per section
        restart.set(qn("w:val"), "continuous")
    width, height = section.page_width, section.page_height
    if width is None or height is None or not landscape or width > height:
        return
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = height, width
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(1.8)


def _set_fields(word: WordDocument) -> None:
    """A tab between the name of a letter field and its value: HTML has none."""
    for paragraph in word.paragraphs:
        if paragraph.style is not None and paragraph.style.name == "Veld":
            paragraph.runs[0].add_tab()


def _set_tables(word: WordDocument) -> None:
    """Rows stay whole; short tables stay on one page; a line closes the heading rows, which pandoc lets repeat."""
    for table in word.tables:
        rows = table.rows
        heads = [row for row in rows if row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None]
        for cell in heads[-1]._tr.iter(qn("w:tc")) if heads else ():
            cell.get_or_add_tcPr().append(parse_xml(_HEAD_LINE))
        for index, row in enumerate(rows):
            row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))
            if len(rows) <= _SHORT_ROWS and index < len(rows) - 1:
                for paragraph in row._tr.iter(qn("w:p")):
                    paragraph.get_or_add_pPr().get_or_add_keepNext()


def _set_properties(word: WordDocument, document: Document) -> None:
    moment = datetime.combine(document.document_date, time(12))
    core = word.core_properties
    core.title, core.subject, core.language = document.title, document.subtitle, "nl-NL"
    core.author = core.last_modified_by = core.comments = core.keywords = ""
    core.created = core.modified = moment
    core.revision = 1
