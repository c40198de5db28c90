"""Looking figures up across indicators, page by page."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import F, Q

from indicators.core.criteria import ObservationCriteria
from indicators.core.figures import Figure
from indicators.core.vantage import Vantage
from indicators.models import IndicatorVersion, Observation, SeriesCategory
from indicators.queries.data_set import figures_of
from indicators.queries.visibility import visible_observations
from monitor.base.core.paging import Page, PageRequest


@dataclass(frozen=True)
class Named:
    """Something that has a code and a name."""

    code: str
    name: str


@dataclass(frozen=True)
class FoundObservation:
    """A figure with its indicator and what stands around it in the source."""

    figure: Figure
    indicator: Named
    publication: Named | None
    source: Named | None
    margin: Decimal | None
    reason: str
    public_from: datetime | None


# In the order of FoundObservation, after the id of the observation and the code of its indicator.
_AROUND = (
    "pk", "series__indicator__code", "publication__code", "publication__name", "source__code", "source__title",
    "margin", "reason", "public_from",
)  # fmt: skip


def find_observations(criteria: ObservationCriteria, vantage: Vantage, wanted: PageRequest) -> Page[FoundObservation]:
    """The visible observations that answer the criteria, by series and period. A fixed number of statements.

    Codes that do not exist find nothing.
    """
    rows = Observation.objects.filter(_matching(criteria) & visible_observations(vantage))
    ordered = rows.order_by(
        "series__key", F("period__end").asc(nulls_last=True), F("period__start").asc(nulls_first=True), "period__code"
    )
    total = rows.count()
    around = list(ordered.values_list(*_AROUND)[wanted.slice])
    wording = IndicatorVersion.objects.filter(
        valid_to__isnull=True, indicator__code__in={code for _, code, *_ in around}
    ).values_list("indicator__code", "name", "unit")
    indicators = {code: Named(code, name) for code, name, _ in wording}
    units = {code: unit for code, _, unit in wording}
    chosen = Observation.objects.filter(pk__in=[pk for pk, *_ in around])
    figures = {figure.observation_id: figure for figure in figures_of(chosen, units)}
    found = [
        FoundObservation(
            figures[pk],
            indicators[code],
            Named(publication, publication_name) if publication else None,
            Named(source, source_title) if source else None,
            *others,
        )
        for pk, code, publication, publication_name, source, source_title, *others in around
    ]
    return Page(found, total, wanted)


def _matching(criteria: ObservationCriteria) -> Q:
    wanted = Q()
    for lookup, words in (
        ("series__indicator__code__in", criteria.indicators),
        ("series__area__code__in", criteria.areas),
        ("series__variant__in", criteria.variants),
        ("period__code__in", criteria.periods),
        ("status__in", criteria.statuses),
    ):
        if words:
            wanted &= Q(**{lookup: words})
    for breakdown, codes in criteria.categories.items():
        links = SeriesCategory.objects.filter(breakdown__code=breakdown)
        if codes:
            links = links.filter(category__code__in=codes)
        wanted &= Q(series__in=links.values("series"))
    if criteria.only_totals:
        wanted &= Q(series__series_categories__isnull=True)
    if criteria.ends_from:
        wanted &= Q(period__end__gte=criteria.ends_from)
    if criteria.ends_to:
        wanted &= Q(period__end__lte=criteria.ends_to)
    return wanted
