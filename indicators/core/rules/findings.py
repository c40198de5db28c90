"""A value under test, what surrounds it, and what a rule says about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Protocol

from indicators.core.enumerations import LabelledEnum, Marker, Status
from indicators.core.figures import Figure, IndicatorInfo, SeriesInfo
from indicators.core.periods import Period


class Severity(LabelledEnum):
    """An error stops submission; a warning asks for an explanation."""

    ERROR = "fout"
    WARNING = "waarschuwing"


@dataclass(frozen=True)
class Finding:
    """What a rule says: in Dutch, with the figures compared (period and value, as shown)."""

    rule: str
    severity: Severity
    message: str
    compared: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Candidate:
    """A value that somebody wants to record for a series and period."""

    info: IndicatorInfo
    series: SeriesInfo
    period: Period
    value: Decimal | None
    value_high: Decimal | None = None
    marker: Marker | None = None
    status: Status = Status.FINAL

    @property
    def as_number(self) -> Decimal | None:
        """For sums: zero for nihil, None when there is no value for another reason."""
        return Decimal(0) if self.marker is Marker.NIHIL else self.value


@dataclass(frozen=True)
class SeriesContext:
    """What a rule may compare with. ``history`` are the other figures of the series, in order of period.

    ``parts`` and ``total`` are the values around it for the same period: of the classes below it, and of the total it
    is a part of together with its ``siblings`` (all by name). ``others_asked`` tells whether more is still to come.
    """

    history: Sequence[Figure] = ()
    parts: Mapping[str, Decimal | None] = field(default_factory=dict)
    siblings: Mapping[str, Decimal | None] = field(default_factory=dict)
    total: Decimal | None = None
    today: date = date.max


class RowRule(Protocol):
    """A rule about the value alone; it has a twin in SQL (``queries/rule_filters.py``), proven equal by a test."""

    @property
    def code(self) -> str: ...

    @property
    def severity(self) -> Severity: ...

    def judge(self, candidate: Candidate) -> Finding | None: ...


class SeriesRule(Protocol):
    """A rule about the value among others."""

    @property
    def code(self) -> str: ...

    @property
    def severity(self) -> Severity: ...

    def judge(self, candidate: Candidate, context: SeriesContext) -> Finding | None: ...
