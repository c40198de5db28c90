"""The figures of municipalities of one indicator, as a table per police unit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from indicators.core.enumerations import AreaKind, Marker, Status, Variant
from indicators.core.figures import IndicatorInfo
from indicators.core.municipal_tables import MunicipalFigure, MunicipalTable, municipal_table
from indicators.core.periods import Period
from indicators.core.vantage import Vantage
from indicators.models import Observation
from indicators.models import Period as PeriodRow
from indicators.queries.areas import load_division
from indicators.queries.data_set import indicator_infos
from indicators.queries.visibility import visible_observations


@dataclass(frozen=True)
class MunicipalPage:
    """An indicator with the periods that it has figures of municipalities for, and the table of the chosen one."""

    info: IndicatorInfo
    periods: tuple[Period, ...]  # the latest first
    table: MunicipalTable | None


def municipal_page(code: str, vantage: Vantage, *, period: str = "", today: date | None = None) -> MunicipalPage | None:
    """The page of one indicator and period (the latest when it is not there); None without such an indicator.

    ``today`` puts the figures on the division of that day; None leaves them on that of the period. Eleven statements.
    """
    info = indicator_infos([code]).get(code)
    if info is None:
        return None
    rows = Observation.objects.filter(
        visible_observations(vantage),
        series__indicator__code=code,
        series__area__kind=AreaKind.MUNICIPALITY,
        series__variant=Variant.REALISED,
        series__series_categories__isnull=True,
    )
    periods = _periods(rows.values_list("period_id", flat=True).distinct())
    chosen = next((one for one in periods if one.code == period), periods[0] if periods else None)
    if chosen is None:
        return MunicipalPage(info, (), None)
    figures = rows.filter(period__code=chosen.code).values_list(
        "series__area__code", "value", "marker", "decimals", "status"
    )
    table = municipal_table(
        (
            MunicipalFigure(area, value, Marker(marker) if marker else None, decimals, Status(status))
            for area, value, marker, decimals, status in figures
        ),
        period=chosen,
        division=load_division(),
        day=today,
        unit=info.unit,
        additive=info.additive,
    )
    return MunicipalPage(info, periods, table)


def _periods(ids: Iterable[int]) -> tuple[Period, ...]:
    found = [row.as_value for row in PeriodRow.objects.filter(pk__in=list(ids))]
    return tuple(sorted(found, key=lambda one: one.sort_key, reverse=True))
