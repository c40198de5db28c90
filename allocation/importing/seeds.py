"""The project's own files: the published model, its features, the old key, and the open figures of 2024."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from allocation.core.errors import AllocationError
from allocation.core.features import FeatureInfo, Merging, Plausible
from allocation.core.model import Model, Standing

SEED_FOLDER = Path(__file__).resolve().parent.parent / "seeds"
MUNICIPALITIES = "municipalities-2024.csv"
EXERCISE = "exercise-2024.csv"
PUBLISHED_MODEL = "sterktemodel-2025"


@dataclass(frozen=True)
class SeedFile:
    """The rows of one file, with its name for messages."""

    name: str
    rows: tuple[Mapping[str, str], ...]


def read_seed(name: str, folder: Path = SEED_FOLDER) -> SeedFile:
    """Raises :class:`AllocationError` when the file is not there or not text."""
    try:
        text = (folder / f"{name}.csv").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise AllocationError(f"Bestand ‘{folder / name}.csv’ is niet te lezen. Er is niets geladen.") from error
    return SeedFile(name, tuple(csv.DictReader(text.splitlines(keepends=True), strict=True)))


def seed_features(folder: Path = SEED_FOLDER) -> dict[str, FeatureInfo]:
    """The features by code, in the order of the model."""
    return {row["code"]: feature_of(row) for row in read_seed("features", folder).rows}


def feature_of(row: Mapping[str, str]) -> FeatureInfo:
    low, high = row["plausible_low"], row["plausible_high"]
    return FeatureInfo(
        code=row["code"],
        name=row["name"],
        unit=row["unit"],
        category=row["category"],
        merging=Merging(row["merging"]),
        plausible=Plausible(Decimal(low), Decimal(high)) if low else None,
    )


def seed_model(code: str, folder: Path = SEED_FOLDER) -> Model | None:
    """A published model by code or name; None when there is none."""
    for row in read_seed("models", folder).rows:
        if code in (row["code"], row["name"]):
            weights = {
                line["feature"]: Decimal(line["weight"])
                for line in read_seed("weights", folder).rows
                if line["model"] == row["code"]
            }
            return Model(row["code"], row["name"], Standing(row["standing"]), weights, Decimal(row["reference_fte"]))
    return None
