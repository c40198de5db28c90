"""The second officer's check: values under way become observations, all together or none at all.

A fixed number of statements, whatever the number of values: the observations are written by one INSERT … SELECT.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from indicators.core.access import Worker
from indicators.core.enumerations import Basis, Certainty, ChangeKind, Classification, ProposalState
from indicators.models import Footnote, Observation, ObservationFootnote, Proposal
from indicators.services.proposals import MAY_CHECK, current_revisions, lock_proposals, log_all, place_of
from monitor.base.core.audit import rows_digest
from monitor.base.core.errors import Conflict, NotAllowed
from monitor.base.models import User
from monitor.base.services.audit import record_act


@dataclass(frozen=True)
class Approved:
    """What a check did: how many values became observations, and how many of them followed an earlier revision."""

    checked: int
    revised: int


@transaction.atomic
def approve_proposals(*, by: Worker, pairs: Sequence[tuple[int, int]]) -> Approved:
    """Check the proposals of (id, version) pairs.

    Raises :class:`StaleProposals` with the list when any pair is stale, :class:`NotAllowed` for a wrong role, another
    theme, or a value that this person entered or last changed, and :class:`Conflict` for a value that is not submitted
    or whose figure was revised in between. In every case nothing is checked.
    """
    by.require_role(*MAY_CHECK, act="cijfers controleren")
    proposals = lock_proposals(by, pairs)
    _require_four_eyes(by, proposals)
    now = timezone.now()
    _require_ready(proposals, now)
    ids = [proposal.pk for proposal in proposals]
    revised = _close_current(ids, now)
    _insert_observations(ids, by, now)
    _write_footnotes(proposals)
    _finish(proposals, by)
    record_act(
        actor=User.objects.get(pk=by.user_id),
        act="cijfers gecontroleerd",
        subject="1 cijfer" if len(proposals) == 1 else f"{len(proposals)} cijfers",
        counts={"gecontroleerd": len(proposals), "herzien": revised},
        rows_digest=rows_digest(_canonical(proposal) for proposal in proposals),
    )
    return Approved(len(proposals), revised)


def _require_four_eyes(by: Worker, proposals: Sequence[Proposal]) -> None:
    own = [one for one in proposals if by.user_id in one.authors]
    if own:
        raise NotAllowed(
            f"U kunt {len(own)} van deze cijfers niet controleren, omdat u ze zelf hebt ingevoerd, aangeleverd of "
            "gewijzigd. Er is niets gecontroleerd; vraag een collega."
        )


def _require_ready(proposals: Sequence[Proposal], now: datetime) -> None:
    if any(proposal.state != ProposalState.SUBMITTED for proposal in proposals):
        raise Conflict("Niet alle gekozen cijfers staan ter controle. Er is niets gecontroleerd.")
    current = current_revisions(proposals)
    if any(current.get(place_of(one), 0) != one.base_revision for one in proposals):
        raise Conflict(
            "Een van deze cijfers is herzien nadat het voorstel werd gedaan. Er is niets gecontroleerd; "
            "laat het voorstel opnieuw opslaan en indienen."
        )
    places = {place_of(one) for one in proposals}
    ahead = Observation.objects.filter(known_to__isnull=True, known_from__gt=now).values_list("series_id", "period_id")
    if not places.isdisjoint(ahead):
        raise Conflict(
            "Een van deze cijfers volgt op een cijfer dat pas later bekend wordt. Er is niets gecontroleerd; "
            "wacht tot dat bekend is."
        )


def _ids_condition(column: str) -> str:
    """A condition for any number of ids in one parameter, on both databases."""
    if connection.vendor == "postgresql":
        return f"{column} = ANY(%s)"
    return f"{column} IN (SELECT value FROM json_each(%s))"  # noqa: S608 (a column of this module)


def _ids_parameter(ids: Sequence[int]) -> Any:
    return list(ids) if connection.vendor == "postgresql" else str(list(ids))


def _close_current(ids: Sequence[int], now: datetime) -> int:
    """End the ranges of the revisions that are followed; an embargoed one does not end the public range."""
    chosen = _ids_condition("p.id")
    sql = (
        "UPDATE indicators_observation SET known_to = %s WHERE known_to IS NULL AND EXISTS ("  # noqa: S608 (fixed text)
        " SELECT 1 FROM indicators_proposal p WHERE p.series_id = indicators_observation.series_id"
        f" AND p.period_id = indicators_observation.period_id AND {chosen})"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [_moment(now), _ids_parameter(ids)])
        return int(cursor.rowcount)


# Columns an observation takes over from its proposal as they are.
_SAME = (
    "series_id", "period_id", "value", "value_high", "marker", "qualifier", "decimals", "status", "money_basis",
    "source_id", "place", "entered_by_id", "changed_by_id",
)  # fmt: skip


def _insert_observations(ids: Sequence[int], by: Worker, now: datetime) -> None:
    """One INSERT … SELECT; the values of the columns that are not the proposal's own are parameters."""
    own: dict[str, Any] = {
        "approved_by_id": by.user_id,
        "basis": Basis.REVIEW.value,
        "certainty": Certainty.CERTAIN.value,
        "classification": Classification.PUBLIC.value,
        "asserted_by": "",
        "known_from": _moment(now),
        "recorded_at": _moment(now),
    }
    columns = [*_SAME, "revision", "change_kind", "reason", *own]
    change_kind = f"CASE WHEN p.base_revision = 0 THEN '{ChangeKind.FIRST.value}' ELSE p.change_kind END"
    selected = [*(f"p.{name}" for name in _SAME), "p.base_revision + 1", change_kind, "p.reason", *("%s" for _ in own)]
    sql = (
        f"INSERT INTO indicators_observation ({', '.join(columns)}) "  # noqa: S608 (names from this module)
        f"SELECT {', '.join(selected)} FROM indicators_proposal p WHERE {_ids_condition('p.id')} ORDER BY p.id"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*own.values(), _ids_parameter(ids)])


