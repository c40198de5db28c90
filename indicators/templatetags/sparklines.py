"""A course of values as a small line, for the eye only: the figures themselves stand beside it."""

from collections.abc import Sequence
from decimal import Decimal

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

WIDTH, HEIGHT, EDGE = 96, 28, 4
MINIMUM_POINTS = 3


@register.simple_tag
def sparkline(values: Sequence[Decimal | None]) -> SafeString | str:
    """The line, with a dot at its end; nothing for fewer than three values, which make no course."""
    known = [value for value in values if value is not None]
    if len(known) < MINIMUM_POINTS:
        return ""
    lowest, highest = min(known), max(known)
    points = [_point(index, value, len(values), lowest, highest) for index, value in enumerate(values)]
    pieces = [piece for piece in _pieces(points) if len(piece) > 1]
    lines = format_html_join(
        "", '<polyline points="{}"/>', ((" ".join(f"{x},{y}" for x, y in piece),) for piece in pieces)
    )
    last = next(point for point in reversed(points) if point is not None)
    return format_html(
        '<svg class="sparkline" viewBox="0 0 {} {}" width="{}" height="{}" aria-hidden="true" focusable="false">{}'
        '<circle cx="{}" cy="{}" r="3"/></svg>',
        WIDTH, HEIGHT, WIDTH, HEIGHT, lines, *last,
    )  # fmt: skip


def _point(
    index: int, value: Decimal | None, count: int, lowest: Decimal, highest: Decimal
) -> tuple[float, float] | None:
    if value is None:
        return None
    x = EDGE + (WIDTH - 2 * EDGE) * index / (count - 1)
    share = float((value - lowest) / (highest - lowest)) if highest > lowest else 0.5
    return round(x, 1), round(HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * share, 1)


def _pieces(points: Sequence[tuple[float, float] | None]) -> list[list[tuple[float, float]]]:
    """The stretches without a gap."""
    pieces: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if point is None:
            pieces.append([])
        else:
            pieces[-1].append(point)
    return pieces
