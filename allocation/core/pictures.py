"""The charts of a distribution as plain descriptions: bars side by side, a map of tiles, the waterfall of a unit."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor

from allocation.core.comparison import Comparison
from allocation.core.explanation import Explanation
from indicators.core.charts import ChartKind, ChartSeries, ChartSpec
from monitor.base.core.numbers import format_number

# Roughly where the ten units lie: column and row.
PLACES: Mapping[str, tuple[int, int]] = {
    "Noord-Holland": (1, 0),
    "Noord-Nederland": (2, 0),
    "Den Haag": (0, 1),
    "Amsterdam": (1, 1),
    "Oost-Nederland": (2, 1),
    "Rotterdam": (0, 2),
    "Midden-Nederland": (1, 2),
    "Zeeland-West-Brabant": (0, 3),
    "Oost-Brabant": (1, 3),
    "Limburg": (2, 3),
}
POINT_STEP = Decimal("0.01")
MOST_STEPS = 9


def bars_spec(uid: str, comparison: Comparison, *, mark: str = "") -> ChartSpec:
    """Per unit a bar for every key: extra strength, or the share where no strength is known."""
    by_share = comparison.fte is None
    series = tuple(
        ChartSeries(
            key.name, tuple(_shown(row.lines[index].fte, row.lines[index].percentage) for row in comparison.rows)
        )
        for index, key in enumerate(comparison.keys)
    )
    what = "Aandeel" if by_share else "Extra sterkte"
    return ChartSpec(
        uid=uid,
        kind=ChartKind.HORIZONTAL_BAR,
        title=f"{what} per politie-eenheid",
        labels=tuple(row.unit for row in comparison.rows),
        series=series,
        unit="procent" if by_share else "fte",
        decimals=2 if by_share else comparison.decimals,
        alt=f"{what} per politie-eenheid volgens {_names(comparison)}. {_extremes(comparison)}",
        mark=mark,
    )


def map_spec(uid: str, comparison: Comparison, *, against: int = 0, mark: str = "") -> ChartSpec | None:
    """The share of the first key on a map of tiles, or its difference with another key; None for other units."""
    if any(row.unit not in PLACES for row in comparison.rows):
        return None
    name = comparison.keys[0].name
    if against:
        values = [row.lines[against].difference_points for row in comparison.rows]
        title = f"Verschil met {comparison.keys[against].name}, in procentpunten"
    else:
        values = [row.lines[0].percentage for row in comparison.rows]
        title = f"Aandeel volgens {name}"
    told = ", ".join(
        f"{row.unit} {format_number(value, 2)}" for row, value in zip(comparison.rows, values, strict=True)
    )
    return ChartSpec(
        uid=uid,
        kind=ChartKind.TILE_MAP,
        title=title,
        labels=tuple(row.unit for row in comparison.rows),
        series=(ChartSeries(title, tuple(values)),),
        unit="procentpunt" if against else "procent",
        decimals=2,
        alt=f"{title}: {told}.",
        places=tuple(PLACES[row.unit] for row in comparison.rows),
        mark=mark,
    )


def waterfall_spec(uid: str, explanation: Explanation, names: Mapping[str, str], *, mark: str = "") -> ChartSpec:
    """From the unit's share of inhabitants to its share: what each feature adds, in percentage points.

    The steps that are shown are rounded so that they add up to the rounded difference.
    """
    told = explanation.largest(MOST_STEPS)
    rest = [one for one in explanation.contributions if one not in told]
    labels = [names[one.feature] for one in told]
    parts = [one.difference for one in told]
    if rest:
        labels.append(f"{len(rest)} andere kenmerken")
        parts.append(sum((one.difference for one in rest), Fraction(0)))
    steps = rounded_points(parts)
    total = sum(steps, Decimal(0))
    words = ", ".join(f"{label} {format_number(step, 2, sign=True)}" for label, step in zip(labels, steps, strict=True))
    return ChartSpec(
        uid=uid,
        kind=ChartKind.WATERFALL,
        title=f"Van aandeel inwoners naar aandeel in de verdeling: eenheid {explanation.unit}",
        labels=(*labels, "Verschil met het aandeel inwoners"),
        series=(ChartSeries("procentpunten", (*steps, total)),),
        unit="procentpunten",
        decimals=2,
        alt=f"Wat het aandeel van eenheid {explanation.unit} doet verschillen van haar aandeel inwoners: {words}; "
        f"samen {format_number(total, 2, sign=True)} procentpunt.",
        mark=mark,
    )


def rounded_points(parts: Sequence[Fraction]) -> list[Decimal]:
    """Parts of one as percentage points in two decimals that add up to their rounded sum, by largest remainder."""
    exact = [part * 100 / Fraction(POINT_STEP) for part in parts]
    floors = [floor(part) for part in exact]
    left = floor(sum(exact, Fraction(0)) + Fraction(1, 2)) - sum(floors)
    for index in sorted(range(len(exact)), key=lambda index: (floors[index] - exact[index], index))[:left]:
        floors[index] += 1
    return [steps * POINT_STEP for steps in floors]


def _shown(fte: Decimal | None, percentage: Decimal) -> Decimal:
    return percentage if fte is None else fte


def _names(comparison: Comparison) -> str:
    names = [key.name for key in comparison.keys]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} en {names[-1]}"


def _extremes(comparison: Comparison) -> str:
    """Which unit gets most and least by the first key."""
    ordered = sorted(comparison.rows, key=lambda row: (row.lines[0].percentage, row.unit))
    least, most = ordered[0], ordered[-1]
    name = comparison.keys[0].name
    return (
        f"Volgens {name} krijgt {most.unit} het meeste ({format_number(most.lines[0].percentage, 2)}%) en {least.unit} "
        f"het minste ({format_number(least.lines[0].percentage, 2)}%)."
    )
