"""Keeping profiles and known errors: versions, who may, what is refused, what the trail says."""

from dataclasses import replace
from decimal import Decimal

import pytest

from indicators.core.profile_json import write_profile
from indicators.core.profiles import LabelRule, Profile
from indicators.core.sheet_outcome import SeriesChoice
from indicators.core.wide_tables import LabelKey
from indicators.models import Delivery, ImportProfile, Supplier, SupplierCorrection, Theme, ThemeAccess
from indicators.queries.profiles import corrections_of, profile_of
from indicators.services.deliveries import receive_own_sheet
from indicators.services.profiles import (
    NewCorrection,
    add_correction,
    choose_profile,
    end_correction,
    import_profile,
    retire_profile,
    save_profile,
    save_profile_for,
)
from monitor.base.core.errors import Conflict, MonitorError, NotAllowed, NotThere
from monitor.base.core.roles import Role
from monitor.base.models import AuditRecord
from tests.indicators.deliveries.office import CASES, Office
from tests.indicators.sheets.golden_books import Page, book
from tests.workers import worker

LABELS = (LabelRule(LabelKey("Zaken"), SeriesChoice(CASES)), LabelRule(LabelKey("Totaal")))
PROFILE = Profile("", "Maandstaat", "politie", labels=LABELS)


def own_sheet(office: Office, rows=(("", 2023, 2024), ("Zaken", 1100, 1180))) -> Delivery:
    content = book(Page("Blad1", rows))
    return receive_own_sheet(
        by=office.anna, round_code="2026-2", supplier_code="politie", file_name="staat.xlsx", content=content
    ).delivery


def new(office: Office, **others) -> NewCorrection:
    values = {"supplier": "politie", "series_key": office.series[CASES].key, "period": "2024", "wrong": Decimal(1180),
              "right": Decimal(1181), "what": "Eén te laag.", "why": "Mail van 5 november."}  # fmt: skip
    return NewCorrection(**{**values, **others})


def test_a_profile_is_kept_in_versions_and_only_the_last_is_in_use(office):
    first = save_profile(by=office.anna, profile=PROFILE)
    second = save_profile(by=office.anna, profile=replace(profile_of(first), rounds=True))
    assert (first.code, first.version, second.version) == ("maandstaat", 1, 2)
    states = dict(ImportProfile.objects.values_list("version", "state"))
    assert states == {1: "vervallen", 2: "in-gebruik"}
    assert profile_of(second).rounds
    acts = list(AuditRecord.objects.order_by("number").values_list("act", "subject"))
    assert acts == [("profiel vastgelegd", "maandstaat, versie 1"), ("profiel vastgelegd", "maandstaat, versie 2")]


def test_the_same_profile_again_makes_no_new_version(office):
    first = save_profile(by=office.anna, profile=PROFILE)
    assert save_profile(by=office.anna, profile=replace(PROFILE, code=first.code)) == first
    assert ImportProfile.objects.count() == 1


def test_a_profile_goes_out_and_comes_back_in(office):
    row = save_profile(by=office.anna, profile=PROFILE)
    retire_profile(by=office.anna, profile_id=row.pk)
    again = import_profile(by=office.anna, text=write_profile(profile_of(row)))
    assert (again.version, again.state) == (2, "in-gebruik")
    assert profile_of(again).labels == LABELS


def test_a_name_of_another_supplier_is_not_taken_over(office):
    save_profile(by=office.anna, profile=PROFILE)
    Supplier.objects.create(code="om", name="OM")
    with pytest.raises(MonitorError, match="andere leverancier"):
        save_profile(by=office.anna, profile=replace(PROFILE, supplier="om"))
    with pytest.raises(NotThere, match="bestaat hier niet"):
        save_profile(by=office.anna, profile=replace(PROFILE, supplier="douane"))
    with pytest.raises(MonitorError, match="naam"):
        save_profile(by=office.anna, profile=replace(PROFILE, name=" "))


