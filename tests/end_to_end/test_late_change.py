"""Ten in the evening: one value, or one sentence, changed by one person and checked by another, and in the report."""

import time
from datetime import timedelta
from decimal import Decimal

import pytest

from indicators.core.enumerations import Audience
from indicators.models import Fact, Observation
from monitor.base.core.roles import Role
from reports.queries.documents import check_order, load_document
from reports.services.reports import make_report
from tests.end_to_end.world import fill

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIVE_MINUTES = timedelta(minutes=5).total_seconds()


@pytest.fixture
def people(transactional_db, settings, tmp_path):
    settings.OUTPUT_DIR = tmp_path
    return fill(tmp_path)


class Walk:
    """One person on the way: counts the pages that load and what is pressed."""

    def __init__(self, visitor, path):
        self.page, self.loads, self.presses = visitor.page, 0, 0
        self.page.on("load", lambda _: self._loaded())
        visitor.open(path)

    def _loaded(self):
        self.loads += 1

    def press(self, selector):
        self.presses += 1
        with self.page.expect_navigation():
            self.page.click(selector)

    def fill(self, selector, text):
        self.page.fill(selector, text)


@pytest.fixture
def walk(new_visitor, sign_in, people):
    def start(role, path):
        visitor = new_visitor()
        sign_in(visitor, people[role])
        return Walk(visitor, path)

    return start


def told(what, began, *walks):
    """What it took, printed; well within five minutes, since a person reads and types more slowly than a test."""
    seconds = time.monotonic() - began
    loads, presses = sum(one.loads for one in walks), sum(one.presses for one in walks)
    print(f"\n{what}: {presses} keer klikken, {loads} bladzijden geladen, {seconds:.1f} s voor de machine")
    assert seconds < FIVE_MINUTES
    assert presses <= 8


def document(template, round_code="2026-2"):
    return repr(load_document(check_order(template, round_code, "csv"), Audience.INTERNAL))


def test_one_value_of_an_open_round_is_changed_checked_and_in_the_report(walk, people):
    assert "12.950" not in document("kerncijfers-politie")
    began = time.monotonic()
    anna = walk(Role.INVOERDER, "/rondes/2026-2/?stand=gecontroleerd")
    anna.press("a:has-text('Geweld tegen politieambtenaren (GTPA)') >> nth=0")
    anna.fill("[name=value]", "12.950")
    anna.page.select_option("[name=change_kind]", "correctie")
    anna.fill("[name=reason]", "Typefout in de tabel van de politie.")
    anna.fill("[name=explanation]", "Nagevraagd.")
    anna.press("button[value=indienen]")
    assert "Het cijfer staat ter controle." in anna.page.inner_text("main")
    bram = walk(Role.CONTROLEUR, "/rondes/2026-2/controle/")
    assert "Een correctie moet daar worden gemeld." in bram.page.inner_text("main")
    bram.press("li:has-text('12.950') button[name=one]")
    assert "Eén cijfer is gecontroleerd." in bram.page.inner_text("main")
    told("Eén cijfer in een open ronde", began, anna, bram)
    changed = Observation.objects.get(value=Decimal(12950))
    assert (changed.revision, changed.entered_by, changed.approved_by) == (
        2, people[Role.INVOERDER], people[Role.CONTROLEUR],
    )  # fmt: skip
    assert "12.950" in document("kerncijfers-politie")


def test_a_figure_of_no_open_round_is_changed_from_its_own_page_and_in_a_newly_made_report(walk, tmp_path):
    began = time.monotonic()
    anna = walk(Role.INVOERDER, "/indicatoren/verzuim/")
    anna.press("tr:has-text('2024') a:has-text('Herzie')")
    anna.fill("[name=value]", "6,5")
    anna.page.select_option("[name=change_kind]", "bijstelling")
    anna.fill("[name=reason]", "Nagekomen ziekmeldingen.")
    anna.press("button[value=indienen]")
    assert "De herziening staat ter controle." in anna.page.inner_text("main")
    bram = walk(Role.CONTROLEUR, "/controle/")
    bram.press("li:has-text('Nagekomen ziekmeldingen.') button[name=one]")
    told("Eén cijfer buiten elke ronde", began, anna, bram)
    order = check_order("kerncijfers-politie", "2025-2", "csv")
    run = make_report(order=order, made_by=None, report=lambda phase, done, total: None)
    (made,) = run.documents.all()
    assert "6,5" in made.file.read_text("utf-8-sig")


def test_one_sentence_is_changed_checked_and_in_the_report(walk, people):
    code, sentence = "skip-die-trip-gemeenten", "In {waarde} gemeenten loopt de aanpak Skip die Trip."
    began = time.monotonic()
    anna = walk(Role.INVOERDER, "/feiten/?q=skip+trip")
    anna.press(f"#{code} a:has-text('Wijzig')")
    anna.fill("[name=sentence]", sentence)
    anna.page.select_option("[name=change_kind]", "bijstelling")
    anna.fill("[name=reason]", "De zin is verduidelijkt.")
    anna.press("button[value=indienen]")
    assert "Het losse cijfer staat ter controle." in anna.page.inner_text("main")
    bram = walk(Role.CONTROLEUR, "/controle/")
    bram.page.check(f"#kies-{code}")
    bram.press("button:has-text('Controleer de gekozen losse cijfers')")
    told("Eén zin", began, anna, bram)
    now = Fact.objects.get(code=code, known_to__isnull=True)
    assert (now.revision, now.sentence) == (2, sentence)
    assert "gemeenten loopt de aanpak Skip die Trip" in document("voortgang-ondermijning", "2024-1")
