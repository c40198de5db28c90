"""The plan of a delivery, and confirming it: what is stored, what is asked, what is refused; nothing sneaks in."""

from decimal import Decimal

import pytest

from indicators.core.enumerations import DeliveryState
from indicators.importing.delivery import PlanChanged, RowChoice, confirm_delivery, make_plan
from indicators.importing.delivery_plan import RowKind
from indicators.models import Delivery, Observation, Proposal, Round, RoundItem, Source, ThemeAccess
from indicators.queries.workers import worker_of
from indicators.services.approval import approve_proposals
from indicators.services.deliveries import read_delivery_file, receive_delivery, set_aside_delivery
from indicators.services.kept_files import KeptFileMissing
from indicators.services.proposals import Place, ProposalContent, save_proposal
from indicators.services.submission import submit_proposals
from monitor.base.core.errors import Conflict, MonitorError, NotAllowed, NotThere
from monitor.base.core.roles import Role
from monitor.base.models import AuditRecord, User
from monitor.base.services.audit import verify_audit
from tests.factories import (
    CategoryFactory,
    ObservationFactory,
    PeriodFactory,
    RoundFactory,
    SeriesFactory,
    ThemeFactory,
)
from tests.indicators.deliveries.office import CASES, SCORE, SHARE, STAFF, Office, key_of, row
from tests.indicators.deliveries.supplier import FIRST_ROW, Workbook
from tests.workers import worker


def answered(office: Office, **values) -> Workbook:
    """A sheet with a definite value for each named figure."""
    book = office.sheet()
    for code, value in values.items():
        book.grid.fill(key_of(code), waarde=value, status="definitief")
    return book


def typed(office: Office, code: str, value: str, **more) -> Proposal:
    place = Place(office.series[code].pk, PeriodFactory(code="2024").pk, office.round.pk)
    content = ProposalContent(value=Decimal(value), **more)
    return save_proposal(by=office.anna, place=place, version=0, content=content)


def stands(office: Office, code: str, value, year: str = "2024") -> Observation:
    return ObservationFactory(series=office.series[code], period=PeriodFactory(code=year), value=value)


# --- the plan ---------------------------------------------------------------------------------------------------------


def test_new_values_reasons_and_what_is_missing_each_have_their_place(office):
    book = answered(office, zaken=1180, aandeel=83.7)
    address = book.grid.fill(key_of(CASES))
    book.grid.fill(key_of(STAFF), reden="geheim", opmerking="Volgt na overleg.")
    plan = office.plan_of(book)
    assert row(plan, CASES).kind is RowKind.NEW
    assert (row(plan, CASES).new, row(plan, CASES).cell, row(plan, CASES).sheet) == ("1.180", address, "Uitvraag")
    assert row(plan, SHARE).new == "83,7%"
    assert (row(plan, STAFF).kind, row(plan, STAFF).new) == (RowKind.UNAVAILABLE, "geheim")
    assert row(plan, STAFF).notes == ("Opmerking: Volgt na overleg.",)
    assert row(plan, SCORE).kind is RowKind.MISSING
    assert plan.counts["nieuw"] == 2


def test_a_deleted_row_is_missing_too(office):
    book = answered(office, zaken=1180)
    book.grid.delete_row(key_of(SCORE))
    plan = office.plan_of(book)
    assert (row(plan, SCORE).kind, row(plan, SCORE).place) == (RowKind.MISSING, None)


def test_a_value_without_a_status_is_told(office):
    book = office.sheet()
    book.grid.fill(key_of(CASES), waarde=1180)
    planned = row(office.plan_of(book), CASES)
    assert "status is niet ingevuld" in planned.notes[0]
    assert planned.content is not None
    assert planned.content.status == "definitief"


def test_nihil_is_a_value_and_not_something_missing(office):
    book = office.sheet()
    book.grid.fill(key_of(CASES), reden="nihil")
    assert row(office.plan_of(book), CASES).kind is RowKind.NEW


def test_a_refused_cell_is_not_also_missing(office):
    book = answered(office, zaken="3.4.84")
    plan = office.plan_of(book)
    assert [one.code for one in plan.refused] == ["geen-getal"]
    assert {one.key[0].split("|")[0] for one in plan.rows} == {SHARE, STAFF, SCORE}


def test_a_value_that_somebody_typed_is_shown_and_not_overwritten(office):
    book = answered(office, zaken=1180)
    typed(office, CASES, "1170")
    planned = row(office.plan_of(book), CASES)
    assert (planned.kind, planned.old, planned.must_be_ticked) == (RowKind.CONFLICT, "1.170", True)
    assert planned.old_note == "concept, door anna"


