"""Recording published history: observations whose authority is the publication they stand in.

The only other way an observation comes to be is a check by a second person. Nothing is ever overwritten: what differs
from what is known becomes a later revision, and closes the range of the one before.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Case, DateTimeField, Value, When

from indicators.core.enumerations import Basis, ChangeKind
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


@transaction.atomic
def record_published(values: Sequence[PublishedValue]) -> Counts:
    """Record published figures; the same ones again change nothing.

    A figure that differs from the current one becomes the next revision with its ``change_kind`` and ``reason``.
    Raises :class:`MonitorError` when a revision has no reason or would be known before the figure it follows.
    """
    current = _current_revisions(values)
    fresh: list[Observation] = []
    notes: list[tuple[str, ...]] = []
    closing: dict[int, PublishedValue] = {}
    changed = 0
    for value in values:
        before = current.get((value.series_id, value.period_id))
        if before and _is_same(before, value):
            continue
        if before:
            _check_revision(before, value)
            closing[before.pk] = value
            changed += 1
        fresh.append(_observation(value, before))
        notes.append(value.footnotes)
    _close(closing, current)
    Observation.objects.bulk_create(fresh, batch_size=500)
    _link_footnotes(fresh, notes)
    return Counts(len(fresh) - changed, changed, len(values) - len(fresh))


def _current_revisions(values: Sequence[PublishedValue]) -> dict[tuple[int, int], Observation]:
    """The current revision per series and period. The series rows are locked, in order: two loads take turns."""
    series_ids = sorted({value.series_id for value in values})
    list(Series.objects.select_for_update().filter(pk__in=series_ids).order_by("pk").values_list("pk"))
    rows = Observation.objects.filter(series_id__in=series_ids, known_to__isnull=True).prefetch_related("footnotes")
    return {(row.series_id, row.period_id): row for row in rows}


def _is_same(stored: Observation, value: PublishedValue) -> bool:
    same = all(getattr(stored, name) == getattr(value, name) for name in _CONTENT)
    return same and {note.code for note in stored.footnotes.all()} == set(value.footnotes)


def _check_revision(before: Observation, value: PublishedValue) -> None:
    if not value.reason:
        raise MonitorError(
            f"Het cijfer van reeks {before.series_id} verschilt van wat is vastgelegd "
            f"({before.value} → {value.value}); geef een soort wijziging en een reden."
        )
    if value.known_from < before.known_from:
        raise MonitorError(
            f"Een herziening kan niet eerder bekend zijn ({value.known_from:%d-%m-%Y}) dan het cijfer dat zij opvolgt "
            f"({before.known_from:%d-%m-%Y})."
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


def _close(closing: Mapping[int, PublishedValue], current: Mapping[tuple[int, int], Observation]) -> None:
    """End the ranges of what is followed. An embargoed revision does not end the public range of the one before."""
    if not closing:
        return
    Observation.objects.filter(pk__in=closing).update(
        known_to=Case(
            *(When(pk=pk, then=Value(value.known_from)) for pk, value in closing.items()), output_field=DateTimeField()
        )
    )
    published = {row.pk for row in current.values() if row.public_from is not None}
    ending = {pk: value.public_from for pk, value in closing.items() if value.public_from and pk in published}
    if ending:
        Observation.objects.filter(pk__in=ending).update(
            public_to=Case(
                *(When(pk=pk, then=Value(moment)) for pk, moment in ending.items()), output_field=DateTimeField()
            )
        )


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
