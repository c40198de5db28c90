"""Secrets that an embedded installation makes for itself."""

import os
import secrets
from pathlib import Path


def read_or_create_secret(path: Path, *, length: int = 50) -> str:
    """Return the secret kept in ``path``; make it once, readable by its owner only (0600), when it is not there."""
    try:
        return path.read_text(encoding="ascii")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    fresh = secrets.token_urlsafe(length)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process was first
        return path.read_text(encoding="ascii")
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(fresh)
    return fresh
