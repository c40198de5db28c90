"""A request and its answer in a real browser: made, downloaded, filled in, offered, chosen, confirmed."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Download

from indicators.models import Proposal
from monitor.base.core.roles import Role
from tests.end_to_end.delivered import PLANNED
from tests.end_to_end.world import fill
from tests.indicators.deliveries.supplier import Workbook

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

VIOLENCE = "gtpa-incidenten|nederland|realisatie| 2025"
BY_POLICE = "gdpa-incidenten|nederland|realisatie| 2025"


@pytest.fixture
def people(transactional_db: None, settings: Any, tmp_path: Path) -> Any:
    settings.OUTPUT_DIR = tmp_path
    return fill(tmp_path)


def saved(download: Download) -> bytes:
    return Path(download.path()).read_bytes()


@pytest.mark.parametrize("javascript", [True, False])
def test_from_the_round_to_a_request_to_values_under_way(new_visitor, sign_in, people, tmp_path, javascript):
    visitor = new_visitor(javascript=javascript, accept_downloads=True)
    page = visitor.page
    sign_in(visitor, people[Role.INVOERDER])
    visitor.open("/rondes/2026-2/")
    page.click("main .actions >> text=Uitvraag")
    page.click("[aria-label='Maak uitvraag voor Politie']")
    page.wait_for_selector("text=Verstuur haar met de mail hieronder")
    assert "vragen wij u om" in page.input_value("#tekst")
    with page.expect_download() as download:
        page.click("text=Download het rekenblad")
    book = Workbook(saved(download.value))
    book.grid.sort_rows(lambda row: str(row[4]), reverse=True)
    book.grid.fill(VIOLENCE, waarde=12_801, status="definitief", eerder_1=12_550)
    book.grid.fill(BY_POLICE, reden="geheim")
    offered = tmp_path / "terug van de politie.xlsx"
    offered.write_bytes(book.save())

    visitor.open("/rondes/2026-2/aanleveringen/")
    page.set_input_files("#id_file", str(offered))
    page.click("text=Lees het bestand")
    page.wait_for_selector("text=Er is nog niets opgeslagen.")
    assert "12.801" in page.inner_text("main")
    assert not Proposal.objects.filter(delivery__isnull=False).exists()
    page.check("label:has-text('Neem deze waarde over')")
    page.click("text=Bewaar als concept")
    page.wait_for_selector("[role=alert] >> text=Kies wat voor wijziging het is")
    page.select_option("select[name^=kind-]", "bijstelling")
    page.fill("input[name^=reason-]", "De politie telde later bij.")
    page.click("text=Bewaar als concept")
    page.wait_for_selector("text=3 cijfers staan nu als concept in de ronde")
    under_way = set(Proposal.objects.filter(delivery__isnull=False).values_list("period__code", "value", "marker"))
    assert under_way == {("2025", 12_801, ""), ("2025", None, "geheim"), ("2024", 12_550, "")}
    assert visitor.complaints() == []


def test_the_mail_is_copied_with_one_button(new_visitor, sign_in, people):
    visitor = new_visitor(permissions=["clipboard-read", "clipboard-write"])
    sign_in(visitor, people[Role.INVOERDER])
    visitor.open("/rondes/2026-2/uitvraag/")
    visitor.page.click("[aria-label='Maak uitvraag voor Politie']")
    visitor.page.click("text=Kopieer de tekst")
    visitor.page.wait_for_selector("[data-copied]:has-text('Gekopieerd')")
    assert visitor.page.evaluate("navigator.clipboard.readText()").startswith("Beste collega,")
    assert visitor.complaints() == []


def test_the_plan_is_decided_on_with_the_keyboard_alone(new_visitor, sign_in, people):
    visitor = new_visitor()
    page = visitor.page
    sign_in(visitor, people[Role.INVOERDER])
    visitor.open(f"/rondes/2026-2/aanleveringen/{PLANNED}/")
    page.focus("#terzijde-reden")
    page.keyboard.type("De goede bijlage komt morgen.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Het bestand is terzijde gelegd")
    assert visitor.complaints() == []
