"""Recording published figures: exact, with reasons, and never two truths for the public at once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.core.enumerations import Audience
from indicators.core.figures import is_storable
from indicators.core.vantage import Vantage
from indicators.models import Footnote, Observation
from indicators.queries.visibility import visible_observations
from indicators.services.catalogue import Counts
from indicators.services.published import PublishedValue, record_published
from monitor.base.core.errors import MonitorError
from tests.factories import PeriodFactory, PublicationFactory, SeriesFactory

START = datetime(2025, 1, 1, tzinfo=UTC)


def day(number: int) -> datetime:
    return START + timedelta(days=number)


@pytest.fixture
def first(db: None) -> PublishedValue:
    return PublishedValue(
        series_id=SeriesFactory(indicator__code="zaken").pk,
        period_id=PeriodFactory().pk,
        value=Decimal(100),
        publication_id=PublicationFactory().pk,
        known_from=day(0),
        public_from=day(0),
        decimals=0,
        status="definitief",
        certainty="zeker",
    )


def seen(number: int, audience: Audience) -> list[Decimal | None]:
    rows = Observation.objects.filter(visible_observations(Vantage(day(number), audience)))
    return [row.value for row in rows]


def test_an_embargoed_revision_is_known_inside_and_leaves_the_public_the_figure_before(first: PublishedValue) -> None:
    revision = replace(first, value=Decimal(110), known_from=day(5), public_from=day(10), reason="Bijgesteld.")
    record_published([first])
    assert record_published([revision]) == Counts(changed=1)
    for number, inside, outside in ((4, 100, 100), (5, 110, 100), (9, 110, 100), (10, 110, 110)):
        assert seen(number, Audience.INTERNAL) == [inside]
        assert seen(number, Audience.PUBLIC) == [outside]


def test_an_embargo_without_an_end_ends_when_the_same_figure_becomes_public(first: PublishedValue) -> None:
    revision = replace(first, value=Decimal(110), known_from=day(5), public_from=None, reason="Bijgesteld.")
    record_published([first])
    record_published([revision])
    assert seen(20, Audience.PUBLIC) == [100]
    assert record_published([replace(revision, public_from=day(12))]) == Counts(changed=1)
    assert record_published([replace(revision, public_from=day(12))]) == Counts(same=1)
    assert (seen(11, Audience.PUBLIC), seen(12, Audience.PUBLIC)) == ([100], [110])
    assert Observation.objects.count() == 2


def test_a_public_revision_after_an_embargoed_one_ends_what_the_public_saw(first: PublishedValue) -> None:
    """The public once saw the first and the third figure side by side."""
    second = replace(first, value=Decimal(110), known_from=day(5), public_from=None, reason="Bijgesteld.")
    third = replace(first, value=Decimal(120), known_from=day(7), public_from=day(8), reason="Bijgesteld.")
    for value in (first, second, third):
        record_published([value])
    assert (seen(7, Audience.PUBLIC), seen(8, Audience.PUBLIC)) == ([100], [120])


def test_a_revision_is_never_public_before_the_figure_it_follows(first: PublishedValue) -> None:
    record_published([replace(first, public_from=day(10))])
    early = replace(first, value=Decimal(110), known_from=day(5), public_from=day(8), reason="Bijgesteld.")
    with pytest.raises(MonitorError, match="over 2024 kan niet eerder openbaar worden"):
        record_published([early])
    assert Observation.objects.count() == 1


def test_a_revision_is_never_known_before_the_figure_it_follows(first: PublishedValue) -> None:
    record_published([first])
    with pytest.raises(MonitorError, match="kan niet eerder bekend zijn \\(31-12-2024\\)"):
        record_published([replace(first, value=Decimal(1), known_from=day(-1), reason="Fout.")])


def test_a_difference_without_a_reason_is_refused_and_names_the_figure(first: PublishedValue) -> None:
    record_published([first])
    with pytest.raises(MonitorError) as failed:
        record_published([replace(first, value=Decimal(1))])
    assert "‘zaken|nederland|realisatie|’ over 2024 verschilt van wat is vastgelegd" in failed.value.message


@pytest.mark.parametrize(
    "change",
    [{"status": "voorlopig"}, {"qualifier": "ruim"}, {"place": "regel 9"}, {"decimals": 1}, {"asserted_by": "Douane"}],
)
def test_whatever_a_reader_would_see_differently_is_a_revision(first: PublishedValue, change: dict[str, str]) -> None:
    record_published([first])
    assert record_published([replace(first, reason="Bijgesteld.", **change)]) == Counts(changed=1)


def test_another_footnote_is_a_revision_and_the_same_one_is_not(first: PublishedValue) -> None:
    Footnote.objects.create(code="noot", text="Opmerking.")
    noted = replace(first, footnotes=("noot",), reason="Noot toegevoegd.")
    record_published([first])
    assert record_published([noted]) == Counts(changed=1)
    assert record_published([noted]) == Counts(same=1)
    assert [row.footnotes.count() for row in Observation.objects.order_by("revision")] == [0, 1]


@pytest.mark.parametrize("number", ["1.23456", "123456789012", "NaN", "Infinity"])
@pytest.mark.parametrize("column", ["value", "value_high"])
def test_a_number_that_the_database_would_round_is_refused(first: PublishedValue, number: str, column: str) -> None:
    with pytest.raises(MonitorError, match="niet exact te bewaren"):
        record_published([replace(first, **{column: Decimal(number)})])
    assert not Observation.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["99999999999.9999", "-99999999999.9999", "0.0001", "12345678901.2345", "0"])
def test_a_number_of_fifteen_digits_is_kept_exactly(first: PublishedValue, number: str) -> None:
    record_published([replace(first, value=Decimal(number))])
    assert Observation.objects.get().value == Decimal(number)


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_a_number_is_storable_exactly_when_fifteen_digits_hold_it(number: Decimal) -> None:
    in_units = number.scaleb(4) if number else number
    fits = abs(number) < 10**11 and number.as_tuple().exponent >= -4
    assert is_storable(number) == fits
    assert not fits or in_units == int(in_units)


def test_many_figures_take_as_many_statements_as_one(
    first: PublishedValue, django_assert_max_num_queries: object
) -> None:
    values = [replace(first, series_id=SeriesFactory().pk) for _ in range(20)]
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        record_published(values)
    revised = [replace(value, value=Decimal(5), reason="Bijgesteld.") for value in values]
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        assert record_published(revised) == Counts(changed=20)
