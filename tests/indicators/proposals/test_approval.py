"""The second officer's check: a value becomes an observation, or nothing happens at all."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from indicators.core.enumerations import Audience
from indicators.core.vantage import Vantage
from indicators.models import Observation, ObservationFootnote, Proposal, ProposalEdit
from indicators.queries.verification import data_problems
from indicators.services import approval
from indicators.services.approval import Approved, approve_proposals
from indicators.services.proposals import StaleProposals
from monitor.base.core.audit import rows_digest
from monitor.base.core.errors import Conflict, NotAllowed
from monitor.base.core.roles import Role
from monitor.base.models import AuditRecord
from monitor.base.services.audit import verify_audit
from tests.factories import LONG_AFTER, AreaFactory, DeliveryFactory, ObservationFactory, SeriesFactory, SourceFactory
from tests.indicators.proposals.desk import pairs
from tests.workers import worker


def approve(desk, *proposals, by=None):
    return approve_proposals(by=by or desk.bram, pairs=pairs(*proposals))


def several(desk, count):
    """As many submitted values as asked, each of an area of its own."""
    proposals = []
    for number in range(count):
        series = SeriesFactory(indicator=desk.indicator, area=AreaFactory(code=f"gebied-{number}", kind="gemeente"))
        desk.ask(series)
        proposals.append(desk.submitted(100 + number, place=desk.place(series)))
    return proposals


def test_a_checked_value_is_an_observation_with_all_it_had(desk):
    source = SourceFactory()
    proposal = desk.submitted(
        "20", value_high=Decimal(25), qualifier="circa", decimals=1, status="voorlopig", source_id=source.pk
    )
    assert approve(desk, proposal) == Approved(checked=1, revised=0)
    assert not Proposal.objects.exists()
    made = desk.current()
    assert (made.value, made.value_high, made.qualifier, made.decimals) == (20, 25, "circa", 1)
    assert (made.status, made.source_id, made.revision, made.change_kind) == ("voorlopig", source.pk, 1, "eerste")
    assert (made.basis, made.publication, made.public_from) == ("review", None, None)
    assert (made.entered_by.username, made.changed_by.username, made.approved_by.username) == ("anna", "anna", "bram")
    assert list(data_problems(Vantage(LONG_AFTER, Audience.INTERNAL))) == []


@pytest.mark.parametrize("marker", ["nihil", "geheim", "niet-geleverd"])
def test_a_reason_for_no_value_is_checked_like_a_value(desk, marker):
    approve(desk, desk.submitted(None, marker=marker))
    assert (desk.current().value, desk.current().marker) == (None, marker)


def test_all_digits_survive(desk):
    desk.indicator.versions.update(unit="fte", decimals=4)
    desk.indicator.value_kind = "verhouding"
    desk.indicator.save()
    approve(desk, desk.submitted("99999999999.9999"))
    assert desk.current().value == Decimal("99999999999.9999")


def test_a_revision_follows_and_the_old_one_stays(desk):
    first = desk.checked("100")
    proposal = desk.submitted("110", change_kind="correctie", reason="Typefout.")
    assert desk.current() == first  # valid until the new one is checked
    assert approve(desk, proposal) == Approved(checked=1, revised=1)
    first.refresh_from_db()
    second = desk.current()
    assert (second.revision, second.change_kind, second.reason) == (2, "correctie", "Typefout.")
    assert first.known_to == second.known_from
    assert (first.value, first.public_to) == (100, None)


def test_a_revision_of_a_published_figure_leaves_it_public(desk):
    """Until the revision is released, the public sees what was published."""
    published = ObservationFactory(series=desk.series, period=desk.period, value=90)
    approve(desk, desk.submitted("91", change_kind="bijstelling", reason="Nagekomen."))
    published.refresh_from_db()
    assert (published.known_to is None, published.public_to) == (False, None)


def test_a_footnote_is_printed_under_the_figure(desk):
    approve(desk, desk.submitted("100", footnote="Zonder Caribisch Nederland."))
    (link,) = ObservationFootnote.objects.select_related("footnote")
    assert (link.observation_id, link.footnote.text) == (desk.current().pk, "Zonder Caribisch Nederland.")


def test_a_footnote_belongs_to_its_own_revision(desk):
    desk.checked("100", footnote="Eerste.")
    desk.checked("110", change_kind="revisie", reason="Andere methode.", footnote="Tweede.")
    texts = ObservationFootnote.objects.order_by("observation__revision").values_list("footnote__text", flat=True)
    assert list(texts) == ["Eerste.", "Tweede."]


# --- four eyes --------------------------------------------------------------------------------------------------------


def test_who_entered_a_value_cannot_check_it_even_after_another_changed_it(desk):
    desk.save("100", by=desk.chris)
    proposal = desk.submitted("101", version=1)
    with pytest.raises(NotAllowed, match="U kunt 1 van deze cijfers niet controleren"):
        approve(desk, proposal, by=desk.chris)
    assert not Observation.objects.exists()


def test_who_changed_a_value_last_cannot_check_it(desk):
    desk.save("100")
    proposal = desk.submitted("101", by=desk.chris, version=1)
    with pytest.raises(NotAllowed, match="vraag een collega"):
        approve(desk, proposal, by=desk.chris)
    assert approve(desk, proposal).checked == 1


@pytest.mark.parametrize("part", ["uploaded_by", "confirmed_by"])
def test_who_had_a_hand_in_a_delivery_cannot_check_its_values(desk, part):
    proposal = desk.submitted("101")
    delivery = DeliveryFactory(**{"uploaded_by_id": desk.anna.user_id, f"{part}_id": desk.chris.user_id})
    Proposal.objects.filter(pk=proposal.pk).update(delivery=delivery)
    with pytest.raises(NotAllowed, match="aangeleverd of gewijzigd"):
        approve(desk, proposal, by=desk.chris)
    assert approve(desk, proposal).checked == 1


def test_what_follows_a_figure_that_is_not_known_yet_waits(desk):
    proposal = desk.submitted("101")
    ObservationFactory(series=desk.series, period=desk.period, known_from=LONG_AFTER)
    Proposal.objects.filter(pk=proposal.pk).update(base_revision=1, change_kind="correctie", reason="Typefout.")
    with pytest.raises(Conflict, match="pas later bekend"):
        approve(desk, proposal)
    assert Observation.objects.count() == 1


def test_one_own_value_stops_the_whole_selection(desk):
    proposals = several(desk, 2)
    own = desk.submitted("7", by=desk.chris)
    with pytest.raises(NotAllowed, match="Er is niets gecontroleerd"):
        approve(desk, *proposals, own, by=desk.chris)
    assert (Observation.objects.count(), Proposal.objects.count()) == (0, 3)


@pytest.mark.parametrize("mine", ["entered_by", "changed_by"])
def test_the_database_refuses_an_own_value_too(desk, monkeypatch, mine):
    """The service is told to look away: the constraint stands by itself."""
    proposal = desk.submitted("100")
    Proposal.objects.filter(pk=proposal.pk).update(**{mine: desk.bram.user_id})
    monkeypatch.setattr(approval, "_require_four_eyes", lambda by, proposals: None)
    with pytest.raises(IntegrityError, match="four_eyes"), transaction.atomic():
        approve(desk, proposal)
    assert Proposal.objects.exists()


@pytest.mark.parametrize("role", [Role.INVOERDER, Role.REDACTEUR, Role.REKENAAR, Role.RAADPLEGER])
def test_only_those_who_check_may_check(desk, role):
    with pytest.raises(NotAllowed, match="cijfers controleren is werk van een controleur"):
        approve(desk, desk.submitted("100"), by=worker("iemand", role))


# --- all or nothing ---------------------------------------------------------------------------------------------------


def test_any_stale_pair_gives_the_list_and_checks_nothing(desk):
    first, second, third = several(desk, 3)
    stale_pairs = [(second.pk, 1), (third.pk, 9)]
    with pytest.raises(StaleProposals, match="2 cijfers zijn intussen gewijzigd door anna") as refused:
        approve_proposals(by=desk.bram, pairs=[*pairs(first), *stale_pairs])
    assert [(one.proposal_id, one.expected, one.found) for one in refused.value.stale] == [
        (second.pk, 1, 2),
        (third.pk, 9, 2),
    ]
    assert all("over 2024" in one.name for one in refused.value.stale)
    assert (Observation.objects.count(), Proposal.objects.count()) == (0, 3)


def test_a_value_that_was_checked_already_is_stale(desk):
    proposal = desk.submitted("100")
    seen = pairs(proposal)
    approve_proposals(by=desk.bram, pairs=seen)
    with pytest.raises(StaleProposals, match="iemand anders"):
        approve_proposals(by=worker("dirk", Role.CONTROLEUR), pairs=seen)
    assert Observation.objects.count() == 1


def test_a_draft_is_not_checked(desk):
    (waiting,) = several(desk, 1)
    with pytest.raises(Conflict, match="Niet alle gekozen cijfers staan ter controle"):
        approve(desk, waiting, desk.save("100"))
    assert not Observation.objects.exists()


def test_a_figure_that_was_revised_after_the_proposal_is_not_overwritten(desk):
    proposal = desk.submitted("100")
    ObservationFactory(series=desk.series, period=desk.period, value=90)
    with pytest.raises(Conflict, match="herzien nadat het voorstel werd gedaan"):
        approve(desk, proposal)
    assert desk.current().value == 90


def test_nothing_is_checked_in_a_closed_round(desk):
    proposal = desk.submitted("100")
    desk.close_round()
    with pytest.raises(NotAllowed, match="is niet open"):
        approve(desk, proposal)


def test_a_failure_half_way_leaves_everything_as_it_was(desk, monkeypatch):
    proposal = desk.submitted("110", footnote="Noot.")

    def breaks(**_):
        raise OSError("schijf vol")

    monkeypatch.setattr(approval, "record_act", breaks)
    with pytest.raises(OSError, match="schijf vol"), transaction.atomic():
        approve(desk, proposal)
    assert (Observation.objects.count(), ObservationFootnote.objects.count()) == (0, 0)
    assert Proposal.objects.get().state == "ter-controle"
    assert not ProposalEdit.objects.filter(act="gecontroleerd").exists()


# --- what is kept -----------------------------------------------------------------------------------------------------


def test_the_log_and_the_audit_tell_who_checked_what(desk):
    proposal = desk.submitted("100", explanation="Nagevraagd.")
    approve(desk, proposal)
    edit = ProposalEdit.objects.get(act="gecontroleerd")
    assert (edit.by.username, edit.version, edit.after) == ("bram", 2, {"toelichting": "Nagevraagd."})
    record = AuditRecord.objects.get(act="cijfers gecontroleerd")
    assert (record.actor_name, record.subject, record.counts) == (
        "bram",
        "1 cijfer",
        {"gecontroleerd": 1, "herzien": 0},
    )
    row = {
        "reeks": "zaken|nederland|realisatie|",
        "periode": "2024",
        "revisie": 1,
        "waarde": "100.0000",
        "reden zonder waarde": "",
        "soort": "eerste",
    }
    assert record.rows_digest == rows_digest([row])
    assert list(verify_audit()) == []


def test_a_refused_check_is_no_act(desk):
    proposal = desk.submitted("100", by=desk.anna)
    with pytest.raises(NotAllowed):
        approve(desk, proposal, by=desk.anna)
    assert not AuditRecord.objects.exists()


def test_the_number_of_statements_does_not_grow(desk):
    proposals = several(desk, 23)
    approve(desk, proposals[0])
    with CaptureQueriesContext(connection) as few:
        approve(desk, *proposals[1:3])
    with CaptureQueriesContext(connection) as many:
        approve(desk, *proposals[3:])
    assert len(few) == len(many)
