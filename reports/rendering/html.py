"""HTML: one file with everything in it, for the screen; and the same content as source of the PDF and of Word.

Fonts are named, not embedded: Noto Sans where it is installed, else the reader's own; the PDF embeds them.
"""

from collections.abc import Mapping
from typing import Any

from monitor.base.core.dates import format_date
from reports.core.document import Document, LetterFields, Section
from reports.rendering.engine import fill
from reports.rendering.media import Medium
from reports.rendering.outline import outline_of
from reports.rendering.pictures import embedded

_CONTENTS_FROM = 3  # sections; with fewer a table of contents only stands in the way


def render_html(document: Document, images: Mapping[str, bytes]) -> bytes:
    """The document as one self-contained HTML file. ``images``: the SVG of every chart, by uid."""
    return page(document, Medium.SCREEN, embedded(images)).encode()


def page(document: Document, medium: Medium, pictures: Mapping[str, str], **more: Any) -> str:
    """The text of the page for one medium. ``pictures``: the address of every chart's picture, by uid."""
    template = "word.html" if medium is Medium.WORD else "document.html"
    context = {
        "document": document,
        "medium": medium,
        "outline": outline_of(document),
        "seen": set(),  # footnotes that were marked already, filled while the template is
        "pictures": pictures,
        "fields": letter_fields(document.fields),
        "contents": _contents(document),
        **more,
    }
    return fill(template, context)


def letter_fields(fields: LetterFields) -> list[tuple[str, str]]:
    """The fields that are filled in, with their Dutch names, in the order of an official annex."""
    named = [
        ("Bijlage", fields.annex_number),
        ("Horend bij", fields.belongs_to),
        ("Datum", format_date(fields.letter_date) if fields.letter_date else ""),
        ("Kenmerk", fields.reference),
        ("Directie", fields.department),
    ]
    return [(name, value) for name, value in named if value]


def _contents(document: Document) -> list[Section]:
    themes = [section for section in document.sections if section.level == 1]
    return themes if len(themes) >= _CONTENTS_FROM else []
