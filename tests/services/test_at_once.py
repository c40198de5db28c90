"""Several processes at the same time, embedded and with services: one job, one run, one unbroken chain."""

import json

import pytest

pytestmark = pytest.mark.xdist_group("worker")


def test_processes_that_ask_for_the_same_get_one_job(installation):
    answers = installation.at_once(*[("submit_same", "10")] * 3)
    jobs = {number for answer in answers for number in json.loads(answer)}
    assert len(jobs) == 1
    assert installation.rows("SELECT count(*) FROM base_job") == [(1,)]


def test_processes_that_run_the_same_job_do_it_once(installation):
    job_id = installation.submit(nudged=False, steps=3, seconds=1)
    states = installation.at_once(*[("run", str(job_id))] * 3)
    assert set(states) <= {"klaar", "loopt"}
    assert "klaar" in states
    assert installation.job(job_id)["attempts"] == 1
    assert installation.effects() == ["effect-1"]


def test_acts_of_several_processes_make_one_unbroken_chain(installation):
    installation.at_once(*[("acts", "15")] * 3)
    assert installation.rows("SELECT count(*), max(number) FROM base_auditrecord") == [(45, 45)]
    assert installation.python("manage.py", "verify_audit").startswith("Het logboek klopt: 45 regels")
