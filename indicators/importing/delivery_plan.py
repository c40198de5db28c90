"""The plan of a delivery: what would change if somebody confirmed it, row by row, each with its cell.

Made anew from the kept file and the database whenever somebody looks; its digest tells whether it is still the plan
that somebody saw.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from decimal import Decimal

from indicators.core.enumerations import LabelledEnum, Marker, Qualifier, Status
from indicators.core.figures import qualified_quantity
from indicators.core.request_answers import Answer, Overtyped, Problem, ReturnedSheet
from indicators.core.request_sheets import AskedFigure
from indicators.core.rules import Finding
from indicators.models import Observation, Proposal
from indicators.queries.deliveries import Key, Standing
from indicators.services.proposals import ProposalContent
from monitor.base.core.audit import canonical_text
from monitor.base.tabular.reading_cells import CellPlace


class RowKind(LabelledEnum):
    """What a row of a delivery would do."""

    NEW = "nieuw"
    REVISED = "herzien"
    SAME = "ongewijzigd"
    UNAVAILABLE = "geen-waarde"
    CONFLICT = "al-onderweg"
    EARLIER = "eerder-cijfer-gewijzigd"
    MISSING = "ontbreekt"


TAKEN = frozenset({RowKind.NEW, RowKind.UNAVAILABLE})  # stored when the plan is confirmed
CHOSEN = frozenset({RowKind.REVISED, RowKind.CONFLICT, RowKind.EARLIER})  # stored only when somebody ticks them


@dataclass(frozen=True)
class PlanRow:
    """One row: what stood, what comes, where it stands in the file, and what the checks say about it."""

    kind: RowKind
    key: Key
    name: str
    period: str
    theme: str
    place: CellPlace | None
    old: str = ""
    old_note: str = ""
    new: str = ""
    content: ProposalContent | None = None
    version: int = 0
    base_revision: int = 0
    notes: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def row_id(self) -> str:
        """Names the row in a form; the same figure has the same one in every plan."""
        return hashlib.sha256("\n".join((self.kind, *self.key)).encode()).hexdigest()[:12]

    @property
    def must_be_ticked(self) -> bool:
        return self.kind in CHOSEN

    @property
    def needs_reason(self) -> bool:
        """A checked figure changes only with a kind and a reason."""
        return self.must_be_ticked and self.base_revision > 0

    @property
    def cell(self) -> str:
        return self.place.address if self.place else ""

    @property
    def sheet(self) -> str:
        return self.place.sheet if self.place else ""


@dataclass(frozen=True)
class DeliveryPlan:
    """All rows, and what cannot be taken over at all."""

    rows: tuple[PlanRow, ...]
    refused: tuple[Problem, ...]
    remarks: tuple[str, ...] = ()  # what of the file was left aside, corrected, or no longer as it was

    def of(self, *kinds: RowKind) -> tuple[PlanRow, ...]:
        return tuple(row for row in self.rows if row.kind in kinds)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows of each kind, and how many cells were refused; for people and for the audit trail."""
        found = Counter(row.kind for row in self.rows)
        return {kind.label: found[kind] for kind in RowKind} | {"geweigerd": len(self.refused)}

    @property
    def changes_nothing(self) -> bool:
        """Whether there is nothing that could be stored, whatever is ticked."""
        return not any(row.kind in TAKEN | CHOSEN for row in self.rows)

    @property
    def is_nothing_to_take(self) -> bool:
        """Whether nothing would be stored without a tick."""
        return not self.of(*TAKEN)

    @property
    def digest(self) -> str:
        """SHA-256 of what would be stored and over what; the findings are advice and no part of it."""
        rows = [
            {
                "kind": row.kind.value,
                "key": list(row.key),
                "content": _plain(row.content),
                "version": row.version,
                "base": row.base_revision,
            }
            for row in self.rows
        ]
        refused = [[one.place.sheet, one.place.address, one.code] for one in self.refused]
        return hashlib.sha256(canonical_text([rows, refused]).encode()).hexdigest()


def _plain(content: ProposalContent | None) -> dict[str, object]:
    return {name: str(value) for name, value in asdict(content).items()} if content else {}


def plan_delivery(
    returned: ReturnedSheet, asked: Sequence[AskedFigure], standing: Mapping[Key, Standing]
) -> DeliveryPlan:
    """Compare what came back with how the figures stand. Pure: no queries."""
    answers = {answer.key: answer for answer in returned.answers}
    refused = {problem.key for problem in returned.problems}
    figures = {figure.key: figure for figure in asked}
    by_series = {figure.series.key: figure for figure in asked}
    rows = [
        _answer_row(figure, answers.get(key), standing[key])
        for key, figure in figures.items()
        if key in standing and (key in answers or key not in refused)
    ]
    rows += [
        row
        for one in returned.overtyped
        if one.key in standing and (row := _earlier_row(by_series[one.key[0]], one, standing[one.key])) is not None
    ]
    return DeliveryPlan(tuple(row for row in rows if row is not None), returned.problems)


