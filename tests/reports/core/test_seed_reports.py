"""The three reports from the published figures: everything bound, sourced and added up; nothing uncertain shown."""

import csv
import re
from collections.abc import Iterator
from decimal import Decimal

import pytest

from indicators.core.binding import Binding, split_text
from indicators.core.enumerations import Audience
from indicators.core.figures import DataSet
from indicators.core.periods import PeriodKind, parse_period
from indicators.importing.seed_files import SEED_FOLDER
from monitor.base.core.numbers import format_number
from reports.core.composing.charts import NOT_CONFIRMED
from reports.core.document import Align, BulletList, Document, Notice, Paragraph, Row, RowKind, Table, TileGroup
from reports.core.templates import TextBlock, read_template
from reports.queries.documents import check_order, load_document
from tests.reports.core.reading import (
    charts,
    column,
    leaves,
    number,
    running_texts,
    spans,
    table,
    tables,
    text_of,
    tiles,
)

DIGIT = re.compile(r"\d")
DIFFERENCE = "Verschil 2023"


def declared_names(document: Document) -> set[str]:
    """The names with numbers that the template declares as ``{{ 'prio 1' }}``."""
    blocks = (block for section in read_template(document.code).sections for block in section.blocks)
    texts = (block.text for block in blocks if isinstance(block, TextBlock))
    return {piece.literal for text in texts for piece in split_text(text) if isinstance(piece, Binding)} - {""}


def uncertain_readings() -> Iterator[dict[str, str]]:
    with (SEED_FOLDER / "readings.csv").open(encoding="utf-8", newline="") as file:
        yield from (row for row in csv.DictReader(file) if row["kind"] == "onzeker" and row["period"])


# --- bound ------------------------------------------------------------------------------------------------------------


def test_every_number_in_running_text_is_bound(document: Document) -> None:
    names = declared_names(document)
    typed = [span.text for span in spans(document) if not span.reference and span.text not in names]
    assert [text for text in typed if DIGIT.search(text)] == []
    assert any(DIGIT.search(span.text) for span in spans(document) if span.reference)


def test_every_number_in_a_table_is_bound_but_for_the_period_it_is_about(document: Document) -> None:
    for item in tables(document):
        for row in item.rows:
            for head, cell in zip(item.columns[1:], row.cells, strict=True):
                if DIGIT.search(cell.text) and not cell.reference:
                    assert (head.title, head.align) == ("Periode of peildatum", Align.TEXT), (item.caption, cell)


def test_no_heading_or_caption_holds_a_number(document: Document) -> None:
    titles = [document.title, *(section.title for section in document.sections)]
    captions = [item.caption for item in tables(document)]
    assert [text for text in (*titles, *captions) if DIGIT.search(text)] == []


def test_no_brace_of_a_binding_is_left_over(document: Document) -> None:
    everything = repr(document)
    assert "{{" not in everything
    assert "{waarde}" not in everything


# --- sourced ----------------------------------------------------------------------------------------------------------


def test_every_figure_behind_a_report_has_a_publication_or_source_and_a_place(document: Document) -> None:
    assert len(document.figures) > 15
    assert [row for row in document.figures if not (row.publication or row.source)] == []
    assert [row for row in document.figures if not row.place] == []
    assert [row for row in document.figures if (row.value is None) == (row.marker == "")] == []


def test_every_table_chart_tile_and_list_of_facts_has_a_source_under_it(document: Document) -> None:
    assert [item.caption for item in tables(document) if not item.source] == []
    assert [chart.caption for chart in charts(document) if not chart.source] == []
    assert [tile.title for tile in tiles(document) if not tile.source] == []


def test_every_footnote_mark_has_its_footnote_and_every_footnote_its_mark(document: Document) -> None:
    marks = {span.footnote for span in spans(document)}
    for item in tables(document):
        marks |= {cell.footnote for row in item.rows for cell in (row.header, *row.cells)}
    assert marks - {""} == {note.key for note in document.footnotes}


