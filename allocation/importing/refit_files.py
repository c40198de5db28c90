"""From the files of a refit to what is fitted, and where each part came from."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from allocation.core.errors import AllocationError
from allocation.core.municipality_files import FileRefused
from allocation.core.refit_files import (
    NumberTable,
    Rows,
    complete_features,
    fit_data,
    read_categories,
    read_features,
    read_workloads,
    table_of,
)
from allocation.importing.municipality_files import read_only_sheet
from allocation.queries.feature_sets import load_set
from allocation.queries.refits import feature_categories
from allocation.queries.units import units_of_municipalities
from allocation.services.refits import NewRefit

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


@dataclass(frozen=True)
class RefitUpload:
    """What somebody offers for a refit: workloads with the oldest year first, and features from a set or a file."""

    name: str
    workloads: Sequence[Upload]
    feature_set: str = ""
    features: Upload | None = None
    categories: Upload | None = None
    workload_is_fictitious: bool = False
    features_are_fictitious: bool = False
    leave_out_incomplete: bool = False


def plan_refit(upload: RefitUpload) -> NewRefit:
    """Read all files into what can be ordered. Raises :class:`MonitorError` with what is wrong and where."""
    years = read_workload_files(upload.workloads)
    fictitious = ["werklast"] if upload.workload_is_fictitious else []
    files = [*upload.workloads, *(one for one in (upload.features, upload.categories) if one)]
    sources = [one.origin for one in files]
    pk = None
    if upload.features is not None:
        table = read_feature_file(upload.features)
        units = dict(table.units) or units_of_municipalities(date.today().year)
        fictitious += ["kenmerken"] if upload.features_are_fictitious else []
    else:
        data = load_set(upload.feature_set)
        complete = complete_features(data.municipalities, data.features)
        used = complete if upload.leave_out_incomplete else data.features
        table = table_of(data.municipalities, used)
        units = dict(table.units)
        fictitious += [feature for feature in data.fictitious if feature in used]
        left_out = ", ".join(feature for feature in data.features if feature not in used)
        sources.append({"kenmerkenset": data.name, "sha256": data.digest, "weggelaten": left_out})
        pk = data.pk
    categories = read_category_file(upload.categories) if upload.categories else feature_categories()
    return NewRefit(upload.name, fit_data(years, table, categories), sources, units, pk, fictitious)
