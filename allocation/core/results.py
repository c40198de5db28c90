"""A run as plain data: for JSON, and for keeping. Decimals keep every digit."""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from allocation.core.model import Outcome

FICTITIOUS_MARK = "FICTIEF"
PARTIAL_MARK = "GEDEELTELIJK"


def result_of(outcome: Outcome, fictitious: Sequence[str]) -> dict[str, Any]:
    """The outcome with Decimals in it; ``fte`` of a unit is None in a partial run.

    ``raw_total`` is to be read beside the strength the weights are for. ``share`` of the units adds up to 1.
    """
    marks = [FICTITIOUS_MARK] * bool(fictitious) + [PARTIAL_MARK] * outcome.partial
    return {
        "model": outcome.model.code,
        "total_fte": outcome.order.fte,
        "raw_total": outcome.raw_total,
        "reference_fte": outcome.model.reference_fte,
        "fictitious": bool(fictitious),
        "fictitious_features": list(fictitious),
        "partial": outcome.partial,
        "missing_features": sorted(outcome.missing),
        "marks": marks,
        "units": [
            {"unit": one.unit, "raw": one.raw, "share": one.share, "fte": one.fte, "specific": one.specific}
            for one in outcome.units
        ],
        "municipalities": [{"code": one.code, "unit": one.unit, "raw": raw} for one, raw in outcome.municipalities],
    }


def to_json(value: Any, indent: int = 0) -> str:
    """JSON in which a Decimal is a number with all its digits (``json`` would make it a float)."""
    inner = " " * (indent + 2)
    match value:
        case Decimal():
            return plain(value)
        case Mapping():
            parts = [f"{inner}{json.dumps(str(key))}: {to_json(item, indent + 2)}" for key, item in value.items()]
            return "{\n" + ",\n".join(parts) + f"\n{' ' * indent}}}" if parts else "{}"
        case list() | tuple():
            parts = [f"{inner}{to_json(item, indent + 2)}" for item in value]
            return "[\n" + ",\n".join(parts) + f"\n{' ' * indent}]" if parts else "[]"
        case _:
            return json.dumps(value, ensure_ascii=False, allow_nan=False)


def plain(value: Decimal) -> str:
    """A Decimal without exponent and without zeros that say nothing: 20.500000 is 20.5."""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def with_texts(value: Any) -> Any:
    """The same data with Decimals as text, as a JSON column keeps them."""
    match value:
        case Decimal():
            return plain(value)
        case Mapping():
            return {key: with_texts(item) for key, item in value.items()}
        case list() | tuple():
            return [with_texts(item) for item in value]
        case _:
            return value
