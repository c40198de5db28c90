"""The entry grid in a real browser, by keyboard alone: walking, typing, undo, paste, checks, conflicts, submitting."""

from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from indicators.core.access import Worker
from indicators.models import FactProposal, Observation, Period, Proposal, ProposalEdit, Round, RoundItem, Series
from indicators.queries.workers import worker_of
from indicators.services.proposals import Place, ProposalContent, save_proposal
from monitor.base.core.roles import Role
from tests.end_to_end.conftest import Visitor
from tests.end_to_end.world import fill
from tests.workers import person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STOCK, FLOW, SHARE = "zeden-voorraad", "zeden-incidenten", "zeden-voorraad-ouder-dan-jaar"
DAY, TO_DAY, YEAR_END = "2026-11-02", "../2026-11-02", "2025-12-31"
GRID = "/rondes/2026-2/rooster/?thema=zeden"


@pytest.fixture
def people(transactional_db, settings, tmp_path):
    settings.OUTPUT_DIR = tmp_path
    return fill(tmp_path)


class Desk:
    """Somebody at the grid."""

    def __init__(self, visitor: Visitor, path: str = GRID) -> None:
        self.visitor, self.page = visitor, visitor.page
        assert visitor.open(path) == 200
        self.page.wait_for_selector("[data-ready]")

    def cell(self, indicator: str, period: str, categories: str = "") -> Locator:
        series, when = place(indicator, period, categories)
        return self.page.locator(f'td[data-series="{series}"][data-period="{when}"]')

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type_in(self, indicator: str, period: str, text: str, categories: str = "") -> Locator:
        cell = self.cell(indicator, period, categories)
        cell.focus()
        self.page.keyboard.type(text)
        self.press("Enter")
        return cell

    def paste(self, text: str) -> None:
        """What the clipboard gives to the element with the focus."""
        self.page.evaluate(
            """text => { const data = new DataTransfer(); data.setData('text/plain', text);
            const paste = new ClipboardEvent('paste', {clipboardData: data, bubbles: true});
            document.activeElement.dispatchEvent(paste) }""",
            text,
        )

    @property
    def focused(self) -> str:
        found: str = self.page.evaluate(
            "document.activeElement.dataset.series + ':' + document.activeElement.dataset.period"
        )
        return found

    def said(self, text: str, *, urgent: bool = False) -> None:
        place = self.page.locator("[data-live-urgent]" if urgent else "[data-live]")
        expect(place).to_contain_text(text)

    def other_complaints(self) -> list[str]:
        """What the browser complains of but for refusals that the test provoked."""
        return [one for one in self.visitor.complaints() if not one.startswith(("400:", "409:", "403:"))]


@pytest.fixture
def at_grid(new_visitor: Any, sign_in: Any, people: Any) -> Any:
    """A desk for somebody with a role: ``at_grid(Role.INVOERDER)``."""

    def open_grid(role: Role = Role.INVOERDER, path: str = GRID, **options: Any) -> Desk:
        visitor = new_visitor(**options)
        sign_in(visitor, people[role])
        return Desk(visitor, path)

    return open_grid


def place(indicator: str, period: str, categories: str = "") -> tuple[int, int]:
    series = Series.objects.get(key=f"{indicator}|nederland|realisatie|{categories}")
    return series.pk, Period.objects.get(code=period).pk


def stored(indicator: str, period: str) -> Proposal:
    series, when = place(indicator, period)
    return Proposal.objects.get(series=series, period=when)


def colleague() -> Worker:
    return worker_of(person("collega", Role.INVOERDER))


def saved_by_colleague(indicator: str, period: str, value: int, version: int = 0) -> Proposal:
    series, when = place(indicator, period)
    there = Place(series, when, Round.objects.get(code="2026-2").pk)
    return save_proposal(by=colleague(), place=there, version=version, content=ProposalContent(value=Decimal(value)))


# --- walking and typing -----------------------------------------------------------------------------------------------


