"""Looking indicators up in the catalogue, page by page, and one with the series behind it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Count, Max, Min

from indicators.core.figures import IndicatorInfo, SeriesInfo
from indicators.core.vantage import Vantage
from indicators.models import Observation, Theme
from indicators.queries.browse import find_indicators
from indicators.queries.data_set import indicator_infos, series_infos
from indicators.queries.visibility import visible_observations
from monitor.base.core.paging import Page, PageRequest


@dataclass(frozen=True)
class CatalogueEntry:
    """An indicator and the programme it belongs to."""

    info: IndicatorInfo
    programme: str


@dataclass(frozen=True)
class SeriesExtent:
    """A series with how many visible figures it has, and the years in which its first and last period end."""

    series: SeriesInfo
    figures: int
    first_year: int | None
    last_year: int | None


@dataclass(frozen=True)
class CatalogueDetail:
    """An indicator with every series that has visible figures, by key."""

    info: IndicatorInfo
    programme: str
    series: tuple[SeriesExtent, ...]


def search_catalogue(query: str, theme: str, programme: str, *, wanted: PageRequest) -> Page[CatalogueEntry]:
    """The indicators that answer the query, in the theme and everything under it, and in the programme.

    Empty words ask nothing; a theme that does not exist holds nothing. A fixed number of statements.
    """
    themes = {row.code: row for row in Theme.objects.select_related("parent")}
    chosen = {
        code
        for code, row in themes.items()
        if (not theme or theme in _lineage(row, themes)) and programme in ("", row.programme)
    }
    found = find_indicators(query, themes=chosen)
    codes = [match.code for match in found[wanted.slice]]
    infos = indicator_infos(codes)
    entries = [CatalogueEntry(infos[code], themes[infos[code].theme_code].programme) for code in codes]
    return Page(entries, len(found), wanted)


def _lineage(theme: Theme, themes: Mapping[str, Theme]) -> Collection[str]:
    """The theme's own code and those above it."""
    codes = [theme.code]
    while theme.parent is not None:
        theme = themes[theme.parent.code]
        codes.append(theme.code)
    return codes


def catalogue_detail(code: str, vantage: Vantage) -> CatalogueDetail | None:
    """One indicator; None when there is no such indicator. A fixed number of statements."""
    info = indicator_infos([code]).get(code)
    if info is None:
        return None
    programme = Theme.objects.values_list("programme", flat=True).get(code=info.theme_code)
    rows = (
        Observation.objects.filter(visible_observations(vantage), series__indicator__code=code)
        .values("series_id")
        .annotate(figures=Count("pk"), first=Min("period__end"), last=Max("period__end"))
    )
    extents = {row["series_id"]: row for row in rows}
    series = series_infos(set(extents))
    found = [
        SeriesExtent(
            series[pk],
            row["figures"],
            row["first"].year if row["first"] else None,
            row["last"].year if row["last"] else None,
        )
        for pk, row in extents.items()
    ]
    return CatalogueDetail(info, programme, tuple(sorted(found, key=lambda extent: extent.series.key)))
