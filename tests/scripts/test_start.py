"""``make start`` as a user has it: everything made, served, stopped cleanly; nothing doubled the second time."""

import os
import re
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = [pytest.mark.embedded, pytest.mark.documents, pytest.mark.browser, pytest.mark.xdist_group("start")]


class Started:
    """``scripts/start.py`` with folders of its own (one has a space in its name), without a terminal."""

    def __init__(self, home: Path) -> None:
        self.home, self.out, self.data = home, home / "uitvoer met spatie", home / "gegevens"
        self.log = home / "log.txt"
        self.environment = os.environ | {
            "MONITOR_DATA_DIR": str(self.data),
            "MONITOR_STATIC_ROOT": str(home / "static"),
            "DATABASE_URL": "postgres://nobody@127.0.0.1:1/must-not-be-used",
        }
        self.process: subprocess.Popen[bytes] | None = None

    def run(self, *options: str) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [sys.executable, "scripts/start.py", "--out", str(self.out), *options],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=self.log.open("wb"),
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def finish(self, *options: str) -> str:
        code = self.run(*options).wait(timeout=300)
        assert code == 0, self.log.read_text()
        return self.log.read_text()

    def serve(self) -> str:
        self.process = self.run()
        end = time.monotonic() + 120
        while "Stoppen:" not in self.log.read_text():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < end, self.log.read_text()
            time.sleep(0.2)
        return self.log.read_text()

    def counts(self) -> dict[str, int]:
        """The number of rows of every table that start fills."""
        tables = ["indicators_observation", "indicators_indicator", "base_user", "base_auditrecord"]
        with closing(sqlite3.connect(self.data / "monitor.sqlite3")) as connection:
            return {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Started]:
    started = Started(tmp_path_factory.mktemp("start"))
    started.finish("--no-serve")
    yield started
    if started.process and started.process.poll() is None:
        os.killpg(started.process.pid, signal.SIGKILL)


def children(process: "subprocess.Popen[bytes]") -> list[int]:
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process.pid)], capture_output=True, text=True)
    return [int(number) for number in listed.stdout.split()]


def test_the_three_reports_are_there_in_every_format(made):
    names = {path.name for path in made.out.iterdir() if not path.name.startswith(".")}
    reports = ("kerncijfers-politie", "werkvoorraad-zeden", "voortgang-ondermijning")
    assert names == {f"{name}.{suffix}" for name in reports for suffix in ("html", "pdf", "docx", "xlsx", "csv")}
    assert all(path.stat().st_size > 500 for path in made.out.iterdir() if not path.name.startswith("."))


def test_it_serves_on_a_free_port_and_stops_cleanly(made):
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            taken.bind(("127.0.0.1", 8000))
            taken.listen()
        except OSError:
            pass  # somebody else has it: just as taken
        told = made.serve()
    address = re.search(r"De monitor draait: (http://127\.0\.0\.1:(\d+)/)", told)
    assert address is not None
    assert address[2] != "8000"
    assert f"Poort 8000 is bezet; de monitor gebruikt poort {address[2]}." in told
    assert urllib.request.urlopen(address[1], timeout=10).status == 200
    assert re.search(r"redacteur +\S{12,}", told)
    assert stat.S_IMODE((made.data / "demo_accounts.txt").stat().st_mode) == 0o600
    begun = children(made.process)
    assert len(begun) == 2
    os.kill(made.process.pid, signal.SIGINT)
    assert made.process.wait(timeout=40) == 0
    assert [number for number in begun if Path(f"/proc/{number}").exists()] == []
    assert not (made.data / "start.pid").exists()


def test_a_second_time_nothing_is_made_again_or_doubled(made):
    counts = made.counts()
    times = {path: path.stat().st_mtime_ns for path in made.out.iterdir()}
    told = made.finish("--no-serve")
    assert "De rapporten zijn nog actueel." in told
    assert {path: path.stat().st_mtime_ns for path in made.out.iterdir()} == times
    assert counts["indicators_observation"] > 500
    assert made.counts() == counts


def test_a_missing_document_is_made_again(made):
    gone = made.out / "werkvoorraad-zeden.csv"
    bytes_before = gone.read_bytes()
    gone.unlink()
    made.finish("--no-serve")
    assert gone.read_bytes() == bytes_before


def test_stopping_what_does_not_run_is_no_error(made):
    assert "Er draait geen monitor" in made.finish("--stop")