def test_arrows_tab_home_and_end_walk_through_the_grid(at_grid):
    desk = at_grid()
    desk.cell(FLOW, TO_DAY).focus()
    begin = desk.focused
    desk.press("ArrowLeft")
    assert desk.focused == "{}:{}".format(*place(FLOW, "../2025-11-02"))
    desk.press("ArrowRight", "ArrowDown")
    assert desk.focused == "{}:{}".format(*place("zeden-aangiften", TO_DAY))
    desk.press("ArrowUp")
    assert desk.focused == begin
    desk.press("Tab")
    assert desk.focused == "{}:{}".format(*place("zeden-aangiften", TO_DAY))
    desk.press("Shift+Tab")
    assert desk.focused == begin
    desk.press("Home")
    assert desk.focused == "{}:{}".format(*place(FLOW, "../2020-11-02"))
    desk.press("Control+End")
    assert desk.focused == "{}:{}".format(*place("zeden-verdachten-om", TO_DAY))
    assert desk.page.locator("td[role=gridcell][tabindex='0']").count() == 3  # one stop in each table


def test_tab_leaves_the_grid_at_its_end_and_after_escape(at_grid):
    desk = at_grid()
    desk.cell("zeden-verdachten-om", TO_DAY).focus()
    desk.press("Tab")
    assert desk.page.evaluate("document.activeElement.closest('[role=grid]')") is None
    desk.cell(FLOW, TO_DAY).focus()
    desk.press("Escape", "Tab")
    assert desk.page.evaluate("document.activeElement.closest('[role=grid]')") is None


def test_typing_saves_on_enter_visibly_and_goes_down(at_grid):
    desk = at_grid()
    cell = desk.type_in(FLOW, TO_DAY, "13.512")
    expect(cell).to_contain_text("13.512")
    expect(cell).to_contain_text("opgeslagen")
    assert desk.focused == "{}:{}".format(*place("zeden-aangiften", TO_DAY))
    found = stored(FLOW, TO_DAY)
    assert (found.value, found.decimals, found.version) == (13_512, 0, 1)
    desk.said("13.512 opgeslagen")
    expect(desk.page.locator("[data-saved]")).to_have_text("Alles is opgeslagen.")
    assert desk.visitor.complaints() == []


def test_escape_cancels_f2_edits_and_delete_empties(at_grid):
    desk = at_grid()
    cell = desk.type_in(FLOW, TO_DAY, "13512")
    expect(cell).to_contain_text("opgeslagen")
    cell.focus()
    desk.press("F2")
    expect(cell.locator("input")).to_have_value("13512")
    desk.press("End", "Backspace", "Escape")
    expect(cell).to_contain_text("13.512")
    desk.press("F2", "End", "5", "Tab")
    expect(cell).to_contain_text("135.125")
    cell.focus()
    desk.press("Delete")
    expect(cell).to_contain_text("in te vullen")
    assert not Proposal.objects.filter(series=place(FLOW, TO_DAY)[0]).exists()


def test_undo_puts_back_what_stood_there_step_by_step(at_grid):
    desk = at_grid()
    cell = desk.type_in(FLOW, TO_DAY, "13512")
    expect(cell).to_contain_text("13.512")
    desk.type_in(FLOW, TO_DAY, "13600")
    expect(cell).to_contain_text("13.600")
    expect(cell).to_contain_text("opgeslagen")
    desk.press("Control+z")
    expect(cell).to_contain_text("13.512")
    expect(cell).to_contain_text("opgeslagen")
    assert stored(FLOW, TO_DAY).value == 13_512
    desk.press("Control+z")
    expect(cell).to_contain_text("in te vullen")
    assert not Proposal.objects.filter(series=place(FLOW, TO_DAY)[0]).exists()
    acts = ProposalEdit.objects.filter(series=place(FLOW, TO_DAY)[0]).order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["ingevoerd", "gewijzigd", "gewijzigd", "ingetrokken"]


def test_undo_does_not_undo_a_colleague(at_grid):
    desk = at_grid()
    cell = desk.type_in(FLOW, TO_DAY, "13512")
    expect(cell).to_contain_text("opgeslagen")
    saved_by_colleague(FLOW, TO_DAY, 14_000, version=1)
    cell.focus()
    desk.press("Control+z")
    expect(cell).to_contain_text("conflict: daar staat 14.000")
    assert stored(FLOW, TO_DAY).value == 14_000


# --- checks -----------------------------------------------------------------------------------------------------------


