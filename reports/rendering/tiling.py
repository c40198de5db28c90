"""How tiles share a page: which stand in one row, so that little space stays empty and the order stays the same."""

from functools import cache

from reports.core.document import Tile

MOST_IN_A_ROW = 3
MOST_PLAIN_IN_A_ROW = 4  # tiles with only a figure need less width

# Millimetres on paper, near enough to compare rows.
_TEXT, _CHART, _TABLE, _TABLE_ROW, _LINE, _LETTERS_ON_A_LINE = 30, 34, 16, 5, 4, 62
_LAST_ROW_TOO_WIDE = 12


def tile_rows(tiles: tuple[Tile, ...]) -> list[tuple[Tile, ...]]:
    """The tiles in rows of two to four, split where the rows waste least: high tiles stand beside high ones."""
    heights = tuple(tile_height(tile) for tile in tiles)
    plain = tuple(tile.chart is None and tile.table is None for tile in tiles)

    @cache
    def best(start: int) -> tuple[float, tuple[int, ...]]:
        """The least waste from ``start`` on, and the sizes of the rows that give it."""
        if start == len(tiles):
            return 0.0, ()
        most = MOST_PLAIN_IN_A_ROW if all(plain[start : start + MOST_PLAIN_IN_A_ROW]) else MOST_IN_A_ROW
        options = []
        for size in range(1, min(most, len(tiles) - start) + 1):
            waste, sizes = best(start + size)
            options.append((_waste(heights[start : start + size]) + waste, len(sizes) + 1, (size, *sizes)))
        cost, _, sizes = min(options)
        return cost, sizes

    rows, start = [], 0
    for size in best(0)[1]:
        rows.append(tiles[start : start + size])
        start += size
    return rows


def tile_height(tile: Tile) -> int:
    letters = sum(len(span.text) for text in (tile.change, tile.norm, tile.note) for span in text) + len(tile.source)
    height = _TEXT + letters // _LETTERS_ON_A_LINE * _LINE + (_CHART if tile.chart else 0)
    return height + (_TABLE + _TABLE_ROW * len(tile.table.rows) if tile.table else 0)


def _waste(heights: tuple[int, ...]) -> float:
    """The height of the row counts for its full width: what a row costs in paper, empty corners included."""
    alone = _LAST_ROW_TOO_WIDE * max(0, 2 - len(heights))
    return max(heights) + alone
