"""Features of the surroundings (omgevingskenmerken): what they count, and whether a national total can be right."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from allocation.core.errors import Implausible
from monitor.base.core.numbers import format_number


class Merging(StrEnum):
    """What becomes of a feature when municipalities merge: counts add up, averages are weighed by inhabitants."""

    SUM = "optellen"
    MEAN = "gewogen-gemiddelde"

    @property
    def label(self) -> str:
        return self.value.replace("-", " ")


@dataclass(frozen=True)
class Plausible:
    """Between which bounds the national total of a feature lies, in its own unit."""

    low: Decimal
    high: Decimal


@dataclass(frozen=True)
class FeatureInfo:
    """A feature as the model uses it; ``plausible`` is None where no range is known."""

    code: str
    name: str
    unit: str
    category: str = ""
    merging: Merging = Merging.SUM
    plausible: Plausible | None = None


# What the total is divided by to come within the range, and what that usually means; {unit} is how it should be.
_Causes = tuple[tuple[Decimal, str], ...]
_CAUSES: Mapping[str, _Causes] = {
    "km2": (
        (Decimal(100), "Staat er hectare in plaats van km²?"),
        (Decimal(1_000_000), "Staat er m² in plaats van km²?"),
    ),
}
_THOUSANDS: _Causes = ((Decimal(1000), "Staan er losse aantallen in plaats van {unit}?"),)
_ANY: _Causes = (
    (Decimal("0.001"), "Staan er duizendtallen in plaats van {unit}?"),
    (Decimal("0.01"), "Is er door honderd gedeeld, zoals bij procenten?"),
    (Decimal(2), "Telt er een regel met een landelijk totaal mee?"),
    (Decimal(1000), "Staat er een punt op de plaats van een komma, of een kleinere meeteenheid dan {unit}?"),
)


def require_plausible(feature: FeatureInfo, values: Iterable[Decimal], *, year: int | None) -> None:
    """Refuse a national total outside the range of the feature, with the likely cause: :class:`Implausible`."""
    if feature.plausible is None:
        return
    total = sum(values, Decimal(0))
    low, high = feature.plausible.low, feature.plausible.high
    if low <= total <= high:
        return
    moment = f" in {year}" if year else ""
    raise Implausible(
        f"Kenmerk ‘{feature.name}’ telt{moment} landelijk op tot {_plain(total)} {_written(feature.unit)}. "
        f"Mogelijk is {_plain(low)} tot {_plain(high)}. {_likely_cause(feature, feature.plausible, total)}"
    )


def _likely_cause(feature: FeatureInfo, plausible: Plausible, total: Decimal) -> str:
    """A question about the unit when the total is off by a familiar factor, else about the rows."""
    own = _CAUSES.get(feature.unit, _THOUSANDS if feature.unit.startswith("1000 ") else ())
    for factor, cause in (*own, *_ANY):
        if plausible.low <= total / factor <= plausible.high:
            return cause.format(unit=_written(feature.unit))
    if total < plausible.low:
        return "Ontbreken er gemeenten, of is een kolom verschoven?"
    return "Staat er een gemeente dubbel in, of is een kolom verschoven?"


def _written(unit: str) -> str:
    return "km²" if unit == "km2" else unit


def _plain(number: Decimal) -> str:
    """Whole numbers from a hundred on, else two decimals."""
    return format_number(number.quantize(Decimal(1)), 0) if abs(number) >= 100 else format_number(number, 2)


def missing_values(features: Iterable[str], rows: Mapping[str, Mapping[str, Decimal]]) -> dict[str, tuple[str, ...]]:
    """Per feature the codes of the rows without a value for it, in order; features that are complete are left out."""
    found = {name: tuple(sorted(code for code, values in rows.items() if name not in values)) for name in features}
    return {name: codes for name, codes in found.items() if codes}
