"""What tests of the figures share."""

from pathlib import Path

import pytest

from tests.indicators.seed_folder import SeedFolder


@pytest.fixture
def seed_folder(tmp_path: Path) -> SeedFolder:
    return SeedFolder(tmp_path / "seeds")
