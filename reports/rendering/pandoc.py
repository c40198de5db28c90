"""Calling pandoc: without network, under one locale and one clock, whatever those of the machine are."""

import os
import subprocess
from collections.abc import Sequence
from datetime import UTC, date, datetime, time

import pypandoc

from monitor.base.core.errors import RenderingFailed, ToolMissing

_TIMEOUT_SECONDS = 120


def run_pandoc(arguments: Sequence[str], *, source: str = "", day: date = date(2000, 1, 1)) -> bytes:
    """What pandoc writes to its output. ``day`` becomes the date inside the file."""
    moment = int(datetime.combine(day, time(12), tzinfo=UTC).timestamp())
    environment = {
        "PATH": os.environ.get("PATH", ""), "HOME": os.environ.get("HOME", "/"), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8",
        "TZ": "UTC", "SOURCE_DATE_EPOCH": str(moment),
    }  # fmt: skip
    try:
        done = subprocess.run(  # noqa: S603 (fixed program, arguments of our own)
            [pypandoc.get_pandoc_path(), *arguments],
            input=source.encode(), capture_output=True, env=environment, timeout=_TIMEOUT_SECONDS, check=True,
        )  # fmt: skip
    except OSError as error:
        raise ToolMissing("Het programma pandoc ontbreekt; Word-documenten kunnen niet worden gemaakt.") from error
    except subprocess.SubprocessError as error:
        raise RenderingFailed("Het Word-document kon niet worden gemaakt.") from error
    return done.stdout
