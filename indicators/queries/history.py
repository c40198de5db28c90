"""The history of one figure: its revisions, what was done to it, and where it was used."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q

from indicators.core.access import Worker
from indicators.core.enumerations import (
    Audience,
    Basis,
    Certainty,
    ChangeKind,
    Classification,
    LabelledEnum,
    Marker,
    ProposalState,
    Qualifier,
    Status,
)
from indicators.core.figures import IndicatorInfo, SeriesInfo, qualified_quantity
from indicators.core.periods import Period
from indicators.core.usages import Usage
from indicators.core.vantage import Vantage
from indicators.models import Observation, ObservationFootnote, Proposal, ProposalEdit, Series, Source
from indicators.models import Period as PeriodRow
from indicators.queries.data_set import indicator_infos, series_infos
from indicators.queries.usages import usages_of
from indicators.queries.visibility import visible_history
from monitor.base.core.numbers import format_number, format_quantity, read_row_number


@dataclass(frozen=True)
class Revision:
    """One revision as it stood at the vantage; moments after it are not there yet. Names only for who works with it."""

    number: int
    text: str
    difference: str
    status: Status
    change_kind: ChangeKind
    reason: str
    basis: Basis
    certainty: Certainty
    classification: Classification
    publication: str
    source: str
    place: str
    asserted_by: str
    footnotes: tuple[str, ...]
    known_from: datetime
    known_to: datetime | None
    public_from: datetime | None
    public_to: datetime | None
    recorded_at: datetime
    people: tuple[tuple[str, str], ...]
    is_known: bool
    is_public: bool


@dataclass(frozen=True)
class FieldChange:
    """What one act changed in one field."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Edit:
    """One act on the value under way."""

    at: datetime
    by: str
    act: str
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True)
class FigureHistory:
    """Everything about one figure as a reader may see it; revisions and acts the newest first."""

    info: IndicatorInfo
    series: SeriesInfo
    period: Period
    revisions: tuple[Revision, ...]
    edits: tuple[Edit, ...]
    usages: tuple[Usage, ...]
    under_way: str

    @property
    def known(self) -> Revision | None:
        return next((one for one in self.revisions if one.is_known), None)

    @property
    def published(self) -> Revision | None:
        return next((one for one in self.revisions if one.is_public), None)


def figure_history(
    code: str, series: str, period: str, vantage: Vantage, worker: Worker | None = None
) -> FigureHistory | None:
    """The history of a figure of indicator ``code``; ``series`` is its key or number, ``period`` its code.

    None when there is no such series or period. ``worker`` is who works with this theme: for them the names and the log
    are told too. A fixed number of statements.
    """
    number = read_row_number(series)
    named = Q(key=series) if number is None else Q(pk=number)
    row = Series.objects.select_related("indicator").filter(named, indicator__code=code).first()
    when = PeriodRow.objects.filter(code=period).first()
    if row is None or when is None:
        return None
    if worker is not None and worker.themes is not None and row.indicator.theme_id not in worker.themes:
        worker = None
    info = indicator_infos([code])[code]
    place = (row.pk, when.pk)
    return FigureHistory(
        info=info,
        series=series_infos({row.pk})[row.pk],
        period=when.as_value,
        revisions=_revisions(place, info, vantage, with_people=worker is not None),
        edits=_edits(place, vantage) if worker else (),
        usages=tuple(one for one in usages_of([place], vantage.audience)[place] if one.day <= vantage.day),
        under_way=_under_way(place, info) if worker else "",
    )


# --- revisions --------------------------------------------------------------------------------------------------------


def _revisions(
    place: tuple[int, int], info: IndicatorInfo, vantage: Vantage, *, with_people: bool
) -> tuple[Revision, ...]:
    series_id, period_id = place
    related = ("publication", "source", "entered_by", "changed_by", "approved_by")
    found = Observation.objects.filter(visible_history(vantage), series=series_id, period=period_id)
    rows = list(found.select_related(*related).order_by("revision"))
    notes: dict[int, list[str]] = {}
    links = ObservationFootnote.objects.filter(observation__in=[row.pk for row in rows]).order_by("pk")
    for pk, text in links.values_list("observation_id", "footnote__text"):
        notes.setdefault(pk, []).append(text)
    revisions = []
    for earlier, row in zip([None, *rows], rows, strict=False):
        revisions.append(_revision(row, earlier, info, vantage, tuple(notes.get(row.pk, ())), with_people))
    return tuple(reversed(revisions))


