"""Merged and hidden cells are known, whatever program saved the file."""

import shutil
import subprocess
from io import BytesIO

import pytest
import xlsxwriter

from monitor.base.tabular.reading import read_file
from monitor.base.tabular.reading_cells import MergedCells


def laid_out() -> bytes:
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    page = book.add_worksheet("Opmaak")
    page.merge_range("B1:C1", "2024")
    page.merge_range("A2:A3", "eenheid")
    page.write_row("B3", [1, 2, 3, 4])
    page.write_row("A5", ["weg", 9, 9, 9])
    page.set_row(4, None, None, {"hidden": True})
    page.set_column("D:D", None, None, {"hidden": True})
    book.close()
    return target.getvalue()


def holds_the_layout(content: bytes, name: str) -> None:
    sheet = read_file(name, content).sheets[0]
    assert set(sheet.merged) == {MergedCells(1, 1, 1, 2), MergedCells(2, 0, 3, 0)}
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({5}, {3})
    assert sheet.cell(1, 1).text == "2024"
    assert sheet.cell(1, 2).is_empty


def test_merged_and_hidden_cells_are_known():
    holds_the_layout(laid_out(), "opmaak.xlsx")


@pytest.mark.documents
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("extension", ["xlsx", "xls", "ods"])
def test_what_libreoffice_saves_has_the_same_layout(tmp_path, extension):
    (tmp_path / "in.xlsx").write_bytes(laid_out())
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profiel", "--headless", "--convert-to", extension,
         "--outdir", str(tmp_path / "uit"), str(tmp_path / "in.xlsx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    holds_the_layout((tmp_path / "uit" / f"in.{extension}").read_bytes(), f"in.{extension}")
