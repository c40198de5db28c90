"""Which reports printed which figures."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from django.urls import reverse

from indicators.core.usages import FigurePlace, Usage, UsageKind
from monitor.base.core.dates import AMSTERDAM
from reports.models import ReportFigure


def usages_in_reports(places: Collection[FigurePlace]) -> Mapping[FigurePlace, tuple[Usage, ...]]:
    """The reports that were made with a revision of these figures in them (one statement)."""
    wanted, found = set(places), defaultdict(list)
    rows = ReportFigure.objects.filter(
        observation__series_id__in={series for series, _ in wanted},
        observation__period_id__in={period for _, period in wanted},
    ).select_related("run__round", "observation")
    for row in rows.order_by("-run__made_at", "pk"):
        place = (row.observation.series_id, row.observation.period_id)
        if place in wanted:
            found[place].append(_usage(row))
    return {place: tuple(dict.fromkeys(usages)) for place, usages in found.items()}


def _usage(row: ReportFigure) -> Usage:
    run = row.run
    return Usage(
        kind=UsageKind.REPORT,
        title=f"{run.title}, {run.round.name}",
        day=run.made_at.astimezone(AMSTERDAM).date(),
        revision=row.observation.revision,
        url=reverse("report", args=[run.template]),
        is_public=run.is_public,
    )
