"""A small office in a round: anna asks and enters, bram checks, the police delivers; four figures are asked."""

from pathlib import Path
from typing import Any

from indicators.importing.delivery import confirm_delivery, make_plan
from indicators.importing.delivery_plan import DeliveryPlan, PlanRow
from indicators.models import Delivery, Round, RoundItem, RoundStep, Series, Supplier
from indicators.services.deliveries import receive_delivery
from indicators.services.requests import MadeRequest, make_request
from monitor.base.core.roles import Role
from tests.factories import IndicatorFactory, ObservationFactory, PeriodFactory, RoundFactory, SeriesFactory
from tests.indicators.deliveries.supplier import Workbook
from tests.workers import worker

CASES, SHARE, STAFF, SCORE = "zaken", "aandeel", "bezetting", "cijfer"
ASKED_YEAR = "2024"


class Office:
    def __init__(self) -> None:
        self.anna = worker("anna", Role.INVOERDER)
        self.bram = worker("bram", Role.CONTROLEUR)
        self.chris = worker("chris", Role.INVOERDER, Role.CONTROLEUR)
        self.supplier: Supplier = Supplier.objects.create(code="politie", name="Politie", contact_email="p@example.org")
        self.round: Round = RoundFactory(code="2026-2", state="open", name="proefronde", cut_off="2026-11-02")
        RoundStep.objects.create(round=self.round, kind="aanlevering", due="2026-11-27")
        self.series: dict[str, Series] = {
            CASES: self._asked(CASES, 1000, 1100),
            SHARE: self._asked(SHARE, "81.2", "82.9", kind="aandeel", unit="procent", decimals=1),
            STAFF: self._asked(STAFF, 40, 41, kind="bezetting", unit="fte"),
            SCORE: self._asked(SCORE, "7.1", "7.2", kind="score", unit="rapportcijfer", decimals=1),
        }

    def _asked(self, code: str, *values: Any, kind: str = "telling", unit: str = "aantal", decimals: int = 0) -> Series:
        indicator = IndicatorFactory(
            code=code, value_kind=kind, version__unit=unit, version__decimals=decimals, version__definition="Zo geteld."
        )
        series = SeriesFactory(indicator=indicator)
        for year, value in zip(("2022", "2023"), values, strict=True):
            ObservationFactory(series=series, period=PeriodFactory(code=year), value=value, decimals=decimals)
        self.ask(series)
        return series

    def ask(self, series: Series, year: str = ASKED_YEAR) -> RoundItem:
        period = PeriodFactory(code=year)
        return RoundItem.objects.create(round=self.round, series=series, period=period, supplier=self.supplier)

    def request(self) -> MadeRequest:
        return make_request(by=self.anna, round_code=self.round.code, supplier_code=self.supplier.code)

    def sheet(self) -> Workbook:
        return Workbook(self.request().content)

    def receive(self, content: bytes, name: str = "uitvraag.xlsx", *, by: Any = None) -> Delivery:
        return receive_delivery(
            by=by or self.anna, round_code=self.round.code, file_name=name, content=content
        ).delivery

    def plan_of(self, book: Workbook) -> DeliveryPlan:
        return make_plan(self.receive(book.save()))

    def confirm(self, delivery: Delivery, *, by: Any = None, **more: Any) -> int:
        digest = make_plan(delivery).digest
        return confirm_delivery(by=by or self.anna, delivery=delivery, digest=digest, **more).stored


def key_of(code: str) -> str:
    """How the hidden key of an asked figure begins."""
    return f"{code}|nederland|realisatie| {ASKED_YEAR}"


def row(plan: DeliveryPlan, code: str, period: str = ASKED_YEAR) -> PlanRow:
    (found,) = [one for one in plan.rows if one.key[0].startswith(f"{code}|") and one.key[1] == period]
    return found


def folders(settings: Any, folder: Path) -> None:
    """Keep the files of a test apart."""
    settings.REQUEST_DIR, settings.DELIVERY_DIR = folder / "uit", folder / "in"
