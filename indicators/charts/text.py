"""How wide a text is in Noto Sans, and how it wraps: enough to keep labels apart without a browser."""

from collections.abc import Sequence

_NARROW = frozenset("iljtfr.,:;|'‘’()[]!I -")
_WIDE = frozenset("mwMWGOQ%—@€")
LINE_HEIGHT = 1.3


def text_width(text: str, size: float) -> float:
    """The width in pixels, a little on the generous side. Line breaks are counted by their widest line."""
    return max((_line_width(line, size) for line in text.split("<br>")), default=0.0)


def _line_width(line: str, size: float) -> float:
    return sum(0.34 if c in _NARROW else 0.88 if c in _WIDE else 0.66 if c.isupper() else 0.58 for c in line) * size


def text_height(text: str, size: float) -> float:
    return (text.count("<br>") + 1) * size * LINE_HEIGHT


def wrap(text: str, width: float, size: float) -> str:
    """The text with ``<br>`` between lines of at most ``width`` pixels; a word that is too long stays whole."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and text_width(f"{lines[-1]} {word}", size) <= width:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return "<br>".join(lines)


def spread(centres: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """Move labels beside a line apart so that none overlap, each as near its place as the others allow.

    ``centres`` and ``heights`` in pixels; the labels keep their order and stay between ``low`` and ``high`` when there
    is room for all of them.
    """
    order = sorted(range(len(centres)), key=lambda index: (centres[index], index))
    placed: dict[int, float] = {}
    edge = low
    for index in order:
        placed[index] = max(centres[index], edge + heights[index] / 2)
        edge = placed[index] + heights[index] / 2
    edge = high
    for index in reversed(order):
        placed[index] = min(placed[index], edge - heights[index] / 2)
        edge = placed[index] - heights[index] / 2
    return [placed[index] for index in range(len(centres))]
