"""The overview of a round: what stands where, what is late and since when, who has delivered, for any choice."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from indicators.core.enumerations import ItemState
from indicators.core.rounds import due_day
from indicators.models import Round, RoundItem, RoundStep, Supplier, ThemeAccess
from indicators.queries.round_overview import NOBODY, OverviewChoice, round_overview
from indicators.queries.round_sheet import overview_sheet
from indicators.queries.workers import worker_of
from indicators.services.approval import approve_proposals
from indicators.services.proposals import Place
from monitor.base.core.roles import Role
from tests.factories import IndicatorFactory, RoundFactory, SeriesFactory, ThemeFactory
from tests.indicators.proposals.desk import pairs
from tests.workers import person

YESTERDAY = timezone.now().date() - timedelta(days=2)
TOMORROW = timezone.now().date() + timedelta(days=2)
STEPS = {"aanlevering": date(2025, 11, 10), "controle": date(2025, 11, 21)}


@pytest.mark.parametrize(
    ("state", "own", "due"),
    [
        (ItemState.EMPTY, None, date(2025, 11, 10)),
        (ItemState.RETURNED, date(2025, 11, 3), date(2025, 11, 3)),
        (ItemState.SUBMITTED, date(2025, 11, 3), date(2025, 11, 21)),
        (ItemState.CHECKED, date(2025, 11, 3), None),
        (ItemState.UNAVAILABLE, None, None),
    ],
)
def test_a_figure_is_due_on_its_own_day_or_else_with_the_step_it_is_in(state, own, due):
    assert due_day(state, own, STEPS) == due


def item(series, **fields):
    RoundItem.objects.filter(series=series).update(**fields)
    return RoundItem.objects.get(series=series)


@pytest.fixture
def others(desk):
    """Two more figures, of another theme."""
    indicator = IndicatorFactory(code="beslag", theme=ThemeFactory(code="geld", name="Geld"))
    series = [SeriesFactory(indicator=indicator), SeriesFactory(indicator=indicator, variant="plan")]
    for one in series:
        desk.ask(one)
    return series


def names(desk, **choice):
    page = round_overview(desk.round, desk.anna, OverviewChoice(**choice))
    return [(row.info.code, row.series.variant.value) for row in page.rows]


def test_filters_combine(desk, others):
    politie, om = (Supplier.objects.create(code=code, name=code.upper()) for code in ("politie", "om"))
    anna = person("anna")
    item(desk.series, supplier=politie, owner=anna)
    item(others[0], supplier=politie, due=YESTERDAY)
    item(others[1], supplier=om, owner=anna)
    assert len(names(desk)) == 3
    assert names(desk, supplier="politie", owner="anna") == [("zaken", "realisatie")]
    assert names(desk, theme="geld", owner="anna") == [("beslag", "plan")]
    assert names(desk, owner=NOBODY) == [("beslag", "realisatie")]
    assert names(desk, only_late=True) == [("beslag", "realisatie")]
    assert names(desk, state="concept") == []
    desk.save("100")
    assert names(desk, state="concept", owner="anna") == [("zaken", "realisatie")]


def test_who_must_still_deliver_and_since_when_is_told_per_supplier(desk, others):
    politie = Supplier.objects.create(code="politie", name="Politie")
    RoundStep.objects.create(round=desk.round, kind="aanlevering", due=YESTERDAY)
    item(desk.series, supplier=politie)
    item(others[0], supplier=politie, due=TOMORROW)
    nobody, police = round_overview(desk.round, desk.anna).suppliers
    assert (police.asked, police.delivered, police.late, police.late_since) == (2, 0, 1, YESTERDAY)
    assert (nobody.name, nobody.asked, nobody.late) == ("", 1, 1)
    desk.submitted("100")
    _, police = round_overview(desk.round, desk.anna).suppliers
    assert (police.delivered, police.late, police.late_since) == (1, 0, None)


def test_progress_is_told_per_theme_also_when_a_choice_shows_less(desk, others):
    desk.checked("100")
    page = round_overview(desk.round, desk.anna)
    assert {group.name: (group.done, group.total) for group in page.groups} == {
        desk.indicator.theme.name: (1, 1),
        "Geld": (0, 2),
    }
    (group,) = round_overview(desk.round, desk.anna, OverviewChoice(state="leeg", theme="geld")).groups
    assert (len(group.rows), group.done, group.total) == (2, 0, 2)
    assert page.done == 1


def test_who_is_limited_to_a_theme_sees_and_counts_only_that(desk, others):
    els = person("els", Role.INVOERDER)
    ThemeAccess.objects.create(user=els, theme=others[0].indicator.theme)
    page = round_overview(desk.round, worker_of(els))
    assert (page.total, [group.code for group in page.groups]) == (2, ["geld"])


def test_a_figure_that_two_rounds_ask_for_is_under_way_and_checked_in_both(desk):
    other: Round = RoundFactory(state="open", name="Halfjaarbrief")
    RoundItem.objects.create(round=other, series=desk.series, period=desk.period)
    proposal = desk.submitted("100")
    for round_ in (desk.round, other):
        (row,) = round_overview(round_, desk.anna).rows
        assert (row.state, row.value) == (ItemState.SUBMITTED, "100")
    changed = desk.save("101", version=proposal.version, place=Place(desk.series.pk, desk.period.pk, other.pk))
    assert changed.pk == proposal.pk
    proposal = desk.submitted("102", version=changed.version)
    approve_proposals(by=desk.bram, pairs=pairs(proposal))
    for round_ in (desk.round, other):
        (row,) = round_overview(round_, desk.anna).rows
        assert (row.state, row.value) == (ItemState.CHECKED, "102")


def test_the_sheet_has_a_row_per_shown_figure_with_all_that_the_page_says(desk, others):
    item(desk.series, due=YESTERDAY)
    desk.save("1200")
    sheet = overview_sheet(round_overview(desk.round, desk.anna, OverviewChoice(only_late=True)))
    (row,) = [dict(zip([column.title for column in sheet.columns], row, strict=True)) for row in sheet.rows]
    assert (row["Indicator"], row["Periode (code)"], row["Stand"]) == ("zaken", "2024", "concept")
    assert (row["Te laat"], row["Waarde"]) == ("ja", "1.200")
