"""From a composed document to files. Frozen values in, bytes out; nothing is looked up and nothing is stored."""

from collections.abc import Callable, Mapping, Sequence

from monitor.base.images import require_tools, svgs_to_pngs
from reports.core.document import Document
from reports.core.formats import Format
from reports.rendering.csv import render_csv
from reports.rendering.docx import reference_document, render_docx
from reports.rendering.guard import no_queries, telling
from reports.rendering.html import render_html
from reports.rendering.outline import charts_of
from reports.rendering.pdf import render_pdf
from reports.rendering.pictures import draw
from reports.rendering.xlsx import render_xlsx

Progress = Callable[[str, int, int], None]

_DRAWN = (Format.HTML, Format.PDF, Format.DOCX)

__all__ = ["Progress", "render"]


def render(document: Document, formats: Sequence[Format], *, progress: Progress | None = None) -> dict[Format, bytes]:
    """The document in every format asked for; the charts are drawn once. The same input gives the same bytes.

    ``progress`` is told what is being made, how many steps are done and how many there are in all (Dutch text).
    Raises :class:`~monitor.base.core.errors.MonitorError` with one Dutch sentence when something is missing.
    """
    wanted = list(dict.fromkeys(formats))
    steps = _Steps(document, wanted, progress or (lambda text, done, total: None))
    with no_queries():
        if steps.charts:
            require_tools()
        if Format.DOCX in wanted:
            reference_document()
        svgs = draw(document, steps.drawn) if steps.charts else {}
        return {format_: steps.made(format_, svgs) for format_ in wanted}


class _Steps:
    """Counts the steps of one document: a step per chart and one per file."""

    def __init__(self, document: Document, formats: Sequence[Format], progress: Progress) -> None:
        self._document = document
        self._progress = progress
        self.charts = any(format_ in _DRAWN for format_ in formats)
        self._total = len(formats) + (len(charts_of(document)) if self.charts else 0)
        self._done = 0

    def drawn(self, done: int, total: int) -> None:
        self._done = done
        self._tell(f"Grafiek {done} van {total} getekend")

    def made(self, format_: Format, svgs: Mapping[str, bytes]) -> bytes:
        content = _write(self._document, format_, svgs)
        self._done += 1
        self._tell(f"{format_.label} gemaakt")
        return content

    def _tell(self, text: str) -> None:
        with telling():
            self._progress(text, self._done, self._total)


def _write(document: Document, format_: Format, svgs: Mapping[str, bytes]) -> bytes:
    match format_:
        case Format.HTML:
            return render_html(document, svgs)
        case Format.PDF:
            return render_pdf(document, svgs)
        case Format.DOCX:
            return render_docx(document, svgs_to_pngs(svgs))
        case Format.XLSX:
            return render_xlsx(document)
        case Format.CSV:
            return render_csv(document)
