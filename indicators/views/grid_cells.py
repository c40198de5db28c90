"""The cells of the grid: the details of one, saving one, saving a block."""

from collections.abc import Mapping
from dataclasses import replace

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from indicators.core.access import Worker
from indicators.core.enumerations import ItemState, ProposalState
from indicators.core.grid import Amount, GridCell
from indicators.core.paste_plan import Target
from indicators.core.pasting import Expected
from indicators.core.rules import Finding
from indicators.forms.grid import (
    CellForm,
    CellRequest,
    cell_form,
    cell_request,
    cell_requests,
    content_standing,
    read_json,
    shown_form,
)
from indicators.models import Proposal, Round
from indicators.queries.grid import find_cell, find_place
from indicators.queries.grid_cell import cell_details, paste_targets, proposal_at, proposals_at, standing_at
from indicators.queries.judging import findings_of
from indicators.services.entries import Entry, EntryOutcome, save_entries, save_entry
from indicators.services.proposals import MAY_ENTER, Place, ProposalContent, content_of
from indicators.views.acts import round_at, round_worker
from indicators.views.grid import may_enter
from indicators.views.grid_answers import cell_json, content_json, findings_json, invalid, refused
from monitor.base.core.errors import Conflict, MonitorError, NotThere
from monitor.base.views.acts import perform, status_of

NOT_HERE = "Dit cijfer bestaat niet in deze ronde, of hoort bij een thema waarvoor u geen toegang hebt."


class InvalidCell(MonitorError):
    """A cell that was not filled in well; the form has the sentences."""

    def __init__(self, form: CellForm) -> None:
        super().__init__(str(next(iter(form.errors.values()))[0]))
        self.form = form


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cell(request: HttpRequest, code: str, series_id: int, period_id: int) -> HttpResponse:
    """GET: the details of a cell, to be put beside the grid. POST: save what changed in it."""
    worker, round_ = round_worker(request), round_at(code)
    if request.method != "POST":
        return _details(request, worker, round_, (series_id, period_id))
    try:
        asked = cell_request(read_json(request.body), series_id, period_id)
        return perform(request, "cijfer opslaan", round_.code, lambda: _save(worker, round_, asked))
    except Conflict as conflict:
        return refused(conflict, theirs=_theirs(worker, round_, (series_id, period_id)))
    except MonitorError as error:
        return refused(error)


def _details(request: HttpRequest, worker: Worker, round_: Round, place: tuple[int, int]) -> HttpResponse:
    details = cell_details(round_, worker, place, may_enter=may_enter(worker))
    if details is None:
        raise Http404(NOT_HERE)
    stored = _content(place, details.proposal, details.cell.revision)
    context = {
        "round": round_,
        "details": details,
        "form": shown_form(expected=details.line.expected, stored=stored),
        "may_enter": may_enter(worker) and round_.is_open,
    }
    return render(request, "indicators/grid/details.html", context)


def _save(worker: Worker, round_: Round, asked: CellRequest) -> JsonResponse:
    expected = find_place(round_, worker, asked.series_id)
    if expected is None:
        raise NotThere(NOT_HERE)
    worker.require_role(*MAY_ENTER, act="cijfers invoeren")
    place = (asked.series_id, asked.period_id)
    before = proposal_at(place)
    try:
        entry = _entry(round_, asked, expected, before)
    except InvalidCell as wrong:  # a slip of the pen is no refused act
        return invalid(wrong.form)
    saved = save_entry(by=worker, entry=entry)
    seen = GridCell(*place, Amount(), ItemState.EMPTY, revision=asked.revision, may_type=asked.revision == 0)
    return JsonResponse(_saved_json(worker, seen, before, saved))


def _entry(round_: Round, asked: CellRequest, expected: Expected, stored: Proposal | None) -> Entry:
    """What was sent over what is stored; the version that was seen guards that they belong together."""
    content = _content((asked.series_id, asked.period_id), stored, asked.revision)
    form = cell_form(asked.changes, expected=expected, stored=content)
    if not form.is_valid():
        raise InvalidCell(form)
    place = Place(asked.series_id, asked.period_id, round_.pk)
    return Entry(place, asked.version, asked.revision, form.content, form.new_source)


def _content(place: tuple[int, int], stored: Proposal | None, revision: int) -> ProposalContent:
    """What is changed: the value under way, else the figure that stands, else nothing yet."""
    if stored is not None:
        return content_of(stored)
    figure = standing_at(place) if revision else None
    return content_standing(figure) if figure else ProposalContent()


