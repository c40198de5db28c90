"""The zeden table as the police sends it, in a real browser: offered, tied to series, restated row, second officer."""

from pathlib import Path
from typing import Any

import pytest

from indicators.models import ImportProfile, Proposal
from indicators.queries.workers import worker_of
from indicators.services.submission import submit_proposals
from monitor.base.core.roles import Role
from tests.end_to_end.delivered import SHEETS, ZEDEN
from tests.end_to_end.world import fill
from tests.indicators.sheets.golden_books import Page, book
from tests.indicators.sheets.golden_sheets import RESTATED as LATER
from tests.indicators.sheets.golden_sheets import zeden_rows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RESTATED = "zeden-aangiften-langer-dan-6-maanden|nederland|realisatie|"
FOOTNOTE = "Herzien voor alle jaren: lopende zaken zonder zedenteam tellen mee."
CHANGED = "Aangiften zeden langer dan 6 maanden in voorraad"


@pytest.fixture
def people(transactional_db: None, settings: Any, tmp_path: Path) -> Any:
    settings.OUTPUT_DIR = tmp_path
    return fill(tmp_path)


@pytest.mark.parametrize("javascript", [True, False])
def test_the_police_sends_its_table_and_the_restated_row_reaches_the_second_officer(
    new_visitor, sign_in, people, javascript, tmp_path
):
    ImportProfile.objects.update(state="vervallen")  # nobody made one yet
    restated = tmp_path / "zeden november.xlsx"
    restated.write_bytes(book(Page("Zeden", [*zeden_rows(LATER), ("Gemaakt op 5 november",)])))
    visitor = new_visitor(javascript=javascript)
    page = visitor.page
    sign_in(visitor, people[Role.INVOERDER])
    visitor.open("/rondes/2026-2/aanleveringen/")
    page.click("text=Bied een eigen bestand van de leverancier aan")
    page.select_option("#id_supplier", "politie")
    page.set_input_files("#id_file", str(SHEETS / "03-zeden-openoffice.ods"))
    page.click("text=Lees het bestand")
    page.click("text=Maak een profiel voor deze tabel")
    for label, series in ZEDEN.items():
        page.get_by_label(label, exact=True).select_option(series)
    page.fill("#naam", "Zedentabel van de politie")
    page.click("text=Ververs het voorbeeld")
    page.wait_for_selector("text=30 cijfers gelezen, 0 meldingen, 0 open vragen.")
    page.click("text=Leg het profiel vast en maak het plan")
    page.wait_for_selector("text=Dit bestand verandert niets.")

    visitor.open("/rondes/2026-2/aanleveringen/eigen/")
    page.select_option("#id_supplier", "politie")
    page.set_input_files("#id_file", str(restated))
    page.click("text=Lees het bestand")
    page.click("text=Gebruik ‘Zedentabel van de politie’")
    page.wait_for_selector("text=Gelezen met profiel ‘Zedentabel van de politie’, versie 1")
    assert "1.074" in page.inner_text("main")
    assert "1.081" in page.inner_text("main")
    page.click("text=Alles tegelijk, met dezelfde reden")
    page.check("#neem-alles")
    page.select_option("#soort-alles", "revisie")
    page.fill("#reden-alles", "De politie herzag alle jaren.")
    page.click("text=Bewaar als concept")
    page.wait_for_selector("text=6 cijfers staan nu als concept in de ronde.")
    stored = Proposal.objects.filter(series__key=RESTATED)
    assert set(stored.values_list("reason", "change_kind", "footnote")) == {
        ("De politie herzag alle jaren.", "revisie", FOOTNOTE)
    }
    assert sorted(int(one.value) for one in stored) == [930, 1004, 1081, 1099, 1107, 1188]
    stored.update(explanation="Bevestigd door de politie.")
    submit_proposals(by=worker_of(people[Role.INVOERDER]), pairs=list(stored.values_list("pk", "version")))

    other = new_visitor(javascript=javascript)
    sign_in(other, people[Role.CONTROLEUR])
    other.open("/rondes/2026-2/controle/")
    seen = other.page.inner_text("main")
    assert CHANGED in seen
    assert "1.081" in seen
