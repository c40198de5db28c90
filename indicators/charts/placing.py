"""Where the value labels of a line chart go: beside their point, off the lines, off each other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

Point = tuple[float, float]

_GAP = 5.0
_SAMPLE = 4.0
# Names as Plotly has them, with the place of the label's centre relative to the point: (x in widths, y in heights).
POSITIONS: dict[str, Point] = {
    "top center": (0, -1),
    "bottom center": (0, 1),
    "top right": (1, -1),
    "top left": (-1, -1),
    "bottom right": (1, 1),
    "bottom left": (-1, 1),
}


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def holds(self, point: Point) -> bool:
        return self.left <= point[0] <= self.right and self.top <= point[1] <= self.bottom


@dataclass(frozen=True)
class Wish:
    """A label that wants a place near ``point``; ``must`` labels take the least bad place rather than none."""

    key: tuple[int, int]
    point: Point
    width: float
    height: float
    must: bool


def box_at(wish: Wish, position: str) -> Box:
    across, down = POSITIONS[position]
    x = wish.point[0] + across * (wish.width / 2 + _GAP / 2)
    y = wish.point[1] + down * (wish.height / 2 + _GAP)
    return Box(x - wish.width / 2, y - wish.height / 2, x + wish.width / 2, y + wish.height / 2)


def sample_lines(lines: Iterable[Sequence[Point | None]]) -> list[Point]:
    """Points along the lines, a few pixels apart: what a label should not cover. None is a gap."""
    samples: list[Point] = []
    for line in lines:
        samples += [point for point in line if point is not None]
        for start, end in pairwise(line):
            if start is not None and end is not None:
                samples += _between(start, end)
    return samples


def _between(start: Point, end: Point) -> list[Point]:
    length = max(abs(end[0] - start[0]), abs(end[1] - start[1]))
    count = max(1, int(length / _SAMPLE))
    return [
        (start[0] + (end[0] - start[0]) * part / count, start[1] + (end[1] - start[1]) * part / count)
        for part in range(1, count)
    ]


def place_labels(wishes: Sequence[Wish], obstacles: Sequence[Point], area: Box) -> dict[tuple[int, int], str]:
    """A position per label that found one, first come first served. No two placed labels overlap."""
    taken: list[Box] = []
    places: dict[tuple[int, int], str] = {}
    for wish in wishes:
        options = []
        for rank, position in enumerate(POSITIONS):
            box = box_at(wish, position)
            if _within(box, area) and not any(box.overlaps(other) for other in taken):
                hits = sum(box.holds(point) for point in obstacles)
                options.append((hits, rank, position, box))
        if not options:
            continue
        hits, _, position, box = min(options, key=lambda option: option[:2])
        if hits == 0 or wish.must:
            places[wish.key] = position
            taken.append(box)
    return places


def _within(box: Box, area: Box) -> bool:
    return area.left <= box.left and box.right <= area.right and area.top <= box.top and box.bottom <= area.bottom
