"""``make test``: throw-away services work, and a service test that was skipped fails where services are required."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
import redis

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

import throwaway_services  # noqa: E402

SKIPS = """
import pytest

@pytest.mark.services
def test_that_skips():
    pytest.skip("geen zin")
"""


def run_pytest(folder: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    (folder / "test_skips.py").write_text(SKIPS)
    command = [sys.executable, "-m", "pytest", "-q", "-c", str(ROOT / "pyproject.toml"), "-p", "tests.service_rule"]
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DATABASE_URL", "REDIS_URL", "MONITOR_REQUIRE_SERVICES") and not name.startswith("PYTEST_")
    }
    return subprocess.run(
        [*command, str(folder)], cwd=ROOT, env=inherited | environment, capture_output=True, text=True
    )


def test_a_skipped_service_test_is_told_and_no_failure_on_a_desk(tmp_path):
    done = run_pytest(tmp_path)
    assert done.returncode == 0, done.stdout
    assert "1 skipped" in done.stdout
    assert "DATABASE_URL" in done.stdout


def test_a_skipped_service_test_fails_where_services_are_required(tmp_path):
    done = run_pytest(tmp_path, MONITOR_REQUIRE_SERVICES="1")
    assert done.returncode == 1, done.stdout
    assert "MONITOR_REQUIRE_SERVICES=1" in done.stdout


def test_given_services_are_used_and_nothing_is_started(monkeypatch):
    given = {"DATABASE_URL": "postgres://a@b/c", "REDIS_URL": "redis://d"}
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with throwaway_services.services() as found:
        assert found == given


def test_without_programs_there_are_no_services(monkeypatch):
    for name in ("DATABASE_URL", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(throwaway_services, "_redis", lambda: None)
    with throwaway_services.services() as found:
        assert found is None


def test_throwaway_services_work_and_leave_nothing(monkeypatch):
    for name in ("DATABASE_URL", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    with throwaway_services.services() as found:
        if found is None:
            pytest.skip("PostgreSQL or Redis is not installed here")
        address = found["DATABASE_URL"].rsplit("/", 1)[0] + "/postgres"
        with psycopg.connect(address) as connection:
            assert connection.execute("SHOW server_encoding").fetchone() == ("UTF8",)
        assert redis.Redis.from_url(found["REDIS_URL"]).ping()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(address, connect_timeout=2)
