"""Installations for the tests with a real worker: embedded always, with services when they are given."""

import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from tests.services.installation import Installation

# Tables that refer to people, those that refer to the others first.
_OF_PEOPLE = tuple(
    f"allocation_{name}"
    for name in ("shareintervals", "refitresult", "refitorder", "modelweight", "modelcluster", "modelversion")
)


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite database with every table, made once and copied for each test."""
    home = tmp_path_factory.mktemp("migrated")
    Installation(home).python("manage.py", "migrate", "--verbosity=0")
    return home / "monitor.sqlite3"


@pytest.fixture(scope="session")
def migrated_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a PostgreSQL database of our own beside the one that was given."""
    given = os.environ["DATABASE_URL"]
    name = f"monitor_worker_{secrets.token_hex(4)}"
    with psycopg.connect(given.rsplit("/", 1)[0] + "/postgres", autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        url = given.rsplit("/", 1)[0] + "/" + name
        home = tmp_path_factory.mktemp("migrated-server")
        with_key = {"DATABASE_URL": url, "SECRET_KEY": "alleen-voor-deze-proef"}
        Installation(home, database_url=url, environment=with_key).python("manage.py", "migrate", "--verbosity=0")
        yield url
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(
    params=[pytest.param("ingebed", marks=pytest.mark.embedded), pytest.param("diensten", marks=pytest.mark.services)]
)
def installation(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    """An installation with an empty, migrated database; its workers are killed at the end."""
    if request.param == "ingebed":
        home = tmp_path / "map met spatie"
        home.mkdir()
        shutil.copy(request.getfixturevalue("migrated_file"), home / "monitor.sqlite3")
        one = Installation(home)
    else:
        url = request.getfixturevalue("migrated_server")
        services = {
            "DATABASE_URL": url,
            "REDIS_URL": os.environ["REDIS_URL"],
            "SECRET_KEY": "alleen-voor-deze-proef",
            "MONITOR_QUEUE": f"proef-{secrets.token_hex(4)}",
        }
        one = Installation(tmp_path, database_url=url, environment=services)
        with psycopg.connect(url, autocommit=True) as connection:
            for table in (*_OF_PEOPLE, "base_job", "base_auditrecord", "base_audithead", "base_user"):
                connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
                connection.execute(f"DELETE FROM {table}")
                connection.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    yield one
    one.stop()
