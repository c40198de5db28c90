"""Finding the one figure that somebody wants to change late."""

from indicators.core.access import Worker
from indicators.core.enumerations import RoundState
from indicators.models import Period, RoundItem, Series


def find_place(indicator: str, series_key: str, period_code: str, worker: Worker) -> RoundItem | None:
    """A figure as a place to work in, outside any round (the item is not kept); None when it does not exist.

    Neither does it when its theme is not open to the worker.
    """
    series = Series.objects.filter(key=series_key, indicator__code=indicator).select_related("indicator").first()
    period = Period.objects.filter(code=period_code).first()
    if series is None or period is None:
        return None
    if worker.themes is not None and series.indicator.theme_id not in worker.themes:
        return None
    return RoundItem(series=series, period=period)


def open_item(place: RoundItem) -> RoundItem | None:
    """The same figure in an open round that asks for it, the newest round first."""
    items = RoundItem.objects.filter(
        series=place.series_id, period=place.period_id, round__state=RoundState.OPEN
    ).select_related("round")
    return items.order_by("-round__reference_date").first()
