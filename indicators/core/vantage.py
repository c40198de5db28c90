"""From where one looks at the data: at which moment, and as whom."""

from dataclasses import dataclass
from datetime import date, datetime

from indicators.core.enumerations import Audience
from monitor.base.core.dates import AMSTERDAM, end_of_day


@dataclass(frozen=True)
class Vantage:
    """Every query takes one. ``audience`` public sees what was public at ``moment``; internal what was known to us."""

    moment: datetime
    audience: Audience

    @classmethod
    def on_day(cls, day: date, audience: Audience) -> "Vantage":
        """A date means the end of that day in Amsterdam."""
        return cls(end_of_day(day), audience)

    @property
    def day(self) -> date:
        return self.moment.astimezone(AMSTERDAM).date()
