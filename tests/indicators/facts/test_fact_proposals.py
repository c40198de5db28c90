"""A one-off figure from typed to checked: four eyes, versions, revisions, and what readers see meanwhile."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from indicators.core.enumerations import Audience
from indicators.core.vantage import Vantage
from indicators.models import Fact, FactEdit, FactProposal, ThemeAccess
from indicators.queries.data_set import load_data_set
from indicators.queries.workers import worker_of
from indicators.services.fact_review import approve_facts, return_facts
from indicators.services.facts import StaleFacts, save_fact, submit_fact, withdraw_fact
from indicators.services.published_facts import record_published_facts
from indicators.services.rounds import close_round
from monitor.base.core.errors import Conflict, MonitorError, NotAllowed, NotThere
from monitor.base.core.roles import Role
from monitor.base.models import AuditRecord
from tests.factories import LONG_AGO, FactFactory, PeriodFactory, PublicationFactory, RoundFactory, ThemeFactory
from tests.workers import person, worker


def pair(proposal):
    return [(proposal.code, proposal.version)]


def seen(audience=Audience.INTERNAL, moment=None):
    facts = load_data_set(Vantage(moment or timezone.now(), audience), indicators=()).facts
    return {code: fact.value for code, fact in facts.items()}


def test_a_fact_becomes_one_only_when_a_second_person_checked_it(facts):
    proposal = facts.submitted("23")
    assert (proposal.code, seen()) == ("motorbendes-verboden", {})
    assert approve_facts(by=facts.bram, pairs=pair(proposal)) == 1
    fact = Fact.objects.get()
    assert (fact.revision, fact.basis, fact.approved_by_id) == (1, "review", facts.bram.user_id)
    assert seen() == {"motorbendes-verboden": 23}
    assert seen(Audience.PUBLIC) == {}
    assert not FactProposal.objects.exists()
    assert list(FactEdit.objects.values_list("act", flat=True)) == ["ingevoerd", "ingediend", "gecontroleerd"]
    assert AuditRecord.objects.get().act == "losse cijfers gecontroleerd"


def test_who_entered_or_changed_it_cannot_check_it(facts):
    own = facts.submitted("23", by=facts.chris)
    with pytest.raises(NotAllowed, match="vraag een collega"):
        approve_facts(by=facts.chris, pairs=pair(own))
    changed = facts.save("24", by=facts.chris, code=own.code, version=own.version)
    changed = submit_fact(by=facts.chris, code=changed.code, version=changed.version)
    with pytest.raises(NotAllowed, match="vraag een collega"):
        approve_facts(by=facts.chris, pairs=pair(changed))
    with pytest.raises(NotAllowed, match="controleur"):
        approve_facts(by=facts.anna, pairs=pair(changed))
    assert not Fact.objects.exists()


@pytest.mark.parametrize("who", ["entered_by", "changed_by"])
def test_the_database_itself_refuses_a_fact_that_was_checked_by_its_author(facts, who):
    people = {"entered_by": person("x"), "changed_by": person("y"), "approved_by": person("z")}
    with pytest.raises(IntegrityError), transaction.atomic():
        FactFactory(basis="review", publication=None, **{**people, who: people["approved_by"]})
    FactFactory(basis="review", publication=None, **people)


def test_a_checked_fact_is_never_changed_or_deleted(facts):
    fact = facts.checked("23")
    for change in (lambda: Fact.objects.update(value=24), lambda: fact.delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_a_change_is_a_new_revision_with_kind_and_reason_and_the_old_one_counts_until_then(facts):
    before = facts.checked("23")
    moment = timezone.now()
    draft = facts.save("24", code=before.code)
    assert (draft.change_kind, draft.base_revision) == ("bijstelling", 1)
    with pytest.raises(MonitorError, match="wat voor wijziging het is en waarom"):
        submit_fact(by=facts.anna, code=draft.code, version=draft.version)
    changed = facts.submitted(
        "24", code=before.code, version=draft.version, change_kind="correctie", reason="Typefout."
    )
    assert seen() == {before.code: 23}
    approve_facts(by=facts.bram, pairs=pair(changed))
    assert seen() == {before.code: 24}
    assert seen(moment=moment) == {before.code: 23}
    latest = Fact.objects.get(known_to__isnull=True)
    assert (latest.revision, latest.change_kind, latest.reason) == (2, "correctie", "Typefout.")


def test_a_public_fact_stays_public_as_it_was_until_the_revision_is_released(facts):
    published = FactFactory(code="opgeleid", theme=facts.theme)
    changed = facts.submitted("351", code="opgeleid", change_kind="correctie", reason="Typefout.")
    approve_facts(by=facts.bram, pairs=pair(changed))
    assert seen() == {"opgeleid": 351}
    assert seen(Audience.PUBLIC) == {"opgeleid": published.value}


def test_another_sentence_leaves_a_number_as_certain_as_it_was_read(facts):
    read = {"certainty": "beredeneerd", "read_as": "Uit de tabel."}
    FactFactory(code="opgeleid", theme=facts.theme, **read)
    change = {"code": "opgeleid", "change_kind": "bijstelling", "reason": "Duidelijker."}
    same = facts.submitted("350", **change)
    approve_facts(by=facts.bram, pairs=pair(same))
    assert Fact.objects.filter(known_to__isnull=True, **read).exists()
    other = facts.submitted("351", **change)
    approve_facts(by=facts.bram, pairs=pair(other))
    assert Fact.objects.get(known_to__isnull=True).certainty == "zeker"


def test_the_second_with_the_same_version_gets_what_stands_there(facts):
    first = facts.save("23")
    facts.save("24", code=first.code, version=first.version)
    with pytest.raises(StaleFacts) as stale:
        facts.save("25", code=first.code, version=first.version, by=facts.chris)
    assert stale.value.current.value == 24
    with pytest.raises(StaleFacts):
        approve_facts(by=facts.bram, pairs=[(first.code, 1)])


def test_two_facts_of_one_name_have_their_own_code(facts):
    assert [facts.save("1").code, facts.save("2").code] == ["motorbendes-verboden", "motorbendes-verboden-2"]


def test_handing_back_tells_why_and_the_author_goes_on_from_there(facts):
    proposal = facts.submitted("23")
    with pytest.raises(MonitorError, match="Geef een reden"):
        return_facts(by=facts.bram, pairs=pair(proposal), reason=" ")
    return_facts(by=facts.bram, pairs=pair(proposal), reason="Welke rechter?")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.return_reason) == ("teruggegeven", "Welke rechter?")
    sentence = "De civiele rechter verbood {waarde} motorbendes."
    again = facts.submitted("23", code=proposal.code, version=proposal.version, sentence=sentence)
    assert approve_facts(by=facts.bram, pairs=pair(again)) == 1


def test_what_is_withdrawn_is_gone_but_stays_in_the_log(facts):
    proposal = facts.save("23")
    withdraw_fact(by=facts.anna, code=proposal.code, version=proposal.version)
    assert not FactProposal.objects.exists()
    assert Decimal(FactEdit.objects.last().before["value"]) == 23


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"sentence": "De rechter verbood motorbendes."}, "Zet {waarde} één keer in de zin"),
        ({"source_id": None}, "Kies een bron of een publicatie"),
        ({"sentence": "Van de 40 bendes verbood de rechter er {waarde}."}, "Licht toe waarom het toch klopt"),
    ],
)
def test_what_is_not_right_stays_a_draft(facts, fields, said):
    with pytest.raises(MonitorError, match=said):
        facts.submitted("23", **fields)
    assert FactProposal.objects.get().state == "concept"


def test_a_warning_that_is_explained_goes_on_with_its_finding(facts):
    proposal = facts.submitted(
        "23", sentence="Van de 40 bendes zijn er {waarde} weg.", explanation="Staat zo in de wet."
    )
    assert [finding["rule"] for finding in proposal.findings] == ["getal-in-zin"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [({"period": "vorig jaar"}, "is geen periode"), ({"name": " "}, "een naam en een zin")],
)
def test_what_cannot_be_kept_is_refused(facts, fields, said):
    with pytest.raises(MonitorError, match=said):
        facts.save("23", **fields)
    with pytest.raises(MonitorError, match="niet exact te bewaren"):
        facts.save("0.00001")


def test_roles_themes_rounds_and_forged_codes_are_held(facts):
    with pytest.raises(NotAllowed, match="invoerder"):
        facts.save("23", by=facts.bram)
    els = person("els", Role.INVOERDER, Role.CONTROLEUR)
    ThemeAccess.objects.create(user=els, theme=ThemeFactory())
    with pytest.raises(NotAllowed, match="geen toegang"):
        facts.save("23", by=worker_of(els))
    with pytest.raises(NotAllowed, match="geen toegang"):
        approve_facts(by=worker_of(els), pairs=pair(facts.submitted("23")))
    closed = RoundFactory(state="gesloten")
    with pytest.raises(NotAllowed, match="is niet open"):
        save_fact(by=facts.anna, code="", version=0, content=facts.content(), round_id=closed.pk)
    with pytest.raises(NotThere):
        facts.save("23", code="bestaat-niet")
    with pytest.raises(Conflict, match="Niet alle gekozen"):
        approve_facts(by=facts.bram, pairs=pair(facts.save("1", name="Ander")))


def test_a_round_with_a_one_off_figure_under_way_is_not_closed(facts):
    round_ = RoundFactory(state="open")
    save_fact(by=facts.anna, code="", version=0, content=facts.content(), round_id=round_.pk)
    with pytest.raises(Conflict, match="nog onderweg: 1"):
        close_round(by=worker("els", Role.BEHEERDER), code=round_.code)


def test_checking_many_takes_as_many_statements_as_checking_one(
    facts, django_assert_num_queries, django_assert_max_num_queries
):
    one = facts.submitted("1", name="Een")
    with django_assert_max_num_queries(20) as counted:
        approve_facts(by=facts.bram, pairs=pair(one))
    many = [facts.submitted("2", name=f"Cijfer {number}") for number in range(5)]
    with django_assert_max_num_queries(len(counted)):
        approve_facts(by=facts.bram, pairs=[row for one in many for row in pair(one)])


# --- published facts --------------------------------------------------------------------------------------------------


def row(facts, value, **fields):
    publication = fields.pop("publication", None) or PublicationFactory()
    return {
        "code": "opgeleid", "theme_id": facts.theme.pk, "name": "Opgeleid", "sentence": "Er zijn {waarde} mensen.",
        "kind": "meting", "value": value, "period_id": PeriodFactory(code="2024").pk, "area_id": facts.area.pk,
        "publication_id": publication.pk, "certainty": "zeker", "known_from": LONG_AGO,
        "public_from": LONG_AGO, **fields,
    }  # fmt: skip


def test_the_same_published_fact_again_changes_nothing_and_another_value_is_a_revision(facts):
    publication = PublicationFactory()

    def load(value):
        return record_published_facts([row(facts, value, publication=publication)], reason="Verbeterd.")

    assert load(350).new == 1
    assert load(350).same == 1
    assert load(351).changed == 1
    assert list(Fact.objects.order_by("revision").values_list("revision", "value", "reason")) == [
        (1, 350, ""),
        (2, 351, "Verbeterd."),
    ]
    assert seen() == seen(Audience.PUBLIC) == {"opgeleid": 351}


def test_loading_published_facts_leaves_what_was_checked_since(facts):
    publication = PublicationFactory()
    published = [row(facts, 350, publication=publication)]
    record_published_facts(published, reason="Verbeterd.")
    changed = facts.submitted("352", code="opgeleid", change_kind="correctie", reason="Typefout.")
    approve_facts(by=facts.bram, pairs=pair(changed))
    assert record_published_facts(published, reason="Verbeterd.").same == 1
    assert seen() == {"opgeleid": 352}
