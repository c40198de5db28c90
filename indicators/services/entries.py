"""Saving what is entered cell by cell or as a block, with the source it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.text import slugify

from indicators.core.access import Worker
from indicators.core.enumerations import ProposalState
from indicators.models import Proposal, Source
from indicators.services.proposals import MAY_ENTER, Place, ProposalContent, save_proposal, withdraw_proposal
from monitor.base.core.errors import Conflict, MonitorError

MOST_AT_ONCE = 2000  # cells in one block
_TYPED_KIND = "opgave"  # the kind of a source that somebody typed beside a figure


@dataclass(frozen=True)
class NewSource:
    """A source that is not known yet."""

    title: str
    holder: str


@dataclass(frozen=True)
class Entry:
    """What somebody entered in one cell, and what they saw there: version of the proposal, revision of the figure."""

    place: Place
    version: int
    revision: int
    content: ProposalContent
    new_source: NewSource | None = None


@dataclass(frozen=True)
class EntryOutcome:
    """What became of one cell of a block: the proposal (None: the cell is empty again), or why it was not saved."""

    place: Place
    proposal: Proposal | None = None
    error: MonitorError | None = None


@transaction.atomic
def save_entry(*, by: Worker, entry: Entry) -> Proposal | None:
    """Save one cell. A cell that holds nothing any more is taken back: None.

    Raises as :func:`save_proposal`, and :class:`Conflict` when the figure was checked or revised since it was seen.
    """
    content = entry.content
    if entry.new_source is not None:
        by.require_role(*MAY_ENTER, act="bronnen toevoegen")
        content = replace(content, source_id=_source(entry.new_source).pk)
    if _holds_nothing(content):
        if entry.version == 0:
            by.require_role(*MAY_ENTER, act="cijfers invoeren")
            return None
        if (stored := _fresh_draft(entry)) is not None:
            withdraw_proposal(by=by, proposal_id=stored.pk, version=entry.version)
            return None
    saved = save_proposal(by=by, place=entry.place, version=entry.version, content=content)
    if saved.base_revision != entry.revision:
        raise Conflict(
            "Dit cijfer is intussen gecontroleerd door iemand anders. Er is niets opgeslagen; bekijk de nieuwe waarde."
        )
    return saved


@transaction.atomic
def save_entries(*, by: Worker, entries: Sequence[Entry]) -> tuple[EntryOutcome, ...]:
    """Save a block: each cell on its own, so that one that cannot be saved does not keep the others back.

    Cells are locked in a fixed order: two blocks that overlap wait for each other and not for ever.
    """
    by.require_role(*MAY_ENTER, act="cijfers invoeren")
    if len(entries) > MOST_AT_ONCE:
        raise MonitorError(f"Ten hoogste {MOST_AT_ONCE} cijfers tegelijk. Kies een kleiner blok.")
    ordered = sorted(entries, key=lambda entry: (entry.place.series_id, entry.place.period_id))
    return tuple(_outcome(by, entry) for entry in ordered)


def _outcome(by: Worker, entry: Entry) -> EntryOutcome:
    try:
        return EntryOutcome(entry.place, save_entry(by=by, entry=entry))
    except MonitorError as error:
        return EntryOutcome(entry.place, error=error)


def _holds_nothing(content: ProposalContent) -> bool:
    """Whether nothing was entered: status, decimals and the kind of change say nothing without a value or a text."""
    bare = replace(content, status=ProposalContent.status, decimals=0, change_kind="", money_basis="")
    return bare == ProposalContent()


def _fresh_draft(entry: Entry) -> Proposal | None:
    """The draft in this cell, when it was never handed back: then there is a reason that must stay."""
    drafts = Proposal.objects.filter(
        series=entry.place.series_id,
        period=entry.place.period_id,
        round=entry.place.round_id,
        state=ProposalState.DRAFT,
        returned_by__isnull=True,
    )
    return drafts.first()


def _source(new: NewSource) -> Source:
    """The source with this title and holder, made when it is not there."""
    title, holder = new.title.strip(), new.holder.strip()
    known = Source.objects.filter(title__iexact=title, holder__iexact=holder).first()
    if known is not None:
        return known
    base = slugify(f"{holder} {title}")[:90] or "bron"
    taken = set(Source.objects.filter(code__startswith=base).values_list("code", flat=True))
    code = next(one for number in range(1, 10_000) if (one := f"{base}-{number}" if number > 1 else base) not in taken)
    return Source.objects.create(code=code, title=title, holder=holder, kind=_TYPED_KIND)
