"""The charts of a refit as plain descriptions: how R² rises along the path, and the intervals of the shares."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from indicators.core.charts import ChartKind, ChartSeries, ChartSpec
from monitor.base.core.numbers import format_number


def path_spec(uid: str, cluster: Mapping[str, Any], names: Mapping[str, str], *, mark: str = "") -> ChartSpec | None:
    """R² after each pick, as lying bars; None where nothing was picked."""
    picks: Sequence[str] = cluster["selected"]
    if not picks:
        return None
    values = [Decimal(repr(value)) * 100 for value in cluster["r2"][1:]]
    told = ", ".join(
        f"na {names.get(code, code)} {format_number(value, 1)}%" for code, value in zip(picks, values, strict=True)
    )
    return ChartSpec(
        uid=uid,
        kind=ChartKind.HORIZONTAL_BAR,
        title=f"Verklaarde werklast (R²) per stap, {cluster['cluster']}",
        labels=tuple(f"{place}. {names.get(code, code)}" for place, code in enumerate(picks, 1)),
        series=(ChartSeries("R²", tuple(values)),),
        unit="procent",
        decimals=1,
        alt=f"Deel van de verschillen in werklast per inwoner dat het model verklaart: {told}.",
        mark=mark,
    )
