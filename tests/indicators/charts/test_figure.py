"""The Plotly figure says what the description says, in Dutch, also in black and white."""

import json
from decimal import Decimal

import pytest

from indicators.charts import plotly_figure
from indicators.core.charts import BreakMark, ChartKind, NormLine
from tests.indicators.charts.specs import ABSENCE, VIOLENCE, YEARS, series, spec

NORM = NormLine("norm: ten hoogste 5,9%", Decimal("5.9"))


def texts(figure: dict) -> list[str]:
    return [note["text"].replace("<br>", " ") for note in figure["layout"]["annotations"]]


OF_ONE_SERIES = {ChartKind.TILE_MAP, ChartKind.WATERFALL}  # tried in a file of their own


@pytest.mark.parametrize("kind", [kind for kind in ChartKind if kind not in OF_ONE_SERIES])
@pytest.mark.parametrize("compact", [False, True])
def test_a_figure_is_plain_json_with_fixed_names(kind: ChartKind, compact: bool) -> None:
    chart = spec(VIOLENCE, series("andere", 1, 2, 3, 4, 5), kind=kind)
    figure = plotly_figure(chart, compact=compact)
    assert json.loads(json.dumps(figure)) == figure
    assert figure == plotly_figure(chart, compact=compact)
    assert [trace["uid"] for trace in figure["data"]] == ["proef-0", "proef-1"]
    assert figure["layout"]["separators"] == ",."
    assert figure["layout"]["font"]["family"].startswith("Noto Sans, Fira Sans")
    assert figure["layout"]["meta"]["description"] == "De lijn stijgt."


def test_values_stand_at_the_points_in_dutch() -> None:
    trace = plotly_figure(spec(VIOLENCE))["data"][0]
    assert trace["text"] == ["12.543", "12.940", "12.895", "12.265", "12.543"]
    assert plotly_figure(spec(ABSENCE, unit="procent", decimals=1))["data"][0]["text"][1] == "7,2%"


def test_a_gap_stays_a_gap() -> None:
    trace = plotly_figure(spec(series("x", None, 3, None, 0, 5)))["data"][0]
    assert trace["y"] == [None, 3.0, None, 0.0, 5.0]
    assert trace["connectgaps"] is False
    assert trace["text"][0] == trace["text"][2] == ""


def test_long_series_label_their_ends_and_extremes_only() -> None:
    labels = tuple(str(year) for year in range(2000, 2024))
    values = series("x", *[50 + (index * 7) % 11 for index in range(24)])
    shown = [text for text in plotly_figure(spec(values, labels=labels))["data"][0]["text"] if text]
    assert 2 <= len(shown) <= 4
    assert plotly_figure(spec(values, labels=labels))["data"][0]["text"][0] == "50"


def test_several_lines_are_named_at_their_ends_without_legend() -> None:
    figure = plotly_figure(spec(VIOLENCE, series("zaken", 1, 2, 3, 4, 5)))
    assert figure["layout"]["showlegend"] is False
    assert {"incidenten", "zaken"} <= set(texts(figure))


def test_one_line_needs_no_name_beside_it() -> None:
    assert "incidenten" not in texts(plotly_figure(spec(VIOLENCE)))


def test_lines_differ_in_dash_and_marker_and_bars_in_pattern() -> None:
    many = [series(str(number), 1, 2, 3, 4, 5) for number in range(4)]
    lines = plotly_figure(spec(*many))["data"]
    assert len({(line["line"]["dash"], line["marker"]["symbol"]) for line in lines}) == 4
    bars = plotly_figure(spec(*many, kind=ChartKind.BAR))["data"]
    assert len({bar["marker"].get("pattern", {}).get("shape") for bar in bars}) == 4


def test_a_norm_is_drawn_with_its_label_and_lies_on_the_axis() -> None:
    layout = plotly_figure(spec(ABSENCE, unit="procent", decimals=1, norms=(NORM,)))["layout"]
    assert [shape["y0"] for shape in layout["shapes"] if shape["type"] == "line"] == [5.9]
    low, high = layout["yaxis"]["range"]
    assert low < 5.9 < high
    assert "norm: ten hoogste 5,9%" in texts({"layout": layout})


def test_labels_beside_the_plot_fit_in_the_picture() -> None:
    layout = plotly_figure(
        spec(ABSENCE, norms=(NormLine("wettelijke norm: ten minste negentig procent", Decimal(7)),))
    )["layout"]
    assert layout["margin"]["r"] > 100


def test_a_break_interrupts_the_line_and_is_named() -> None:
    figure = plotly_figure(spec(VIOLENCE, breaks=(BreakMark(3, "nieuwe wet"),)))
    trace = figure["data"][0]
    assert trace["x"] == [0, 1, 2, 2.5, 3, 4]
    assert trace["y"][3] is None
    assert "nieuwe wet" in texts(figure)


def test_unsure_periods_are_marked_under_the_axis() -> None:
    axis = plotly_figure(spec(series("x", None, 2, 3, 4, 5), uncertain=("2020",)))["layout"]["xaxis"]
    assert axis["ticktext"][0] == "2020<br><i>onzeker</i>"
    assert axis["ticktext"][1] == "2021"


def test_a_line_axis_without_zero_says_so_and_bars_start_at_zero() -> None:
    assert any("begint niet bij nul" in text for text in texts(plotly_figure(spec(VIOLENCE, unit="incidenten"))))
    bars = plotly_figure(spec(VIOLENCE, kind=ChartKind.BAR))
    assert bars["layout"]["yaxis"]["range"][0] == 0
    assert not any("nul" in text for text in texts(bars))


def test_only_bars_of_several_series_have_a_legend() -> None:
    assert plotly_figure(spec(VIOLENCE, kind=ChartKind.BAR))["layout"]["showlegend"] is False
    assert plotly_figure(spec(VIOLENCE, ABSENCE, kind=ChartKind.BAR))["layout"]["showlegend"] is True


def test_a_stack_shows_its_total_only_when_every_part_is_known() -> None:
    figure = plotly_figure(
        spec(series("a", 1, 2, 3, 4, 5), series("b", 10, 20, None, 40, 50), kind=ChartKind.STACKED_BAR)
    )
    assert [text for text in texts(figure) if text.startswith("<b>")] == [
        "<b>11</b>", "<b>22</b>", "<b>44</b>", "<b>55</b>",
    ]  # fmt: skip


def test_a_norm_does_not_run_through_the_values_of_bars() -> None:
    near = plotly_figure(
        spec(
            series("fte", 46777, 46000, 45000, 47000, 47100),
            kind=ChartKind.BAR,
            norms=(NormLine("formatie", Decimal(48000)),),
        )
    )
    assert {trace["textposition"] for trace in near["data"]} == {"inside"}


def test_lying_bars_start_with_the_first_label_and_grow_with_their_number() -> None:
    five = plotly_figure(spec(VIOLENCE, kind=ChartKind.HORIZONTAL_BAR))["layout"]
    assert five["yaxis"]["range"] == [4.5, -0.5]
    two = spec(series("x", 1, 2), labels=("a", "b"), kind=ChartKind.HORIZONTAL_BAR)
    assert plotly_figure(two)["layout"]["height"] < five["height"]


def test_a_chart_that_does_not_add_up_is_refused() -> None:
    with pytest.raises(ValueError, match="evenveel waarden"):
        plotly_figure(spec(series("x", 1, 2)))
    with pytest.raises(ValueError, match="geen gegevens"):
        plotly_figure(spec(labels=YEARS))
