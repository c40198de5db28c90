"""Bars that lie down: for categories with long names."""

from dataclasses import replace
from decimal import Decimal

from indicators.charts.bars import legend, legend_height, marker, value_text
from indicators.charts.frame import Frame, Json, base_layout, norm_shapes, note, texts_height, unit_note, value_axis
from indicators.charts.scale import Scale, bar_scale
from indicators.charts.style import AXIS, INK
from indicators.charts.text import text_height, text_width, wrap
from indicators.core.charts import ChartSpec


def lying_figure(spec: ChartSpec, *, compact: bool) -> Json:
    """The Plotly figure of horizontal bars; the first label stands on top and the picture is as high as it needs."""
    values = [value for series in spec.series for value in series.values if value is not None]
    scale = bar_scale([*values, *(norm.value for norm in spec.norms)], room=Decimal(0))
    size = 12.0 if compact else 13.0
    names = [wrap(label, 130 if compact else 230, size) for label in spec.labels]
    frame = _frame(spec, names, size, compact=compact)
    layout = base_layout(spec, frame)
    layout["xaxis"] = {**value_axis(scale, spec, shown=False), "zeroline": False}
    layout["yaxis"] = category_axis(names, frame)
    layout["bargap"], layout["bargroupgap"] = 0.28, 0.06
    layout["shapes"] = norm_shapes(spec, "x")
    layout["annotations"] = _norm_notes(spec, frame)
    if len(spec.series) > 1:
        layout["showlegend"], layout["legend"] = True, legend(frame, above=_norms_height(spec, frame) + 4)
    if not compact:
        above = _norms_height(spec, frame) + legend_height(spec, frame) + 6
        layout["annotations"].append(unit_note(spec, frame, scale, top=above))
    return {"data": [_trace(spec, index, scale) for index in range(len(spec.series))], "layout": layout}


def _frame(spec: ChartSpec, names: list[str], size: float, *, compact: bool) -> Frame:
    written = [value_text(spec, value) for series in spec.series for value in series.values]
    beyond = max((text_width(text, size) for text in written), default=0.0) + 10
    left = max(text_width(name, size) for name in names) + 12
    negative = any(value is not None and value < 0 for series in spec.series for value in series.values)
    frame = Frame(
        width=320 if compact else 720, height=0, size=size, left=left + (beyond if negative else 0), right=beyond,
        top=0, bottom=6,
    )  # fmt: skip
    row = max(texts_height(names, size) + 8, len(spec.series) * (size + 6) * 1.25 + 6, 24 if compact else 30)
    top = (4 if compact else 26) + _norms_height(spec, frame) + legend_height(spec, frame)
    return replace(frame, top=top, height=round(top + frame.bottom + row * len(names)))


def _norms_height(spec: ChartSpec, frame: Frame) -> float:
    return max((text_height(norm.label, frame.size) for norm in spec.norms), default=0.0)


def _norm_notes(spec: ChartSpec, frame: Frame) -> list[Json]:
    return [
        note(
            norm.label, xref="x", yref="paper", x=float(norm.value), y=1, xanchor="center", yanchor="bottom",
            yshift=2, font={"color": INK, "size": frame.size},
        )
        for norm in spec.norms
    ]  # fmt: skip


def category_axis(names: list[str], frame: Frame) -> Json:
    return {
        "range": [len(names) - 0.5, -0.5], "fixedrange": True, "tickmode": "array",
        "tickvals": list(range(len(names))), "ticktext": names, "showgrid": False, "zeroline": False, "showline": True,
        "linecolor": AXIS, "ticks": "", "ticklabelstandoff": 6, "tickfont": {"color": INK, "size": frame.size},
    }  # fmt: skip


def _trace(spec: ChartSpec, index: int, scale: Scale) -> Json:
    series = spec.series[index]
    written = [value_text(spec, value) for value in series.values]
    return {
        "type": "bar", "orientation": "h", "uid": f"{spec.uid}-{index}", "name": series.name,
        "y": list(range(len(series.values))), "x": [None if v is None else float(v) for v in series.values],
        "text": written, "textposition": "outside", "textangle": 0, "constraintext": "none", "cliponaxis": False,
        "outsidetextfont": {"color": INK},
        "customdata": [[label, text] for label, text in zip(spec.labels, written, strict=True)],
        "hovertemplate": "%{customdata[0]}: <b>%{customdata[1]}</b><extra>" + series.name + "</extra>",
        "marker": marker(index),
    }  # fmt: skip
