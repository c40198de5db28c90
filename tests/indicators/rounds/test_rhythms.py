"""Rounds of different rhythms: the next one asks what rounds like it ask, and what was asked by hand comes along."""

from datetime import date

import pytest

from indicators.models import Round, RoundItem
from indicators.services.rounds import NewRound, copy_round, fill_round
from monitor.base.core.errors import MonitorError
from monitor.base.core.roles import Role
from tests.factories import IndicatorFactory, ObservationFactory, PeriodFactory, RoundFactory, SeriesFactory
from tests.loaded import figures, loaded_figures  # noqa: F401 (fixtures)
from tests.workers import worker

pytestmark = pytest.mark.django_db


def series_of(programme, code):
    series = SeriesFactory(indicator=IndicatorFactory(code=code, theme__programme=programme))
    ObservationFactory(series=series, period=PeriodFactory(code="2024"))
    return series


def round_of(rhythm, code, **fields):
    return RoundFactory(code=code, programme="ondermijning", rhythm=rhythm, cut_off=date(2026, 3, 1), **fields)


def following(source, code="volgende", day=date(2027, 6, 30)):
    redacteur = worker("rosa", Role.REDACTEUR)
    return copy_round(by=redacteur, source=source.code, new=NewRound(code, "volgende", day, date(2027, 3, 1)))


def asked(round_):
    return {(item.series.indicator.code, item.period.code) for item in round_.items.select_related("series__indicator")}


def test_a_letter_asks_again_what_letters_ask_and_a_yearly_report_what_reports_ask():
    in_letter, in_report = series_of("ondermijning", "brief"), series_of("ondermijning", "jaar")
    letter, report = round_of("halfjaarlijks", "brief-1"), round_of("jaarlijks", "rapport-1")
    for round_, series in ((letter, in_letter), (report, in_report)):
        RoundItem.objects.create(round=round_, series=series, period=PeriodFactory(code="2025"))
    next_letter, next_report = following(letter, "brief-2"), following(report, "rapport-2")
    assert (next_letter.rhythm, next_report.rhythm) == ("halfjaarlijks", "jaarlijks")
    assert asked(next_letter) == {("brief", "2026")}
    assert asked(next_report) == {("jaar", "2026")}


def test_a_series_that_both_rhythms_ask_is_asked_in_both():
    shared = series_of("ondermijning", "gedeeld")
    letter, report = round_of("halfjaarlijks", "brief-1"), round_of("jaarlijks", "rapport-1")
    for round_ in (letter, report):
        RoundItem.objects.create(round=round_, series=shared, period=PeriodFactory(code="2025"))
    assert asked(following(letter, "brief-2")) == asked(following(report, "rapport-2")) == {("gedeeld", "2026")}


def test_a_figure_of_the_other_programme_that_was_asked_by_hand_comes_along():
    theirs = series_of("politie", "politiecijfer")
    letter = round_of("halfjaarlijks", "brief-1")
    RoundItem.objects.create(round=letter, series=theirs, period=PeriodFactory(code="2025"))
    assert asked(following(letter)) == {("politiecijfer", "2026")}


def test_a_new_series_is_asked_by_the_first_round_that_can():
    series_of("ondermijning", "nieuw")
    letter = round_of("halfjaarlijks", "brief-1", reference_date=date(2025, 12, 1))
    assert fill_round(letter) == 1


def test_the_next_round_comes_after_the_one_it_copies():
    letter = round_of("halfjaarlijks", "brief-1")
    with pytest.raises(MonitorError, match="ligt niet na die van"):
        following(letter, day=letter.reference_date)


@pytest.mark.usefixtures("figures")
def test_the_yearly_report_on_ondermijning_is_being_prepared_and_asks_its_own_figures():
    report = Round.objects.get(code="ondermijning-2027")
    assert (report.rhythm, report.state) == ("jaarlijks", "voorbereiding")
    programmes = set(report.items.values_list("series__indicator__theme__programme", flat=True))
    assert programmes == {"ondermijning"}
    assert ("pmg-gemeenten-deelnemend", "2027-03-01") in asked(report)
    assert ("witwaszaken-instroom-om", "2026") in asked(report)
    assert report.steps.count() == 6