def test_the_same_value_as_somebody_typed_is_unchanged(office):
    book = answered(office, zaken=1180)
    typed(office, CASES, "1180")
    assert row(office.plan_of(book), CASES).kind is RowKind.SAME


def test_a_figure_that_was_checked_meanwhile_is_revised_only_with_a_kind_and_a_reason(office):
    book = answered(office, zaken=1180)
    stands(office, CASES, 1150)
    delivery = office.receive(book.save())
    planned = row(make_plan(delivery), CASES)
    assert (planned.kind, planned.old, planned.new, planned.needs_reason) == (RowKind.REVISED, "1.150", "1.180", True)
    for choice in (RowChoice(), RowChoice("correctie", " "), RowChoice("eerste", "Zomaar."), RowChoice("", "Zomaar.")):
        with pytest.raises(MonitorError, match="wijzigt een gecontroleerd cijfer"):
            office.confirm(delivery, choices={planned.row_id: choice})
    office.confirm(delivery, choices={planned.row_id: RowChoice("correctie", "Telfout bij de bron.")})
    stored = Proposal.objects.get()
    assert (stored.value, stored.change_kind, stored.reason) == (1180, "correctie", "Telfout bij de bron.")


def test_a_past_figure_that_the_supplier_changed_is_a_possible_revision_and_never_taken_silently(office):
    book = answered(office, zaken=1180)
    address_row = book.grid.row_of(key_of(CASES)) + 1
    book.grid.fill(key_of(CASES), eerder_1=1111)
    delivery = office.receive(book.save())
    planned = row(make_plan(delivery), CASES, "2023")
    assert (planned.kind, planned.old, planned.new) == (RowKind.EARLIER, "1.100", "1.111")
    assert planned.cell.endswith(str(address_row))
    office.confirm(delivery)
    assert list(Proposal.objects.values_list("period__code", flat=True)) == ["2024"]


def test_a_past_figure_is_revised_when_somebody_says_so_with_a_reason(office):
    book = answered(office, zaken=1180)
    book.grid.fill(key_of(CASES), eerder_1=1111)
    delivery = office.receive(book.save())
    choice = {row(make_plan(delivery), CASES, "2023").row_id: RowChoice("bijstelling", "Nagekomen zaken.")}
    assert office.confirm(delivery, choices=choice) == 2
    revision = Proposal.objects.get(period__code="2023")
    assert (revision.value, revision.base_revision, revision.change_kind) == (1111, 1, "bijstelling")
    assert RoundItem.objects.filter(round=office.round, period__code="2023").exists()


def test_a_figure_that_we_revised_ourselves_meanwhile_is_no_change_of_the_supplier(office):
    """The sheet holds what was known when it was made."""
    book = answered(office, zaken=1180)
    old = Observation.objects.get(series=office.series[CASES], period__code="2023")
    delivery = office.receive(book.save())
    moment = delivery.uploaded_at
    Observation.objects.filter(pk=old.pk).update(known_to=moment)
    ObservationFactory(
        series=office.series[CASES], period=old.period, value=1105, revision=2, change_kind="bijstelling",
        reason="Nagekomen.", known_from=moment,
    )  # fmt: skip
    assert {one.kind for one in make_plan(delivery).rows} == {RowKind.NEW, RowKind.MISSING}


def test_a_past_figure_that_we_changed_to_the_same_value_is_no_revision(office):
    book = answered(office, zaken=1180)
    book.grid.fill(key_of(CASES), eerder_1=1111)
    old = Observation.objects.get(series=office.series[CASES], period__code="2023")
    delivery = office.receive(book.save())
    Observation.objects.filter(pk=old.pk).update(known_to=delivery.uploaded_at)
    ObservationFactory(
        series=office.series[CASES], period=old.period, value=1111, revision=2, change_kind="bijstelling",
        reason="Nagekomen.", known_from=delivery.uploaded_at,
    )  # fmt: skip
    assert not make_plan(delivery).of(RowKind.EARLIER)


def test_the_checks_speak_about_planned_values(office):
    plan = office.plan_of(answered(office, aandeel=8370))
    (finding,) = row(plan, SHARE).findings
    assert (finding.rule, finding.severity) == ("aandeel-buiten-0-100", "fout")
    assert not Proposal.objects.exists()


def test_looking_at_a_plan_takes_the_same_number_of_statements_however_many_rows(office):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count(**values) -> int:
        delivery = office.receive(answered(office, **values).save())
        with CaptureQueriesContext(connection) as captured:
            make_plan(delivery)
        return len(captured)

    assert count(zaken=1) == count(zaken=1, aandeel=2, bezetting=3, cijfer=4)


