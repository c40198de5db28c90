"""From the files of a refit to what is fitted, and where each part came from."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from allocation.core.errors import AllocationError
from allocation.core.municipality_files import FileRefused
from allocation.core.refit_files import NumberTable, Rows, read_categories, read_features, read_workloads
from allocation.importing.municipality_files import read_only_sheet

Table = TypeVar("Table")


@dataclass(frozen=True)
class Upload:
    """A file as it came in."""

    name: str
    content: bytes

    @property
    def origin(self) -> dict[str, str]:
        """What is kept of it: its name and SHA-256."""
        return {"bestand": self.name, "sha256": hashlib.sha256(self.content).hexdigest()}


def read_workload_files(files: Sequence[Upload]) -> list[NumberTable]:
    """One year, or three with the oldest first. Raises :class:`MonitorError` that names the file."""
    if len(files) not in (1, 3):
        raise AllocationError(
            f"Er zijn {len(files)} bestanden met werklast. Geef er één, of drie: van elk jaar één, het oudste eerst."
        )
    return [_named(file, lambda rows, point: read_workloads(rows, point_is_decimal=point)) for file in files]


def read_feature_file(file: Upload) -> NumberTable:
    return _named(file, lambda rows, point: read_features(rows, point_is_decimal=point))


def read_category_file(file: Upload) -> dict[str, str]:
    return _named(file, lambda rows, _: read_categories(rows))


def _named(file: Upload, read: Callable[[Rows, bool], Table]) -> Table:
    """Read the one sheet of a file; what is wrong with it starts with the name of the file."""
    rows, point_is_decimal = read_only_sheet(file.name, file.content)
    try:
        return read(rows, point_is_decimal)
    except FileRefused as refused:
        raise AllocationError(f"Bestand ‘{file.name}’. {refused.message}") from refused
