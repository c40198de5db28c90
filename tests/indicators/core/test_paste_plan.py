"""What a pasted block would do, before anything is saved."""

from decimal import Decimal

from indicators.core.grid import Amount, GridCell
from indicators.core.paste_plan import Outcome, PlannedCell, Target, plan_paste
from indicators.core.pasting import Expected

COUNT = Expected("aantal", 0, "telling")


def target(value: str = "", *, may_type: bool = True, marker: str = "") -> Target:
    amount = Amount(Decimal(value) if value else None, marker=marker)
    return Target("Zaken", "2024", COUNT, GridCell(1, 2, amount, may_type=may_type))


def planned(text: str, found: Target | None) -> PlannedCell:
    (one,) = plan_paste([[text]], lambda row, column: found)
    return one


def test_a_value_for_an_open_cell_is_saved():
    one = planned("12.543", target())
    assert (one.outcome, one.amount.text, one.words) == (Outcome.SAVE, "12.543", "")
    assert (one.row, one.column) == (1, 1)


def test_a_reason_for_no_value_is_saved_as_such():
    one = planned("n.b.", target())
    assert (one.outcome, one.amount.marker) == (Outcome.SAVE, "onbekend")


def test_a_dash_is_asked_and_never_saved_by_itself():
    one = planned("-", target())
    assert one.outcome is Outcome.ASK
    assert one.amount.value is None


def test_what_stands_there_already_is_not_saved_again():
    assert planned("12.543", target("12543.0000")).outcome is Outcome.SAME
    assert planned("nihil", target(marker="nihil")).outcome is Outcome.SAME
    assert planned("12.543", target("12543.0000", may_type=False)).outcome is Outcome.SAME


def test_an_empty_cell_of_the_block_leaves_what_stands():
    assert planned("", target("5")).outcome is Outcome.EMPTY


def test_a_cell_that_may_not_change_is_named():
    one = planned("6", target("5", may_type=False))
    assert one.outcome is Outcome.FIXED
    assert "niet te wijzigen" in one.words


def test_what_is_no_number_is_refused_where_it_stands():
    plan = plan_paste([["1", "x"], ["2", "drie"]], lambda row, column: target())
    refused = [(one.row, one.column, one.words) for one in plan if one.outcome is Outcome.REFUSED]
    assert [(row, column) for row, column, _ in refused] == [(1, 2), (2, 2)]
    assert all("is geen getal" in words for _, _, words in refused)


def test_what_falls_outside_the_grid_is_said_but_its_empty_cells_are_not():
    plan = plan_paste([["1", "2"], ["3", ""]], lambda row, column: target() if column == 0 else None)
    outside = [(one.row, one.column) for one in plan if one.outcome is Outcome.OUTSIDE]
    assert outside == [(1, 2)]
    assert len(plan) == 3
