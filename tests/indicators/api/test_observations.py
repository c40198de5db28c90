"""Figures through the API."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from indicators.core.enumerations import ChangeKind
from indicators.services.published import PublishedValue, record_published
from monitor.base.core.dates import AMSTERDAM
from tests import factories

ADDRESS = "/api/v1/waarnemingen"


def answer_of(client, **query):
    answer = client.get(ADDRESS, query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def found(client, **query):
    return [(one["indicator"]["code"], one["periode"]["code"]) for one in answer_of(client, **query)["resultaten"]]


def refused(client, **query):
    answer = client.get(ADDRESS, query)
    assert answer.status_code == 400, answer.content
    return {error["location"]["name"]: error["detail"] for error in answer.json()["errors"]}


def moment(*parts):
    return datetime(*parts, tzinfo=AMSTERDAM)


@pytest.fixture
def figures(db):
    """Two indicators; the first has totals over four periods, a plan and two kinds."""
    cases = factories.IndicatorFactory(code="zaken", version__name="Zaken")
    total = factories.SeriesFactory(indicator=cases)
    for code in ("2022", "2023", "2024-H1", "incidenteel"):
        factories.ObservationFactory(series=total, period__code=code)
    factories.ObservationFactory(series=factories.SeriesFactory(indicator=cases, variant="plan"), period__code="2025")
    for code in ("licht", "zwaar"):
        category = factories.CategoryFactory(code=code, breakdown__code="soort")
        part = factories.SeriesFactory.of_category(category, indicator=cases)
        factories.ObservationFactory(series=part, period__code="2023", status="voorlopig")
    area = factories.AreaFactory(code="lo", kind="landelijke-eenheid")
    other = factories.SeriesFactory(indicator__code="fte", area=area)
    factories.ObservationFactory(series=other, period__code="2023", value=Decimal("46777.5"), decimals=1)


def test_figures_come_by_series_and_period(client, figures):
    assert found(client) == [
        ("fte", "2023"),
        ("zaken", "2025"),
        ("zaken", "2022"),
        ("zaken", "2023"),
        ("zaken", "2024-H1"),
        ("zaken", "incidenteel"),
        ("zaken", "2023"),
        ("zaken", "2023"),
    ]


def test_a_figure_has_all_that_surrounds_it(client, figures):
    (figure,) = answer_of(client, indicator="fte")["resultaten"]
    assert figure["waarde"] == 46777.5
    assert figure["weergave"] == "46.777,5"
    assert figure["reeks"] == "fte|lo|realisatie|"
    assert figure["gebied"] == {"code": "lo", "naam": "Lo"}
    assert figure["periode"] == {
        "code": "2023",
        "soort": "jaar",
        "omschrijving": "2023",
        "eersteDag": "2023-01-01",
        "laatsteDag": "2023-12-31",
    }
    assert figure["publicatie"]["naam"] == "Halfjaarbericht politie"
    assert (figure["vindplaats"], figure["status"], figure["revisie"]) == ("regel 1", "definitief", 1)
    assert figure["openbaarVanaf"].startswith("2020-01-01T01:00:00")
    empty = ("bovengrens", "redenZonderWaarde", "benadering", "marge", "volgens", "redenWijziging", "bron")
    assert {name: figure[name] for name in empty} == dict.fromkeys(empty)
    assert (figure["uitsplitsing"], figure["voetnoten"]) == ([], [])


def test_a_figure_without_value_says_why(client, db):
    factories.ObservationFactory(value=None, marker="nihil")
    (figure,) = answer_of(client)["resultaten"]
    assert (figure["waarde"], figure["redenZonderWaarde"]) == (None, "nihil")


def test_a_footnote_stands_with_its_figure(client, figures):
    observation = factories.models.Observation.objects.get(series__indicator__code="fte")
    note = factories.models.Footnote.objects.create(code="noot", text="Afgerond.")
    factories.models.ObservationFootnote.objects.create(observation=observation, footnote=note)
    assert answer_of(client, indicator="fte")["resultaten"][0]["voetnoten"] == ["Afgerond."]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"indicator": "fte"}, ["2023"]),
        ({"indicator": ["fte", "zaken"], "variant": "plan"}, ["2025"]),
        ({"gebied": "lo"}, ["2023"]),
        ({"variant": ["plan", "begroting"]}, ["2025"]),
        ({"periode": "2024-01/2024-06"}, ["2024-H1"]),
        ({"periode": ["2022", "incidenteel"]}, ["2022", "incidenteel"]),
        ({"indicator": "zaken", "uitsplitsing": "geen", "variant": "realisatie", "periode": "2023"}, ["2023"]),
        ({"uitsplitsing": "soort=licht"}, ["2023"]),
        ({"uitsplitsing": ["soort=licht", "soort=zwaar"]}, ["2023", "2023"]),
        ({"uitsplitsing": "soort"}, ["2023", "2023"]),
        ({"status": "voorlopig"}, ["2023", "2023"]),
        ({"status": "nader-voorlopig"}, []),
        ({"periodeVan": "2024"}, ["2025", "2024-H1"]),
        ({"periodeTot": "2022"}, ["2022"]),
        ({"periodeVan": "2023-06", "periodeTot": "2024-06-30", "indicator": "zaken", "uitsplitsing": "geen"},
         ["2023", "2024-H1"]),
    ],
)  # fmt: skip
def test_every_filter_narrows(client, figures, query, expected):
    assert [period for _, period in found(client, **query)] == expected


def test_filters_of_two_breakdowns_must_both_hold(client, db):
    kind = factories.CategoryFactory(code="licht", breakdown__code="soort")
    age = factories.CategoryFactory(code="jong", breakdown__code="leeftijd")
    both = factories.SeriesFactory.of_category(kind)
    factories.models.SeriesCategory.objects.create(series=both, category=age, breakdown=age.breakdown)
    factories.ObservationFactory(series=both)
    factories.ObservationFactory(series=factories.SeriesFactory.of_category(kind))
    assert len(found(client, uitsplitsing="soort=licht")) == 2
    assert len(found(client, uitsplitsing=["soort=licht", "leeftijd=jong"])) == 1


@pytest.mark.parametrize(
    ("query", "parameter", "says"),
    [
        ({"indicator": ["zaken", "zakken"]}, "indicator", "Indicator ‘zakken’ bestaat niet"),
        ({"gebied": "x"}, "gebied", "Mogelijk zijn lo, nederland"),
        ({"variant": "x"}, "variant", "realisatie, plan, begroting"),
        ({"status": "x"}, "status", "voorlopig, nader-voorlopig, definitief"),
        (
            {"uitsplitsing": "kleur=rood"},
            "uitsplitsing",
            "Uitsplitsing ‘kleur’ bestaat niet. Mogelijk zijn soort, geen",
        ),
        (
            {"uitsplitsing": "soort=x"},
            "uitsplitsing",
            "Categorie van soort ‘x’ bestaat niet. Mogelijk zijn licht, zwaar",
        ),
        ({"uitsplitsing": ["geen", "soort"]}, "uitsplitsing", "‘geen’ gaat niet samen"),
        ({"periode": "2024-13"}, "periode", "‘2024-13’ is geen periode"),
        ({"periodeVan": "../2024-05-01"}, "periodeVan", "eerste dag niet bekend"),
        ({"periodeTot": "structureel"}, "periodeTot", "laatste dag niet bekend"),
        ({"periodeVan": "2024", "periodeTot": "2023"}, "periodeTot", "vóór periodeVan"),
        ({"bekendOp": "31-12-2024"}, "bekendOp", "Schrijf jaar-maand-dag"),
        ({"bekendOp": "2024-02-30"}, "bekendOp", "is geen datum"),
        ({"bekendOp": "20240201"}, "bekendOp", "is geen datum"),
        ({"bekendOp": "9999-12-31"}, "bekendOp", "in de toekomst"),
    ],
)
def test_a_word_that_cannot_be_is_refused_with_what_can(client, figures, query, parameter, says):
    errors = refused(client, **query)
    assert list(errors) == [parameter]
    assert says in errors[parameter]


def test_readings_to_be_confirmed_are_no_figures(client, figures):
    before = found(client)
    series = factories.models.Series.objects.get(key="zaken|nederland|realisatie|")
    factories.ReadingFactory(series=series, period__code="2021", value=Decimal(7))
    assert found(client) == before
    assert found(client, periode="2021") == []


# --- from when, and as whom -------------------------------------------------------------------------------------------


@pytest.fixture
def first_value(db):
    """100 over 2023, public on 10 March 2024."""
    value = PublishedValue(
        series_id=factories.SeriesFactory(indicator__code="zaken").pk,
        period_id=factories.PeriodFactory(code="2023").pk,
        value=Decimal(100),
        publication_id=factories.PublicationFactory().pk,
        known_from=moment(2024, 3, 10),
        public_from=moment(2024, 3, 10),
        decimals=0,
        status="voorlopig",
        certainty="zeker",
    )
    record_published([value])
    return value


def revise(value, *, known_from, public_from):
    record_published(
        [
            replace(
                value,
                value=Decimal(110),
                status="definitief",
                known_from=known_from,
                public_from=public_from,
                change_kind=ChangeKind.UPDATE,
                reason="Later geteld.",
            )
        ]
    )


def seen(client, **query):
    return [(one["waarde"], one["revisie"]) for one in answer_of(client, **query)["resultaten"]]


def test_a_revision_is_seen_from_the_day_it_is_public(client, first_value):
    just_after_midnight = moment(2024, 9, 1, 0, 30)  # still 31 August in Greenwich
    revise(first_value, known_from=just_after_midnight, public_from=just_after_midnight)
    assert seen(client) == [(110, 2)]
    assert seen(client, bekendOp="2024-09-01") == [(110, 2)]
    assert seen(client, bekendOp="2024-08-31") == [(100, 1)]
    assert seen(client, bekendOp="2024-03-10") == [(100, 1)]
    assert seen(client, bekendOp="2024-03-09") == []
    (revised,) = answer_of(client)["resultaten"]
    assert (revised["soortWijziging"], revised["redenWijziging"]) == ("bijstelling", "Later geteld.")


def test_a_revision_under_embargo_is_only_for_who_signed_in(client, first_value, django_user_model):
    revise(first_value, known_from=moment(2024, 9, 1), public_from=None)
    assert seen(client) == [(100, 1)]
    assert answer_of(client)["zicht"] == "openbaar"
    client.force_login(django_user_model.objects.create_user("mira"))
    assert seen(client) == [(110, 2)]
    assert answer_of(client)["zicht"] == "intern"
    assert answer_of(client)["resultaten"][0]["openbaarVanaf"] is None
    assert seen(client, bekendOp="2024-08-31") == [(100, 1)]


def test_asking_for_today_does_not_lift_an_embargo_of_this_afternoon(client, first_value, monkeypatch):
    revise(first_value, known_from=moment(2025, 5, 1), public_from=moment(2025, 5, 20, 16))
    monkeypatch.setattr(timezone, "now", lambda: moment(2025, 5, 20, 9))
    assert seen(client, bekendOp="2025-05-20") == [(100, 1)]
    assert "toekomst" in refused(client, bekendOp="2025-05-21")["bekendOp"]
    monkeypatch.setattr(timezone, "now", lambda: moment(2025, 5, 20, 16, 1))
    assert seen(client, bekendOp="2025-05-20") == [(110, 2)]


@pytest.mark.parametrize("classification", ["intern", "vertrouwelijk"])
def test_what_is_classified_is_not_for_everybody(client, db, django_user_model, classification):
    factories.ObservationFactory(classification=classification)
    assert found(client) == []
    client.force_login(django_user_model.objects.create_user("mira"))
    assert len(found(client)) == 1
