"""Submitting: the rules speak first; what they stop stays a draft, the rest goes on."""

from decimal import Decimal

import pytest

from indicators.models import Proposal, ProposalEdit
from indicators.services.proposals import StaleProposals
from indicators.services.submission import submit_proposals
from monitor.base.core.errors import Conflict, MonitorError, NotAllowed
from monitor.base.core.roles import Role
from tests.factories import ObservationFactory, PeriodFactory, SeriesFactory
from tests.indicators.proposals.desk import pairs
from tests.workers import worker


def submit(desk, *proposals, by=None):
    return submit_proposals(by=by or desk.anna, pairs=pairs(*proposals))


def refusal(desk, proposal):
    outcome = submit(desk, proposal)
    assert outcome.submitted == ()
    proposal.refresh_from_db()
    assert (proposal.state, proposal.version) == ("concept", 1)
    (refused,) = outcome.refused
    return refused


def test_a_value_goes_to_the_second_officer_in_a_new_version(desk):
    proposal = desk.submitted("100")
    assert (proposal.state, proposal.version, proposal.findings) == ("ter-controle", 2, [])
    assert proposal.submitted_at is not None
    edit = ProposalEdit.objects.get(act="ingediend")
    assert (edit.by.username, edit.version) == ("anna", 2)


def test_an_error_stops_a_value_and_only_that_one(desk):
    other = SeriesFactory(indicator=desk.indicator, area__code="eenheid-limburg", area__kind="eenheid")
    desk.ask(other)
    wrong, right = desk.save("12.5"), desk.save("12", place=desk.place(other))
    outcome = submit(desk, wrong, right)
    assert outcome.submitted == (right.pk,)
    (refused,) = outcome.refused
    assert refused.proposal_id == wrong.pk
    assert refused.reason.startswith("12,5 kan niet: het gaat om een aantal")
    assert refused.findings[0]["severity"] == "fout"
    wrong.refresh_from_db()
    assert wrong.state == "concept"


def test_an_empty_value_is_not_submitted_and_a_reason_for_none_is(desk):
    assert refusal(desk, desk.save(None)).reason.startswith("Er is nog geen waarde.")
    assert desk.submitted(None, version=1, marker="geheim").state == "ter-controle"


def test_a_warning_asks_for_an_explanation_that_the_second_officer_sees(desk):
    ObservationFactory(series=desk.series, period=PeriodFactory(code="2023"), value=100)
    refused = refusal(desk, desk.save("100", explanation="  "))
    assert refused.reason == "Er is een waarschuwing. Licht toe waarom het cijfer toch klopt."
    proposal = desk.submitted("100", version=1, explanation="Nagevraagd bij de politie.")
    (finding,) = proposal.findings
    assert (finding["rule"], finding["severity"]) == ("zelfde-als-vorige", "waarschuwing")
    assert finding["compared"] == [["2023", "100"]]


@pytest.mark.parametrize(
    "change", [{"change_kind": "bijstelling", "reason": " "}, {"change_kind": "eerste", "reason": "Nagekomen."}]
)
def test_a_change_of_a_checked_figure_needs_a_kind_and_a_reason(desk, change):
    desk.checked("100")
    assert refusal(desk, desk.save("110", **change)).reason == (
        "Dit cijfer wijzigt een eerder gecontroleerd cijfer. Geef aan wat voor wijziging het is en waarom."
    )


def test_a_figure_that_was_revised_in_between_is_looked_at_again(desk):
    proposal = desk.save("100")
    ObservationFactory(series=desk.series, period=desk.period, value=90)
    assert refusal(desk, proposal).reason.startswith("Dit cijfer is intussen herzien.")


def test_stale_versions_are_named_and_nothing_is_submitted(desk):
    other = SeriesFactory(indicator=desk.indicator, area__code="eenheid-limburg")
    desk.ask(other)
    good, seen = desk.save("1"), desk.save("2", place=desk.place(other))
    seen_pair = pairs(seen)
    desk.save("3", by=desk.chris, version=1, place=desk.place(other))
    with pytest.raises(StaleProposals, match="gewijzigd door chris") as refused:
        submit_proposals(by=desk.anna, pairs=[*pairs(good), *seen_pair, (999_999, 4)])
    assert {(one.proposal_id, one.expected, one.found) for one in refused.value.stale} == {
        (seen.pk, 1, 2),
        (999_999, 4, 0),
    }
    assert set(Proposal.objects.values_list("state", flat=True)) == {"concept"}


def test_a_value_named_in_two_versions_is_stale(desk):
    proposal = desk.save("1")
    with pytest.raises(StaleProposals):
        submit_proposals(by=desk.anna, pairs=[(proposal.pk, 2), (proposal.pk, 1)])


def test_what_is_submitted_already_is_told(desk):
    with pytest.raises(Conflict, match="staat al ter controle"):
        submit(desk, desk.submitted("100"))


def test_choosing_nothing_is_told(desk):
    with pytest.raises(MonitorError, match="Kies ten minste één cijfer"):
        submit_proposals(by=desk.anna, pairs=[])


@pytest.mark.parametrize("role", [Role.CONTROLEUR, Role.REKENAAR, Role.RAADPLEGER])
def test_only_those_who_enter_may_submit(desk, role):
    with pytest.raises(NotAllowed, match="cijfers indienen is werk van een invoerder"):
        submit(desk, desk.save("100"), by=worker("iemand", role))


def test_nothing_is_submitted_in_a_closed_round(desk):
    proposal = desk.save("100")
    desk.close_round()
    with pytest.raises(NotAllowed, match="‘Proefronde’ is niet open"):
        submit(desk, proposal)


def test_findings_of_before_are_gone_when_nothing_is_wrong_any_more(desk):
    earlier = ObservationFactory(series=desk.series, period=PeriodFactory(code="2023"), value=100)
    assert earlier.value == 100
    desk.submitted("100", explanation="Nagevraagd.")
    proposal = desk.submitted("104", version=2, explanation="")
    assert proposal.findings == []


def test_an_upper_bound_under_the_value_is_stopped(desk):
    assert refusal(desk, desk.save("20", value_high=Decimal(10))).reason.startswith("De bovengrens is lager")
