"""The audit trail as an administrator sees it: searching, paging by number, one record, the sheet, the proof."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from monitor.base.core.audit import AuditOutcome, rows_digest
from monitor.base.core.dates import AMSTERDAM
from monitor.base.core.roles import Role
from monitor.base.models import AuditRecord, Job
from monitor.base.queries import audit as queries
from monitor.base.queries.audit import AuditSearch, find_records, known_values
from monitor.base.services.audit import record_act
from tests.conftest import lifted_protections
from tests.indicators.web.test_browse import text_of
from tests.workers import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> Client:
    client = Client()
    client.force_login(person("beheerder", Role.BEHEERDER))
    return client


def act(subject: str, *, what: str = "cijfers gecontroleerd", by: str = "", refused: bool = False, **detail: str):
    return record_act(
        actor=person(by) if by else None,
        act=what,
        subject=subject,
        counts={"gecontroleerd": 3},
        rows_digest=rows_digest([]),
        detail=detail,
        outcome=AuditOutcome.GEWEIGERD if refused else AuditOutcome.GEDAAN,
    )


def numbers(**search) -> list[int]:
    return [record.number for record in find_records(AuditSearch(**search)).records]


def test_only_an_administrator_sees_the_trail_and_finds_it_in_the_navigation(administrator):
    assert 'href="/logboek/"' in administrator.get("/").content.decode()
    checker = Client()
    checker.force_login(person("controleur", Role.CONTROLEUR))
    assert 'href="/logboek/"' not in checker.get("/").content.decode()
    assert checker.get("/logboek/").status_code == 403


def test_records_are_found_by_text_act_person_outcome_and_day():
    act("ronde 2026-2", by="anna")
    act("100% van de cijfers", by="bram", what="ronde gesloten")
    act("ronde 2026-1", by="anna", refused=True)
    assert numbers() == [3, 2, 1]
    assert numbers(text="RONDE") == [3, 2, 1]  # in the subject or the act, capitals make no difference
    assert numbers(text="2026-1") == [3]
    assert numbers(text="100%") == [2]  # a percent sign is a percent sign
    assert numbers(text="bram") == [2]
    assert numbers(act="ronde gesloten") == [2]
    assert numbers(person="anna") == [3, 1]
    assert numbers(person="anna", outcome=AuditOutcome.GEWEIGERD) == [3]
    today = timezone.now().astimezone(AMSTERDAM).date()
    assert numbers(since=today, until=today) == [3, 2, 1]
    assert numbers(since=today + timedelta(days=1)) == []
    assert numbers(until=today - timedelta(days=1)) == []


@pytest.mark.django_db(transaction=True)
def test_a_day_begins_and_ends_in_amsterdam():
    act("eergisteren")
    act("na middernacht in Amsterdam")
    moments = {1: datetime(2026, 7, 1, 21, 59, tzinfo=UTC), 2: datetime(2026, 7, 1, 22, 1, tzinfo=UTC)}
    with lifted_protections():
        for number, moment in moments.items():
            AuditRecord.objects.filter(number=number).update(moment=moment)
    second = datetime(2026, 7, 2, tzinfo=UTC).date()
    assert numbers(since=second) == [2]
    assert numbers(until=second - timedelta(days=1)) == [1]


def test_pages_go_on_from_a_number_and_never_count(administrator, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr(queries, "RECORDS_PER_PAGE", 2)
    for number in range(1, 6):
        act(f"onderwerp {number}")
    first = find_records(AuditSearch())
    assert ([one.number for one in first.records], first.older) == ([5, 4], 4)
    last = find_records(AuditSearch(), before=2)
    assert ([one.number for one in last.records], last.older) == ([1], None)
    assert "/logboek/?voor=4" in administrator.get("/logboek/").content.decode()
    with django_assert_max_num_queries(14) as asked:
        assert "onderwerp 3" in administrator.get("/logboek/?voor=4").content.decode()
    assert not any("COUNT(" in query["sql"].upper() for query in asked.captured_queries)


def test_a_search_for_a_text_looks_back_a_stretch_and_says_how_far(administrator, monkeypatch):
    monkeypatch.setattr(queries, "TEXT_STRETCH", 3)
    act("naald")
    for _ in range(5):
        act("hooi")
    page = administrator.get("/logboek/?q=naald").content.decode()
    assert "Tot en met regel 4 staat dit er niet in." in text_of(page)
    assert "Zoek verder in oudere regels" in page
    assert "voor=4" in page
    assert "naald" in administrator.get("/logboek/?q=naald&voor=4").content.decode().split("<tbody")[1]


def test_acts_and_names_that_occur_are_offered(django_assert_num_queries):
    for what in ("b", "a", "b"):
        act("x", what=what, by="anna")
    with django_assert_num_queries(1):
        assert known_values("act") == ["a", "b"]
    assert known_values("actor_name") == ["anna"]
    with pytest.raises(ValueError, match="no index"):
        known_values("subject")


def test_an_empty_trail_is_shown_as_such(administrator):
    assert known_values("act") == []
    assert "Er zijn geen regels met deze keuze." in text_of(administrator.get("/logboek/").content.decode())


def test_a_record_tells_counts_reason_and_digests(administrator):
    record = act("ronde 2026-2", by="anna", refused=True, reden="Ronde is gesloten.")
    text = text_of(administrator.get("/logboek/1/").content.decode())
    assert "Gecontroleerd 3" in text
    assert "Reden Ronde is gesloten." in text
    assert f"{record.digest} klopt met de inhoud" in text
    assert administrator.get("/logboek/99/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_record_that_was_changed_behind_the_triggers_says_so(administrator):
    act("ronde 2026-2")
    with lifted_protections():
        AuditRecord.objects.update(subject="iets anders")
    assert "Deze regel is gewijzigd" in text_of(administrator.get("/logboek/1/").content.decode())


def test_the_sheet_holds_what_answers_the_search_and_no_formulas(administrator):
    act("=1+1", by="anna")
    act("ronde 2026-2", by="bram")
    answer = administrator.get("/logboek.csv?wie=anna")
    body = b"".join(answer.streaming_content).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(body), delimiter=";")
    assert (row["Nummer"], row["Wie"], row["Onderwerp"], row["Aantallen"]) == (
        "1",
        "anna",
        "'=1+1",
        "gecontroleerd: 3",
    )


def test_a_day_that_is_none_is_said(administrator):
    answer = administrator.get("/logboek/?van=gisteren")
    assert answer.status_code == 400
    assert "Dit is geen datum" in answer.content.decode()
    assert administrator.get("/logboek.csv?van=gisteren").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_the_trail_is_proven_by_a_job_and_the_page_tells_what_came_out(administrator):
    act("ronde 2026-2")
    assert "nog niet nagerekend" in administrator.get("/logboek/").content.decode()
    answer = administrator.post("/logboek/narekenen/", follow=True)
    job = Job.objects.get()
    assert answer.request["PATH_INFO"] == f"/taken/{job.pk}/"
    assert (job.state, job.result["problems"], job.result["records"]) == ("klaar", 0, 1)
    assert "tot en met regel 1" in text_of(administrator.get("/logboek/").content.decode())
    assert AuditRecord.objects.latest("number").act == "logboek nagerekend"
    with lifted_protections():
        AuditRecord.objects.filter(number=1).update(subject="iets anders")
    administrator.post("/logboek/narekenen/")
    text = text_of(administrator.get("/logboek/").content.decode())
    assert "Het logboek klopte niet" in text
    assert "De inhoud van regel 1 klopt niet met zijn controlegetal." in text
