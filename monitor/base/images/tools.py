"""Are the browser, the fonts and the converter there? Asked before work starts, so that nothing is left half made."""

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

from django.conf import settings

from monitor.base.core.errors import ToolMissing

FONT = "Noto Sans"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def find_browser() -> str | None:
    """The browser named by BROWSER_PATH, or the first Chromium or Chrome on the path."""
    if named := os.environ.get("BROWSER_PATH"):
        return named if Path(named).is_file() else None
    return next((found for name in _BROWSERS if (found := shutil.which(name))), None)


def plotly_bundle() -> Path:
    """The Plotly file that both the pages and the documents use."""
    return Path(settings.PLOTLY_BUNDLE)


@cache
def _font_family(family: str) -> str:
    """The family fontconfig gives when asked for ``family``; the same name when it is installed, else a substitute."""
    try:
        answer = subprocess.run(  # noqa: S603 (fixed command, no shell)
            ["fc-match", "--format=%{family}", family],  # noqa: S607 (found on the path on every distribution)
            capture_output=True, text=True, timeout=20, check=True,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return ""
    return answer.stdout


def check_tools() -> list[str]:
    """Dutch sentences about everything that documents need and that is not there; empty when all is well."""
    missing = []
    if find_browser() is None:
        missing.append(
            "De browser Chromium ontbreekt; grafieken kunnen niet worden gemaakt."
            " Installeer hem met ‘apt-get install chromium’ of wijs hem aan met BROWSER_PATH."
        )
    if shutil.which("rsvg-convert") is None:
        missing.append(
            "Het programma rsvg-convert ontbreekt; afbeeldingen voor Word kunnen niet worden gemaakt."
            " Installeer het met ‘apt-get install librsvg2-bin’."
        )
    if FONT not in _font_family(FONT):
        missing.append(
            f"Het lettertype {FONT} ontbreekt; documenten zouden er anders uitzien."
            " Installeer het met ‘apt-get install fonts-noto-core’."
        )
    if not plotly_bundle().is_file():
        missing.append(
            f"Het bestand {plotly_bundle().name} voor de grafieken ontbreekt."
            " Haal de bestanden voor de schermen op met ‘make start’."
        )
    return missing


def require_tools() -> None:
    """Raise :class:`ToolMissing` with every missing tool in one message."""
    if missing := check_tools():
        raise ToolMissing(" ".join(missing))