def test_an_error_is_shown_at_the_cell_and_read_out(at_grid):
    desk = at_grid()
    cell = desk.type_in(SHARE, YEAR_END, "8370")
    expect(cell).to_contain_text("fout")
    expect(cell).to_have_attribute("aria-invalid", "true")
    described = cell.get_attribute("aria-describedby")
    assert "ligt tussen 0% en 100%" in (desk.page.text_content(f"#{described}") or "")
    cell.focus()
    expect(desk.page.locator("[data-panel-findings]")).to_contain_text("Kijk of de komma op de goede plaats staat")
    desk.said("ligt tussen 0% en 100%", urgent=True)


def test_a_warning_asks_for_an_explanation_there_at_once(at_grid):
    desk = at_grid()
    cell = desk.type_in(STOCK, DAY, "3484")
    expect(cell).to_contain_text("let op")
    cell.focus()
    expect(desk.page.locator("[data-panel-findings]")).to_contain_text("precies het cijfer")
    desk.press("Alt+Enter")
    expect(desk.page.locator("#toelichting")).to_be_focused()
    desk.page.keyboard.type("Nagevraagd: echt gelijk gebleven.")
    desk.press("Tab", "Enter")
    expect(cell).to_be_focused()
    expect(cell).to_contain_text("opgeslagen")
    assert stored(STOCK, DAY).explanation == "Nagevraagd: echt gelijk gebleven."
    assert stored(STOCK, DAY).value == 3484


# --- pasting ----------------------------------------------------------------------------------------------------------


def test_a_pasted_block_is_shown_first_and_saved_cell_by_cell(at_grid):
    desk = at_grid()
    desk.cell(FLOW, TO_DAY).focus()
    desk.paste("13.512\r\n3.700\r\n2,301\r\n")
    plan = desk.page.locator("[data-plan]")
    expect(plan).to_be_visible()
    expect(plan).to_contain_text("3 op te slaan")
    assert not Proposal.objects.filter(series=place(FLOW, TO_DAY)[0]).exists()
    desk.page.click("text=Sla op")
    expect(desk.cell("zeden-verdachten-om", TO_DAY)).to_contain_text("opgeslagen")
    assert stored(FLOW, TO_DAY).value == 13_512
    assert stored("zeden-aangiften", TO_DAY).value == 3_700
    assert stored("zeden-verdachten-om", TO_DAY).value == 2_301
    desk.press("Control+z")
    expect(desk.cell("zeden-verdachten-om", TO_DAY)).to_contain_text("in te vullen")
    assert not Proposal.objects.filter(series=place(FLOW, TO_DAY)[0]).exists()
    assert desk.visitor.complaints() == []


def test_what_is_ambiguous_is_asked_before_anything_is_saved(at_grid):
    desk = at_grid()
    desk.cell(SHARE, YEAR_END).focus()
    desk.paste("1.234\t5\n9\t\n")
    plan = desk.page.locator("[data-plan]")
    expect(plan).to_contain_text("1 te beantwoorden")
    expect(plan).to_contain_text("Deze cel is hier niet te wijzigen")
    expect(plan).to_contain_text("buiten het rooster")
    desk.page.click("text=Sla op")
    expect(plan.locator("[role=alert]")).to_contain_text("Er is niets opgeslagen")
    assert not Proposal.objects.filter(series=place(SHARE, YEAR_END)[0]).exists()
    plan.locator("select").select_option(label="1,234 (met 3 decimalen)")
    desk.page.click("text=Sla op")
    expect(desk.cell(SHARE, YEAR_END)).to_contain_text("1,234")
    assert str(stored(SHARE, YEAR_END).value) == "1.2340"


def test_a_typed_value_that_is_ambiguous_is_asked_and_a_dash_is_no_zero(at_grid):
    desk = at_grid()
    cell = desk.type_in(SHARE, YEAR_END, "1.234")
    ask = desk.page.locator("[data-ask]")
    expect(ask).to_contain_text("op twee manieren te lezen")
    desk.press("Escape")
    expect(ask).not_to_be_visible()
    expect(cell).to_contain_text("fout")
    assert not Proposal.objects.filter(series=place(SHARE, YEAR_END)[0]).exists()
    desk.type_in(FLOW, TO_DAY, "-")
    expect(ask).to_contain_text("is geen nul")
    desk.press("Space", "Enter")
    expect(desk.cell(FLOW, TO_DAY)).to_contain_text("opgeslagen")
    assert (stored(FLOW, TO_DAY).value, stored(FLOW, TO_DAY).marker) == (None, "nihil")
    assert desk.other_complaints() == []


