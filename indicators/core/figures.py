"""Figures as plain values: what queries return and everything that is shown is made from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal

from indicators.core.enumerations import (
    Certainty,
    Comparator,
    Direction,
    Marker,
    Qualifier,
    Status,
    TargetState,
    Variant,
)
from indicators.core.periods import Period
from monitor.base.core.errors import MonitorError
from monitor.base.core.numbers import format_number, format_quantity


@dataclass(frozen=True)
class Target:
    """A norm or goal of an indicator; ``value`` is in the indicator's meeteenheid, None when it has no number (yet)."""

    code: str
    kind: str
    comparator: Comparator
    value: Decimal | None
    value_high: Decimal | None
    text: str
    state: TargetState
    level: str
    valid_from: date | None
    valid_to: date | None
    source: str
    place: str

    def applies_on(self, day: date | None) -> bool:
        """Whether the target is valid on a day; a figure without an end is held against every target."""
        if day is None:
            return True
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)

    def meets(self, value: Decimal) -> bool | None:
        """Whether a value meets the target; None where one value gives no verdict (toename, kwalitatief, no number)."""
        if self.value is None or self.state is not TargetState.SETTLED:
            return None
        match self.comparator:
            case Comparator.AT_LEAST:
                return value >= self.value
            case Comparator.AT_MOST:
                return value <= self.value
            case Comparator.EQUAL:
                return value == self.value
            case Comparator.BETWEEN if self.value_high is not None:
                return self.value <= value <= self.value_high
            case _:
                return None


@dataclass(frozen=True)
class Break:
    """A break in the series, from ``period`` on."""

    period: Period
    kind: str
    text: str


@dataclass(frozen=True)
class IndicatorInfo:
    """The wording of an indicator and what surrounds its figures."""

    code: str
    name: str
    theme_code: str
    theme: str
    definition: str
    definition_note: str
    unit: str
    decimals: int
    measure: str
    direction: Direction
    additive: bool
    has_rest: bool
    value_kind: str
    chart: str
    source: str
    targets: tuple[Target, ...] = ()
    breaks: tuple[Break, ...] = ()
    restatements: tuple[str, ...] = ()
    footnotes: tuple[str, ...] = ()


@dataclass(frozen=True)
class CategoryInfo:
    """One category of a breakdown; ``ancestors`` are the codes of the categories above it, nearest first."""

    breakdown: str
    breakdown_name: str
    code: str
    name: str
    ancestors: tuple[str, ...]
    ancestor_names: tuple[str, ...]
    order: int

    @property
    def parent(self) -> str:
        """The code of the category just above, empty at the top."""
        return self.ancestors[0] if self.ancestors else ""


@dataclass(frozen=True)
class SeriesInfo:
    """One series: an indicator for an area, a variant and at most one category per breakdown."""

    key: str
    indicator: str
    area: str
    area_name: str
    variant: Variant
    categories: tuple[CategoryInfo, ...] = ()
    area_kind: str = ""

    @property
    def is_total(self) -> bool:
        """A total is the absence of a category."""
        return not self.categories

    @property
    def category_names(self) -> str:
        return "; ".join(category.name for category in self.categories)


@dataclass(frozen=True)
class Figure:
    """One observation as it stands from a vantage. ``value`` is None exactly when ``marker`` tells why."""

    observation_id: int
    series: SeriesInfo
    period: Period
    revision: int
    value: Decimal | None
    value_high: Decimal | None
    marker: Marker | None
    qualifier: Qualifier | None
    decimals: int
    unit: str
    status: Status
    certainty: Certainty
    money_basis: str
    change_kind: str
    publication: str
    source: str
    place: str
    asserted_by: str
    known_from: datetime
    footnotes: tuple[str, ...] = ()

    @property
    def number(self) -> str:
        """The value without unit or qualifier; a marker as readers know it (“–” for nihil)."""
        if self.value is None:
            return marker_text(self.marker)
        if self.value_high is not None:
            return f"{format_number(self.value, self.decimals)}-{format_number(self.value_high, self.decimals)}"
        return format_number(self.value, self.decimals)

    @property
    def text(self) -> str:
        """The value as it stands in a sentence: with qualifier and unit (“ruim 300.000”, “83,7%”)."""
        return qualified_quantity(self.value, self.value_high, self.marker, self.qualifier, self.unit, self.decimals)

    @property
    def is_approximate(self) -> bool:
        """Not exact to the last digit: the source says so, gives a range, or counts in whole thousands."""
        if self.qualifier is not None or self.value_high is not None:
            return True
        if not self.value or "euro" in self.unit:  # tables of amounts count in thousands and are exact
            return False
        return self.value % 1000 == 0

    @property
    def as_number(self) -> Decimal | None:
        """For sums: the value, and zero for nihil; None when there is no value for another reason."""
        return Decimal(0) if self.marker is Marker.NIHIL else self.value


