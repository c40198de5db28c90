"""The annex on the strength allocation: of a kept run on real figures only, every number bound, each time the same."""

import re
from dataclasses import replace
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from allocation.core.municipality_files import FeatureTable
from allocation.models import AllocationRun
from allocation.queries.feature_sets import load_set
from allocation.services.feature_sets import NewFeatureSet, save_feature_set
from allocation.services.runs import RunOrder, run_allocation
from indicators.core.enumerations import Audience
from indicators.queries.workers import worker_of
from monitor.base.core.errors import MonitorError, NotThere
from monitor.base.core.roles import Role
from reports.core.composing.ledger import ReportStops
from reports.core.document import BulletList, Chart, Document, Notice, Paragraph, Table
from reports.core.formats import Format
from reports.models import ReportRun
from reports.queries.allocation import load_allocation
from reports.queries.documents import check_order, load_document
from tests.allocation.conftest import person

TEMPLATE = "sterkteverdeling"


@pytest.fixture
def exercise(loaded_seed: None) -> None:
    call_command("load_areas", stdout=StringIO())
    call_command("load_allocation", exercise=True, stdout=StringIO())


@pytest.fixture
def analyst(db: None):
    return worker_of(person("rekenaar", Role.REKENAAR))


@pytest.fixture
def run(exercise: None, analyst) -> AllocationRun:
    """As if somebody had delivered all features: the values of the exercise set without its marks."""
    data = load_set("2024-oefenset")
    new = NewFeatureSet(
        code="2024-volledig", name="Volledig", year=2024, source="CBS en politie", file_name="volledig.csv",
        file_sha256="a" * 64, table=FeatureTable(data.features, data.municipalities), sources={},
    )  # fmt: skip
    save_feature_set(new=new, by=analyst)
    return run_allocation(by=analyst, order=RunOrder("sterktemodel-2025", "2024-volledig", Decimal(1000)))


def composed(run: AllocationRun, audience: Audience = Audience.INTERNAL) -> Document:
    return load_document(check_order(TEMPLATE, None, "csv", "", str(run.pk)), audience)


def blocks(document: Document, kind: type) -> list:
    return [block for section in document.sections for block in section.blocks if isinstance(block, kind)]


def number(text: str) -> Decimal:
    return Decimal(text.replace(".", "").replace(",", ".").replace("−", "-").replace("%", ""))


def test_a_run_on_invented_features_is_refused_by_name(exercise, analyst):
    run = run_allocation(by=analyst, order=RunOrder("sterktemodel-2025", "2024-oefenset", Decimal(1000)))
    with pytest.raises(ReportStops) as refused:
        composed(run)
    assert "steunt op fictieve invoer: Verkeersongevallen, Minderjarigen in huishoudens" in refused.value.message
    assert "Ambassades" in refused.value.message


def test_a_partial_run_is_refused_by_name(exercise, analyst):
    order = RunOrder("sterktemodel-2025", "2024-open-cijfers", Decimal(1000), partial=True)
    with pytest.raises(ReportStops, match="is gedeeltelijk; deze kenmerken ontbreken: Ambassades"):
        composed(run_allocation(by=analyst, order=order))


def test_the_command_refuses_as_well_and_leaves_no_report(exercise, analyst, tmp_path):
    run = run_allocation(by=analyst, order=RunOrder("sterktemodel-2025", "2024-oefenset", Decimal(1000)))
    with pytest.raises(CommandError, match="fictieve invoer"):
        call_command("generate_report", TEMPLATE, run=str(run.pk), out=tmp_path, stdout=StringIO())
    assert not ReportRun.objects.exists()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("word", "told"), [("", "Noem haar nummer"), ("drie", "Noem haar nummer")])
def test_the_annex_is_about_a_run(loaded_seed, word, told):
    with pytest.raises(MonitorError, match=told):
        check_order(TEMPLATE, None, "csv", "", word)


def test_a_run_that_does_not_exist_and_a_run_for_another_report_are_refused(loaded_seed):
    with pytest.raises(NotThere):
        check_order(TEMPLATE, None, "csv", "", "999")
    with pytest.raises(MonitorError, match="gaat niet over een berekening"):
        check_order("werkvoorraad-zeden", None, "csv", "", "1")


def test_nobody_outside_gets_a_run_that_nobody_released(run):
    with pytest.raises(MonitorError, match="niet openbaar"):
        composed(run, Audience.PUBLIC)


