"""What changed between two moments, on plain figures."""

from dataclasses import replace
from decimal import Decimal

from indicators.core.differences import DifferenceKind, Step, differences, differences_sheet
from indicators.core.enumerations import ChangeKind, Marker, Status
from tests.factories import category, figure, indicator_info, series_info

OLD = figure("2024", 100, observation_id=1)
NEW = replace(OLD, observation_id=2, revision=2, value=Decimal(142))
PLACE = (OLD.series.key, "2024")


def only(before, after, steps=()):
    (found,) = differences(before, after, {PLACE: steps})
    return found


def test_the_same_revision_is_no_difference():
    assert differences([OLD], [OLD], {}) == ()
    assert differences([], [], {}) == ()


def test_a_figure_that_came_is_new_and_one_that_went_has_vanished():
    assert only([], [OLD]).kind is DifferenceKind.NEW
    gone = only([OLD], [])
    assert (gone.kind, gone.figure, gone.change, gone.change_text) == (DifferenceKind.VANISHED, OLD, None, "")


def test_a_revised_figure_tells_how_much_and_every_reason_in_between():
    steps = [
        Step(3, ChangeKind.CORRECTION, "later"),
        Step(2, ChangeKind.UPDATE, "nageleverd"),
        Step(4, ChangeKind.METHOD, "niet gevraagd"),
    ]
    found = only([OLD], [replace(NEW, revision=3)], steps)
    assert (found.kind, found.change, found.change_text) == (DifferenceKind.REVISED, Decimal(42), "42 meer")
    assert found.reason == "bijstelling: nageleverd; correctie: later"


def test_less_is_said_in_procentpunten_for_a_share():
    before = figure("2024", "6.4", unit="procent", observation_id=3)
    after = replace(before, observation_id=4, revision=2, value=Decimal("6.1"))
    assert only([before], [after]).change_text == "0,3\u00a0procentpunt minder"


def test_only_another_status_is_a_difference_without_an_amount():
    before = replace(OLD, status=Status.PROVISIONAL)
    assert only([before], [replace(NEW, value=Decimal(100))]).change_text == (
        "alleen de status: voorlopig → definitief"
    )


def test_a_value_that_became_unknown_is_revised_without_an_amount():
    found = only([OLD], [replace(NEW, value=None, marker=Marker.WITHHELD)])
    assert (found.kind, found.change, found.change_text) == (DifferenceKind.REVISED, None, "")


def test_differences_stand_in_order_of_series_and_period():
    other = series_info("zaken", category("diefstal"))
    figures = [figure("2024", 1, series=other), figure("2023", 1, series=other), figure("2024", 1)]
    assert [(one.series.key, one.period.code) for one in differences([], figures, {})] == [
        ("zaken|nederland|realisatie|", "2024"),
        ("zaken|nederland|realisatie|soort=diefstal", "2023"),
        ("zaken|nederland|realisatie|soort=diefstal", "2024"),
    ]


def test_the_sheet_has_numbers_and_words():
    info = indicator_info("zaken")
    sheet = differences_sheet({"zaken": info}, [only([OLD], [NEW], [Step(2, ChangeKind.UPDATE, "nageleverd")])])
    row = dict(zip([column.title for column in sheet.columns], sheet.rows[0], strict=True))
    assert (row["Wat"], row["Oude waarde"], row["Nieuwe waarde"], row["Verschil"]) == (
        "herzien",
        Decimal(100),
        Decimal(142),
        Decimal(42),
    )
    assert row["Soort wijziging en reden"] == "bijstelling: nageleverd"
