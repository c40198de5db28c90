"""What the machine tests and says about a value (toetsen): one small class per rule, registered in one place."""

from indicators.core.rules.findings import Candidate, Finding, SeriesContext, Severity
from indicators.core.rules.register import ROW_RULES, SERIES_RULES, judge

__all__ = ["ROW_RULES", "SERIES_RULES", "Candidate", "Finding", "SeriesContext", "Severity", "judge"]
