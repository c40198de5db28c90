"""The PDF holds the figures, for readers with and without sight, and may be kept for ever."""

import re
import zlib
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import page
import pikepdf
import pytest
import weasyprint
from pikepdf import Array
from weasyprint.urls import FatalURLFetchingError

from reports.core.document import Footnote, Section, Span, Tile, TileGroup
from reports.core.formats import Format
from reports.rendering.finishing import finish
from reports.rendering.html import page as page_of
from reports.rendering.media import Medium
from reports.rendering.outline import charts_of
from reports.rendering.pdf import data_only, render_pdf
from reports.rendering.pictures import draw
from tests.reports.rendering.conftest import Files, pdf_text
from tests.reports.rendering.sample import annex_document, visual_document

pytestmark = [pytest.mark.documents, pytest.mark.browser]
PROFILES = [page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A]


@pytest.mark.parametrize("profile", PROFILES)
def test_both_layouts_pass_the_validator(
    rendered: dict[str, Files], tmp_path: Path, profile: page.ValidationProfile
) -> None:
    for name, files in rendered.items():
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(files[Format.PDF])
        report = page.validate_pdf(str(path), profile=profile)
        assert report.is_compliant, str(report)


def test_without_the_finishing_the_validator_objects(tmp_path: Path) -> None:
    path = tmp_path / "raw.pdf"
    source = "<html lang=nl><title>T</title><table><thead><tr><th>a</thead><tr><td>b</table>"
    weasyprint.HTML(string=source).write_pdf(path, pdf_variant="pdf/a-2a")
    assert not page.validate_pdf(str(path), profile=page.ValidationProfile.PDF_UA_1).is_compliant
    path.write_bytes(finish(path.read_bytes(), title="T"))
    assert page.validate_pdf(str(path), profile=page.ValidationProfile.PDF_UA_1).is_compliant


def test_a_footnote_of_a_tile_stands_on_the_page_of_the_tile(tmp_path: Path) -> None:
    """It stayed behind on the page before when the row of tiles moved on."""
    numbers = range(1, 31)
    tiles = tuple(
        Tile(f"Tegel {n}.", (Span("1", "", f"n{n}"),), "", "2024", source="De bron van dit cijfer. " * 9)
        for n in numbers
    )
    document = replace(
        visual_document(),
        sections=(Section("tegels", 1, "Tegels", (TileGroup(tiles),)),),
        footnotes=tuple(Footnote(f"n{n}", f"Noot {n}.") for n in numbers),
    )
    content = render_pdf(document, {})
    for number in range(1, len(pikepdf.open(BytesIO(content)).pages) + 1):
        text = pdf_text(content, tmp_path, number, number)
        assert sorted(re.findall(r"Noot (\d+)\.", text)) == sorted(re.findall(r"Tegel (\d+)\.", text))


def test_a_pdf_without_tags_is_refused() -> None:
    with pytest.raises(ValueError, match="no tags"):
        finish(weasyprint.HTML(string="<p>x").write_pdf(), title="x")


def test_figures_stand_in_text_tables_and_charts(annex: Files, tmp_path: Path) -> None:
    text = pdf_text(annex[Format.PDF], tmp_path)
    assert "Op 2 november 2025 had de politie 3.484 zedenzaken in voorraad" in text
    assert "10.143 10.743 13.343 12.016 12.398 13.401" in text
    assert "Wet seksuele misdrijven" in text  # only the chart says it
    assert "Totaal 245.055 235.365 219.195 16.170 18.000 228.825" in text


def test_letter_fields_and_page_numbers(annex: Files, tmp_path: Path) -> None:
    first = pdf_text(annex[Format.PDF], tmp_path, 1, 1)
    for part in ("Bijlage 4", "Horend bij Brief aan", "Datum 3 december 2025", "Kenmerk 2025-0001234", "Directie"):
        assert part in first
    with pikepdf.open(BytesIO(annex[Format.PDF])) as pdf:
        count = len(pdf.pages)
    for number in range(1, count + 1):
        assert f"Pagina {number} van {count}" in pdf_text(annex[Format.PDF], tmp_path, number, number)


