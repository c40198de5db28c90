"""A real worker, embedded and with services: jobs are done once and right, also when the worker is killed."""

import os
import signal

import pytest

pytestmark = pytest.mark.xdist_group("worker")


def test_a_worker_does_a_job(installation):
    installation.start_worker()
    job = installation.wait_for(installation.submit(steps=2, seconds=0.1), state="klaar")
    assert (job["result"], job["attempts"]) == ({"som": 3}, 1)
    assert installation.effects() == ["effect-1"]


def test_a_job_survives_kill_9_of_its_worker(installation):
    first = installation.start_worker()
    job_id = installation.submit(steps=20, seconds=0.2)
    installation.wait_for(job_id, state="loopt", done=3)
    installation.kill(first)
    assert installation.job(job_id)["state"] == "loopt"
    installation.start_worker()
    job = installation.wait_for(job_id, state="klaar")
    assert (job["result"], job["attempts"], job["fence"]) == ({"som": 210}, 2, 2)
    assert installation.effects() == ["effect-2"]


def test_a_running_job_keeps_its_lease_for_longer_than_one_lease(installation):
    installation.start_worker()
    job = installation.wait_for(installation.submit(steps=1, seconds=5), state="klaar")
    assert (job["attempts"], installation.effects()) == (1, ["effect-1"])


def test_a_job_that_was_never_sent_is_found_by_the_sweeper_at_the_start(installation):
    job_id = installation.submit(nudged=False, steps=1, seconds=0)
    installation.start_worker()
    installation.wait_for(job_id, state="klaar")


def test_progress_inside_a_transaction_never_stops_the_work(installation):
    installation.start_worker()
    job_id = installation.submit(steps=1, seconds=0, hold=1.5)
    if installation.database_url:
        installation.wait_for(job_id, state="loopt", phase="binnen de transactie")
        assert installation.effects() == []
    job = installation.wait_for(job_id, state="klaar", seconds=30)
    assert (job["phase"], job["attempts"]) == ("binnen de transactie", 1)


def test_a_running_job_can_be_stopped(installation):
    installation.start_worker()
    job_id = installation.submit(steps=200, seconds=0.2)
    installation.wait_for(job_id, state="loopt", done=2)
    assert installation.cancel(job_id) == "loopt"
    installation.wait_for(job_id, state="geannuleerd", seconds=10)
    assert installation.effects() == []


def test_a_stopped_worker_ends_the_job_it_does_first(installation):
    worker = installation.start_worker()
    job_id = installation.submit(steps=10, seconds=0.3)
    installation.wait_for(job_id, state="loopt", done=2)
    os.kill(worker.pid, signal.SIGTERM)
    assert worker.wait(timeout=30) == 0
    assert installation.job(job_id)["state"] == "klaar"
