"""Asking again after something that may be over in a moment: longer and longer, not all at once, and not for ever."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from indicators.core.opendata.answers import BrokenAnswer, OpenDataProblem, read_json
from indicators.importing.opendata.addresses import TryAgain
from indicators.importing.opendata.transport import Opener

Read = TypeVar("Read")


@dataclass(frozen=True)
class Patience:
    """How often and how long. Waits double, up to a limit, each shortened by chance so that askers spread."""

    attempts: int = 6
    first_wait: float = 1.0
    longest_wait: float = 60.0
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = field(default=random.random)

    def wait_before(self, attempt: int, asked: float | None) -> float:
        """Seconds before a next attempt (counted from 1); what the server asks for goes first, within the limit."""
        usual = min(self.first_wait * float(2 ** (attempt - 1)), self.longest_wait)
        return min(max(usual * (0.5 + self.chance() / 2), asked or 0.0), self.longest_wait)


@dataclass(frozen=True)
class Asked(Generic[Read]):
    """An answer: as JSON, as it was read, and the bytes that came."""

    answer: Any
    read: Read
    body: bytes


def ask(
    opener: Opener,
    url: str,
    where: str,
    read: Callable[[Any], Read],
    patience: Patience,
    stop: Callable[[], None],
) -> Asked[Read]:
    """The answer at an address, as ``read`` understands it. ``stop`` is called before every attempt and may raise.

    Raises OpenDataProblem: at once for what will not pass, and when patience is at its end.
    """
    problem: OpenDataProblem | None = None
    for attempt in range(1, patience.attempts + 1):
        stop()
        try:
            body = opener(url)
            answer = read_json(body, where)
            return Asked(answer, read(answer), body)
        except (TryAgain, BrokenAnswer) as error:
            problem = error
            if attempt < patience.attempts:
                patience.sleep(patience.wait_before(attempt, getattr(error, "after", None)))
    raise OpenDataProblem(
        f"{where} is na {patience.attempts} pogingen niet op te halen: {problem} Wat al opgehaald was, is bewaard; "
        "begin later opnieuw."
    ) from problem
