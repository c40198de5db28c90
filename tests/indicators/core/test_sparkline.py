"""The small line beside a figure."""

from decimal import Decimal

from indicators.templatetags.sparklines import sparkline


def test_fewer_than_three_values_make_no_course():
    assert sparkline([Decimal(1), Decimal(2), None]) == ""


def test_a_rise_ends_higher_than_it_began():
    line = sparkline([Decimal(1), Decimal(2), Decimal(3)])
    points = line.split('points="')[1].split('"')[0].split()
    first, last = (float(point.split(",")[1]) for point in (points[0], points[-1]))
    assert last < first  # y counts from above


def test_a_gap_parts_the_line():
    assert sparkline([Decimal(1), Decimal(2), None, Decimal(3), Decimal(4)]).count("<polyline") == 2


def test_equal_values_are_a_flat_line_and_nothing_styles_itself():
    line = sparkline([Decimal(5)] * 3)
    assert line.count(",14.0") == 3
    assert "style" not in line
