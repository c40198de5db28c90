"""A piece of work for the tests with a real worker: slow enough to be killed half-way."""

import time
from collections.abc import Mapping
from typing import Any

from django.apps import AppConfig
from django.db import transaction

from monitor.base.core.jobs import JobContext, register_job


def slow_work(parameters: Mapping[str, Any], context: JobContext) -> dict[str, Any]:
    """Takes ``steps`` of ``seconds``; leaves one user per run that was allowed to write, named after its fence."""
    from monitor.base.models import User

    steps = int(parameters["steps"])
    for step in range(1, steps + 1):
        context.stop_if_cancelled()
        context.report(f"stap {step}", step, steps)
        time.sleep(float(parameters["seconds"]))
    with transaction.atomic():
        User.objects.create(username=f"effect-{context.fence}")
        context.report("binnen de transactie", steps, steps)
        time.sleep(float(parameters.get("hold", 0)))
        context.guard()
    return {"som": sum(range(1, steps + 1))}


class SlowWorkConfig(AppConfig):
    name = "tests.services.slow_work"

    def ready(self) -> None:
        register_job("proef-traag", "Trage proeftaak", slow_work)
