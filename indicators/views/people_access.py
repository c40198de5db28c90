"""People and what is open to them; for administrators."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from indicators.core.access import Worker
from indicators.forms.people import AccessForm
from indicators.queries.people import PersonRow, find_person, is_administrator, people, themes_in_order
from indicators.services.people_access import set_access
from indicators.views.acts import worker_for
from monitor.base.core.errors import MonitorError, NotThere
from monitor.base.views.acts import perform, status_of


def _administrator(request: HttpRequest) -> Worker:
    worker = worker_for(request)
    if not is_administrator(worker):
        raise PermissionDenied
    return worker


@login_required
@never_cache
@require_safe
def list_people(request: HttpRequest) -> HttpResponse:
    """Everybody with an account."""
    _administrator(request)
    return render(request, "indicators/people.html", {"people": people()})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def access(request: HttpRequest, user_id: int) -> HttpResponse:
    """The roles and themes of one person."""
    worker, person = _administrator(request), find_person(user_id)
    if person is None:
        raise Http404
    themes = themes_in_order()
    if request.method != "POST":
        initial = {"roles": [role.value for role in person.roles], "themes": [one.pk for one in person.themes]}
        return _page(request, person, AccessForm(themes=themes, initial=initial))
    form = AccessForm(request.POST, themes=themes)
    try:
        if not form.is_valid():  # only choices that were never offered
            perform(request, "toegang wijzigen", person.user.get_username(), _nothing_like_it)
        perform(
            request,
            "toegang wijzigen",
            person.user.get_username(),
            lambda: set_access(by=worker, user_id=user_id, roles=form.chosen_roles, themes=form.chosen_themes),
        )
    except MonitorError as error:
        return _page(request, person, form, error=error.message, status=status_of(error))
    messages.success(request, f"De toegang van {person.user.get_username()} is opgeslagen.")
    return redirect("people")


def _nothing_like_it() -> None:
    raise NotThere("Een van deze rollen of thema's bestaat niet. Laad de pagina opnieuw.")


def _page(
    request: HttpRequest, person: PersonRow, form: AccessForm, *, error: str = "", status: int = 200
) -> HttpResponse:
    return render(
        request, "indicators/person_access.html", {"person": person, "form": form, "error": error}, status=status
    )
