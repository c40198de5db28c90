"""The arithmetic of the audit chain: a canonical text of rows and of a record, and their SHA-256."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

GENESIS = "0" * 64  # what the first record of the chain names as its predecessor


class AuditOutcome(StrEnum):
    """Whether the act was done or refused."""

    GEDAAN = "gedaan"
    GEWEIGERD = "geweigerd"


@dataclass(frozen=True)
class AuditEntry:
    """All that a record says: the digest of the chain covers every field."""

    number: int
    moment: datetime
    actor: str
    act: str
    subject: str
    outcome: AuditOutcome
    counts: Mapping[str, int]
    rows_digest: str
    detail: Mapping[str, Any]


def canonical_text(value: Any) -> str:
    """JSON in one spelling: sorted keys, no spaces; decimals without trailing zeros, moments in UTC.

    Raises TypeError for a value that has no agreed spelling (a float, for one).
    """
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def rows_digest(rows: Iterable[Mapping[str, Any]]) -> str:
    """SHA-256 (hex) over rows in the order given, one canonical line per row."""
    digest = hashlib.sha256()
    for row in rows:
        digest.update(canonical_text(row).encode())
        digest.update(b"\n")
    return digest.hexdigest()


def chain_digest(previous: str, entry: AuditEntry) -> str:
    """SHA-256 (hex) of the predecessor's digest followed by the canonical text of ``entry``."""
    return hashlib.sha256(f"{previous}\n{canonical_text(asdict(entry))}".encode()).hexdigest()


def _plain(value: Any) -> Any:
    match value:
        case None | bool() | int() | str():
            return str(value) if isinstance(value, StrEnum) else value
        case Decimal():
            return f"{value.normalize() + 0:f}"
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date():
            return value.isoformat()
        case Mapping():
            return {str(key): _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
        case _:
            raise TypeError(f"{type(value).__name__} has no canonical spelling")
