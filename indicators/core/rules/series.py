"""Rules about a value among others: its own history, its parts, its norm."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from indicators.core.enumerations import Status, Variant
from indicators.core.figures import Figure
from indicators.core.periods import MONEY_KINDS, Period, PeriodKind
from indicators.core.rules.findings import Candidate, Finding, SeriesContext, Severity
from indicators.core.rules.rows import decimals_of, shown
from indicators.core.trend import comparable, in_period
from monitor.base.core.numbers import format_number, round_half_up

FEWEST_FOR_A_JUMP = 5  # under five values there is no verdict
JUMP_LIMIT = 3.5  # modified z-score; Iglewicz and Hoaglin, How to Detect and Handle Outliers (1993)
CONSISTENCY = 0.6745  # makes the median absolute deviation comparable with a standard deviation
UNIT_FACTORS = (Decimal(10), Decimal(100), Decimal(1000), Decimal(1_000_000))
LONG_PROVISIONAL_YEARS = 2
FEWEST_TO_REPEAT = 100  # in units of the last decimal: smaller numbers repeat by themselves
FULL_YEAR_MARGIN = Decimal("0.05")  # how far a full year may lie from last year's pace and still be taken for one


def earlier_figures(candidate: Candidate, context: SeriesContext) -> list[Figure]:
    """The comparable figures with a value before the candidate's period: same kind, for flows the same day."""
    return [
        figure
        for figure in context.history
        if figure.value is not None
        and figure.period.sort_key < candidate.period.sort_key
        and comparable(figure.period, candidate.period)
    ]


def _compared(figures: Sequence[Figure]) -> tuple[tuple[str, str], ...]:
    return tuple((figure.period.label, figure.text) for figure in figures)


@dataclass(frozen=True)
class Jump:
    """A change far outside the changes of the series itself; a change by a round factor is named as such.

    A flow up to a day is compared with the same day of earlier years only.
    """

    code: str = "sprong"
    severity: Severity = Severity.WARNING

    def judge(self, candidate: Candidate, context: SeriesContext) -> Finding | None:
        earlier = earlier_figures(candidate, context)
        if candidate.value is None or not earlier:
            return None
        last = earlier[-1]
        if factor := _unit_factor(candidate.value, earlier):
            return Finding(self.code, self.severity, factor, _compared([last]))
        if len(earlier) < FEWEST_FOR_A_JUMP or last.value is None:
            return None
        change = candidate.value - last.value
        if _modified_z_score(change, _changes(earlier)) <= JUMP_LIMIT:
            return None
        return Finding(
            self.code,
            self.severity,
            f"{shown(candidate, candidate.value)} wijkt sterk af van {last.text} {in_period(last.period)}: "
            "zo'n verandering kwam in deze reeks nog niet voor. Klopt het cijfer?",
            _compared(earlier[-FEWEST_FOR_A_JUMP:]),
        )


def _changes(figures: Sequence[Figure]) -> list[Decimal]:
    values = [figure.value for figure in figures if figure.value is not None]
    return [after - before for before, after in pairwise(values)]


def _modified_z_score(change: Decimal, changes: Sequence[Decimal]) -> float:
    """How far a change lies from the median change, in median absolute deviations.

    A series that never varied has no spread: then the mean absolute deviation is used, and where that is zero too any
    other change is infinitely far.
    """
    middle = statistics.median(changes)
    distance = abs(change - middle)
    spread = statistics.median(abs(value - middle) for value in changes)
    if spread:
        return float(distance / spread) * CONSISTENCY
    mean = sum((abs(value - middle) for value in changes), Decimal(0)) / len(changes)
    if mean:
        return float(distance / mean) / 1.253314
    return float("inf") if distance else 0.0


def _unit_factor(value: Decimal, earlier: Sequence[Figure]) -> str | None:
    """A sentence when the value is about ten, a hundred, … times the usual one: kilos for tonnes.

    It must lie clear of everything that was seen, and a budget that starts does grow tenfold: under five values only
    larger factors are named.
    """
    known = [abs(figure.value) for figure in earlier if figure.value]
    if not known or not value:
        return None
    usual, size = statistics.median(known), abs(value)
    for factor in UNIT_FACTORS[0 if len(known) >= FEWEST_FOR_A_JUMP else 1 :]:
        clear = factor.sqrt()
        for seen, word, apart in (
            (size / usual, "groter", size > max(known) * clear),
            (usual / size, "kleiner", size * clear < min(known)),
        ):
            if apart and factor * Decimal("0.7") <= seen <= factor * Decimal("1.4"):
                return (
                    f"Het cijfer is ongeveer {format_number(factor)} keer {word} dan gewoonlijk. "
                    "Is het in de goede meeteenheid opgegeven?"
                )
    return None


