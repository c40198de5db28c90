"""What a chart shows, as plain values: one description becomes a figure in the browser, an SVG, a PNG and a table."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class ChartKind(StrEnum):
    """The forms a chart can take."""

    LINE = "lijn"
    BAR = "staaf"
    STACKED_BAR = "gestapeld"
    HORIZONTAL_BAR = "liggend"
    TILE_MAP = "tegelkaart"
    WATERFALL = "waterval"


@dataclass(frozen=True)
class ChartSeries:
    """One line or one set of bars. ``values`` is as long as the chart's ``labels``; None is a gap, never a zero."""

    name: str
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True)
class NormLine:
    """A horizontal line with its label, such as “norm 5,9%”."""

    label: str
    value: Decimal


@dataclass(frozen=True)
class BreakMark:
    """A break in the series just before the period at ``position`` (index in ``labels``)."""

    position: int
    label: str


@dataclass(frozen=True)
class ChartSpec:
    """A chart: ``labels`` along the axis (period labels or categories), one unit for all values.

    ``uid`` is fixed and unique within a document: ids inside an SVG are made from it, so that a document repeats byte
    for byte. ``alt`` says the trend in words. ``uncertain`` are labels for which only readings exist (shown as a gap).
    ``places`` are the column and row of each label in a tile map. ``mark`` is printed right across the picture.
    """

    uid: str
    kind: ChartKind
    title: str
    labels: tuple[str, ...]
    series: tuple[ChartSeries, ...]
    unit: str
    decimals: int
    alt: str
    norms: tuple[NormLine, ...] = ()
    breaks: tuple[BreakMark, ...] = ()
    uncertain: tuple[str, ...] = field(default=())
    footer: str = ""
    places: tuple[tuple[int, int], ...] = ()
    mark: str = ""
