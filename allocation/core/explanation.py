"""Why a unit gets its share: the contribution of each feature, exactly, and in words.

A share is compared with the unit's share of inhabitants: with p that share, R the raw total, c and C the contribution
of a feature in the unit and in the country, the difference is Σ (c − p·C) / R, since the C add up to R. A feature
stands for circumstances, not for people (report, summary).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

from allocation.core.errors import AllocationError
from allocation.core.model import EXACT, Municipality, Outcome
from monitor.base.core.numbers import format_number

INHABITANTS = "inwoners"
REMARK = (
    "Een omgevingskenmerk staat voor omstandigheden die met politiewerk samenhangen, niet voor de mensen die "
    "geteld worden: zij zijn niet de oorzaak van dat werk."
)


@dataclass(frozen=True)
class Contribution:
    """What one feature does for a unit: in raw terms, and in its difference with the share of inhabitants."""

    feature: str
    raw: Decimal
    difference: Fraction


@dataclass(frozen=True)
class Explanation:
    """A unit explained. The raw contributions add up to ``raw``, the differences to ``difference``; both exactly."""

    unit: str
    raw: Decimal
    share: Fraction
    inhabitants_share: Fraction
    contributions: tuple[Contribution, ...]

    @property
    def difference(self) -> Fraction:
        return self.share - self.inhabitants_share

    def largest(self, count: int) -> tuple[Contribution, ...]:
        """The features that weigh most in the difference, whichever way."""
        return tuple(sorted(self.contributions, key=lambda one: (-abs(one.difference), one.feature))[:count])


def explain(outcome: Outcome) -> tuple[Explanation, ...]:
    """Every unit of a run, in order of name. Raises :class:`AllocationError` without the number of inhabitants."""
    per_unit, national = _contributions(outcome)
    inhabitants = inhabitants_per_unit(one for one, _ in outcome.municipalities)
    total_inhabitants = sum(inhabitants.values(), Fraction(0))
    found = []
    for unit in outcome.units:
        share = inhabitants[unit.unit] / total_inhabitants
        contributions = tuple(
            Contribution(feature, raw, (Fraction(raw) - share * Fraction(national[feature])) / outcome.raw_total_exact)
            for feature, raw in per_unit[unit.unit].items()
        )
        found.append(Explanation(unit.unit, unit.raw, unit.exact_share, share, contributions))
    return tuple(found)


def _contributions(outcome: Outcome) -> tuple[dict[str, dict[str, Decimal]], dict[str, Decimal]]:
    """Weight × value per unit and feature, and per feature in the country; features in the order of the model."""
    per_unit: dict[str, dict[str, Decimal]] = {
        unit.unit: dict.fromkeys(outcome.model.weights, Decimal(0)) for unit in outcome.units
    }
    national = dict.fromkeys(outcome.model.weights, Decimal(0))
    with localcontext(EXACT):
        for one, _ in outcome.municipalities:
            for feature, weight in outcome.model.weights.items():
                if feature in one.values:
                    part = weight * one.values[feature]
                    per_unit[one.unit][feature] += part
                    national[feature] += part
    return per_unit, national


def inhabitants_per_unit(municipalities: Iterable[Municipality]) -> dict[str, Fraction]:
    """The number of inhabitants of each unit. Raises :class:`AllocationError` naming who has none."""
    found: dict[str, Fraction] = defaultdict(Fraction)
    for one in municipalities:
        if not one.values.get(INHABITANTS):
            raise AllocationError(f"Gemeente {one.name} ({one.code}) heeft geen aantal inwoners.")
        found[one.unit] += Fraction(one.values[INHABITANTS])
    return found


def in_words(
    explanation: Explanation, names: Mapping[str, str], *, most: int = 3, partial: bool = False
) -> tuple[str, ...]:
    """The explanation in plain sentences; the remark on what a feature stands for is always the last.

    ``names`` gives the Dutch name of each feature as it reads in the middle of a sentence. Of a ``partial`` run nobody
    gets anything: it tells what the features that are there would come to.
    """
    unit, points = explanation.unit, percentage_points(explanation.difference)
    verb = "komt op deze kenmerken uit op" if partial else "krijgt"
    if points == 0:
        return (f"Eenheid {unit} {verb} even veel als haar aandeel inwoners.", REMARK)
    upwards = points > 0
    way = "meer" if upwards else "minder"
    first = f"Eenheid {unit} {verb} {_number(points)} procentpunt {way} dan haar aandeel inwoners"
    causes = [f"{_number(value)} door {name}" for value, name in _told(explanation, names, upwards)[:most]]
    sentences = [f"{first}; daarvan komt {_enumerate(causes)}." if causes else f"{first}."]
    sentences += [
        f"Daar staat {_number(value)} procentpunt tegenover door {name}."
        for value, name in _told(explanation, names, not upwards)[:1]
    ]
    return (*sentences, REMARK)


def _told(explanation: Explanation, names: Mapping[str, str], upwards: bool) -> list[tuple[Decimal, str]]:
    """The features that pull this way by at least a tenth of a percentage point, the strongest first."""
    ordered = explanation.largest(len(explanation.contributions))
    told = [(percentage_points(one.difference), names[one.feature]) for one in ordered]
    return [(value, name) for value, name in told if value and (value > 0) is upwards]


def percentage_points(part: Fraction) -> Decimal:
    """A part of one as percentage points in one decimal, half away from zero."""
    tenths = abs(part) * 1000
    rounded = int(tenths + Fraction(1, 2))
    return Decimal(rounded if part >= 0 else -rounded) / 10


def _number(points: Decimal) -> str:
    return format_number(abs(points), 1)


def _enumerate(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} en {parts[-1]}"


@dataclass(frozen=True)
class ShareChange:
    """How the share of a unit changed between two runs, split into new data and new weights; they add up exactly.

    The split takes both orders (data first, weights first) and their mean, so that neither is favoured.
    """

    unit: str
    before: Fraction
    after: Fraction
    by_data: Fraction
    by_weights: Fraction


def split_change(
    old: Mapping[str, Fraction],
    new_data: Mapping[str, Fraction],
    new_weights: Mapping[str, Fraction],
    new: Mapping[str, Fraction],
) -> tuple[ShareChange, ...]:
    """``new_data`` are the shares with the new data and the old weights, ``new_weights`` the other way round."""
    changes = []
    for unit in sorted(old):
        by_data = ((new_data[unit] - old[unit]) + (new[unit] - new_weights[unit])) / 2
        changes.append(ShareChange(unit, old[unit], new[unit], by_data, new[unit] - old[unit] - by_data))
    return tuple(changes)
