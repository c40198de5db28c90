"""What all charts share: size and margins, the axes, the labels around the plot."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from indicators.charts.scale import Scale
from indicators.charts.style import AXIS, FONT, GRID, INK, MUTED, SHADE
from indicators.charts.text import spread, text_height, text_width, wrap
from indicators.core.charts import ChartSpec
from monitor.base.core.numbers import format_number

Json = dict[str, Any]
UNCERTAIN_MARK = "onzeker"
UNCERTAIN_SIGN = "?"  # where the word does not fit between two periods
_UNIT_NAMES = {"": "aantal", "procent": "in procenten"}


@dataclass(frozen=True)
class Frame:
    """The picture in pixels: its size and the room kept free around the plot."""

    width: int
    height: int
    left: float
    right: float
    top: float
    bottom: float
    size: float

    @property
    def plot_width(self) -> float:
        return self.width - self.left - self.right

    @property
    def plot_height(self) -> float:
        return self.height - self.top - self.bottom

    def x(self, position: float, count: int) -> float:
        """Pixels from the left of the plot for the label at ``position`` of ``count``."""
        return (position + 0.5) / count * self.plot_width

    def y(self, value: float, scale: Scale) -> float:
        """Pixels from the top of the plot."""
        low, high = float(scale.low), float(scale.high)
        return (high - value) / (high - low) * self.plot_height


@dataclass(frozen=True)
class SideLabel:
    """A text to the right of the plot at the height of a value: the name of a line, the label of a norm."""

    value: float
    text: str
    colour: str


def base_layout(spec: ChartSpec, frame: Frame) -> Json:
    return {
        "width": frame.width,
        "height": frame.height,
        "margin": {"l": frame.left, "r": frame.right, "t": frame.top, "b": frame.bottom, "pad": 0, "autoexpand": False},
        "font": {"family": FONT, "size": frame.size, "color": INK},
        "separators": ",.",
        "paper_bgcolor": "#ffffff",
        "plot_bgcolor": "#ffffff",
        "showlegend": False,
        "hovermode": "closest",
        "hoverlabel": {"font": {"family": FONT, "size": 13}},
        "dragmode": False,
        "meta": {"uid": spec.uid, "title": spec.title, "description": spec.alt},
        "annotations": [],
        "shapes": [],
    }


def value_axis(scale: Scale, spec: ChartSpec, *, shown: bool) -> Json:
    """The axis of values, ticks written the Dutch way; hidden in small charts, where the values stand at the points."""
    return {
        "range": [float(scale.low), float(scale.high)],
        "fixedrange": True,
        "tickmode": "array",
        "tickvals": [float(tick) for tick in scale.ticks],
        "ticktext": [tick_text(scale, index, spec) for index in range(len(scale.ticks))],
        "showticklabels": shown,
        "showgrid": shown,
        "gridcolor": GRID,
        "zeroline": scale.starts_at_zero,
        "zerolinecolor": AXIS,
        "zerolinewidth": 1,
        "tickfont": {"color": MUTED},
        "ticklabelstandoff": 4,
    }


def tick_text(scale: Scale, index: int, spec: ChartSpec) -> str:
    return format_number(scale.ticks[index], scale.decimals) + ("%" if spec.unit == "procent" else "")


def widest_tick(scale: Scale, spec: ChartSpec, size: float) -> float:
    return max((text_width(tick_text(scale, index, spec), size) for index in range(len(scale.ticks))), default=0.0)


def period_axis(spec: ChartSpec, frame: Frame, texts: Sequence[str]) -> Json:
    """The axis of periods or categories. Positions are numbers, so that marks can stand between two labels."""
    return {
        "range": [-0.5, len(spec.labels) - 0.5],
        "fixedrange": True,
        "tickmode": "array",
        "tickvals": [position for position, text in enumerate(texts) if text],
        "ticktext": [text for text in texts if text],
        "tickangle": 0,
        "showgrid": False,
        "zeroline": False,
        "showline": True,
        "linecolor": AXIS,
        "linewidth": 1,
        "ticks": "",
        "ticklabelstandoff": 4,
        "tickfont": {"color": INK, "size": frame.size},
    }


def period_texts(spec: ChartSpec, step: float, size: float) -> list[str]:
    """The labels as they fit: wrapped, else every second, third … counted back from the last one."""
    wrapped = [wrap(label, step - 6, size) for label in spec.labels]
    widest = max((text_width(text, size) for text in wrapped), default=0.0)
    every = 1
    # More than two lines under a point is worse than a label under every second point.
    while (every * step < widest + 6 or _most_lines(spec, every * step, size) > 2) and every < len(wrapped):
        every += 1
    if every > 1:
        wrapped = [wrap(label, every * step - 6, size) for label in spec.labels]
    last = len(wrapped) - 1
    mark = UNCERTAIN_MARK if text_width(UNCERTAIN_MARK, size) + 4 <= step else UNCERTAIN_SIGN
    return [_marked(spec, i, text, mark) if (last - i) % every == 0 else "" for i, text in enumerate(wrapped)]


def _most_lines(spec: ChartSpec, room: float, size: float) -> int:
    return max(wrap(label, room - 6, size).count("<br>") + 1 for label in spec.labels)


def _marked(spec: ChartSpec, position: int, text: str, mark: str) -> str:
    return f"{text}<br><i>{mark}</i>" if spec.labels[position] in spec.uncertain else text


def texts_height(texts: Sequence[str], size: float) -> float:
    return max((text_height(text, size) for text in texts), default=0.0)


def note(text: str, **place: Any) -> Json:
    """A text in the picture, without arrow."""
    return {"text": text, "showarrow": False, "borderpad": 0, **place}


def unit_note(spec: ChartSpec, frame: Frame, scale: Scale, *, top: float) -> Json:
    """The unit above the value axis; an axis that leaves out zero says so."""
    text = _UNIT_NAMES.get(spec.unit, spec.unit)
    if not scale.starts_at_zero:
        text += " (de as begint niet bij nul)"
    return note(
        text, xref="paper", yref="paper", x=0, y=1, xanchor="left", yanchor="bottom",
        xshift=-frame.left + 4, yshift=top, font={"color": MUTED, "size": frame.size - 1},
    )  # fmt: skip


def uncertain_shapes(spec: ChartSpec) -> list[Json]:
    """A pale band behind every period of which only readings exist: the gap is meant."""
    return [
        {
            "type": "rect", "xref": "x", "yref": "paper", "x0": position - 0.5, "x1": position + 0.5, "y0": 0, "y1": 1,
            "fillcolor": SHADE, "line": {"width": 0}, "layer": "below",
        }
        for position, label in enumerate(spec.labels)
        if label in spec.uncertain
    ]  # fmt: skip


def norm_shapes(spec: ChartSpec, axis: str = "y") -> list[Json]:
    other = "x" if axis == "y" else "y"
    return [
        {
            "type": "line", f"{other}ref": "paper", f"{axis}ref": axis, f"{other}0": 0, f"{other}1": 1,
            f"{axis}0": float(norm.value), f"{axis}1": float(norm.value),
            "line": {"color": INK, "width": 1.4, "dash": "6px,4px"},
        }
        for norm in spec.norms
    ]  # fmt: skip


def side_notes(labels: Sequence[SideLabel], frame: Frame, scale: Scale) -> list[Json]:
    """The texts right of the plot, moved apart where they would overlap."""
    heights = [text_height(label.text, frame.size) for label in labels]
    centres = [frame.y(label.value, scale) for label in labels]
    places = spread(centres, heights, -frame.size, frame.plot_height + frame.size)
    return [
        note(
            label.text, xref="paper", yref="y", x=1, y=label.value, xanchor="left", yanchor="middle", xshift=8,
            yshift=centre - place, align="left", font={"color": label.colour, "size": frame.size},
        )
        for label, centre, place in zip(labels, centres, places, strict=True)
    ]  # fmt: skip


def break_shapes(spec: ChartSpec) -> list[Json]:
    return [
        {
            "type": "line", "xref": "x", "yref": "paper", "x0": mark.position - 0.5, "x1": mark.position - 0.5,
            "y0": 0, "y1": 1, "line": {"color": MUTED, "width": 1, "dash": "2px,3px"},
        }
        for mark in spec.breaks
    ]  # fmt: skip


def break_texts(spec: ChartSpec, size: float) -> list[str]:
    return [wrap(mark.label, 150, size - 1) for mark in spec.breaks]


def break_levels(spec: ChartSpec, frame: Frame) -> list[int]:
    """The row above the plot for the label of each break; neighbours that would touch get rows of their own."""
    ends: list[float] = []
    levels = []
    for mark, text in zip(spec.breaks, break_texts(spec, frame.size), strict=True):
        centre, half = frame.x(mark.position - 0.5, len(spec.labels)), text_width(text, frame.size - 1) / 2
        level = next((row for row, end in enumerate(ends) if centre - half > end), len(ends))
        ends[level : level + 1] = [centre + half + 8]
        levels.append(level)
    return levels


def break_notes(spec: ChartSpec, frame: Frame) -> list[Json]:
    texts = break_texts(spec, frame.size)
    row = texts_height(texts, frame.size - 1) + 2
    notes = []
    for mark, text, level in zip(spec.breaks, texts, break_levels(spec, frame), strict=True):
        centre, half = frame.x(mark.position - 0.5, len(spec.labels)), text_width(text, frame.size - 1) / 2
        push = max(0.0, half - centre - frame.left) - max(0.0, centre + half - frame.plot_width - frame.right)
        notes.append(
            note(
                text,
                xref="x",
                yref="paper",
                x=mark.position - 0.5,
                y=1,
                xanchor="center",
                yanchor="bottom",
                xshift=push,
                yshift=3 + level * row,
                font={"color": MUTED, "size": frame.size - 1},
            )
        )
    return notes


def breaks_height(spec: ChartSpec, frame: Frame) -> float:
    """Room above the plot for the labels of the breaks."""
    if not spec.breaks:
        return 0.0
    row = texts_height(break_texts(spec, frame.size), frame.size - 1) + 2
    return (max(break_levels(spec, frame)) + 1) * row + 4