def _revision(
    row: Observation,
    earlier: Observation | None,
    info: IndicatorInfo,
    vantage: Vantage,
    footnotes: tuple[str, ...],
    with_people: bool,
) -> Revision:
    then = {name: _until(getattr(row, name), vantage) for name in ("known_to", "public_from", "public_to")}
    if vantage.audience is Audience.PUBLIC:
        then["known_to"] = then["public_to"]  # that a later revision waits under embargo is not public
    is_open = row.classification == Classification.PUBLIC
    return Revision(
        number=row.revision,
        text=_value_text(row, info),
        difference=_difference(row, earlier, info),
        status=Status(row.status),
        change_kind=ChangeKind(row.change_kind),
        reason=row.reason,
        basis=Basis(row.basis),
        certainty=Certainty(row.certainty),
        classification=Classification(row.classification),
        publication=str(row.publication) if row.publication else "",
        source=str(row.source) if row.source else "",
        place=row.place,
        asserted_by=row.asserted_by,
        footnotes=footnotes,
        known_from=row.known_from,
        known_to=then["known_to"],
        public_from=then["public_from"],
        public_to=then["public_to"],
        recorded_at=row.recorded_at,
        people=_people(row) if with_people else (),
        is_known=then["known_to"] is None,
        is_public=is_open and then["public_from"] is not None and then["public_to"] is None,
    )


def _until(moment: datetime | None, vantage: Vantage) -> datetime | None:
    """A moment that was still to come is not known yet."""
    return moment if moment is not None and moment <= vantage.moment else None


def _value_text(row: Observation, info: IndicatorInfo) -> str:
    qualifier = Qualifier(row.qualifier) if row.qualifier else None
    marker = Marker(row.marker) if row.marker else None
    return qualified_quantity(row.value, row.value_high, marker, qualifier, info.unit, row.decimals)


def _difference(row: Observation, earlier: Observation | None, info: IndicatorInfo) -> str:
    """“142 meer dan revisie 1”; empty when one of the two has no single value."""
    if earlier is None or row.value is None or earlier.value is None or row.value_high or earlier.value_high:
        return ""
    change: Decimal = row.value - earlier.value
    if not change:
        return f"zelfde waarde als revisie {earlier.revision}"
    unit = "procentpunt" if info.unit == "procent" else info.unit
    amount = format_quantity(abs(change), unit, max(row.decimals, earlier.decimals))
    return f"{amount} {'meer' if change > 0 else 'minder'} dan revisie {earlier.revision}"


def _people(row: Observation) -> tuple[tuple[str, str], ...]:
    """Who did what, in order; nobody for what was loaded from a publication."""
    changed = row.changed_by if row.changed_by_id != row.entered_by_id else None
    acts = (("ingevoerd", row.entered_by), ("gewijzigd", changed), ("gecontroleerd", row.approved_by))
    return tuple((act, user.get_username()) for act, user in acts if user is not None)


# --- the value under way ----------------------------------------------------------------------------------------------


def _under_way(place: tuple[int, int], info: IndicatorInfo) -> str:
    """“12.600, ter controle”: what was not checked yet."""
    found = Proposal.objects.filter(series=place[0], period=place[1]).first()
    if found is None:
        return ""
    value = qualified_quantity(
        found.value,
        found.value_high,
        Marker(found.marker) if found.marker else None,
        Qualifier(found.qualifier) if found.qualifier else None,
        info.unit,
        found.decimals,
    )
    return f"{value}, {ProposalState(found.state).label}"


_SKIPPED = {"decimals"}
_KINDS: Mapping[str, type[LabelledEnum]] = {
    "marker": Marker,
    "qualifier": Qualifier,
    "status": Status,
    "change_kind": ChangeKind,
}


def _edits(place: tuple[int, int], vantage: Vantage) -> tuple[Edit, ...]:
    """The log of the acts on this figure, the newest first, with the names of fields and sources in words."""
    found = ProposalEdit.objects.filter(series=place[0], period=place[1], at__lte=vantage.moment)
    rows = list(found.select_related("by").order_by("-at", "-pk"))
    sources = _sources(rows)
    return tuple(Edit(row.at, row.by.get_username(), row.act, _changes(row, sources)) for row in rows)


def _sources(rows: Sequence[ProposalEdit]) -> dict[int, str]:
    ids = {side.get("source_id") for row in rows for side in (row.before, row.after)}
    return {source.pk: str(source) for source in Source.objects.filter(pk__in=[pk for pk in ids if pk])}


def _changes(row: ProposalEdit, sources: Mapping[int, str]) -> tuple[FieldChange, ...]:
    changes = []
    for name in [name for name in {**row.before, **row.after} if name not in _SKIPPED]:
        before, after = (_word(name, side.get(name), sources) for side in (row.before, row.after))
        if before != after:
            changes.append(FieldChange(_field_name(name), before, after))
    return tuple(changes)


def _field_name(name: str) -> str:
    """The name a field has on screen; an act may log words of its own."""
    fields = {field.attname: str(field.verbose_name) for field in Proposal._meta.concrete_fields}
    return "bron" if name == "source_id" else fields.get(name, name)


def _word(name: str, value: Any, sources: Mapping[int, str]) -> str:
    if value in (None, ""):
        return ""
    if name == "source_id":
        return sources.get(value, str(value))
    if name in ("value", "value_high"):
        number = Decimal(str(value))
        exponent = number.normalize().as_tuple().exponent
        return format_number(number, max(-exponent, 0) if isinstance(exponent, int) else 0)
    kind = _KINDS.get(name)
    return kind(value).label if kind and value in kind.codes() else str(value)
