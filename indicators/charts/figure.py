"""One description of a chart becomes one Plotly figure, the same in the browser and in documents."""

from typing import Any

from indicators.charts.bars import bar_figure
from indicators.charts.frame import note
from indicators.charts.lines import line_figure
from indicators.charts.lying import lying_figure
from indicators.charts.tilemap import tilemap_figure
from indicators.charts.waterfall import waterfall_figure
from indicators.core.charts import ChartKind, ChartSpec

_FORMS = {
    ChartKind.LINE: line_figure,
    ChartKind.HORIZONTAL_BAR: lying_figure,
    ChartKind.TILE_MAP: tilemap_figure,
    ChartKind.WATERFALL: waterfall_figure,
}


def plotly_figure(spec: ChartSpec, *, compact: bool = False) -> dict[str, Any]:
    """The figure as plain JSON: ``data`` and ``layout`` with width and height in pixels.

    ``compact`` is the small form for a tile: no value axis, the values at the points. Numbers are Dutch, gaps stay
    gaps, and series differ in dash, marker or pattern, so that the chart reads in black and white. The title and the
    description for a screen reader stand in ``layout.meta``. Raises ``ValueError`` for a chart without labels or with
    series of another length.
    """
    if not spec.labels or not spec.series:
        raise ValueError(f"Grafiek ‘{spec.title}’ heeft geen gegevens.")
    if any(len(series.values) != len(spec.labels) for series in spec.series):
        raise ValueError(f"Grafiek ‘{spec.title}’: elke reeks moet evenveel waarden hebben als er perioden zijn.")
    figure = _FORMS.get(spec.kind, bar_figure)(spec, compact=compact)
    if spec.mark:
        figure["layout"]["annotations"].append(_mark(spec.mark, figure["layout"]["width"]))
    return figure


def _mark(text: str, width: float) -> dict[str, Any]:
    """A word across the picture that goes along wherever the picture goes."""
    return note(
        f"<b>{text}</b>", xref="paper", yref="paper", x=0.5, y=0.5, xanchor="center", yanchor="middle",
        textangle=-18, opacity=0.28, font={"color": "#8a2f4b", "size": width / 9},
    )  # fmt: skip
