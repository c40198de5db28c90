"""Run in a process of its own: what a door or a worker does, so that several can do it at once."""

import json
import os
import sys

import django


def submit(parameters: str) -> int:
    return _submit(parameters, nudged=True)


def submit_unsent(parameters: str) -> int:
    return _submit(parameters, nudged=False)


def _submit(parameters: str, *, nudged: bool, dedupe_key: str | None = None) -> int:
    from django.db import transaction

    from monitor.base import tasks
    from monitor.base.services.jobs import submit_job

    with transaction.atomic():
        job = submit_job(kind="proef-traag", parameters=json.loads(parameters), dedupe_key=dedupe_key)
        if nudged:
            tasks.nudge(job)
    return job.pk


def submit_same(times: str) -> str:
    """The numbers of the jobs that submitting the same ``times`` times gives."""
    jobs = {_submit('{"steps": 1, "seconds": 0}', nudged=False, dedupe_key="zelfde") for _ in range(int(times))}
    return json.dumps(sorted(jobs))


def cancel(job_id: str) -> str:
    from monitor.base.services.jobs import request_cancel

    return request_cancel(job_id=int(job_id))


def run(job_id: str) -> str:
    from monitor.base.services.jobs import run_job

    return run_job(int(job_id))


def acts(times: str) -> str:
    """Records acts, each in a transaction that does something else first."""
    from django.db import transaction

    from monitor.base.core.audit import rows_digest
    from monitor.base.models import User
    from monitor.base.services.audit import record_act

    for number in range(int(times)):
        with transaction.atomic():
            User.objects.create(username=f"effect-{os.getpid()}-{number}")
            record_act(actor=None, act="proef", subject=str(number), counts={"een": 1}, rows_digest=rows_digest([]))
    return times


VERBS = {verb.__name__: verb for verb in (submit, submit_unsent, submit_same, cancel, run, acts)}


if __name__ == "__main__":
    django.setup()
    print(VERBS[sys.argv[1]](sys.argv[2]))
