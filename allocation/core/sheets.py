"""The outcome of a run as sheets: what stands on the page, and what every municipality contributes."""

from collections.abc import Sequence
from decimal import Decimal

from allocation.core.comparison import Comparison
from allocation.core.model import Municipality

CONTRIBUTION = "Bijdrage aan de uitkomst van de politie-eenheid"


def comparison_rows(comparison: Comparison) -> tuple[tuple[str, ...], list[tuple[str | Decimal | None, ...]]]:
    """The heads and rows of the table, the total last."""
    heads = ["Politie-eenheid"]
    for index, key in enumerate(comparison.keys):
        if comparison.fte is not None:
            heads.append(f"{key.name} (fte)")
        heads.append(f"{key.name} (%)")
        if index:
            heads.append(f"Verschil met {key.name} (procentpunt)")
    rows: list[tuple[str | Decimal | None, ...]] = []
    for row in comparison.rows:
        cells: list[str | Decimal | None] = [row.unit]
        for index, line in enumerate(row.lines):
            cells += [line.fte] if comparison.fte is not None else []
            cells.append(line.percentage)
            cells += [line.difference_points] if index else []
        rows.append(tuple(cells))
    rows.append(_total(comparison))
    return tuple(heads), rows


def _total(comparison: Comparison) -> tuple[str | Decimal | None, ...]:
    cells: list[str | Decimal | None] = ["Totaal"]
    for index in range(len(comparison.keys)):
        cells += [comparison.total_of(index)] if comparison.fte is not None else []
        cells.append(Decimal("100.00"))
        cells += [None] if index else []
    return tuple(cells)


def municipality_rows(
    municipalities: Sequence[tuple[Municipality, Decimal]],
) -> tuple[tuple[str, ...], list[tuple[str | Decimal, ...]]]:
    """What each municipality contributes; no strength of a municipality: within the unit the authorities divide."""
    heads = ("Gemeente", "Code", "Politie-eenheid", CONTRIBUTION)
    return heads, [(one.name, one.code, one.unit, raw) for one, raw in municipalities]