def test_a_figure_that_was_reasoned_says_so_in_a_footnote(seed_data: DataSet, document: Document) -> None:
    """A dash that was read as nihil is explained once by the table's own notes, not under every cell."""
    marked = {cell.reference: cell.footnote for item in tables(document) for row in item.rows for cell in row.cells}
    notes = {note.key: note.text for note in document.footnotes}
    figures = (figure for rows in seed_data.figures.values() for figure in rows)
    reasoned = {
        f"{f.series.key} @ {f.period.code}": f for f in figures if f.certainty == "beredeneerd" and not f.marker
    }
    shown = marked.keys() & reasoned.keys()
    for reference in shown:
        for text in reasoned[reference].footnotes:
            assert text in notes[marked[reference]]
    assert shown or document.code != "voortgang-ondermijning"


def test_every_uid_stands_once(document: Document) -> None:
    uids = [item.uid for item in tables(document)] + [chart.spec.uid for chart in charts(document)]
    uids += [section.uid for section in document.sections]
    assert len(uids) == len(set(uids))


def test_every_chart_says_its_trend_in_words_and_has_its_table(document: Document) -> None:
    for chart in charts(document):
        assert chart.spec.alt.endswith(".")
        assert DIGIT.search(chart.spec.alt)
        shown = {
            format_number(value, chart.spec.decimals)
            for item in chart.spec.series
            for value in item.values
            if value is not None
        }
        cells = {number(cell) for row in chart.table.rows for cell in row.cells}
        assert {Decimal(text.replace(".", "").replace(",", ".").replace("−", "-")) for text in shown} <= cells


# --- uncertain --------------------------------------------------------------------------------------------------------


def test_no_uncertain_value_is_a_figure_behind_a_report(documents: dict[str, Document]) -> None:
    readings = list(uncertain_readings())
    assert len(readings) > 20
    for document in documents.values():
        behind = {(row.indicator, row.variant, row.period, row.value) for row in document.figures}
        for row in readings:
            place = (row["indicator"], row["variant"], parse_period(row["period"]).code, Decimal(row["value"]))
            assert place not in behind


def test_an_unsure_year_is_a_gap_in_the_chart_and_not_confirmed_in_its_table(documents: dict[str, Document]) -> None:
    found = {chart.table.columns[1].title: chart for chart in charts(documents["kerncijfers-politie"])}
    for name, years in (
        ("Voelt zich weleens onveilig in de eigen buurt", ["2015", "2017", "2019"]),
        ("Slachtoffer van traditionele criminaliteit", ["2015", "2017", "2019", "2021"]),
    ):
        chart = next(chart for title, chart in found.items() if title.lower().startswith(name.lower()[:25]))
        assert list(chart.spec.uncertain) == years
        for label in years:
            assert chart.spec.series[0].values[chart.spec.labels.index(label)] is None
            row = next(row for row in chart.table.rows if row.header.text == label)
            assert row.cells[0].text == NOT_CONFIRMED
            assert row.cells[0].footnote
        assert "is er geen bevestigd cijfer" in chart.spec.alt


def test_the_numbers_of_unsure_years_stand_nowhere_in_the_chart(documents: dict[str, Document]) -> None:
    wanted = {"onveiligheidsgevoel-weleens-eigen-buurt", "slachtofferschap-traditionele-criminaliteit"}
    values = {row["value"].replace(".", ",") for row in uncertain_readings() if row["indicator"] in wanted}
    assert len(values) >= 5
    shown = [repr(chart) for chart in charts(documents["kerncijfers-politie"]) if chart.spec.uncertain]
    assert len(shown) == 2
    assert [value for value in values for text in shown if f"{value}%" in text or f"'{value}'" in text] == []


# --- kerncijfers ------------------------------------------------------------------------------------------------------


def test_the_key_figures_say_whether_their_norms_are_met(documents: dict[str, Document]) -> None:
    norms = {tile.title: text_of(tile.norm) for tile in tiles(documents["kerncijfers-politie"]) if tile.norm}
    assert set(norms) == {
        "Wijkagenten ten opzichte van de norm",
        "Ziekteverzuim",
        "Bij spoed binnen een kwartier ter plaatse",
    }
    for text in norms.values():
        assert re.search(r": (ten hoogste|ten minste) .+: (niet )?gehaald$", text)