# --- confirming -------------------------------------------------------------------------------------------------------


def test_confirming_makes_drafts_with_the_delivery_as_their_source(office):
    book = answered(office, zaken=1180)
    address = book.grid.fill(key_of(CASES), opmerking="Zonder december.")
    book.grid.fill(key_of(STAFF), reden="geheim")
    delivery = office.receive(book.save(), "uitvraag politie.xlsx")
    assert office.confirm(delivery, by=office.chris) == 2
    stored = Proposal.objects.get(series=office.series[CASES])
    assert (stored.state, stored.value, stored.status, stored.delivery) == ("concept", 1180, "definitief", delivery)
    assert (stored.entered_by.username, stored.changed_by.username) == ("anna", "chris")
    assert (stored.place, stored.remark) == (f"blad ‘Uitvraag’, cel {address}", "Zonder december.")
    delivery.refresh_from_db()
    assert stored.source == delivery.source == Source.objects.get(kind="aanlevering")
    assert (delivery.state, delivery.confirmed_by.username) == (DeliveryState.CONFIRMED, "chris")
    assert delivery.counts["nieuw"] == 1
    record = AuditRecord.objects.get(act="aanlevering verwerkt")
    assert (record.actor_name, record.counts["opgeslagen"], record.counts["geen waarde"]) == ("chris", 2, 1)
    assert Proposal.objects.get(series=office.series[STAFF]).marker == "geheim"
    assert list(verify_audit()) == []


def test_neither_who_uploaded_nor_who_confirmed_can_check_the_values(office):
    uploader = worker("ulla", Role.INVOERDER, Role.CONTROLEUR)
    confirmer = worker("cees", Role.INVOERDER, Role.CONTROLEUR)
    delivery = office.receive(answered(office, zaken=1180).save(), by=uploader)
    office.confirm(delivery, by=confirmer)
    stored = Proposal.objects.get()
    submit_proposals(by=office.anna, pairs=[(stored.pk, stored.version)])
    stored.refresh_from_db()
    for author in (uploader, confirmer):
        with pytest.raises(NotAllowed, match="collega"):
            approve_proposals(by=author, pairs=[(stored.pk, stored.version)])
    approve_proposals(by=office.bram, pairs=[(stored.pk, stored.version)])
    assert Observation.objects.get(series=office.series[CASES], period__code="2024").value == 1180


def test_they_cannot_check_it_either_after_somebody_else_changed_the_value(office):
    uploader = worker("ulla", Role.INVOERDER, Role.CONTROLEUR)
    office.confirm(office.receive(answered(office, zaken=1180).save(), by=uploader), by=uploader)
    stored = Proposal.objects.get()
    place = Place(stored.series_id, stored.period_id, office.round.pk)
    changed = save_proposal(by=office.anna, place=place, version=1, content=ProposalContent(value=Decimal(1181)))
    submit_proposals(by=office.anna, pairs=[(changed.pk, changed.version)])
    changed.refresh_from_db()
    with pytest.raises(NotAllowed):
        approve_proposals(by=uploader, pairs=[(changed.pk, changed.version)])


def test_a_typed_value_is_overwritten_only_when_ticked_and_keeps_who_typed_it(office):
    typed(office, CASES, "1170")
    delivery = office.receive(answered(office, zaken=1180, cijfer=7).save(), by=office.chris)
    planned = row(make_plan(delivery), CASES)
    office.confirm(delivery, by=office.chris, choices={planned.row_id: RowChoice()})
    stored = Proposal.objects.get(series=office.series[CASES])
    assert (stored.value, stored.version, stored.entered_by.username) == (1180, 2, "anna")
    assert stored.authors == {office.anna.user_id, office.chris.user_id}


def test_a_typed_value_that_is_not_ticked_stays(office):
    typed(office, CASES, "1170")
    office.confirm(office.receive(answered(office, zaken=1180, cijfer=7).save()))
    assert Proposal.objects.get(series=office.series[CASES]).value == 1170


def test_a_plan_that_changed_since_is_refused_with_the_new_plan(office):
    delivery = office.receive(answered(office, zaken=1180).save())
    seen = make_plan(delivery)
    typed(office, CASES, "1170")
    with pytest.raises(PlanChanged) as told:
        confirm_delivery(by=office.anna, delivery=delivery, digest=seen.digest)
    assert row(told.value.plan, CASES).kind is RowKind.CONFLICT
    assert Proposal.objects.get().value == 1170
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.READ
    assert not Source.objects.filter(kind="aanlevering").exists()


