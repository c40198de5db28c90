"""What somebody looks for among the figures."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class ObservationCriteria:
    """Which observations are wanted. An empty collection asks nothing; within one any word will do, all must agree.

    ``categories`` maps a breakdown to the wanted categories (none: any of them); ``only_totals`` wants series without
    categories. ``ends_from`` and ``ends_to`` are days between which the period ends; a period whose end is unknown
    answers neither.
    """

    indicators: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    categories: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    only_totals: bool = False
    periods: tuple[str, ...] = ()
    ends_from: date | None = None
    ends_to: date | None = None
    statuses: tuple[str, ...] = ()
