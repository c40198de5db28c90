"""``scripts/prepare.sh`` on a machine that lacks something: one clear message, and nothing is touched."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ["sh", "dirname", "cat", "grep", "sed", "tr", "head", "cut", "sha256sum", "env", "ldconfig"]
TOOLS += ["chromium", "fc-list", "node", "npm"]


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A folder of programs: all that is needed but rsvg-convert, for somebody who is not root and has no sudo."""
    for name in TOOLS:
        if found := shutil.which(name, path="/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"):
            (tmp_path / name).symlink_to(found)
    (tmp_path / "python3").symlink_to(Path(sys.executable).resolve())
    program(tmp_path, "id", "echo 1000")
    program(tmp_path, "apt-get", "exit 1")
    return tmp_path


def program(machine: Path, name: str, line: str) -> None:
    (machine / name).unlink(missing_ok=True)
    (machine / name).write_text(f"#!/bin/sh\n{line}\n")
    (machine / name).chmod(0o755)


def prepare(machine: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    done = subprocess.run(
        ["/bin/bash", str(ROOT / "scripts/prepare.sh"), *options],
        env={"PATH": str(machine), "HOME": str(machine)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 2, done.stdout + done.stderr
    return done


def test_who_may_not_install_gets_the_line_to_run(machine):
    line = prepare(machine).stderr.strip().splitlines()[-1]
    assert line.strip().startswith("sudo apt-get update && sudo apt-get install -y --no-install-recommends")
    assert "librsvg2-bin" in line


def test_the_tests_ask_for_more_than_running_does(machine):
    assert "libreoffice-writer" not in prepare(machine).stderr
    assert "libreoffice-writer" in prepare(machine, "--development").stderr


def test_without_apt_the_programs_are_named(machine):
    (machine / "apt-get").unlink()
    assert "Deze programma's ontbreken:" in prepare(machine).stderr


def test_a_python_that_is_too_old_is_told(machine):
    program(machine, "python3", "exit 1")
    assert "Python 3.11 of nieuwer ontbreekt" in prepare(machine).stderr


def test_sudo_that_asks_for_a_password_is_not_used(machine):
    program(machine, "sudo", "exit 1")
    assert "sudo apt-get install" in prepare(machine).stderr
