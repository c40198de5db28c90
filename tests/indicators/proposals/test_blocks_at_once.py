"""Two blocks over the same cells at the same moment, each on a PostgreSQL connection of its own."""

from decimal import Decimal

import pytest

from indicators.models import Proposal
from indicators.services.entries import Entry, save_entries
from indicators.services.proposals import ProposalContent
from tests.factories import SeriesFactory
from tests.indicators.proposals.at_once import together
from tests.indicators.proposals.desk import Desk

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]

CELLS, TIMES = 12, 4


@pytest.mark.parametrize("turn", range(TIMES))
def test_blocks_that_cross_wait_for_each_other_and_each_cell_has_one_winner(turn):
    desk = Desk()
    series = [SeriesFactory(indicator=desk.indicator, key=f"zaken|{number}") for number in range(CELLS)]
    for one in series:
        desk.ask(one)
    places = [desk.place(one) for one in series]
    told: dict[int, list[str]] = {}

    def save(value: int, by, ordered) -> None:
        content = ProposalContent(value=Decimal(value))
        outcomes = save_entries(by=by, entries=[Entry(place, 0, 0, content) for place in ordered])
        told[value] = [type(one.error).__name__ if one.error else "opgeslagen" for one in outcomes]

    ended = together(lambda: save(1, desk.anna, places), lambda: save(2, desk.chris, places[::-1]))
    assert ended == ["gelukt", "gelukt"]
    assert sorted(told[1] + told[2]) == ["StaleProposals"] * CELLS + ["opgeslagen"] * CELLS
    stored = Proposal.objects.order_by("series").values_list("value", flat=True)
    expected = [1 if one == "opgeslagen" else 2 for one in told[1]]
    assert [int(value) for value in stored] == expected
