"""Word gets real headings, captions, footnotes and repeating heads, and figures that can be read back."""

import subprocess
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from monitor.base.core.errors import MonitorError
from reports.core.formats import Format
from reports.rendering import render
from reports.rendering.reference import ASSET, build_reference
from tests.reports.rendering.conftest import Files, pdf_text
from tests.reports.rendering.sample import annex_document

pytestmark = [pytest.mark.documents, pytest.mark.browser]


def opened(files: Files) -> WordDocument:
    return docx.Document(BytesIO(files[Format.DOCX]))


def texts(word: WordDocument, style: str) -> list[str]:
    return [p.text for p in word.paragraphs if p.style is not None and p.style.name == style]


def part(files: Files, name: str) -> str:
    with ZipFile(BytesIO(files[Format.DOCX])) as archive:
        return archive.read(name).decode()


def test_headings_fields_and_running_text(annex: Files) -> None:
    word = opened(annex)
    assert texts(word, "Title") == ["Werkvoorraad zedenzaken"]
    assert texts(word, "Heading 1") == ["Werkvoorraad zedenzaken", "Financieel overzicht", "Verantwoording"]
    assert texts(word, "Heading 2") == ["Instroom en doorstroom"]
    assert "Kenmerk\t2025-0001234" in [text.replace("\t ", "\t") for text in texts(word, "Veld")]
    assert any("had de politie 3.484 zedenzaken in voorraad" in p.text for p in word.paragraphs)


def test_figures_can_be_read_back_out_of_the_tables(annex: Files) -> None:
    rows = [[cell.text for cell in row.cells] for row in opened(annex).tables[0].rows]
    incidents = next(row for row in rows if row[0].startswith("Incidenten"))
    assert incidents[1:] == ["10.143", "10.743", "13.343", "12.016", "12.398", "13.401"]


def test_both_heading_rows_of_a_table_repeat_and_rows_stay_whole(annex: Files) -> None:
    long = opened(annex).tables[-1]
    heads = [row for row in long.rows if row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None]
    assert len(heads) == 2
    assert all(row._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in long.rows)


def test_footnotes_are_those_of_word_and_number_on_through_the_document(annex: Files) -> None:
    notes = part(annex, "word/footnotes.xml")
    assert "De werkvoorraad zijn de zaken" in notes
    assert "wordt nergens genoemd" not in notes
    document = part(annex, "word/document.xml")
    assert document.count("<w:footnoteReference ") == 3
    assert 'w:val="eachSect"' not in document


def test_every_picture_says_its_trend(visual: Files) -> None:
    names = [element.get("descr") for element in opened(visual).element.iter(qn("wp:docPr"))]
    assert len(names) == 7
    assert all("De lijn loopt eerst op" in name for name in names)


def test_tiles_stand_three_side_by_side_on_a_landscape_page(visual: Files) -> None:
    word = opened(visual)
    section = word.sections[-1]
    assert section.page_width is not None
    assert section.page_height is not None
    assert section.page_width > section.page_height
    tiles = next(table for table in word.tables if len(table.columns) == 3 and "12.543" in table.rows[0].cells[0].text)
    assert tiles.rows[0].cells[0].paragraphs[0].text == "Geweld tegen politieambtenaren"
    assert [len([cell for cell in row.cells if cell.text]) for row in tiles.rows] == [3, 3, 1]
    assert "tegels" not in part(visual, "word/document.xml")


def test_the_file_carries_the_date_of_the_document_and_no_other(annex: Files) -> None:
    core = opened(annex).core_properties
    assert core.title == "Werkvoorraad zedenzaken"
    assert (
        core.created == core.modified == datetime(2025, 12, 3, 12, tzinfo=core.created.tzinfo if core.created else None)
    )
    with ZipFile(BytesIO(annex[Format.DOCX])) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"


def test_a_ministry_may_bring_its_own_reference_document(settings: object, tmp_path: Path) -> None:
    own = docx.Document(str(ASSET))
    own.styles["Heading 1"].font.name = "Rijksfont"
    own.save(str(tmp_path / "eigen.docx"))
    settings.REPORT_REFERENCE_DOCX = str(tmp_path / "eigen.docx")  # type: ignore[attr-defined]
    word = opened(render(annex_document(), [Format.DOCX]))
    assert word.styles["Heading 1"].font.name == "Rijksfont"


def test_a_reference_document_that_is_not_there_is_named(settings: object) -> None:
    settings.REPORT_REFERENCE_DOCX = "/nergens/huisstijl.docx"  # type: ignore[attr-defined]
    with pytest.raises(MonitorError, match=r"‘/nergens/huisstijl\.docx’ bestaat niet"):
        render(annex_document(), [Format.DOCX])


def test_the_reference_document_in_git_is_the_one_the_code_builds() -> None:
    assert build_reference() == ASSET.read_bytes()


def test_libreoffice_opens_both_and_shows_the_figures(rendered: dict[str, Files], tmp_path: Path) -> None:
    expected = {"visual": ["12.543", "22.732 keer geweld gebruikt"], "annex": ["10.143", "3.484 zedenzaken"]}
    for name, files in rendered.items():
        (tmp_path / f"{name}.docx").write_bytes(files[Format.DOCX])
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "pdf",
         "--outdir", str(tmp_path), *(str(tmp_path / f"{name}.docx") for name in rendered)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    for name, parts in expected.items():
        text = pdf_text((tmp_path / f"{name}.pdf").read_bytes(), tmp_path)
        assert all(part in text for part in parts), name