def test_every_tile_has_the_figure_first_and_its_period(documents: dict[str, Document]) -> None:
    for tile in tiles(documents["kerncijfers-politie"]):
        assert DIGIT.search(text_of(tile.figure))
        assert re.search(r"\d{4}", tile.period)


# --- zeden ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def zeden(documents: dict[str, Document]) -> Document:
    return documents["werkvoorraad-zeden"]


def test_the_stock_of_cases_has_six_dates_and_five_rows(zeden: Document) -> None:
    item = table(zeden, "Werkvoorraad zedenzaken")
    heads = [head.title for head in item.columns]
    assert len(heads) == 1 + 6 + 1
    assert len({head.rsplit("-", 1)[0] for head in heads[1:-1]}) == 1  # one day, six years
    assert len(item.rows) == 5
    assert all(number(cell) is not None for row in item.rows for cell in row.cells[:-1])


def test_flows_up_to_a_day_stand_beside_no_full_year(zeden: Document) -> None:
    for chart in charts(zeden):
        assert all(re.search(r"\d+-\d+-\d{4}$", label) for label in chart.spec.labels)
    sections = [section for section in zeden.sections if section.uid == "cijfers"]
    keys = {cell.reference for item in tables(zeden) for row in item.rows for cell in row.cells if cell.reference}
    kinds = {parse_period(key.split(" @ ")[1]).kind for key in keys if " @ " in key}
    assert kinds == {PeriodKind.STOCK, PeriodKind.FLOW_TO_DAY}
    assert sections


def test_the_change_is_that_of_the_last_two_days(zeden: Document) -> None:
    for row in table(zeden, "Werkvoorraad zedenzaken").rows:
        before, after = number(row.cells[-3]), number(row.cells[-2])
        assert before is not None
        assert after is not None
        percent = (abs(after - before) / before * 100).quantize(Decimal("0.1"))
        sign = "+" if after > before else "−"
        assert row.cells[-1].text == f"{sign}{format_number(percent, 1)}%"


def test_the_restated_row_says_so_from_the_data(zeden: Document, seed_data: DataSet) -> None:
    (restated,) = seed_data.indicators["zeden-aangiften-langer-dan-6-maanden"].restatements
    notices = [block for section in zeden.sections for block in section.blocks if isinstance(block, Notice)]
    assert restated in [text_of(notice.text) for notice in notices]
    row = next(row for row in table(zeden, "Werkvoorraad zedenzaken").rows if "maanden" in row.header.text)
    notes = {note.key: note.text for note in zeden.footnotes}
    assert restated in notes[row.header.footnote]


# --- ondermijning -----------------------------------------------------------------------------------------------------


@pytest.fixture
def ondermijning(documents: dict[str, Document]) -> Document:
    return documents["voortgang-ondermijning"]


def adding_up(document: Document) -> list[Table]:
    """Tables of classes with a published total."""
    return [
        item
        for item in tables(document)
        if item.rows[-1].kind is RowKind.TOTAL and not any("Plan" in head.title for head in item.columns)
    ]


def test_verdicts_sentences_and_money_add_up_in_every_column(ondermijning: Document) -> None:
    found = adding_up(ondermijning)
    assert {item.caption for item in found} >= {
        "Uitspraken van de rechter in ondermijningszaken",
        "Vrijheidsstraffen in ondermijningszaken naar duur",
        "Ontvangen middelen naar herkomst, latere jaren en structureel",
        "Geplande besteding naar herkomst, zonder loon- en prijsbijstelling",
        "Geplande besteding naar deelopgave, met loon- en prijsbijstelling",
    }
    for item in found:
        for index, head in enumerate(item.columns[1:]):
            total = number(item.rows[-1].cells[index])
            if total is None:
                continue
            assert column(leaves(item), index) == total, f"{item.caption}, {head.title}"


def test_subtotals_are_the_sum_of_the_rows_above_them(ondermijning: Document) -> None:
    """Of its own group, or of everything above it where it is a subtotal of subtotals."""
    seen = 0
    for item in tables(ondermijning):
        group: list[Row] = []
        above: list[Row] = []
        for row in item.rows:
            if row.kind is RowKind.ORDINARY:
                group.append(row)
                above.append(row)
                continue
            for index, cell in enumerate(row.cells):
                value = number(cell)
                if row.kind is RowKind.SUBTOTAL and value is not None and item.columns[index + 1].title != DIFFERENCE:
                    assert value in (column(group, index), column(above, index)), f"{item.caption}: {row.header.text}"
                    seen += 1
            group = []
    assert seen > 10


