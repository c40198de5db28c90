"""What every test shares."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.commands import flush
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.utils import timezone

from indicators.core.enumerations import Audience
from indicators.core.figures import DataSet
from indicators.core.vantage import Vantage
from indicators.queries.data_set import load_data_set
from monitor import celery_app
from monitor.base.migration_operations import TRIGGER_PREFIX
from tests.service_rule import pytest_collection_modifyitems, pytest_runtest_makereport

__all__ = ["lifted_protections", "pytest_collection_modifyitems", "pytest_runtest_makereport"]


@contextmanager
def lifted_protections(alias: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Switch the triggers that refuse change off, and on again afterwards; for emptying a test database only."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE starts_with(tgname, %s)", [TRIGGER_PREFIX]
            )
            triggers = cursor.fetchall()
            off = [f'ALTER TABLE {table} DISABLE TRIGGER "{name}"' for name, table in triggers]
            on = [f'ALTER TABLE {table} ENABLE TRIGGER "{name}"' for name, table in triggers]
        else:
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND substr(name, 1, %s) = %s",
                [len(TRIGGER_PREFIX), TRIGGER_PREFIX],
            )
            triggers = cursor.fetchall()
            off = [f'DROP TRIGGER "{name}"' for name, _ in triggers]
            on = [sql for _, sql in triggers]
        for statement in off:
            cursor.execute(statement)
        try:
            yield
        finally:
            for statement in on:
                cursor.execute(statement)


@pytest.fixture(scope="session", autouse=True)
def _flush_lifts_protections() -> Iterator[None]:
    """Transactional tests end with ``flush``: it must be able to empty protected tables."""
    handle = flush.Command.handle

    def handle_unprotected(self: flush.Command, **options: Any) -> None:
        with lifted_protections(options["database"]):
            handle(self, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush.Command, "handle", handle_unprotected)
        yield


@pytest.fixture(autouse=True)
def _tasks_run_in_place() -> Iterator[None]:
    """No broker in ordinary tests: a nudge runs the job at once."""
    before = celery_app.conf.task_always_eager
    celery_app.conf.task_always_eager = True
    yield
    celery_app.conf.task_always_eager = before


@pytest.fixture(scope="session", autouse=True)
def _kept_files_apart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What tests send out and take in never lands among the files of this computer."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "REQUEST_DIR", tmp_path_factory.mktemp("uitvragen"))
        patch.setattr(settings, "DELIVERY_DIR", tmp_path_factory.mktemp("aanleveringen"))
        yield


@pytest.fixture(scope="session", autouse=True)
def _plain_http() -> Iterator[None]:
    """The test client and the live server speak HTTP; set before the live server loads its middleware."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"):
            patch.setattr(settings, name, False)
        yield


@pytest.fixture(autouse=True)
def _passwords_hash_quickly(settings: Any) -> None:
    """The real hasher takes a third of a second on purpose."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _cache_of_this_process(settings: Any) -> None:
    """Test processes share a Redis, and emptying its cache would empty the broker's queues too."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


@pytest.fixture
def loaded_seed(db: None) -> None:
    """The published figures, in the transaction of the test."""
    call_command("load_figures", stdout=StringIO())


@pytest.fixture
def seed_data(db: None) -> DataSet:
    """The published figures as plain values, read once per process."""
    return _seed_as_values()


@cache
def _seed_as_values() -> DataSet:
    """Not a session fixture: without a test that asks for ``db`` there is no test database to load into."""
    with transaction.atomic():
        call_command("load_figures", stdout=StringIO())
        data = load_data_set(Vantage(timezone.now(), Audience.INTERNAL))
        transaction.set_rollback(True)
    return data
