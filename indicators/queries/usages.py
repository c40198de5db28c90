"""In which publications and reports figures stand."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date

from django.utils import timezone

from indicators.core.enumerations import Audience, Classification
from indicators.core.usages import FigurePlace, Usage, UsageKind, in_order, usage_providers
from indicators.models import Observation
from monitor.base.core.dates import AMSTERDAM


def usages_of(
    places: Collection[FigurePlace], audience: Audience = Audience.INTERNAL
) -> dict[FigurePlace, tuple[Usage, ...]]:
    """Where any revision of these figures stands, the newest document first; empty for a figure that was never used.

    One statement for publications and those of the providers, however many places are asked.
    """
    wanted = set(places)
    found: dict[FigurePlace, list[Usage]] = defaultdict(list)
    for provider in (usages_in_publications, *usage_providers()):
        for place, usages in (provider(wanted) if wanted else {}).items():
            found[place] += [one for one in usages if one.is_public or audience is Audience.INTERNAL]
    return {place: in_order(found.get(place, ())) for place in places}


def usages_in_publications(places: Collection[FigurePlace]) -> Mapping[FigurePlace, tuple[Usage, ...]]:
    """The publications that a revision was printed in."""
    wanted, found = set(places), defaultdict(list)
    today = timezone.now().astimezone(AMSTERDAM).date()
    rows = Observation.objects.filter(
        publication__isnull=False,
        series_id__in={series for series, _ in wanted},
        period_id__in={period for _, period in wanted},
    ).select_related("publication")
    for row in rows.order_by("pk"):
        if (row.series_id, row.period_id) in wanted:
            found[row.series_id, row.period_id].append(_usage(row, today))
    return {place: tuple(usages) for place, usages in found.items()}


def _usage(row: Observation, today: date) -> Usage:
    publication = row.publication
    assert publication is not None  # filtered on
    now = timezone.now()
    is_public = row.public_from is not None and row.public_from <= now and row.classification == Classification.PUBLIC
    return Usage(
        kind=UsageKind.PUBLICATION,
        title=f"{publication.short_name} ({publication.kamerstuk})"
        if publication.kamerstuk
        else publication.short_name,
        day=publication.date,
        revision=row.revision,
        place=row.place,
        is_sent=publication.date <= today,
        is_public=is_public,
    )
