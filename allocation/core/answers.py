"""Ready answers, with the figures of a run, to the questions that are asked about every distribution."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from allocation.core.comparison import Comparison
from allocation.core.explanation import REMARK, Explanation, ShareChange, percentage_points
from allocation.core.features import FeatureInfo, Merging
from allocation.core.model import Outcome
from monitor.base.core.numbers import format_number

LAND = "oppervlakte-land"
NO_NEED = (
    "Het model zegt niets over hoeveel sterkte er in totaal nodig is, en ook niet of een politie-eenheid nu te veel of "
    "te weinig heeft. Het verdeelt alleen nieuwe sterkte."
)


@dataclass(frozen=True)
class Answer:
    """A question and its answer in sentences; ``uid`` names it on a page."""

    uid: str
    question: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """What the answers are made from. ``names`` are features as they read in a sentence."""

    outcome: Outcome
    comparison: Comparison
    explanations: Sequence[Explanation]
    names: Mapping[str, str]
    infos: Mapping[str, FeatureInfo]
    changes: Sequence[tuple[str, Sequence[ShareChange]]] = ()  # the name of an earlier run, and what changed since

    @property
    def national(self) -> dict[str, Fraction]:
        """What each feature contributes to the whole, as a part of one; together 1."""
        totals: dict[str, Fraction] = {}
        for explanation in self.explanations:
            for one in explanation.contributions:
                totals[one.feature] = totals.get(one.feature, Fraction(0)) + Fraction(one.raw)
        return {feature: raw / self.outcome.raw_total_exact for feature, raw in totals.items()}


def answers(facts: Facts) -> tuple[Answer, ...]:
    """The six answers, in the order in which the questions come."""
    return (
        Answer("verliest-iemand", "Verliest een politie-eenheid sterkte?", _loses(facts)),
        Answer("waarom-dit-kenmerk", "Waarom telt dit kenmerk mee?", _features(facts)),
        Answer("platteland", "Hoe zit het met het platteland?", _countryside(facts)),
        Answer("negatieve-gewichten", "Waarom heeft een kenmerk een negatief gewicht?", _negative(facts)),
        Answer("samenvoeging", "Wat gebeurt er als gemeenten samengaan?", _mergers(facts)),
        Answer("stabiel", "Is de uitkomst stabiel over de jaren?", _stability(facts)),
    )


def _loses(facts: Facts) -> tuple[str, ...]:
    rows = facts.comparison.rows
    if facts.comparison.fte is None:
        least = min(rows, key=lambda row: (row.lines[0].percentage, row.unit))
        given = f"Het kleinste aandeel heeft {least.unit}: {_percent(least.lines[0].percentage)}."
    else:
        least = min(rows, key=lambda row: (row.lines[0].fte or Decimal(0), row.unit))
        given = (
            f"Van de {_fte(facts.comparison.fte, facts)} krijgt {least.unit} het minste: "
            f"{_fte(least.lines[0].fte or Decimal(0), facts)} erbij."
        )
    return ("Nee. Alleen nieuwe sterkte wordt verdeeld; wat een politie-eenheid heeft, houdt zij.", given, NO_NEED)


def _fte(number: Decimal, facts: Facts) -> str:
    whole = number == number.to_integral_value()
    return f"{format_number(number, 0 if whole else facts.comparison.decimals)} fte"


def _percent(number: Decimal) -> str:
    return f"{format_number(number, 2)}%"


def _part(part: Fraction) -> str:
    """A part of one as a percentage in one decimal."""
    return f"{format_number(percentage_points(part), 1)}%"


def _features(facts: Facts) -> tuple[str, ...]:
    ordered = sorted(facts.national.items(), key=lambda item: (-item[1], item[0]))
    told = ", ".join(f"{facts.names[feature]} ({_part(part)})" for feature, part in ordered[:4])
    return (
        f"De kenmerken zijn gekozen omdat zij samen de gemeten werklast het best beschrijven. Het meest draagt in deze "
        f"berekening bij: {told}. Negatieve bijdragen van andere kenmerken maken dat alles samen 100% is.",
        REMARK,
    )


def _countryside(facts: Facts) -> tuple[str, ...]:
    inhabitants = {one.unit: one.inhabitants_share for one in facts.explanations}
    land = _shares_of_land(facts.outcome)
    if land is None:
        return ("De oppervlakte van de gemeenten ontbreekt in deze gegevens; daarover is hier niets te zeggen.",)
    wide = sorted(land, key=lambda unit: (-land[unit] / inhabitants[unit], unit))[:3]
    shares = facts.outcome.shares
    told = "; ".join(
        f"{unit} heeft {_part(land[unit])} van het land, {_part(inhabitants[unit])} van de inwoners en krijgt "
        f"{_part(shares[unit])}"
        for unit in wide
    )
    weighs = facts.national.get(LAND)
    area = f"De oppervlakte land draagt {_part(weighs)} bij aan het geheel. " if weighs is not None else ""
    return (f"{area}De drie politie-eenheden met het meeste land per inwoner: {told}.",)


def _shares_of_land(outcome: Outcome) -> dict[str, Fraction] | None:
    totals: dict[str, Fraction] = {}
    for one, _ in outcome.municipalities:
        if LAND not in one.values:
            return None
        totals[one.unit] = totals.get(one.unit, Fraction(0)) + Fraction(one.values[LAND])
    whole = sum(totals.values(), Fraction(0))
    return {unit: part / whole for unit, part in totals.items()} if whole else None


def _negative(facts: Facts) -> tuple[str, ...]:
    found = [code for code, weight in facts.outcome.model.weights.items() if weight < 0]
    if not found:
        return ("In deze versie van het model heeft geen kenmerk een negatief gewicht.",)
    told = ", ".join(f"{facts.names[code]} ({_part(facts.national[code])})" for code in found)
    return (
        f"Een negatief gewicht hebben: {told}. Tussen haakjes staat wat het kenmerk in deze berekening aan het geheel "
        "bijdraagt.",
        "Een gewicht staat niet op zichzelf: het verbetert wat de andere kenmerken samen zeggen. Inwoners tellen "
        "bijvoorbeeld ook mee in de inwoners van 25 tot en met 64 jaar en in de huishoudens.",
    )


def _mergers(facts: Facts) -> tuple[str, ...]:
    means = [
        code
        for code in facts.outcome.model.weights
        if code in facts.infos and facts.infos[code].merging is Merging.MEAN
    ]
    part = sum((facts.national[code] for code in means), Fraction(0))
    counts = len(facts.outcome.model.weights) - len(means)
    first = (
        f"Van de {len(facts.outcome.model.weights)} kenmerken zijn er {counts} aantallen. Die tellen bij een "
        "samenvoeging gewoon op: binnen een politie-eenheid verandert er daardoor niets."
    )
    if not means:
        return (first,)
    told = " en ".join(facts.names[code] for code in means)
    number = len(facts.outcome.municipalities)
    return (
        first,
        f"Een gemiddelde telt per gemeente mee; na een samenvoeging is er één gemeente minder. Dat geldt voor {told}, "
        f"samen {_part(part)} van het geheel over {number} gemeenten. Eén gemeente minder scheelt de politie-eenheid "
        f"gemiddeld {format_number(Decimal(round(part * 100_000 / number)) / 1000, 3)} procentpunt.",
    )


def _stability(facts: Facts) -> tuple[str, ...]:
    if not facts.changes:
        return (
            "Daarover is nog niets te zeggen: er is geen berekening met dit model over een ander jaar. Laad de "
            "kenmerken van een ander jaar en draai het model, dan staat hier het verschil.",
        )
    told = []
    for name, changes in facts.changes:
        largest = max(changes, key=lambda one: (abs(one.after - one.before), one.unit))
        points = format_number(percentage_points(largest.after - largest.before), 1, sign=True)
        told.append(
            f"Ten opzichte van {name} verandert het aandeel van {largest.unit} het meest: {points} procentpunt."
        )
    return tuple(told)
