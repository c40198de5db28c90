"""The chart of what is looked at."""

from decimal import Decimal

from indicators.core.charts import ChartKind
from indicators.core.enumerations import BreakKind, Variant
from indicators.core.figures import Break
from indicators.core.periods import parse_period
from indicators.core.selection import select_series
from indicators.core.series_charts import chart_of
from tests.indicators.core.samples import category, data_set, figure, series

TOTAL = series()


def draw(*figures, breakdown="", uncertain=None, **changes):
    data = data_set(*figures, uncertain=uncertain, **changes)
    selection = select_series(data.series_of("proef"), breakdown=breakdown)
    return chart_of(data, data.indicators["proef"], selection)


def yearly(*pairs, of=TOTAL):
    return [figure(of, period, value) for period, value in pairs]


def test_a_course_of_years_is_a_line():
    chart = draw(*yearly(("2022", "1"), ("2023", "2"), ("2024", "3")))
    assert chart.kind is ChartKind.LINE
    assert chart.labels == ("2022", "2023", "2024")
    assert "gestegen van 1 in 2022 naar 3 in 2024" in chart.alt


def test_two_years_are_bars_and_one_is_no_chart():
    assert draw(*yearly(("2023", "2"), ("2024", "3"))).kind is ChartKind.BAR
    assert draw(*yearly(("2024", "3"))) is None


def test_an_indicator_that_wants_no_chart_gets_none():
    assert draw(*yearly(("2022", "1"), ("2023", "2"), ("2024", "3")), chart="geen") is None


def test_a_missing_year_is_a_gap():
    chart = draw(*yearly(("2019", "1"), ("2021", "2"), ("2022", "3")))
    assert chart.labels == ("2019", "2020", "2021", "2022")
    assert chart.series[0].values == (Decimal(1), None, Decimal(2), Decimal(3))


def test_a_survey_every_two_years_has_no_gaps_between():
    chart = draw(*yearly(("2019", "1"), ("2021", "2"), ("2023", "3")))
    assert chart.labels == ("2019", "2021", "2023")


def test_a_reading_makes_a_gap_that_says_so_and_gives_no_value():
    chart = draw(
        *yearly(("2021", "1"), ("2022", "2"), ("2023", "3")),
        uncertain={TOTAL.key: (parse_period("2020"), parse_period("2020-11-02"))},
    )
    assert chart.uncertain == ("2020",)
    assert chart.series[0].values[0] is None
    assert "Voor 2020 is er geen bevestigd cijfer" in chart.alt


def test_kinds_of_period_are_never_mixed():
    chart = draw(*yearly(("2022", "1"), ("2023", "2"), ("2024", "3")), figure(TOTAL, "../2024-11-02", "99"))
    assert Decimal(99) not in chart.series[0].values


def test_variants_are_lines_of_their_own():
    plan = series(variant=Variant.PLAN)
    chart = draw(
        *yearly(("2022", "1"), ("2023", "2"), ("2024", "3")),
        *yearly(("2022", "4"), ("2023", "5"), ("2024", "6"), of=plan),
    )
    assert [line.name for line in chart.series] == ["realisatie", "plan"]


def test_classes_at_one_moment_are_lying_bars_without_classes_within_classes():
    parent, child = series(category("boven", order=1)), series(category("onder", ancestors=("boven",)))
    other = series(category("ander", order=2))
    chart = draw(*(figure(one, "2024", "5") for one in (parent, child, other)), breakdown="soort")
    assert chart.kind is ChartKind.HORIZONTAL_BAR
    assert chart.labels == ("Boven", "Ander")


def test_one_class_makes_no_chart():
    assert draw(figure(series(category("enige")), "2024", "5"), breakdown="soort") is None


def test_a_break_marks_the_first_period_after_it():
    breaks = (Break(parse_period("2023"), BreakKind.LAW, "nieuwe wet"),)
    chart = draw(*yearly(("2022", "1"), ("2023", "2"), ("2024", "3")), breaks=breaks)
    assert [mark.position for mark in chart.breaks] == [1]
    assert (
        "Door een trendbreuk (wet, 2023) zijn de cijfers ervoor en erna niet zonder meer te vergelijken." in chart.alt
    )


def test_nihil_is_drawn_as_zero_since_it_is_known():
    chart = draw(*yearly(("2022", "1"), ("2023", None), ("2024", "3")))
    assert chart.series[0].values == (Decimal(1), Decimal(0), Decimal(3))
