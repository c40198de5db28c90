"""One-off figures at work: under way, waiting for a second officer, and what a fact is about to change."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from indicators.core.access import Worker
from indicators.core.enumerations import AreaKind, ChangeKind, ProposalState, Qualifier
from indicators.core.figures import qualified_quantity
from indicators.core.review import difference_text
from indicators.models import Area, Fact, FactEdit, FactProposal, Publication, Round, Source, Theme

RELATED = ("theme", "period", "area", "publication", "source", "entered_by", "changed_by", "round", "returned_by")


@dataclass(frozen=True)
class FactRow:
    """A fact under way beside what it was, with what was handed back before."""

    proposal: FactProposal
    current: Fact | None
    returned: tuple[FactEdit, ...]
    is_own: bool

    @property
    def pair(self) -> str:
        return f"{self.proposal.code}:{self.proposal.version}"

    @property
    def text(self) -> str:
        return _text(self.proposal)

    @property
    def sentence(self) -> str:
        return self.proposal.sentence.replace("{waarde}", self.text or "…")

    @property
    def current_text(self) -> str:
        return _text(self.current) if self.current else ""

    @property
    def current_sentence(self) -> str:
        """The sentence as it was, when it reads differently now."""
        if self.current is None or self.current.sentence == self.proposal.sentence:
            return ""
        return self.current.sentence.replace("{waarde}", self.current_text)

    @property
    def difference(self) -> str:
        earlier = self.current.value if self.current else None
        return difference_text(earlier, self.proposal.value, self.proposal.unit, self.proposal.decimals)

    @property
    def usage_warning(self) -> str:
        """What a correction asks for when the fact stood in a publication."""
        if self.current is None or self.current.publication is None:
            return ""
        if self.proposal.change_kind != ChangeKind.CORRECTION:
            return ""
        return f"Dit cijfer stond in {self.current.publication}. Een correctie moet daar worden gemeld."


def _text(fact: Fact | FactProposal) -> str:
    if fact.value is None:
        return ""
    qualifier = Qualifier(fact.qualifier) if fact.qualifier else None
    return qualified_quantity(fact.value, fact.value_high, None, qualifier, fact.unit, fact.decimals)


def facts_under_way(
    worker: Worker, *, round_: Round | None = None, state: ProposalState | None = None
) -> list[FactRow]:
    """The facts under way, of a round or of all; as far as open to the worker. Three statements."""
    proposals = FactProposal.objects.select_related(*RELATED).order_by("theme__programme", "theme__order", "name")
    if round_ is not None:
        proposals = proposals.filter(round=round_)
    if state is not None:
        proposals = proposals.filter(state=state)
    if worker.themes is not None:
        proposals = proposals.filter(theme__in=worker.themes)
    rows = list(proposals)
    codes = [row.code for row in rows]
    current = {fact.code: fact for fact in current_facts(codes)}
    returned = _returned(codes)
    return [FactRow(row, current.get(row.code), tuple(returned[row.code]), _is_own(row, worker)) for row in rows]


def _is_own(proposal: FactProposal, worker: Worker) -> bool:
    return worker.user_id in proposal.authors


def current_facts(codes: Collection[str]) -> QuerySet[Fact]:
    """The facts as they are known now."""
    return Fact.objects.filter(code__in=codes, known_to__isnull=True).select_related(
        "theme", "period", "area", "publication", "source"
    )


def _returned(codes: Collection[str]) -> dict[str, list[FactEdit]]:
    """What was handed back and why, since the fact was last checked."""
    found: dict[str, list[FactEdit]] = defaultdict(list)
    edits = FactEdit.objects.filter(code__in=codes, act__in=("teruggegeven", "gecontroleerd")).select_related("by")
    for edit in edits.order_by("at", "pk"):
        if edit.act == "gecontroleerd":
            found.pop(edit.code, None)
        else:
            found[edit.code].append(edit)
    return found


def find_fact_row(code: str, worker: Worker) -> FactRow | None:
    """The fact under way with this code, if its theme is open to the worker."""
    return next((row for row in facts_under_way(worker) if row.proposal.code == code), None)


def find_current_fact(code: str, worker: Worker) -> Fact | None:
    """The fact as it is known now, if its theme is open to the worker."""
    fact = current_facts([code]).first()
    return fact if fact and (worker.themes is None or fact.theme_id in worker.themes) else None


@dataclass(frozen=True)
class FactChoices:
    """What the form of a fact offers."""

    themes: QuerySet[Theme]
    areas: QuerySet[Area]
    sources: QuerySet[Source]
    publications: QuerySet[Publication]
    rounds: QuerySet[Round]


def fact_choices(worker: Worker) -> FactChoices:
    """Themes open to the worker, areas without municipalities, sources, publications, open rounds."""
    themes = Theme.objects.order_by("programme", "order")
    return FactChoices(
        themes=themes if worker.themes is None else themes.filter(pk__in=worker.themes),
        areas=Area.objects.exclude(kind=AreaKind.MUNICIPALITY).order_by("order", "name"),
        sources=Source.objects.order_by("title"),
        publications=Publication.objects.order_by("-date"),
        rounds=Round.objects.filter(state="open").order_by("-reference_date"),
    )
