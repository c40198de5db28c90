"""Indicators through the API."""

from decimal import Decimal

import pytest

from tests import factories


def codes(answer):
    assert answer.status_code == 200, answer.content
    return [one["code"] for one in answer.json()["resultaten"]]


@pytest.fixture
def catalogue(db):
    safety = factories.ThemeFactory(code="veiligheid", order=1)
    streets = factories.ThemeFactory(code="straat", parent=safety, order=2)
    harbours = factories.ThemeFactory(code="havens", programme="ondermijning", order=3)
    factories.IndicatorFactory(code="aangiften", theme=safety, version__name="Aangiften", version__definition="Geteld.")
    factories.IndicatorFactory(code="overlast", theme=streets, version__name="Überlast op straat")
    factories.IndicatorFactory(
        code="beslag", theme=harbours, version__name="Beslag", version__definition="Wat bij overlast is gevonden."
    )


def test_indicators_come_in_the_order_of_the_themes(client, catalogue):
    answer = client.get("/api/v1/indicatoren")
    assert codes(answer) == ["aangiften", "overlast", "beslag"]
    first = answer.json()["resultaten"][0]
    assert first["thema"] == {"code": "veiligheid", "naam": "Veiligheid"}
    assert (first["naam"], first["definitie"], first["programma"]) == ("Aangiften", "Geteld.", "politie")
    assert first["aandachtspunt"] is None
    assert first["_links"] == {
        "self": {"href": "http://testserver/api/v1/indicatoren/aangiften"},
        "waarnemingen": {"href": "http://testserver/api/v1/waarnemingen?indicator=aangiften"},
    }


def test_searching_puts_a_hit_in_the_name_before_one_in_the_definition(client, catalogue):
    assert codes(client.get("/api/v1/indicatoren?zoek=OVERLAST")) == ["overlast", "beslag"]
    assert codes(client.get("/api/v1/indicatoren?zoek=uberlast")) == ["overlast"]
    assert codes(client.get("/api/v1/indicatoren?zoek=")) == ["aangiften", "overlast", "beslag"]
    assert codes(client.get("/api/v1/indicatoren?zoek=nergens")) == []


def test_a_theme_includes_what_stands_under_it(client, catalogue):
    assert codes(client.get("/api/v1/indicatoren?thema=veiligheid")) == ["aangiften", "overlast"]
    assert codes(client.get("/api/v1/indicatoren?thema=straat")) == ["overlast"]
    assert codes(client.get("/api/v1/indicatoren?programma=ondermijning")) == ["beslag"]
    assert codes(client.get("/api/v1/indicatoren?programma=ondermijning&thema=straat")) == []


def test_an_unknown_theme_is_refused_with_the_themes_there_are(client, catalogue):
    body = client.get("/api/v1/indicatoren?thema=straten").json()
    assert body["status"] == 400
    assert body["detail"] == "thema: Thema ‘straten’ bestaat niet. Mogelijk zijn havens, veiligheid, straat."


def test_pages_link_to_each_other_and_keep_the_question(client, catalogue):
    body = client.get("/api/v1/indicatoren?paginaGrootte=1&pagina=2&zoek=a").json()
    assert (body["aantal"], body["aantalPaginas"], body["pagina"], body["paginaGrootte"]) == (3, 3, 2, 1)
    assert set(body["_links"]) == {"self", "first", "prev", "next", "last"}
    seen = []
    address = "/api/v1/indicatoren?paginaGrootte=1&zoek=a"
    while address:
        body = client.get(address).json()
        seen += [one["code"] for one in body["resultaten"]]
        address = body["_links"].get("next", {}).get("href")
    assert sorted(seen) == ["aangiften", "beslag", "overlast"]


def test_a_page_past_the_last_does_not_exist(client, catalogue):
    answer = client.get("/api/v1/indicatoren?pagina=2")
    assert answer.status_code == 404
    assert answer.json()["detail"] == "Pagina 2 bestaat niet: de laatste is pagina 1."


def test_one_indicator_has_its_norms_breaks_and_series(client, catalogue, django_user_model):
    indicator = factories.models.Indicator.objects.get(code="aangiften")
    factories.TargetFactory(indicator=indicator, code="norm", value=Decimal("5.9"))
    factories.models.SeriesBreak.objects.create(
        indicator=indicator, period=factories.PeriodFactory(code="2023"), kind="wet", text="Nieuwe wet."
    )
    total = factories.SeriesFactory(indicator=indicator)
    category = factories.CategoryFactory(code="online", breakdown__code="wijze")
    part = factories.SeriesFactory.of_category(category, indicator=indicator)
    for year in ("2022", "2023"):
        factories.ObservationFactory(series=total, period__code=year)
    factories.ObservationFactory(series=part, public_from=None)

    body = client.get("/api/v1/indicatoren/aangiften").json()
    assert body["normen"][0]["waarde"] == 5.9
    assert body["normen"][0]["vergelijking"] == "<="
    assert body["trendbreuken"][0]["periode"]["eersteDag"] == "2023-01-01"
    assert [(one["reeks"], one["aantalWaarnemingen"]) for one in body["reeksen"]] == [(total.key, 2)]
    assert (body["reeksen"][0]["eersteJaar"], body["reeksen"][0]["laatsteJaar"]) == (2022, 2023)

    client.force_login(django_user_model.objects.create_user("mira"))
    series = client.get("/api/v1/indicatoren/aangiften").json()["reeksen"]
    assert [one["reeks"] for one in series] == [total.key, part.key]
    assert series[1]["uitsplitsing"] == [
        {"uitsplitsing": "wijze", "uitsplitsingNaam": "Wijze", "categorie": "online", "categorieNaam": "Online"}
    ]
    before = client.get("/api/v1/indicatoren/aangiften?bekendOp=2019-12-31").json()
    assert before["reeksen"] == []


def test_an_unknown_indicator_is_named(client, catalogue):
    answer = client.get("/api/v1/indicatoren/aangifte")
    assert answer.status_code == 404
    assert "‘aangifte’ bestaat niet" in answer.json()["detail"]
