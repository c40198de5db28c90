"""The three reports, composed once from the published figures; no database is needed after that."""

from datetime import date
from pathlib import Path

import pytest

from indicators.core.figures import DataSet
from reports.core.composing import ReportContext, compose
from reports.core.document import Document, LetterFields
from reports.core.templates import read_template, template_codes
from tests.indicators.seed_folder import SeedFolder

# The annex on the strength allocation is about a run, not about figures: it is tried in a file of its own.
FIGURE_REPORTS = [code for code in template_codes() if not read_template(code).needs_run]
CONTEXT = ReportContext("Tweede halfjaarbericht politie 2025", LetterFields(), date(2025, 12, 10))


@pytest.fixture
def documents(seed_data: DataSet) -> dict[str, Document]:
    return {code: _composed(code, seed_data) for code in FIGURE_REPORTS}


@pytest.fixture(params=FIGURE_REPORTS)
def document(request: pytest.FixtureRequest, seed_data: DataSet) -> Document:
    return _composed(request.param, seed_data)


_made: dict[str, Document] = {}


def _composed(code: str, data: DataSet) -> Document:
    """Composed once: nothing in a document can change."""
    if code not in _made:
        _made[code] = compose(read_template(code), data, CONTEXT)
    return _made[code]


@pytest.fixture
def seed_folder(tmp_path: Path) -> SeedFolder:
    return SeedFolder(tmp_path / "seeds")
