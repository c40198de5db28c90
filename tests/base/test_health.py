"""Health: live says the process answers, ready that it can work."""

import pytest
from django.db import DatabaseError

from monitor import health


def test_live_asks_nothing_of_the_database(client):
    assert client.get("/health/live").json() == {"status": "ok"}


@pytest.mark.django_db
def test_ready_when_database_and_broker_are(client):
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "database": "ok", "broker": "ok"})
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize("part", ["database", "broker"])
def test_not_ready_says_which_part(client, monkeypatch, part):
    monkeypatch.setattr(health, f"_{part}_ready", lambda: False)
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()[part] == "niet bereikbaar"


@pytest.mark.django_db
def test_a_database_error_is_not_ready(client, monkeypatch):
    class Broken:
        def __init__(self, connection):
            raise DatabaseError("weg")

    monkeypatch.setattr(health, "MigrationExecutor", Broken)
    assert client.get("/health/ready").json()["database"] == "niet bereikbaar"


@pytest.mark.django_db
def test_an_unreachable_redis_is_not_ready(client, monkeypatch, settings):
    from monitor.celery import app

    settings.REDIS_URL = "redis://127.0.0.1:1/0"

    def refused(**_):
        raise OSError("geweigerd")

    monkeypatch.setattr(app, "connection_for_write", refused)
    assert client.get("/health/ready").json()["broker"] == "niet bereikbaar"
