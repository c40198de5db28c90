"""Where figures were used: an extension point. Higher apps register who knows it, in ``AppConfig.ready``::

    register_usages("reports", usages_in_reports)

A provider gets places (series and period) and returns, in a fixed number of statements, the documents in which a
revision of their figures stands. Registering the same name again is harmless.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

FigurePlace = tuple[int, int]  # the ids of a series and a period


class UsageKind(StrEnum):
    """What sort of document a figure stands in."""

    PUBLICATION = "publicatie"
    REPORT = "rapport"


@dataclass(frozen=True)
class Usage:
    """One document with one revision of a figure in it.

    ``is_sent``: it went to parliament, so a correction must be reported there. ``is_public``: anybody may know this.
    """

    kind: UsageKind
    title: str
    day: date
    revision: int
    place: str = ""
    url: str = ""
    is_sent: bool = False
    is_public: bool = False


UsageProvider = Callable[[Collection[FigurePlace]], Mapping[FigurePlace, tuple[Usage, ...]]]

_providers: dict[str, UsageProvider] = {}


def register_usages(name: str, provider: UsageProvider) -> None:
    _providers[name] = provider


def usage_providers() -> tuple[UsageProvider, ...]:
    return tuple(_providers.values())


def in_order(usages: Collection[Usage]) -> tuple[Usage, ...]:
    """The newest document first; a document that was sent before one that was only made."""
    return tuple(sorted(usages, key=lambda one: (-one.day.toordinal(), not one.is_sent, one.title, one.revision)))


def warning_for_correction(usages: Collection[Usage]) -> str:
    """What a correction asks for when the figure was sent: “Dit cijfer stond in …”. Empty when it never was."""
    titles = list(dict.fromkeys(usage.title for usage in in_order(usages) if usage.is_sent))
    if not titles:
        return ""
    named = titles[0] if len(titles) == 1 else f"{', '.join(titles[:-1])} en {titles[-1]}"
    return f"Dit cijfer stond in {named}. Een correctie moet daar worden gemeld."
