"""What tests of making reports share."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.reports.stubs import CountingRenderer, stubbed_rendering


@pytest.fixture
def renderer() -> Iterator[CountingRenderer]:
    """No browser: files hold their format and the digest of the data."""
    with stubbed_rendering() as stub:
        yield stub


@pytest.fixture
def kept(settings: Any, tmp_path: Path) -> Path:
    """The folder of kept documents, of this test only."""
    settings.OUTPUT_DIR = tmp_path / "documenten"
    return settings.OUTPUT_DIR