def _answer_row(figure: AskedFigure, answer: Answer | None, now: Standing) -> PlanRow | None:
    blank = PlanRow(
        RowKind.MISSING,
        key=figure.key,
        name=figure.name,
        period=figure.period.label,
        theme=figure.info.theme,
        place=answer.place if answer else None,
        notes=_notes(answer) if answer else (),
    )
    if answer is None or answer.is_blank:
        # Not answered here, and not missed either when it is there already.
        return blank if now.observation is None and now.proposal is None else None
    content = content_of_answer(answer)
    base = now.observation.revision if now.observation else 0
    filled = replace(blank, new=_words(content, figure), content=content, base_revision=base)
    if now.proposal is not None:
        return replace(
            filled,
            kind=RowKind.SAME if _says_the_same(answer, now.proposal) else RowKind.CONFLICT,
            version=now.proposal.version,
            old=_stored_words(now.proposal, figure),
            old_note=_whose(now.proposal),
        )
    if now.observation is not None:
        kind = RowKind.SAME if _says_the_same(answer, now.observation) else RowKind.REVISED
        return replace(filled, kind=kind, old=_stored_words(now.observation, figure), old_note="gecontroleerd")
    nothing = answer.value is None and answer.marker is not Marker.NIHIL
    return replace(filled, kind=RowKind.UNAVAILABLE if nothing else RowKind.NEW)


def _earlier_row(figure: AskedFigure, one: Overtyped, now: Standing) -> PlanRow | None:
    """An earlier figure that the supplier changed; nothing when we have that value ourselves by now."""
    held = now.proposal or now.observation
    if held is not None and held.value == one.value:
        return None
    content = ProposalContent(
        value=one.value,
        decimals=one.decimals,
        status=one.sent.status.value,
        place=place_words(one.place),
        remark=one.remark,
    )
    revised_since = now.observation is not None and now.observation.revision != one.sent.revision
    notes = ["Dit cijfer is hier intussen zelf herzien."] if revised_since else []
    notes += [f"Opmerking: {one.remark}"] if one.remark else []
    return PlanRow(
        RowKind.EARLIER,
        key=one.key,
        name=figure.name,
        period=one.sent.period.label,
        theme=figure.info.theme,
        place=one.place,
        old=_stored_words(now.proposal, figure) if now.proposal else one.sent.text,
        old_note=_whose(now.proposal) if now.proposal else "zoals verstuurd",
        new=_words(content, figure),
        content=content,
        version=now.proposal.version if now.proposal else 0,
        base_revision=now.observation.revision if now.observation else 0,
        notes=tuple(notes),
    )


def content_of_answer(answer: Answer) -> ProposalContent:
    """What would be stored of an answer."""
    return ProposalContent(
        value=answer.value,
        marker=answer.marker.value if answer.marker else "",
        qualifier=answer.qualifier.value if answer.qualifier else "",
        decimals=answer.decimals,
        status=(answer.status or Status.FINAL).value,
        place=place_words(answer.place),
        remark=answer.remark,
    )


def place_words(place: CellPlace) -> str:
    """Where a value stands in the file, as it is kept with the value."""
    return (f"blad ‘{place.sheet}’, cel {place.address}" if place.sheet else f"cel {place.address}")[:120]


def _notes(answer: Answer) -> tuple[str, ...]:
    notes = []
    if answer.status is None and answer.value is not None:
        notes.append("De status is niet ingevuld; aangenomen is definitief. Vraag het na.")
    if answer.remark:
        notes.append(f"Opmerking: {answer.remark}")
    return tuple(notes)


def _says_the_same(answer: Answer, stored: Proposal | Observation) -> bool:
    """The same value or reason; a status that was left blank says nothing."""
    same = stored.value == answer.value and stored.marker == (answer.marker or "")
    return same and (answer.status is None or stored.status == answer.status) and _qualifier(stored) == answer.qualifier


def _qualifier(stored: Proposal | Observation) -> Qualifier | None:
    return Qualifier(stored.qualifier) if stored.qualifier else None


def _whose(proposal: Proposal) -> str:
    what = "uit een eerdere aanlevering, " if proposal.delivery_id else ""
    return f"{what}{proposal.get_state_display()}, door {proposal.changed_by.get_username()}"


def _words(content: ProposalContent, figure: AskedFigure) -> str:
    marker = Marker(content.marker) if content.marker else None
    qualifier = Qualifier(content.qualifier) if content.qualifier else None
    return _quantity(content.value, None, marker, qualifier, figure, content.decimals)


def _stored_words(stored: Proposal | Observation, figure: AskedFigure) -> str:
    marker = Marker(stored.marker) if stored.marker else None
    return _quantity(stored.value, stored.value_high, marker, _qualifier(stored), figure, stored.decimals)


def _quantity(
    value: Decimal | None,
    high: Decimal | None,
    marker: Marker | None,
    qualifier: Qualifier | None,
    figure: AskedFigure,
    decimals: int,
) -> str:
    return qualified_quantity(value, high, marker, qualifier, figure.info.unit, decimals)
