"""What the rules say about values under way: the context of all of them is read in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils import timezone

from indicators.core.enumerations import Audience, Certainty, Marker, Qualifier, Status
from indicators.core.figures import CategoryInfo, DataSet, Figure, IndicatorInfo, SeriesInfo
from indicators.core.periods import Period, PeriodKind
from indicators.core.rules import Candidate, Finding, SeriesContext, judge
from indicators.core.vantage import Vantage
from indicators.models import Observation, Proposal, Series
from indicators.queries.data_set import indicator_infos, series_infos
from indicators.queries.visibility import visible_observations
from monitor.base.core.dates import AMSTERDAM

Values = Mapping[tuple[str, str], Decimal | None]  # (series key, period code) → value for sums
FamilyName = tuple[str, str, str]  # indicator, area, variant
Families = Mapping[FamilyName, Sequence[SeriesInfo]]


def findings_of(proposals: Sequence[Proposal], data: DataSet | None = None) -> dict[int, tuple[Finding, ...]]:
    """The findings per proposal (by id), seen with all other values under way of the same families. Twelve statements.

    ``data`` are the figures of those indicators as we know them now, when the caller has read them already.
    """
    if not proposals:
        return {}
    now = timezone.now()
    near = _near({proposal.series_id for proposal in proposals})
    rows = [] if data else list(_figure_rows(near, Vantage(now, Audience.INTERNAL)))
    under_way = list(Proposal.objects.filter(near).select_related("period"))
    infos = series_infos({row[0] for row in rows} | {one.series_id for one in (*under_way, *proposals)})
    if data is None:
        codes = {infos[proposal.series_id].indicator for proposal in proposals}
        data = _narrow_data(indicator_infos(codes), rows, infos)
    values = _values(data, [*under_way, *proposals], infos)  # a planned value goes before what it may replace
    known = {info.key: info for info in infos.values()} | {
        figures[0].series.key: figures[0].series for figures in data.figures.values()
    }
    families = _families(known.values())
    today = now.astimezone(AMSTERDAM).date()
    found = {}
    for proposal in proposals:
        candidate = _candidate(proposal, infos[proposal.series_id], data)
        found[proposal.pk] = judge(candidate, _context(candidate, data, values, families, today))
    return found


def _near(series_ids: Collection[int]) -> Q:
    """Rows of series that can matter to these: of the same indicators, areas and variants."""
    rows = Series.objects.filter(pk__in=series_ids).values_list("indicator_id", "area_id", "variant")
    indicators, areas, variants = zip(*rows.distinct(), strict=True)
    return Q(series__indicator__in=set(indicators), series__area__in=set(areas), series__variant__in=set(variants))


def _figure_rows(near: Q, vantage: Vantage) -> Iterable[tuple[Any, ...]]:
    """The figures of the families with what a rule can read; where a figure was printed, none does."""
    return Observation.objects.filter(near & visible_observations(vantage)).values_list(
        "series_id", "pk", "period__kind", "period__start", "period__end", "revision", "value", "value_high", "marker",
        "qualifier", "decimals", "status", "certainty", "money_basis", "change_kind", "known_from",
    )  # fmt: skip


def _narrow_data(
    indicators: Mapping[str, IndicatorInfo], rows: Iterable[tuple[Any, ...]], infos: Mapping[int, SeriesInfo]
) -> DataSet:
    """The figures of the families, by series and in order of period."""
    by_series: dict[str, list[Figure]] = defaultdict(list)
    for series_id, *row in rows:
        series = infos[series_id]
        if series.indicator in indicators:
            by_series[series.key].append(_figure(series, indicators[series.indicator].unit, row))
    return DataSet(
        indicators, {key: tuple(sorted(found, key=lambda f: f.period.sort_key)) for key, found in by_series.items()}
    )


def _figure(series: SeriesInfo, unit: str, row: Sequence[Any]) -> Figure:
    (
        pk,
        kind,
        start,
        end,
        revision,
        value,
        high,
        marker,
        qualifier,
        decimals,
        status,
        certainty,
        basis,
        change,
        since,
    ) = row
    return Figure(
        observation_id=pk,
        series=series,
        period=Period(PeriodKind(kind), start, end),
        revision=revision,
        value=value,
        value_high=high,
        marker=Marker(marker) if marker else None,
        qualifier=Qualifier(qualifier) if qualifier else None,
        decimals=decimals,
        unit=unit,
        status=Status(status),
        certainty=Certainty(certainty),
        money_basis=basis,
        change_kind=change,
        publication="",
        source="",
        place="",
        asserted_by="",
        known_from=since,
    )


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
