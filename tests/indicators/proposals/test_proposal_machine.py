"""Save, withdraw, submit, hand back and check, in any order by anybody, against a plain model; on both databases."""

from dataclasses import dataclass
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from indicators.models import Observation, Proposal
from indicators.services.approval import approve_proposals
from indicators.services.proposals import StaleProposals, return_proposals, withdraw_proposal
from indicators.services.submission import submit_proposals
from monitor.base.core.errors import Conflict, NotAllowed
from monitor.base.core.roles import Role
from monitor.base.services.audit import verify_audit
from tests.indicators.proposals.desk import Desk
from tests.workers import worker

people = st.integers(0, 2)
seen_versions = st.sampled_from([0, 0, 0, 0, 0, -1, 1])  # what the person saw, against what stands there


@dataclass
class Cell:
    """What the model remembers of the value under way."""

    value: Decimal
    entered_by: int
    changed_by: int
    version: int = 1
    state: str = "concept"


class Proposals(RuleBasedStateMachine):
    """One cell, three people who may all enter and check; ``figures`` are the revisions that were checked."""

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.desk = Desk()
        self.people = [worker(name, Role.INVOERDER, Role.CONTROLEUR) for name in ("els", "fred", "gijs")]
        self.cell: Cell | None = None
        self.figures: list[Decimal] = []

    def teardown(self) -> None:
        try:
            assert list(verify_audit()) == []
        finally:
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    @rule(who=people, number=st.integers(1, 40), off=seen_versions)
    def save(self, who: int, number: int, off: int) -> None:
        version = self._version + off
        change = {"change_kind": "bijstelling", "reason": "Nagekomen.", "explanation": "Nagevraagd."}
        if off:
            with pytest.raises(StaleProposals):
                self.desk.save(number, by=self.people[who], version=version, **change)
            return
        self.desk.save(number, by=self.people[who], version=version, **change)
        if self.cell is None:
            self.cell = Cell(Decimal(number), who, who)
        elif self.cell.value != number:
            self.cell = Cell(Decimal(number), self.cell.entered_by, who, version + 1)

    @rule(who=people, off=seen_versions)
    def withdraw(self, who: int, off: int) -> None:
        if self.cell is None:
            return
        if self._is_stale(
            off, lambda: withdraw_proposal(by=self.people[who], proposal_id=self._pk, version=self._version + off)
        ):
            return
        withdraw_proposal(by=self.people[who], proposal_id=self._pk, version=self._version)
        self.cell = None

    @rule(who=people, off=seen_versions)
    def submit(self, who: int, off: int) -> None:
        if self.cell is None:
            return
        pairs = [(self._pk, self._version + off)]
        if self._is_stale(off, lambda: submit_proposals(by=self.people[who], pairs=pairs)):
            return
        if self.cell.state == "ter-controle":
            with pytest.raises(Conflict, match="staat al ter controle"):
                submit_proposals(by=self.people[who], pairs=pairs)
            return
        assert submit_proposals(by=self.people[who], pairs=pairs).refused == ()
        self.cell.state, self.cell.version = "ter-controle", self.cell.version + 1

    @rule(who=people, off=seen_versions)
    def hand_back(self, who: int, off: int) -> None:
        if self.cell is None:
            return
        pairs = [(self._pk, self._version + off)]
        if self._is_stale(off, lambda: return_proposals(by=self.people[who], pairs=pairs, reason="Onjuist.")):
            return
        if self.cell.state != "ter-controle":
            with pytest.raises(Conflict, match="niets teruggegeven"):
                return_proposals(by=self.people[who], pairs=pairs, reason="Onjuist.")
            return
        return_proposals(by=self.people[who], pairs=pairs, reason="Onjuist.")
        self.cell.state, self.cell.version = "teruggegeven", self.cell.version + 1

    @rule(who=people, off=seen_versions)
    def check(self, who: int, off: int) -> None:
        if self.cell is None:
            return
        pairs = [(self._pk, self._version + off)]
        if self._is_stale(off, lambda: approve_proposals(by=self.people[who], pairs=pairs)):
            return
        refusal: type[Exception] | None = None
        if who in (self.cell.entered_by, self.cell.changed_by):
            refusal = NotAllowed
        elif self.cell.state != "ter-controle":
            refusal = Conflict
        if refusal:
            with pytest.raises(refusal):
                approve_proposals(by=self.people[who], pairs=pairs)
            return
        approve_proposals(by=self.people[who], pairs=pairs)
        self.figures.append(self.cell.value)
        self.cell = None

    @rule(number=st.integers(1, 40), who=st.permutations([0, 1, 2]))
    def the_whole_way(self, number: int, who: list[int]) -> None:
        """Change, submit and check by somebody who may: chance alone seldom gets there."""
        self.save(who[0], number, 0)
        if self.cell and self.cell.state != "ter-controle":
            self.submit(who[0], 0)
        for person in who:
            self.check(person, 0)

    @invariant()
    def what_stands_is_what_the_model_remembers(self) -> None:
        stored = Proposal.objects.values_list("value", "entered_by", "changed_by", "version", "state").first()
        ids = [person.user_id for person in self.people]
        cell = self.cell
        assert stored == (cell and (cell.value, ids[cell.entered_by], ids[cell.changed_by], cell.version, cell.state))
        rows = Observation.objects.order_by("revision").values_list("value", "revision", "known_to")
        last = len(self.figures)
        stands = [(value, revision, known_to is None) for value, revision, known_to in rows]
        assert stands == [(value, number, number == last) for number, value in enumerate(self.figures, 1)]

    @property
    def _pk(self) -> int:
        return Proposal.objects.get().pk

    @property
    def _version(self) -> int:
        return self.cell.version if self.cell else 0

    def _is_stale(self, off: int, act) -> bool:
        """Whether the person saw another version; then the act is refused."""
        if off:
            with pytest.raises(StaleProposals):
                act()
        return bool(off)


@pytest.mark.django_db
def test_any_order_of_acts_leaves_what_a_plain_model_says() -> None:
    run_state_machine_as_test(
        Proposals,
        settings=settings(
            max_examples=30,
            stateful_step_count=30,
            deadline=None,
            report_multiple_bugs=False,  # shrinking each of several takes minutes
            suppress_health_check=list(HealthCheck),
        ),
    )
