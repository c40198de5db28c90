"""The sample documents, rendered once for all tests that read them."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from reports.core.document import Document
from reports.core.formats import Format
from reports.rendering import render
from tests.reports.rendering.sample import annex_document, visual_document

Files = dict[Format, bytes]
DOCUMENTS: dict[str, Callable[[], Document]] = {"visual": visual_document, "annex": annex_document}


@pytest.fixture(scope="session")
def rendered() -> dict[str, Files]:
    return {name: render(make(), list(Format)) for name, make in DOCUMENTS.items()}


@pytest.fixture(scope="session")
def visual(rendered: dict[str, Files]) -> Files:
    return rendered["visual"]


@pytest.fixture(scope="session")
def annex(rendered: dict[str, Files]) -> Files:
    return rendered["annex"]


def pdf_text(content: bytes, folder: Path, first: int = 1, last: int = 99) -> str:
    """What stands on the pages, with white space brought back to single spaces."""
    path = folder / "document.pdf"
    path.write_bytes(content)
    done = subprocess.run(
        ["pdftotext", "-layout", "-f", str(first), "-l", str(last), str(path), "-"], capture_output=True, check=True
    )
    return re.sub(r"\s+", " ", done.stdout.decode())
