"""Recording published history: observations whose authority is the publication they stand in.

The only other way an observation comes to be is a check by a second person. Nothing is ever overwritten: what differs
from what is known becomes a later revision, and closes the range of the one before.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Case, DateTimeField, QuerySet, Value, When

from indicators.core.enumerations import Basis, ChangeKind
from indicators.core.figures import DECIMAL_DIGITS, WHOLE_DIGITS, is_storable
from indicators.models import Footnote, Observation, ObservationFootnote, Series
from indicators.services.catalogue import Counts
from monitor.base.core.errors import MonitorError


@dataclass(frozen=True)
class PublishedValue:
    """One published figure of one series and period. ``footnotes`` are codes of footnotes printed under it.

    ``known_from`` is when we could know it, ``public_from`` when anybody may see it (None: not public yet).
    """

    series_id: int
    period_id: int
    value: Decimal | None
    publication_id: int
    known_from: datetime
    public_from: datetime | None
    decimals: int
    status: str
    certainty: str
    marker: str = ""
    value_high: Decimal | None = None
    qualifier: str = ""
    money_basis: str = ""
    asserted_by: str = ""
    source_id: int | None = None
    place: str = ""
    footnotes: tuple[str, ...] = ()
    change_kind: ChangeKind = ChangeKind.CORRECTION
    reason: str = ""


# What makes a figure another figure; footnotes are compared apart.
_CONTENT = (
    "value", "value_high", "marker", "qualifier", "decimals", "status", "certainty", "money_basis", "asserted_by",
    "publication_id", "source_id", "place",
)  # fmt: skip


@dataclass
class _Writes:
    """What a call will write: new revisions with their footnotes, and moments that close or open ranges, by row id."""

    fresh: list[Observation] = field(default_factory=list)
    notes: list[tuple[str, ...]] = field(default_factory=list)
    known_to: dict[int, datetime] = field(default_factory=dict)
    public_from: dict[int, datetime] = field(default_factory=dict)
    public_to: dict[int, datetime] = field(default_factory=dict)


@transaction.atomic
def record_published(values: Sequence[PublishedValue]) -> Counts:
    """Record published figures; the same ones again change nothing.

    A figure that differs from the current one becomes the next revision with its ``change_kind`` and ``reason``. The
    same figure that was not public yet and now has a ``public_from`` becomes public. Raises :class:`MonitorError` when
    a revision has no reason, or would be known or public before the figure it follows, or a number is not exact.
    """
    series_ids = sorted({value.series_id for value in values})
    # The series rows are locked, in order: two loads take turns.
    list(Series.objects.select_for_update().filter(pk__in=series_ids).order_by("pk").values_list("pk"))
    rows = Observation.objects.filter(series_id__in=series_ids)
    current = _by_place(rows.filter(known_to__isnull=True).prefetch_related("footnotes"))
    followed = _followed_by_a_check(rows, current)
    shown = _by_place(rows.filter(public_from__isnull=False, public_to__isnull=True))
    writes = _Writes()
    for value in values:
        _check_exact(value)
        place = (value.series_id, value.period_id)
        if any(_is_same(earlier, value) for earlier in followed.get(place, ())):
            continue
        _decide(writes, value, current.get(place), shown.get(place))
    for column in ("known_to", "public_from", "public_to"):
        _fill(column, getattr(writes, column))
    Observation.objects.bulk_create(writes.fresh, batch_size=500)
    _link_footnotes(writes.fresh, writes.notes)
    changed = len(writes.known_to) + len(writes.public_from)
    new = len(writes.fresh) - len(writes.known_to)
    return Counts(new, changed, len(values) - new - changed)


def _followed_by_a_check(
    rows: QuerySet[Observation], current: Mapping[tuple[int, int], Observation]
) -> dict[tuple[int, int], list[Observation]]:
    """The published revisions of figures that were revised in a round since: loading those again changes nothing."""
    checked = [row for row in current.values() if row.basis == Basis.REVIEW]
    found: dict[tuple[int, int], list[Observation]] = {(row.series_id, row.period_id): [] for row in checked}
    published = rows.filter(basis=Basis.PUBLISHED, series_id__in={row.series_id for row in checked})
    for row in published.prefetch_related("footnotes"):
        if (row.series_id, row.period_id) in found:
            found[row.series_id, row.period_id].append(row)
    return found


def _by_place(rows: Iterable[Observation]) -> dict[tuple[int, int], Observation]:
    """At most one row per series and period."""
    return {(row.series_id, row.period_id): row for row in rows}


def _decide(writes: _Writes, value: PublishedValue, before: Observation | None, shown: Observation | None) -> None:
    """Enter what this figure asks for: nothing, a first figure, a revision of ``before``, or its becoming public.

    ``shown`` is the revision that the public sees; one that is not public itself does not end that range.
    """
    same = before is not None and _is_same(before, value)
    if same and (value.public_from is None or before is None or before.public_from is not None):
        return
    if before and not same:
        _check_revision(before, value)
        writes.known_to[before.pk] = value.known_from
    if shown and value.public_from:
        _check_publicity(shown, value.public_from)
        writes.public_to[shown.pk] = value.public_from
    if same and before is not None and value.public_from:
        writes.public_from[before.pk] = value.public_from
        return
    writes.fresh.append(_observation(value, before))
    writes.notes.append(value.footnotes)


def _is_same(stored: Observation, value: PublishedValue) -> bool:
    same = all(getattr(stored, name) == getattr(value, name) for name in _CONTENT)
    return same and {note.code for note in stored.footnotes.all()} == set(value.footnotes)


def _check_revision(before: Observation, value: PublishedValue) -> None:
    if not value.reason:
        raise MonitorError(
            f"Het cijfer ‘{before.series.key}’ over {before.period} verschilt van wat is vastgelegd "
            f"({before.value} → {value.value}); geef een soort wijziging en een reden."
        )
    if value.known_from < before.known_from:
        raise MonitorError(
            f"Een herziening van ‘{before.series.key}’ over {before.period} kan niet eerder bekend zijn "
            f"({value.known_from:%d-%m-%Y}) dan het cijfer dat zij opvolgt ({before.known_from:%d-%m-%Y})."
        )


def _check_exact(value: PublishedValue) -> None:
    for number in (value.value, value.value_high):
        if number is not None and not is_storable(number):
            raise MonitorError(
                f"{number} is niet exact te bewaren: ten hoogste {WHOLE_DIGITS} cijfers en {DECIMAL_DIGITS} decimalen."
            )


def _check_publicity(shown: Observation, moment: datetime) -> None:
    """A range is closed once: two revisions can never be public at the same moment."""
    if shown.public_from and moment < shown.public_from:
        raise MonitorError(
            f"Een herziening van ‘{shown.series.key}’ over {shown.period} kan niet eerder openbaar worden "
            f"({moment:%d-%m-%Y}) dan het cijfer dat zij opvolgt ({shown.public_from:%d-%m-%Y})."
        )


def _observation(value: PublishedValue, before: Observation | None) -> Observation:
    return Observation(
        series_id=value.series_id,
        period_id=value.period_id,
        revision=before.revision + 1 if before else 1,
        change_kind=value.change_kind if before else ChangeKind.FIRST,
        reason=value.reason if before else "",
        basis=Basis.PUBLISHED,
        known_from=value.known_from,
        public_from=value.public_from,
        **{name: getattr(value, name) for name in _CONTENT},
    )


def _fill(column: str, moments: Mapping[int, datetime]) -> None:
    """Close or open ranges, in one statement: the only change that the triggers let through, once per range."""
    if moments:
        cases = (When(pk=pk, then=Value(moment)) for pk, moment in moments.items())
        Observation.objects.filter(pk__in=moments).update(**{column: Case(*cases, output_field=DateTimeField())})


def _link_footnotes(observations: Sequence[Observation], notes: Sequence[tuple[str, ...]]) -> None:
    codes = {code for group in notes for code in group}
    ids = dict(Footnote.objects.filter(code__in=codes).values_list("code", "pk"))
    ObservationFootnote.objects.bulk_create(
        [
            ObservationFootnote(observation_id=observation.pk, footnote_id=ids[code])
            for observation, group in zip(observations, notes, strict=True)
            for code in group
        ],
        batch_size=500,
    )
