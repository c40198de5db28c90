"""What the bytes of a document depend on besides its content: our code, packages, fonts and programs."""

import hashlib
import subprocess
from functools import cache
from importlib.metadata import version
from pathlib import Path

from monitor.base.images.tools import find_browser
from reports.rendering.docx import reference_document

_ROOT = Path(__file__).resolve().parents[2]
_SOURCES = ("reports/rendering", "reports/core", "indicators/charts", "indicators/core", "templates/documents")
_PACKAGES = ("weasyprint", "pikepdf", "kaleido", "plotly", "pypandoc-binary", "python-docx", "xlsxwriter", "django")


@cache
def toolchain_fingerprint() -> str:
    """SHA-256 over all of it; read once per process."""
    digest = hashlib.sha256()
    for folder in _SOURCES:
        for path in sorted((_ROOT / folder).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(path.relative_to(_ROOT).as_posix().encode())
                digest.update(path.read_bytes())
    for package in _PACKAGES:
        digest.update(f"{package}={version(package)}".encode())
    digest.update(reference_document().read_bytes())
    digest.update(_output(["fc-list", "--format", "%{family}|%{style}|%{fontversion}\n"]))
    digest.update(_output([find_browser() or "chromium", "--version"]))
    return digest.hexdigest()


def _output(command: list[str]) -> bytes:
    """What a program says of itself, lines sorted; nothing when it is not there (its work then fails by itself)."""
    try:
        answer = subprocess.run(command, capture_output=True, check=False, timeout=30)  # noqa: S603 (fixed commands)
    except OSError:
        return b""
    return b"\n".join(sorted(answer.stdout.splitlines()))
