"""An office with an open round, for suppliers' own sheets; its files are kept apart."""

from pathlib import Path
from typing import Any

import pytest

from tests.indicators.deliveries.office import Office, folders


@pytest.fixture
def office(db: None, settings: Any, tmp_path: Path) -> Office:
    folders(settings, tmp_path)
    return Office()
