"""Rounds: filling, copying, opening and closing them, and saying why a figure will not come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet

from indicators.core.access import Worker
from indicators.core.enumerations import Marker, RoundState
from indicators.core.periods import Period as PeriodValue
from indicators.core.periods import PeriodKind
from indicators.core.rounds import asked_period
from indicators.models import (
    FactProposal,
    Observation,
    Proposal,
    Reading,
    Round,
    RoundItem,
    RoundStep,
    Series,
    Supplier,
)
from indicators.services.catalogue import save_periods
from indicators.services.open_rounds import hold_open
from indicators.services.proposals import MAY_ENTER
from monitor.base.core.audit import rows_digest
from monitor.base.core.errors import Conflict, MonitorError, NotThere
from monitor.base.core.roles import Role
from monitor.base.models import User
from monitor.base.services.audit import record_act

MAY_STEER = (Role.BEHEERDER, Role.REDACTEUR)


@dataclass(frozen=True)
class NewRound:
    """What somebody fills in to start the next round."""

    code: str
    name: str
    reference_date: date
    cut_off: date


@transaction.atomic
def copy_round(*, by: Worker, source: str, new: NewRound) -> Round:
    """Start the next round from an earlier one: the same series one period on, with their suppliers and owners.

    Steps keep their distance to the date of the round. Raises :class:`NotAllowed`, :class:`NotThere` and
    :class:`Conflict` (the code exists).
    """
    by.require_role(*MAY_STEER, act="een ronde beginnen")
    earlier = Round.objects.filter(code=source).first()
    if earlier is None:
        raise NotThere(f"Ronde ‘{source}’ bestaat niet.")
    if Round.objects.filter(code=new.code).exists():
        raise Conflict(f"Ronde ‘{new.code}’ bestaat al. Kies een andere code.")
    if new.reference_date <= earlier.reference_date:
        raise MonitorError(
            f"De datum van de ronde ligt niet na die van ‘{earlier.name}’. Verbeter de datum, of kies een andere ronde."
        )
    if new.cut_off > new.reference_date:
        raise MonitorError("De peildatum ligt na de datum van de ronde. Verbeter een van de twee.")
    round_ = Round.objects.create(
        code=new.code,
        name=new.name,
        programme=earlier.programme,
        rhythm=earlier.rhythm,
        reference_date=new.reference_date,
        cut_off=new.cut_off,
        state=RoundState.PREPARED,
        copied_from=earlier,
    )
    shift = new.reference_date - earlier.reference_date
    RoundStep.objects.bulk_create(
        RoundStep(round=round_, kind=step.kind, due=step.due + shift) for step in earlier.steps.all()
    )
    added = fill_round(round_)
    _record(by, "ronde begonnen", round_, {"gevraagde cijfers": added})
    return round_


def fill_round(round_: Round) -> int:
    """Ask for what the rhythm of each series says, and for every reading that waits for confirmation.

    What is asked already stays as it is; returns how many were added. Suppliers and owners come from the round it was
    copied from, else from the source of the indicator.
    """
    if round_.cut_off is None:
        raise MonitorError(f"Ronde ‘{round_.name}’ heeft geen peildatum.")
    wanted = _asked(round_) | _unconfirmed(round_)
    present = set(round_.items.values_list("series_id", "period_id"))
    ids = save_periods(period for _, period in wanted)
    suppliers = _suppliers(round_)
    earlier = _earlier_items(round_)
    due = round_.steps.filter(kind="aanlevering").values_list("due", flat=True).first()
    items = []
    for series_id, period in sorted(wanted, key=lambda pair: (pair[0], pair[1].sort_key)):
        if (series_id, ids[period.code]) in present:
            continue
        before = earlier.get(series_id)
        items.append(
            RoundItem(
                round=round_,
                series_id=series_id,
                period_id=ids[period.code],
                supplier_id=before.supplier_id if before else suppliers.get(series_id),
                owner_id=before.owner_id if before else None,
                due=due,
            )
        )
    RoundItem.objects.bulk_create(items, batch_size=500)
    return len(items)


def _asked(round_: Round) -> set[tuple[int, PeriodValue]]:
    """The next period of every living series, in its usual kind of period.

    Those are the series of the programme, and whatever the round it was copied from asks; except what only rounds of
    another rhythm ask (a yearly report asks more than the letters between).
    """
    assert round_.cut_off is not None
    history: dict[int, list[PeriodValue]] = {}
    rows = Observation.objects.filter(
        Q(series__indicator__theme__programme=round_.programme) | Q(series__in=_series_asked_before(round_)),
        known_to__isnull=True,
        series__indicator__retired_on__isnull=True,
    ).select_related("period")
    rows = rows.exclude(series__in=_series_of_other_rhythms(round_))
    for row in rows:
        history.setdefault(row.series_id, []).append(row.period.as_value)
    found = set()
    for series_id, periods in history.items():
        latest = max(periods, key=lambda period: period.sort_key)
        same_kind = sorted((p for p in periods if p.kind is latest.kind), key=lambda period: period.sort_key)
        period = asked_period(same_kind, round_.cut_off)
        if period is not None:
            found.add((series_id, period))
    return found


def _series_asked_before(round_: Round) -> QuerySet[Series]:
    earlier = RoundItem.objects.filter(round=round_.copied_from_id or 0)
    return Series.objects.filter(pk__in=earlier.values("series_id"))


def _series_of_other_rhythms(round_: Round) -> QuerySet[Series]:
    items = RoundItem.objects.filter(round__programme=round_.programme).exclude(round=round_.pk)
    here, elsewhere = items.filter(round__rhythm=round_.rhythm), items.exclude(round__rhythm=round_.rhythm)
    return Series.objects.filter(pk__in=elsewhere.values("series_id")).exclude(pk__in=here.values("series_id"))


def _unconfirmed(round_: Round) -> set[tuple[int, PeriodValue]]:
    readings = Reading.objects.filter(series__indicator__theme__programme=round_.programme, period__isnull=False)
    readings = readings.exclude(series__in=_series_of_other_rhythms(round_))
    rows = readings.values_list("series_id", "period__kind", "period__start", "period__end")
    return {(series_id, PeriodValue(PeriodKind(kind), start, end)) for series_id, kind, start, end in rows}


def _suppliers(round_: Round) -> dict[int, int]:
    """The supplier of each series: who holds the source of its indicator."""
    holders = {name: pk for pk, names in Supplier.objects.values_list("pk", "holders") for name in names}
    rows = Series.objects.filter(indicator__theme__programme=round_.programme).values_list(
        "pk", "indicator__source__holder"
    )
    return {pk: holders[holder] for pk, holder in rows if holder in holders}


def _earlier_items(round_: Round) -> Mapping[int, RoundItem]:
    if round_.copied_from is None:
        return {}
    return {item.series_id: item for item in round_.copied_from.items.order_by("pk")}


@transaction.atomic
def open_round(*, by: Worker, code: str) -> Round:
    """Let people work in the round."""
    by.require_role(*MAY_STEER, act="een ronde openen")
    round_ = _locked(code)
    if round_.state != RoundState.PREPARED:
        raise Conflict(f"Ronde ‘{round_.name}’ is {round_.state}; alleen een ronde in voorbereiding is te openen.")
    return _set_state(by, round_, RoundState.OPEN, "ronde geopend")


@transaction.atomic
def close_round(*, by: Worker, code: str) -> Round:
    """End the work in the round. Raises :class:`Conflict` while values are still under way in it."""
    by.require_role(*MAY_STEER, act="een ronde sluiten")
    round_ = _locked(code)
    if round_.state != RoundState.OPEN:
        raise Conflict(f"Ronde ‘{round_.name}’ is {round_.state} en niet te sluiten.")
    _wait_for_savers(round_)
    under_way = Proposal.objects.filter(round=round_).count() + FactProposal.objects.filter(round=round_).count()
    if under_way:
        raise Conflict(
            f"In ronde ‘{round_.name}’ is nog niet alles gecontroleerd (nog onderweg: {under_way}). "
            "Laat ze controleren of trek ze in."
        )
    return _set_state(by, round_, RoundState.CLOSED, "ronde gesloten")


def _wait_for_savers(round_: Round) -> None:
    """Everybody who saves a value holds its series: after this they are done, or they see the round closed.

    Who saves a one-off figure in the round holds the round itself.
    """
    asked = Series.objects.filter(pk__in=round_.items.values("series_id")).order_by("pk")
    list(asked.select_for_update(of=("self",)).values_list("pk", flat=True))


def _locked(code: str) -> Round:
    # no_key: a value that is being saved refers to the round, and must not wait for who waits for it.
    round_ = Round.objects.select_for_update(no_key=True).filter(code=code).first()
    if round_ is None:
        raise NotThere(f"Ronde ‘{code}’ bestaat niet.")
    return round_


def _set_state(by: Worker, round_: Round, state: RoundState, act: str) -> Round:
    round_.state = state
    round_.save(update_fields=["state"])
    _record(by, act, round_, {})
    return round_


def _record(by: Worker, act: str, round_: Round, counts: Mapping[str, int]) -> None:
    record_act(
        actor=User.objects.get(pk=by.user_id),
        act=act,
        subject=round_.code,
        counts=counts,
        rows_digest=rows_digest([{"ronde": round_.code, "stand": str(round_.state)}]),
    )


@transaction.atomic
def mark_unavailable(*, by: Worker, item_id: int, marker: str, reason: str) -> RoundItem:
    """Say that a figure will not come, and why; an empty ``marker`` takes that back."""
    by.require_role(*MAY_ENTER, act="een cijfer afmelden")
    round_id = RoundItem.objects.filter(pk=item_id).values_list("round_id", flat=True).first()
    if round_id is None:
        raise NotThere("Dit gevraagde cijfer bestaat niet.")
    # First the round, then its figures, as everybody who steers it does.
    hold_open(round_id)
    rows = RoundItem.objects.select_for_update(of=("self",)).select_related("series__indicator")
    item = rows.filter(pk=item_id).first()
    if item is None:
        raise NotThere("Dit gevraagde cijfer bestaat niet meer.")
    by.require_themes([item.series.indicator.theme_id])
    if marker and marker not in Marker.codes():
        raise MonitorError(f"Reden ‘{marker}’ bestaat niet. Mogelijk zijn {', '.join(Marker.codes())}.")
    if marker and not reason.strip():
        raise MonitorError("Licht toe waarom het cijfer niet komt.")
    item.unavailable, item.unavailable_reason = marker, reason.strip() if marker else ""
    item.save(update_fields=["unavailable", "unavailable_reason"])
    return item
