"""What the pages about reports show."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from allocation.queries.runs import recent_runs
from indicators.core.enumerations import Audience
from indicators.queries.rounds import rounds_of
from indicators.queries.visibility import audience_of
from monitor.base.core.roles import Role
from reports.core.templates import ReportTemplate, read_template, template_codes
from reports.models import ReportRun
from reports.queries.documents import ReportPage, report_pages, report_runs

MAKERS = (Role.REDACTEUR, Role.BEHEERDER)


@dataclass(frozen=True)
class ReportDetail:
    """One report with everything made of it, the newest first, and the rounds it can be made for."""

    template: ReportTemplate
    newest: ReportPage
    earlier: tuple[ReportRun, ...]
    rounds: tuple[Any, ...]
    allocation_runs: tuple[Any, ...] = ()  # of a report of the strength allocation: the runs it can be about


def report_detail(code: str, audience: Audience) -> ReportDetail | None:
    """One report (five statements); None when there is no such report."""
    if code not in template_codes():
        return None
    template = read_template(code)
    runs = report_runs(code, audience)
    present = report_runs(code, audience, present_only=True)
    newest = max(present, key=lambda run: (run.round.reference_date, run.made_at), default=None)
    earlier = tuple(run for run in runs if newest is None or run.pk != newest.pk)
    choices = tuple(recent_runs()) if template.needs_run and audience is Audience.INTERNAL else ()
    return ReportDetail(template, ReportPage(template, newest), earlier, rounds_of(template.programme), choices)


def may_make_reports(user: Any) -> bool:
    """Making reports is for those who answer for their text."""
    return bool(user.is_authenticated and user.has_role(*MAKERS))


def home_reports(user: Any) -> Mapping[str, object]:
    """The reports with their newest documents, for the home page."""
    return {"pages": report_pages(audience_of(user))}
