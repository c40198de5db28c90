"""Writing the catalogue: set-based, told by natural key, nothing touched that is already as it should be."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from indicators.core.figures import series_key
from indicators.core.periods import Period as PeriodValue
from indicators.models import Area, Category, Indicator, Period, Series, SeriesCategory


@dataclass(frozen=True)
class Counts:
    """What a write did: rows made, rows changed, rows that already stood there."""

    new: int = 0
    changed: int = 0
    same: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.new + other.new, self.changed + other.changed, self.same + other.same)


def save_rows(
    model: type[models.Model], rows: Iterable[Mapping[str, Any]], *, key: Sequence[str] = ("code",)
) -> tuple[Counts, dict[tuple[Any, ...], Any]]:
    """Insert or update ``rows`` (attribute names to values) by natural ``key``: three statements, whatever the number.

    Returns the counts and the saved objects by key. Foreign keys are given as ``…_id``. Nothing is ever deleted.
    """
    stored = {tuple(getattr(row, name) for name in key): row for row in model._default_manager.all()}
    fresh, changed, same = [], [], 0
    changed_fields: set[str] = set()
    for values in rows:
        identity = tuple(values[name] for name in key)
        found = stored.get(identity)
        if found is None:
            stored[identity] = made = model(**values)
            fresh.append(made)
            continue
        different = {name for name, value in values.items() if getattr(found, name) != value}
        if not different:
            same += 1
            continue
        for name in different:
            setattr(found, name, values[name])
        changed_fields |= different
        changed.append(found)
    with transaction.atomic():
        model._default_manager.bulk_create(fresh, batch_size=500)
        if changed:
            model._default_manager.bulk_update(changed, sorted(changed_fields), batch_size=500)
    return Counts(len(fresh), len(changed), same), stored


def save_periods(periods: Iterable[PeriodValue]) -> dict[str, int]:
    """Make sure every period has its row; returns ids by code."""
    rows = [
        {"code": period.code, "kind": period.kind.value, "start": period.start, "end": period.end}
        for period in dict.fromkeys(periods)
    ]
    _, stored = save_rows(Period, rows)
    return {code: period.pk for (code,), period in stored.items()}


@dataclass(frozen=True)
class SeriesIdentity:
    """What makes a series: codes of indicator and area, the variant, and (breakdown, category) pairs."""

    indicator: str
    area: str
    variant: str
    categories: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> str:
        return series_key(self.indicator, self.area, self.variant, self.categories)


def save_series(identities: Iterable[SeriesIdentity]) -> dict[str, int]:
    """Make sure every series has its row with its categories; returns ids by key.

    Raises ``KeyError`` for codes that do not exist: callers check them first and tell the user.
    """
    wanted = {identity.key: identity for identity in identities}
    known = dict(Series.objects.filter(key__in=wanted).values_list("key", "pk"))
    missing = [identity for key, identity in wanted.items() if key not in known]
    if not missing:
        return known
    indicators = dict(Indicator.objects.values_list("code", "pk"))
    areas = dict(Area.objects.values_list("code", "pk"))
    categories = {
        (breakdown, code): (pk, breakdown_id)
        for breakdown, code, pk, breakdown_id in Category.objects.values_list(
            "breakdown__code", "code", "pk", "breakdown_id"
        )
    }
    with transaction.atomic():
        made = Series.objects.bulk_create(
            [
                Series(
                    indicator_id=indicators[identity.indicator],
                    area_id=areas[identity.area],
                    variant=identity.variant,
                    key=identity.key,
                )
                for identity in missing
            ],
            batch_size=500,
        )
        SeriesCategory.objects.bulk_create(
            [
                SeriesCategory(series_id=series.pk, category_id=categories[pair][0], breakdown_id=categories[pair][1])
                for series, identity in zip(made, missing, strict=True)
                for pair in identity.categories
            ],
            batch_size=500,
        )
    return known | {series.key: series.pk for series in made}
