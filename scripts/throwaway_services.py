"""PostgreSQL and Redis for the length of a test run: those that are given, or new ones on free ports."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg


@contextmanager
def services() -> Iterator[dict[str, str] | None]:
    """DATABASE_URL and REDIS_URL of services that can be used; None when a program is missing."""
    given = {name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL") if os.environ.get(name)}
    if len(given) < 2 and not ((_postgresql() or "DATABASE_URL" in given) and (_redis() or "REDIS_URL" in given)):
        yield None
        return
    with ExitStack() as stack:
        if "DATABASE_URL" not in given:
            given["DATABASE_URL"] = stack.enter_context(_temporary_postgresql())
        if "REDIS_URL" not in given:
            given["REDIS_URL"] = stack.enter_context(_temporary_redis())
        yield given


def _postgresql() -> Path | None:
    """The folder with initdb and postgres; Debian keeps them off the path, one folder per version."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    return versions[-1].parent if versions else None


def _redis() -> str | None:
    return shutil.which("redis-server")


def _owner() -> str | None:
    """Who must run PostgreSQL: it refuses root, so then another user that exists here."""
    if os.getuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    return None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _until(ready: Callable[[], bool], what: str, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > end:
            raise SystemExit(f"{what} start niet binnen {seconds:.0f} seconden.")
        time.sleep(0.1)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _accepts(url: str) -> bool:
    try:
        psycopg.connect(url + "postgres", connect_timeout=2).close()
    except psycopg.OperationalError:  # still starting
        return False
    return True


@contextmanager
def _temporary_postgresql() -> Iterator[str]:
    programs, owner, port = _postgresql(), _owner(), _free_port()
    assert programs is not None
    with tempfile.TemporaryDirectory(prefix="monitor-pg-", ignore_cleanup_errors=True) as folder:
        if owner:
            shutil.chown(folder, owner)
        data, log = Path(folder) / "data", (Path(folder) / "log").open("wb")
        url = f"postgres://postgres@127.0.0.1:{port}/"
        identity = {"user": owner, "group": pwd.getpwnam(owner).pw_gid, "extra_groups": []} if owner else {}
        initdb = [
            str(programs / "initdb"),
            "-D",
            str(data),
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "-N",
        ]
        subprocess.run(initdb, check=True, stdout=log, stderr=log, cwd=folder, **identity)  # type: ignore[call-overload]
        command = [str(programs / "postgres"), "-D", str(data), "-p", str(port), "-k", folder]
        for setting in ("listen_addresses=127.0.0.1", "fsync=off", "full_page_writes=off", "max_connections=60"):
            command += ["-c", setting]
        server = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, **identity)  # type: ignore[call-overload]
        try:
            _until(lambda: _accepts(url), "PostgreSQL")
            yield url + "monitor"
        finally:
            server.send_signal(2)  # SIGINT: PostgreSQL's fast shutdown
            server.wait(timeout=30)


@contextmanager
def _temporary_redis() -> Iterator[str]:
    port = _free_port()
    with tempfile.TemporaryDirectory(prefix="monitor-redis-") as folder:
        command = [_redis() or "redis-server", "--port", str(port), "--bind", "127.0.0.1", "--dir", folder]
        server = subprocess.Popen([*command, "--save", "", "--appendonly", "no"], stdout=subprocess.DEVNULL)
        try:
            _until(lambda: _listens(port), "Redis")
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            server.terminate()
            server.wait(timeout=30)
