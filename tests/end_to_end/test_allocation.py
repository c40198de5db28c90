"""A calculator in the browser: from a file to shares by two keys, explained, and refused by the annex."""

import pytest
from playwright.sync_api import expect

from allocation.importing.seeds import MUNICIPALITIES, SEED_FOLDER
from allocation.models import AllocationRun
from monitor.base.core.roles import Role
from tests.end_to_end.world import fill

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people(transactional_db, settings, tmp_path):
    settings.OUTPUT_DIR = tmp_path
    return fill(tmp_path)


def test_from_a_file_to_an_explained_distribution_that_no_report_accepts(new_visitor, sign_in, people):
    analyst = new_visitor()
    sign_in(analyst, people[Role.REKENAAR])
    page = analyst.page

    analyst.open("/sterkteverdeling/kenmerken/laden/")  # the municipalities come in, one feature of them invented
    page.fill("[name=name]", "Herlevering")
    page.fill("[name=year]", "2024")
    page.fill("[name=source]", "CBS")
    page.set_input_files("[name=file]", SEED_FOLDER / MUNICIPALITIES)
    page.click("summary:has-text('Verzonnen kenmerken')")
    page.check("[name=fictitious][value=verhuismobiliteit]")
    page.click("text=Controleer en laad")
    expect(page.locator("h1")).to_have_text("Herlevering, 2024")
    expect(page.locator("tr", has_text="Verhuismobiliteit")).to_contain_text("FICTIEF")
    expect(page.locator("tr", has_text="Huurwoningen")).to_contain_text("echt")
    expect(page.locator("tr", has_text="Ambassades")).to_contain_text("ontbreekt")

    analyst.open("/sterkteverdeling/")  # what is missing stops the run, and the form keeps what was chosen
    page.select_option("[name=feature_set]", "2024-herlevering")
    page.click("main button:has-text('Bereken')")
    expect(page.locator("[role=alert]").first).to_contain_text("Deze kenmerken ontbreken: verkeersongevallen")
    assert page.input_value("[name=feature_set]") == "2024-herlevering"
    page.select_option("[name=feature_set]", "2024-oefenset")
    page.click("main button:has-text('Bereken')")
    expect(page.locator("h1")).to_have_text("1.000 fte verdeeld volgens Sterktemodel 2025")
    expect(page.locator("main")).to_contain_text("Besluit (2012)")
    expect(page.locator("[data-drawn]")).to_have_count(3)
    expect(page.locator("[data-drawn]").first).to_contain_text("FICTIEF")

    page.click("a:has-text('Rotterdam')")
    expect(page.locator("h1")).to_have_text("Politie-eenheid Rotterdam")
    expect(page.locator("#waarom ~ p").first).to_contain_text("procentpunt meer dan haar aandeel inwoners")
    expect(page.locator("[data-drawn]")).to_have_count(1)
    assert analyst.complaints() == []

    number = AllocationRun.objects.filter(made_by=people[Role.REKENAAR]).order_by("-made_at").first().pk
    editor = new_visitor()
    sign_in(editor, people[Role.REDACTEUR])
    editor.open("/rapporten/sterkteverdeling/")
    editor.page.select_option("#berekening", str(number))
    editor.page.click("text=Maak het rapport")
    expect(editor.page.locator("[role=alert]")).to_contain_text("steunt op fictieve invoer: Verkeersongevallen")


def test_a_partial_run_works_without_scripts(new_visitor, sign_in, people):
    analyst = new_visitor(javascript=False, width=360)
    sign_in(analyst, people[Role.REKENAAR])
    page = analyst.page
    analyst.open("/sterkteverdeling/")
    page.select_option("[name=feature_set]", "2024-open-cijfers")
    page.click("summary")
    page.check("[name=partial]")
    page.click("main button:has-text('Bereken')")
    expect(page.locator("h1")).to_have_text("Aandelen volgens Sterktemodel 2025")
    expect(page.locator("main")).to_contain_text("er is geen fte berekend")
    assert "fte" not in page.locator("table").first.inner_text()
