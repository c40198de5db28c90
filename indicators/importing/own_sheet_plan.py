"""The plan of a supplier's own sheet: the same rows as that of a request sheet, made from what was read of the file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from indicators.core.enumerations import Marker, Qualifier, Status
from indicators.core.figures import qualified_quantity
from indicators.core.periods import parse_period
from indicators.core.request_answers import Problem
from indicators.core.sheet_names import Catalogue
from indicators.core.sheet_outcome import SheetFigure, SheetOutcome, SheetQuestion, SheetRefusal, at
from indicators.importing.delivery_plan import DeliveryPlan, PlanRow, RowKind, place_words
from indicators.models import Observation, Proposal
from indicators.queries.deliveries import Key, Standing
from indicators.queries.own_sheets import AskedByRound
from indicators.queries.sheet_catalogue import name_of_key
from indicators.services.proposals import ProposalContent
from monitor.base.tabular.reading_cells import CellPlace

ASKED = "vraag"  # the code of a cell that waits for an answer in the profile


@dataclass(frozen=True)
class OwnSheet:
    """What was read of a file, and what its round asks: all that does not change while somebody looks at the plan."""

    outcome: SheetOutcome
    catalogue: Catalogue
    asked: AskedByRound
    status: Status = Status.FINAL

    @property
    def keys(self) -> set[Key]:
        return {figure.key for figure in self.outcome.figures} | self._expected

    @property
    def _expected(self) -> set[Key]:
        """What the round asks of the series in this file."""
        series = {figure.series.key for figure in self.outcome.figures}
        return {pair for pair in self.asked.figures if pair[0] in series}

    def plan(self, standing: Mapping[Key, Standing]) -> DeliveryPlan:
        """Compare what was read with how the figures stand. Pure: no queries."""
        taken = [one for one in self.outcome.figures if one.key in standing and one.series.key in self.asked.series]
        there = {figure.key for figure in taken}
        rows = [self._row(figure, standing[figure.key]) for figure in taken]
        rows += [
            self._missing(key, standing[key])
            for key in sorted(self._expected - there)
            if key in standing and standing[key].observation is None and standing[key].proposal is None
        ]
        return DeliveryPlan(tuple(rows), tuple(self._problems(there)), remarks=self._remarks)

    @property
    def _remarks(self) -> tuple[str, ...]:
        return tuple(one.message for one in self.outcome.remarks)

    def _row(self, figure: SheetFigure, now: Standing) -> PlanRow:
        content = self._content(figure)
        blank = PlanRow(
            RowKind.NEW,
            key=figure.key,
            name=self._name(figure.series.key),
            period=figure.period.label,
            theme="",
            place=figure.place,
            new=self._words(figure.series.indicator, content),
            content=content,
            base_revision=now.observation.revision if now.observation else 0,
            notes=tuple(_notes(figure)),
        )
        if now.proposal is not None:
            same = _says_the_same(figure, now.proposal)
            by = now.proposal.changed_by.get_username()
            return replace(
                blank,
                kind=RowKind.SAME if same else RowKind.CONFLICT,
                version=now.proposal.version,
                old=self._stored_words(figure, now.proposal),
                old_note=f"{now.proposal.get_state_display()}, door {by}",
            )
        if now.observation is not None:
            kind = RowKind.SAME if _says_the_same(figure, now.observation) else RowKind.REVISED
            old = self._stored_words(figure, now.observation)
            return replace(blank, kind=kind, old=old, old_note="gecontroleerd")
        nothing = figure.value is None and figure.marker is not Marker.NIHIL
        return replace(blank, kind=RowKind.UNAVAILABLE if nothing else RowKind.NEW)

    def _missing(self, key: Key, now: Standing) -> PlanRow:
        period = now.period.as_value.label
        return PlanRow(RowKind.MISSING, key=key, name=self._name(key[0]), period=period, theme="", place=None)

    def _content(self, figure: SheetFigure) -> ProposalContent:
        source = f"Bron volgens het bestand: {figure.source}." if figure.source else ""
        return ProposalContent(
            value=figure.value,
            value_high=figure.value_high,
            marker=figure.marker.value if figure.marker else "",
            qualifier=figure.qualifier.value if figure.qualifier else "",
            decimals=figure.decimals,
            status=(figure.status or self.status).value,
            place=place_words(figure.place),
            footnote="\n".join(figure.footnotes),
            remark=" ".join(part for part in (figure.remark, source, _correction(figure)) if part),
        )

    def _name(self, key: str) -> str:
        return name_of_key(key, self.catalogue)

    def _words(self, indicator: str, content: ProposalContent) -> str:
        unit = self.catalogue.indicators[indicator].unit
        marker = Marker(content.marker) if content.marker else None
        qualifier = Qualifier(content.qualifier) if content.qualifier else None
        return qualified_quantity(content.value, content.value_high, marker, qualifier, unit, content.decimals)

    def _stored_words(self, figure: SheetFigure, stored: Proposal | Observation) -> str:
        unit = self.catalogue.indicators[figure.series.indicator].unit
        marker = Marker(stored.marker) if stored.marker else None
        qualifier = Qualifier(stored.qualifier) if stored.qualifier else None
        return qualified_quantity(stored.value, stored.value_high, marker, qualifier, unit, stored.decimals)

    def _problems(self, taken: set[Key]) -> Iterator[Problem]:
        """What is refused and what is asked; and figures of series that the round does not ask."""
        for refusal in self.outcome.refusals:
            yield _refused(refusal)
        for question in self.outcome.questions:
            yield _unanswered(question)
        for figure in self.outcome.figures:
            if figure.key not in taken:
                name = self._name(figure.series.key)
                message = (
                    f"‘{name}’ wordt in deze ronde niet gevraagd. Neem de reeks op bij het beheer van de ronde, of "
                    "laat haar in het profiel vervallen."
                )
                yield Problem(figure.place, "niet-gevraagd", at(figure.place, message), figure.key, name)


def _notes(figure: SheetFigure) -> Iterator[str]:
    if figure.status is None and figure.value is not None:
        yield "Het bestand noemt geen status; aangenomen is die van het profiel."
    if figure.footnotes:
        yield f"Voetnoot: {' '.join(figure.footnotes)}"
    if figure.remark:
        yield f"Toelichting: {figure.remark[:200]}"
    if figure.correction:
        yield _correction(figure)


def _correction(figure: SheetFigure) -> str:
    return f"In het bestand staat {figure.text}; verbeterd als bekende fout." if figure.correction else ""


def _says_the_same(figure: SheetFigure, stored: Proposal | Observation) -> bool:
    """The same value or reason; a status that the file does not name says nothing."""
    same = (stored.value, stored.value_high, stored.marker) == (figure.value, figure.value_high, figure.marker or "")
    return same and stored.qualifier == (figure.qualifier or "") and figure.status in (None, stored.status)


def _refused(refusal: SheetRefusal) -> Problem:
    return Problem(refusal.place or CellPlace(refusal.sheet, 1, 0), refusal.code, refusal.message)


def _unanswered(question: SheetQuestion) -> Problem:
    cells = "1 cel wacht" if question.count == 1 else f"{question.count} cellen wachten"
    message = f"{question.message} {cells} op het antwoord; leg het vast in het profiel."
    place = question.places[0] if question.places else CellPlace("", 1, 0)
    return Problem(place, ASKED, message)


def periods_of(outcome: SheetOutcome) -> set[str]:
    """The codes of the periods that the figures are about, to be made before they are stored."""
    return {parse_period(figure.period.code).code for figure in outcome.figures}
