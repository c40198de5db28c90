"""What somebody who steers a round chooses from: people, suppliers, and series that could be asked for."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from indicators.core.access import Worker
from indicators.core.rounds import asked_period
from indicators.models import Indicator, Observation, Round, RoundItem, Series, Supplier
from indicators.queries.data_set import series_infos
from monitor.base.core.roles import Role
from monitor.base.models import User


@dataclass(frozen=True)
class SeriesChoice:
    """A series that a round may ask for, with the period that its own rhythm suggests (empty: none)."""

    series_id: int
    name: str
    suggested: str
    asked: tuple[str, ...]  # labels of the periods that the round asks already


def people_with(*roles: Role) -> QuerySet[User]:
    """Whoever has one of the roles, by name."""
    people = User.objects.filter(is_active=True, role_assignments__role__in=[role.value for role in roles])
    return people.distinct().order_by("username")


def suppliers() -> QuerySet[Supplier]:
    return Supplier.objects.order_by("name")


def find_indicator(code: str, worker: Worker) -> Indicator | None:
    """An indicator that can be asked for, if its theme is open to the worker."""
    open_to = Q() if worker.themes is None else Q(theme__in=worker.themes)
    return Indicator.objects.filter(open_to, code=code, retired_on__isnull=True).first()


def name_of(indicator: Indicator) -> str:
    """The name of an indicator as it is now."""
    return indicator.versions.get(valid_to__isnull=True).name


def item_name(item: RoundItem) -> str:
    """An asked figure as people call it: “Ziekteverzuim, executieve dienst, Nederland, realisatie over 2025”."""
    info = series_infos({item.series_id})[item.series_id]
    parts = (name_of(item.series.indicator), info.category_names, info.area_name, info.variant.label)
    return f"{', '.join(part for part in parts if part)} over {item.period}"


def series_choices(round_: Round, indicator: Indicator) -> list[SeriesChoice]:
    """The series of an indicator, each with the period to ask next. A fixed number of statements."""
    series = list(Series.objects.filter(indicator=indicator).order_by("key"))
    infos = series_infos({one.pk for one in series})
    history: dict[int, list[Observation]] = {one.pk: [] for one in series}
    rows = Observation.objects.filter(series_id__in=history, known_to__isnull=True).select_related("period")
    for row in rows:
        history[row.series_id].append(row)
    asked: dict[int, list[str]] = {one.pk: [] for one in series}
    for item in round_.items.filter(series__in=series).select_related("period"):
        asked[item.series_id].append(str(item.period))
    return [
        SeriesChoice(
            one.pk,
            _name(infos[one.pk].category_names, infos[one.pk].area_name, infos[one.pk].variant.label),
            _suggested(history[one.pk], round_),
            tuple(asked[one.pk]),
        )
        for one in series
    ]


def _name(categories: str, area: str, variant: str) -> str:
    return ", ".join(part for part in (categories or "totaal", area, variant) if part)


def _suggested(rows: list[Observation], round_: Round) -> str:
    """The code of the period that comes next, in the usual kind of period of the series."""
    if not rows or round_.cut_off is None:
        return ""
    periods = sorted((row.period.as_value for row in rows), key=lambda period: period.sort_key)
    following = asked_period([one for one in periods if one.kind is periods[-1].kind], round_.cut_off)
    return following.code if following else ""