def test_what_is_no_number_stays_in_its_cell_and_is_named(at_grid):
    desk = at_grid()
    cell = desk.type_in(FLOW, TO_DAY, "13,4,84")
    expect(cell).to_contain_text("13,4,84")
    expect(cell).to_contain_text("fout")
    cell.focus()
    expect(desk.page.locator("[data-panel-message]")).to_contain_text("‘13,4,84’ is geen getal")
    desk.page.click("text=Laat mijn invoer vallen")
    expect(cell).to_contain_text("in te vullen")


# --- two people, and no connection ------------------------------------------------------------------------------------


def test_two_people_in_one_cell_the_second_gets_both_values_and_chooses(at_grid):
    desk = at_grid()
    saved_by_colleague(FLOW, TO_DAY, 14_000)
    cell = desk.type_in(FLOW, TO_DAY, "13512")
    expect(cell).to_contain_text("13512")
    expect(cell).to_contain_text("conflict: daar staat 14.000")
    desk.said("Conflict", urgent=True)
    cell.focus()
    message = desk.page.locator("[data-panel-message]")
    expect(message).to_contain_text("U typte: 13512. Daar staat: 14.000 (collega)")
    assert stored(FLOW, TO_DAY).value == 14_000
    desk.press("Alt+Enter")
    desk.press("Tab")
    expect(desk.page.get_by_role("button", name="Mijne opslaan")).to_be_focused()
    desk.press("Enter")
    expect(cell).to_contain_text("13.512")
    expect(cell).to_contain_text("opgeslagen")
    assert (stored(FLOW, TO_DAY).value, stored(FLOW, TO_DAY).version) == (13_512, 2)


def test_the_second_may_keep_what_the_first_saved(at_grid):
    desk = at_grid()
    saved_by_colleague(FLOW, TO_DAY, 14_000)
    cell = desk.type_in(FLOW, TO_DAY, "13512")
    expect(cell).to_contain_text("conflict")
    cell.focus()
    desk.page.click("text=Hunne houden")
    expect(cell).to_contain_text("14.000")
    assert stored(FLOW, TO_DAY).version == 1


def test_without_a_connection_nothing_is_lost_and_leaving_warns(at_grid):
    desk = at_grid()
    desk.page.route("**/rooster/cel/**", lambda route: route.abort())
    cell = desk.type_in(FLOW, TO_DAY, "13512")
    expect(cell).to_contain_text("niet opgeslagen")
    expect(cell).to_contain_text("13512")
    expect(desk.page.locator("[data-saved]")).to_have_text("Eén cel is niet opgeslagen.")
    warned: list[str] = []
    desk.page.on("dialog", lambda dialog: (warned.append(dialog.type), dialog.dismiss()))
    desk.page.evaluate("window.location.href = '/rondes/'")
    desk.page.wait_for_timeout(500)
    assert warned == ["beforeunload"]
    desk.page.unroute("**/rooster/cel/**")
    cell.focus()
    desk.page.click("text=Probeer opnieuw")
    expect(cell).to_contain_text("opgeslagen")
    assert stored(FLOW, TO_DAY).value == 13_512


# --- details, revisions, submitting -----------------------------------------------------------------------------------


