"""Files that are kept: requests that went out and deliveries that came in, outside the web, readable by us alone."""

import contextlib
import hashlib
import os
import tempfile
from pathlib import Path

from monitor.base.core.errors import MonitorError


class KeptFileMissing(MonitorError):
    """A file that should be there is not, or is not the file that was kept."""


def keep_file(folder: Path, name: str, content: bytes) -> Path:
    """Write a file whole or not at all: next to its place, flushed to the disk, and only then given its name.

    A file of that name that is there already with the same content is left alone.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    target = folder / name
    if target.exists() and target.read_bytes() == content:
        return target
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=".half-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise
    _flush_folder(folder)
    return target


def keep_copy(folder: Path, source: Path, suffix: str) -> tuple[str, int, str]:
    """Copy a file of any size into ``folder`` under its checksum; returns its name there, its size and its SHA-256."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=".half-")
    try:
        with os.fdopen(handle, "wb") as stream, source.open("rb") as original:
            while part := original.read(2**20):
                digest.update(part)
                size += len(part)
                stream.write(part)
            stream.flush()
            os.fsync(stream.fileno())
        name = f"{digest.hexdigest()}{suffix}"
        Path(temporary).replace(folder / name)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise
    _flush_folder(folder)
    return name, size, digest.hexdigest()


def _flush_folder(folder: Path) -> None:
    """The name is in the folder, and the folder on the disk too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_kept_file(folder: Path, name: str, *, sha256: str = "") -> bytes:
    """A kept file, held against its checksum. Raises :class:`KeptFileMissing`."""
    try:
        content = (folder / Path(name).name).read_bytes()
    except OSError as error:
        raise KeptFileMissing(f"Het bestand {name} is niet meer aanwezig. Vraag een beheerder om hulp.") from error
    if sha256 and hashlib.sha256(content).hexdigest() != sha256:
        raise KeptFileMissing(f"Het bestand {name} is niet meer zoals het binnenkwam. Vraag een beheerder om hulp.")
    return content
