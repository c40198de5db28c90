"""Reading figures with all that surrounds them, seen from a vantage, in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import Count, Q, QuerySet

from indicators.core.enumerations import (
    AreaKind,
    Certainty,
    Comparator,
    Direction,
    Marker,
    Qualifier,
    ReadingKind,
    Status,
    TargetState,
    Variant,
)
from indicators.core.figures import (
    Break,
    CategoryInfo,
    DataSet,
    Explanation,
    FactInfo,
    Figure,
    IndicatorInfo,
    SeriesInfo,
    Target,
)
from indicators.core.periods import Period, PeriodKind
from indicators.core.vantage import Vantage
from indicators.models import (
    Category,
    DifferenceExplanation,
    Fact,
    Footnote,
    Indicator,
    Observation,
    ObservationFootnote,
    Reading,
    Restatement,
    Series,
    SeriesBreak,
    SeriesCategory,
)
from indicators.models import Target as TargetRow
from indicators.queries.visibility import visible_facts, visible_observations

FEW_MUNICIPALITIES = 10  # figures of so few are read with the others; where there are more, they are a crowd


def load_data_set(
    vantage: Vantage,
    *,
    indicators: Collection[str] | None = None,
    facts: Collection[str] | None = None,
    only: Q | None = None,
) -> DataSet:
    """Everything about the named indicators and facts (None: all of them) as seen from ``vantage``.

    ``only`` narrows the figures down, such as :func:`without_crowds`. Sixteen statements, whatever the number. Unknown
    codes are simply not there: callers say what that means.
    """
    infos = indicator_infos(indicators)
    chosen = Q() if indicators is None else Q(series__indicator__code__in=indicators)
    units = {code: info.unit for code, info in infos.items()}
    seen = chosen & visible_observations(vantage) & (only or Q())
    figures = figures_of(Observation.objects.filter(seen), units)
    by_series: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        by_series[figure.series.key].append(figure)
    ordered = {key: tuple(sorted(rows, key=lambda f: f.period.sort_key)) for key, rows in by_series.items()}
    return DataSet(infos, ordered, _facts(vantage, facts), _uncertain(chosen, ordered), _explanations(chosen))


def without_crowds(area: str = "") -> Q:
    """Figures without those of municipalities where there are many: they have a page of their own. ``area`` stays."""
    by_indicator = Series.objects.filter(area__kind=AreaKind.MUNICIPALITY).values("indicator")
    crowded = by_indicator.annotate(areas=Count("area", distinct=True)).filter(areas__gt=FEW_MUNICIPALITIES)
    crowd = Q(series__area__kind=AreaKind.MUNICIPALITY, series__indicator__in=crowded.values("indicator"))
    return ~crowd | Q(series__area__code=area)


def figures_of(observations: QuerySet[Observation], units: Mapping[str, str]) -> list[Figure]:
    """The observations of a query as figures, in order of series and period (five statements).

    ``units`` are the meeteenheden of their indicators, by code.
    """
    rows = list(
        observations.select_related("period", "publication", "source").order_by("series_id", "period__end", "revision")
    )
    series = series_infos({row.series_id for row in rows})
    notes: dict[int, list[str]] = defaultdict(list)
    links = ObservationFootnote.objects.filter(observation__in=[row.pk for row in rows]).order_by("pk")
    for observation_id, text in links.values_list("observation_id", "footnote__text"):
        notes[observation_id].append(text)
    return [_figure(row, series[row.series_id], units, tuple(notes[row.pk])) for row in rows]


def _figure(row: Observation, series: SeriesInfo, units: Mapping[str, str], footnotes: tuple[str, ...]) -> Figure:
    return Figure(
        observation_id=row.pk,
        series=series,
        period=row.period.as_value,
        revision=row.revision,
        value=row.value,
        value_high=row.value_high,
        marker=Marker(row.marker) if row.marker else None,
        qualifier=Qualifier(row.qualifier) if row.qualifier else None,
        decimals=row.decimals,
        unit=units[series.indicator],
        status=Status(row.status),
        certainty=Certainty(row.certainty),
        money_basis=row.money_basis,
        change_kind=row.change_kind,
        publication=str(row.publication) if row.publication else "",
        source=str(row.source) if row.source else "",
        place=row.place,
        asserted_by=row.asserted_by,
        known_from=row.known_from,
        footnotes=footnotes,
    )


def series_infos(series_ids: Collection[int]) -> dict[int, SeriesInfo]:
    """Series with their area and categories, by id (three statements)."""
    ancestors = category_ancestors()
    categories: dict[int, list[CategoryInfo]] = defaultdict(list)
    links = SeriesCategory.objects.filter(series__in=series_ids).order_by("breakdown__code")
    for link in links.select_related("breakdown", "category"):
        codes, names = ancestors[link.category_id]
        categories[link.series_id].append(
            CategoryInfo(
                breakdown=link.breakdown.code,
                breakdown_name=link.breakdown.name,
                code=link.category.code,
                name=link.category.name,
                ancestors=codes,
                ancestor_names=names,
                order=link.category.order,
            )
        )
    rows = Series.objects.filter(pk__in=series_ids)
    return {
        pk: SeriesInfo(key, indicator, area, area_name, Variant(variant), tuple(categories[pk]), area_kind)
        for pk, key, indicator, area, area_name, area_kind, variant in rows.values_list(
            "pk", "key", "indicator__code", "area__code", "area__name", "area__kind", "variant"
        )
    }


def category_ancestors() -> dict[int, tuple[tuple[str, ...], tuple[str, ...]]]:
    """The codes and the names above every category, nearest first, by id of the category."""
    rows = {
        pk: (code, name, parent)
        for pk, code, name, parent in Category.objects.values_list("pk", "code", "name", "parent_id")
    }

    def above(pk: int | None) -> list[tuple[str, str]]:
        return [] if pk is None else [rows[pk][:2], *above(rows[pk][2])]

    lineages = {pk: above(parent) for pk, (_, _, parent) in rows.items()}
    return {pk: (tuple(code for code, _ in line), tuple(name for _, name in line)) for pk, line in lineages.items()}


def indicator_infos(codes: Collection[str] | None = None) -> dict[str, IndicatorInfo]:
    """Indicators in order of the catalogue, with norms, breaks, restatements and footnotes (five statements)."""
    chosen = Q() if codes is None else Q(indicator__code__in=codes)
    targets = _grouped(TargetRow.objects.filter(chosen).select_related("publication", "source"), _target)
    breaks = _grouped(
        SeriesBreak.objects.filter(chosen).select_related("period"),
        lambda row: Break(row.period.as_value, row.kind, row.text),
    )
    restatements = _grouped(Restatement.objects.filter(chosen), lambda row: row.text)
    footnotes = _grouped(Footnote.objects.filter(chosen, indicator__isnull=False), lambda row: row.text)
    indicators = Indicator.objects.filter(versions__valid_to__isnull=True).order_by(
        "theme__programme", "theme__order", "order", "code"
    )
    if codes is not None:
        indicators = indicators.filter(code__in=codes)
    infos = {}
    for row in indicators.select_related("theme", "source").prefetch_related("versions"):
        version = next(v for v in row.versions.all() if v.valid_to is None)
        infos[row.code] = IndicatorInfo(
            code=row.code,
            name=version.name,
            theme_code=row.theme.code,
            theme=row.theme.name,
            definition=version.definition,
            definition_note=version.definition_note,
            unit=version.unit,
            decimals=version.decimals,
            measure=version.measure,
            direction=Direction(version.direction),
            additive=row.additive,
            has_rest=row.has_rest,
            value_kind=row.value_kind,
            chart=row.chart,
            source=str(row.source) if row.source else "",
            targets=tuple(targets[row.pk]),
            breaks=tuple(sorted(breaks[row.pk], key=lambda b: b.period.sort_key)),
            restatements=tuple(restatements[row.pk]),
            footnotes=tuple(footnotes[row.pk]),
        )
    return infos


def _grouped(rows: Iterable[Any], make: Any) -> dict[int, list[Any]]:
    groups: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        groups[row.indicator_id].append(make(row))
    return groups


def _target(row: TargetRow) -> Target:
    return Target(
        code=row.code,
        kind=row.get_kind_display(),
        comparator=Comparator(row.comparator),
        value=row.value,
        value_high=row.value_high,
        text=row.text,
        state=TargetState(row.state),
        level=row.level,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        source=str(row.source or row.publication),
        place=row.place,
    )


def _uncertain(chosen: Q, figures: Mapping[str, tuple[Figure, ...]]) -> dict[str, tuple[Period, ...]]:
    """Periods of a series for which the source has a figure that cannot be read with certainty."""
    unsure = Reading.objects.filter(chosen, period__isnull=False, kind=ReadingKind.UNCERTAIN)
    rows = unsure.values_list("series__key", "period__kind", "period__start", "period__end")
    periods: dict[str, set[Period]] = defaultdict(set)
    for key, kind, start, end in rows:
        periods[key].add(Period(PeriodKind(kind), start, end))
    known = {key: {figure.period for figure in rows} for key, rows in figures.items()}
    return {
        key: tuple(sorted(found - known.get(key, set()), key=lambda p: p.sort_key))
        for key, found in periods.items()
        if found - known.get(key, set())
    }


def _explanations(chosen: Q) -> tuple[Explanation, ...]:
    rows = list(DifferenceExplanation.objects.filter(chosen).select_related("period").order_by("order", "pk"))
    series = series_infos({row.series_id for row in rows})
    return tuple(Explanation(series[row.series_id], row.period.as_value, row.text) for row in rows)


def _facts(vantage: Vantage, codes: Collection[str] | None) -> dict[str, FactInfo]:
    rows = Fact.objects.filter(visible_facts(vantage))
    if codes is not None:
        rows = rows.filter(code__in=codes)
    return {row.code: fact_info(row) for row in rows.select_related("theme", "period", "area", "publication", "source")}


def fact_info(row: Fact) -> FactInfo:
    """A fact row (with its relations selected) as a plain value."""
    return FactInfo(
        code=row.code,
        name=row.name,
        theme=row.theme.name,
        theme_code=row.theme.code,
        sentence=row.sentence,
        value=row.value,
        value_high=row.value_high,
        unit=row.unit,
        decimals=row.decimals,
        qualifier=Qualifier(row.qualifier) if row.qualifier else None,
        period=row.period.as_value,
        area=row.area.name,
        variant=Variant(row.variant),
        publication=str(row.publication) if row.publication else "",
        source=str(row.source) if row.source else "",
        place=row.place,
        asserted_by=row.asserted_by,
        certainty=Certainty(row.certainty),
        read_as=row.read_as,
        footnote=row.footnote,
        kind=row.kind,
    )
