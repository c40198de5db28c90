"""Celery: one application, two brokers (a folder when embedded, Redis with services)."""

import os
from threading import Event, Thread
from typing import Any

import structlog
from celery import Celery
from celery.signals import worker_ready, worker_shutting_down

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "monitor.settings")

app = Celery("monitor")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["monitor.base"])

log = structlog.get_logger(__name__)
_stop = Event()


@worker_ready.connect
def start_sweeper(**_: Any) -> None:
    """Send what an earlier worker left, and go on doing so from a thread.

    Also where a beat runs: a worker that is back within the lease of the one that died finds its job still taken.
    """
    from django.conf import settings

    _sweep(at_start=True)
    Thread(target=_sweep_regularly, args=(settings.JOB_SWEEP_SECONDS,), name="job-sweeper", daemon=True).start()


@worker_shutting_down.connect
def stop_sweeper(**_: Any) -> None:
    """No nudges while the worker ends."""
    _stop.set()


def _sweep_regularly(seconds: float) -> None:
    while not _stop.wait(seconds):
        _sweep(at_start=False)


def _sweep(*, at_start: bool) -> None:
    from django.db import DatabaseError, connection

    from monitor.base.tasks import send_lying_jobs

    try:
        send_lying_jobs(at_start=at_start)
    except DatabaseError as error:  # not there or locked for now: the next round finds the same jobs
        log.warning("sweep postponed", reason=str(error))
    finally:
        connection.close()
