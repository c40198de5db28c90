"""One figure at work: what was, what is proposed, what the rules say, what was done; and the second officer's queue."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone

from indicators.core.access import Worker
from indicators.core.enumerations import Audience, Marker, ProposalState, Qualifier
from indicators.core.figures import Figure, IndicatorInfo, SeriesInfo, qualified_quantity
from indicators.core.periods import Period
from indicators.core.trend import change_between, comparable
from indicators.core.vantage import Vantage
from indicators.models import Proposal, ProposalEdit, Reading, Round, RoundItem
from indicators.queries.data_set import load_data_set, series_infos
from indicators.queries.judging import findings_of


@dataclass(frozen=True)
class Cell:
    """Everything an officer needs to fill in one figure."""

    item: RoundItem
    info: IndicatorInfo
    series: SeriesInfo
    period: Period
    history: tuple[Figure, ...]
    current: Figure | None
    proposal: Proposal | None
    findings: tuple[Any, ...]
    readings: tuple[Reading, ...]
    edits: tuple[ProposalEdit, ...]


def proposal_of(item: RoundItem) -> Proposal | None:
    """The value under way for an asked figure."""
    found = Proposal.objects.filter(series_id=item.series_id, period_id=item.period_id)
    return found.select_related("period", "series", "changed_by", "returned_by").first()


def load_cell(item: RoundItem) -> Cell:
    """The figure of a round item with its surroundings."""
    series = series_infos({item.series_id})[item.series_id]
    data = load_data_set(Vantage(timezone.now(), Audience.INTERNAL), indicators={series.indicator}, facts=())
    figures = data.figures.get(series.key, ())
    period = item.period.as_value
    place = {"series_id": item.series_id, "period_id": item.period_id}
    proposal = proposal_of(item)
    return Cell(
        item=item,
        info=data.indicators[series.indicator],
        series=series,
        period=period,
        history=tuple(f for f in figures if comparable(f.period, period) and f.period != period)[-6:],
        current=next((figure for figure in figures if figure.period == period), None),
        proposal=proposal,
        findings=findings_of([proposal], data)[proposal.pk] if proposal else (),
        readings=tuple(Reading.objects.filter(**place).select_related("publication", "source")),
        edits=tuple(ProposalEdit.objects.filter(**place).select_related("by").order_by("-at", "-pk")[:20]),
    )


@dataclass(frozen=True)
class QueueRow:
    """A submitted value for the second officer: new against old, what the machine said, and what was explained."""

    proposal: Proposal
    info: IndicatorInfo
    series: SeriesInfo
    period: Period
    text: str
    current: Figure | None
    previous: Figure | None
    change: str
    findings: tuple[Mapping[str, Any], ...]
    is_own: bool

    @property
    def name(self) -> str:
        return ", ".join(part for part in (self.info.name, self.series.category_names) if part)

    @property
    def pair(self) -> str:
        return f"{self.proposal.pk}:{self.proposal.version}"


def review_queue(round_: Round, worker: Worker) -> list[QueueRow]:
    """The submitted values of a round, in order of the catalogue. A fixed number of statements."""
    submitted = Proposal.objects.filter(round=round_, state=ProposalState.SUBMITTED)
    if worker.themes is not None:
        submitted = submitted.filter(series__indicator__theme__in=worker.themes)
    proposals = list(submitted.select_related("period", "source", "entered_by", "changed_by", "delivery"))
    infos = series_infos({proposal.series_id for proposal in proposals})
    data = load_data_set(
        Vantage(timezone.now(), Audience.INTERNAL), indicators={info.indicator for info in infos.values()}, facts=()
    )
    order = {code: place for place, code in enumerate(data.indicators)}
    rows = [
        _queue_row(proposal, infos[proposal.series_id], data.indicators, data.figures, worker) for proposal in proposals
    ]
    return sorted(rows, key=lambda row: (order[row.info.code], row.series.key, row.period.sort_key))


def _queue_row(
    proposal: Proposal,
    series: SeriesInfo,
    indicators: Mapping[str, IndicatorInfo],
    figures: Mapping[str, tuple[Figure, ...]],
    worker: Worker,
) -> QueueRow:
    info, period = indicators[series.indicator], proposal.period.as_value
    known = figures.get(series.key, ())
    earlier = [f for f in known if f.period.sort_key < period.sort_key and comparable(f.period, period)]
    previous = earlier[-1] if earlier else None
    return QueueRow(
        proposal=proposal,
        info=info,
        series=series,
        period=period,
        text=qualified_quantity(
            proposal.value,
            proposal.value_high,
            Marker(proposal.marker) if proposal.marker else None,
            Qualifier(proposal.qualifier) if proposal.qualifier else None,
            info.unit,
            proposal.decimals,
        ),
        current=next((figure for figure in known if figure.period == period), None),
        previous=previous,
        change=_change_text(proposal, previous),
        findings=tuple(proposal.findings),
        is_own=worker.user_id in proposal.authors,
    )


def _change_text(proposal: Proposal, previous: Figure | None) -> str:
    """The change from the previous figure to the proposed one, as it will read once checked."""
    if previous is None or previous.value is None or proposal.value is None:
        return ""
    proposed = replace(previous, value=proposal.value, period=proposal.period.as_value, marker=None)
    change = change_between(previous, proposed)
    return change.against_earlier if change else ""
