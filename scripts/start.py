"""``make start``, ``make reports`` and ``make stop``: fill the database, make the reports, serve until Ctrl-C.

Runs in the project's environment. Always embedded: a database that the environment names is left alone.
"""

import argparse
import contextlib
import hashlib
import io
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
FIRST_PORT, LAST_PORT = 8000, 8099
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
FORMATS = "html,pdf,docx,xlsx,csv"
REPORTS = {
    "kerncijfers-politie": "2025-2",
    "werkvoorraad-zeden": "2025-2",
    "voortgang-ondermijning": "2024-1",
}
# What a report is made of, apart from the data: when none of it changed, the files are still right.
SOURCES = ["monitor", "indicators", "commitments", "allocation", "reports", "templates", "uv.lock", "package-lock.json"]


def say(text: str = "") -> None:
    print(text, flush=True)


def set_environment() -> None:
    """Embedded and in demo mode, whatever the caller's shell has set."""
    for name in ("DATABASE_URL", "REDIS_URL", "DEBUG"):
        os.environ.pop(name, None)
    os.environ |= {"DJANGO_SETTINGS_MODULE": "monitor.settings", "MONITOR_DEMO": "1", "MONITOR_HTTPS": "0"}
    os.environ.setdefault("MONITOR_LOG_LEVEL", "WARNING")
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))


def prepare(out: Path) -> None:
    """Database, figures, accounts, static files and the three reports; each step leaves alone what is there already."""
    import django
    from django.core.management import call_command

    django.setup()
    say("De database wordt bijgewerkt.")
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    say("De cijfers worden geladen.")
    call_command("load_figures")
    call_command("load_areas")
    call_command("load_allocation")
    # Before the reports: new accounts stand in the audit trail, and its end tells whether the reports are up to date.
    call_command("demo_accounts", stdout=io.StringIO())
    make_reports(out)


def make_reports(out: Path) -> None:
    """The three reports, unless those in ``out`` were made of the same sources and data."""
    from django.core.management import call_command

    out.mkdir(parents=True, exist_ok=True)
    stamp = out / ".gemaakt-van"
    if stamp.is_file() and stamp.read_text() == fingerprint() and all(path.is_file() for path in documents(out)):
        say("De rapporten zijn nog actueel.")
        return
    stamp.unlink(missing_ok=True)
    for template, report_round in REPORTS.items():
        say(f"Het rapport {template} wordt gemaakt.")
        call_command("generate_report", template, "--round", report_round, "--out", str(out), "--formats", FORMATS)
    stamp.write_text(fingerprint())  # afterwards: making a report stands in the audit trail as well


def documents(out: Path) -> Iterator[Path]:
    """The files that the three reports leave in ``out``."""
    return (out / f"{template}.{suffix}" for template in REPORTS for suffix in FORMATS.split(","))


def fingerprint() -> str:
    """SHA-256 of the sources and of the end of the audit trail, which changes with every change of the data."""
    from monitor.base.queries.audit import audit_end

    digest = hashlib.sha256(f"{audit_end().digest} {REPORTS} {FORMATS}".encode())
    for name in SOURCES:
        path = ROOT / name
        for file in [path] if path.is_file() else sorted(path.rglob("*")):
            if file.is_file() and file.suffix != ".pyc":
                digest.update(f"{file.relative_to(ROOT)}\0".encode())
                digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def pid_file() -> Path:
    from django.conf import settings

    return Path(settings.DATA_DIR) / "start.pid"


def running() -> tuple[int, str] | None:
    """Process and address of a monitor that was started from this folder and is still there."""
    try:
        number, address = pid_file().read_text().split()
        command = Path(f"/proc/{number}/cmdline").read_bytes()
    except (OSError, ValueError):
        return None
    return (int(number), address) if b"start.py" in command else None


def open_port() -> socket.socket:
    """A listening socket on the first free port; handed to the web server, so that nobody can take it in between."""
    for port in range(FIRST_PORT, LAST_PORT + 1):
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except OSError:
            listener.close()
            continue
        listener.listen(128)
        if port != FIRST_PORT:
            say(f"Poort {FIRST_PORT} is bezet; de monitor gebruikt poort {port}.")
        return listener
    sys.exit(f"Alle poorten van {FIRST_PORT} tot en met {LAST_PORT} zijn bezet. Maak er een vrij en begin opnieuw.")


