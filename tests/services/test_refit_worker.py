"""Refits and margins by a real worker: followed, stopped, and finished by the next one when the first is killed."""

import pytest

pytestmark = pytest.mark.xdist_group("worker")


def ask(installation, *arguments: str) -> int:
    return int(installation.python("-m", "tests.services.ask_refit", *arguments))


def kept(installation, table: str) -> int:
    return int(installation.rows(f"SELECT count(*) FROM allocation_{table}")[0][0])


def test_a_worker_refits_the_model(installation):
    installation.start_worker()
    job = installation.wait_for(ask(installation, "refit"), state="klaar")
    assert job["result"]["name"] == "Proef"
    assert (job["phase"], kept(installation, "refitresult")) == ("clusters herschatten", 1)


def test_margins_can_be_stopped_and_leave_nothing(installation):
    installation.start_worker()
    job_id = ask(installation, "margins", "100000")
    installation.wait_for(job_id, state="loopt", done=20)
    installation.cancel(job_id)
    installation.wait_for(job_id, state="geannuleerd", seconds=20)
    assert kept(installation, "shareintervals") == 0


def test_margins_of_a_worker_that_was_killed_are_made_once_by_the_next(installation):
    first = installation.start_worker()
    job_id = ask(installation, "margins", "3000")
    installation.wait_for(job_id, state="loopt", done=50)
    installation.kill(first)
    installation.start_worker()
    job = installation.wait_for(job_id, state="klaar", seconds=120)
    assert job["attempts"] == 2
    assert kept(installation, "shareintervals") == 1