def test_refused_cells_stop_everything_unless_the_good_rows_are_asked_for(office):
    delivery = office.receive(answered(office, zaken=1180, cijfer="3.4.84").save())
    with pytest.raises(MonitorError, match="alleen de goede rijen"):
        office.confirm(delivery)
    assert not Proposal.objects.exists()
    assert office.confirm(delivery, only_valid=True) == 1
    assert Proposal.objects.get().value == 1180


def test_all_or_nothing_when_one_value_cannot_be_stored(office, monkeypatch):
    """The last row fails: the first ones are not there either, and the delivery waits as before."""
    from indicators.services import deliveries

    real, calls = deliveries.save_proposal, []

    def failing(**arguments):
        calls.append(arguments)
        if len(calls) == 3:
            raise Conflict("Iemand was eerder.")
        return real(**arguments)

    monkeypatch.setattr(deliveries, "save_proposal", failing)
    delivery = office.receive(answered(office, zaken=1, aandeel=2, bezetting=3).save())
    with pytest.raises(Conflict):
        office.confirm(delivery)
    assert len(calls) == 3
    assert not Proposal.objects.exists()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.source) == (DeliveryState.READ, None)


def test_a_tick_for_a_row_that_does_not_exist_is_refused(office):
    delivery = office.receive(answered(office, zaken=1180).save())
    with pytest.raises(MonitorError, match="bestaat niet"):
        office.confirm(delivery, choices={"verzonnen": RowChoice()})


def test_a_delivery_is_decided_on_once(office):
    delivery = office.receive(answered(office, zaken=1180).save())
    digest = make_plan(delivery).digest
    office.confirm(delivery)
    with pytest.raises(Conflict, match="al verwerkt"):
        confirm_delivery(by=office.anna, delivery=delivery, digest=digest)
    with pytest.raises(Conflict, match="al verwerkt"):
        set_aside_delivery(by=office.anna, delivery_id=delivery.pk, reason="Toch niet.")


# --- the same again ---------------------------------------------------------------------------------------------------


def test_the_same_file_twice_is_one_delivery(office):
    content = answered(office, zaken=1180).save()
    first = office.receive(content)
    again = receive_delivery(by=office.chris, round_code="2026-2", file_name="kopie.xlsx", content=content)
    assert (again.is_new, again.delivery) == (False, first)
    assert Delivery.objects.count() == 1


def test_the_same_answers_in_another_file_change_nothing(office):
    book = answered(office, zaken=1180)
    office.confirm(office.receive(book.save()))
    book.grid.insert_column(0, "Nieuw")
    delivery = office.receive(book.save())
    plan = make_plan(delivery)
    assert plan.changes_nothing
    assert row(plan, CASES).kind is RowKind.SAME
    before = Proposal.objects.get()
    with pytest.raises(MonitorError, match="niets om op te slaan"):
        office.confirm(delivery)
    assert Proposal.objects.get().version == before.version


def test_a_file_that_was_set_aside_may_be_offered_again(office):
    content = answered(office, zaken=1180).save()
    first = office.receive(content)
    with pytest.raises(MonitorError, match="Geef een reden"):
        set_aside_delivery(by=office.anna, delivery_id=first.pk, reason=" ")
    set_aside_delivery(by=office.anna, delivery_id=first.pk, reason="Verkeerde bijlage.")
    first.refresh_from_db()
    assert (first.state, first.set_aside_reason) == (DeliveryState.REJECTED, "Verkeerde bijlage.")
    assert office.receive(content).pk != first.pk
    assert AuditRecord.objects.filter(act="aanlevering terzijde gelegd").count() == 1


# --- who, when, and the file itself -----------------------------------------------------------------------------------


def test_a_closed_round_takes_nothing_in(office):
    content = answered(office, zaken=1180).save()
    delivery = office.receive(content)
    digest = make_plan(delivery).digest
    Round.objects.update(state="gesloten")
    with pytest.raises(NotAllowed, match="niet open"):
        office.receive(content)
    with pytest.raises(NotAllowed, match="niet open"):
        confirm_delivery(by=office.anna, delivery=delivery, digest=digest)
    with pytest.raises(NotAllowed, match="niet open"):
        set_aside_delivery(by=office.anna, delivery_id=delivery.pk, reason="Te laat.")