@dataclass(frozen=True)
class RepeatedValue:
    """Exactly the value of the period before: perhaps copied. Plans and budgets do stay the same."""

    code: str = "zelfde-als-vorige"
    severity: Severity = Severity.WARNING

    def judge(self, candidate: Candidate, context: SeriesContext) -> Finding | None:
        earlier = earlier_figures(candidate, context)
        if not earlier or not candidate.value or earlier[-1].value != candidate.value:
            return None
        if candidate.series.variant is not Variant.REALISED:
            return None
        if abs(candidate.value) * 10**candidate.info.decimals < FEWEST_TO_REPEAT:
            return None
        last = earlier[-1]
        return Finding(
            self.code,
            self.severity,
            f"Dit is precies het cijfer {in_period(last.period)} ({last.text}). Is het nieuwe cijfer ingevuld?",
            _compared([last]),
        )


@dataclass(frozen=True)
class OtherKindOfPeriod:
    """A full-year figure in a series that counts up to a day, or the other way round.

    Whole years, one or several, stand beside each other, and money may be incidenteel or structureel.
    """

    code: str = "andere-soort-periode"
    severity: Severity = Severity.ERROR

    def judge(self, candidate: Candidate, context: SeriesContext) -> Finding | None:
        if candidate.period.kind in MONEY_KINDS and candidate.info.value_kind == "bedrag":
            return None
        others = [figure for figure in context.history if figure.period.kind not in MONEY_KINDS]
        if not others or _sort_of_period(candidate.period) in {_sort_of_period(figure.period) for figure in others}:
            return None
        last = others[-1]
        return Finding(
            self.code,
            self.severity,
            f"Deze reeks heeft cijfers als ‘{last.period.label}’; "
            f"een cijfer over {candidate.period.label} past daar niet in.",
            _compared([last]),
        )


def _sort_of_period(period: Period) -> PeriodKind:
    """The kind, where several whole years count as a year."""
    starts = period.start is None or (period.start.month, period.start.day) == (1, 1)
    ends = period.end is None or (period.end.month, period.end.day) == (12, 31)
    return PeriodKind.YEAR if period.kind is PeriodKind.SPAN and starts and ends else period.kind


@dataclass(frozen=True)
class FullYearInPartYear:
    """A value up to a day that is as high as a full year would be at the pace of the year before."""

    code: str = "heel-jaar-in-deel-van-jaar"
    severity: Severity = Severity.WARNING

    def judge(self, candidate: Candidate, context: SeriesContext) -> Finding | None:
        end = candidate.period.end
        earlier = earlier_figures(candidate, context)
        if candidate.period.kind is not PeriodKind.FLOW_TO_DAY or end is None or not earlier or not candidate.value:
            return None
        last = earlier[-1]
        if not last.value:
            return None
        part_of_year = Decimal(end.timetuple().tm_yday) / 365
        expected = last.value / part_of_year
        from_year, from_day = abs(candidate.value - expected), abs(candidate.value - last.value)
        if from_year > abs(expected) * FULL_YEAR_MARGIN or from_day <= from_year:
            return None
        return Finding(
            self.code,
            self.severity,
            f"{shown(candidate, candidate.value)} lijkt een telling over een heel jaar; "
            f"{in_period(last.period)} was het {last.text}. Het moet de telling {candidate.period.label} zijn.",
            _compared([last]),
        )


@dataclass(frozen=True)
class SumOfParts:
    """A total and its parts add up, where all of them are there.

    They are compared in the digits in which the total was published. Amounts are rounded one by one: a difference that
    rounding explains is a warning.
    """

    code: str = "som-klopt-niet"
    severity: Severity = Severity.ERROR

    def judge(self, candidate: Candidate, context: SeriesContext) -> Finding | None:
        own = candidate.as_number
        if not candidate.info.additive or own is None:
            return None
        found = self._verdict(candidate, own, context.parts) if context.parts else None
        if found is None and context.total is not None and context.siblings:
            name = candidate.series.category_names
            found = self._verdict(candidate, context.total, {**context.siblings, name: own})
        return found

    def _verdict(self, candidate: Candidate, total: Decimal, parts: Mapping[str, Decimal | None]) -> Finding | None:
        known = {name: value for name, value in parts.items() if value is not None}
        if len(known) < len(parts):
            return None  # the rest is still to come
        added = sum(known.values(), Decimal(0))
        digits = min(candidate.info.decimals, decimals_of(total))
        if round_half_up(added, digits) == round_half_up(total, digits):
            return None
        if candidate.info.has_rest and added < total:
            return None
        decimals = max(candidate.info.decimals, *map(decimals_of, (added, total)))
        message = (
            f"De delen tellen op tot {format_number(added, decimals)}, maar het totaal is "
            f"{format_number(total, decimals)}: een verschil van {format_number(abs(total - added), decimals)}."
        )
        severity = self.severity
        if _rounding_explains(candidate, abs(total - added), len(known)):
            severity, message = Severity.WARNING, f"{message} Komt dat door afronding?"
        compared = tuple((name, format_number(value, decimals)) for name, value in known.items())
        return Finding(self.code, severity, message, compared)


