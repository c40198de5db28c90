"""The second officer: the queue of a round or of everything that waits, and the decision."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from indicators.core.access import Worker
from indicators.core.enumerations import ProposalState
from indicators.forms.proposals import ReviewForm
from indicators.models import Round
from indicators.queries.facts import facts_under_way
from indicators.queries.review_queue import QueueChoice, names_of, review_queue
from indicators.queries.round_overview import round_overview
from indicators.services.approval import approve_proposals
from indicators.services.proposals import MAY_CHECK, StaleProposals, return_proposals
from indicators.views.acts import round_at, round_worker
from monitor.base.core.errors import MonitorError
from monitor.base.views.acts import perform, status_of


@login_required
@never_cache
@require_safe
def queue(request: HttpRequest, code: str) -> HttpResponse:
    """What waits in one round."""
    return _queue_page(request, round_worker(request), round_at(code))


@login_required
@never_cache
@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    """What waits in all rounds, and what was changed outside any round."""
    return _queue_page(request, round_worker(request), None)


@login_required
@never_cache
@require_POST
def review(request: HttpRequest, code: str) -> HttpResponse:
    """Check or hand back values of a round; all of them or none."""
    return _review(request, round_at(code))


@login_required
@never_cache
@require_POST
def review_everything(request: HttpRequest) -> HttpResponse:
    """Check or hand back values of any round, or of none."""
    return _review(request, None)


def _queue_page(
    request: HttpRequest,
    worker: Worker,
    round_: Round | None,
    *,
    error: str = "",
    stale: StaleProposals | None = None,
    status: int = 200,
) -> HttpResponse:
    asked = request.GET
    choice = QueueChoice(
        asked.get("thema", "").replace("\0", ""),
        asked.get("leverancier", "").replace("\0", ""),
        asked.get("waarschuwing", "") == "ja",
    )
    page = review_queue(worker, round_, choice, asked.get("pagina", 1))
    query = f"?{asked.urlencode()}" if asked else ""
    context = {
        "round": round_,
        "queue": page,
        "page": page.page,
        "choice": choice,
        "error": error,
        "changed": _changed(stale) if stale else [],
        "changed_ids": {one.proposal_id for one in stale.stale} if stale else set(),
        "chosen": set(request.POST.getlist("pairs")),
        "reason": request.POST.get("reason", ""),
        "back": _address(round_),
        "decide": _decide_address(round_) + query,
        "next": round_overview(round_, worker) if round_ is not None and not page.page.paginator.count else None,
        "facts": facts_under_way(worker, round_=round_, state=ProposalState.SUBMITTED),
        "address": _address(round_),
        "may_check": not worker.roles.isdisjoint(MAY_CHECK),
    }
    return render(request, "indicators/rounds/queue.html", context, status=status)


def _changed(stale: StaleProposals) -> list[tuple[str, str]]:
    """What was changed in between, and by whom; a value that is gone was checked or withdrawn."""
    names = names_of([one.proposal_id for one in stale.stale])
    told = [
        (names[one.proposal_id], f"gewijzigd door {one.changed_by}") for one in stale.stale if one.proposal_id in names
    ]
    gone = len(stale.stale) - len(told)
    if gone:
        what = "Eén cijfer" if gone == 1 else f"{gone} cijfers"
        told.append((what, "intussen gecontroleerd of ingetrokken"))
    return told


def _address(round_: Round | None) -> str:
    return reverse("review-all") if round_ is None else reverse("round-queue", args=[round_.code])


def _decide_address(round_: Round | None) -> str:
    return reverse("review-all-decide") if round_ is None else reverse("round-review", args=[round_.code])


def _review(request: HttpRequest, round_: Round | None) -> HttpResponse:
    worker = round_worker(request)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        reason = str(next(iter(form.errors.values()))[0])
        return _queue_page(request, worker, round_, error=reason, status=400)
    try:
        said = _decide(request, worker, round_.code if round_ else "alle rondes", form)
    except StaleProposals as stale:
        return _queue_page(request, worker, round_, error=stale.message, stale=stale, status=409)
    except MonitorError as error:
        return _queue_page(request, worker, round_, error=error.message, status=status_of(error))
    messages.success(request, said)
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return redirect(_address(round_) + query)


def _decide(request: HttpRequest, worker: Worker, subject: str, form: ReviewForm) -> str:
    """Do what was asked, and say what was done."""
    pairs, act, reason = form.chosen, form.cleaned_data["act"], form.cleaned_data["reason"]
    if act == "teruggeven":
        count = perform(
            request, "cijfers teruggeven", subject, lambda: return_proposals(by=worker, pairs=pairs, reason=reason)
        )
        return f"{_figures(count)} teruggegeven."
    approved = perform(request, "cijfers controleren", subject, lambda: approve_proposals(by=worker, pairs=pairs))
    return f"{_figures(approved.checked)} gecontroleerd."


def _figures(count: int) -> str:
    return "Eén cijfer is" if count == 1 else f"{count} cijfers zijn"