def start_processes(listener: socket.socket, logs: Path) -> dict[str, "subprocess.Popen[bytes]"]:
    """The web server (one process: its cache counts failed sign-ins) and one worker, each in a session of its own."""
    logs.mkdir(parents=True, exist_ok=True)
    web = ["-m", "gunicorn", "monitor.wsgi", f"--bind=fd://{listener.fileno()}", "--threads=8", "--timeout=60"]
    web.append("--no-control-socket")
    worker = ["-m", "celery", "-A", "monitor", "worker", "--pool=prefork", "--concurrency=1", "--loglevel=WARNING"]
    worker += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    commands = {"webserver": web, "worker": worker}
    return {
        name: subprocess.Popen(
            [sys.executable, *command],
            stdin=subprocess.DEVNULL,
            stdout=(logs / f"{name}.log").open("ab"),
            stderr=subprocess.STDOUT,
            pass_fds=(listener.fileno(),),
            start_new_session=True,  # Ctrl-C reaches us alone; we stop both in order
        )
        for name, command in commands.items()
    }


def wait_until_ready(address: str, seconds: float = 60) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}health/ready", timeout=5) as answer:
            return bool(answer.status == 200)
        time.sleep(0.2)
    return False


def stop_processes(processes: dict[str, "subprocess.Popen[bytes]"]) -> None:
    """Ask both to stop and wait; the worker first ends what it does, up to 20 seconds."""
    for number in STOP_SIGNALS:
        signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C leaves no process behind
    for process in processes.values():
        if process.poll() is None:
            process.terminate()
    end = time.monotonic() + 20
    for process in processes.values():
        try:
            process.wait(timeout=max(0.1, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def serve(out: Path) -> int:
    """Serve until a signal (0) or until one of the two processes ends by itself (1)."""
    from django.conf import settings
    from django.core.management import call_command

    if found := running():
        say(f"De monitor draait al: {found[1]} (stoppen: make stop).")
        return 0
    end_politely()
    logs = Path(settings.DATA_DIR) / "logs"
    processes: dict[str, subprocess.Popen[bytes]] = {}
    try:
        listener = open_port()
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        processes = start_processes(listener, logs)
        listener.close()
        pid_file().write_text(f"{os.getpid()} {address}")
        if not wait_until_ready(address):
            say(f"De monitor start niet. Kijk in {logs}.")
            return 1
        say(f"\nDe monitor draait: {address}\n\nDocumenten:")
        for document in documents(out):
            say(f"  {document}")
        say("\nDemo-accounts (naam en wachtwoord):")
        call_command("demo_accounts")
        say("\nStoppen: Ctrl-C, of make stop.")
        return watch(processes, logs)
    except KeyboardInterrupt:
        return 0
    finally:
        say("\nDe monitor stopt.")
        stop_processes(processes)
        pid_file().unlink(missing_ok=True)


def end_politely() -> None:
    """A polite end (make stop, a closed terminal) goes the way of Ctrl-C."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    for number in STOP_SIGNALS:
        signal.signal(number, interrupt)


def watch(processes: dict[str, "subprocess.Popen[bytes]"], logs: Path) -> int:
    while True:
        for name, process in processes.items():
            if process.poll() is not None:
                say(f"De {name} is gestopt (code {process.returncode}). Kijk in {logs / name}.log.")
                return 1
        time.sleep(0.5)


def stop_running() -> int:
    found = running()
    if found is None:
        say("Er draait geen monitor die vanuit deze map is gestart.")
        return 0
    os.kill(found[0], signal.SIGTERM)
    end = time.monotonic() + 30
    while time.monotonic() < end and Path(f"/proc/{found[0]}").exists():
        time.sleep(0.2)
    gone = not Path(f"/proc/{found[0]}").exists()
    say("De monitor is gestopt." if gone else "De monitor stopt nog; kijk over een minuut opnieuw.")
    return 0 if gone else 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--no-serve", action="store_true", help="rapporten maken en klaar")
    parser.add_argument("--stop", action="store_true", help="een draaiende monitor stoppen")
    parser.add_argument("--out", type=Path, default=ROOT / "out", help="map voor de rapporten")
    options = parser.parse_args()
    out = options.out.resolve()
    set_environment()
    if options.stop:
        return stop_running()
    from django.core.management.base import CommandError

    try:
        prepare(out)
        if options.no_serve:
            say("\nDocumenten:")
            for document in documents(out):
                say(f"  {document}")
            return 0
        return serve(out)
    except CommandError as error:
        say(str(error))
        return error.returncode if error.returncode > 1 else 2


if __name__ == "__main__":
    sys.exit(main())
