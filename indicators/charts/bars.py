"""Bar charts: upright, stacked and lying down; the axis starts at zero and the values stand at the bars."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from math import ceil

from indicators.charts.frame import (
    Frame,
    Json,
    SideLabel,
    base_layout,
    break_notes,
    break_shapes,
    breaks_height,
    norm_shapes,
    note,
    period_axis,
    period_texts,
    side_notes,
    texts_height,
    uncertain_shapes,
    unit_note,
    value_axis,
    widest_tick,
)
from indicators.charts.scale import Scale, bar_scale
from indicators.charts.style import AXIS, INK, bar_style
from indicators.charts.text import text_width, wrap
from indicators.core.charts import ChartKind, ChartSpec
from monitor.base.core.numbers import format_number

_BAR_SHARE = 0.72  # of the room per label; the rest separates the groups
_LEGEND_ROW = 22.0


def bar_figure(spec: ChartSpec, *, compact: bool) -> Json:
    """The Plotly figure of upright bars, side by side or stacked."""
    stacked = spec.kind is ChartKind.STACKED_BAR
    scale = bar_scale(_column_values(spec, stacked=stacked), Decimal("0.3") if compact else Decimal("0.15"))
    size = 12.0 if compact else 13.0
    labels = [SideLabel(float(norm.value), wrap(norm.label, 85 if compact else 130, size), INK) for norm in spec.norms]
    frame = _frame(spec, scale, labels, compact=compact)
    layout = _bar_layout(spec, frame, scale, compact=compact)
    layout["annotations"] += side_notes(labels, frame, scale)
    layout["barmode"] = "stack" if stacked else "group"
    if stacked:
        layout["annotations"] += _totals(spec, frame)
    within = stacked or _norm_in_the_way(spec, frame, scale)
    inside = [_inside(spec, index, frame, scale) if within else None for index in range(len(spec.series))]
    angle, text_size = _outside_text(spec, frame)
    return {"data": [_trace(spec, i, inside[i], angle, text_size) for i in range(len(spec.series))], "layout": layout}


def _column_values(spec: ChartSpec, *, stacked: bool) -> list[Decimal]:
    norms = [norm.value for norm in spec.norms]
    if not stacked:
        return [*norms, *(value for series in spec.series for value in series.values if value is not None)]
    columns = list(zip(*(series.values for series in spec.series), strict=True))
    above = [sum((value for value in column if value and value > 0), Decimal(0)) for column in columns]
    below = [sum((value for value in column if value and value < 0), Decimal(0)) for column in columns]
    return [*norms, *above, *below]


def _frame(spec: ChartSpec, scale: Scale, labels: Sequence[SideLabel], *, compact: bool) -> Frame:
    width, height, size = (320, 150, 12.0) if compact else (720, 310, 13.0)
    side = max((text_width(label.text, size) + 12 for label in labels), default=0.0)
    frame = Frame(
        width=width, height=height, size=size,
        left=4 if compact else widest_tick(scale, spec, size) + 14,
        right=max(side, 4 if compact else 16), top=6 if compact else 30, bottom=0,
    )  # fmt: skip
    texts = period_texts(spec, frame.plot_width / len(spec.labels), size)
    top = frame.top + breaks_height(spec, frame) + legend_height(spec, frame)
    bottom = texts_height(texts, size) + 10
    extra = max(0, ceil(top + bottom + (70 if compact else 180) - height))
    return replace(frame, top=top, bottom=bottom, height=height + extra)


def legend_height(spec: ChartSpec, frame: Frame) -> float:
    """Room for the legend, which only several series have; Plotly sets entries in columns as wide as the widest."""
    if len(spec.series) < 2:
        return 0.0
    entry = max(text_width(series.name, frame.size) for series in spec.series) + 52
    columns = max(1, int((frame.plot_width + frame.right) / entry))
    return ceil(len(spec.series) / columns) * _LEGEND_ROW + 4


def legend(frame: Frame, *, above: float) -> Json:
    return {
        "orientation": "h", "x": 0, "xanchor": "left", "yanchor": "bottom", "y": 1 + above / frame.plot_height,
        "font": {"size": frame.size}, "traceorder": "normal", "itemclick": False, "itemdoubleclick": False,
        "itemsizing": "constant",
    }  # fmt: skip


def _bar_layout(spec: ChartSpec, frame: Frame, scale: Scale, *, compact: bool) -> Json:
    layout = base_layout(spec, frame)
    texts = period_texts(spec, frame.plot_width / len(spec.labels), frame.size)
    layout["xaxis"] = period_axis(spec, frame, texts)
    layout["yaxis"] = value_axis(scale, spec, shown=not compact)
    layout["bargap"], layout["bargroupgap"] = 1 - _BAR_SHARE, 0.06
    layout["shapes"] = [*uncertain_shapes(spec), *norm_shapes(spec), *break_shapes(spec)]
    layout["annotations"] = break_notes(spec, frame)
    above = breaks_height(spec, frame)
    if len(spec.series) > 1:
        layout["showlegend"], layout["legend"] = True, legend(frame, above=above + 4)
    if not compact:
        layout["annotations"].append(unit_note(spec, frame, scale, top=above + legend_height(spec, frame) + 8))
    return layout


def value_text(spec: ChartSpec, value: Decimal | None) -> str:
    if value is None:
        return ""
    return format_number(value, spec.decimals) + ("%" if spec.unit == "procent" else "")


def _outside_text(spec: ChartSpec, frame: Frame) -> tuple[int, float]:
    """Angle and size of the values above the bars: lying where they fit, smaller, else upright."""
    bar = frame.plot_width / len(spec.labels) * _BAR_SHARE / len(spec.series)
    written = [value_text(spec, value) for series in spec.series for value in series.values]
    room = bar if len(spec.series) > 1 else bar / _BAR_SHARE
    for size in (frame.size, frame.size - 1.5):
        if max((text_width(text, size) for text in written), default=0.0) <= room + 2:
            return 0, size
    return -90, min(frame.size - 1, bar)


def _norm_in_the_way(spec: ChartSpec, frame: Frame, scale: Scale) -> bool:
    """Would a norm line run through a value that stands above its bar?"""
    reach = float(scale.high - scale.low) / frame.plot_height * frame.size * 1.6
    values = [float(value) for series in spec.series for value in series.values if value is not None]
    return any(value <= float(norm.value) <= value + reach for norm in spec.norms for value in values if value >= 0)


def _inside(spec: ChartSpec, index: int, frame: Frame, scale: Scale) -> list[str]:
    """Values within the bars, or parts of a stack, that are tall and wide enough to hold them."""
    beside = 1 if spec.kind is ChartKind.STACKED_BAR else len(spec.series)
    width = frame.plot_width / len(spec.labels) * _BAR_SHARE / beside
    texts = []
    for value in spec.series[index].values:
        text = value_text(spec, value)
        tall = abs(float(value or 0)) / float(scale.high - scale.low) * frame.plot_height
        texts.append(text if tall >= frame.size * 1.3 and text_width(text, frame.size) <= width else "")
    return texts


def _totals(spec: ChartSpec, frame: Frame) -> list[Json]:
    """The total above each stack of which every part is known and positive."""
    notes = []
    for position, column in enumerate(zip(*(series.values for series in spec.series), strict=True)):
        parts = [value for value in column if value is not None]
        if len(parts) == len(column) > 1 and min(parts) >= 0:
            total = sum(parts, Decimal(0))
            notes.append(
                note(
                    f"<b>{value_text(spec, total)}</b>", x=position, y=float(total), xanchor="center", yanchor="bottom",
                    yshift=2, font={"size": frame.size},
                )
            )  # fmt: skip
    return notes


def _trace(spec: ChartSpec, index: int, inside: list[str] | None, angle: int, size: float) -> Json:
    series = spec.series[index]
    written = [value_text(spec, value) for value in series.values]
    texts = written if inside is None else inside
    return {
        "type": "bar", "uid": f"{spec.uid}-{index}", "name": series.name,
        "x": list(range(len(series.values))), "y": [None if v is None else float(v) for v in series.values],
        "text": texts, "textposition": "outside" if inside is None else "inside",
        "insidetextanchor": "middle" if spec.kind is ChartKind.STACKED_BAR else "end",
        "textangle": angle if inside is None else 0, "constraintext": "none", "cliponaxis": False,
        "outsidetextfont": {"size": size, "color": INK}, "insidetextfont": {"color": bar_style(index).text},
        "customdata": [[label, text] for label, text in zip(spec.labels, written, strict=True)],
        "hovertemplate": "%{customdata[0]}: <b>%{customdata[1]}</b><extra>" + series.name + "</extra>",
        "marker": marker(index),
    }  # fmt: skip


def marker(index: int) -> Json:
    style = bar_style(index)
    filled: Json = {"color": style.fill, "line": {"color": AXIS if index % 2 else style.fill, "width": 0.8}}
    if style.pattern:
        filled["pattern"] = {
            "shape": style.pattern, "fgcolor": style.pattern_colour, "bgcolor": style.fill, "size": 7, "solidity": 0.25,
        }  # fmt: skip
    return filled
