"""One description of a chart becomes one Plotly figure, the same in the browser and in documents."""

from typing import Any

from indicators.charts.bars import bar_figure
from indicators.charts.lines import line_figure
from indicators.charts.lying import lying_figure
from indicators.core.charts import ChartKind, ChartSpec


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
    if spec.kind is ChartKind.LINE:
        return line_figure(spec, compact=compact)
    if spec.kind is ChartKind.HORIZONTAL_BAR:
        return lying_figure(spec, compact=compact)
    return bar_figure(spec, compact=compact)
