"""Colours, line styles and patterns: told apart in colour, by colour-blind readers and in black and white."""

from dataclasses import dataclass

FONT = "Noto Sans, Fira Sans, Arial, sans-serif"
INK = "#1b2733"
MUTED = "#4d5b68"
GRID = "#e1e6eb"
AXIS = "#8894a0"
SHADE = "#eef1f4"


@dataclass(frozen=True)
class LineStyle:
    """Colour (at least 4.5:1 on white, it is used for text as well), dash and marker of one line."""

    colour: str
    dash: str
    symbol: str


@dataclass(frozen=True)
class BarStyle:
    """Fill, pattern and pattern colour of one set of bars; ``text`` is legible on the fill."""

    fill: str
    pattern: str
    pattern_colour: str
    text: str


LINES = (
    LineStyle("#1f4e79", "solid", "circle"),
    LineStyle("#a8480f", "dash", "square"),
    LineStyle("#2f6f62", "dot", "diamond"),
    LineStyle("#6b4a8c", "dashdot", "triangle-up"),
    LineStyle("#56616b", "longdash", "cross"),
    LineStyle("#8a2f4b", "longdashdot", "triangle-down"),
)
BARS = (
    BarStyle("#1f4e79", "", "#1f4e79", "#ffffff"),
    BarStyle("#bfd4e6", "/", "#8fb0cb", INK),
    BarStyle("#4f7593", "x", "#6488a6", "#ffffff"),
    BarStyle("#e8ebee", ".", "#98a5b1", INK),
    BarStyle("#2f6f62", "\\", "#47867a", "#ffffff"),
    BarStyle("#efdcc6", "-", "#d3b288", INK),
)


def line_style(index: int) -> LineStyle:
    return LINES[index % len(LINES)]


def bar_style(index: int) -> BarStyle:
    return BARS[index % len(BARS)]
