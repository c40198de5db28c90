"""A supplier's own sheet through the plan: what it would change, what is stored, and the same file twice."""

from dataclasses import replace
from decimal import Decimal

import pytest

from indicators.core.profiles import LabelRule, Profile
from indicators.core.sheet_outcome import SeriesChoice
from indicators.core.wide_tables import LabelKey
from indicators.importing.delivery import RowChoice, confirm_delivery, make_plan
from indicators.importing.delivery_plan import RowKind
from indicators.models import Delivery, Observation, Period, Proposal
from indicators.services.approval import approve_proposals
from indicators.services.deliveries import receive_own_sheet
from indicators.services.profiles import add_correction, save_profile_for
from indicators.services.submission import submit_proposals
from monitor.base.core.errors import MonitorError
from tests.factories import PeriodFactory, SeriesFactory
from tests.indicators.deliveries.office import CASES, SHARE, STAFF, Office
from tests.indicators.sheets.golden_books import Page, book
from tests.indicators.sheets.test_profile_services import new

PROFILE = Profile(
    "",
    "Jaarstaat",
    "politie",
    labels=(LabelRule(LabelKey("Zaken"), SeriesChoice(CASES)), LabelRule(LabelKey("Fte"), SeriesChoice(STAFF))),
)
ONLY_CASES = replace(PROFILE, name="Zaken", labels=PROFILE.labels[:1])
SHEET = (
    ("Jaarstaat",), ("", 2022, 2023, 2024), ("Zaken", 1000, 1104, 1180), ("Fte", 40, 41, "42,5"), (), ("Bron: wij",),
)  # fmt: skip
ONLY_CASES_ROWS = (*SHEET[:2], ("Zaken", 1000, 1100, 1180))


def received(office: Office, rows=SHEET, profile: Profile | None = PROFILE) -> Delivery:
    content = book(Page("Blad1", rows))
    delivery = receive_own_sheet(
        by=office.anna, round_code="2026-2", supplier_code="politie", file_name="staat.xlsx", content=content
    ).delivery
    if profile is None:
        return delivery
    return save_profile_for(by=office.anna, delivery_id=delivery.pk, profile=profile)


def kinds(plan) -> dict[tuple[str, str], str]:
    return {(row.name, row.period): row.kind for row in plan.rows}


def test_the_plan_tells_new_from_restated_and_the_same(office):
    plan = make_plan(received(office))
    assert plan.refused == ()
    assert {(row.kind.value, row.key[0].split("|")[0], row.period, row.cell) for row in plan.rows} == {
        ("herzien", CASES, "2023", "C3"), ("nieuw", CASES, "2024", "D3"), ("nieuw", STAFF, "2024", "D4"),
        ("ongewijzigd", CASES, "2022", "B3"), ("ongewijzigd", STAFF, "2022", "B4"),
        ("ongewijzigd", STAFF, "2023", "C4"),
    }  # fmt: skip
    (revised,) = plan.of(RowKind.REVISED)
    assert (revised.old, revised.new) == ("1.100", "1.104")


def test_what_is_confirmed_is_stored_with_its_cell_and_the_restated_row_with_its_reason(office):
    delivery = received(office)
    plan = make_plan(delivery)
    (revised,) = plan.of(RowKind.REVISED)
    choice = {revised.row_id: RowChoice("correctie", "De politie herzag alle jaren.")}
    assert confirm_delivery(by=office.anna, delivery=delivery, digest=plan.digest, choices=choice).stored == 3
    stored = {(one.series.indicator.code, one.period.code): one for one in Proposal.objects.all()}
    assert {key: one.value for key, one in stored.items()} == {
        (CASES, "2023"): 1104, (CASES, "2024"): 1180, (STAFF, "2024"): Decimal("42.5")
    }  # fmt: skip
    assert stored[CASES, "2023"].reason == "De politie herzag alle jaren."
    assert stored[CASES, "2024"].place == "blad ‘Blad1’, cel D3"
    assert stored[CASES, "2024"].delivery == delivery


