"""The catalogue of the seed files, and sheets made on the spot."""

import csv
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from indicators.core.sheet_names import Catalogue, KnownArea, KnownCategory, KnownIndicator
from monitor.base.tabular.reading_cells import CellValue, ReadSheet

SEEDS = Path(__file__).parents[3] / "indicators" / "seeds"


@cache
def seed_catalogue() -> Catalogue:
    names = {row["code"]: row["name"] for row in _rows("breakdowns")}
    return Catalogue(
        indicators={
            row["code"]: KnownIndicator(
                row["code"], row["name"], row["unit"], int(row["decimals"]), row["value_kind"],
                row["default_period_kind"],
            )
            for row in _rows("indicators")
        },
        areas={
            row["code"]: KnownArea(row["code"], row["name"], row["kind"], row["cbs_code"]) for row in _rows("areas")
        },
        categories=tuple(
            KnownCategory(row["breakdown"], names[row["breakdown"]], row["code"], row["name"])
            for row in _rows("categories")
        ),
    )  # fmt: skip


def _rows(name: str) -> list[dict[str, str]]:
    with (SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sheet_of(*rows: tuple[object, ...], name: str = "Blad1", **layout: object) -> ReadSheet:
    """A sheet; whole and broken numbers become what the reader makes of them."""
    return ReadSheet(name, tuple(tuple(_typed(value) for value in row) for row in rows), **layout)


def _typed(value: object) -> CellValue:
    if isinstance(value, bool) or value is None or isinstance(value, str | date | Decimal):
        return value
    return Decimal(str(value))
