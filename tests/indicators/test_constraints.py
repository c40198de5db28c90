"""What the database itself refuses, on both databases, whoever asks."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from indicators.models import (
    Area,
    AreaMembership,
    AreaSuccession,
    IndicatorVersion,
    Observation,
    ObservationFootnote,
    SeriesCategory,
)
from indicators.models import Footnote as FootnoteRow
from monitor.base.models import User
from tests.factories import (
    LONG_AGO,
    AreaFactory,
    BreakdownFactory,
    CategoryFactory,
    FactFactory,
    IndicatorFactory,
    ObservationFactory,
    PeriodFactory,
    PublicationFactory,
    ReadingFactory,
    RoundFactory,
    SeriesFactory,
    SourceFactory,
    TargetFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db

LATER = LONG_AGO + timedelta(days=1)
EARLIER = LONG_AGO - timedelta(days=1)


def people() -> dict[str, User]:
    return {name: User.objects.create(username=name) for name in ("invoerder", "wijziger", "controleur")}


def refused(act: Callable[[], Any], constraint: str) -> None:
    """The act is refused by that constraint; SQLite names columns instead of names for unique constraints."""
    with pytest.raises(IntegrityError) as failed, transaction.atomic():
        act()
    assert constraint in str(failed.value) or "UNIQUE constraint failed" in str(failed.value)


# --- observations -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"value": None}, "observation_value_or_marker"),
        ({"value": 1, "marker": "onbekend"}, "observation_value_or_marker"),
        ({"value": 10, "value_high": 9}, "observation_upper_bound_above_value"),
        ({"value": None, "marker": "nihil", "value_high": 9}, "observation_upper_bound_above_value"),
        ({"known_to": EARLIER}, "observation_known_range_in_order"),
        ({"public_to": EARLIER}, "observation_public_range_in_order"),
        ({"public_from": None, "public_to": LATER}, "observation_public_range_in_order"),
        ({"publication": None}, "observation_published_or_four_eyes"),
        ({"decimals": 5}, "observation_at_most_4_decimals"),
        ({"change_kind": "correctie"}, "observation_revision_has_kind_and_reason"),
        ({"revision": 2}, "observation_revision_has_kind_and_reason"),
        ({"revision": 2, "change_kind": "correctie"}, "observation_revision_has_kind_and_reason"),
        ({"value": None, "marker": "geheimpje"}, "observation_marker_known"),
        ({"qualifier": "ongeveer"}, "observation_qualifier_known"),
        ({"status": "klaar"}, "observation_status_known"),
        ({"status": ""}, "observation_status_known"),
        ({"certainty": ""}, "observation_certainty_known"),
        ({"money_basis": "netto"}, "observation_money_basis_known"),
        ({"change_kind": "herzien"}, "observation_change_kind_known"),
        ({"classification": "geheim"}, "observation_classification_known"),
        ({"basis": "gerucht"}, "observation_basis_known"),
    ],
)
def test_an_observation_that_says_too_little_or_too_much_is_refused(fields: dict[str, Any], constraint: str) -> None:
    with pytest.raises(IntegrityError) as failed, transaction.atomic():
        ObservationFactory(**fields)
    # Several constraints may refuse the same row; the databases differ in which one they name.
    others = {"observation_revision_has_kind_and_reason", "observation_published_or_four_eyes"}
    assert any(name in str(failed.value) for name in {constraint, *others})


def test_the_bounds_of_what_is_allowed_are_allowed() -> None:
    ObservationFactory(value=10, value_high=10, known_to=LONG_AGO, public_to=LONG_AGO, decimals=4)
    ObservationFactory(value=None, marker="nihil")
    ObservationFactory(value=Decimal("99999999999.9999"))
    assert Observation.objects.filter(value=Decimal("99999999999.9999")).exists()


@pytest.mark.parametrize(
    ("entered", "changed", "approved"),
    [
        ("invoerder", "wijziger", "invoerder"),
        ("invoerder", "wijziger", "wijziger"),
        ("invoerder", "invoerder", "invoerder"),
        (None, "wijziger", "controleur"),
        ("invoerder", None, "controleur"),
        ("invoerder", "wijziger", None),
        (None, None, None),
    ],
)
def test_a_checked_figure_needs_a_second_person(entered: str | None, changed: str | None, approved: str | None) -> None:
    known = people()
    roles = {"entered_by": entered, "changed_by": changed, "approved_by": approved}
    signed = {role: known[name] if name else None for role, name in roles.items()}
    refused(lambda: ObservationFactory(basis="review", **signed), "observation_published_or_four_eyes")


def test_a_checked_figure_with_a_second_person_needs_no_publication() -> None:
    known = people()
    ObservationFactory(
        basis="review",
        publication=None,
        entered_by=known["invoerder"],
        changed_by=known["invoerder"],
        approved_by=known["controleur"],
    )
    assert Observation.objects.filter(basis="review").count() == 1


def test_published_history_has_no_approver() -> None:
    person = people()["controleur"]
    refused(lambda: ObservationFactory(approved_by=person), "observation_published_or_four_eyes")


def test_a_figure_has_one_current_revision() -> None:
    first = ObservationFactory()
    again = {"series": first.series, "period": first.period, "publication": first.publication}
    second = {**again, "revision": 2, "change_kind": "correctie", "reason": "fout"}
    refused(lambda: ObservationFactory(**again), "observation_revision_once")
    refused(lambda: ObservationFactory(**second), "observation_one_current")
    Observation.objects.filter(pk=first.pk).update(known_to=LATER)
    ObservationFactory(**second, known_from=LATER)
    assert Observation.objects.count() == 2


# --- immutability -----------------------------------------------------------------------------------------------------

OTHER_VALUES: dict[str, Any] = {
    "value": Decimal(1),
    "value_high": Decimal(500),
    "marker": "nihil",
    "qualifier": "ruim",
    "decimals": 2,
    "margin": Decimal(1),
    "asserted_by": "iemand",
    "status": "voorlopig",
    "certainty": "beredeneerd",
    "money_basis": "exclusief-lpo",
    "change_kind": "correctie",
    "reason": "zomaar",
    "classification": "intern",
    "place": "regel 2",
    "basis": "review",
    "revision": 2,
    "series_id": 999,
    "period_id": 999,
    "publication_id": 999,
    "source_id": 999,
    "entered_by_id": 999,
    "changed_by_id": 999,
    "approved_by_id": 999,
    "known_from": LATER,
    "recorded_at": LATER,
    "id": 999,
}


def test_every_column_of_an_observation_is_tried() -> None:
    ranges = {"known_to", "public_from", "public_to"}
    columns = {str(field.column if field.column in ("id",) else field.attname) for field in Observation._meta.fields}
    assert columns - ranges == set(OTHER_VALUES)


@pytest.mark.parametrize("column", OTHER_VALUES)
def test_no_column_of_an_observation_ever_changes(column: str) -> None:
    row = ObservationFactory()
    with pytest.raises(IntegrityError, match="onveranderlijk"), transaction.atomic():
        Observation.objects.filter(pk=row.pk).update(**{column: OTHER_VALUES[column]})


@pytest.mark.parametrize("column", ["known_to", "public_from", "public_to"])
def test_a_range_is_filled_once_and_then_stands(column: str) -> None:
    row = ObservationFactory(public_from=None if column == "public_from" else LONG_AGO)
    mine = Observation.objects.filter(pk=row.pk)
    assert mine.update(**{column: LATER}) == 1
    assert mine.update(**{column: LATER}) == 1  # the same again changes nothing
    for other in (None, timezone.now()):
        with pytest.raises(IntegrityError, match="onveranderlijk"), transaction.atomic():
            mine.update(**{column: other})


def test_an_observation_is_never_deleted() -> None:
    row = ObservationFactory()
    with pytest.raises(IntegrityError, match="onveranderlijk"), transaction.atomic():
        Observation.objects.filter(pk=row.pk).delete()
    with pytest.raises(IntegrityError, match="onveranderlijk"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM indicators_observation")


def test_an_observation_is_never_replaced() -> None:
    row = ObservationFactory()
    conflict = "ON CONFLICT (id) DO UPDATE SET value = 5"
    columns = [str(field.column) for field in Observation._meta.concrete_fields]
    names = ", ".join(f'"{name}"' for name in columns)
    with pytest.raises(IntegrityError, match="onveranderlijk"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO indicators_observation ({names}) SELECT {names} FROM indicators_observation "
            f"WHERE id = {row.pk} {conflict}"
        )


def test_a_footnote_stays_under_its_observation() -> None:
    row = ObservationFactory()
    link = ObservationFootnote.objects.create(
        observation=row, footnote=FootnoteRow.objects.create(code="noot", text="Opmerking.")
    )
    with pytest.raises(IntegrityError, match="onveranderlijk"), transaction.atomic():
        ObservationFootnote.objects.filter(pk=link.pk).delete()
    other = FootnoteRow.objects.create(code="noot-2", text="Iets anders.")
    with pytest.raises(IntegrityError, match="onveranderlijk"), transaction.atomic():
        ObservationFootnote.objects.filter(pk=link.pk).update(footnote=other)


# --- dimension tables -------------------------------------------------------------------------------------------------

DIMENSIONS: list[tuple[Callable[[], models.Model], dict[str, Any], dict[str, Any]]] = [
    (ThemeFactory, {"code": "ander"}, {"name": "Beter"}),
    (AreaFactory, {"code": "ander"}, {"name": "Beter"}),
    (SourceFactory, {"code": "ander"}, {"title": "Beter"}),
    (RoundFactory, {"code": "ander"}, {"name": "Beter"}),
    (PublicationFactory, {"code": "ander"}, {"name": "Beter"}),
    (BreakdownFactory, {"code": "ander"}, {"name": "Beter"}),
    (CategoryFactory, {"code": "ander"}, {"name": "Beter"}),
    (CategoryFactory, {"breakdown_id": 999}, {"order": 5}),
    (IndicatorFactory, {"code": "ander"}, {"chart": "staaf"}),
    (PeriodFactory, {"code": "ander"}, {}),
    (PeriodFactory, {"kind": "stand"}, {}),
    (PeriodFactory, {"start": None}, {}),
    (PeriodFactory, {"end": None}, {}),
    (SeriesFactory, {"key": "ander"}, {}),
    (SeriesFactory, {"variant": "plan"}, {}),
    (SeriesFactory, {"indicator_id": 999}, {}),
    (SeriesFactory, {"area_id": 999}, {}),
    (lambda: FootnoteRow.objects.create(code="noot", text="Opmerking."), {"code": "ander"}, {"text": "Beter"}),
]


@pytest.mark.parametrize(("make", "key_change", "other_change"), DIMENSIONS)
def test_a_dimension_row_keeps_its_key_and_is_never_deleted_but_may_be_reworded(
    make: Callable[[], models.Model], key_change: dict[str, Any], other_change: dict[str, Any]
) -> None:
    row = make()
    table = row._meta.db_table
    mine = type(row)._default_manager.filter(pk=row.pk)
    for change in (key_change, {"id": 999999}):
        with pytest.raises(IntegrityError, match="mag niet worden gewijzigd"), transaction.atomic():
            mine.update(**change)
    with (
        pytest.raises(IntegrityError, match="mag niet worden verwijderd"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM {table} WHERE id = {row.pk}")
    if other_change:
        assert mine.update(**other_change) == 1


def test_the_class_of_a_series_never_changes() -> None:
    series = SeriesFactory.of_category(CategoryFactory())
    links = SeriesCategory.objects.filter(series=series)
    with pytest.raises(IntegrityError, match="mag niet worden gewijzigd"), transaction.atomic():
        links.update(category=CategoryFactory())
    with pytest.raises(IntegrityError, match="mag niet worden verwijderd"), transaction.atomic():
        links.delete()


# --- uniqueness, order, vocabularies ----------------------------------------------------------------------------------


def test_a_series_has_one_key_and_at_most_one_class_per_breakdown() -> None:
    series = SeriesFactory.of_category(CategoryFactory())
    refused(lambda: SeriesFactory(key=series.key), "indicators_series_key")
    refused(lambda: SeriesFactory(key=""), "series_key_not_empty")
    other = CategoryFactory()
    refused(
        lambda: SeriesCategory.objects.create(series=series, category=other, breakdown=other.breakdown),
        "series_one_category_per_breakdown",
    )


def test_an_indicator_has_one_current_wording() -> None:
    indicator = IndicatorFactory()
    refused(
        lambda: IndicatorVersion.objects.create(indicator=indicator, number=2, name="Nieuw"),
        "indicator_one_current_version",
    )


def test_an_area_goes_on_in_another_for_a_share_above_zero_and_at_most_whole() -> None:
    old, new = AreaFactory(code="oud", kind="gemeente"), AreaFactory(code="nieuw", kind="gemeente")
    day = LONG_AGO.date()
    for share in (0, Decimal("1.000001"), -1):
        refused(
            lambda share=share: AreaSuccession.objects.create(old=old, new=new, date=day, share=share),
            "area_succession_share_in_range",
        )
    refused(lambda: AreaSuccession.objects.create(old=old, new=old, date=day), "area_succession_not_to_itself")
    AreaSuccession.objects.create(old=old, new=new, date=day, share=1)


def test_a_municipality_is_in_one_unit_at_a_time() -> None:
    town, unit = AreaFactory(code="dorp", kind="gemeente"), AreaFactory(code="eenheid", kind="eenheid")
    day = LONG_AGO.date()
    AreaMembership.objects.create(member=town, unit=unit, valid_from=day)
    refused(
        lambda: AreaMembership.objects.create(member=town, unit=unit, valid_from=day + timedelta(days=1)),
        "area_one_current_membership",
    )
    refused(
        lambda: AreaMembership.objects.create(member=town, unit=unit, valid_from=day + timedelta(days=2), valid_to=day),
        "area_membership_range_in_order",
    )


@pytest.mark.parametrize(
    ("make", "fields", "constraint"),
    [
        (AreaFactory, {"code": "x", "kind": "provincie"}, "area_kind_known"),
        (SeriesFactory, {"variant": "wens"}, "series_variant_known"),
        (PeriodFactory, {"code": "x", "kind": "eeuw", "start": None, "end": None}, "period_kind_known"),
        (PeriodFactory, {"code": "x", "kind": "span", "start": LATER.date(), "end": EARLIER.date()}, "period_in_order"),
        (IndicatorFactory, {"version__direction": "omhoog"}, "indicator_version_direction_known"),
        (IndicatorFactory, {"version__measure": "soms"}, "indicator_version_measure_known"),
        (IndicatorFactory, {"version__decimals": 5}, "indicator_version_at_most_4_decimals"),
        (TargetFactory, {"kind": "wens"}, "target_kind_known"),
        (TargetFactory, {"comparator": ">"}, "target_comparator_known"),
        (TargetFactory, {"state": "misschien"}, "target_state_known"),
        (TargetFactory, {"comparator": "tussen", "value": 5, "value_high": 4}, "target_between_has_both_ends"),
        (ReadingFactory, {"kind": "twijfel"}, "reading_kind_known"),
        (ReadingFactory, {"qualifier": "ongeveer"}, "reading_qualifier_known"),
        (ReadingFactory, {"publication": None, "source": None}, "reading_has_an_origin"),
        (FactFactory, {"sentence": "Er waren zaken."}, "fact_sentence_binds_its_value"),
        (FactFactory, {"value_high": 1}, "fact_upper_bound_above_value"),
        (FactFactory, {"variant": "wens"}, "fact_variant_known"),
        (FactFactory, {"qualifier": "ongeveer"}, "fact_qualifier_known"),
        (FactFactory, {"certainty": ""}, "fact_certainty_known"),
    ],
)
def test_a_row_outside_its_vocabulary_or_order_is_refused(
    make: Callable[..., models.Model], fields: dict[str, Any], constraint: str
) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make(**fields)


def test_a_cbs_code_belongs_to_one_area_and_none_may_be_missing() -> None:
    AreaFactory(code="a", cbs_code="GM0001")
    AreaFactory(code="b", cbs_code="")
    AreaFactory(code="c", cbs_code="")
    refused(lambda: AreaFactory(code="d", cbs_code="GM0001"), "area_cbs_code_once")
    assert Area.objects.filter(cbs_code="").count() == 2