def test_the_same_file_again_changes_nothing_and_says_so(office):
    delivery = received(office, ONLY_CASES_ROWS, ONLY_CASES)
    confirm_delivery(by=office.anna, delivery=delivery, digest=make_plan(delivery).digest)
    submit_proposals(by=office.anna, pairs=[(one.pk, one.version) for one in Proposal.objects.all()])
    approve_proposals(by=office.bram, pairs=[(one.pk, one.version) for one in Proposal.objects.all()])
    assert received(office, ONLY_CASES_ROWS, None) == delivery
    again = received(office, (("Ander",), *ONLY_CASES_ROWS[1:]), ONLY_CASES)
    assert make_plan(again).changes_nothing
    assert Observation.objects.filter(period__code="2024").count() == 1


def test_a_period_that_nobody_named_before_gets_its_row_when_it_is_stored(office):
    delivery = received(office, (("", "2024-H1"), ("Zaken", 510)), ONLY_CASES)
    plan = make_plan(delivery)
    assert not Period.objects.filter(code="2024-H1").exists()
    confirm_delivery(by=office.anna, delivery=delivery, digest=plan.digest)
    assert Proposal.objects.get().period.code == "2024-H1"


def test_an_open_question_keeps_its_cells_back_until_the_profile_answers_it(office):
    delivery = received(office, (("", 2023, 2024), ("Zaken", 1100, "-"), ("Fte", 41, 43)))
    plan = make_plan(delivery)
    assert [(one.code, one.place.address) for one in plan.refused] == [("vraag", "C2")]
    with pytest.raises(MonitorError, match="geweigerd"):
        confirm_delivery(by=office.anna, delivery=delivery, digest=plan.digest)
    answered = PROFILE.with_answer("teken", "-", "nihil")
    delivery = save_profile_for(by=office.anna, delivery_id=delivery.pk, profile=answered)
    plan = make_plan(delivery)
    assert plan.refused == ()
    confirm_delivery(by=office.anna, delivery=delivery, digest=plan.digest)
    assert Proposal.objects.get(series=office.series[CASES]).marker == "nihil"


def test_a_series_that_the_round_does_not_ask_is_refused_in_words(office):
    other = SeriesFactory(indicator__code="vreemd")
    PeriodFactory(code="2024")
    profile = Profile("", "P", "politie", labels=(LabelRule(LabelKey("Vreemd"), SeriesChoice(other.indicator.code)),))
    plan = make_plan(received(office, (("", 2024), ("Vreemd", 5)), profile))
    assert [one.code for one in plan.refused] == ["niet-gevraagd"]
    assert "Cel B2 van blad ‘Blad1’" in plan.refused[0].message
    assert plan.rows == ()


def test_what_the_round_asks_of_these_series_and_is_not_there_is_missing(office):
    plan = make_plan(received(office, (("", 2023), ("Zaken", 1100))))
    assert [(row.kind, row.period) for row in plan.of(RowKind.MISSING)] == [(RowKind.MISSING, "2024")]


def test_a_known_error_is_replaced_and_said(office):
    add_correction(by=office.anna, new=new(office))
    delivery = received(office)
    plan = make_plan(delivery)
    (row,) = [one for one in plan.rows if one.key == (office.series[CASES].key, "2024")]
    assert row.new == "1.181"
    assert any("verbeterd tot 1.181" in remark for remark in plan.remarks)
    assert "verbeterd als bekende fout" in row.content.remark


def test_the_checks_judge_what_is_planned(office):
    plan = make_plan(received(office, (("", 2024), ("Zaken", 999_999))))
    assert plan.rows[0].findings


def test_a_long_sheet_needs_no_profile(office):
    rows = (("indicator", "periode", "waarde", "bron"), (CASES, "2024", 1180, "BVH"), (SHARE, "2024", "83,7%", ""))
    plan = make_plan(received(office, rows, None))
    assert {row.key[0].split("|")[0]: row.new for row in plan.of(RowKind.NEW)} == {CASES: "1.180", SHARE: "83,7%"}
    assert "Bron volgens het bestand: BVH." in plan.rows[0].content.remark
