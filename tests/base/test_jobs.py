"""Jobs: asked for once, claimed by one, fenced, stopped, tried again, and their errors told in Dutch."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from monitor.base import tasks
from monitor.base.core.errors import MonitorError
from monitor.base.core.jobs import (
    JobContext,
    JobState,
    JobSuperseded,
    UnknownJobKind,
    register_job,
    unregister_job,
)
from monitor.base.models import Job
from monitor.base.services.job_leases import JobProgress, claim_job
from monitor.base.services.jobs import request_cancel, run_job, submit_job, sweep_jobs

pytestmark = pytest.mark.django_db

Work = Callable[[Mapping[str, Any], JobContext], Mapping[str, Any] | None]


@pytest.fixture
def kind() -> Iterator[Callable[[Work], str]]:
    """Registers a piece of work as kind ``proef`` for the length of a test."""

    def register(work: Work) -> str:
        register_job("proef", "Proeftaak", work)
        return "proef"

    yield register
    unregister_job("proef")


def nothing(parameters: Mapping[str, Any], context: JobContext) -> None:
    return None


def age(job: Job, **fields: Any) -> None:
    Job.objects.filter(pk=job.pk).update(**fields)


def test_a_job_keeps_its_result_and_its_progress(kind):
    def work(parameters, context):
        context.report("tellen", 1, 2, "een")
        context.report("tellen", 2, 2, "twee")
        return {"som": parameters["a"] + parameters["b"]}

    job = submit_job(kind=kind(work), parameters={"a": 2, "b": 3})
    assert (job.state, job.label) == (JobState.WACHT, "Proeftaak")
    assert run_job(job.pk) is JobState.KLAAR
    job.refresh_from_db()
    assert job.result == {"som": 5}
    assert (job.phase, job.done, job.total, job.percentage) == ("tellen", 2, 2, 100)
    assert [line["text"] for line in job.log_lines] == ["een", "twee"]
    assert job.lease_until is None
    assert job.finished_at is not None


def test_running_a_finished_job_again_does_nothing(kind):
    runs = []
    job = submit_job(kind=kind(lambda parameters, context: runs.append(context.fence)), parameters={})
    assert [run_job(job.pk), run_job(job.pk)] == [JobState.KLAAR, JobState.KLAAR]
    assert runs == [1]


def test_an_open_job_with_the_same_key_is_returned_and_a_closed_one_is_not(kind):
    name = kind(nothing)
    first = submit_job(kind=name, parameters={}, dedupe_key="k")
    assert submit_job(kind=name, parameters={}, dedupe_key="k").pk == first.pk
    run_job(first.pk)
    assert submit_job(kind=name, parameters={}, dedupe_key="k").pk != first.pk
    assert submit_job(kind=name, parameters={}).pk != submit_job(kind=name, parameters={}).pk


def test_the_database_keeps_one_open_job_per_key(kind):
    submit_job(kind=kind(nothing), parameters={}, dedupe_key="k")
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(kind="proef", label="x", dedupe_key="k")


def test_an_unknown_kind_is_refused_with_the_known_ones(kind):
    kind(nothing)
    with pytest.raises(UnknownJobKind, match=r"‘onzin’ bestaat niet. Bekende taaksoorten: .*proef"):
        submit_job(kind="onzin", parameters={})


def test_an_unknown_job_is_a_sentence():
    with pytest.raises(MonitorError, match="Taak 999999 bestaat niet"):
        run_job(999999)


def test_an_error_of_the_domain_is_told_as_it_is(kind):
    def work(parameters, context):
        raise MonitorError("Ronde 2031-1 bestaat niet.")

    job = submit_job(kind=kind(work), parameters={})
    assert run_job(job.pk) is JobState.MISLUKT
    job.refresh_from_db()
    assert job.error == "Ronde 2031-1 bestaat niet."


def test_another_error_is_a_code_for_the_user_and_a_traceback_in_the_log(kind, caplog):
    def work(parameters, context):
        raise ZeroDivisionError("geheim binnenwerk")

    job = submit_job(kind=kind(work), parameters={})
    assert run_job(job.pk) is JobState.MISLUKT
    job.refresh_from_db()
    code = job.error.split("code ")[1][:6]
    assert "geheim binnenwerk" not in job.error
    assert code in caplog.text
    assert "geheim binnenwerk" in caplog.text


def test_a_waiting_job_is_cancelled_at_once(kind):
    job = submit_job(kind=kind(nothing), parameters={})
    assert request_cancel(job_id=job.pk) is JobState.GEANNULEERD
    assert run_job(job.pk) is JobState.GEANNULEERD


def test_a_running_job_stops_at_its_next_look(kind):
    reached = []

    def work(parameters, context):
        reached.append("eerste fase")
        assert request_cancel(job_id=context.job_id) is JobState.LOOPT
        context.stop_if_cancelled()
        reached.append("tweede fase")

    job = submit_job(kind=kind(work), parameters={})
    assert run_job(job.pk) is JobState.GEANNULEERD
    assert reached == ["eerste fase"]
    assert request_cancel(job_id=job.pk) is JobState.GEANNULEERD


def test_only_one_worker_gets_a_job(kind):
    job = submit_job(kind=kind(nothing), parameters={})
    assert claim_job(job.pk) is not None
    assert claim_job(job.pk) is None
    assert run_job(job.pk) is JobState.LOOPT


def test_a_superseded_run_can_write_nothing_any_more(kind):
    job = submit_job(kind=kind(nothing), parameters={})
    old = claim_job(job.pk)
    age(job, lease_until=timezone.now() - timedelta(seconds=1))
    new = claim_job(job.pk)
    assert (old.fence, new.fence) == (1, 2)
    with pytest.raises(JobSuperseded):
        old.report("te laat", 1, 1)
    with pytest.raises(JobSuperseded):
        old.guard()
    with pytest.raises(JobSuperseded):
        old.stop_if_cancelled()
    assert old.finish(JobState.KLAAR, result={"van": "oud"}) is JobState.LOOPT
    new.guard()
    assert new.finish(JobState.KLAAR, result={"van": "nieuw"}) is JobState.KLAAR
    job.refresh_from_db()
    assert (job.result, job.phase) == ({"van": "nieuw"}, "")


def test_a_job_that_breaks_off_three_times_fails(kind, settings):
    settings.JOB_MAX_ATTEMPTS = 3
    job = submit_job(kind=kind(nothing), parameters={})
    for _ in range(3):
        assert claim_job(job.pk) is not None
        age(job, lease_until=timezone.now() - timedelta(seconds=1))
    assert run_job(job.pk) is JobState.MISLUKT
    job.refresh_from_db()
    assert job.error.startswith("De taak is 3 keer begonnen en telkens afgebroken.")


def test_a_worker_that_is_told_to_stop_puts_its_job_back(kind):
    def work(parameters, context):
        raise KeyboardInterrupt

    job = submit_job(kind=kind(work), parameters={})
    with pytest.raises(KeyboardInterrupt):
        run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempts, job.fence) == (JobState.WACHT, 0, 1)
    assert sweep_jobs() == [job.pk]


def test_the_sweeper_finds_what_lies_and_nothing_else(kind):
    name = kind(nothing)
    lying, nudged, forgotten, running, expired, done = (submit_job(kind=name, parameters={}) for _ in range(6))
    now = timezone.now()
    age(nudged, nudged_at=now)
    age(forgotten, nudged_at=now - timedelta(hours=1))
    claim_job(running.pk)
    claim_job(expired.pk)
    age(expired, lease_until=now - timedelta(seconds=1))
    run_job(done.pk)
    assert sweep_jobs() == [lying.pk, forgotten.pk, expired.pk]
    assert sweep_jobs(at_start=True) == [lying.pk, nudged.pk, forgotten.pk, expired.pk]


def test_a_nudge_waits_for_the_commit(kind, django_capture_on_commit_callbacks):
    job = submit_job(kind=kind(lambda parameters, context: {"gedaan": True}), parameters={})
    with django_capture_on_commit_callbacks() as callbacks:
        tasks.nudge(job)
    job.refresh_from_db()
    assert job.state == JobState.WACHT
    for callback in callbacks:
        callback()
    job.refresh_from_db()
    assert (job.state, job.result) == (JobState.KLAAR, {"gedaan": True})


def test_a_broker_that_is_away_leaves_the_job_for_the_sweeper(kind, monkeypatch):
    job = submit_job(kind=kind(nothing), parameters={})

    def unreachable(job_id: int) -> None:
        raise OSError("broker weg")

    monkeypatch.setattr(tasks.run_job, "delay", unreachable)
    assert tasks.send_lying_jobs() == 1
    job.refresh_from_db()
    assert job.state == JobState.WACHT
    assert sweep_jobs(at_start=True) == [job.pk]


def test_a_listener_hears_every_report(kind):
    heard: list[JobProgress] = []

    def work(parameters, context):
        context.report("een", 1, 2)
        context.report("twee", 2, 2, "klaar")

    run_job(submit_job(kind=kind(work), parameters={}).pk, listener=heard.append)
    assert [(progress.phase, progress.done) for progress in heard] == [("een", 1), ("twee", 2)]


def test_a_kind_has_one_handler(kind):
    kind(nothing)
    register_job("proef", "Proeftaak", nothing)
    with pytest.raises(ValueError, match="has a handler already"):
        register_job("proef", "Proeftaak", lambda parameters, context: None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "onzin"},
        {"state": "loopt"},
        {"state": "klaar"},
        {"done": 3, "total": 2},
        {"error": "fout zonder mislukking"},
        {"attempts": 1},
    ],
)
def test_the_database_refuses_an_impossible_job(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(kind="x", label="x", **wrong)