def test_the_table_adds_up_to_the_strength_that_is_divided(run):
    table = blocks(composed(run), Table)[0]
    model = [number(row.cells[0].text) for row in table.rows]
    decree = [number(row.cells[2].text) for row in table.rows]
    assert len(model) == 11
    assert sum(model[:-1]) == model[-1] == 1000
    assert sum(decree[:-1]) == decree[-1] == 1000
    for row in table.rows[:-1]:
        assert number(row.cells[4].text) == number(row.cells[0].text) - number(row.cells[2].text)


def test_every_number_in_the_text_comes_from_the_run(run):
    document = composed(run)
    spans = [span for block in blocks(document, Paragraph) for span in block.text]
    spans += [span for block in blocks(document, Notice) for span in block.text]
    spans += [span for block in blocks(document, BulletList) for item in block.items for span in item]
    assert any(re.search(r"\d", span.text) for span in spans)
    unbound = [span.text for span in spans if re.search(r"\d", span.text) and not span.reference]
    assert unbound == []
    assert {span.reference.split(" | ")[0] for span in spans if span.reference} == {f"berekening {run.pk}"}


def test_the_annex_has_bars_two_maps_every_unit_in_words_and_the_answers(run):
    document = composed(run)
    assert [chart.spec.kind.value for chart in blocks(document, Chart)] == ["liggend", "tegelkaart", "tegelkaart"]
    items = [item[0].text for item in blocks(document, BulletList)[0].items]
    assert len(items) == 10
    assert all(re.match(r"Eenheid .+ krijgt ", item) for item in items)
    assert len(blocks(document, Notice)) == 7
    assert "Het model zegt niets over hoeveel sterkte er in totaal nodig is" in blocks(document, Notice)[0].text[0].text


def test_what_the_units_differ_is_split_into_parts_that_add_up(run):
    table = blocks(composed(run), Table)[-1]
    for row in table.rows:
        *parts, total = [number(cell.text) for cell in row.cells]
        assert sum(parts) == total


def test_the_figures_behind_it_stand_in_the_sheet(run):
    rows = [row for row in composed(run).figures if row.unit == "fte"]
    assert len(rows) == 20
    assert sum(row.value for row in rows if row.name.endswith("Sterktemodel 2025")) == 1000
    assert {row.place for row in rows} == {f"berekening {run.pk}"}


def test_the_same_run_gives_the_same_document_and_another_another(run, analyst):
    assert composed(run) == composed(run)
    other = run_allocation(by=analyst, order=RunOrder("sterktemodel-2025", "2024-volledig", Decimal(500)))
    assert composed(other).data_digest != composed(run).data_digest


def test_a_text_that_binds_to_nothing_stops_the_report(run):
    from reports.core.composing.allocation import bound_text

    data = load_allocation(run.pk)
    with pytest.raises(ReportStops, match="Een tekst noemt ‘tekort’"):
        bound_text(data, "Er is een tekort van {{ verdeling: tekort }}.")
    assert bound_text(replace(data, fte=Decimal("10.5")), "{{ verdeling: fte }}")[0].text == "10,5"


def test_the_page_of_the_report_offers_the_runs_and_says_why_not(exercise, analyst):
    run = run_allocation(by=analyst, order=RunOrder("sterktemodel-2025", "2024-oefenset", Decimal(1000)))
    client = Client()
    client.force_login(person("redacteur", Role.REDACTEUR))
    page = client.get(f"/rapporten/{TEMPLATE}/").content.decode()
    assert f'<option value="{run.pk}"' in page
    assert "FICTIEF" in page
    asked = {"ronde": "2025-2", "formaat": "html", "berekening": str(run.pk)}
    answer = client.post(f"/rapporten/{TEMPLATE}/maken/", asked)
    assert answer.status_code == 422
    assert "steunt op fictieve invoer: Verkeersongevallen" in answer.content.decode()
    assert "FICTIEF" not in Client().get(f"/rapporten/{TEMPLATE}/").content.decode()


@pytest.mark.documents
@pytest.mark.browser
def test_the_annex_in_all_formats_repeats_byte_for_byte_and_passes_the_standards(run, tmp_path: Path):
    import page

    from reports.rendering import render

    document = composed(run)
    first, second = render(document, list(Format)), render(document, list(Format))
    assert first == second
    pdf = tmp_path / "bijlage.pdf"
    pdf.write_bytes(first[Format.PDF])
    for profile in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A):
        assert page.validate_pdf(str(pdf), profile=profile).is_compliant
    text = first[Format.HTML].decode()
    assert "Sterktemodel 2025" in text
    assert text.count("<figure") >= 3
