"""Submitting values to the second officer: the rules speak first."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from indicators.core.access import Worker
from indicators.core.enumerations import ProposalState
from indicators.core.rules import Finding
from indicators.models import Proposal
from indicators.queries.judging import findings_of
from indicators.services.proposals import (
    MAY_ENTER,
    Judged,
    current_revisions,
    lock_proposals,
    mark_submitted,
    place_of,
)
from monitor.base.core.errors import Conflict


@dataclass(frozen=True)
class Refused:
    """A value that was not submitted, and why in one sentence."""

    proposal_id: int
    reason: str
    findings: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Submission:
    """What came of it: ids that went to the second officer, and those that did not."""

    submitted: tuple[int, ...]
    refused: tuple[Refused, ...]


@transaction.atomic
def submit_proposals(*, by: Worker, pairs: Sequence[tuple[int, int]]) -> Submission:
    """Send drafts to the second officer. An error stops a value; a warning needs an explanation; the others go on.

    Raises :class:`StaleProposals` when any (id, version) pair is stale (then nothing is submitted).
    """
    by.require_role(*MAY_ENTER, act="cijfers indienen")
    proposals = lock_proposals(by, pairs)
    if any(proposal.state == ProposalState.SUBMITTED for proposal in proposals):
        raise Conflict("Een van deze cijfers staat al ter controle. Er is niets ingediend.")
    findings = findings_of(proposals)
    judged = [Judged(one, tuple(as_json(finding) for finding in findings[one.pk])) for one in proposals]
    current = current_revisions(proposals)
    reasons = {one.proposal.pk: _why_not(one, current.get(place_of(one.proposal), 0)) for one in judged}
    ready = [one for one in judged if not reasons[one.proposal.pk]]
    mark_submitted(ready, by)
    refused = tuple(
        Refused(one.proposal.pk, reasons[one.proposal.pk], one.findings) for one in judged if reasons[one.proposal.pk]
    )
    return Submission(tuple(one.proposal.pk for one in ready), refused)


def as_json(finding: Finding) -> dict[str, Any]:
    """A finding as it is kept with a proposal and shown in the browser."""
    return {
        **asdict(finding),
        "severity": finding.severity.value,
        "compared": [list(pair) for pair in finding.compared],
    }


def _why_not(one: Judged, current_revision: int) -> str:
    """Why a value cannot be submitted; empty when it can."""
    proposal = one.proposal
    if proposal.base_revision != current_revision:
        return "Dit cijfer is intussen herzien. Bekijk het nieuwe cijfer en sla uw waarde opnieuw op."
    if proposal.value is None and not proposal.marker:
        return "Er is nog geen waarde. Vul een waarde in, of kies waarom die er niet is."
    if one.has_errors:
        first = next(finding for finding in one.findings if finding["severity"] == "fout")
        return str(first["message"])
    if _is_revision_without_reason(proposal):
        return "Dit cijfer wijzigt een eerder gecontroleerd cijfer. Geef aan wat voor wijziging het is en waarom."
    if one.needs_explanation:
        return "Er is een waarschuwing. Licht toe waarom het cijfer toch klopt."
    return ""


def _is_revision_without_reason(proposal: Proposal) -> bool:
    return proposal.base_revision > 0 and (proposal.change_kind == "eerste" or not proposal.reason.strip())
