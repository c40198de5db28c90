"""A desk with work in an open round."""

import pytest

from tests.indicators.proposals.desk import Desk


@pytest.fixture
def desk(db) -> Desk:
    return Desk()
