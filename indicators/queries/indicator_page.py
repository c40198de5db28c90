"""Everything the page of one indicator shows, in a fixed number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists

from indicators.core.charts import ChartSpec
from indicators.core.enumerations import AreaKind, ChangeKind, Marker, Qualifier, ReadingKind
from indicators.core.figures import DataSet, Figure, IndicatorInfo, SeriesInfo, qualified_quantity
from indicators.core.periods import Period
from indicators.core.selection import Selection, select_series, usual_kind
from indicators.core.series_charts import chart_of
from indicators.core.summaries import IndicatorSummary, summarise
from indicators.core.tables import FigureGroup, Matrix, Notes, group_figures, matrices
from indicators.core.vantage import Vantage
from indicators.models import Indicator, Observation, Reading, Series
from indicators.queries.data_set import FEW_MUNICIPALITIES, load_data_set, series_infos, without_crowds
from indicators.queries.visibility import visible_history


@dataclass(frozen=True)
class ReadingInfo:
    """A value that is not a figure: it still has to be confirmed."""

    series: SeriesInfo
    period: Period | None
    kind: ReadingKind
    text: str
    reason: str
    alternative: str
    origin: str
    place: str


@dataclass(frozen=True)
class RevisionInfo:
    """One revision of a figure that was revised."""

    series: SeriesInfo
    period: Period
    number: int
    text: str
    change_kind: ChangeKind
    reason: str
    known_from: datetime
    publication: str


@dataclass(frozen=True)
class Place:
    """Where an indicator stands in the catalogue."""

    theme_code: str
    theme: str
    parent_code: str
    parent: str
    has_municipalities: bool  # many of them, not just a few


@dataclass(frozen=True)
class Origin:
    """The source and publication that all figures of a table share, so that they need be told only once."""

    source: str
    publication: str


@dataclass(frozen=True)
class IndicatorPage:
    """One indicator as a reader looks at it: the chosen series as tables and chart, and all that surrounds them."""

    info: IndicatorInfo
    place: Place
    summary: IndicatorSummary
    selection: Selection
    groups: tuple[FigureGroup, ...]
    matrices: tuple[Matrix, ...]
    notes: tuple[tuple[int, str], ...]
    chart: ChartSpec | None
    readings: tuple[ReadingInfo, ...]
    revisions: tuple[RevisionInfo, ...]
    explanations: tuple[tuple[Period, str], ...]
    shows_variants: bool
    origin: Origin | None
    has_municipalities: bool


@dataclass(frozen=True)
class SelectedData:
    """What a chart or a download needs."""

    info: IndicatorInfo
    data: DataSet
    selection: Selection

    @property
    def figures(self) -> list[Figure]:
        """Every visible figure of the indicator, not only of the selection, series by series."""
        return [figure for rows in self.data.figures.values() for figure in rows]


def select_data(
    code: str, vantage: Vantage, *, area: str = "", breakdown: str = "", variant: str = ""
) -> SelectedData | None:
    """The figures of one indicator with a selection from them; None when there is no such indicator.

    Where there are figures of many municipalities only those of ``area`` are among them.
    """
    data = load_data_set(vantage, indicators=[code], facts=(), only=without_crowds(area))
    return _selected(data, code, area, breakdown, variant)


def select_everything(code: str, vantage: Vantage) -> SelectedData | None:
    """All figures of one indicator, to take away; None when there is no such indicator."""
    return _selected(load_data_set(vantage, indicators=[code], facts=()), code)


def _selected(data: DataSet, code: str, area: str = "", breakdown: str = "", variant: str = "") -> SelectedData | None:
    info = data.indicators.get(code)
    if info is None:
        return None
    selection = select_series(data.series_of(code), area=area, breakdown=breakdown, variant=variant)
    return SelectedData(info, data, selection)


def indicator_page(
    code: str, vantage: Vantage, *, area: str = "", breakdown: str = "", variant: str = ""
) -> IndicatorPage | None:
    """The page of one indicator; None when there is no such indicator."""
    chosen = select_data(code, vantage, area=area, breakdown=breakdown, variant=variant)
    if chosen is None:
        return None
    data, info, selection = chosen.data, chosen.info, chosen.selection
    notes, place = Notes(), _place(code)
    figures = [figure for series in selection.series for figure in data.figures[series.key]]
    usual = usual_kind(figures)
    is_split = bool(selection.breakdown)
    groups = () if is_split else group_figures(figures, notes, usual)
    tables = matrices(selection.series, selection.totals, data.figures, notes, usual) if is_split else ()
    keys = {series.key for series in selection.series}
    return IndicatorPage(
        info=info,
        place=place,
        summary=summarise(data, code),
        selection=selection,
        groups=groups,
        matrices=tables,
        notes=notes.texts,
        chart=chart_of(data, info, selection),
        readings=_readings(info),
        revisions=_revisions(info, vantage),
        explanations=tuple((one.period, one.text) for one in data.explanations if one.series.key in keys),
        shows_variants=len({series.variant for series in selection.series}) > 1,
        origin=_shared_origin(figures),
        has_municipalities=place.has_municipalities,
    )


def _shared_origin(figures: Sequence[Figure]) -> Origin | None:
    origins = {(figure.source, figure.publication) for figure in figures}
    return Origin(*origins.pop()) if len(origins) == 1 else None


def _place(code: str) -> Place:
    municipal = Series.objects.filter(indicator__code=code, area__kind=AreaKind.MUNICIPALITY)
    many = Exists(municipal.order_by("area").distinct().values("area")[FEW_MUNICIPALITIES : FEW_MUNICIPALITIES + 1])
    row = Indicator.objects.select_related("theme__parent").annotate(many=many).get(code=code)
    parent = row.theme.parent
    above = (parent.code, parent.name) if parent else ("", "")
    return Place(row.theme.code, row.theme.name, *above, has_municipalities=row.many)


def _readings(info: IndicatorInfo) -> tuple[ReadingInfo, ...]:
    rows = list(
        Reading.objects.filter(series__indicator__code=info.code)
        .select_related("period", "publication", "source")
        .order_by("key")
    )
    series = series_infos({row.series_id for row in rows})
    readings = [_reading(row, series[row.series_id], info) for row in rows]
    return tuple(sorted(readings, key=_by_period_and_class))


def _by_period_and_class(reading: ReadingInfo) -> tuple[bool, tuple[date, date, str], list[int], str]:
    """In order of period (unknown ones last), then of the classes."""
    when = reading.period.sort_key if reading.period else (date.max, date.max, "")
    return (reading.period is None, when, [one.order for one in reading.series.categories], reading.series.key)


def _reading(row: Reading, series: SeriesInfo, info: IndicatorInfo) -> ReadingInfo:
    qualifier = Qualifier(row.qualifier) if row.qualifier else None
    return ReadingInfo(
        series=series,
        period=row.period.as_value if row.period else None,
        kind=ReadingKind(row.kind),
        text=qualified_quantity(row.value, row.value_high, None, qualifier, info.unit, row.decimals),
        reason=row.reason,
        alternative=row.alternative,
        origin=str(row.source or row.publication or ""),
        place=row.place,
    )


def _revisions(info: IndicatorInfo, vantage: Vantage) -> tuple[RevisionInfo, ...]:
    """All revisions of the figures that were revised, the earliest first; nothing for figures that never changed."""
    revised = Observation.objects.filter(
        visible_history(vantage), series__indicator__code=info.code, revision__gt=1
    ).values("series_id", "period_id")
    pairs = {(row["series_id"], row["period_id"]) for row in revised}
    rows = [
        row
        for row in Observation.objects.filter(
            visible_history(vantage), series__indicator__code=info.code, series__in={one for one, _ in pairs}
        )
        .select_related("period", "publication")
        .order_by("series__key", "period__end", "revision")
        if (row.series_id, row.period_id) in pairs
    ]
    series = series_infos({row.series_id for row in rows})
    return tuple(_revision(row, series[row.series_id], info) for row in rows)


def _revision(row: Observation, series: SeriesInfo, info: IndicatorInfo) -> RevisionInfo:
    qualifier = Qualifier(row.qualifier) if row.qualifier else None
    marker = Marker(row.marker) if row.marker else None
    return RevisionInfo(
        series=series,
        period=row.period.as_value,
        number=row.revision,
        text=qualified_quantity(row.value, row.value_high, marker, qualifier, info.unit, row.decimals),
        change_kind=ChangeKind(row.change_kind),
        reason=row.reason,
        known_from=row.known_from,
        publication=str(row.publication) if row.publication else "",
    )
