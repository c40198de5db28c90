"""Writing what open data bring: profiles, and the values of a table as values under way or as published history."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from indicators.core.access import Worker
from indicators.core.enumerations import Certainty, ChangeKind, DeliveryKind, DeliveryState
from indicators.core.opendata.profiles import OpenDataProfile as ProfileContent
from indicators.core.opendata.profiles import write_profile
from indicators.core.opendata.tables import TableInfo
from indicators.core.periods import Period as PeriodValue
from indicators.models import (
    Delivery,
    Indicator,
    Observation,
    OpenDataFetch,
    OpenDataProfile,
    Proposal,
    ProposalEdit,
    Publication,
    Round,
    RoundItem,
    Series,
    Source,
    Supplier,
)
from indicators.services.catalogue import Counts, SeriesIdentity, save_periods, save_series
from indicators.services.open_rounds import find_open, hold_open
from indicators.services.proposals import MAY_ENTER, ProposalContent
from indicators.services.published import PublishedValue, record_published
from monitor.base.core.audit import rows_digest
from monitor.base.core.dates import start_of_day
from monitor.base.core.errors import Conflict, NotThere
from monitor.base.core.roles import Role
from monitor.base.models import User
from monitor.base.services.audit import record_act


@dataclass(frozen=True)
class ValueToStore:
    """One value of a table; ``base_revision`` is the revision that the plan saw (0: none)."""

    series: SeriesIdentity
    period: PeriodValue
    content: ProposalContent
    base_revision: int = 0


@dataclass(frozen=True)
class KeptTable:
    """The file of a fetched table, and which edition of which table it is."""

    info: TableInfo
    profile: OpenDataProfile
    path: str
    size: int
    sha256: str


def source_code(info: TableInfo) -> str:
    """The code of the source that all figures of a table name."""
    return f"open-data-{info.table.lower()}"


@transaction.atomic
def save_profile(*, profile: ProfileContent, by: User | None = None) -> OpenDataProfile:
    """Keep a profile as the next version; the same content again is the version that is there."""
    content = write_profile(profile)
    latest = OpenDataProfile.objects.select_for_update().filter(code=profile.code).order_by("-version").first()
    if latest is not None and latest.content == content:
        return latest
    made = OpenDataProfile.objects.create(
        code=profile.code,
        version=latest.version + 1 if latest else 1,
        title=profile.title,
        content=content,
        made_by=by,
    )
    record_act(
        actor=by,
        act="profiel voor open data bewaard",
        subject=f"{profile.code}, versie {made.version}",
        counts={"maten": len(profile.measures)},
        rows_digest=rows_digest([content]),
    )
    return made


@transaction.atomic
def store_proposals(
    *, by: Worker, kept: KeptTable, values: Sequence[ValueToStore], round_code: str, counts: Mapping[str, int]
) -> Delivery:
    """Store the values of a table as concepts in an open round, all or nothing, in a fixed number of statements.

    The round asks for them from then on. Raises :class:`NotAllowed` (role, theme, closed round), :class:`NotThere` and
    :class:`Conflict` (somebody entered or checked one of these figures since the plan was made).
    """
    by.require_role(*MAY_ENTER, act="open data verwerken")
    round_ = hold_open(find_open(round_code).pk)
    by.require_themes(_themes(values))
    places = _places(values)
    _require_unchanged(places, values)
    delivery = _record_delivery(by, kept, round_, counts)
    rows = [
        Proposal(
            series_id=series,
            period_id=period,
            round=round_,
            base_revision=value.base_revision,
            delivery=delivery,
            entered_by_id=by.user_id,
            changed_by_id=by.user_id,
            **{**asdict(value.content), "source_id": delivery.source_id},
        )
        for (series, period), value in zip(places, values, strict=True)
    ]
    Proposal.objects.bulk_create(rows, batch_size=500)
    ProposalEdit.objects.bulk_create(
        [
            ProposalEdit(series_id=series, period_id=period, version=1, act="ingevoerd", by_id=by.user_id, after=after)
            for (series, period), after in zip(places, (_logged(value) for value in values), strict=True)
        ],
        batch_size=500,
    )
    _ask_for(round_, places)
    _record(by, "open data verwerkt", kept, counts, values, detail={"ronde": round_.code})
    return delivery


@transaction.atomic
def store_published(
    *, by: Worker, kept: KeptTable, values: Sequence[ValueToStore], publication_code: str, counts: Mapping[str, int]
) -> Counts:
    """Store the values of a table as published history, by a beheerder, with the publication they stand in.

    Raises :class:`NotAllowed`, :class:`NotThere`, and MonitorError for what published history cannot be.
    """
    by.require_role(Role.BEHEERDER, act="gepubliceerde cijfers laden")
    publication = Publication.objects.filter(code=publication_code).first()
    if publication is None:
        raise NotThere(f"Publicatie ‘{publication_code}’ bestaat niet.")
    places = _places(values)
    delivery = _record_delivery(by, kept, None, counts)
    moment = start_of_day(publication.date)
    done = record_published(
        [
            PublishedValue(
                series_id=series,
                period_id=period,
                value=value.content.value,
                marker=value.content.marker,
                decimals=value.content.decimals,
                status=value.content.status,
                certainty=Certainty.CERTAIN.value,
                publication_id=publication.pk,
                source_id=delivery.source_id,
                place=value.content.place,
                known_from=moment,
                public_from=moment,
                change_kind=ChangeKind(value.content.change_kind or ChangeKind.UPDATE),
                reason=value.content.reason,
            )
            for (series, period), value in zip(places, values, strict=True)
        ]
    )
    detail = {"publicatie": publication.code}
    _record(by, "open data geladen als gepubliceerd", kept, counts, values, detail=detail)
    return done


def _themes(values: Sequence[ValueToStore]) -> set[int]:
    codes = {value.series.indicator for value in values}
    return set(Indicator.objects.filter(code__in=codes).values_list("theme_id", flat=True))


def _places(values: Sequence[ValueToStore]) -> list[tuple[int, int]]:
    """The rows of series and period of each value, made where they lack; the series locked in order."""
    series = save_series(value.series for value in values)
    periods = save_periods(value.period for value in values)
    wanted = {series[value.series.key] for value in values}
    list(Series.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk").values_list("pk"))
    return [(series[value.series.key], periods[value.period.code]) for value in values]


def _require_unchanged(places: Sequence[tuple[int, int]], values: Sequence[ValueToStore]) -> None:
    """Nobody entered or checked one of these figures since the plan was made."""
    series = {one for one, _ in places}
    taken = set(Proposal.objects.filter(series_id__in=series).values_list("series_id", "period_id"))
    current = {
        (one, period): revision
        for one, period, revision in Observation.objects.filter(
            series_id__in=series, known_to__isnull=True
        ).values_list("series_id", "period_id", "revision")
    }
    for place, value in zip(places, values, strict=True):
        if place in taken or current.get(place, 0) != value.base_revision:
            raise Conflict(
                f"Het cijfer ‘{value.series.key}’ over {value.period.label} is intussen door iemand anders gewijzigd. "
                "Er is niets opgeslagen; begin opnieuw."
            )


def _record_delivery(by: Worker, kept: KeptTable, round_: Round | None, counts: Mapping[str, int]) -> Delivery:
    source, _ = Source.objects.get_or_create(
        code=source_code(kept.info),
        defaults={
            "title": f"{kept.info.title} (tabel {kept.info.table})"[:250],
            "holder": kept.info.publisher[:120],
            "kind": "open-data",
        },
    )
    now = timezone.now()
    delivery = Delivery.objects.create(
        kind=DeliveryKind.OPEN_DATA,
        round=round_,
        supplier=Supplier.objects.filter(code="cbs").first(),
        file_name=f"{kept.info.table}.jsonl",
        path=kept.path,
        size=kept.size,
        sha256=kept.sha256,
        state=DeliveryState.CONFIRMED,
        uploaded_by_id=by.user_id,
        confirmed_by_id=by.user_id,
        confirmed_at=now,
        source=source,
        counts=dict(counts),
    )
    OpenDataFetch.objects.create(
        delivery=delivery, profile=kept.profile, edition=kept.info.edition[:200], modified=kept.info.modified[:40]
    )
    return delivery


def _ask_for(round_: Round, places: Sequence[tuple[int, int]]) -> None:
    asked = set(RoundItem.objects.filter(round=round_).values_list("series_id", "period_id"))
    now = timezone.now()
    RoundItem.objects.bulk_create(
        [
            RoundItem(round=round_, series_id=series, period_id=period, requested_at=now)
            for series, period in dict.fromkeys(places)
            if (series, period) not in asked
        ],
        batch_size=500,
    )


def _logged(value: ValueToStore) -> dict[str, Any]:
    """What the log says about a first value: what is filled in, numbers as text so that they keep their digits."""
    content = asdict(value.content)
    return {name: str(one) if isinstance(one, Decimal) else one for name, one in content.items() if one}


def _record(
    by: Worker,
    act: str,
    kept: KeptTable,
    counts: Mapping[str, int],
    values: Sequence[ValueToStore],
    *,
    detail: Mapping[str, Any],
) -> None:
    rows = [
        {"reeks": value.series.key, "periode": value.period.code, "waarde": value.content.value}
        | {"reden": value.content.marker}
        for value in values
    ]
    record_act(
        actor=User.objects.get(pk=by.user_id),
        act=act,
        subject=f"tabel {kept.info.table}, uitgave {kept.info.modified}",
        counts=counts,
        rows_digest=rows_digest(rows),
        detail={"controlegetal": kept.sha256, "profiel": str(kept.profile), **detail},
    )
