"""Work under way: what one asked for, how far it is, and stopping it. Works by refreshing, and by itself with htmx."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from monitor.base.core.pages import result_link
from monitor.base.models import Job, User
from monitor.base.queries.job_lists import jobs_visible_to, visible_job
from monitor.base.services.jobs import request_cancel

JOBS_PER_PAGE = 25
STOP_POLLING = 286  # htmx: take this answer and ask no more


def _signed_in(request: HttpRequest) -> User:
    return cast(User, request.user)  # every view here is behind login_required


def _job_or_404(request: HttpRequest, job_id: int) -> Job:
    found = visible_job(_signed_in(request), job_id)
    if found is None:
        raise Http404
    return found


def _context(job: Job) -> dict[str, object]:
    return {"job": job, "link": result_link(job.kind, job.parameters, job.result)}


@login_required
@never_cache
@require_safe
def job_list(request: HttpRequest) -> HttpResponse:
    pages = Paginator(jobs_visible_to(_signed_in(request)), JOBS_PER_PAGE)
    return render(request, "base/jobs.html", {"page": pages.get_page(request.GET.get("pagina"))})


@login_required
@never_cache
@require_safe
def job(request: HttpRequest, job_id: int) -> HttpResponse:
    return render(request, "base/job.html", _context(_job_or_404(request, job_id)))


@login_required
@never_cache
@require_safe
def job_state(request: HttpRequest, job_id: int) -> HttpResponse:
    """The part of the page that changes, for htmx; anybody else gets the whole page."""
    found = _job_or_404(request, job_id)
    if request.headers.get("HX-Request") != "true":
        return redirect("job", job_id=job_id)
    status = STOP_POLLING if found.is_final else 200
    return render(request, "base/job_state.html", {**_context(found), "polled": True}, status=status)


@login_required
@require_POST
def cancel_job(request: HttpRequest, job_id: int) -> HttpResponse:
    """Ask a job to stop; it does so between two phases."""
    found = _job_or_404(request, job_id)
    if found.is_final:
        messages.info(request, "Deze taak was al afgelopen.")
    else:
        request_cancel(job_id=found.pk)
        messages.info(request, "De taak stopt zodra de lopende stap klaar is.")
    return redirect("job", job_id=job_id)
