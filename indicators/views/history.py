"""The history of one figure, and what changed in a theme between two moments."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from indicators.core.access import Worker
from indicators.core.differences import differences_sheet
from indicators.core.vantage import Knowledge, Standpoint, Vantage
from indicators.queries.browse import ThemeNode
from indicators.queries.differences import ThemeDifferences, theme_differences
from indicators.queries.history import figure_history
from indicators.views.acts import WORKERS, worker_for
from indicators.views.downloads import attachment
from indicators.views.reader import may_enter, standpoint_of
from monitor.base.tabular.writing import write_csv


def working_reader(request: HttpRequest) -> Worker | None:
    """The reader as somebody who works with figures; None for anybody else."""
    if not request.user.is_authenticated:
        return None
    worker = worker_for(request)
    return None if worker.roles.isdisjoint(WORKERS) else worker


@require_safe
def history(request: HttpRequest, code: str) -> HttpResponse:
    """The revisions of one figure, who did what, and where it was published: ``?reeks=…&periode=2024``."""
    asked = standpoint_of(request)
    series, period = (request.GET.get(name, "").replace("\0", "") for name in ("reeks", "periode"))
    found = figure_history(code, series, period, asked.vantage, working_reader(request))
    if found is None:
        raise Http404
    context = {
        "history": found,
        "standpoint": asked,
        "kept": {"reeks": found.series.key, "periode": found.period.code},
        "may_enter": may_enter(request),
    }
    return render(request, "indicators/history.html", context, status=400 if asked.error else 200)


# --- two moments ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Comparison:
    """Two moments to compare, and what changed between them; None while no earlier moment was chosen."""

    earlier: Standpoint
    later: Standpoint
    theme: ThemeNode
    found: ThemeDifferences | None
    error: str = ""

    @property
    def is_published(self) -> bool:
        return Knowledge.PUBLISHED in (self.earlier.kind, self.later.kind)


def _compare(request: HttpRequest, code: str) -> Comparison:
    earlier, later = standpoint_of(request, moment="van"), standpoint_of(request, moment="tot")
    # Without a second moment the present is meant, seen in the same way.
    now = Vantage(timezone.now(), earlier.vantage.audience) if later.is_now else later.vantage
    error = earlier.error or later.error
    if not error and not earlier.is_now and earlier.vantage.moment > now.moment:
        error = "Het eerste moment ligt na het tweede. Verwissel ze."
    chosen = earlier.vantage if not error and not earlier.is_now else now
    found = theme_differences(code, chosen, now)
    if found is None:
        raise Http404
    return Comparison(earlier, later, found.theme, None if error or earlier.is_now else found, error)


@require_safe
def differences(request: HttpRequest, code: str) -> HttpResponse:
    """What is new, revised or gone in a theme: ``?van=2025-06-30&tot=2025-12-31&soort=bekend``."""
    compared = _compare(request, code)
    context = {"compared": compared, "node": compared.theme}
    return render(request, "indicators/history_differences.html", context, status=400 if compared.error else 200)


@require_safe
def differences_csv(request: HttpRequest, code: str) -> HttpResponse:
    """The same as a sheet."""
    compared = _compare(request, code)
    if compared.found is None:
        raise Http404(compared.error)
    sheet = differences_sheet(compared.found.infos, compared.found.rows)
    until = compared.later.word or timezone.localdate().isoformat()
    name = f"verschil-{code}-{compared.earlier.word}-{until}".replace(":", "")
    return attachment(write_csv(sheet), "text/csv; charset=utf-8", f"{name}.csv")
