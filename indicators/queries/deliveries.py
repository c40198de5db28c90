"""Deliveries: what came in for a round, and how the figures that they name stand at this moment."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from indicators.models import DataRequest, Delivery, Observation, Period, Proposal, Round, Series

Key = tuple[str, str]  # series key, period code


@dataclass(frozen=True)
class Standing:
    """How a figure stands: its rows, the revision that holds now, and the value under way."""

    series_id: int
    period: Period
    theme_id: int
    observation: Observation | None = None
    proposal: Proposal | None = None


def deliveries_of(round_: Round) -> list[Delivery]:
    """Everything that came in for a round, the newest first."""
    rows = Delivery.objects.filter(round=round_)
    return list(rows.select_related("supplier", "request", "uploaded_by", "confirmed_by"))


def find_delivery(round_: Round, delivery_id: int) -> Delivery | None:
    """A delivery of this round."""
    rows = Delivery.objects.filter(round=round_, pk=delivery_id)
    people = ("uploaded_by", "confirmed_by")
    return rows.select_related("supplier", "round", "request", "profile", *people).first()


def find_request_by_key(key: str) -> DataRequest | None:
    """The request that a sheet says it answers."""
    return DataRequest.objects.filter(key=key).select_related("round", "supplier").first()


def themes_of(series_keys: Collection[str]) -> set[int]:
    """The themes of series."""
    return set(Series.objects.filter(key__in=series_keys).values_list("indicator__theme_id", flat=True))


def load_standing(keys: Iterable[Key]) -> Mapping[Key, Standing]:
    """How figures stand now, by series and period (four statements); what does not exist is left out."""
    wanted = set(keys)
    series = {
        key: (pk, theme)
        for pk, key, theme in Series.objects.filter(key__in={key for key, _ in wanted}).values_list(
            "pk", "key", "indicator__theme_id"
        )
    }
    periods = {row.code: row for row in Period.objects.filter(code__in={code for _, code in wanted})}
    places = {"series__in": [pk for pk, _ in series.values()], "period__in": [row.pk for row in periods.values()]}
    observations = {
        (row.series_id, row.period_id): row for row in Observation.objects.filter(known_to__isnull=True, **places)
    }
    proposals = {
        (row.series_id, row.period_id): row
        for row in Proposal.objects.filter(**places).select_related("changed_by", "delivery")
    }
    found = {}
    for key, code in wanted:
        if key in series and code in periods:
            (series_id, theme_id), period = series[key], periods[code]
            place = (series_id, period.pk)
            found[(key, code)] = Standing(series_id, period, theme_id, observations.get(place), proposals.get(place))
    return found
