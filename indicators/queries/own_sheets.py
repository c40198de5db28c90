"""Where the figures of a supplier's own sheet would land: how they stand now, and what its round asks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from indicators.core.periods import parse_period
from indicators.models import Period, Round, RoundItem, Series
from indicators.queries.deliveries import Key, Standing, load_standing


@dataclass(frozen=True)
class AskedByRound:
    """What a round asks: all of its series, and the figures (series and period) still in it."""

    series: frozenset[str]
    figures: frozenset[Key]


def asked_by_round(round_: Round | None) -> AskedByRound:
    """The series and figures of a round (one statement)."""
    pairs = RoundItem.objects.filter(round=round_).values_list("series__key", "period__code")
    return AskedByRound(frozenset(key for key, _ in pairs), frozenset(pairs))


def standing_with_new_periods(keys: Iterable[Key]) -> Mapping[Key, Standing]:
    """How figures stand now; a period that has no row yet is there as one that is not saved (five statements)."""
    wanted = set(keys)
    found = dict(load_standing(wanted))
    missing = {key for key in wanted if key not in found}
    rows = Series.objects.filter(key__in={key for key, _ in missing}).values_list("key", "pk", "indicator__theme_id")
    series = {key: (pk, theme) for key, pk, theme in rows}
    for key, code in missing:
        if key in series:
            period = parse_period(code)
            row = Period(code=code, kind=period.kind.value, start=period.start, end=period.end)
            found[key, code] = Standing(series[key][0], row, series[key][1])
    return found
