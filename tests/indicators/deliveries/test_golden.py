"""Sheets as LibreOffice saved them, kept: rows sorted, a column added, one moved, an earlier figure overtyped."""

from decimal import Decimal
from pathlib import Path

import pytest

from indicators.core.enumerations import Marker, Status
from indicators.importing.delivery import stage_delivery
from monitor.base.models import User
from tests.indicators.deliveries.office import CASES, SCORE, SHARE, STAFF, Office
from tests.indicators.deliveries.rows import request_row

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "requests"


@pytest.mark.parametrize("extension", ["ods", "xls", "xlsx", "csv"])
def test_a_kept_answer_of_a_supplier_is_read_as_it_was_meant(office: Office, extension: str) -> None:
    figures = [(series.key, "2024") for series in office.series.values()]
    request_row(office.round, office.supplier, figures, User.objects.get(username="anna"))
    name = f"uitvraag-terug.{extension}"
    returned = stage_delivery(office.receive((GOLDEN / name).read_bytes(), name)).returned
    assert returned.problems == ()
    answers = {answer.key[0].split("|")[0]: answer for answer in returned.answers}
    assert (answers[CASES].value, answers[CASES].status) == (Decimal(1180), Status.PROVISIONAL)
    assert answers[CASES].remark == "Zonder december."
    assert (answers[SHARE].value, answers[SHARE].decimals) == (Decimal("83.7"), 1)
    assert answers[STAFF].marker is Marker.NOT_DELIVERED
    assert answers[SCORE].value == Decimal("7.3")
    (overtyped,) = returned.overtyped
    assert (overtyped.value, overtyped.sent.value, overtyped.key[1]) == (Decimal(1111), Decimal(1100), "2023")
