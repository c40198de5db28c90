"""Finding one's way: home, themes, search, one-off figures."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from indicators.models import Indicator, Theme
from monitor.base.models import User
from tests.factories import FactFactory

pytestmark = pytest.mark.usefixtures("figures")


def page(client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_home_leads_to_every_theme_that_has_something_to_see(client):
    html = page(client, "/")
    for code in ("politie-en-samenleving", "voorkomen", "financieel-overzicht"):
        assert f'href="/themas/{code}/"' in html
    assert "Tweede halfjaarbericht politie 2025" in html


def test_a_theme_without_anything_is_not_offered(client):
    Theme.objects.create(code="leeg-thema", name="Leeg thema", programme="politie", order=5)
    assert "Leeg thema" not in page(client, "/")
    assert "Leeg thema" not in page(client, "/themas/")
    page(client, "/themas/leeg-thema/", status=404)


def test_a_theme_shows_its_indicators_with_figure_period_and_change(client):
    text = text_of(page(client, "/themas/politie-en-samenleving/"))
    assert "Geweld tegen politieambtenaren (GTPA) 12.543 2024 2,3% meer dan in 2023" in text


def test_a_theme_shows_its_sub_themes_apart(client):
    html = page(client, "/themas/voorkomen/")
    assert html.index("Preventie met Gezag</h2>") < html.index("Terugdringen van vraag en aanbod van drugs</h2>")


def test_an_indicator_published_only_in_parts_shows_no_part_as_the_whole(client):
    assert "Soort geweld door politieambtenaren (aandeel) Alleen uitgesplitst gepubliceerd: 4 reeksen." in text_of(
        page(client, "/themas/politie-en-samenleving/")
    )


def test_search_finds_names_codes_and_definitions_whatever_the_accents_and_capitals(client):
    assert "Ziekteverzuim bij de politie" in page(client, "/indicatoren/?q=ZIEKTEVERZUIM")
    assert "Ziekteverzuim bij de politie" in page(client, "/indicatoren/?q=ziektevérzuim")
    assert "Geweld tegen politieambtenaren" in page(client, "/indicatoren/?q=gtpa+incidenten")


def test_a_name_counts_for_more_than_a_definition(client):
    html = page(client, "/indicatoren/?q=verzuim")
    assert html.index('/indicatoren/verzuim/"') == min(
        match.start() for match in re.finditer(r'/indicatoren/[a-z0-9-]+/"', html)
    )


def test_a_search_without_an_answer_says_what_to_do(client):
    html = page(client, "/indicatoren/?q=eenhoorn+bestaatniet")
    assert "0 indicatoren gevonden" in html
    assert "Probeer minder of andere woorden" in html


def test_a_query_is_shown_as_text_only(client):
    html = page(client, "/indicatoren/?q=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html


def test_a_theme_narrows_the_list_to_itself_and_what_stands_under_it(client):
    html = page(client, "/indicatoren/?thema=verstoren")
    assert 'href="/indicatoren/harc-partijen-drugs/"' in html
    assert 'href="/indicatoren/gtpa-incidenten/"' not in html
    assert '<option value="verstoren" selected>' in html


@pytest.mark.parametrize(
    "address", ["/indicatoren/?thema=onzin", "/indicatoren/?pagina=9999", "/indicatoren/?pagina=x"]
)
def test_nonsense_in_the_address_still_gives_a_list(client, address):
    assert 'class="utrecht-table summary-table' in page(client, address)


def test_turning_the_page_keeps_the_choice(client):
    assert "q=politie&amp;pagina=2" in page(client, "/indicatoren/?q=politie")


def test_every_indicator_is_on_exactly_one_page_of_the_list(client):
    found: list[str] = []
    for number in range(1, 100):
        html = page(client, f"/indicatoren/?pagina={number}")
        found += re.findall(r'<a class="nl-link" href="/indicatoren/([a-z0-9-]+)/">', html)
        if 'rel="next"' not in html:
            break
    assert sorted(found) == sorted(Indicator.objects.values_list("code", flat=True))


def test_a_one_off_figure_stands_in_its_sentence_with_period_source_and_place(client):
    text = text_of(page(client, "/feiten/?q=doxing"))
    assert re.search(r"De politie legde 23 zaken vast waarin een medewerker slachtoffer was van doxing", text)
    assert "regel 1252" in text
    assert "{waarde}" not in page(client, "/feiten/")


def test_what_is_not_public_yet_is_for_those_who_signed_in(client):
    later = timezone.now() + timedelta(days=1)
    FactFactory(sentence="Er zijn {waarde} eenhoorns.", public_from=later)
    assert "0 losse cijfers" in page(client, "/feiten/?q=eenhoorns")
    client.force_login(User.objects.create_user("r"))
    assert "1 los cijfer" in page(client, "/feiten/?q=eenhoorns")