def test_only_who_enters_figures_takes_a_delivery_in(office):
    content = answered(office, zaken=1180).save()
    delivery = office.receive(content)
    for role in (Role.CONTROLEUR, Role.REKENAAR, Role.RAADPLEGER):
        other = worker(f"een-{role}", role)
        with pytest.raises(NotAllowed):
            office.receive(content, by=other)
        with pytest.raises(NotAllowed):
            office.confirm(delivery, by=other)
        with pytest.raises(NotAllowed):
            set_aside_delivery(by=other, delivery_id=delivery.pk, reason="Nee.")


def test_who_has_one_theme_does_not_take_in_figures_of_another(office):
    content = answered(office, zaken=1180).save()
    delivery = office.receive(content)
    anna = User.objects.get(username="anna")
    ThemeAccess.objects.create(user=anna, theme=ThemeFactory())
    limited = worker_of(anna)
    with pytest.raises(NotAllowed, match="thema"):
        office.receive(content, by=limited)
    with pytest.raises(NotAllowed, match="thema"):
        office.confirm(delivery, by=limited)
    with pytest.raises(NotAllowed, match="thema"):
        set_aside_delivery(by=limited, delivery_id=delivery.pk, reason="Nee.")


def test_a_sheet_of_another_round_or_of_nobody_is_refused(office):
    content = answered(office, zaken=1180).save()
    other = RoundFactory(code="2027-1", state="open", name="volgende ronde")
    with pytest.raises(MonitorError, match="hoort bij ronde ‘proefronde’"):
        receive_delivery(by=office.anna, round_code=other.code, file_name="a.xlsx", content=content)
    book = Workbook(content)
    for sheet in book.sheets:
        sheet.cells = [
            [str(value).replace(str(office.round.requests.get().key), "0" * 32) if value else value for value in one]
            for one in sheet.cells
        ]
    with pytest.raises(MonitorError, match="niet kent"):
        office.receive(book.save())
    assert not Delivery.objects.exists()


def test_a_round_that_does_not_exist_is_told(office):
    with pytest.raises(NotThere):
        receive_delivery(by=office.anna, round_code="bestaat-niet", file_name="a.xlsx", content=b"x")


def test_the_file_is_kept_under_its_checksum_and_nothing_is_left_half(office, settings):
    content = answered(office, zaken=1180).save()
    delivery = office.receive(content, "../../uitvraag.xlsx")
    assert delivery.file_name == "uitvraag.xlsx"
    assert [path.name for path in settings.DELIVERY_DIR.iterdir()] == [f"{delivery.sha256}.xlsx"]
    assert read_delivery_file(delivery) == content
    assert (settings.DELIVERY_DIR / delivery.path).stat().st_mode & 0o077 == 0


def test_a_disk_that_fails_half_way_leaves_no_half_file_and_no_delivery(office, settings, monkeypatch):
    content = answered(office, zaken=1180).save()

    def fail(_: int) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr("indicators.services.kept_files.os.fsync", fail)
    with pytest.raises(OSError, match="No space"):
        office.receive(content)
    assert list(settings.DELIVERY_DIR.iterdir()) == []
    assert not Delivery.objects.exists()


def test_a_kept_file_that_is_changed_or_gone_is_not_used(office, settings):
    delivery = office.receive(answered(office, zaken=1180).save())
    path = settings.DELIVERY_DIR / delivery.path
    path.chmod(0o600)
    path.write_bytes(b"iets anders")
    with pytest.raises(KeptFileMissing, match="niet meer zoals het binnenkwam"):
        make_plan(delivery)
    path.unlink()
    with pytest.raises(KeptFileMissing, match="niet meer aanwezig"):
        make_plan(delivery)


def test_a_planned_value_takes_part_in_the_sums_before_it_is_stored(office):
    """A total and its parts in one sheet are judged together: what does not add up is told before anybody confirms."""
    indicator = office.series[CASES].indicator
    for number, name in enumerate(("groot", "klein")):
        part = SeriesFactory.of_category(CategoryFactory(code=name, order=number), indicator=indicator)
        ObservationFactory(series=part, period=PeriodFactory(code="2023"), value=550)
        office.ask(part)
    book = office.sheet()
    for key, value in (("zaken|nederland|realisatie| 2024", 1000), ("soort=groot", 400), ("soort=klein", 500)):
        whole = next(
            str(one[0])
            for one in book.grid.cells[FIRST_ROW:]
            if str(one[0]).startswith(key) or f"|{key} 2024" in str(one[0])
        )
        book.grid.fill(whole, waarde=value, status="definitief")
    plan = office.plan_of(book)
    total = next(one for one in plan.rows if one.key == ("zaken|nederland|realisatie|", "2024"))
    assert "som-klopt-niet" in {finding.rule for finding in total.findings}
