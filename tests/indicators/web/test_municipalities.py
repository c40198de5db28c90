"""The page of all municipalities, and how indicators with many of them stay readable and quick."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from indicators.models import Area, AreaMembership, Indicator, Series
from tests.factories import AreaFactory, IndicatorFactory, ObservationFactory, PeriodFactory, SeriesFactory

pytestmark = pytest.mark.django_db


def municipality(number: int, unit: Area) -> Area:
    area = AreaFactory(code=f"gemeente-{number}", kind="gemeente", name=f"Gemeente {number:02d}")
    AreaMembership.objects.create(member=area, unit=unit, valid_from="2013-01-01")
    return area


def figures(count: int, *, code: str = "inwoners", value: int = 10) -> Indicator:
    """An indicator with a figure of so many municipalities over 2024."""
    unit = AreaFactory(code="eenheid-noord", kind="eenheid", name="Politie-eenheid Noord")
    indicator = IndicatorFactory(code=code, additive=True)
    period = PeriodFactory(code="2024")
    for number in range(count):
        area = Area.objects.filter(code=f"gemeente-{number}").first() or municipality(number, unit)
        ObservationFactory(series=SeriesFactory(indicator=indicator, area=area), period=period, value=value)
    return indicator


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_all_municipalities_stand_under_their_unit_with_the_sum(client: Client) -> None:
    figures(12)

    text = page(client, "/indicatoren/inwoners/gemeenten/")

    assert '<th scope="row">Noord</th><td class="number">120</td>' in text
    assert "Noord (12)" in text
    assert '<a class="nl-link" href="/indicatoren/inwoners/?gebied=gemeente-3">Gemeente 03</a>' in text


def test_an_indicator_without_municipalities_says_so(client: Client) -> None:
    IndicatorFactory(code="inwoners")
    assert "geen cijfers per gemeente" in page(client, "/indicatoren/inwoners/gemeenten/")


def test_an_unknown_indicator_is_not_there(client: Client) -> None:
    assert client.get("/indicatoren/niets/gemeenten/").status_code == 404


def test_nobody_sees_here_what_is_not_public(client: Client) -> None:
    indicator = figures(11)
    series = Series.objects.get(indicator=indicator, area__code="gemeente-0")
    hidden = {"public_from": None, "value": 777}
    ObservationFactory(series=series, period=PeriodFactory(code="2023"), **hidden)

    text = page(client, "/indicatoren/inwoners/gemeenten/?periode=2023")

    assert "777" not in text
    assert "2023" not in text


def test_the_page_of_the_indicator_links_to_it_and_does_not_read_the_crowd(client: Client) -> None:
    indicator = figures(11)
    ObservationFactory(
        series=SeriesFactory(indicator=indicator, area=AreaFactory()), period=PeriodFactory(code="2024"), value=55
    )

    text = page(client, "/indicatoren/inwoners/")

    assert "/indicatoren/inwoners/gemeenten/" in text
    assert "Gemeente 03" not in text
    assert "55" in text


def test_one_municipality_of_the_crowd_can_be_looked_at(client: Client) -> None:
    figures(11)

    text = page(client, "/indicatoren/inwoners/?gebied=gemeente-3")

    assert "Gemeente 03" in text
    assert "Gemeente 04" not in text


def test_a_few_municipalities_are_shown_as_other_areas(client: Client) -> None:
    figures(10)

    text = page(client, "/indicatoren/inwoners/")

    assert "/indicatoren/inwoners/gemeenten/" not in text
    assert "Gemeente 09" in text


def test_only_municipalities_is_not_the_same_as_nothing(client: Client) -> None:
    figures(11)

    text = page(client, "/indicatoren/inwoners/")

    assert "Een cijfer voor het hele land is niet gepubliceerd." in text
    assert "nog geen bevestigd cijfer" not in text


def test_downloads_hold_every_municipality(client: Client) -> None:
    figures(11)
    assert client.get("/indicatoren/inwoners/cijfers.csv").content.decode("utf-8-sig").count("Gemeente ") == 11


def test_the_api_gives_one_municipality_on_request(client: Client) -> None:
    figures(11)
    answer = client.get("/api/v1/waarnemingen?gebied=gemeente-3").json()
    assert "gemeente-4" not in str(answer)
    assert "gemeente-3" in str(answer)


@pytest.mark.parametrize("query", ["", "?indeling=nu"])
def test_it_takes_as_many_statements_for_many_as_for_few(client: Client, query: str) -> None:
    figures(11)
    figures(40, code="meer")

    def statements(code: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            page(client, f"/indicatoren/{code}/gemeenten/{query}")
        return len(captured)

    assert statements("inwoners") == statements("meer")
