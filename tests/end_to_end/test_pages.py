"""Every page in a real browser: accessible, within its policy, from our own server only, and fitting on a phone."""

import pytest
from django.utils import timezone

from monitor.base.core.roles import Role
from monitor.base.models import Job
from tests.end_to_end.conftest import AXE
from tests.end_to_end.pages import PAGES, VisitedPage
from tests.end_to_end.world import fill

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people(transactional_db, settings, tmp_path):
    settings.OUTPUT_DIR = tmp_path
    return fill(tmp_path)


def visit(visitor, page: VisitedPage) -> None:
    """Open the page, do what it asks, and wait until it stands."""
    assert visitor.open(page.path) == page.status, page.name
    assert page.role is None or "/aanmelden/" not in visitor.page.url, f"{page.name}: sent away to sign in"
    if page.click:
        visitor.page.click(page.click)
    if page.wait_for:
        visitor.page.wait_for_selector(page.wait_for)


def each_page(new_visitor, sign_in, people, **options):
    """Every page with a visitor of the role it is for; one browser tab per role."""
    visitors = {}
    for page in PAGES:
        if page.role not in visitors:
            visitors[page.role] = new_visitor(**options)
            if page.role is not None:
                sign_in(visitors[page.role], people[page.role])
        visitor = visitors[page.role]
        visit(visitor, page)
        yield page, visitor


def test_no_page_has_an_accessibility_violation_or_leaves_its_policy(new_visitor, sign_in, people):
    assert AXE.is_file(), "Voer eerst uit: npm ci --ignore-scripts"
    problems = []
    for page, visitor in each_page(new_visitor, sign_in, people):
        problems += [f"{page.name}: {line}" for line in visitor.axe_violations()]
        problems += [f"{page.name}: {line}" for line in visitor.complaints()]
    assert problems == []


def test_no_page_scrolls_sideways_on_a_narrow_screen_or_enlarged(new_visitor, sign_in, people):
    """320 px is also 400% on a screen of 1280 px."""
    too_wide = []
    for page, visitor in each_page(new_visitor, sign_in, people, width=320):
        for width in (320, 360, 640):
            visitor.page.set_viewport_size({"width": width, "height": 800})
            actual = visitor.page.evaluate("document.documentElement.scrollWidth")
            if actual > width:
                too_wide.append(f"{page.name}: {actual} px on {width}")
        visitor.page.set_viewport_size({"width": 320, "height": 800})
    assert too_wide == []


def test_every_page_works_without_javascript(new_visitor, sign_in, people):
    visitor = new_visitor(javascript=False)
    for page in PAGES:
        if page.role is None and not page.click:
            assert visitor.open(page.path) == page.status
            assert visitor.page.locator("h1").count() == 1, page.name
    visitor.open("/indicatoren/gtpa-incidenten/")
    visitor.page.select_option("#keuze-uitsplitsing", "soort-geweld")
    visitor.page.click("text=Toon")
    assert "Belediging" in visitor.page.inner_text("main")


def test_narrow_screens_and_forced_colours_stay_accessible(new_visitor, sign_in, people):
    problems = []
    for options in ({"width": 360}, {"forced_colors": "active"}, {"reduced_motion": "reduce"}):
        visitor = new_visitor(**options)
        for page in PAGES:
            if page.role is None and page.name in {"beginpagina", "thema", "indicator", "aanmelden-met-fouten"}:
                visit(visitor, page)
                problems += [f"{page.name} {options}: {line}" for line in visitor.axe_violations()]
    assert problems == []


def test_a_chart_is_drawn_in_dutch_and_has_the_trend_in_words(new_visitor, people):
    visitor = new_visitor()
    visitor.open("/indicatoren/gtpa-incidenten/")
    visitor.page.wait_for_selector("[data-drawn]")
    assert "12.543" in visitor.page.inner_text(".chart")
    assert "in 2020" in (visitor.page.get_attribute(".chart", "aria-label") or "")


def test_the_keyboard_reaches_the_content_first_and_shows_where_it_is(new_visitor, people):
    visitor = new_visitor()
    visitor.open("/indicatoren/")
    visitor.page.keyboard.press("Tab")
    assert visitor.page.evaluate("document.activeElement.textContent.trim()") == "Naar de inhoud"
    assert visitor.page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    visitor.page.keyboard.press("Enter")
    visitor.page.keyboard.press("Tab")
    assert visitor.page.evaluate("document.activeElement.closest('main') !== null")
    assert visitor.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_a_running_job_follows_itself_until_it_is_done(new_visitor, sign_in, people):
    visitor = new_visitor()
    sign_in(visitor, people[Role.REDACTEUR])
    visitor.open("/taken/1/")
    Job.objects.filter(pk=1).update(done=9, phase="Documenten schrijven")
    visitor.page.wait_for_selector("text=Documenten schrijven: 9 van 13", timeout=8000)
    Job.objects.filter(pk=1).update(state="klaar", finished_at=timezone.now(), lease_until=None)
    visitor.page.wait_for_selector(".tag--good", timeout=8000)
    assert visitor.page.inner_text("#job-announcement") == "De taak is klaar."
    requests: list[str] = []
    visitor.page.on("request", lambda request: requests.append(request.url))
    visitor.page.wait_for_timeout(3000)
    assert requests == []
    assert visitor.complaints() == []


def test_signing_in_and_out_by_hand(new_visitor, people):
    visitor = new_visitor()
    visitor.open("/account/")
    visitor.page.fill("#id_username", "redacteur")
    visitor.page.fill("#id_password", "niet-te-raden-12")
    visitor.page.click("main button[type=submit]")
    visitor.page.wait_for_url("**/account/")
    assert "redacteur" in visitor.page.inner_text("dl")
    visitor.page.click("text=Afmelden")
    visitor.page.wait_for_selector("text=U bent afgemeld.")
