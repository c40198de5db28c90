"""A table of an open-data service: its description and its cells, the same for both versions of the service."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from indicators.core.enumerations import Status


class Service(StrEnum):
    """The versions of the service: one observation per row (v4), or one row per combination of keys (v3)."""

    V4 = "v4"
    V3 = "v3"


TABLE_NAME = re.compile(r"^[0-9A-Za-z]{3,20}$")


@dataclass(frozen=True)
class Code:
    """A key of a dimension. ``raw`` keeps the spaces that v3 pads it with: filters ask for them."""

    key: str
    title: str
    raw: str = ""
    status: Status | None = None


@dataclass(frozen=True)
class Dimension:
    """What the table is broken down by; ``is_time`` and ``is_place`` as the service says."""

    key: str
    title: str
    is_time: bool = False
    is_place: bool = False


@dataclass(frozen=True)
class Measure:
    """What is counted. ``name`` is the key without the number that v3 puts behind it, which changes by edition."""

    key: str
    name: str
    title: str
    unit: str = ""
    decimals: int = 0
    group: str = ""  # the titles of the groups above it: “Bevolking / Geslacht”


@dataclass(frozen=True)
class TableInfo:
    """Which table, and which edition of it: ``edition`` changes whenever anything in the table does."""

    service: Service
    table: str
    title: str
    edition: str
    modified: str
    row_count: int | None = None
    publisher: str = "CBS"
    licence: str = ""


@dataclass(frozen=True)
class TableDescription:
    """Everything about a table but its cells."""

    info: TableInfo
    dimensions: tuple[Dimension, ...]
    measures: tuple[Measure, ...]
    codes: Mapping[str, Mapping[str, Code]]  # by dimension, by key without spaces

    @property
    def dimension_keys(self) -> tuple[str, ...]:
        return tuple(dimension.key for dimension in self.dimensions)

    def code(self, dimension: str, key: str) -> Code | None:
        return self.codes.get(dimension, {}).get(key)


@dataclass(frozen=True)
class TableCell:
    """One value with its keys. Without a number ``missing`` says in the words of the service why."""

    record: int
    measure: str
    keys: tuple[tuple[str, str], ...]  # (dimension, key), in the order of the table
    number: Decimal | None
    missing: str = ""

    def place(self, table: str) -> str:
        """“tabel 83625NED, sleutel M001534 GM0014 2024JJ00”."""
        return f"tabel {table}, sleutel {' '.join((self.measure, *(key for _, key in self.keys)))}"


@dataclass(frozen=True)
class Page:
    """Part of the cells; ``records`` are the numbers of the rows as the service counts them, each once."""

    cells: tuple[TableCell, ...]
    records: tuple[int, ...]
    next_address: str = ""


_STARS = re.compile(r"(\*+)\s*$")


def provisional_status(status: str, title: str, description: str = "") -> Status | None:
    """How final a period is: its status field, the stars behind its title, or the words in it; None: not said."""
    for text in (status, title, description):
        words = re.sub(r"[\s-]", "", text.casefold())
        if "nadervoorlopig" in words:
            return Status.REVISED_PROVISIONAL
        if "voorlopig" in words:
            return Status.PROVISIONAL
        if "definitief" in words or "definitieve" in words:
            return Status.FINAL
        if stars := _STARS.search(text):
            return Status.PROVISIONAL if len(stars[1]) == 1 else Status.REVISED_PROVISIONAL
    return None
