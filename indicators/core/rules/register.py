"""The one place where rules are registered; the order is the order in which people read the findings."""

from collections.abc import Sequence

from indicators.core.rules.findings import Candidate, Finding, RowRule, SeriesContext, SeriesRule
from indicators.core.rules.rows import (
    CountIsWhole,
    CountNotNegative,
    MoreDecimalsThanUsual,
    ScoreWithinBounds,
    ShareWithinBounds,
    UpperBoundAboveValue,
)
from indicators.core.rules.series import (
    FullYearInPartYear,
    GapInSeries,
    Jump,
    LongProvisional,
    NormCrossed,
    OtherKindOfPeriod,
    RealisedInTheFuture,
    RepeatedValue,
    SumOfParts,
)

ROW_RULES: Sequence[RowRule] = (
    ShareWithinBounds(),
    CountNotNegative(),
    CountIsWhole(),
    ScoreWithinBounds(),
    UpperBoundAboveValue(),
    MoreDecimalsThanUsual(),
)
SERIES_RULES: Sequence[SeriesRule] = (
    RealisedInTheFuture(),
    OtherKindOfPeriod(),
    SumOfParts(),
    FullYearInPartYear(),
    Jump(),
    RepeatedValue(),
    NormCrossed(),
    GapInSeries(),
    LongProvisional(),
)


def judge(candidate: Candidate, context: SeriesContext) -> tuple[Finding, ...]:
    """Everything the rules say about one value: errors first. A value that is impossible by itself is not compared."""
    found = [finding for rule in ROW_RULES if (finding := rule.judge(candidate))]
    if not any(finding.severity == "fout" for finding in found):
        found += [finding for rule in SERIES_RULES if (finding := rule.judge(candidate, context))]
    return tuple(sorted(found, key=lambda finding: finding.severity != "fout"))
