"""Steering a round: who delivers and answers for each asked figure, what is asked, when the steps must be done."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from django.db import transaction

from indicators.core.access import Worker
from indicators.core.enumerations import RoundState, RoundStepKind
from indicators.core.periods import UnknownPeriod, parse_period
from indicators.models import Proposal, Round, RoundItem, RoundStep, Series, Supplier
from indicators.services.catalogue import save_periods
from indicators.services.proposals import MAY_ENTER
from indicators.services.rounds import MAY_STEER
from monitor.base.core.audit import rows_digest
from monitor.base.core.dates import format_date
from monitor.base.core.errors import Conflict, MonitorError, NotAllowed, NotThere
from monitor.base.core.roles import Role
from monitor.base.models import User
from monitor.base.services.audit import record_act

MAY_KEEP_SUPPLIERS = (Role.BEHEERDER,)
OWNER, SUPPLIER, DUE = "eigenaar", "leverancier", "datum"


@dataclass(frozen=True)
class Assignment:
    """What is set for the chosen figures: only what ``sets`` names (owner, supplier, due); None empties it."""

    sets: frozenset[str]
    owner_id: int | None = None
    supplier_id: int | None = None
    due: date | None = None


@transaction.atomic
def assign_items(*, by: Worker, code: str, item_ids: Collection[int], assignment: Assignment) -> int:
    """Set owner, supplier or due date of the chosen figures of a round, of all or of none; returns how many.

    Raises :class:`NotAllowed` (role, theme, closed round), :class:`NotThere` (a figure that is not in this round) and
    :class:`MonitorError` (nothing chosen, nothing to set, an owner who cannot enter figures).
    """
    by.require_role(*MAY_STEER, act="een ronde beheren")
    round_ = _changeable(code)
    if not item_ids:
        raise MonitorError("Kies ten minste één cijfer.")
    if not assignment.sets:
        raise MonitorError("Kies wat er moet veranderen: de eigenaar, de leverancier of de datum.")
    items = _items(by, round_, item_ids)
    values, words = _values(assignment)
    RoundItem.objects.filter(pk__in=[item.pk for item in items]).update(**values)
    rows = [_canonical(item) for item in items]
    _record(by, "gevraagde cijfers toegewezen", round_, {"cijfers": len(items)}, words, rows)
    return len(items)


def _items(by: Worker, round_: Round, item_ids: Collection[int]) -> list[RoundItem]:
    wanted = set(item_ids)
    rows = RoundItem.objects.select_for_update(of=("self",)).filter(round=round_, pk__in=wanted).order_by("pk")
    items = list(rows.select_related("series__indicator", "period"))
    if len(items) != len(wanted):
        raise NotThere("Een van de gekozen cijfers hoort niet (meer) bij deze ronde. Laad de pagina opnieuw.")
    by.require_themes({item.series.indicator.theme_id for item in items})
    return items


def _values(assignment: Assignment) -> tuple[dict[str, Any], dict[str, str]]:
    """The columns to set, and the same in words for the audit trail."""
    values: dict[str, Any] = {}
    words: dict[str, str] = {}
    if OWNER in assignment.sets:
        values["owner_id"], words[OWNER] = assignment.owner_id, _owner_name(assignment.owner_id)
    if SUPPLIER in assignment.sets:
        supplier = Supplier.objects.filter(pk=assignment.supplier_id or 0).first()
        if assignment.supplier_id and supplier is None:
            raise NotThere("Deze leverancier bestaat niet.")
        values["supplier_id"], words[SUPPLIER] = assignment.supplier_id, supplier.code if supplier else ""
    if DUE in assignment.sets:
        values["due"], words[DUE] = assignment.due, assignment.due.isoformat() if assignment.due else ""
    return values, words


def _owner_name(owner_id: int | None) -> str:
    if owner_id is None:
        return ""
    owner = User.objects.filter(pk=owner_id, is_active=True).first()
    if owner is None:
        raise NotThere("Deze eigenaar bestaat niet, of zijn account is niet meer in gebruik.")
    if owner.roles.isdisjoint(MAY_ENTER):
        raise MonitorError(f"{owner.get_username()} voert geen cijfers in en kan dus geen eigenaar zijn.")
    return owner.get_username()


@transaction.atomic
def add_items(*, by: Worker, code: str, series_ids: Collection[int], period: str) -> int:
    """Ask for more series over one period; what is asked already stays as it is. Returns how many were added.

    Supplier and owner are those of the same series in this round or the round it was copied from, else the supplier is
    the one that holds the source. Raises as :func:`assign_items`, and for a text that is no period.
    """
    by.require_role(*MAY_STEER, act="een ronde beheren")
    round_ = _changeable(code)
    try:
        asked = parse_period(period)
    except UnknownPeriod as error:
        raise MonitorError(str(error)) from error
    series = list(Series.objects.filter(pk__in=set(series_ids)).select_related("indicator__source").order_by("pk"))
    if not series or len(series) != len(set(series_ids)):
        raise NotThere("Kies ten minste één reeks die bestaat.")
    by.require_themes({one.indicator.theme_id for one in series})
    period_id = save_periods([asked])[asked.code]
    present = set(round_.items.filter(period_id=period_id).values_list("series_id", flat=True))
    holders = {name: pk for pk, names in Supplier.objects.values_list("pk", "holders") for name in names}
    earlier = {item.series_id: item for item in _known_items(round_, series)}
    due = round_.steps.filter(kind=RoundStepKind.DELIVERY).values_list("due", flat=True).first()
    fresh = [
        _new_item(round_, one, period_id, due, earlier.get(one.pk), holders) for one in series if one.pk not in present
    ]
    if not fresh:
        raise Conflict(f"Deze ronde vraagt dat al over {asked.label}.")
    RoundItem.objects.bulk_create(fresh, batch_size=500)
    rows = [{"reeks": one.key, "periode": asked.code} for one in series if one.pk not in present]
    _record(by, "cijfers aan ronde toegevoegd", round_, {"cijfers": len(fresh)}, {"periode": asked.code}, rows)
    return len(fresh)


def _known_items(round_: Round, series: Sequence[Series]) -> list[RoundItem]:
    """The items of these series in the earlier round and in this one; the last says most."""
    rounds = [round_.copied_from_id, round_.pk]
    rows = RoundItem.objects.filter(round__in=[pk for pk in rounds if pk], series__in=series).order_by("pk")
    return sorted(rows, key=lambda item: item.round_id == round_.pk)


def _new_item(
    round_: Round,
    series: Series,
    period_id: int,
    due: date | None,
    before: RoundItem | None,
    holders: Mapping[str, int],
) -> RoundItem:
    source = series.indicator.source
    return RoundItem(
        round=round_,
        series=series,
        period_id=period_id,
        due=due,
        owner_id=before.owner_id if before else None,
        supplier_id=before.supplier_id if before else holders.get(source.holder) if source else None,
    )


@transaction.atomic
def remove_item(*, by: Worker, code: str, item_id: int) -> None:
    """Ask no longer for a figure. Raises :class:`Conflict` while a value is under way for it."""
    by.require_role(*MAY_STEER, act="een ronde beheren")
    round_ = _changeable(code)
    (item,) = _items(by, round_, [item_id])
    # Who saves a value holds its series: after this they are done, or they find the figure no longer asked.
    list(Series.objects.select_for_update(of=("self",)).filter(pk=item.series_id).values_list("pk"))
    if Proposal.objects.filter(series=item.series_id, period=item.period_id, round=round_).exists():
        raise Conflict("Voor dit cijfer is een waarde onderweg. Laat die controleren of trek haar in; dan kan het weg.")
    row = _canonical(item)
    item.delete()
    _record(by, "cijfer uit ronde gehaald", round_, {"cijfers": 1}, row, [row])


@transaction.atomic
def set_steps(*, by: Worker, code: str, due: Mapping[str, date | None]) -> None:
    """Set the days on which the steps of a round must be done; None takes a step away.

    Raises :class:`MonitorError` when a step is due before the one that precedes it.
    """
    by.require_role(*MAY_STEER, act="een ronde beheren")
    round_ = _changeable(code)
    days = [(kind, day) for kind in RoundStepKind if (day := due.get(kind.value)) is not None]
    for (earlier, first), (later, second) in pairwise(days):
        if second < first:
            raise MonitorError(
                f"De stap {later.label} ({format_date(second)}) ligt vóór de stap {earlier.label} "
                f"({format_date(first)}). Verbeter een van de twee; er is niets opgeslagen."
            )
    round_.steps.exclude(kind__in=[kind.value for kind, _ in days]).delete()
    for kind, day in days:
        RoundStep.objects.update_or_create(round=round_, kind=kind.value, defaults={"due": day})
    words = {kind.value: day.isoformat() for kind, day in days}
    _record(by, "data van ronde gewijzigd", round_, {"stappen": len(days)}, words, [words])


@transaction.atomic
def change_supplier(*, by: Worker, code: str, contact_name: str, contact_email: str) -> Supplier:
    """Say to whom a request is sent: name and e-mail address of the contact of a supplier."""
    by.require_role(*MAY_KEEP_SUPPLIERS, act="gegevens van leveranciers bijhouden")
    supplier = Supplier.objects.select_for_update().filter(code=code).first()
    if supplier is None:
        raise NotThere(f"Leverancier ‘{code}’ bestaat niet.")
    supplier.contact_name, supplier.contact_email = contact_name.strip(), contact_email.strip()
    supplier.save(update_fields=["contact_name", "contact_email"])
    record_act(
        actor=User.objects.get(pk=by.user_id),
        act="leverancier gewijzigd",
        subject=supplier.code,
        counts={},
        rows_digest=rows_digest([{"leverancier": supplier.code, "contactpersoon": supplier.contact_name}]),
    )
    return supplier


def _changeable(code: str) -> Round:
    round_ = Round.objects.select_for_update(no_key=True).filter(code=code).first()
    if round_ is None:
        raise NotThere(f"Ronde ‘{code}’ bestaat niet.")
    if round_.state == RoundState.CLOSED:
        raise NotAllowed(f"Ronde ‘{round_.name}’ is gesloten; er verandert daarin niets meer.")
    return round_


def _canonical(item: RoundItem) -> dict[str, Any]:
    return {"reeks": item.series.key, "periode": item.period.code}


def _record(
    by: Worker,
    act: str,
    round_: Round,
    counts: Mapping[str, int],
    detail: Mapping[str, Any],
    rows: Sequence[Mapping[str, Any]],
) -> None:
    record_act(
        actor=User.objects.get(pk=by.user_id),
        act=act,
        subject=round_.code,
        counts=counts,
        rows_digest=rows_digest([{"ronde": round_.code}, *rows]),
        detail=detail,
    )