def test_only_who_enters_figures_keeps_profiles(office):
    row = save_profile(by=office.anna, profile=PROFILE)
    for act in (
        lambda: save_profile(by=office.bram, profile=PROFILE),
        lambda: import_profile(by=office.bram, text="{}"),
        lambda: retire_profile(by=office.bram, profile_id=row.pk),
        lambda: add_correction(by=office.bram, new=new(office)),
        lambda: end_correction(by=office.bram, code="x"),
        lambda: choose_profile(by=office.bram, delivery_id=1, profile_id=row.pk),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_who_may_not_work_on_a_theme_does_not_touch_its_profile(office):
    row = save_profile(by=office.anna, profile=PROFILE)
    elsewhere = worker("els", Role.INVOERDER)
    theme = Theme.objects.create(code="anders", name="Anders", programme="politie")
    ThemeAccess.objects.create(user_id=elsewhere.user_id, theme=theme)
    elsewhere = replace(elsewhere, themes=frozenset({theme.pk}))
    delivery = own_sheet(office)
    for act in (
        lambda: save_profile(by=elsewhere, profile=PROFILE),
        lambda: retire_profile(by=elsewhere, profile_id=row.pk),
        lambda: choose_profile(by=elsewhere, delivery_id=delivery.pk, profile_id=row.pk),
        lambda: add_correction(by=elsewhere, new=new(office)),
    ):
        with pytest.raises(NotAllowed, match="thema"):
            act()
    assert ImportProfile.objects.get().state == "in-gebruik"


def test_a_profile_is_chosen_for_an_own_sheet_that_nobody_decided_about(office):
    row = save_profile(by=office.anna, profile=PROFILE)
    delivery = own_sheet(office)
    assert choose_profile(by=office.anna, delivery_id=delivery.pk, profile_id=row.pk).profile == row
    with pytest.raises(NotThere):
        choose_profile(by=office.anna, delivery_id=delivery.pk, profile_id=99)
    Delivery.objects.filter(pk=delivery.pk).update(state="terzijde", set_aside_reason="Fout bestand.")
    with pytest.raises(Conflict):
        choose_profile(by=office.anna, delivery_id=delivery.pk, profile_id=row.pk)


def test_a_profile_that_cannot_be_used_is_not_kept_either(office):
    delivery = own_sheet(office)
    office.round.state = "gesloten"
    office.round.save()
    with pytest.raises(NotAllowed):
        save_profile_for(by=office.anna, delivery_id=delivery.pk, profile=PROFILE)
    assert not ImportProfile.objects.exists()


def test_a_retired_profile_is_not_retired_again_nor_chosen(office):
    row = save_profile(by=office.anna, profile=PROFILE)
    retire_profile(by=office.anna, profile_id=row.pk)
    with pytest.raises(Conflict):
        retire_profile(by=office.anna, profile_id=row.pk)
    with pytest.raises(NotThere):
        choose_profile(by=office.anna, delivery_id=own_sheet(office).pk, profile_id=row.pk)


def test_a_known_error_holds_until_it_is_ended(office):
    row = add_correction(by=office.anna, new=new(office))
    assert [one.code for one in corrections_of(office.supplier.pk)] == [row.code]
    assert corrections_of(office.supplier.pk)[0].right == Decimal(1181)
    end_correction(by=office.anna, code=row.code)
    assert corrections_of(office.supplier.pk) == ()
    with pytest.raises(Conflict):
        end_correction(by=office.anna, code=row.code)
    assert list(AuditRecord.objects.order_by("number").values_list("act", flat=True)) == [
        "bekende fout vastgelegd",
        "bekende fout vervallen",
    ]


@pytest.mark.parametrize(
    "lacking",
    [{"what": ""}, {"why": " "}, {"right": Decimal(1180)}, {"period": "ooit"}, {"wrong": Decimal("1.23456")},
     {"supplier": "niemand"}, {"series_key": "niets|nederland|realisatie|"}],
)  # fmt: skip
def test_a_known_error_that_lacks_something_is_refused(office, lacking):
    with pytest.raises(MonitorError):
        add_correction(by=office.anna, new=new(office, **lacking))
    assert not SupplierCorrection.objects.exists()


def test_two_known_errors_of_one_figure_get_codes_of_their_own(office):
    codes = {add_correction(by=office.anna, new=new(office, wrong=Decimal(n))).code for n in (1, 2)}
    assert len(codes) == 2


def test_the_same_file_is_received_once_and_another_supplier_must_exist(office):
    first = own_sheet(office)
    assert own_sheet(office) == first
    with pytest.raises(NotThere):
        receive_own_sheet(
            by=office.anna,
            round_code="2026-2",
            supplier_code="x",
            file_name="a.xlsx",
            content=book(Page("Blad1", [("a", 1)])),
        )