def _saved_json(worker: Worker, shown: GridCell, before: Proposal | None, saved: Proposal | None) -> dict[str, object]:
    """The cell as it is now, what the checks say of it, and what stood there (to be put back)."""
    found = findings_of([saved])[saved.pk] if saved and (saved.value is not None or saved.marker) else ()
    return {
        "cell": cell_json(_after(worker, shown, saved)),
        "findings": findings_json(found),
        "before": content_json(before),
        "content": content_json(saved),
    }


def _after(worker: Worker, cell: GridCell, saved: Proposal | None) -> GridCell:
    if saved is None:
        return GridCell(
            cell.series_id, cell.period_id, Amount(), ItemState.EMPTY, revision=cell.revision, may_type=True
        )
    return replace(
        cell,
        amount=Amount(saved.value, saved.value_high, saved.marker, saved.qualifier, saved.decimals),
        state=ItemState(ProposalState(saved.state).value),
        proposal_id=saved.pk,
        version=saved.version,
        changed_by=worker.name,
        may_type=True,
    )


def _theirs(worker: Worker, round_: Round, place: tuple[int, int]) -> dict[str, object] | None:
    """What stands in the cell now, for somebody who came second."""
    found = find_cell(round_, worker, place, may_enter=may_enter(worker))
    return cell_json(found[2]) if found else None


# --- a block ----------------------------------------------------------------------------------------------------------


class NothingSaved(MonitorError):
    """Some cells of a block were not saved; the others were."""


@login_required
@never_cache
@require_POST
def block(request: HttpRequest, code: str) -> JsonResponse:
    """Save the cells of a block; the answer tells for each cell what became of it.

    The status is that of the first refusal when no cell at all was saved.
    """
    worker, round_ = round_worker(request), round_at(code)
    try:
        asked = cell_requests(read_json(request.body))
        answers = perform(request, "blok opslaan", round_.code, lambda: _save_block(worker, round_, asked))
    except MonitorError as error:
        return refused(error)
    missed = [one for one in answers if "error" in one]
    if missed:
        _record_missed(request, round_, len(missed), len(answers))
    return JsonResponse({"cells": answers})


def _record_missed(request: HttpRequest, round_: Round, missed: int, total: int) -> None:
    """The refusal of a part leaves its record as well."""

    def refuse() -> None:
        raise NothingSaved(f"{missed} van de {total} cellen van een blok zijn niet opgeslagen.")

    try:
        perform(request, "blok opslaan", round_.code, refuse)
    except NothingSaved:
        return


def _save_block(worker: Worker, round_: Round, asked: list[CellRequest]) -> list[dict[str, object]]:
    """Save what can be saved. Raises the first refusal when that is nothing."""
    worker.require_role(*MAY_ENTER, act="cijfers invoeren")
    targets = paste_targets(round_, worker)
    before = proposals_at([(one.series_id, one.period_id) for one in asked])
    entries: list[Entry] = []
    wrong: dict[tuple[int, int], MonitorError] = {}
    for one in asked:
        place = (one.series_id, one.period_id)
        try:
            if place not in targets:
                raise NotThere(NOT_HERE)
            entries.append(_entry(round_, one, targets[place].expected, before.get(place)))
        except MonitorError as error:
            wrong[place] = error
    outcomes = save_entries(by=worker, entries=entries)
    done = [one for one in outcomes if one.error is None]
    wrong |= {(one.place.series_id, one.place.period_id): one.error for one in outcomes if one.error}
    if not done:
        raise next(iter(wrong.values()))
    found = findings_of([one.proposal for one in done if one.proposal])
    told: list[dict[str, object]] = [
        _missed_json((series, period), error, targets) for (series, period), error in wrong.items()
    ]
    return told + [_outcome_json(worker, one, targets, before, found) for one in done]


def _missed_json(
    place: tuple[int, int], error: MonitorError, targets: Mapping[tuple[int, int], Target]
) -> dict[str, object]:
    theirs = cell_json(targets[place].cell) if isinstance(error, Conflict) and place in targets else None
    return {
        "series": place[0],
        "period": place[1],
        "error": error.message,
        "status": status_of(error),
        "theirs": theirs,
    }


def _outcome_json(
    worker: Worker,
    outcome: EntryOutcome,
    targets: Mapping[tuple[int, int], Target],
    before: Mapping[tuple[int, int], Proposal],
    found: Mapping[int, tuple[Finding, ...]],
) -> dict[str, object]:
    place, saved = (outcome.place.series_id, outcome.place.period_id), outcome.proposal
    return {
        "series": place[0],
        "period": place[1],
        "cell": cell_json(_after(worker, targets[place].cell, saved)),
        "findings": findings_json(found.get(saved.pk, ()) if saved else ()),
        "before": content_json(before.get(place)),
    }
