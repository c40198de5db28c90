"""Footnotes, figures and tables are numbered in the order of reading."""

from dataclasses import replace

import pytest

from reports.core.document import Cell, Paragraph, Row, RowKind, Section, Span, TileGroup
from reports.rendering.outline import all_tables, charts_of, outline_of, upright
from reports.rendering.tiling import tile_rows
from tests.reports.rendering.blocks import YEARS, chart, work_table
from tests.reports.rendering.sample import annex_document, blocks_of, visual_document


def test_footnotes_are_numbered_at_their_first_mark_and_unmarked_ones_are_left_out() -> None:
    assert outline_of(annex_document()).footnotes == {"voorraad": 1, "incidenten": 2, "kasschuif": 3}
    assert [note.key for note in outline_of(visual_document()).notes] == ["vuurwapen", "verzuim", "kasschuif"]


def test_a_mark_without_footnote_is_refused_by_name() -> None:
    section = Section("s", 1, "S", (Paragraph((Span("tekst", "", "weg"),)),))
    with pytest.raises(ValueError, match="‘weg’"):
        outline_of(replace(annex_document(), sections=(section,)))


def test_two_tables_of_one_name_are_refused() -> None:
    twice = Section("s", 1, "S", (work_table(), work_table()))
    with pytest.raises(ValueError, match="‘werkvoorraad’"):
        outline_of(replace(annex_document(), sections=(twice,)))


def test_two_charts_of_one_name_are_refused() -> None:
    same = chart("x", "X", YEARS, {"a": (1, 2, 3, 4, 5)})
    other = replace(same, table=replace(same.table, uid="y"))
    with pytest.raises(ValueError, match="‘x’"):
        charts_of(replace(annex_document(), sections=(Section("s", 1, "S", (same, other)),)))


def test_every_chart_has_its_table_and_small_charts_have_theirs_at_the_end() -> None:
    document = visual_document()
    outline = outline_of(document)
    small = [uid for uid, (_, compact) in charts_of(document).items() if compact]
    assert len(small) == len(outline.tile_tables) == 4
    assert set(outline.tables) == {table.uid for table in all_tables(document)}
    assert list(outline.tables.values()) == list(range(1, len(outline.tables) + 1))
    assert max(outline.tables.values()) == outline.tables[outline.tile_tables[-1].uid]


def test_a_wide_table_of_few_rows_is_turned_and_keeps_every_cell() -> None:
    wide = replace(work_table(), columns=tuple(replace(c, group="") for c in work_table().columns))
    rows = tuple(Row(Cell(name), tuple(Cell(f"{name}{n}", "voorraad") for n in range(6))) for name in "ab")
    turned = upright(replace(wide, rows=rows))
    assert [column.title for column in turned.columns] == ["", "a", "b"]
    assert [row.header.text for row in turned.rows] == [str(year) for year in range(2020, 2026)]
    assert [cell.text for cell in turned.rows[5].cells] == ["a5", "b5"]
    assert turned.rows[0].cells[0].footnote == "voorraad"


def test_a_table_with_totals_groups_or_marked_row_heads_is_not_turned() -> None:
    table = work_table()
    assert upright(table) is table
    plain = replace(table, columns=tuple(replace(column, group="") for column in table.columns))
    total = Row(Cell("Totaal"), table.rows[1].cells, RowKind.TOTAL)
    marked = Row(Cell("Rij", "voorraad"), table.rows[1].cells)
    for row in (total, marked):
        assert upright(replace(plain, rows=(row,))) == replace(plain, rows=(row,))


def test_tiles_keep_their_order_and_no_tile_stands_alone() -> None:
    tiles = next(block.tiles for block in blocks_of(visual_document()) if isinstance(block, TileGroup))
    for count in range(2, len(tiles) + 1):
        rows = tile_rows(tiles[:count])
        assert tuple(tile for row in rows for tile in row) == tiles[:count]
        assert all(2 <= len(row) <= 4 for row in rows)


def test_four_tiles_stand_side_by_side_only_when_none_has_a_chart_or_table() -> None:
    tiles = next(block.tiles for block in blocks_of(visual_document()) if isinstance(block, TileGroup))
    assert [len(row) for row in tile_rows((tiles[5],) * 4)] == [4]
    assert [len(row) for row in tile_rows((tiles[0],) * 4)] == [2, 2]
