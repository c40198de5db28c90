"""PDF that a screen reader can read and an archive can keep: PDF/UA-1 and PDF/A-2a."""

import hashlib
from collections.abc import Mapping
from io import BytesIO

import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from reports.core.document import Document
from reports.rendering.finishing import finish
from reports.rendering.html import page
from reports.rendering.media import Medium
from reports.rendering.pictures import embedded


def render_pdf(document: Document, images: Mapping[str, bytes]) -> bytes:
    """The document as PDF. ``images``: the SVG of every chart, by uid. The same input gives the same bytes."""
    source = page(document, Medium.PDF, embedded(images))
    written = BytesIO()
    weasyprint.HTML(string=source, url_fetcher=data_only()).write_pdf(
        written,
        font_config=FontConfiguration(),
        pdf_variant="pdf/a-2a",
        pdf_identifier=hashlib.sha256(source.encode()).digest()[:16],
        pdf_tags=True,
    )
    return finish(written.getvalue(), title=document.title)


def data_only() -> URLFetcher:
    """Everything a document needs is in it; an address outside it is a defect and stops the work."""
    return URLFetcher(allowed_protocols=("data",), fail_on_errors=True)
