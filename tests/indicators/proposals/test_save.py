"""Saving and withdrawing a value under way."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from indicators.models import Proposal, ProposalEdit
from indicators.services.proposals import Place, StaleProposals, withdraw_proposal
from monitor.base.core.errors import MonitorError, NotAllowed, NotThere
from monitor.base.core.roles import Role
from tests.factories import ObservationFactory, PeriodFactory, RoundFactory, SeriesFactory
from tests.workers import worker


def log(desk):
    return list(ProposalEdit.objects.filter(series=desk.series).values_list("act", "by__username", "version"))


def test_a_first_value_is_a_draft_of_version_one(desk):
    proposal = desk.save("12.5", remark="Telefonisch doorgegeven.")
    assert (proposal.state, proposal.version, proposal.base_revision) == ("concept", 1, 0)
    assert (proposal.value, proposal.remark, proposal.change_kind) == (
        Decimal("12.5"),
        "Telefonisch doorgegeven.",
        "eerste",
    )
    assert (proposal.entered_by.username, proposal.changed_by.username) == ("anna", "anna")
    assert proposal.round == desk.round


def test_a_change_counts_up_and_keeps_who_entered(desk):
    desk.save("100")
    proposal = desk.save("101", by=desk.chris, version=1)
    assert (proposal.version, proposal.entered_by_id, proposal.changed_by_id) == (
        2,
        desk.anna.user_id,
        desk.chris.user_id,
    )


def test_the_log_keeps_what_differs_with_all_digits(desk):
    desk.save("100.10")
    desk.save("100.25", version=1, remark="Verbeterd.")
    assert log(desk) == [("ingevoerd", "anna", 1), ("gewijzigd", "anna", 2)]
    edit = ProposalEdit.objects.get(version=2)
    assert edit.before == {"value": "100.1000", "remark": ""}
    assert edit.after == {"value": "100.25", "remark": "Verbeterd."}


def test_saving_the_same_again_changes_nothing(desk):
    desk.submitted("100")
    proposal = desk.save("100.0", version=2)
    assert (proposal.version, proposal.state) == (2, "ter-controle")
    assert len(log(desk)) == 2


def test_a_submitted_value_that_is_changed_becomes_a_draft_again(desk):
    desk.submitted("100")
    proposal = desk.save("101", version=2)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.version, proposal.submitted_at, proposal.findings) == ("concept", 3, None, [])


def test_a_marker_is_a_reason_for_no_value(desk):
    proposal = desk.save(None, marker="niet-geleverd")
    assert (proposal.value, proposal.marker) == (None, "niet-geleverd")
    with pytest.raises(MonitorError, match="niet allebei"):
        desk.save("5", version=1, marker="niet-geleverd")


@pytest.mark.parametrize("value", ["100000000000", "-100000000000", "0.00001", "NaN", "Infinity", "1E+11"])
def test_what_the_database_would_round_is_refused(desk, value):
    with pytest.raises(MonitorError, match="niet exact te bewaren"):
        desk.save(value)
    with pytest.raises(MonitorError, match="niet exact te bewaren"):
        desk.save("1", value_high=Decimal(value))
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("value", ["99999999999.9999", "-99999999999.9999", "0.0001", "1E+10", "1.50000000"])
def test_what_the_database_keeps_exactly_is_kept_exactly(desk, value):
    proposal = desk.save(value)
    proposal.refresh_from_db()
    assert proposal.value == Decimal(value)


# --- who may ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", Role)
def test_only_those_who_enter_may_save_and_withdraw(desk, role):
    someone = worker("iemand", role)
    saved = desk.save("100")
    if role in (Role.INVOERDER, Role.REDACTEUR, Role.BEHEERDER):
        saved = desk.save("101", by=someone, version=1)
        withdraw_proposal(by=someone, proposal_id=saved.pk, version=2)
        assert not Proposal.objects.exists()
        return
    with pytest.raises(NotAllowed, match="cijfers invoeren is werk van een invoerder"):
        desk.save("101", by=someone, version=1)
    with pytest.raises(NotAllowed, match="cijfers intrekken is werk van een invoerder"):
        withdraw_proposal(by=someone, proposal_id=saved.pk, version=1)
    assert Proposal.objects.get().value == 100


def test_nobody_works_without_a_role(desk):
    with pytest.raises(NotAllowed):
        desk.save("100", by=worker("gast"))


# --- the round --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["gesloten", "voorbereiding"])
def test_a_round_that_is_not_open_takes_nothing(desk, state):
    desk.round.state = state
    desk.round.save()
    with pytest.raises(NotAllowed, match="‘Proefronde’ is niet open"):
        desk.save()


def test_a_closed_round_is_not_entered_by_leaving_it_out(desk):
    desk.save("100")
    desk.close_round()
    with pytest.raises(NotAllowed, match="is niet open"):
        desk.save("101", version=1, place=Place(desk.series.pk, desk.period.pk))


def test_what_was_left_in_a_closed_round_may_go_on_in_the_next(desk):
    desk.save("100")
    desk.close_round()
    desk.round = RoundFactory(state="open", name="Volgende ronde")
    desk.ask(desk.series)
    assert desk.save("101", version=1).round == desk.round


def test_a_figure_that_the_round_does_not_ask_is_refused(desk):
    other = SeriesFactory(indicator=desk.indicator, area__code="eenheid-limburg")
    with pytest.raises(NotAllowed, match="hoort niet bij ronde ‘Proefronde’"):
        desk.save(place=desk.place(other))


def test_a_late_change_needs_no_round(desk):
    proposal = desk.save(place=Place(desk.series.pk, desk.period.pk))
    assert proposal.round is None


@pytest.mark.parametrize(
    ("place", "message"),
    [
        (lambda desk: Place(0, desk.period.pk), "Deze reeks bestaat niet"),
        (lambda desk: Place(desk.series.pk, 0), "Deze periode bestaat niet"),
        (lambda desk: Place(desk.series.pk, desk.period.pk, 0), "Deze rapportageronde bestaat niet"),
    ],
)
def test_a_forged_id_is_nothing(desk, place, message):
    with pytest.raises(NotThere, match=message):
        desk.save(place=place(desk))


# --- two people in one cell -------------------------------------------------------------------------------------------


def test_the_second_in_a_cell_gets_what_stands_there(desk):
    desk.save("100")
    with pytest.raises(StaleProposals, match="intussen gewijzigd door anna") as refusal:
        desk.save("200", by=desk.chris)
    assert refusal.value.current.value == 100
    (stale,) = refusal.value.stale
    assert (stale.expected, stale.found, stale.changed_by) == (0, 1, "anna")
    assert Proposal.objects.get().value == 100


def test_a_cell_that_was_emptied_in_between_is_stale_too(desk):
    saved = desk.save("100")
    withdraw_proposal(by=desk.anna, proposal_id=saved.pk, version=1)
    with pytest.raises(StaleProposals, match="iemand anders") as refusal:
        desk.save("200", by=desk.chris, version=1)
    assert (refusal.value.current, refusal.value.stale[0].found) == (None, 0)


def test_one_proposal_per_figure_is_kept_by_the_database(desk):
    saved = desk.save("100")
    saved.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        saved.save(force_insert=True)


# --- withdrawing ------------------------------------------------------------------------------------------------------


def test_the_log_keeps_what_was_withdrawn(desk):
    saved = desk.save("100")
    withdraw_proposal(by=desk.chris, proposal_id=saved.pk, version=1)
    assert not Proposal.objects.exists()
    edit = ProposalEdit.objects.get(act="ingetrokken")
    assert (edit.by.username, edit.before["value"], edit.after) == ("chris", "100.0000", {})


def test_a_stale_version_is_not_withdrawn(desk):
    saved = desk.save("100")
    with pytest.raises(StaleProposals):
        withdraw_proposal(by=desk.anna, proposal_id=saved.pk, version=2)
    assert Proposal.objects.exists()


def test_nothing_is_withdrawn_from_a_closed_round(desk):
    saved = desk.save("100")
    desk.close_round()
    with pytest.raises(NotAllowed, match="is niet open"):
        withdraw_proposal(by=desk.anna, proposal_id=saved.pk, version=1)


# --- over a figure that stands ----------------------------------------------------------------------------------------


def test_a_value_over_a_checked_figure_is_a_change_of_it(desk):
    desk.checked("100")
    proposal = desk.save("110")
    assert (proposal.base_revision, proposal.change_kind) == (1, "bijstelling")
    proposal = desk.save("110", version=1, change_kind="correctie", reason="Typefout.")
    assert (proposal.change_kind, proposal.reason) == ("correctie", "Typefout.")


def test_a_first_value_has_no_kind_of_change(desk):
    proposal = desk.save("110", change_kind="correctie", reason="Typefout.")
    assert (proposal.base_revision, proposal.change_kind, proposal.reason) == (0, "eerste", "")


def test_a_proposal_that_was_overtaken_is_saved_on_the_new_figure(desk):
    """Nothing was typed anew, but what it changes is another figure now."""
    desk.save("100", change_kind="eerste")
    ObservationFactory(series=desk.series, period=desk.period, value=90)
    proposal = desk.save("100", version=1, change_kind="eerste")
    assert (proposal.version, proposal.base_revision) == (2, 1)


def test_a_revision_of_an_earlier_period_joins_the_round(desk):
    earlier = PeriodFactory(code="2023")
    ObservationFactory(series=desk.series, period=earlier, value="90")
    place = Place(desk.series.pk, earlier.pk, desk.round.pk)
    proposal = desk.save("91", place=place, change_kind="correctie", reason="Typefout.")
    assert (proposal.round, proposal.base_revision) == (desk.round, 1)
    assert desk.round.items.filter(series=desk.series, period=earlier).exists()


def test_a_period_that_does_not_exist_joins_no_round(desk):
    with pytest.raises(NotThere, match="Deze periode bestaat niet"):
        desk.save("91", place=Place(desk.series.pk, 987654, desk.round.pk))
    assert desk.round.items.count() == 1
