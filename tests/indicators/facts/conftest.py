"""Two people and a one-off figure they work on."""

from decimal import Decimal
from typing import Any

import pytest

from indicators.models import Fact, FactProposal
from indicators.services.fact_review import approve_facts
from indicators.services.facts import FactContent, save_fact, submit_fact
from monitor.base.core.roles import Role
from tests.factories import AreaFactory, SourceFactory, ThemeFactory
from tests.workers import worker


class FactDesk:
    def __init__(self) -> None:
        self.anna = worker("anna", Role.INVOERDER)
        self.bram = worker("bram", Role.CONTROLEUR)
        self.chris = worker("chris", Role.INVOERDER, Role.CONTROLEUR)
        self.theme = ThemeFactory(code="geld", name="Geld")
        self.area = AreaFactory()
        self.source = SourceFactory()

    def content(self, value: Any = "23", **fields: Any) -> FactContent:
        given: dict[str, Any] = {
            "name": "Motorbendes verboden",
            "sentence": "De rechter verbood {waarde} motorbendes.",
            "period": "2024",
            "unit": "aantal",
            "source_id": self.source.pk,
            "place": "blz. 3",
        }
        number = None if value is None else Decimal(str(value))
        return FactContent(theme_id=self.theme.pk, area_id=self.area.pk, value=number, **given | fields)

    def save(
        self, value: Any = "23", *, by: Any = None, code: str = "", version: int = 0, **fields: Any
    ) -> FactProposal:
        return save_fact(by=by or self.anna, code=code, version=version, content=self.content(value, **fields))

    def submitted(self, value: Any = "23", *, by: Any = None, **fields: Any) -> FactProposal:
        saved = self.save(value, by=by, **fields)
        return submit_fact(by=by or self.anna, code=saved.code, version=saved.version)

    def checked(self, value: Any = "23", **fields: Any) -> Fact:
        proposal = self.submitted(value, **fields)
        approve_facts(by=self.bram, pairs=[(proposal.code, proposal.version)])
        return Fact.objects.get(code=proposal.code, known_to__isnull=True)


@pytest.fixture
def facts(db) -> FactDesk:
    return FactDesk()
