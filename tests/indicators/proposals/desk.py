"""A desk with work: anna enters, bram checks, one figure is asked in an open round."""

from decimal import Decimal
from typing import Any

from indicators.core.access import Worker
from indicators.models import Observation, Period, Proposal, Round, RoundItem, Series
from indicators.services.approval import approve_proposals
from indicators.services.proposals import Place, ProposalContent, save_proposal
from indicators.services.submission import submit_proposals
from monitor.base.core.roles import Role
from tests.factories import IndicatorFactory, PeriodFactory, RoundFactory, SeriesFactory
from tests.workers import worker


class Desk:
    def __init__(self) -> None:
        self.anna = worker("anna", Role.INVOERDER)
        self.bram = worker("bram", Role.CONTROLEUR)
        self.chris = worker("chris", Role.INVOERDER, Role.CONTROLEUR)
        self.indicator: Any = IndicatorFactory(code="zaken")
        self.series: Series = SeriesFactory(indicator=self.indicator)
        self.period: Period = PeriodFactory(code="2024")
        self.round: Round = RoundFactory(state="open", name="Proefronde")
        self.ask(self.series)

    def ask(self, series: Series) -> None:
        RoundItem.objects.create(round=self.round, series=series, period=self.period)

    def place(self, series: Series | None = None) -> Place:
        return Place((series or self.series).pk, self.period.pk, self.round.pk)

    def save(
        self, value: Any = "100", *, by: Worker | None = None, version: int = 0, place: Place | None = None, **more: Any
    ) -> Proposal:
        """What anna types in the cell, unless told otherwise."""
        number = None if value is None else Decimal(str(value))
        content = ProposalContent(value=number, **more)
        return save_proposal(by=by or self.anna, place=place or self.place(), version=version, content=content)

    def submitted(self, value: Any = "100", *, by: Worker | None = None, version: int = 0, **more: Any) -> Proposal:
        proposal = self.save(value, by=by, version=version, **more)
        outcome = submit_proposals(by=by or self.anna, pairs=pairs(proposal))
        assert outcome.submitted == (proposal.pk,), outcome.refused
        proposal.refresh_from_db()
        return proposal

    def checked(self, value: Any = "100", **more: Any) -> Observation:
        """A figure that went the whole way."""
        approve_proposals(by=self.bram, pairs=pairs(self.submitted(value, **more)))
        return self.current()

    def current(self) -> Observation:
        return Observation.objects.get(series=self.series, period=self.period, known_to__isnull=True)

    def close_round(self) -> None:
        Round.objects.filter(pk=self.round.pk).update(state="gesloten")


def pairs(*proposals: Proposal) -> list[tuple[int, int]]:
    """The versions as a person saw them."""
    return [(proposal.pk, proposal.version) for proposal in proposals]
