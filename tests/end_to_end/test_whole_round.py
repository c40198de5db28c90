"""A round from asking to the report, in the browser: the supplier answers with a sheet, one officer enters, another
checks, and the figure stands in the report made after it. Mistakes are planted on the way, and found."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from indicators.models import Observation, Proposal
from monitor.base.core.roles import Role
from monitor.base.models import AuditRecord
from monitor.base.services.audit import verify_audit
from tests.end_to_end.conftest import Visitor
from tests.end_to_end.test_grid import DAY, FLOW, SHARE, STOCK, TO_DAY, YEAR_END, Desk
from tests.end_to_end.world import fill
from tests.indicators.deliveries.supplier import Workbook

pytestmark = [pytest.mark.browser, pytest.mark.documents, pytest.mark.django_db(transaction=True)]

ROUND = "/rondes/2026-2"
OLD_CASES, REPORTS, SUSPECTS = "zeden-aangiften-langer-dan-6-maanden", "zeden-aangiften", "zeden-verdachten-om"


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.OUTPUT_DIR = tmp_path
    settings.DELIVERY_DIR = tmp_path / "aanleveringen"
    return tmp_path


@pytest.fixture
def somebody(transactional_db: None, folder: Path, new_visitor: Any, sign_in: Any) -> Any:
    """Gives the browser of somebody with a role; everybody has one of their own, at the same time."""
    people = fill(folder)

    def arrive(role: Role) -> Visitor:
        visitor: Visitor = new_visitor()
        sign_in(visitor, people[role])
        return visitor

    return arrive


def test_a_round_from_asking_to_the_report(somebody: Any, folder: Path) -> None:
    officer, second, editor = (somebody(role) for role in (Role.INVOERDER, Role.CONTROLEUR, Role.REDACTEUR))
    sheet = _ask(officer, folder)
    _deliver(officer, _answered(sheet, folder))
    _correct_and_paste(officer)
    _submit(officer)
    _hand_back_one_and_check_the_rest(second)
    _answer_the_question(officer)
    _check_the_last(second)
    _read_it_in_the_report(editor)
    assert list(verify_audit()) == []
    assert [one for visitor in (officer, second, editor) for one in visitor.complaints()] == []


def test_a_wrong_unit_and_a_total_that_does_not_add_up_are_found_in_a_round_just_opened(somebody: Any) -> None:
    """Tonnes for kilos, and verdicts of which the parts are not the whole."""
    editor, officer = somebody(Role.REDACTEUR), somebody(Role.INVOERDER)
    editor.open("/rondes/ondermijning-2027/")
    editor.page.get_by_role("button", name="Open de ronde").click()
    expect(editor.page.locator("main")).to_contain_text("is geopend")
    desk = Desk(officer, "/rondes/ondermijning-2027/rooster/")
    desk.type_in("drugs-cocaine-inbeslagname-douane", "2026", "55")
    assert "ongeveer 1.000 keer kleiner" in _findings_at(desk, "drugs-cocaine-inbeslagname-douane", "2026")
    verdicts = "ondermijningszaken-uitspraken"
    for part, number in (("schuldig", "610"), ("vrijspraak", "120"), ("overig", "40")):
        expect(desk.type_in(verdicts, "2026", number, categories=f"uitspraak={part}")).to_contain_text("opgeslagen")
    desk.type_in(verdicts, "2026", "780")
    assert "De delen tellen op tot 770, maar het totaal is 780" in _findings_at(desk, verdicts, "2026")
    officer.page.get_by_role("button", name="Geef alles wat klaar is ter controle").click()
    expect(officer.page.locator("[data-result]")).to_contain_text("niet")
    under_way = Proposal.objects.filter(round__code="ondermijning-2027")
    assert under_way.filter(series__key=_key(verdicts), state="concept").exists()
    assert under_way.filter(series__indicator__code__startswith="drugs", state="concept").exists()


# --- asking and delivering --------------------------------------------------------------------------------------------


def _ask(officer: Visitor, folder: Path) -> bytes:
    """One button for the police; the sheet with what is asked comes along."""
    assert officer.open(f"{ROUND}/uitvraag/") == 200
    officer.page.get_by_role("button", name="Maak uitvraag voor Politie").click()
    expect(officer.page.get_by_role("heading", level=1)).to_have_text("Uitvraag voor Politie")
    with officer.page.expect_download() as download:
        officer.page.get_by_role("link", name="Download het rekenblad").click()
    download.value.save_as(folder / "uitvraag.xlsx")
    officer.open(f"{ROUND}/?stand=uitgevraagd&thema=zeden")
    expect(officer.page.get_by_role("link", name="Incidenten", exact=False).first).to_be_visible()
    return (folder / "uitvraag.xlsx").read_bytes()


def _answered(sheet: bytes, folder: Path) -> Path:
    """The police fills in three figures, one of them over the whole year, and sorts the rows."""
    book = Workbook(sheet)
    book.grid.fill(f"{_key(FLOW)} {TO_DAY}", waarde=13_512, status="definitief", opmerking="Peildatum 2 november.")
    book.grid.fill(f"{_key(REPORTS)} {TO_DAY}", waarde=4_275, status="definitief")
    book.grid.fill(f"{_key(STOCK)} {DAY}", waarde=3_351, status="definitief")
    book.grid.sort_rows(str, reverse=True)
    target = folder / "antwoord politie.xlsx"
    target.write_bytes(book.save())
    return target


def _key(indicator: str) -> str:
    return f"{indicator}|nederland|realisatie|"


def _deliver(officer: Visitor, answer: Path) -> None:
    """Nothing is stored before the plan is confirmed; the plan says what the checks found."""
    officer.open(f"{ROUND}/aanleveringen/")
    officer.page.locator("input[type=file]").set_input_files(answer)
    officer.page.get_by_role("button", name="Lees het bestand").click()
    expect(officer.page.get_by_role("heading", level=1)).to_have_text("Wat deze aanlevering zou veranderen")
    expect(officer.page.locator("main")).to_contain_text("lijkt een telling over een heel jaar")
    assert not Proposal.objects.filter(series__key=_key(FLOW)).exists()
    officer.page.get_by_role("button", name="Bewaar als concept").click()
    expect(officer.page.locator("main")).to_contain_text("3 cijfers staan nu als concept")
    assert Proposal.objects.filter(delivery__isnull=False).count() == 3


# --- entering ---------------------------------------------------------------------------------------------------------


def _correct_and_paste(officer: Visitor) -> None:
    """By keyboard: the count up to the day for the year's, a share without its comma, last year's stock once more."""
    desk = Desk(officer, f"{ROUND}/rooster/?thema=zeden")
    assert "heel jaar" in _findings_at(desk, REPORTS, TO_DAY)
    expect(desk.type_in(REPORTS, TO_DAY, "3.702")).to_contain_text("opgeslagen")
    desk.type_in(SHARE, YEAR_END, "8370")
    assert "Kijk of de komma op de goede plaats staat" in _findings_at(desk, SHARE, YEAR_END)
    expect(desk.type_in(SHARE, YEAR_END, "83,7")).to_contain_text("83,7")
    desk.cell(STOCK, DAY).focus()
    desk.paste("3.484\r\n1.012\r\n")
    plan = officer.page.locator("[data-plan]")
    expect(plan).to_contain_text("2 op te slaan")
    officer.page.get_by_role("button", name="Sla op", exact=True).click()
    expect(desk.cell(OLD_CASES, DAY)).to_contain_text("opgeslagen")
    assert "precies het cijfer" in _findings_at(desk, STOCK, DAY)
    desk.press("Alt+Enter")
    officer.page.keyboard.type("Nagevraagd: de voorraad is even groot.")
    desk.press("Tab", "Enter")
    expect(desk.cell(STOCK, DAY)).to_contain_text("opgeslagen")


def _findings_at(desk: Desk, indicator: str, period: str) -> str:
    """What stands beside the grid about a cell, once its checks have answered."""
    desk.cell(indicator, period).focus()
    findings = desk.page.locator("[data-panel-findings]")
    expect(findings).not_to_be_empty()
    return findings.inner_text()


def _submit(officer: Visitor) -> None:
    """A warning without an explanation is sent back at once; with one it goes to the second officer."""
    page = officer.page
    page.get_by_role("button", name="Geef alles wat klaar is ter controle").click()
    result = page.locator("[data-result]")
    expect(result).to_contain_text("ter controle")
    for series in Proposal.objects.filter(series__indicator__theme__code="zeden", state="concept").values_list(
        "series__indicator__code", "period__code"
    ):
        _explain(Desk(officer, f"{ROUND}/rooster/?thema=zeden"), *series)
    page.get_by_role("button", name="Geef alles wat klaar is ter controle").click()
    expect(result).to_contain_text("ter controle")
    assert not Proposal.objects.filter(series__indicator__theme__code="zeden", state="concept").exists()


def _explain(desk: Desk, indicator: str, period: str) -> None:
    desk.cell(indicator, period).focus()
    expect(desk.page.locator("[data-panel-findings]")).not_to_be_empty()
    desk.press("Alt+Enter")
    desk.page.keyboard.type("Nagevraagd bij de politie: het klopt.")
    desk.press("Tab", "Enter")
    expect(desk.cell(indicator, period)).to_contain_text("opgeslagen")


# --- checking ---------------------------------------------------------------------------------------------------------


def _row(page: Page, name: str) -> Any:
    return page.locator(".review__row").filter(has=page.get_by_role("heading", name=name))


def _hand_back_one_and_check_the_rest(second: Visitor) -> None:
    page = second.page
    second.open(f"{ROUND}/controle/?thema=zeden")
    stock = page.locator(".review__row", has_text="even groot")
    expect(stock).to_contain_text("precies het cijfer")
    stock.get_by_role("checkbox").check()
    page.get_by_label("Reden van teruggave").fill("Is dit niet de stand van vorig jaar?")
    page.get_by_role("button", name="Geef de gekozen cijfers terug").click()
    expect(page.locator("main")).to_contain_text("Eén cijfer is teruggegeven")
    second.open(f"{ROUND}/controle/?thema=zeden")
    page.get_by_role("button", name=re.compile("zonder waarschuwing")).click()
    expect(page.locator("main")).to_contain_text("gecontroleerd")
    second.open(f"{ROUND}/controle/?thema=zeden")
    for _ in range(page.locator(".review__row").count()):
        page.locator(".review__row").first.get_by_role("button", name=re.compile("Controleer")).click()
        expect(page.locator("main")).to_contain_text("gecontroleerd")
        second.open(f"{ROUND}/controle/?thema=zeden")
    assert set(Proposal.objects.filter(series__indicator__theme__code="zeden").values_list("series__key", "state")) == {
        (_key(STOCK), "teruggegeven")
    }


def _answer_the_question(officer: Visitor) -> None:
    """What was handed back says why; the right value goes up again."""
    desk = Desk(officer, f"{ROUND}/rooster/?thema=zeden")
    cell = desk.cell(STOCK, DAY)
    expect(cell).to_contain_text("teruggegeven")
    cell.focus()
    desk.press("Alt+Enter")
    expect(officer.page.locator("[data-panel]")).to_contain_text("Is dit niet de stand van vorig jaar?")
    desk.press("Escape")
    expect(desk.type_in(STOCK, DAY, "3.351")).to_contain_text("opgeslagen")
    officer.page.get_by_role("button", name="Geef alles wat klaar is ter controle").click()
    expect(officer.page.locator("[data-result]")).to_contain_text("ter controle")


def _check_the_last(second: Visitor) -> None:
    second.open(f"{ROUND}/controle/?thema=zeden")
    row = second.page.locator(".review__row")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("Is dit niet de stand van vorig jaar?")
    row.get_by_role("button", name=re.compile("Controleer")).click()
    expect(second.page.locator("main")).to_contain_text("gecontroleerd")
    figure = Observation.objects.get(series__key=_key(STOCK), period__code=DAY)
    assert (figure.value, figure.entered_by.username, figure.approved_by.username) == (3_351, "invoerder", "controleur")
    assert AuditRecord.objects.filter(act="cijfers gecontroleerd", actor_name="controleur").exists()


# --- the report -------------------------------------------------------------------------------------------------------


def _read_it_in_the_report(editor: Visitor) -> None:
    """The report of this round, made now, holds what was just checked."""
    page = editor.page
    editor.open("/rapporten/werkvoorraad-zeden/")
    page.get_by_label("Rapportageronde").select_option("2026-2")
    for box in page.get_by_role("checkbox").all():
        box.set_checked(box.get_attribute("value") == "html")
    page.get_by_role("button", name=re.compile("Maak")).click()
    expect(page.locator("main")).to_contain_text("klaar", timeout=60_000)
    editor.open("/rapporten/werkvoorraad-zeden/")
    page.get_by_role("link", name=re.compile("^Lees", re.IGNORECASE)).first.click()
    document = page.locator("body")
    expect(document).to_contain_text("De voorraad zedenzaken telt 3.351 zaken op 2 november 2026")
    expect(document).to_contain_text("De politie registreerde 13.512 incidenten tot en met 2 november 2026")
