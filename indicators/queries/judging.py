"""What the rules say about values under way: the context of all of them is read in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.utils import timezone

from indicators.core.enumerations import Audience, Marker, Status
from indicators.core.figures import CategoryInfo, DataSet, SeriesInfo
from indicators.core.periods import Period
from indicators.core.rules import Candidate, Finding, SeriesContext, judge
from indicators.core.vantage import Vantage
from indicators.models import Proposal
from indicators.queries.data_set import load_data_set, series_infos
from monitor.base.core.dates import AMSTERDAM

Values = Mapping[tuple[str, str], Decimal | None]  # (series key, period code) → value for sums
FamilyName = tuple[str, str, str]  # indicator, area, variant
Families = Mapping[FamilyName, Sequence[SeriesInfo]]


def findings_of(proposals: Sequence[Proposal], data: DataSet | None = None) -> dict[int, tuple[Finding, ...]]:
    """The findings per proposal (by id), seen with all other values under way of the same indicators.

    ``data`` are the figures of those indicators as we know them now, when the caller has read them already.
    """
    infos = series_infos({proposal.series_id for proposal in proposals})
    indicators = {info.indicator for info in infos.values()}
    now = timezone.now()
    if data is None:
        data = load_data_set(Vantage(now, Audience.INTERNAL), indicators=indicators, facts=())
    under_way = Proposal.objects.filter(series__indicator__code__in=indicators).select_related("period")
    everywhere = series_infos(set(under_way.values_list("series_id", flat=True)) | set(infos))
    values = _values(data, under_way, everywhere)
    known = {info.key: info for info in everywhere.values()} | {
        figures[0].series.key: figures[0].series for figures in data.figures.values()
    }
    families = _families(known.values())
    today = now.astimezone(AMSTERDAM).date()
    found = {}
    for proposal in proposals:
        candidate = _candidate(proposal, infos[proposal.series_id], data)
        found[proposal.pk] = judge(candidate, _context(candidate, data, values, families, today))
    return found


def _candidate(proposal: Proposal, series: SeriesInfo, data: DataSet) -> Candidate:
    return Candidate(
        info=data.indicators[series.indicator],
        series=series,
        period=proposal.period.as_value,
        value=proposal.value,
        value_high=proposal.value_high,
        marker=Marker(proposal.marker) if proposal.marker else None,
        status=Status(proposal.status),
    )


def _values(data: DataSet, under_way: Iterable[Proposal], infos: Mapping[int, SeriesInfo]) -> Values:
    """What stands or is proposed per series and period; a proposal goes before the figure it may replace."""
    values: dict[tuple[str, str], Decimal | None] = {
        (key, figure.period.code): figure.as_number for key, figures in data.figures.items() for figure in figures
    }
    for proposal in under_way:
        number = Decimal(0) if proposal.marker == Marker.NIHIL else proposal.value
        values[(infos[proposal.series_id].key, proposal.period.code)] = number
    return values


def _context(candidate: Candidate, data: DataSet, values: Values, families: Families, today: date) -> SeriesContext:
    history = [f for f in data.figures.get(candidate.series.key, ()) if f.period != candidate.period]
    family = families.get(_family_name(candidate.series), ())
    return SeriesContext(
        history=history,
        parts=_named(_parts(candidate.series, family), candidate.period, values),
        siblings=_named(_siblings(candidate.series, family), candidate.period, values),
        total=_total(candidate, family, values),
        today=today,
    )


def _families(known: Iterable[SeriesInfo]) -> Families:
    """The series of the same indicator, area and variant with at most one breakdown."""
    families: dict[FamilyName, list[SeriesInfo]] = defaultdict(list)
    for series in known:
        if len(series.categories) <= 1:
            families[_family_name(series)].append(series)
    return families


def _family_name(series: SeriesInfo) -> FamilyName:
    return series.indicator, series.area, series.variant


def _category(series: SeriesInfo) -> CategoryInfo | None:
    return series.categories[0] if len(series.categories) == 1 else None


def _parent(series: SeriesInfo, family: Sequence[SeriesInfo]) -> SeriesInfo | None:
    """The nearest series above: of a class above it that exists, or the total."""
    category = _category(series)
    if category is None:
        return None
    by_code = {(c.breakdown, c.code): other for other in family if (c := _category(other))}
    for code in category.ancestors:
        if (category.breakdown, code) in by_code:
            return by_code[(category.breakdown, code)]
    return next((other for other in family if other.is_total), None)


def _parts(series: SeriesInfo, family: Sequence[SeriesInfo]) -> list[SeriesInfo]:
    """The series just below, when they are all of one breakdown."""
    below: dict[str, list[SeriesInfo]] = defaultdict(list)
    for other in family:
        category = _category(other)
        if category and other.key != series.key and _parent(other, family) == series:
            below[category.breakdown].append(other)
    return next(iter(below.values())) if len(below) == 1 else []


def _siblings(series: SeriesInfo, family: Sequence[SeriesInfo]) -> list[SeriesInfo]:
    parent = _parent(series, family)
    return [other for other in _parts(parent, family) if other.key != series.key] if parent else []


def _total(candidate: Candidate, family: Sequence[SeriesInfo], values: Values) -> Decimal | None:
    parent = _parent(candidate.series, family)
    return values.get((parent.key, candidate.period.code)) if parent else None


def _named(series: Sequence[SeriesInfo], period: Period, values: Values) -> dict[str, Decimal | None]:
    return {one.category_names: values.get((one.key, period.code)) for one in series}
