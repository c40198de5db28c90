"""All asked figures of one series in one ordinary form, for whoever does not use the grid."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from indicators.core.access import Worker
from indicators.core.grid import GridCell, GridRow
from indicators.core.periods import Period
from indicators.core.rules import Finding
from indicators.forms.grid import SERIES_FIELDS, CellForm, cell_form, shown_form, whole
from indicators.models import Proposal, Round
from indicators.queries.grid_cell import find_row, proposals_at
from indicators.queries.judging import findings_of
from indicators.services.entries import Entry, EntryOutcome, save_entries
from indicators.services.proposals import MAY_ENTER, Place, ProposalContent, content_of
from indicators.services.submission import submit_proposals
from indicators.views.acts import round_at, round_worker
from indicators.views.grid import may_enter
from monitor.base.core.errors import Conflict, MonitorError, NotThere
from monitor.base.views.acts import perform, status_of

NOT_ASKED = "Deze reeks wordt in deze ronde niet gevraagd, of hoort bij een thema waarvoor u geen toegang hebt."


@dataclass
class AskedPeriod:
    """One asked period of the series: what stands there, its form, and what went wrong when it was sent."""

    period: Period
    cell: GridCell
    stored: Proposal | None
    form: CellForm
    findings: Sequence[Finding] = ()
    error: str = ""
    theirs: GridCell | None = None

    @property
    def prefix(self) -> str:
        return f"p{self.cell.period_id}"

    @property
    def fields(self) -> list[object]:
        return [self.form[name] for name in SERIES_FIELDS]


@dataclass(frozen=True)
class SeriesPage:
    """The rows of the series (one per kind of period) and its asked periods."""

    rows: Sequence[tuple[GridRow, Sequence[Period]]]
    asked: Sequence[AskedPeriod]

    @property
    def row(self) -> GridRow:
        return self.rows[0][0]

    @property
    def past(self) -> list[tuple[Period, GridCell]]:
        """The figures that stand beside the asked ones."""
        pairs = [pair for row, columns in self.rows for pair in zip(columns, row.cells, strict=True)]
        return [(period, cell) for period, cell in pairs if cell.revision and not cell.proposal_id]


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def series(request: HttpRequest, code: str, series_id: int) -> HttpResponse:
    worker, round_ = round_worker(request), round_at(code)
    page = _page(round_, worker, series_id)
    if request.method != "POST":
        if page is None:
            raise Http404(NOT_ASKED)
        return _shown(request, worker, round_, page)
    try:
        status = perform(request, "cijfers opslaan", round_.code, lambda: _save(request, worker, round_, page))
    except MonitorError as error:
        if page is None:
            raise Http404(NOT_ASKED) from error
        return _shown(request, worker, round_, page, error=error.message, status=status_of(error))
    if page is None or status != 200:
        return _shown(request, worker, round_, _known(page), error="Niet alles is opgeslagen.", status=status)
    if request.POST.get("act") == "indienen":
        return _submit(request, worker, round_, series_id)
    messages.success(request, "De cijfers zijn opgeslagen.")
    return redirect("round-series", round_.code, series_id)


def _known(page: SeriesPage | None) -> SeriesPage:
    assert page is not None  # _save refuses a series that is not asked
    return page


def _page(round_: Round, worker: Worker, series_id: int) -> SeriesPage | None:
    rows = find_row(round_, worker, series_id, may_enter=may_enter(worker))
    if not rows:
        return None
    asked = [
        (period, cell)
        for row, columns in rows
        for period, cell in zip(columns, row.cells, strict=True)
        if cell.may_type or cell.proposal_id
    ]
    stored = proposals_at([(cell.series_id, cell.period_id) for _, cell in asked])
    filled = [one for one in stored.values() if one.value is not None or one.marker]
    found = findings_of(filled) if filled else {}
    return SeriesPage(
        rows,
        [_asked(rows[0][0], period, cell, stored.get((series_id, cell.period_id)), found) for period, cell in asked],
    )


def _asked(
    row: GridRow, period: Period, cell: GridCell, stored: Proposal | None, found: dict[int, tuple[Finding, ...]]
) -> AskedPeriod:
    content = content_of(stored) if stored else ProposalContent()
    form = shown_form(expected=row.expected, stored=content, prefix=f"p{cell.period_id}")
    return AskedPeriod(period, cell, stored, form, found.get(stored.pk, ()) if stored else ())


def _save(request: HttpRequest, worker: Worker, round_: Round, page: SeriesPage | None) -> int:
    """Save what was changed; 200, or the status of the first figure that was not saved (its form tells why)."""
    worker.require_role(*MAY_ENTER, act="cijfers invoeren")
    if page is None:
        raise NotThere(NOT_ASKED)
    by_period, entries, wrong = {one.cell.period_id: one for one in page.asked}, [], False
    for one in page.asked:
        if f"{one.prefix}-version" not in request.POST:
            continue
        one.form = _sent_form(request, page.row, one)
        wrong = wrong or not one.form.is_valid()
        if one.form.is_valid() and (entry := _entry(request, round_, one)) is not None:
            entries.append(entry)
    if not page.asked:
        raise NotThere("Van deze reeks is in deze ronde niets in te vullen: de ronde is niet open, of alles is klaar.")
    outcomes = save_entries(by=worker, entries=entries)
    statuses = [_tell(by_period[one.place.period_id], one) for one in outcomes if one.error]
    return statuses[0] if statuses else 400 if wrong else 200


def _sent_form(request: HttpRequest, row: GridRow, one: AskedPeriod) -> CellForm:
    changes = {
        name: request.POST[f"{one.prefix}-{name}"] for name in SERIES_FIELDS if f"{one.prefix}-{name}" in request.POST
    }
    content = content_of(one.stored) if one.stored else ProposalContent()
    return cell_form(changes, expected=row.expected, stored=content, prefix=one.prefix)


def _entry(request: HttpRequest, round_: Round, one: AskedPeriod) -> Entry | None:
    """What was filled in for a period; None when nothing was changed."""
    version = whole(request.POST.get(f"{one.prefix}-version"))
    revision = whole(request.POST.get(f"{one.prefix}-revision"))
    content = one.form.content
    stored = content_of(one.stored) if one.stored else ProposalContent()
    changed = cell_form({}, expected=one.form.expected, stored=stored)
    if changed.is_valid() and changed.content == content and version == one.cell.version:
        return None
    return Entry(Place(one.cell.series_id, one.cell.period_id, round_.pk), version, revision, content)


def _tell(one: AskedPeriod, outcome: EntryOutcome) -> int:
    assert outcome.error is not None
    one.error = outcome.error.message
    one.theirs = one.cell if isinstance(outcome.error, Conflict) else None
    return status_of(outcome.error)


def _submit(request: HttpRequest, worker: Worker, round_: Round, series_id: int) -> HttpResponse:
    page = _known(_page(round_, worker, series_id))
    ready = [one.stored for one in page.asked if one.stored and one.stored.state != "ter-controle"]
    pairs = [(one.pk, one.version) for one in ready if one.value is not None or one.marker]
    try:
        done = perform(request, "cijfers indienen", round_.code, lambda: submit_proposals(by=worker, pairs=pairs))
    except MonitorError as error:
        return _shown(request, worker, round_, page, error=error.message, status=status_of(error))
    reasons = {one.proposal_id: one.reason for one in done.refused}
    if reasons:
        page = _known(_page(round_, worker, series_id))
        for one in page.asked:
            one.error = reasons.get(one.stored.pk, "") if one.stored else ""
        return _shown(request, worker, round_, page, error="Niet alles staat ter controle.", status=400)
    messages.success(request, "De cijfers staan ter controle.")
    return redirect("round-series", round_.code, series_id)


def _shown(
    request: HttpRequest, worker: Worker, round_: Round, page: SeriesPage, *, error: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "round": round_,
        "page": page,
        "error": error,
        "may_enter": may_enter(worker) and round_.is_open,
        "is_stale": any(one.theirs for one in page.asked),
    }
    return render(request, "indicators/grid/series.html", context, status=status)
