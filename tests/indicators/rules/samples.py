"""Values under test and what surrounds them, naming only what matters."""

from datetime import date
from decimal import Decimal
from typing import Any

from indicators.core.figures import SeriesInfo
from indicators.core.rules import Candidate, SeriesContext, judge
from tests.factories import figure, indicator_info, period, series_info

TODAY = date(2026, 11, 22)


def candidate(value: Any, code: str = "2024", *, series: SeriesInfo | None = None, **fields: Any) -> Candidate:
    """A value over period ``code``; fields of the indicator (unit, decimals, …) may be named beside its own."""
    own = {name: fields.pop(name) for name in ("value_high", "marker", "status") if name in fields}
    info = indicator_info(**fields)
    number = None if value is None else Decimal(str(value))
    return Candidate(info, series or series_info(), period(code), number, **own)


def history(*values: Any, until: int = 2023, code: str = "{}", **fields: Any) -> tuple[Any, ...]:
    """Figures of consecutive years, the last one over ``until``."""
    first = until - len(values) + 1
    return tuple(figure(code.format(first + step), value, **fields) for step, value in enumerate(values))


def context(*figures: Any, **fields: Any) -> SeriesContext:
    return SeriesContext(history=figures, **{"today": TODAY, **fields})


def codes(value: Candidate, around: SeriesContext) -> list[str]:
    return [finding.rule for finding in judge(value, around)]


def share(**fields: Any) -> dict[str, Any]:
    return {"unit": "procent", "value_kind": "aandeel", "decimals": 1, "additive": False, **fields}
