"""The project: settings, addresses, worker and health; no domain logic."""

from monitor.celery import app as celery_app

__all__ = ["celery_app"]