def test_the_details_hold_everything_and_escape_goes_back(at_grid):
    desk = at_grid()
    cell = desk.type_in(FLOW, TO_DAY, "13512")
    expect(cell).to_contain_text("opgeslagen")
    cell.focus()
    desk.press("Alt+Enter")
    form = desk.page.locator("[data-details-form]")
    expect(form).to_be_visible()
    assert desk.visitor.axe_violations() == []
    desk.press("Escape")
    expect(cell).to_be_focused()
    desk.press("Alt+Enter")
    form.get_by_label("Bovengrens").fill("12000")
    form.get_by_label("Status").select_option("voorlopig")
    form.get_by_label("Voetnoot").fill("Zonder Caribisch Nederland.")
    form.get_by_label("Of een nieuwe bron: titel").fill("Opgave van november")
    form.get_by_role("button", name="Sla op").click()
    expect(form.get_by_label("Van wie is die bron")).to_have_attribute("aria-invalid", "true")
    expect(form).to_contain_text("Een nieuwe bron heeft een titel en iemand van wie zij is")
    form.get_by_label("Van wie is die bron").fill("Politie")
    form.get_by_label("Bovengrens").fill("14000")
    form.get_by_role("button", name="Sla op").click()
    expect(cell).to_be_focused()
    found = stored(FLOW, TO_DAY)
    assert (found.value, found.value_high, found.status) == (13_512, 14_000, "voorlopig")
    assert (found.footnote, str(found.source)) == ("Zonder Caribisch Nederland.", "Politie, Opgave van november")


def test_a_past_figure_is_read_only_until_somebody_begins_a_change(at_grid):
    desk = at_grid()
    past = "../2025-11-02"
    cell = desk.cell(FLOW, past)
    expect(cell).to_have_attribute("aria-readonly", "true")
    cell.focus()
    desk.press("5")
    expect(cell.locator("input")).to_have_count(0)
    expect(desk.page.locator("[data-panel-message]")).to_contain_text("niet te wijzigen")
    desk.press("Alt+Enter")
    expect(desk.page.locator("summary", has_text="Begin een wijziging")).to_be_focused()
    desk.press("Enter")
    form = desk.page.locator("[data-details-form]")
    form.get_by_label("Waarde", exact=False).first.fill("13455")
    form.get_by_label("Soort wijziging").select_option("correctie")
    form.get_by_label("Reden van de wijziging").fill("Dubbel geteld.")
    form.get_by_role("button", name="Sla op").click()
    expect(cell).to_contain_text("13.455")
    expect(cell).to_contain_text("concept")
    found = stored(FLOW, past)
    assert (found.value, found.change_kind, found.reason, found.base_revision) == (
        13_455,
        "correctie",
        "Dubbel geteld.",
        1,
    )
    assert RoundItem.objects.filter(series=found.series, period=found.period, round__code="2026-2").exists()
    current = Observation.objects.get(series=found.series, period=found.period, known_to=None)
    assert current.value == 13_401


def test_everything_that_is_ready_goes_to_the_second_officer_and_the_rest_says_why(at_grid):
    desk = at_grid()
    for indicator, period, value in ((FLOW, TO_DAY, "13512"), (SHARE, YEAR_END, "8370"), (STOCK, DAY, "3484")):
        expect(desk.type_in(indicator, period, value)).to_contain_text("opgeslagen")
    desk.page.click("text=Geef alles wat klaar is ter controle")
    result = desk.page.locator("[data-result]")
    expect(result).to_contain_text("1 cijfer staat ter controle. 2 nog niet:")
    expect(result).to_contain_text("ligt tussen 0% en 100%")
    expect(result).to_contain_text("Licht toe waarom het cijfer toch klopt")
    expect(desk.cell(FLOW, TO_DAY)).to_contain_text("ter controle")
    assert stored(FLOW, TO_DAY).state == "ter-controle"
    assert stored(SHARE, YEAR_END).state == "concept"
    result.get_by_role("button").first.click()
    assert desk.page.evaluate("document.activeElement.getAttribute('role')") == "gridcell"


def test_chosen_cells_go_to_the_second_officer(at_grid):
    desk = at_grid()
    for indicator, value in ((FLOW, "13512"), ("zeden-aangiften", "3700"), ("zeden-verdachten-om", "2301")):
        expect(desk.type_in(indicator, TO_DAY, value)).to_contain_text("opgeslagen")
    desk.cell(FLOW, TO_DAY).focus()
    desk.press("Shift+ArrowDown")
    assert desk.page.locator("[aria-selected=true]").count() == 2
    desk.page.click("text=Geef gekozen cellen ter controle")
    expect(desk.page.locator("[data-result]")).to_contain_text("2 cijfers staan ter controle.")
    assert Proposal.objects.filter(state="ter-controle", period__code=TO_DAY).count() == 2


# --- other ways of reading --------------------------------------------------------------------------------------------


