"""A small installation for tests with real processes: its own database and broker, and workers to start and kill."""

import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

ROOT = Path(__file__).resolve().parents[2]
WORKER_OPTIONS = ["--pool=prefork", "--concurrency=1", "--loglevel=INFO"]
WORKER_OPTIONS += ["--without-gossip", "--without-mingle", "--without-heartbeat"]


@dataclass
class Installation:
    """Settings by environment; ``database_url`` empty means SQLite in ``data_dir``."""

    data_dir: Path
    database_url: str = ""
    environment: dict[str, str] = field(default_factory=dict)
    workers: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    @property
    def env(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
        return inherited | {
            "DJANGO_SETTINGS_MODULE": "tests.services.worker_settings",
            "PYTHONPATH": str(ROOT),
            "MONITOR_DATA_DIR": str(self.data_dir),
            "MONITOR_JOB_LEASE_SECONDS": "2",
            "MONITOR_JOB_SWEEP_SECONDS": "0.5",
            "MONITOR_DEMO": "1",
            **self.environment,
        }

    def python(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments], env=self.env, cwd=ROOT, capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def at_once(self, *calls: tuple[str, str]) -> list[str]:
        """What several processes answer that ask at the same time, each a verb of ``ask`` with its argument."""
        begun = [
            subprocess.Popen(
                [sys.executable, "-m", "tests.services.ask", *call],
                env=self.env,
                cwd=ROOT,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            for call in calls
        ]
        answers = [process.communicate(timeout=120) for process in begun]
        for process, (_, error) in zip(begun, answers, strict=True):
            assert process.returncode == 0, error
        return [output.strip() for output, _ in answers]

    def submit(self, *, nudged: bool = True, **parameters: Any) -> int:
        verb = "submit" if nudged else "submit_unsent"
        return int(self.python("-m", "tests.services.ask", verb, json.dumps(parameters)))

    def cancel(self, job_id: int) -> str:
        return self.python("-m", "tests.services.ask", "cancel", str(job_id))

    def start_worker(self) -> "subprocess.Popen[bytes]":
        log = (self.data_dir / f"worker-{len(self.workers)}.log").open("wb")
        worker = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "monitor", "worker", *WORKER_OPTIONS],
            env=self.env,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        self.workers.append(worker)
        return worker

    def kill(self, worker: "subprocess.Popen[bytes]") -> None:
        """kill -9 of the worker and of the process that does its work."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()

    def stop(self) -> None:
        for worker in self.workers:
            self.kill(worker)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        if self.database_url:
            with psycopg.connect(self.database_url) as connection:
                return connection.execute(sql).fetchall()
        with contextlib.closing(sqlite3.connect(self.data_dir / "monitor.sqlite3", timeout=20)) as connection:
            return connection.execute(sql).fetchall()

    def job(self, job_id: int) -> dict[str, Any]:
        columns = ["state", "phase", "done", "attempts", "fence", "error", "result"]
        row = self.rows(f"SELECT {', '.join(columns)} FROM base_job WHERE id = {job_id}")[0]
        job = dict(zip(columns, row, strict=True))
        return job | {"result": json.loads(job["result"]) if isinstance(job["result"], str) else job["result"]}

    def effects(self) -> list[str]:
        return [
            name for (name,) in self.rows("SELECT username FROM base_user WHERE username LIKE 'effect-%' ORDER BY 1")
        ]

    def wait_for(self, job_id: int, seconds: float = 60, done: int = 0, **wanted: Any) -> dict[str, Any]:
        """The job once it has the wanted values and at least ``done`` steps; else AssertionError with the logs."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            job = self.job(job_id)
            if job["done"] >= done and all(job[name] == value for name, value in wanted.items()):
                return job
            time.sleep(0.05)
        logs = "\n".join(path.read_text()[-3000:] for path in sorted(self.data_dir.glob("worker-*.log")))
        raise AssertionError(f"no {wanted} within {seconds} s: {job}\n{logs}")
