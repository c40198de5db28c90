"""Two people, one series in an open round, and the value they work on."""

import pytest

from tests.indicators.proposals.desk import Desk


@pytest.fixture
def desk(db: None) -> Desk:
    return Desk()