WHOLE_DIGITS, DECIMAL_DIGITS = 11, 4  # NUMERIC(15,4); fifteen digits is also what SQLite keeps exactly


def is_storable(number: Decimal) -> bool:
    """Whether the database keeps this number exactly; what it would round is refused (DESIGN section 4)."""
    exponent = number.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -DECIMAL_DIGITS and number.adjusted() < WHOLE_DIGITS


def require_storable(*numbers: Decimal | None) -> None:
    """Refuse (:class:`MonitorError`) what the database would round."""
    for number in numbers:
        if number is not None and not is_storable(number.normalize()):
            raise MonitorError(
                f"{number} is niet exact te bewaren: ten hoogste {WHOLE_DIGITS} cijfers en {DECIMAL_DIGITS} decimalen."
            )


def marker_text(marker: Marker | None) -> str:
    """What stands in a table cell without a value."""
    return "–" if marker is Marker.NIHIL or marker is None else marker.label


def qualified_quantity(
    value: Decimal | None,
    value_high: Decimal | None,
    marker: Marker | None,
    qualifier: Qualifier | None,
    unit: str,
    decimals: int,
) -> str:
    """A value with its unit and qualifying word, or its marker in words."""
    if value is None:
        return (marker or Marker.UNKNOWN).label
    quantity = format_quantity(value_high if value_high is not None else value, unit, decimals)
    if value_high is not None:
        quantity = f"{format_number(value, decimals)} tot {quantity}"
    return f"{qualifier.label} {quantity}" if qualifier else quantity


@dataclass(frozen=True)
class FactInfo:
    """A one-off figure with its sentence."""

    code: str
    name: str
    theme: str
    theme_code: str
    sentence: str
    value: Decimal
    value_high: Decimal | None
    unit: str
    decimals: int
    qualifier: Qualifier | None
    period: Period
    area: str
    variant: Variant
    publication: str
    source: str
    place: str
    asserted_by: str
    certainty: Certainty
    read_as: str
    footnote: str
    kind: str = ""

    @property
    def text(self) -> str:
        return qualified_quantity(self.value, self.value_high, None, self.qualifier, self.unit, self.decimals)

    @property
    def full_sentence(self) -> str:
        """The sentence with its value in place, its first letter a capital, and the period it is about."""
        sentence = self.sentence.replace("{waarde}", self.text).removesuffix(".")
        return f"{sentence[:1].upper()}{sentence[1:]} ({self.period.label})."


@dataclass(frozen=True)
class Explanation:
    """The published reason for a difference between plan and realisation of a series in a period."""

    series: SeriesInfo
    period: Period
    text: str


@dataclass(frozen=True)
class DataSet:
    """Everything a page or report is made from, seen from one vantage; figures of a series are in order of period.

    ``uncertain`` holds, per series key, the periods for which only readings exist: a chart shows a gap there.
    """

    indicators: Mapping[str, IndicatorInfo]
    figures: Mapping[str, tuple[Figure, ...]]
    facts: Mapping[str, FactInfo] = field(default_factory=dict)
    uncertain: Mapping[str, tuple[Period, ...]] = field(default_factory=dict)
    explanations: tuple[Explanation, ...] = ()

    def until(self, day: date) -> "DataSet":
        """Without realised figures over a period that ends after ``day``: what a paper of that day can hold."""
        kept = {
            key: tuple(
                f for f in rows if f.series.variant is not Variant.REALISED or not f.period.end or f.period.end <= day
            )
            for key, rows in self.figures.items()
        }
        return replace(self, figures={key: rows for key, rows in kept.items() if rows})

    def series_of(self, indicator: str) -> tuple[SeriesInfo, ...]:
        """All series of an indicator that have figures, in order of key."""
        return tuple(
            rows[0].series
            for key, rows in sorted(self.figures.items())
            if rows and rows[0].series.indicator == indicator
        )


def series_key(indicator: str, area: str, variant: str, categories: Iterable[tuple[str, str]]) -> str:
    """The canonical text key of a series: ``gtpa-incidenten|nederland|realisatie|soort-geweld=belediging``."""
    parts = ";".join(f"{breakdown}={category}" for breakdown, category in sorted(categories))
    return "|".join((indicator, area, str(variant), parts))
