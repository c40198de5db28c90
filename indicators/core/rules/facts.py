"""What the machine says about a one-off figure: its sentence, its value, where it comes from, what it was before."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from indicators.core.enumerations import Variant
from indicators.core.periods import Period
from indicators.core.rules.findings import Finding, Severity
from indicators.core.rules.series import UNIT_FACTORS
from monitor.base.core.numbers import format_number, format_quantity, read_number

PLACEHOLDER = "{waarde}"
_NUMBER = re.compile(r"(?<![\w{])\d[\d.,]*\d|(?<![\w{])\d(?!\w)")
_YEAR = re.compile(r"^(19|20)\d\d$")
NEAR, FAR = Decimal("0.7"), Decimal("1.4")  # how close to a round factor a change must be to be named so


@dataclass(frozen=True)
class FactCandidate:
    """A one-off figure that somebody wants to record; ``earlier`` is the value of the revision it follows."""

    sentence: str
    value: Decimal | None
    value_high: Decimal | None
    unit: str
    decimals: int
    variant: Variant
    period: Period
    has_origin: bool
    earlier: Decimal | None = None


def judge_fact(fact: FactCandidate, today: date) -> tuple[Finding, ...]:
    """Everything there is to say: errors first."""
    found = [*_sentence(fact), *_origin(fact), *_value(fact, today), *_against_earlier(fact)]
    return tuple(sorted(found, key=lambda finding: finding.severity is not Severity.ERROR))


def _error(code: str, text: str) -> Finding:
    return Finding(code, Severity.ERROR, text)


def _sentence(fact: FactCandidate) -> Sequence[Finding]:
    """The value stands in the sentence once, as ``{waarde}``: a number that is typed beside it is bound to nothing."""
    if fact.sentence.count(PLACEHOLDER) != 1:
        return [
            _error("zin-zonder-waarde", "Zet {waarde} één keer in de zin, op de plaats waar het getal moet komen."),
        ]
    typed = [number for number in _NUMBER.findall(fact.sentence) if not _YEAR.match(number)]
    same = [number for number in typed if fact.value is not None and fact.value in read_number(number).values]
    if same:
        text = f"In de zin staat ‘{same[0]}’ getypt. Schrijf daar {{waarde}}: dan staat er het gecontroleerde getal."
        return [_error("getal-in-zin", text)]
    if typed:
        text = (
            f"In de zin staat het getal ‘{typed[0]}’, dat aan geen cijfer is gebonden. "
            "Maak er een eigen los cijfer van, of licht toe waarom het mag blijven staan."
        )
        return [Finding("getal-in-zin", Severity.WARNING, text)]
    return []


def _origin(fact: FactCandidate) -> Sequence[Finding]:
    if fact.has_origin:
        return []
    return [_error("zonder-herkomst", "Kies een bron of een publicatie: anders is het cijfer niet na te gaan.")]


def _value(fact: FactCandidate, today: date) -> Sequence[Finding]:
    value, found = fact.value, []
    if value is None:
        return [_error("geen-waarde", "Er is nog geen waarde. Vul het getal in.")]
    shown = _shown(fact, value)
    if fact.unit == "aantal" and value < 0:
        found.append(_error("telling-negatief", f"{shown} kan niet: een telling is nooit negatief."))
    if fact.unit == "aantal" and value % 1:
        found.append(_error("telling-niet-heel", f"{shown} kan niet: het gaat om een aantal, dus zonder decimalen."))
    if fact.value_high is not None and fact.value_high < value:
        found.append(_error("bovengrens-lager", "De bovengrens is lager dan de waarde. Draai de twee om."))
    if fact.unit == "procent" and not 0 <= value <= 100:
        text = f"{shown} ligt niet tussen 0% en 100%. Staat de komma op de goede plaats?"
        found.append(Finding("aandeel-buiten-0-100", Severity.WARNING, text))
    end = fact.period.end
    if fact.variant is Variant.REALISED and end is not None and end > today:
        text = f"{fact.period.label} is nog niet voorbij; een gerealiseerd cijfer kan nog niet."
        found.append(_error("periode-niet-voorbij", text))
    return found


def _against_earlier(fact: FactCandidate) -> Sequence[Finding]:
    """The same value is no change; a change by a round factor is probably another unit."""
    if fact.value is None or not fact.earlier or not fact.value:
        return []
    compared = (("eerder", _shown(fact, fact.earlier)),)
    ratio = abs(fact.value / fact.earlier)
    for factor in UNIT_FACTORS:
        for seen, word in ((ratio, "groter"), (1 / ratio, "kleiner")):
            if factor * NEAR <= seen <= factor * FAR:
                text = (
                    f"Het cijfer is ongeveer {format_number(factor)} keer {word} dan het was. "
                    "Is het in de goede meeteenheid opgegeven?"
                )
                return [Finding("sprong", Severity.WARNING, text, compared)]
    return []


def _shown(fact: FactCandidate, value: Decimal) -> str:
    return format_quantity(value, fact.unit, fact.decimals)
