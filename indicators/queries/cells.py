"""One figure at work: what was, what is proposed, what the rules say, what was done."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from indicators.core.enumerations import Audience
from indicators.core.figures import Figure, IndicatorInfo, SeriesInfo
from indicators.core.periods import Period
from indicators.core.trend import comparable
from indicators.core.vantage import Vantage
from indicators.models import Proposal, ProposalEdit, Reading, RoundItem
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
