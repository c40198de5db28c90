"""A tile map and a waterfall say what their values say, and a mark stands right across any picture."""

import json
from dataclasses import replace

import pytest

from indicators.charts import plotly_figure
from indicators.core.charts import ChartKind
from tests.indicators.charts.specs import VIOLENCE, series, spec

AREAS = ("Noord", "Zuid", "West")
MAP = replace(
    spec(series("fte", 10, 30, 20), kind=ChartKind.TILE_MAP, labels=AREAS, unit="fte", decimals=1),
    places=((1, 0), (1, 1), (0, 1)),
)
STEPS = spec(
    series("procentpunt", "1.2", "-0.5", "0.7"), kind=ChartKind.WATERFALL, labels=("a", "b", "Samen"), decimals=1
)


def texts(figure: dict) -> list[str]:
    return [note["text"] for note in figure["layout"]["annotations"]]


@pytest.mark.parametrize("chart", [MAP, STEPS])
@pytest.mark.parametrize("compact", [False, True])
def test_a_figure_is_plain_json_that_repeats(chart, compact):
    figure = plotly_figure(chart, compact=compact)
    assert json.loads(json.dumps(figure)) == figure == plotly_figure(chart, compact=compact)
    assert [trace["uid"] for trace in figure["data"]] == ["proef-0"]
    assert figure["layout"]["meta"]["description"] == "De lijn stijgt."


def test_every_tile_has_its_name_and_value_at_its_place():
    figure = plotly_figure(MAP)
    assert "Noord<br><b>10,0</b>" in texts(figure)
    assert [(shape["x0"] // 1, shape["y0"] // 1) for shape in figure["layout"]["shapes"]] == [(1, 0), (1, 1), (0, 1)]


def test_more_is_darker_and_the_text_on_it_light():
    least, most = plotly_figure(MAP)["layout"]["shapes"][0], plotly_figure(MAP)["layout"]["shapes"][1]
    assert least["fillcolor"] == "#e8eef4"
    assert most["fillcolor"] == "#1f4e79"
    dark = next(note for note in plotly_figure(MAP)["layout"]["annotations"] if note["text"].startswith("Zuid"))
    assert dark["font"]["color"] == "#ffffff"


def test_values_on_both_sides_of_zero_have_a_sign_and_two_colours():
    figure = plotly_figure(replace(MAP, series=(series("verschil", -3, 3, 0),)))
    assert "Noord<br><b>−3,0</b>" in texts(figure)
    assert "Zuid<br><b>+3,0</b>" in texts(figure)
    below, above, _ = (shape["fillcolor"] for shape in figure["layout"]["shapes"])
    assert below != above


def test_a_tile_without_value_stays_empty():
    figure = plotly_figure(replace(MAP, series=(series("fte", None, 3, 2),)))
    assert "Noord<br><b>–</b>" in texts(figure)
    assert figure["layout"]["shapes"][0]["fillcolor"] == "#ffffff"


def test_a_map_without_places_is_refused():
    with pytest.raises(ValueError, match="een plaats nodig"):
        plotly_figure(replace(MAP, places=()))


def test_each_bar_of_a_waterfall_begins_where_the_last_one_ended_and_the_sum_at_zero():
    (trace,) = plotly_figure(STEPS)["data"]
    assert trace["x"] == [1.2, -0.5, 0.7]
    assert trace["base"] == [0.0, 1.2, 0.0]
    assert trace["text"] == ["+1,2", "−0,5", "+0,7"]


@pytest.mark.parametrize("chart", [MAP, STEPS, spec(VIOLENCE), spec(VIOLENCE, kind=ChartKind.BAR)])
def test_a_mark_stands_across_the_picture_and_nowhere_unasked(chart):
    assert "<b>FICTIEF</b>" in texts(plotly_figure(replace(chart, mark="FICTIEF")))
    assert "<b>FICTIEF</b>" not in texts(plotly_figure(chart))