def test_the_grid_in_use_is_accessible_and_fits(at_grid):
    desk = at_grid()
    expect(desk.type_in(SHARE, YEAR_END, "8370")).to_contain_text("fout")
    expect(desk.type_in(STOCK, DAY, "3484")).to_contain_text("let op")
    desk.cell(STOCK, DAY).focus()
    assert desk.visitor.axe_violations() == []
    desk.paste("1.234\n5\n6")
    expect(desk.page.locator("[data-plan]")).to_be_visible()
    assert desk.visitor.axe_violations() == []
    desk.press("Escape")
    for width in (320, 360, 640):
        desk.page.set_viewport_size({"width": width, "height": 800})
        assert desk.page.evaluate("document.documentElement.scrollWidth") <= width
    assert desk.visitor.axe_violations() == []


def test_who_only_looks_gets_no_cell_to_type_in(at_grid):
    desk = at_grid(Role.CONTROLEUR)
    assert desk.page.locator("td[aria-readonly=false]").count() == 0
    desk.cell(FLOW, TO_DAY).focus()
    desk.press("5")
    expect(desk.page.locator("[data-panel-message]")).to_contain_text("alleen lezen")


def test_without_a_script_the_table_links_to_forms_and_a_series_is_filled_in_one_form(new_visitor, sign_in, people):
    visitor = new_visitor(javascript=False)
    sign_in(visitor, people[Role.INVOERDER])
    assert visitor.open(GRID) == 200
    item = RoundItem.objects.get(series=place(FLOW, TO_DAY)[0], period=place(FLOW, TO_DAY)[1], round__code="2026-2")
    assert visitor.page.locator(f'a[href="/rondes/2026-2/cijfers/{item.pk}/"]').inner_text() == "vul in"
    visitor.page.locator("th a", has_text="Geregistreerde zedenincidenten").last.click()
    visitor.page.wait_for_load_state()
    group = visitor.page.get_by_role("group", name="Tot en met 2 november 2026")
    group.get_by_label("Waarde").first.fill("13.512")
    visitor.page.click("text=Opslaan en ter controle geven")
    assert "De cijfers staan ter controle." in visitor.page.inner_text("main")
    assert (stored(FLOW, TO_DAY).value, stored(FLOW, TO_DAY).state) == (13_512, "ter-controle")


def test_the_form_of_a_series_is_accessible_and_fits(new_visitor, sign_in, people):
    visitor = new_visitor()
    sign_in(visitor, people[Role.INVOERDER])
    assert visitor.open(f"/rondes/2026-2/reeksen/{place(FLOW, TO_DAY)[0]}/") == 200
    assert visitor.axe_violations() == []
    for width in (320, 360, 640):
        visitor.page.set_viewport_size({"width": width, "height": 800})
        assert visitor.page.evaluate("document.documentElement.scrollWidth") <= width
    assert visitor.complaints() == []


# --- one-off figures beside the grid ----------------------------------------------------------------------------------


def test_a_one_off_figure_is_added_in_one_line_below_the_grid(at_grid):
    desk = at_grid()
    page = desk.page
    page.get_by_label("Naam").fill("Zaken met een kind")
    page.get_by_label("Zin").fill("In {waarde} zaken was het slachtoffer jonger dan twaalf jaar.")
    page.get_by_label("Waarde", exact=True).fill("1204")
    page.get_by_label("Meeteenheid").select_option("aantal")
    page.get_by_label("Periode").fill("2025")
    page.get_by_label("Bron", exact=True).select_option(index=1)
    page.get_by_role("button", name="Opslaan", exact=True).click()
    expect(page.locator("[role=status]").first).to_contain_text("Het losse cijfer is opgeslagen")
    assert page.url.endswith(GRID)
    expect(page.locator("main")).to_contain_text("In 1.204 zaken was het slachtoffer jonger dan twaalf jaar.")
    stored_fact = FactProposal.objects.get(name="Zaken met een kind")
    assert (stored_fact.value, stored_fact.theme.code, stored_fact.round.code) == (1204, "zeden", "2026-2")
    assert desk.visitor.axe_violations() == []
    page.get_by_role("link", name="Zaken met een kind").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Los cijfer wijzigen")
