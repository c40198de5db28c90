"""The published model, the open figures and the exercise set, loaded once in the transaction of a test."""

import csv
from io import StringIO

import pytest
from django.core.management import call_command

from indicators.core.access import Worker
from indicators.importing.seed_files import SEED_FOLDER
from indicators.models import Area
from indicators.queries.workers import worker_of
from monitor.base.core.roles import Role
from monitor.base.models import RoleAssignment, User


def load_units() -> None:
    """The country and its police units as the figures bring them; the figures themselves are not needed here."""
    rows = [row for row in csv.DictReader((SEED_FOLDER / "areas.csv").open()) if row["kind"] in ("land", "eenheid")]
    Area.objects.bulk_create(
        Area(code=row["code"], kind=row["kind"], name=row["name"], order=int(row["order"])) for row in rows
    )


@pytest.fixture
def loaded(db: None) -> None:
    """Areas, features, the model of 2025, the decree and the open figures: what is shown after the start command."""
    load_units()
    call_command("load_areas", stdout=StringIO())
    call_command("load_allocation", stdout=StringIO())


@pytest.fixture
def exercise(loaded: None) -> None:
    """The set with invented features beside it."""
    call_command("load_allocation", exercise=True, stdout=StringIO())


def person(name: str, *roles: Role) -> User:
    user = User.objects.create_user(name, password="niet-te-raden-12")
    RoleAssignment.objects.bulk_create(RoleAssignment(user=user, role=role) for role in roles)
    return user


@pytest.fixture
def analyst(db: None) -> Worker:
    return worker_of(person("rekenaar", Role.REKENAAR))
