"""Known errors of a supplier as data: what is wrong, why, and what it must be. A correction stops once its source is
repaired, and says so: it never touches a value other than the one it expects.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from indicators.core.sheet_outcome import SheetFigure, SheetOutcome, SheetRemark, at
from indicators.core.sheet_texts import folded
from monitor.base.core.numbers import format_number


@dataclass(frozen=True)
class Correction:
    """One known error. It is about a series and period; ``cell`` narrows it to one cell (“B7”) when that is filled.

    ``wrong`` and ``right`` are in the meeteenheid of the indicator.
    """

    code: str
    series_key: str
    period: str
    wrong: Decimal
    right: Decimal
    what: str
    why: str
    cell: str = ""
    sheet: str = ""

    def is_about(self, figure: SheetFigure) -> bool:
        """Whether this figure is the one that is known to be wrong."""
        if figure.key != (self.series_key, self.period):
            return False
        same_cell = not self.cell or self.cell.upper() == figure.place.address
        return same_cell and (not self.sheet or folded(self.sheet) == folded(figure.place.sheet))


def correct(outcome: SheetOutcome, corrections: Sequence[Correction]) -> SheetOutcome:
    """Apply what is known; every correction that meets its figure is said, applied or stopped."""
    by_key: dict[tuple[str, str], list[Correction]] = {}
    for one in corrections:
        by_key.setdefault((one.series_key, one.period), []).append(one)
    figures, remarks = [], list(outcome.remarks)
    for figure in outcome.figures:
        found = [one for one in by_key.get(figure.key, ()) if one.is_about(figure)]
        corrected, said = _corrected(figure, found)
        figures.append(corrected)
        remarks += said
    return replace(outcome, figures=tuple(figures), remarks=tuple(remarks))


def _corrected(figure: SheetFigure, found: Iterable[Correction]) -> tuple[SheetFigure, list[SheetRemark]]:
    said = []
    for one in found:
        if figure.value == one.wrong and not figure.correction:
            message = f"‘{figure.text}’ is verbeterd tot {number_words(one.right)}. {one.what} {one.why}"
            said.append(SheetRemark("correctie", at(figure.place, message)))
            decimals = max(figure.decimals, _decimals(one.right))
            figure = replace(figure, value=one.right, decimals=decimals, correction=one.code)
        elif figure.correction:
            message = f"correctie ‘{one.code}’ is niet toegepast, want ‘{figure.correction}’ ging voor."
            said.append(SheetRemark("correctie-dubbel", at(figure.place, message)))
        else:
            message = (
                f"hier staat ‘{figure.text}’ en niet meer de bekende fout {number_words(one.wrong)}. De correctie "
                f"‘{one.code}’ is niet toegepast. Is de bron hersteld, laat de correctie dan vervallen."
            )
            said.append(SheetRemark("correctie-gestopt", at(figure.place, message)))
    return figure, said


def _decimals(number: Decimal) -> int:
    return min(4, max(0, -int(number.normalize().as_tuple().exponent)))


def number_words(number: Decimal) -> str:
    """A number the Dutch way, with the decimals that it has."""
    return format_number(number, _decimals(number))
