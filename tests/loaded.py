"""The real figures, loaded once for all tests of a module and taken away after them."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from indicators.importing.figures import apply_load, plan_load
from indicators.importing.seed_files import read_seed_files


@pytest.fixture(scope="module")
def loaded_figures(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Ordinary tests run in a savepoint within this one transaction, so they may change what they like."""
    with django_db_blocker.unblock(), transaction.atomic():
        apply_load(plan_load(read_seed_files()))
        yield
        transaction.set_rollback(True)


@pytest.fixture
def figures(loaded_figures, db) -> None:
    """The figures are there."""
