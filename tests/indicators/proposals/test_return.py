"""Handing back: with a reason, as somebody who checks, and only what waits for a check."""

import pytest

from indicators.models import Proposal, ProposalEdit
from indicators.services.proposals import StaleProposals, return_proposals
from indicators.services.submission import submit_proposals
from monitor.base.core.errors import Conflict, MonitorError, NotAllowed
from monitor.base.core.roles import Role
from tests.indicators.proposals.desk import pairs
from tests.workers import worker

WHY = "De bron zegt iets anders."


def test_a_value_goes_back_with_its_reason_and_comes_again(desk):
    seen = pairs(desk.submitted("100"))
    assert return_proposals(by=desk.bram, pairs=seen, reason=f" {WHY} ") == 1
    proposal = Proposal.objects.get()
    assert (proposal.state, proposal.version, proposal.return_reason) == ("teruggegeven", 3, WHY)
    assert proposal.returned_by.username == "bram"
    edit = ProposalEdit.objects.get(act="teruggegeven")
    assert (edit.by.username, edit.version, edit.after) == ("bram", 3, {"reden": WHY})
    again = desk.submitted("101", version=3)
    assert (again.state, again.version) == ("ter-controle", 5)


def test_a_returned_value_may_be_submitted_as_it_is(desk):
    return_proposals(by=desk.bram, pairs=pairs(desk.submitted("100")), reason=WHY)
    assert submit_proposals(by=desk.anna, pairs=pairs(Proposal.objects.get())).refused == ()


def test_a_reason_is_needed(desk):
    with pytest.raises(MonitorError, match="Geef een reden"):
        return_proposals(by=desk.bram, pairs=pairs(desk.submitted("100")), reason="  ")


def test_only_what_waits_for_a_check_is_handed_back(desk):
    with pytest.raises(Conflict, match="Er is niets teruggegeven"):
        return_proposals(by=desk.bram, pairs=pairs(desk.save("100")), reason=WHY)


def test_a_stale_version_is_not_handed_back(desk):
    seen = pairs(desk.submitted("100"))
    desk.submitted("101", version=2)
    with pytest.raises(StaleProposals, match="gewijzigd door anna"):
        return_proposals(by=desk.bram, pairs=seen, reason=WHY)


@pytest.mark.parametrize("role", [Role.INVOERDER, Role.REDACTEUR, Role.REKENAAR, Role.RAADPLEGER])
def test_only_those_who_check_may_hand_back(desk, role):
    with pytest.raises(NotAllowed, match="cijfers teruggeven is werk van een controleur"):
        return_proposals(by=worker("iemand", role), pairs=pairs(desk.submitted("100")), reason=WHY)


def test_nothing_is_handed_back_in_a_closed_round(desk):
    proposal = desk.submitted("100")
    desk.close_round()
    with pytest.raises(NotAllowed, match="is niet open"):
        return_proposals(by=desk.bram, pairs=pairs(proposal), reason=WHY)
