"""Dutch numbers, dates and sizes in templates."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from monitor.base.templatetags import dutch


def test_a_number_gets_dutch_separators():
    assert dutch.number(Decimal("12543.5"), 1) == "12.543,5"
    assert dutch.number(None) == ""


def test_a_moment_is_told_in_amsterdam():
    late = datetime(2025, 11, 2, 23, 30, tzinfo=UTC)
    assert dutch.moment(late) == "3 november 2025, 00.30 uur"
    assert dutch.day(late) == "3 november 2025"
    assert dutch.day(date(2025, 11, 2)) == "2 november 2025"
    assert dutch.moment(None) == dutch.day(None) == ""


@pytest.mark.parametrize(
    ("size", "text"), [(0, "1 kB"), (3500, "3 kB"), (250_000, "244 kB"), (2_500_000, "2,4 MB"), (None, "")]
)
def test_a_size_is_told_in_the_unit_that_fits(size, text):
    assert dutch.file_size(size) == text


def test_one_is_singular():
    assert dutch.counted(1, "cijfer,cijfers") == "1 cijfer"
    assert dutch.counted(1200, "cijfer,cijfers") == "1.200 cijfers"