def _moment(now: datetime) -> Any:
    """A moment as the database keeps it (SQLite keeps text without a zone)."""
    return connection.ops.adapt_datetimefield_value(now) if connection.vendor == "sqlite" else now


def _write_footnotes(proposals: Sequence[Proposal]) -> None:
    """Remarks to be printed become footnotes of the observation just made."""
    with_notes = {(one.series_id, one.period_id): one.footnote for one in proposals if one.footnote.strip()}
    if not with_notes:
        return
    made = Observation.objects.filter(known_to__isnull=True, series_id__in={series for series, _ in with_notes})
    observations = {(row.series_id, row.period_id): row for row in made.filter(basis=Basis.REVIEW)}
    notes = Footnote.objects.bulk_create(
        Footnote(code=f"waarneming-{observations[place].pk}", text=text) for place, text in with_notes.items()
    )
    ObservationFootnote.objects.bulk_create(
        ObservationFootnote(observation_id=observations[place].pk, footnote=note)
        for place, note in zip(with_notes, notes, strict=True)
    )


def _finish(proposals: Sequence[Proposal], by: Worker) -> None:
    """The log keeps the check; the proposals are gone."""
    log_all(
        proposals,
        by,
        "gecontroleerd",
        after=lambda proposal: {"toelichting": proposal.explanation} if proposal.explanation else {},
    )
    Proposal.objects.filter(pk__in=[one.pk for one in proposals]).delete()


def _canonical(proposal: Proposal) -> dict[str, Any]:
    return {
        "reeks": proposal.series.key,
        "periode": proposal.period.code,
        "revisie": proposal.base_revision + 1,
        "waarde": str(proposal.value),
        "reden zonder waarde": proposal.marker,
        "soort": proposal.change_kind,
    }
