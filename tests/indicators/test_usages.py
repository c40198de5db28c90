"""Where figures were used: publications, what other apps know, and what a correction must report."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from indicators.core import usages as extension_point
from indicators.core.enumerations import Audience
from indicators.core.usages import Usage, UsageKind, register_usages, warning_for_correction
from indicators.models import Publication, RoundItem
from indicators.queries.usages import usages_of
from monitor.base.core.roles import Role
from tests.factories import (
    LONG_AGO,
    ObservationFactory,
    PeriodFactory,
    PublicationFactory,
    RoundFactory,
    SeriesFactory,
)
from tests.workers import person

SENT = Usage(UsageKind.PUBLICATION, "Halfjaarbericht 2024", date(2024, 6, 1), 1, is_sent=True, is_public=True)


@pytest.fixture
def providers(monkeypatch):
    """Only what the test registers, and only for the test."""
    monkeypatch.setattr(extension_point, "_providers", {})


def place_of(observation) -> tuple[int, int]:
    return observation.series_id, observation.period_id


def test_a_figure_that_was_never_sent_asks_for_no_report():
    made = Usage(UsageKind.REPORT, "Kerncijfers", date(2025, 1, 1), 1)
    assert warning_for_correction([made]) == ""


def test_a_correction_names_every_document_that_was_sent_once():
    later = Usage(UsageKind.PUBLICATION, "Halfjaarbericht 2025", date(2025, 6, 1), 2, is_sent=True)
    assert warning_for_correction([SENT]) == (
        "Dit cijfer stond in Halfjaarbericht 2024. Een correctie moet daar worden gemeld."
    )
    assert warning_for_correction([SENT, later, SENT]) == (
        "Dit cijfer stond in Halfjaarbericht 2025 en Halfjaarbericht 2024. Een correctie moet daar worden gemeld."
    )


@pytest.mark.django_db
def test_publications_of_every_revision_are_found_the_newest_first(providers):
    first = ObservationFactory(
        known_to=LONG_AGO, public_to=LONG_AGO, publication=PublicationFactory(short_name="Oud", date=date(2024, 6, 1))
    )
    second = ObservationFactory(
        series=first.series, revision=2, change_kind="correctie", reason="Telfout.",
        publication=PublicationFactory(short_name="Nieuw", date=date(2025, 6, 1), kamerstuk="29 628, nr. 1"),
    )  # fmt: skip
    other = ObservationFactory(series=first.series, period=PeriodFactory(code="2023"))
    found = usages_of([place_of(second)])
    assert [(one.title, one.revision, one.place) for one in found[place_of(second)]] == [
        ("Nieuw (29 628, nr. 1)", 2, "regel 1"),
        ("Oud", 1, "regel 1"),
    ]
    assert place_of(other) not in found


@pytest.mark.django_db
def test_what_is_dated_tomorrow_is_not_sent_yet(providers):
    tomorrow = timezone.localdate() + timedelta(days=1)
    row = ObservationFactory(publication=PublicationFactory(date=tomorrow))
    assert [one.is_sent for one in usages_of([place_of(row)])[place_of(row)]] == [False]
    Publication.objects.update(date=timezone.localdate())
    assert [one.is_sent for one in usages_of([place_of(row)])[place_of(row)]] == [True]


@pytest.mark.django_db
def test_the_public_sees_public_documents_only(providers):
    row = ObservationFactory(known_to=LONG_AGO)
    ObservationFactory(
        series=row.series, revision=2, change_kind="bijstelling", reason="Later.", public_from=None,
        publication=PublicationFactory(short_name="Onder embargo"),
    )  # fmt: skip
    hidden = Usage(UsageKind.REPORT, "Concept", date(2025, 1, 1), 1)
    register_usages("proef", lambda places: dict.fromkeys(places, (hidden,)))
    assert [one.title for one in usages_of([place_of(row)], Audience.PUBLIC)[place_of(row)]] == ["Halfjaarbericht"]
    assert len(usages_of([place_of(row)])[place_of(row)]) == 3


@pytest.mark.django_db
def test_the_number_of_statements_does_not_grow_with_the_places(providers, django_assert_num_queries):
    rows = [ObservationFactory(series=SeriesFactory(), period=PeriodFactory(code="2024")) for _ in range(12)]
    for asked in (rows[:1], rows):
        with django_assert_num_queries(1):
            assert len(usages_of([place_of(row) for row in asked])) == len(asked)
    with django_assert_num_queries(0):
        assert usages_of([]) == {}


@pytest.mark.django_db
def test_the_form_of_a_figure_that_was_sent_says_where_a_correction_must_be_reported():
    row = ObservationFactory(publication=PublicationFactory(short_name="Halfjaarbericht 2024"))
    round_ = RoundFactory(code="2026-2", state="open")
    item = RoundItem.objects.create(round=round_, series=row.series, period=row.period)
    new = RoundItem.objects.create(round=round_, series=row.series, period=PeriodFactory(code="2025"))
    client = Client()
    client.force_login(person("invoerder", Role.INVOERDER))
    page = client.get(f"/rondes/2026-2/cijfers/{item.pk}/").content.decode()
    assert "Dit cijfer stond in Halfjaarbericht 2024. Een correctie moet daar worden gemeld." in page
    assert "Een correctie moet" not in client.get(f"/rondes/2026-2/cijfers/{new.pk}/").content.decode()
