"""A parsed binding and what it became; see :mod:`indicators.core.binding` for the grammar."""

from dataclasses import dataclass

from indicators.core.enumerations import Variant
from indicators.core.figures import series_key
from indicators.core.periods import PeriodKind
from monitor.base.core.errors import MonitorError

DEFAULT_AREA = "nederland"


class BindingFailed(MonitorError):
    """A binding that cannot be read or finds nothing; the message is one Dutch sentence that names the binding."""


@dataclass(frozen=True)
class Moment:
    """Which figure of a series is meant: ``word`` with an optional kind of period, or a fixed period code."""

    word: str  # laatste, vorige, eerste, zelfde periode vorig jaar, or "" for a fixed period
    kind: PeriodKind | None = None
    period: str = ""
    like: str = ""  # the indicator whose latest realised period is meant

    @property
    def is_fixed(self) -> bool:
        return bool(self.period)


@dataclass(frozen=True)
class Binding:
    """One parsed binding; ``source`` is its text, for messages and tooltips."""

    source: str
    literal: str = ""
    fact: str = ""
    indicator: str = ""
    categories: tuple[tuple[str, str], ...] = ()
    variant: str = Variant.REALISED
    area: str = DEFAULT_AREA
    moment: Moment = Moment("laatste")
    filters: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The canonical key of the series it points to."""
        return series_key(self.indicator, self.area, self.variant, self.categories)


@dataclass(frozen=True)
class BoundText:
    """What a binding became: its text, and the observations (by id) it rests on."""

    text: str
    source: str
    observation_ids: tuple[int, ...] = ()
    fact: str = ""
