"""An answer of an open-data service as exact values: numbers never pass through a binary fraction."""

import json
from decimal import Decimal
from typing import Any

from monitor.base.core.errors import MonitorError


class OpenDataProblem(MonitorError):
    """Open data that cannot be fetched or read; the sentence says which table and what to do."""


class BrokenAnswer(OpenDataProblem):
    """An answer that is not what the service should send; asking again may help."""


def read_json(body: bytes | str, where: str) -> Any:
    """The JSON of an answer, with every fraction a Decimal. Raises :class:`BrokenAnswer` for anything else."""
    try:
        text = body.decode("utf-8-sig") if isinstance(body, bytes) else body
        return json.loads(text, parse_float=Decimal, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise BrokenAnswer(f"Het antwoord van {where} is geen geldige JSON ({_short(error)}).") from error


def _no_number(text: str) -> Any:
    raise ValueError(f"{text} is geen getal")


def _short(error: Exception) -> str:
    return str(error)[:80] or type(error).__name__


def rows_of_answer(answer: Any, where: str) -> list[dict[str, Any]]:
    """The rows under ``value`` (or a bare list); every row is an object."""
    rows = answer.get("value") if isinstance(answer, dict) else answer
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BrokenAnswer(f"Het antwoord van {where} heeft geen lijst met rijen.")
    return rows


def text_of(row: dict[str, Any], name: str, where: str, *, required: bool = True) -> str:
    """A text of a row without the spaces that pad it; a number is written out."""
    value = row.get(name)
    if value is None or isinstance(value, (dict, list)):
        if required:
            raise BrokenAnswer(f"In het antwoord van {where} mist een rij het veld ‘{name}’.")
        return ""
    return str(value).strip()


def number_of(value: Any) -> Decimal | None:
    """A JSON number as Decimal; None for what is no number (true is none either)."""
    if isinstance(value, Decimal):
        return value
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else None