def test_a_footnote_stands_at_the_foot_of_the_page_that_marks_it(annex: Files, tmp_path: Path) -> None:
    """WeasyPrint moved every footnote a page on when the footnote area had no padding below."""
    first = pdf_text(annex[Format.PDF], tmp_path, 1, 1)
    assert "De werkvoorraad zijn de zaken" in first
    assert "Incidenten zijn alle registraties" in first
    assert pdf_text(annex[Format.PDF], tmp_path).count("De werkvoorraad zijn de zaken") == 1


def test_the_head_of_a_long_table_is_repeated_on_every_page(annex: Files, tmp_path: Path) -> None:
    text = pdf_text(annex[Format.PDF], tmp_path)
    assert text.count("Ontvangen Gepland Gerealiseerd Verschil Incidenteel Structureel") == 3


def test_tiles_are_printed_on_landscape_and_annexes_on_portrait(visual: Files, annex: Files) -> None:
    for files, landscape in ((visual, True), (annex, False)):
        with pikepdf.open(BytesIO(files[Format.PDF])) as pdf:
            sizes = {tuple(round(float(value)) for value in sheet.mediabox) for sheet in pdf.pages}
        assert sizes == {(0, 0, 842, 595) if landscape else (0, 0, 595, 842)}


def test_every_chart_has_its_alternative_text_in_the_file(visual: Files) -> None:
    with pikepdf.open(BytesIO(visual[Format.PDF])) as pdf:
        texts = [str(item["/Alt"]) for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item]
    assert sum("De lijn loopt eerst op" in text for text in texts) == 7


def test_the_file_names_no_moment_of_making(visual: Files) -> None:
    with pikepdf.open(BytesIO(visual[Format.PDF])) as pdf:
        dates = [str(value) for key, value in pdf.docinfo.items() if "Date" in key]
        assert all(value.startswith("D:20251203") for value in dates)
        assert not re.search(rb"pikepdf", pdf.Root.Metadata.read_bytes())


def test_a_document_that_points_outside_itself_is_refused() -> None:
    pictures = dict.fromkeys(charts_of(annex_document()), "https://example.org/x.svg")
    source = page_of(annex_document(), Medium.PDF, pictures)
    with pytest.raises(FatalURLFetchingError, match=r"example\.org"):
        weasyprint.HTML(string=source, url_fetcher=data_only()).write_pdf()


def test_rendering_again_gives_the_same_bytes(annex: Files) -> None:
    document = annex_document()
    assert render_pdf(document, draw(document)) == annex[Format.PDF]


def test_a_stream_that_ends_in_a_line_end_is_wrapped_and_reads_the_same() -> None:
    """The validator took such a last byte for the line end that follows a stream."""
    texts = [b"q " * number + b"Q" for number in range(400)]
    unlucky = [text for text in texts if zlib.compress(text, 9).endswith((b"\r", b"\n"))]
    assert unlucky
    with pikepdf.open(BytesIO(_raw_pdf())) as pdf:
        pdf.pages[0].obj["/Extra"] = Array([pdf.make_stream(text) for text in unlucky])
        raw = BytesIO()
        pdf.save(raw, compress_streams=False)
    done = finish(raw.getvalue(), title="T")
    assert not re.search(rb"[\r\n]\nendstream", done)
    with pikepdf.open(BytesIO(done)) as pdf:
        assert [stream.read_bytes() for stream in pdf.pages[0].obj["/Extra"]] == unlucky


def _raw_pdf() -> bytes:
    content: bytes = weasyprint.HTML(string="<html lang=nl><title>T</title><p>x").write_pdf(pdf_variant="pdf/a-2a")
    return content