def test_the_difference_is_plan_minus_realisation_in_every_row(ondermijning: Document) -> None:
    item = table(ondermijning, "Besteding naar deelopgave: plan, realisatie en verschil (plan min realisatie)")
    assert [head.title.split()[0] for head in item.columns[1:]] == ["Plan", "Realisatie", "Verschil"]
    rows = [row for row in item.rows if row.kind is not RowKind.GROUP]
    assert len(rows) > 10
    published = [row for row in rows if row.cells[2].text]  # the paper gives it for subtotals and one class
    assert len(published) == 6
    for row in published:
        plan, realised, difference = (number(cell) for cell in row.cells)
        assert (plan or 0) - (realised or 0) == difference, row.header.text
    assert column(published[:-1], 2) == number(published[-1].cells[2])


def test_the_reasons_for_the_difference_stand_under_it(ondermijning: Document, seed_data: DataSet) -> None:
    blocks = next(section for section in ondermijning.sections if section.uid == "plan-en-realisatie").blocks
    (reasons,) = (block for block in blocks if isinstance(block, BulletList))
    assert len(reasons.items) == len(seed_data.explanations) > 3


def test_the_seizures_are_marked_as_a_snapshot_that_still_grows(ondermijning: Document) -> None:
    section = next(section for section in ondermijning.sections if section.uid == "criminele-geldstromen")
    titles = [block.title for block in section.blocks if isinstance(block, Notice)]
    assert titles == ["Momentopname met na-ijleffect", "Trendbreuk in de registratie"]


def test_the_sentence_on_verdicts_agrees_with_its_table(ondermijning: Document) -> None:
    section = next(section for section in ondermijning.sections if section.uid == "bestraffen")
    paragraph = next(block for block in section.blocks if isinstance(block, Paragraph))
    item = table(ondermijning, "Uitspraken van de rechter in ondermijningszaken")
    assert item.rows[-1].cells[-1].text in text_of(paragraph.text)
    guilty = next(row for row in item.rows if row.header.text.lower().startswith(("schuldig", "subtotaal schuldig")))
    assert guilty.cells[-1].text in text_of(paragraph.text)


def test_running_text_is_never_empty(document: Document) -> None:
    texts = [text_of(text) for text in running_texts(document) if text]
    assert texts
    assert all(text.strip() and "None" not in text and "  " not in text for text in texts)


@pytest.mark.parametrize("template", ["kerncijfers-politie", "werkvoorraad-zeden", "voortgang-ondermijning"])
def test_every_report_can_be_made_for_every_round(loaded_seed: None, template: str) -> None:
    """Rounds of different rhythms share reports; the fields follow the round."""
    for code in ("2025-2", "2026-2"):
        order = check_order(template, code, "csv")
        assert load_document(order, Audience.INTERNAL).fields.belongs_to


def test_a_report_holds_no_figure_of_after_its_round(loaded_seed: None) -> None:
    order = check_order("werkvoorraad-zeden", "2025-1", "csv")
    periods = {row.period for row in load_document(order, Audience.INTERNAL).figures}
    assert "2024-11-02" in periods
    assert "2025-11-02" not in periods


def test_a_small_chart_with_reasoned_points_says_so_under_it(loaded_seed: None) -> None:
    document = load_document(check_order("kerncijfers-politie", "2025-2", "csv"), Audience.INTERNAL)
    tiles = {
        tile.title: tile
        for section in document.sections
        for block in section.blocks
        if isinstance(block, TileGroup)
        for tile in block.tiles
    }
    texts = {note.key: note.text for note in document.footnotes}
    for title in ("Geweld tegen politieambtenaren", "Geweld door politieambtenaren"):
        said = tiles[title].note[-1]
        assert "beredeneerde cijfers" in said.text
        assert "gelezen" in texts[said.footnote]
    assert not any("beredeneerde" in span.text for span in tiles["Weleens onveilig in de eigen buurt"].note)
