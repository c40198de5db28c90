"""Line charts: values at the points, names at the ends of the lines, gaps stay gaps."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
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
    period_axis,
    period_texts,
    side_notes,
    texts_height,
    uncertain_shapes,
    unit_note,
    value_axis,
    widest_tick,
)
from indicators.charts.placing import Box, Point, Wish, place_labels, sample_lines
from indicators.charts.scale import Scale, line_scale
from indicators.charts.style import INK, line_style
from indicators.charts.text import text_width, wrap
from indicators.core.charts import ChartSeries, ChartSpec
from monitor.base.core.numbers import format_number

_MOST_LABELLED_POINTS = 12
_MOST_LABELLED_SERIES = 3


@dataclass(frozen=True)
class _Point:
    """A point as Plotly takes it: place, label beside it, and the texts that hovering shows."""

    x: float
    y: float | None
    text: str
    place: str
    hover: list[str]


def line_figure(spec: ChartSpec, *, compact: bool) -> Json:
    """The Plotly figure of a line chart."""
    scale = line_scale(_values(spec))
    labels = _side_labels(spec, 90 if compact else 150, 12 if compact else 13)
    frame = _frame(spec, scale, labels, compact=compact)
    texts = period_texts(spec, frame.plot_width / len(spec.labels), frame.size)
    layout = base_layout(spec, frame)
    layout["xaxis"] = period_axis(spec, frame, texts)
    layout["yaxis"] = value_axis(scale, spec, shown=not compact)
    layout["shapes"] = [*uncertain_shapes(spec), *norm_shapes(spec), *break_shapes(spec)]
    layout["annotations"] = [*side_notes(labels, frame, scale), *break_notes(spec, frame)]
    if not compact:
        layout["annotations"].append(unit_note(spec, frame, scale, top=breaks_height(spec, frame) + 12))
    places = _label_places(spec, frame, scale)
    return {"data": [_trace(spec, index, places, compact) for index in range(len(spec.series))], "layout": layout}


def _values(spec: ChartSpec) -> list[Decimal]:
    values = [value for series in spec.series for value in series.values if value is not None]
    return [*values, *(norm.value for norm in spec.norms)]


def _last(series: ChartSeries) -> Decimal | None:
    return next((value for value in reversed(series.values) if value is not None), None)


def _side_labels(spec: ChartSpec, width: float, size: float) -> list[SideLabel]:
    """Names of the lines when there are several, and the norms."""
    names = [
        SideLabel(float(last), wrap(series.name, width, size), line_style(index).colour)
        for index, series in enumerate(spec.series)
        if len(spec.series) > 1 and (last := _last(series)) is not None
    ]
    return names + [SideLabel(float(norm.value), wrap(norm.label, width, size), INK) for norm in spec.norms]


def _frame(spec: ChartSpec, scale: Scale, labels: Sequence[SideLabel], *, compact: bool) -> Frame:
    width, height, size = (320, 140, 12.0) if compact else (720, 290, 13.0)
    side = max((text_width(label.text, size) + 12 for label in labels), default=0.0)
    frame = Frame(
        width=width, height=height, size=size,
        left=4 if compact else widest_tick(scale, spec, size) + 14,
        right=max(side, 4 if compact else 16), top=18 if compact else 34, bottom=0,
    )  # fmt: skip
    texts = period_texts(spec, frame.plot_width / len(spec.labels), size)
    above, below = breaks_height(spec, frame), texts_height(texts, size) + 10
    usual = 30 if compact else 45
    return replace(frame, top=frame.top + above, bottom=below, height=height + ceil(above + max(0, below - usual)))


def _label_places(spec: ChartSpec, frame: Frame, scale: Scale) -> dict[tuple[int, int], str]:
    """The position of every value label that fits: first and last first, then the extremes, then the rest."""
    lines = [_pixels(series, spec, frame, scale) for series in spec.series]
    breaks = {mark.position for mark in spec.breaks}
    drawn = [_with_gaps(line, breaks) for line in lines]
    norms: list[list[Point | None]] = [
        [(0.0, frame.y(float(norm.value), scale)), (frame.plot_width, frame.y(float(norm.value), scale))]
        for norm in spec.norms
    ]
    wishes = [
        Wish((index, position), point, text_width(text, frame.size) + 4, frame.size * 1.15, rank == 0)
        for rank, index, position in _wanted(spec)
        if (point := lines[index][position]) and (text := _text(spec, index, position))
    ]
    area = Box(-frame.left, -frame.top / 2, frame.plot_width + 4, frame.plot_height)
    return place_labels(wishes, sample_lines([*drawn, *norms]), area)


def _wanted(spec: ChartSpec) -> list[tuple[int, int, int]]:
    """(rank, series, position): rank 0 ends, 1 extremes, 2 others; others only when the chart is small enough."""
    wanted = []
    for index, series in enumerate(spec.series):
        known = [position for position, value in enumerate(series.values) if value is not None]
        if not known:
            continue
        extremes = {min(known, key=lambda p: series.values[p] or 0), max(known, key=lambda p: series.values[p] or 0)}
        all_fit = len(spec.labels) <= _MOST_LABELLED_POINTS and len(spec.series) <= _MOST_LABELLED_SERIES
        for position in known:
            if position in (known[0], known[-1]):
                wanted.append((0, index, position))
            elif position in extremes:
                wanted.append((1, index, position))
            elif all_fit:
                wanted.append((2, index, position))
    return sorted(wanted)


def _text(spec: ChartSpec, index: int, position: int) -> str:
    value = spec.series[index].values[position]
    if value is None:
        return ""
    return format_number(value, spec.decimals) + ("%" if spec.unit == "procent" else "")


def _pixels(series: ChartSeries, spec: ChartSpec, frame: Frame, scale: Scale) -> list[Point | None]:
    return [
        None if value is None else (frame.x(position, len(spec.labels)), frame.y(float(value), scale))
        for position, value in enumerate(series.values)
    ]


def _with_gaps(line: Sequence[Point | None], breaks: set[int]) -> list[Point | None]:
    drawn: list[Point | None] = []
    for position, point in enumerate(line):
        drawn += [None, point] if position in breaks else [point]
    return drawn


def _trace(spec: ChartSpec, index: int, places: dict[tuple[int, int], str], compact: bool) -> Json:
    """One line. A break in the series interrupts it: a point without value stands between the two periods."""
    breaks = {mark.position for mark in spec.breaks}
    style, series = line_style(index), spec.series[index]
    points: list[_Point] = []
    for position, value in enumerate(series.values):
        if position in breaks:
            points.append(_Point(position - 0.5, None, "", "top center", ["", ""]))
        place, written = places.get((index, position)), _text(spec, index, position)
        points.append(
            _Point(
                position, None if value is None else float(value), written if place else "", place or "top center",
                [spec.labels[position], written],
            )
        )  # fmt: skip
    return {
        "type": "scatter", "uid": f"{spec.uid}-{index}", "name": series.name, "mode": "lines+markers+text",
        "x": [point.x for point in points], "y": [point.y for point in points],
        "text": [point.text for point in points], "textposition": [point.place for point in points],
        "customdata": [point.hover for point in points],
        "textfont": {"color": style.colour}, "connectgaps": False, "cliponaxis": False,
        "line": {"color": style.colour, "dash": style.dash, "width": 2 if compact else 2.4},
        "marker": {"color": style.colour, "symbol": style.symbol, "size": 6 if compact else 7},
        "hovertemplate": "%{customdata[0]}: <b>%{customdata[1]}</b><extra>" + series.name + "</extra>",
    }  # fmt: skip
