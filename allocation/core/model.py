"""The strength-allocation model: weights times features, exactly, per municipality and per police unit.

AEF, *Verdeling van politiesterkte* (2025), annex F: strength = Σ weight × feature. The proportions of the weights are
fixed; the outcome is scaled to the strength to be divided (section 6.4 and annex F). Only *new* strength is divided.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Context, Decimal, localcontext
from enum import StrEnum
from fractions import Fraction

from allocation.core.apportionment import apportion
from allocation.core.errors import AllocationError, MissingFeatures
from allocation.core.features import missing_values

EXACT = Context(prec=60)  # enough digits for every product of a weight and a value, and all their sums
ORDER_STEP = Decimal("0.000001")  # how fine the strength to divide may be given
FTE_STEP = Decimal("0.000000000001")  # so fine that twice the strength is twice the outcome, to eleven decimals
SHARE_STEP = Decimal("0.000000000001")
SPECIFIC_TASKS_BELOW = Fraction(1, 100)  # the three specific tasks are less than 1% together (report, summary)


class Standing(StrEnum):
    """How far a version of the model has come; what is fitted here is never more than a rekenvariant."""

    RESEARCH = "onderzoek"
    DISCUSSED = "besproken-in-lovp"
    ADOPTED = "vastgesteld"
    VARIANT = "rekenvariant"

    @property
    def label(self) -> str:
        return "besproken in LOVP" if self is Standing.DISCUSSED else self.value


@dataclass(frozen=True)
class Model:
    """A version of the model: the weight of each feature, for ``reference_fte``."""

    code: str
    name: str
    standing: Standing
    weights: Mapping[str, Decimal]
    reference_fte: Decimal = Decimal(1000)


@dataclass(frozen=True)
class Municipality:
    """A municipality in a year with the values of its features, in their own units."""

    code: str
    name: str
    unit: str
    values: Mapping[str, Decimal]


@dataclass(frozen=True)
class Order:
    """What is asked: the strength to divide, what specific tasks get first, and whether features may be missing."""

    fte: Decimal
    specific_tasks: Mapping[str, Decimal] = field(default_factory=dict)  # unit → fte
    partial: bool = False


@dataclass(frozen=True)
class UnitOutcome:
    """A unit: ``raw`` is Σ weight × value; ``fte`` is None in a partial run. Shares add up to 1, fte to the total."""

    unit: str
    raw: Decimal
    share: Decimal
    exact_share: Fraction
    fte: Decimal | None
    specific: Decimal


@dataclass(frozen=True)
class Outcome:
    """A run. ``raw_total`` is to be shown beside the reference: it tells how far data and weights have drifted."""

    model: Model
    order: Order
    raw_total: Decimal
    units: tuple[UnitOutcome, ...]
    municipalities: tuple[tuple[Municipality, Decimal], ...]
    missing: Mapping[str, tuple[str, ...]]

    @property
    def partial(self) -> bool:
        return bool(self.missing)

    @property
    def raw_total_exact(self) -> Fraction:
        return Fraction(self.raw_total)

    @property
    def shares(self) -> dict[str, Fraction]:
        """The exact share of each unit; they add up to 1."""
        return {one.unit: one.exact_share for one in self.units}

    def unit(self, name: str) -> UnitOutcome:
        """The outcome of one unit. Raises :class:`KeyError` for a unit that is not there."""
        return next((one for one in self.units if one.unit == name), None) or _no_unit(name)


def _no_unit(name: str) -> UnitOutcome:
    raise KeyError(name)


def run_model(model: Model, municipalities: Sequence[Municipality], order: Order) -> Outcome:
    """Run the model. Units and municipalities come out in order of name and code, whatever the order they came in.

    Raises :class:`MissingFeatures` when a feature of the model has no value somewhere (unless ``order.partial``: then
    there are shares of what is there and no fte), and :class:`AllocationError` for an order that cannot be carried out.
    """
    _require_order(order, {one.unit for one in municipalities})
    _require_once(municipalities)
    missing = missing_values(model.weights, {one.code: one.values for one in municipalities})
    if missing and not order.partial:
        raise _missing(missing, len(municipalities))
    raws = [(one, raw_of(model.weights, one.values)) for one in sorted(municipalities, key=lambda one: one.code)]
    per_unit: dict[str, Decimal] = defaultdict(Decimal)
    with localcontext(EXACT):
        for one, raw in raws:
            per_unit[one.unit] += raw
        total = sum(per_unit.values(), Decimal(0))
    if total <= 0:
        raise AllocationError("De bijdragen tellen op tot nul of minder; daaruit volgt geen verdeling.")
    return Outcome(model, order, total, _units(per_unit, total, order, bool(missing)), tuple(raws), missing)


def raw_of(weights: Mapping[str, Decimal], values: Mapping[str, Decimal]) -> Decimal:
    """Σ weight × value over the features that have a value; exact, since weights have 12 and values 4 decimals."""
    with localcontext(EXACT):
        return sum((weight * values[name] for name, weight in weights.items() if name in values), Decimal(0))


def _units(per_unit: Mapping[str, Decimal], total: Decimal, order: Order, incomplete: bool) -> tuple[UnitOutcome, ...]:
    exact = {unit: Fraction(raw) / Fraction(total) for unit, raw in per_unit.items()}
    shares = apportion(Decimal(1), exact, SHARE_STEP)
    specific_total = sum(order.specific_tasks.values(), Decimal(0))
    general = {} if incomplete else apportion(order.fte - specific_total, exact, FTE_STEP)
    return tuple(
        UnitOutcome(
            unit=unit,
            raw=per_unit[unit],
            share=shares[unit],
            exact_share=exact[unit],
            fte=general[unit] + order.specific_tasks.get(unit, Decimal(0)) if general else None,
            specific=order.specific_tasks.get(unit, Decimal(0)),
        )
        for unit in sorted(per_unit)
    )


def _require_order(order: Order, units: set[str]) -> None:
    if order.fte <= 0:
        raise AllocationError("Geef een aantal fte groter dan nul.")
    for number in (order.fte, *order.specific_tasks.values()):
        if Fraction(number) % Fraction(ORDER_STEP):
            raise AllocationError(f"{number} fte heeft te veel decimalen; ten hoogste zes.")
    if unknown := sorted(set(order.specific_tasks) - units):
        raise AllocationError(f"Eenheid ‘{unknown[0]}’ komt in de gegevens niet voor; verbeter de specifieke taken.")
    if any(number < 0 for number in order.specific_tasks.values()):
        raise AllocationError("Een specifieke taak kan niet minder dan nul fte hebben.")
    specific = sum(order.specific_tasks.values(), Decimal(0))
    if specific and Fraction(specific) >= SPECIFIC_TASKS_BELOW * Fraction(order.fte):
        raise AllocationError(
            f"De specifieke taken zijn samen {specific} van {order.fte} fte. Volgens het model is dat minder dan 1%; "
            "verlaag ze of verhoog het aantal fte."
        )


def _require_once(municipalities: Iterable[Municipality]) -> None:
    seen: set[str] = set()
    for one in municipalities:
        if one.code in seen:
            raise AllocationError(f"Gemeente {one.name} ({one.code}) staat er twee keer in.")
        seen.add(one.code)
    if not seen:
        raise AllocationError("Er zijn geen gemeenten om over te rekenen.")


def _missing(missing: Mapping[str, tuple[str, ...]], count: int) -> MissingFeatures:
    everywhere = [name for name, codes in missing.items() if len(codes) == count]
    somewhere = [name for name, codes in missing.items() if len(codes) < count]
    parts = []
    if everywhere:
        parts.append(f"Deze kenmerken ontbreken: {', '.join(everywhere)}.")
    for name in somewhere[:3]:
        places = ", ".join(missing[name][:5])
        more = f" en {len(missing[name]) - 5} andere" if len(missing[name]) > 5 else ""
        parts.append(f"Kenmerk ‘{name}’ heeft geen waarde voor {places}{more}.")
    if len(somewhere) > 3:
        parts.append(f"Ook {', '.join(somewhere[3:])} zijn niet volledig.")
    parts.append("Vul ze aan, of vraag om een gedeeltelijke berekening: die toont bijdragen en aandelen, geen fte.")
    return MissingFeatures(" ".join(parts), tuple(missing))
