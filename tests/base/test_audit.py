"""The audit trail: a chain that shows every change, on both databases, and refuses to be changed."""

from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from monitor.base.core.audit import GENESIS, AuditOutcome, canonical_text, rows_digest
from monitor.base.core.errors import MonitorError
from monitor.base.migration_operations import TRIGGER_PREFIX
from monitor.base.models import AuditHead, AuditRecord, User
from monitor.base.queries.audit import audit_end
from monitor.base.queries.protections import declared_protections, missing_protections
from monitor.base.services.audit import audited_refusal, record_act, verify_audit
from tests.conftest import lifted_protections


def act(number: int = 1, actor: User | None = None) -> AuditRecord:
    return record_act(
        actor=actor,
        act="cijfers laden",
        subject=f"bestand {number}",
        counts={"nieuw": number},
        rows_digest=rows_digest([{"waarde": Decimal("1.50"), "dag": date(2025, 1, 2)}]),
        detail={"bedrag": Decimal("2.500"), "lijst": [1, None, True]},
    )


def test_decimals_moments_and_key_order_have_one_spelling():
    assert canonical_text({"b": Decimal("10.00"), "a": date(2025, 1, 2)}) == '{"a":"2025-01-02","b":"10"}'
    assert canonical_text(Decimal("-0.0")) == '"0"'
    with pytest.raises(TypeError, match="float has no canonical spelling"):
        canonical_text({"waarde": 0.1})


@given(st.lists(st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=5) | st.none()), max_size=5))
def test_another_row_gives_another_digest(rows):
    assert rows_digest(rows) == rows_digest([dict(reversed(row.items())) for row in rows])
    assert rows_digest(rows) != rows_digest([*rows, {"extra": 1}])


@pytest.mark.django_db
def test_records_form_a_chain_from_the_beginning_to_the_head(django_user_model):
    person = django_user_model.objects.create_user("anna")
    first, second = act(1), act(2, person)
    assert (first.number, first.previous_digest, first.actor_name) == (1, GENESIS, "systeem")
    assert (second.number, second.previous_digest, second.actor_name) == (2, first.digest, "anna")
    assert (audit_end().number, audit_end().digest) == (2, second.digest)
    assert list(verify_audit()) == []


@pytest.mark.django_db
def test_an_empty_trail_is_whole():
    assert audit_end().number == 0
    assert list(verify_audit()) == []


@pytest.mark.django_db
def test_the_head_takes_a_fixed_number_of_statements(django_assert_num_queries):
    with django_assert_num_queries(1):
        audit_end()


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["UPDATE base_auditrecord SET subject = 'x'", "DELETE FROM base_auditrecord"])
def test_the_database_refuses_to_change_a_record(change):
    act()
    with pytest.raises(IntegrityError, match="onveranderlijk"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("forgery", "told"),
    [
        ("UPDATE base_auditrecord SET subject = 'iets anders' WHERE number = 2", "inhoud van regel 2"),
        ("UPDATE base_auditrecord SET counts = '{\"nieuw\": 9}' WHERE number = 1", "inhoud van regel 1"),
        ("DELETE FROM base_auditrecord WHERE number = 2", "Na regel 1 volgt regel 3"),
        ("DELETE FROM base_auditrecord WHERE number = 3", "eindigt bij regel 2"),
        ("DELETE FROM base_audithead", "volgens het vastgelegde einde bij regel 0"),
    ],
)
def test_every_forgery_behind_the_triggers_is_found(forgery, told):
    for number in (1, 2, 3):
        act(number)
    with lifted_protections(), connection.cursor() as cursor:
        cursor.execute(forgery)
    assert any(told in problem.text for problem in verify_audit())
    with pytest.raises(CommandError, match="Het logboek klopt niet") as failed:
        call_command("verify_audit", stderr=StringIO())
    assert failed.value.returncode == 2


@pytest.mark.django_db
def test_a_head_that_was_printed_must_be_in_the_chain(capsys):
    printed = act(1).digest
    act(2)
    call_command("verify_audit", printed_head=printed)
    assert "Het logboek klopt: 2 regels" in capsys.readouterr().out
    assert [problem.number for problem in verify_audit(printed_head="f" * 64)] == [0]


@pytest.mark.django_db(transaction=True)
def test_a_refused_act_is_recorded_after_its_rollback():
    @transaction.atomic
    def refused_act():
        User.objects.create(username="teruggedraaid")
        raise MonitorError("Ronde is gesloten.")

    with (
        pytest.raises(MonitorError, match="Ronde is gesloten"),
        audited_refusal(actor=None, act="goedkeuren", subject="partij 7"),
    ):
        refused_act()
    record = AuditRecord.objects.get()
    assert (record.outcome, record.act, record.detail) == (
        AuditOutcome.GEWEIGERD,
        "goedkeuren",
        {"reden": "Ronde is gesloten."},
    )
    assert not User.objects.exists()
    assert list(verify_audit()) == []


@pytest.mark.django_db(transaction=True)
def test_a_refusal_cannot_be_recorded_where_it_would_be_rolled_back():
    with (
        pytest.raises(RuntimeError, match="durable"),
        transaction.atomic(),
        audited_refusal(actor=None, act="goedkeuren", subject="x"),
    ):
        raise MonitorError("nee")


@pytest.mark.django_db(transaction=True)
def test_the_protections_that_migrations_declare_stand_and_are_seen_to_be_gone():
    assert "base_auditrecord" in declared_protections()
    assert missing_protections() == []
    with lifted_protections():
        gone = missing_protections()
    assert any("base_auditrecord mist de bescherming" in problem for problem in gone)
    assert missing_protections() == []


@pytest.mark.django_db(transaction=True)
def test_a_column_the_trigger_does_not_know_is_told(monkeypatch):
    monkeypatch.setattr("monitor.base.queries.protections._columns_in", lambda definition: {"id", "number", "username"})
    assert any("kent deze kolommen niet" in problem for problem in missing_protections())
    assert TRIGGER_PREFIX == "protect_"


@pytest.mark.django_db(transaction=True)
def test_the_head_is_a_single_row():
    act()
    with pytest.raises(IntegrityError):
        AuditHead.objects.create(pk=2)
