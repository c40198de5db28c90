"""A tile map: one square per area, roughly where the area lies, shaded by its value; the value stands in the square."""

from decimal import Decimal

from indicators.charts.bars import value_text
from indicators.charts.frame import Frame, Json, base_layout, note
from indicators.charts.style import FONT, INK, MUTED
from indicators.charts.text import wrap
from indicators.core.charts import ChartSpec
from monitor.base.core.numbers import format_number

_SHADES = (("#e8eef4", INK), ("#bfd4e6", INK), ("#8fb0cb", INK), ("#4a6f90", "#ffffff"), ("#1f4e79", "#ffffff"))
_BELOW = (("#f6e7d8", INK), ("#e3b98d", INK), ("#a8480f", "#ffffff"))
_ABOVE = (("#e8eef4", INK), ("#8fb0cb", INK), ("#1f4e79", "#ffffff"))
_GAP = 0.03


def tilemap_figure(spec: ChartSpec, *, compact: bool) -> Json:
    """The Plotly figure of a tile map. Raises ``ValueError`` when a label has no place."""
    if len(spec.places) != len(spec.labels):
        raise ValueError(f"Grafiek ‘{spec.title}’: elk gebied van een tegelkaart heeft een plaats nodig.")
    columns, rows = (1 + max(place[axis] for place in spec.places) for axis in (0, 1))
    tile_width, tile_height = (104, 74) if compact else (176, 92)
    size = 12.0 if compact else 13.0
    top = 6 if compact else 30
    frame = Frame(columns * tile_width + 8, rows * tile_height + top + 10, 4, 4, top, 10, size)
    layout = base_layout(spec, frame)
    hidden: Json = {"visible": False, "fixedrange": True}
    layout["xaxis"] = {**hidden, "range": [0, columns]}
    layout["yaxis"] = {**hidden, "range": [rows, 0]}
    values = [value for value in spec.series[0].values if value is not None]
    for index, (column, row) in enumerate(spec.places):
        fill, ink = _shade(spec.series[0].values[index], values)
        layout["shapes"].append(_square(column, row, fill))
        layout["annotations"].append(
            note(
                _text(spec, index, tile_width - 14, size), x=column + 0.5, y=row + 0.5, xanchor="center",
                yanchor="middle", align="center", font={"color": ink, "size": size, "family": FONT},
            )
        )  # fmt: skip
    if not compact:
        layout["annotations"].append(_unit_line(spec, size))
    return {"data": [_hover(spec)], "layout": layout}


def _unit_line(spec: ChartSpec, size: float) -> Json:
    """What the numbers are, above the map."""
    return note(
        spec.series[0].name, xref="paper", yref="paper", x=0, y=1, xanchor="left", yanchor="bottom", yshift=8,
        font={"color": MUTED, "size": size - 1},
    )  # fmt: skip


def _square(column: int, row: int, fill: str) -> Json:
    return {
        "type": "rect", "xref": "x", "yref": "y", "x0": column + _GAP, "x1": column + 1 - _GAP, "y0": row + _GAP,
        "y1": row + 1 - _GAP, "fillcolor": fill, "line": {"color": "#8894a0", "width": 0.8}, "layer": "below",
    }  # fmt: skip


def _shade(value: Decimal | None, values: list[Decimal]) -> tuple[str, str]:
    """Darker is more; where values lie on both sides of zero, the two sides differ in colour as well."""
    if value is None:
        return "#ffffff", INK
    if min(values) < 0 < max(values):
        scale = _BELOW if value < 0 else _ABOVE
        return _step(abs(value), max(abs(one) for one in values), scale)
    low, high = min(values), max(values)
    return _step(value - low, high - low, _SHADES)


def _step(part: Decimal, whole: Decimal, scale: tuple[tuple[str, str], ...]) -> tuple[str, str]:
    position = int(part / whole * len(scale)) if whole else 0
    return scale[min(position, len(scale) - 1)]


def _text(spec: ChartSpec, index: int, width: float, size: float) -> str:
    written = _written(spec, spec.series[0].values[index])
    return f"{wrap(spec.labels[index], width, size)}<br><b>{written}</b>"


def _written(spec: ChartSpec, value: Decimal | None) -> str:
    if value is None:
        return "–"
    if any(one is not None and one < 0 for one in spec.series[0].values):
        return format_number(value, spec.decimals, sign=True)
    return value_text(spec, value)


def _hover(spec: ChartSpec) -> Json:
    """Points that nobody sees, to tell the value of the square under the pointer."""
    written = [_written(spec, value) for value in spec.series[0].values]
    return {
        "type": "scatter", "mode": "markers", "uid": f"{spec.uid}-0", "name": spec.series[0].name,
        "x": [column + 0.5 for column, _ in spec.places], "y": [row + 0.5 for _, row in spec.places],
        "marker": {"size": 40, "opacity": 0},
        "customdata": [list(pair) for pair in zip(spec.labels, written, strict=True)],
        "hovertemplate": "%{customdata[0]}: <b>%{customdata[1]}</b><extra></extra>",
    }  # fmt: skip
