"""Rules about a value alone: what cannot be right whatever the history says."""

from dataclasses import dataclass
from decimal import Decimal

from indicators.core.rules.findings import Candidate, Finding, Severity
from monitor.base.core.numbers import format_number, format_quantity

SHARE, COUNT, SCORE = "aandeel", "telling", "score"
LOWEST_SCORE, HIGHEST_SCORE = Decimal(1), Decimal(10)


def shown(candidate: Candidate, value: Decimal) -> str:
    """A value with the unit of the indicator and all its digits (the database adds zeros that nobody typed)."""
    return format_quantity(value, candidate.info.unit, max(candidate.info.decimals, decimals_of(value)))


def decimals_of(value: Decimal) -> int:
    """How many decimals a value really has: 3594.0000 has none."""
    return max(0, -int(value.normalize().as_tuple().exponent))


@dataclass(frozen=True)
class ShareWithinBounds:
    """A share lies between 0 and 100 percent: 8370 typed for 83,7% is stopped here."""

    code: str = "aandeel-buiten-0-100"
    severity: Severity = Severity.ERROR

    def judge(self, candidate: Candidate) -> Finding | None:
        value = candidate.value
        if candidate.info.value_kind != SHARE or value is None or 0 <= value <= 100:
            return None
        return Finding(
            self.code,
            self.severity,
            f"{shown(candidate, value)} kan niet: een aandeel ligt tussen 0% en 100%. "
            "Kijk of de komma op de goede plaats staat.",
        )


@dataclass(frozen=True)
class CountNotNegative:
    """Nothing is counted less than zero times."""

    code: str = "telling-negatief"
    severity: Severity = Severity.ERROR

    def judge(self, candidate: Candidate) -> Finding | None:
        if candidate.info.value_kind != COUNT or candidate.value is None or candidate.value >= 0:
            return None
        text = f"{shown(candidate, candidate.value)} kan niet: een telling is nooit negatief."
        return Finding(self.code, self.severity, text)


@dataclass(frozen=True)
class CountIsWhole:
    """A count of things has no decimals (fte may)."""

    code: str = "telling-niet-heel"
    severity: Severity = Severity.ERROR

    def judge(self, candidate: Candidate) -> Finding | None:
        value = candidate.value
        if candidate.info.unit != "aantal" or candidate.info.value_kind != COUNT or value is None or value % 1 == 0:
            return None
        return Finding(
            self.code,
            self.severity,
            f"{shown(candidate, value)} kan niet: het gaat om een aantal, dus zonder decimalen. "
            "Is de punt of komma voor duizendtallen bedoeld?",
        )


@dataclass(frozen=True)
class ScoreWithinBounds:
    """A school mark lies between 1 and 10."""

    code: str = "cijfer-buiten-1-10"
    severity: Severity = Severity.ERROR

    def judge(self, candidate: Candidate) -> Finding | None:
        value = candidate.value
        if candidate.info.unit != "rapportcijfer" or value is None or LOWEST_SCORE <= value <= HIGHEST_SCORE:
            return None
        text = f"{shown(candidate, value)} kan niet: een rapportcijfer ligt tussen 1 en 10."
        return Finding(self.code, self.severity, text)


@dataclass(frozen=True)
class UpperBoundAboveValue:
    """In “20 tot 25” the second number is the larger."""

    code: str = "bovengrens-lager"
    severity: Severity = Severity.ERROR

    def judge(self, candidate: Candidate) -> Finding | None:
        low, high = candidate.value, candidate.value_high
        if high is None or (low is not None and high >= low):
            return None
        return Finding(
            self.code,
            self.severity,
            "De bovengrens is lager dan de waarde. Draai de twee om, of haal de bovengrens weg.",
        )


@dataclass(frozen=True)
class MoreDecimalsThanUsual:
    """More precise than the indicator is published: probably another figure, or a typing error."""

    code: str = "meer-decimalen"
    severity: Severity = Severity.WARNING

    def judge(self, candidate: Candidate) -> Finding | None:
        value, usual = candidate.value, candidate.info.decimals
        if value is None or decimals_of(value) <= usual or CountIsWhole().judge(candidate):
            return None
        text = f"{shown(candidate, value)} heeft meer decimalen dan deze indicator gewoonlijk ({format_number(usual)})."
        return Finding(self.code, self.severity, text)
