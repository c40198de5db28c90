"""Composing from planted figures: what stands in text, tables and charts, and what stops a report."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.core.enumerations import Comparator, Marker, Qualifier, Variant
from indicators.core.figures import Break, DataSet, Figure
from indicators.core.periods import parse_period
from monitor.base.core.errors import MonitorError
from reports.core.composing import ReportContext, compose
from reports.core.composing.charts import NOT_CONFIRMED
from reports.core.document import Chart, Document, Layout, LetterFields, RowKind, Table, TileGroup
from reports.core.templates import (
    BreakdownTableBlock,
    ChartBlock,
    FactsBlock,
    FigureTableBlock,
    NoticeBlock,
    PlanTableBlock,
    ReportTemplate,
    SeriesTableBlock,
    TemplateBlock,
    TemplateSection,
    TextBlock,
    TilesBlock,
    TileSpec,
)
from tests.factories import category, data_set, fact, figure, indicator_info, series_info, target
from tests.reports.core.reading import charts, spans, tables, text_of, tiles

CONTEXT = ReportContext("Proefronde", LetterFields(), date(2025, 12, 10))
KEY = "zaken|nederland|realisatie|"


def report(*blocks: TemplateBlock) -> ReportTemplate:
    section = TemplateSection("deel", "Deel", 1, blocks)
    return ReportTemplate("proef", "Proef", "", Layout.BIJLAGE, "politie", "2025-2", LetterFields(), (section,))


def made(data: DataSet, *blocks: TemplateBlock) -> Document:
    return compose(report(*blocks), data, CONTEXT)


def years(*values: object, start: int = 2020, **fields: Any) -> list[Figure]:
    return [figure(str(start + n), value, **fields) for n, value in enumerate(values) if value is not ...]


def texts(item: Table) -> list[list[str]]:
    return [[row.header.text, *(cell.text for cell in row.cells)] for row in item.rows]


# --- what stops a report ----------------------------------------------------------------------------------------------

STOPPING: list[tuple[TemplateBlock, str]] = [
    (TextBlock("Er waren {{ zakken }}."), "Binding ‘zakken’ vindt niets"),
    (TextBlock("Er waren {{ zaken @ 1999 }}."), "Binding ‘zaken @ 1999’ vindt niets voor 1999"),
    (TilesBlock((TileSpec("zakken"),)), "Binding ‘zakken’"),
    (TilesBlock((TileSpec("zaken", show=("norm",)),)), "vraagt een norm"),
    (TilesBlock((TileSpec("zaken", breakdown="kleur"),)), "geen cijfers naar uitsplitsing ‘kleur’"),
    (ChartBlock("Zaken", ("zakken",)), "Binding ‘zakken’"),
    (ChartBlock("Zaken", ("zaken",), period_kind="kwartaal"), "‘zaken’"),
    (ChartBlock("Zaken", ("zaken",), breakdown="kleur"), "geen cijfers naar uitsplitsing ‘kleur’"),
    (SeriesTableBlock("Zaken", ("zakken",)), "Binding ‘zakken’"),
    (SeriesTableBlock("Zaken", ("zaken",), period_kind="kwartaal"), "‘zaken’"),
    (BreakdownTableBlock("Zaken", "zakken", "soort"), "Tabel ‘Zaken’ vindt indicator ‘zakken’ niet"),
    (BreakdownTableBlock("Zaken", "zaken", "soort", variant="plan"), "Tabel ‘Zaken’ vindt geen cijfers"),
    (BreakdownTableBlock("Zaken", "zaken", "soort", from_year=2030), "Tabel ‘Zaken’ vindt geen cijfers"),
    (PlanTableBlock("Geld", "zakken", "soort", "verschil"), "Tabel ‘Geld’ vindt indicator ‘zakken’ niet"),
    (FigureTableBlock("Zaken", ("zakken",)), "Tabel ‘Zaken’ vindt indicator ‘zakken’ niet"),
    (FigureTableBlock("Zaken", ("leeg",)), "vindt geen bekend cijfer van indicator ‘leeg’"),
    (FactsBlock(("onbekend",)), "los cijfer ‘onbekend’ bestaat niet of was toen niet bekend"),
    (NoticeBlock("Let op", definition_of="zakken"), "Let-op ‘Let op’ vindt indicator ‘zakken’ niet"),
    (NoticeBlock("Let op", definition_of="zaken"), "vindt bij indicator ‘zaken’ geen tekst"),
    (NoticeBlock("Let op", restatement_of="zaken"), "vindt bij indicator ‘zaken’ geen tekst"),
    (NoticeBlock("Let op", breaks_of="zaken"), "vindt bij indicator ‘zaken’ geen tekst"),
]


@pytest.mark.parametrize(("block", "says"), STOPPING)
def test_a_block_that_finds_nothing_stops_the_report_and_names_itself(block: TemplateBlock, says: str) -> None:
    data = data_set(years(1, 2, 3), indicator_info("zaken"), indicator_info("leeg"))
    with pytest.raises(MonitorError) as stopped:
        made(data, block)
    assert stopped.value.message.startswith("Onderdeel ‘Deel’: ")
    assert says in stopped.value.message


# --- text -------------------------------------------------------------------------------------------------------------


def test_text_is_cut_into_spans_that_know_their_binding() -> None:
    document = made(data_set(years(1, 2)), TextBlock("Er waren {{ zaken }} zaken\n\nin {{ 'deel 2' }}."))
    assert [(span.text, span.reference) for span in spans(document)] == [
        ("Er waren ", ""),
        ("2", "zaken"),
        (" zaken", ""),
        ("in ", ""),
        ("deel 2", ""),
        (".", ""),
    ]


def test_the_figures_behind_a_text_are_in_the_books_once_and_in_order_of_use() -> None:
    data = data_set([*years(1, 2), *years(7, series=series_info("anders"))], facts=[fact()])
    text = "{{ anders }} en {{ zaken | verandering }} en {{ zaken }} en {{ feit:opgeleid }}"
    rows = made(data, TextBlock(text)).figures
    assert [(row.indicator, row.period) for row in rows] == [
        ("anders", "2020"),
        ("zaken", "2021"),
        ("zaken", "2020"),
        ("opgeleid", "2024"),
    ]


def test_a_footnote_follows_the_figure_it_belongs_to_and_is_kept_once() -> None:
    noted = figure("2024", 5, footnotes=("Gelezen als 2024.",), asserted_by="de Douane")
    document = made(data_set([noted]), TextBlock("{{ zaken }} en nog eens {{ zaken }}, {{ zaken | periode }}"))
    (note,) = document.footnotes
    assert note.text == "Gelezen als 2024. Volgens de Douane."
    assert [span.footnote for span in spans(document) if span.reference] == [note.key, note.key, ""]


# --- charts -----------------------------------------------------------------------------------------------------------


def test_an_unsure_year_is_a_gap_in_the_chart_and_not_confirmed_in_the_table() -> None:
    data = data_set(years(10, ..., 30), uncertain={KEY: (parse_period("2021"),)})
    (chart,) = charts(made(data, ChartBlock("Zaken", ("zaken",))))
    assert chart.spec.labels == ("2020", "2021", "2022")
    assert chart.spec.series[0].values == (Decimal(10), None, Decimal(30))
    assert chart.spec.uncertain == ("2021",)
    assert texts(chart.table) == [["2020", "10"], ["2021", NOT_CONFIRMED], ["2022", "30"]]
    assert "2021" in chart.spec.alt


@given(st.lists(st.one_of(st.integers(0, 99), st.none(), st.just("onzeker")), min_size=2, max_size=8))
def test_a_chart_shows_every_figure_at_its_year_and_nothing_else(values: list[int | str | None]) -> None:
    known = {2000 + n: value for n, value in enumerate(values) if isinstance(value, int)}
    unsure = [2000 + n for n, value in enumerate(values) if value == "onzeker"]
    if not known:
        return
    data = data_set(
        [figure(str(year), value) for year, value in known.items()],
        uncertain={KEY: tuple(parse_period(str(year)) for year in unsure)},
    )
    (chart,) = charts(made(data, ChartBlock("Zaken", ("zaken",))))
    shown = dict(zip(chart.spec.labels, chart.spec.series[0].values, strict=True))
    assert {int(label): value for label, value in shown.items() if value is not None} == known
    assert {str(year) for year in (*known, *unsure)} <= set(shown)
    steps = {int(b) - int(a) for a, b in zip(chart.spec.labels, chart.spec.labels[1:], strict=False)}
    assert len(steps) <= 1 or len(shown) < 3


def test_a_chart_uses_one_kind_of_period() -> None:
    rows = [figure("../2023-11-02", 70), figure("2023", 100), figure("../2024-11-02", 84), figure("2024", 120)]
    data = data_set(rows)
    (flows,) = charts(made(data, ChartBlock("Zaken", ("zaken",), period_kind="stroom-tot-dag")))
    (full,) = charts(made(data, ChartBlock("Zaken", ("zaken",), period_kind="jaar")))
    assert flows.spec.series[0].values == (Decimal(70), Decimal(84))
    assert full.spec.series[0].values == (Decimal(100), Decimal(120))


def test_a_norm_is_a_line_and_a_break_a_mark_where_it_starts() -> None:
    info = indicator_info(
        "zaken",
        targets=(target(Comparator.AT_MOST, 25),),
        breaks=(Break(parse_period("2022"), "wet", "Nieuwe wet."), Break(parse_period("1999"), "bron", "Oud.")),
    )
    (chart,) = charts(made(data_set(years(10, 20, 30), info), ChartBlock("Zaken", ("zaken",))))
    assert [(line.label, line.value) for line in chart.spec.norms] == [("norm: ten hoogste 25", Decimal(25))]
    assert [(mark.position, mark.label) for mark in chart.spec.breaks] == [(2, "trendbreuk: wet")]
    assert chart.spec.footer == "Nieuwe wet."


def test_two_series_share_their_periods_in_one_table() -> None:
    other = years(5, 6, series=series_info("anders"), start=2021)
    (chart,) = charts(made(data_set([*years(1, 2), *other]), ChartBlock("Beide", ("zaken", "anders"))))
    assert [column.title for column in chart.table.columns] == ["", "2020", "2021", "2022"]
    assert texts(chart.table) == [["Zaken", "1", "2", ""], ["Anders", "", "5", "6"]]


def test_classes_stand_from_high_to_low_at_one_moment() -> None:
    rows = [figure("2024", value, series=series_info("zaken", category(code))) for code, value in (("a", 5), ("b", 9))]
    rows.append(figure("2023", 99, series=series_info("zaken", category("c"))))
    (chart,) = charts(made(data_set(rows), ChartBlock("Klassen", ("zaken",), breakdown="soort")))
    assert texts(chart.table) == [["B", "9"], ["A", "5"]]
    assert chart.spec.alt == "Zaken in 2024: B 9, A 5."


# --- tables -----------------------------------------------------------------------------------------------------------


def test_classes_stand_in_their_tree_with_subtotals_after_their_parts_and_the_total_last() -> None:
    parts = [("x", 1, ["top"], 20), ("y", 2, ["top"], 30), ("top", 3, [], 10), ("los", 4, [], 40)]
    rows = [figure("2024", 10, series=series_info("zaken"))]
    for code, value, above, order in parts:
        rows.append(figure("2024", value, series=series_info("zaken", category(code, above=above, order=order))))
    (item,) = tables(made(data_set(rows), BreakdownTableBlock("Zaken", "zaken", "soort")))
    assert [(row.header.text, row.kind) for row in item.rows] == [
        ("Top", RowKind.GROUP),
        ("X", RowKind.ORDINARY),
        ("Y", RowKind.ORDINARY),
        ("Subtotaal top", RowKind.SUBTOTAL),
        ("Los", RowKind.ORDINARY),
        ("Totaal", RowKind.TOTAL),
    ]


def test_markers_and_qualifiers_stand_in_cells_as_readers_know_them() -> None:
    rows = [
        figure("2021", None, marker=Marker.NIHIL),
        figure("2022", None, marker=Marker.UNKNOWN),
        figure("2023", 5, qualifier=Qualifier.AMPLY),
        figure("2024", 1, value_high=Decimal(3)),
    ]
    (item,) = tables(made(data_set(rows), SeriesTableBlock("Zaken", ("zaken",))))
    assert texts(item) == [["Zaken", "–", "onbekend", "ruim 5", "1-3"]]


def test_stocks_and_flows_of_a_day_share_a_column_and_say_which_they_are() -> None:
    rows = [figure("2024-11-02", 9, series=series_info("voorraad")), figure("../2024-11-02", 7)]
    (item,) = tables(made(data_set(rows), SeriesTableBlock("Werk", ("voorraad", "zaken"))))
    assert [column.title for column in item.columns] == ["", "2-11-2024"]
    assert texts(item) == [["Voorraad (op de dag)", "9"], ["Zaken (tot en met de dag)", "7"]]


def test_the_change_column_compares_with_the_same_day_and_is_empty_where_there_is_none() -> None:
    rows = [
        figure("../2023-11-02", 70),
        figure("2023", 100),
        figure("../2024-11-02", 84),
        figure("../2024-11-02", 5, series=series_info("nieuw")),
    ]
    block = SeriesTableBlock("Werk", ("zaken", "nieuw"), "stroom-tot-dag", "tov zelfde periode vorig jaar")
    (item,) = tables(made(data_set(rows), block))
    assert [row.cells[-1].text for row in item.rows] == ["+20,0%", ""]


def money(indicator: str, value: int, code: str = "", variant: Variant = Variant.REALISED) -> Figure:
    parts = [category(code)] if code else []
    series = series_info(indicator, *parts, variant=variant)
    return figure("2023", value, series=series, unit="duizend euro", money_basis="exclusief-lpo")


def test_plan_realisation_and_difference_stand_beside_each_other() -> None:
    rows = [money("geld", 30, "a", Variant.PLAN), money("geld", 25, "a"), money("verschil", 5, "a")]
    rows += [money("geld", 30, "", Variant.PLAN), money("geld", 25), money("verschil", 5)]
    infos = [indicator_info(code, unit="duizend euro") for code in ("geld", "verschil")]
    (item,) = tables(made(data_set(rows, *infos), PlanTableBlock("Geld", "geld", "soort", "verschil")))
    assert texts(item) == [["A", "30", "25", "5"], ["Totaal", "30", "25", "5"]]
    assert item.unit == "bedragen × € 1.000, exclusief loon- en prijsbijstelling"


def test_key_figures_name_what_is_not_realised_or_not_the_whole_country() -> None:
    rows = [
        figure("2024", 1, series=series_info("zaken", variant=Variant.ESTIMATE)),
        figure("2024", 2, series=series_info("zaken", area="eenheid-limburg")),
    ]
    (item,) = tables(made(data_set(rows), FigureTableBlock("Zaken", ("zaken",))))
    assert sorted(row.header.text for row in item.rows) == ["Zaken (Eenheid-limburg)", "Zaken, raming"]
    assert [column.title for column in item.columns] == ["", "Cijfer", "Periode of peildatum"]


# --- tiles ------------------------------------------------------------------------------------------------------------


def test_a_tile_shows_what_is_asked_and_only_that() -> None:
    info = indicator_info("zaken", definition_note="Telt dubbel.", targets=(target(Comparator.AT_LEAST, 3),))
    data = data_set(years(1, 2, 3), info)
    bare, full = (
        TileSpec("zaken"),
        TileSpec("zaken", "Titel", "zaken", ("verandering", "norm", "grafiek", "toelichting")),
    )
    document = made(data, TilesBlock((bare, full)))
    first, second = tiles(document)
    assert (first.title, first.change, first.norm, first.note, first.chart, first.table) == (
        "Zaken",
        (),
        (),
        (),
        None,
        None,
    )
    assert text_of(second.figure) == "3"
    assert text_of(second.change) == "50,0% meer dan in 2021"
    assert text_of(second.norm) == "interne streefnorm: ten minste 3: gehaald"
    assert text_of(second.note) == "Telt dubbel."
    assert isinstance(second.chart, Chart)
    assert isinstance(document.sections[0].blocks[0], TileGroup)


@pytest.mark.parametrize(
    ("values", "unsure", "has_chart"), [((1, 2), (), False), ((1, 2), ("2019",), True), ((1, 2, 3), (), True)]
)
def test_a_tile_has_a_chart_only_where_there_is_a_series(
    values: tuple[int, ...], unsure: tuple[str, ...], has_chart: bool
) -> None:
    data = data_set(years(*values), uncertain={KEY: tuple(parse_period(code) for code in unsure)})
    (tile,) = tiles(made(data, TilesBlock((TileSpec("zaken", show=("grafiek",)),))))
    assert (tile.chart is not None) is has_chart


def test_the_change_in_a_tile_tells_how_the_earlier_figure_was_read() -> None:
    data = data_set([figure("2023", 10, footnotes=("Gelezen uit een grafiek.",)), figure("2024", 12)])
    document = made(data, TilesBlock((TileSpec("zaken", show=("verandering",)),)))
    (tile,) = tiles(document)
    (note,) = document.footnotes
    assert (tile.change[0].footnote, note.text) == (note.key, "Gelezen uit een grafiek.")


# --- the document as a whole ------------------------------------------------------------------------------------------

WHOLE = (
    TextBlock("Er waren {{ zaken }}: {{ zaken | verandering }}; {{ feit:opgeleid }}."),
    ChartBlock("Zaken", ("zaken",)),
    BreakdownTableBlock("Klassen", "zaken", "soort"),
    FigureTableBlock("Kern", ("zaken",)),
    TilesBlock((TileSpec("zaken", show=("grafiek", "verandering"), breakdown="soort"),)),
)


def whole_data() -> list[Figure]:
    classes = [
        figure(code, value, series=series_info("zaken", category(name, order=5)), source=f"Bron {name}")
        for name, value in (("a", 3), ("b", 4), ("c", 5))
        for code in ("2023", "2024")
    ]
    return [*years(10, 11, 12, 13, 14), *classes]


@given(st.randoms(use_true_random=False))
def test_the_order_in_which_the_data_come_does_not_matter(random: Any) -> None:
    rows = whole_data()
    expected = made(data_set(rows, facts=[fact()]), *WHOLE)
    random.shuffle(rows)
    renumbered = [replace(row, observation_id=n) for n, row in enumerate(rows, 1)]
    assert made(data_set(renumbered, facts=[fact()]), *WHOLE) == expected


@given(st.integers(0, 10), st.integers(1, 50))
def test_the_digest_tells_every_other_value(index: int, more: int) -> None:
    rows = whole_data()
    before = made(data_set(rows, facts=[fact()]), *WHOLE)
    value = rows[index].value
    assert value is not None
    changed = [*rows[:index], replace(rows[index], value=value + more, revision=2), *rows[index + 1 :]]
    assert made(data_set(changed, facts=[fact()]), *WHOLE).data_digest != before.data_digest
    other_fact = replace(fact(), value=Decimal(1))
    assert made(data_set(rows, facts=[other_fact]), *WHOLE).data_digest != before.data_digest


def test_the_document_says_from_when_its_data_are() -> None:
    data = data_set(years(1, 2, known_from=datetime(2025, 3, 4, 23, 30, tzinfo=UTC)))
    assert made(data, TextBlock("{{ zaken }}")).known_as_of == "Bijgewerkt tot en met 5 maart 2025"
    earlier = compose(report(TextBlock("{{ zaken }}")), data, replace(CONTEXT, as_known_on=date(2025, 3, 1)))
    assert earlier.known_as_of == "Zoals bekend op 1 maart 2025"
    assert made(data, TextBlock("Zonder cijfers.")).known_as_of == "Bijgewerkt tot en met 10 december 2025"
