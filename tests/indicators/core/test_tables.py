"""Tables of figures: kinds of period apart, classes in the order of their tree, footnotes numbered once."""

from indicators.core.tables import Notes, group_figures, in_tree_order, matrices
from tests.indicators.core.samples import category, data_set, figure, series

TOTAL = series()
PARENT = series(category("boven", order=1))
CHILD = series(category("onder", ancestors=("boven",), order=5))
LATER = series(category("later", order=2))


def test_kinds_of_period_are_never_mixed_and_the_latest_comes_first():
    figures = [figure(TOTAL, code, "1") for code in ("2023", "2024", "2025-11-02", "../2025-11-02", "structureel")]
    groups = group_figures(figures, Notes(), usual="jaar")
    assert [group.heading for group in groups] == ["Per jaar", "Stand op een dag", "Tot en met een dag", "Structureel"]
    assert [row.figure.period.code for row in groups[0].rows] == ["2024", "2023"]


def test_the_same_footnote_has_one_number():
    notes = Notes()
    figures = [figure(TOTAL, "2023", "1", "gelezen"), figure(TOTAL, "2024", "1", "gelezen", "afgerond")]
    (group,) = group_figures(figures, notes)
    assert [row.notes for row in group.rows] == [(1, 2), (1,)]
    assert notes.texts == ((1, "gelezen"), (2, "afgerond"))


def test_a_class_stands_right_under_the_one_it_belongs_to_and_the_total_last():
    assert in_tree_order([TOTAL, LATER, CHILD, PARENT]) == [PARENT, CHILD, LATER, TOTAL]


def test_a_matrix_has_periods_across_and_leaves_a_missing_figure_empty():
    data = data_set(
        figure(PARENT, "2023", "3"), figure(PARENT, "2024", "4"), figure(CHILD, "2024", "2"),
        figure(TOTAL, "2020", "9"), figure(TOTAL, "2024", "10"),
    )  # fmt: skip
    (matrix,) = matrices([PARENT, CHILD], [TOTAL], data.figures, Notes())
    assert [period.code for period in matrix.periods] == ["2023", "2024"]
    shown = [[cell.figure.number if cell else None for cell in row.cells] for row in matrix.rows]
    assert shown == [["3", "4"], [None, "2"], [None, "10"]]
    assert [(row.depth, row.is_total) for row in matrix.rows] == [(0, False), (1, False), (0, True)]


def test_a_dash_stays_a_dash():
    data = data_set(figure(PARENT, "2024", None))
    (matrix,) = matrices([PARENT], [], data.figures, Notes())
    assert matrix.rows[0].cells[0].figure.number == "–"
