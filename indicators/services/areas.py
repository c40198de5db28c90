"""Writing municipalities: the areas, their membership of police units through the years, and their successions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from indicators.core.areas import Membership, Succession
from indicators.core.enumerations import AreaKind
from indicators.models import Area, AreaMembership, AreaSuccession
from indicators.services.catalogue import Counts, save_rows
from monitor.base.core.audit import rows_digest
from monitor.base.core.errors import MonitorError
from monitor.base.models import User
from monitor.base.services.audit import record_act

_AFTER_THE_OTHERS = 1000  # the order of municipalities: after the areas of the catalogue, by name among themselves


@dataclass(frozen=True)
class Municipality:
    """A municipality (CBS code) in a police unit from ``start`` to ``end``; without a start: as it stands already."""

    code: str
    name: str
    police_unit: str
    start: date | None
    end: date | None = None


@transaction.atomic
def load_areas(
    *, municipalities: Sequence[Municipality], successions: Sequence[Succession] = (), by: User | None = None
) -> dict[str, Counts]:
    """Save municipalities with their memberships and successions; the same again changes nothing.

    Areas are recognised by their CBS code and never deleted; an area that is there keeps its own code and order.
    Raises MonitorError for an unknown police unit, memberships that overlap, and a succession of an unknown area.
    """
    units = _units()
    wanted = [replace(one, police_unit=_unit_code(one, units)) for one in municipalities]
    counts, areas = _save_areas(wanted, units)
    memberships = _save_memberships(wanted, areas, units)
    went_on = _save_successions(successions)
    done = {"gemeenten": counts, "indelingen": memberships, "opvolgingen": went_on}
    if any(count.new or count.changed for count in done.values()):
        record_act(
            actor=by,
            act="gemeenten geladen",
            subject="gemeenten en hun indeling",
            counts={name: count.new + count.changed for name, count in done.items()},
            rows_digest=rows_digest(_plain(municipalities, successions)),
        )
    return done


def _plain(municipalities: Iterable[Municipality], successions: Iterable[Succession]) -> list[dict[str, Any]]:
    return [*(asdict(one) for one in municipalities), *(asdict(one) for one in successions)]


def _units() -> dict[str, Area]:
    """The police units by code."""
    return {area.code: area for area in Area.objects.filter(kind=AreaKind.UNIT)}


def _unit_code(one: Municipality, units: Mapping[str, Area]) -> str:
    """A unit is named by its code, its name, or its name without “Politie-eenheid”."""
    words = one.police_unit.casefold().removeprefix("politie-eenheid ").strip()
    for code, unit in units.items():
        if words in (code, unit.name.casefold().removeprefix("politie-eenheid ")):
            return code
    known = ", ".join(unit.name for unit in units.values()) or "geen; laad eerst de cijfers (load_figures)"
    raise MonitorError(
        f"Gemeente {one.name} ({one.code}): politie-eenheid ‘{one.police_unit}’ bestaat niet. Bekend: {known}. "
        "Er is niets geladen."
    )


def _save_areas(wanted: Sequence[Municipality], units: Mapping[str, Area]) -> tuple[Counts, dict[str, Area]]:
    """One area per CBS code, named and placed as its latest row says; returns them by CBS code."""
    latest = {one.code: one for one in sorted(wanted, key=lambda one: one.start or date.max)}
    stored = {area.cbs_code: area for area in Area.objects.exclude(cbs_code="")}
    for code, area in stored.items():
        if code in latest and area.kind != AreaKind.MUNICIPALITY:
            raise MonitorError(f"{code} is {area.name} en geen gemeente. Er is niets geladen.")
    taken = set(Area.objects.values_list("code", flat=True))
    rows = []
    for cbs_code, one in sorted(latest.items()):
        known = stored.get(cbs_code)
        code = known.code if known else _free_code(one, taken)
        taken.add(code)
        rows.append(
            {
                "code": code,
                "kind": AreaKind.MUNICIPALITY.value,
                "name": one.name,
                "cbs_code": cbs_code,
                "parent_id": units[one.police_unit].pk,
                "order": known.order if known else _AFTER_THE_OTHERS,
            }
        )
    counts, saved = save_rows(Area, rows)
    return counts, {area.cbs_code: area for area in saved.values() if area.cbs_code}


def _free_code(one: Municipality, taken: set[str]) -> str:
    code = f"gemeente-{slugify(one.name)}"
    return code if code not in taken else f"{code}-{one.code.lower()}"


def _save_memberships(wanted: Sequence[Municipality], areas: Mapping[str, Area], units: Mapping[str, Area]) -> Counts:
    stored: dict[int, dict[date, Membership]] = defaultdict(dict)
    for row in AreaMembership.objects.select_related("unit", "member"):
        found = Membership(row.member.cbs_code, row.valid_from, row.unit.code, row.valid_to)
        stored[row.member_id][row.valid_from] = found
    rows, same = [], 0
    for one in wanted:
        area = areas[one.code]
        membership = _membership(one, stored[area.pk].values())
        if one.start is None:
            same += 1
            continue
        stored[area.pk][membership.start] = membership
        rows.append(
            {
                "member_id": area.pk,
                "unit_id": units[membership.unit].pk,
                "valid_from": membership.start,
                "valid_to": membership.end,
            }
        )
    for one in wanted:
        _refuse_overlap(one, sorted(stored[areas[one.code].pk].values()))
    counts, _ = save_rows(AreaMembership, rows, key=("member_id", "valid_from"))
    return counts + Counts(same=same)


def _membership(one: Municipality, stored: Iterable[Membership]) -> Membership:
    if one.start is not None:
        return Membership(one.code, one.start, one.police_unit, one.end)
    current = next((row for row in stored if row.end is None), None)
    if current is None or current.unit != one.police_unit:
        stands = "nog bij geen" if current is None else "bij een andere"
        raise MonitorError(
            f"Gemeente {one.name} ({one.code}) hoort {stands} politie-eenheid. Vul in de kolom ‘from’ in vanaf wanneer "
            "deze indeling geldt. Er is niets geladen."
        )
    return current


def _refuse_overlap(one: Municipality, memberships: Sequence[Membership]) -> None:
    for earlier, later in pairwise(memberships):
        if earlier.overlaps(later):
            raise MonitorError(
                f"Gemeente {one.name} ({one.code}): de indeling vanaf {earlier.start:%d-%m-%Y} loopt door tot in die "
                f"vanaf {later.start:%d-%m-%Y}. Geef de eerste een laatste dag. Er is niets geladen."
            )


def _save_successions(successions: Sequence[Succession]) -> Counts:
    areas = dict(Area.objects.exclude(cbs_code="").values_list("cbs_code", "pk"))
    for one in successions:
        for code in (one.old, one.new):
            if code not in areas:
                raise MonitorError(
                    f"Opvolging van {one.old} door {one.new}: {code} is geen bekende gemeente. Er is niets geladen."
                )
    rows = [
        {"old_id": areas[one.old], "new_id": areas[one.new], "date": one.date, "share": one.share}
        for one in successions
    ]
    counts, _ = save_rows(AreaSuccession, rows, key=("old_id", "new_id", "date"))
    return counts
