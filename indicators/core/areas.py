"""Municipalities over the years: which unit they belong to, what went on in what, and figures on another division.

A figure of an older division is put on a newer one only when nothing has to be guessed: it is a count that may be added
up, and every municipality of then went on as a whole. Otherwise the answer is “niet te berekenen”, with the reason.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from indicators.core.periods import Period

WHOLE = Decimal(1)
NOT_COMPUTABLE = "niet te berekenen"


@dataclass(frozen=True, order=True)
class Membership:
    """A municipality in a police unit, from ``start`` up to and including ``end`` (None: still)."""

    area: str
    start: date
    unit: str
    end: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)

    def overlaps(self, other: "Membership") -> bool:
        return (other.end is None or self.start <= other.end) and (self.end is None or other.start <= self.end)


@dataclass(frozen=True, order=True)
class Succession:
    """``share`` of the municipality ``old`` went on in ``new`` from ``date``; None: a part of unknown size."""

    date: date
    old: str
    new: str
    share: Decimal | None = WHOLE

    @property
    def is_whole(self) -> bool:
        return self.share == WHOLE


@dataclass(frozen=True)
class Combined:
    """A figure on another division: the value and the areas of then it is made of, or why there is none."""

    area: str
    value: Decimal | None
    parts: tuple[str, ...] = ()
    reason: str = ""


class _Unknown(Exception):
    """What cannot be worked out; the text says why."""


@dataclass(frozen=True)
class Division:
    """Who belonged where and who went on in whom. ``names`` are for the reasons; codes stand in where they lack."""

    memberships: tuple[Membership, ...]
    successions: tuple[Succession, ...] = ()
    names: Mapping[str, str] | None = None

    @cached_property
    def _by_area(self) -> Mapping[str, tuple[Membership, ...]]:
        grouped: dict[str, list[Membership]] = defaultdict(list)
        for membership in sorted(self.memberships):
            grouped[membership.area].append(membership)
        return {area: tuple(rows) for area, rows in grouped.items()}

    @cached_property
    def _changes(self) -> Mapping[date, tuple[Succession, ...]]:
        grouped: dict[date, list[Succession]] = defaultdict(list)
        for succession in self.successions:
            grouped[succession.date].append(succession)
        return {day: tuple(rows) for day, rows in grouped.items()}

    @cached_property
    def _existing(self) -> dict[date, frozenset[str]]:
        """The municipalities of days that were asked for before."""
        return {}

    @cached_property
    def _dates(self) -> tuple[date, ...]:
        """The days on which something changed, latest first."""
        return tuple(sorted(self._changes, reverse=True))

    def name(self, area: str) -> str:
        return (self.names or {}).get(area, area)

    def unit_on(self, area: str, day: date) -> str | None:
        """The police unit of a municipality on a day; None when it did not exist then."""
        return next((row.unit for row in self._by_area.get(area, ()) if row.holds_on(day)), None)

    def areas_on(self, day: date) -> frozenset[str]:
        """The municipalities that existed on a day."""
        if day not in self._existing:
            self._existing[day] = frozenset(row.area for row in self.memberships if row.holds_on(day))
        return self._existing[day]

    def members_on(self, unit: str, day: date) -> frozenset[str]:
        """The municipalities of a police unit on a day."""
        return frozenset(row.area for row in self.memberships if row.unit == unit and row.holds_on(day))

    def origins(self, area: str, then: date, now: date) -> frozenset[str]:
        """The municipalities of ``then`` that together are exactly ``area`` of ``now``.

        Raises LookupError with a Dutch sentence when there are none: something was split, or is not known.
        """
        try:
            return self._origins(area, then, now)
        except _Unknown as why:
            raise LookupError(str(why)) from None

    def _origins(self, area: str, then: date, now: date) -> frozenset[str]:
        if area not in self.areas_on(now):
            raise _Unknown(f"{self.name(area)} bestaat niet in deze indeling.")
        if any(now < row.date <= then and area in (row.old, row.new) for row in self.successions):
            raise _Unknown(f"{self.name(area)} is later anders ingedeeld; terugrekenen kan niet.")
        found = {area}
        for day in (day for day in self._dates if then < day <= now):
            found = self._day_before(found, day)
        existed = self.areas_on(then)
        for origin in sorted(found):
            if origin not in existed:
                raise _Unknown(f"Niet bekend is waaruit {self.name(origin)} is ontstaan.")
        return frozenset(found)

    def _day_before(self, areas: set[str], day: date) -> set[str]:
        """The areas that were these areas on the eve of a day of changes."""
        before = self.areas_on(day - timedelta(days=1))
        came_from = self._changes[day]
        found: set[str] = set()
        for area in areas:
            if split := next((row for row in came_from if area in (row.old, row.new) and not row.is_whole), None):
                raise _Unknown(
                    f"Een deel van {self.name(split.old)} ging per {day.day}-{day.month}-{day.year} over naar "
                    f"{self.name(split.new)}."
                )
            origins = {row.old for row in came_from if row.new == area}
            found |= origins
            if area in before or not origins:
                found.add(area)
        return found


def on_division(
    values: Mapping[str, Decimal | None], *, period: Period, day: date, division: Division, additive: bool
) -> dict[str, Combined]:
    """The figures of a period by municipality, put on the division of ``day``; one answer per municipality of then.

    ``values`` are by municipality as published, None where there is a row without a number. The division of the period
    is that of its first day; a flow whose first day is unknown is taken to begin at most a year before its end.
    """
    then = reference_day(period)
    if then is None:
        reason = "Van deze periode is niet bekend bij welke indeling zij hoort."
        return {area: Combined(area, None, (), reason) for area in sorted(division.areas_on(day))}
    return {area: _combine(area, values, then, day, division, additive) for area in sorted(division.areas_on(day))}


def reference_day(period: Period) -> date | None:
    """The day whose division a figure of the period is published on; None for periods without days."""
    if period.start is not None:
        return period.start
    return period.end - timedelta(days=364) if period.end is not None else None


def _combine(
    area: str, values: Mapping[str, Decimal | None], then: date, now: date, division: Division, additive: bool
) -> Combined:
    try:
        origins = division._origins(area, then, now)
    except _Unknown as why:
        return Combined(area, None, (), str(why))
    if area not in origins and values.get(area) is not None:
        if any(values.get(origin) is not None for origin in origins):
            reason = f"Over deze periode zijn er cijfers van {division.name(area)} en van wat ervoor was."
            return Combined(area, None, (), reason)
        return Combined(area, values[area], (area,))
    if len(origins) > 1 and not additive:
        return Combined(area, None, (), "Dit cijfer is geen aantal en is dus niet op te tellen.")
    missing = [origin for origin in sorted(origins) if values.get(origin) is None]
    if missing:
        names = in_words([division.name(origin) for origin in missing])
        return Combined(area, None, (), f"Er is geen cijfer van {names}.")
    return Combined(area, add_up(values[origin] for origin in origins), tuple(sorted(origins)))


def unit_totals(
    figures: Mapping[str, Combined], *, day: date, division: Division, additive: bool
) -> dict[str, Combined]:
    """Per police unit of ``day`` the sum of its municipalities; one that cannot be computed leaves its unit without."""
    members: dict[str, list[str]] = defaultdict(list)
    for area in sorted(division.areas_on(day)):
        members[division.unit_on(area, day) or ""].append(area)
    return {unit: _unit_total(unit, areas, figures, division, additive) for unit, areas in sorted(members.items())}


def _unit_total(
    unit: str, areas: list[str], figures: Mapping[str, Combined], division: Division, additive: bool
) -> Combined:
    if not additive:
        return Combined(unit, None, (), "Dit cijfer is geen aantal en is dus niet op te tellen.")
    without = [area for area in areas if area not in figures or figures[area].value is None]
    if without:
        return Combined(unit, None, (), _without(without, division))
    return Combined(unit, add_up(figures[area].value for area in areas), tuple(areas))


def _without(areas: list[str], division: Division) -> str:
    names = [division.name(area) for area in areas]
    if len(names) > 3:
        return f"Van {len(names)} gemeenten is er geen cijfer op deze indeling."
    return f"Van {in_words(names)} is er geen cijfer op deze indeling."


def in_words(names: Sequence[str]) -> str:
    """“A, B en C”."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} en {names[-1]}"


def add_up(numbers: Iterable[Decimal | None]) -> Decimal:
    """The exact sum; numbers that are not there must have been refused before."""
    return sum((number for number in numbers if number is not None), Decimal(0))
