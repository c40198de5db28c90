"""Run in a process of its own: submit a slow job as a door does, or ask to stop one."""

import json
import sys

import django


def main() -> None:
    django.setup()
    from django.db import transaction

    from monitor.base import tasks
    from monitor.base.services.jobs import request_cancel, submit_job

    verb, argument = sys.argv[1:3]
    if verb == "cancel":
        print(request_cancel(job_id=int(argument)))
        return
    with transaction.atomic():
        job = submit_job(kind="proef-traag", parameters=json.loads(argument))
        if verb == "submit":
            tasks.nudge(job)
    print(job.pk)


if __name__ == "__main__":
    main()