def _rounding_explains(candidate: Candidate, difference: Decimal, parts: int) -> bool:
    """Half a unit of the last decimal for every part and for the total; counts are exact."""
    unit = Decimal(1).scaleb(-candidate.info.decimals)
    return candidate.info.value_kind == "bedrag" and difference <= unit * (parts + 1) / 2


@dataclass(frozen=True)
class GapInSeries:
    """A period was skipped: the series would get a hole."""

    code: str = "gat-in-de-reeks"
    severity: Severity = Severity.WARNING

    def judge(self, candidate: Candidate, context: SeriesContext) -> Finding | None:
        earlier = [figure for figure in context.history if comparable(figure.period, candidate.period)]
        earlier = [figure for figure in earlier if figure.period.sort_key < candidate.period.sort_key]
        if len(earlier) < 2 or candidate.value is None:
            return None
        steps = [_years_between(before.period, after.period) for before, after in pairwise(earlier)]
        step = _years_between(earlier[-1].period, candidate.period)
        usual = statistics.median(steps)
        if step <= usual or usual == 0:
            return None
        return Finding(
            self.code,
            self.severity,
            f"Na {earlier[-1].period.label} ontbreekt een periode. Is dat cijfer er niet, leg dan de reden vast.",
            _compared([earlier[-1]]),
        )


def _years_between(before: Period, after: Period) -> int:
    return (after.year or 0) - (before.year or 0)


@dataclass(frozen=True)
class LongProvisional:
    """Provisional for more than two years: time to make it final."""

    code: str = "lang-voorlopig"
    severity: Severity = Severity.WARNING

    def judge(self, candidate: Candidate, context: SeriesContext) -> Finding | None:
        end = candidate.period.end
        if candidate.status is Status.FINAL or end is None or context.today.year - end.year <= LONG_PROVISIONAL_YEARS:
            return None
        return Finding(
            self.code,
            self.severity,
            f"Het cijfer over {candidate.period.label} is nog steeds {candidate.status.label}. Kan het definitief?",
        )


@dataclass(frozen=True)
class RealisedInTheFuture:
    """What happened can be counted only when the period is over."""

    code: str = "periode-niet-voorbij"
    severity: Severity = Severity.ERROR

    def judge(self, candidate: Candidate, context: SeriesContext) -> Finding | None:
        end = candidate.period.end
        realised = candidate.series.variant is Variant.REALISED and candidate.value is not None
        if not realised or end is None or end <= context.today:
            return None
        return Finding(
            self.code,
            self.severity,
            f"{candidate.period.label} is nog niet voorbij; een gerealiseerd cijfer kan nog niet.",
        )


@dataclass(frozen=True)
class NormCrossed:
    """The figure is on the other side of its norm than the one before."""

    code: str = "norm-gepasseerd"
    severity: Severity = Severity.WARNING

    def judge(self, candidate: Candidate, context: SeriesContext) -> Finding | None:
        earlier = earlier_figures(candidate, context)
        if not earlier or candidate.value is None:
            return None
        before, after = _meets_norm(earlier[-1].value, candidate), _meets_norm(candidate.value, candidate)
        if before is None or after is None or before == after:
            return None
        word = "nu wel" if after else "niet meer"
        return Finding(
            self.code,
            self.severity,
            f"Met {shown(candidate, candidate.value)} is de norm {word} gehaald; "
            f"{in_period(earlier[-1].period)} was het {earlier[-1].text}.",
            _compared([earlier[-1]]),
        )


def _meets_norm(value: Decimal | None, candidate: Candidate) -> bool | None:
    if value is None:
        return None
    for target in candidate.info.targets:
        if target.applies_on(candidate.period.end) and (met := target.meets(value)) is not None:
            return met
    return None
