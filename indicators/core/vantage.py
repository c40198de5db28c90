"""From where one looks at the data: at which moment, and as whom."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from indicators.core.enumerations import Audience, LabelledEnum
from monitor.base.core.dates import AMSTERDAM, end_of_day, format_date
from monitor.base.core.errors import MonitorError


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


class Knowledge(LabelledEnum):
    """What one asks about a moment: what was known to us, or what was published."""

    KNOWN = "bekend"
    PUBLISHED = "gepubliceerd"


@dataclass(frozen=True)
class Standpoint:
    """A vantage as a reader asked for it. ``kind`` None is the present; ``word`` is the moment as it was typed.

    ``error`` says what is wrong with the question; the vantage is the present then.
    """

    vantage: Vantage
    kind: Knowledge | None = None
    word: str = ""
    error: str = ""

    @property
    def is_now(self) -> bool:
        return self.kind is None

    @property
    def text(self) -> str:
        """“zoals bekend op 3 maart 2025”; with the time when one was asked."""
        if self.kind is None:
            return ""
        local = self.vantage.moment.astimezone(AMSTERDAM)
        time = f", {local:%H.%M} uur" if "T" in self.word else ""
        return f"zoals {self.kind.label} op {format_date(local.date())}{time}"

    @property
    def query(self) -> str:
        """What an address ends with to ask for this standpoint again; empty for the present."""
        return f"?{urlencode(self.asked)}" if self.asked else ""

    @property
    def asked(self) -> dict[str, str]:
        """The parameters that ask for this standpoint again."""
        return {} if self.kind is None else {"soort": self.kind.value, "op": self.word}


def read_moment(word: str) -> datetime:
    """“2025-03-01” is the end of that day in Amsterdam, “2025-03-01T14:05” that minute; MonitorError otherwise."""
    try:
        if "T" in word:
            return datetime.fromisoformat(word).replace(tzinfo=AMSTERDAM)
        return end_of_day(date.fromisoformat(word))
    except ValueError:
        raise MonitorError(f"‘{word}’ is geen datum. Schrijf jaar-maand-dag, bijvoorbeeld 2025-12-31.") from None


def standpoint(kind: str, word: str, *, now: datetime, audience: Audience) -> Standpoint:
    """The standpoint that somebody of ``audience`` asks for; without a moment the present.

    The public always looks at what was published. Nobody looks ahead: an embargo ends when it ends.
    """
    present = Vantage(now, audience)
    if not word:
        return Standpoint(present)
    try:
        moment = read_moment(word)
    except MonitorError as error:
        return Standpoint(present, word=word, error=error.message)
    if moment > now and moment.astimezone(AMSTERDAM).date() > present.day:
        return Standpoint(present, word=word, error="Die dag moet nog komen. Kies vandaag of een eerdere dag.")
    knows = audience is Audience.INTERNAL and kind != Knowledge.PUBLISHED
    wanted = Knowledge.KNOWN if knows else Knowledge.PUBLISHED
    seen_as = Audience.INTERNAL if wanted is Knowledge.KNOWN else Audience.PUBLIC
    return Standpoint(Vantage(min(moment, now), seen_as), wanted, word)
