"""Loading values of a year and other keys from a file. What is loaded replaces nothing that was there."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from allocation.core.enumerations import KeyKind, KeyMeasure
from allocation.forms.allocation import KeyForm, UploadForm
from allocation.importing.feature_plan import apply_plan, plan_feature_set
from allocation.importing.key_files import key_code, read_key
from allocation.services.catalogue import NewKey, save_key
from allocation.views.acts import Result, may_calculate, worker_for
from indicators.core.access import Worker
from monitor.base.core.errors import MonitorError
from monitor.base.views.acts import perform, status_of


def _calculator(request: HttpRequest) -> Worker:
    worker = worker_for(request)
    if not may_calculate(worker):
        raise PermissionDenied
    return worker


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def load_features(request: HttpRequest) -> HttpResponse:
    """A file with the values of a year: read, checked as a whole, and kept as a new set."""
    worker = _calculator(request)
    if request.method != "POST":
        return _form(request, "allocation/load_features.html", UploadForm())
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, "allocation/load_features.html", form, status=400)
    upload = form.upload

    def load() -> tuple[str, bool]:
        kept, is_new = apply_plan(plan_feature_set(upload), by=worker)
        return kept.code, is_new

    done = _try(request, "kenmerken laden", upload.name, load)
    if isinstance(done, MonitorError):
        return _form(request, "allocation/load_features.html", form, done.message, status_of(done))
    code, is_new = done
    messages.success(request, "De kenmerken zijn geladen." if is_new else "Deze kenmerken waren er al.")
    return redirect("allocation-feature-set", code)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def load_key(request: HttpRequest) -> HttpResponse:
    """A file with another key; the runs show it beside the model from then on."""
    worker = _calculator(request)
    if request.method != "POST":
        return _form(request, "allocation/load_key.html", KeyForm())
    form = KeyForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, "allocation/load_key.html", form, status=400)
    file: UploadedFile[bytes] = form.cleaned_data["file"]
    content = file.read()

    def load() -> bool:
        _, is_new = save_key(new=_new_key(form, read_key(str(file.name), content)), by=worker)
        return is_new

    done = _try(request, "verdeelsleutel laden", form.cleaned_data["name"], load)
    if isinstance(done, MonitorError):
        return _form(request, "allocation/load_key.html", form, done.message, status_of(done))
    messages.success(request, "De verdeelsleutel is geladen." if done else "Deze verdeelsleutel was er al.")
    return redirect("allocation")


def _new_key(form: KeyForm, values: Mapping[str, Decimal]) -> NewKey:
    data = form.cleaned_data
    return NewKey(
        code=key_code(data["name"]),
        name=data["name"],
        kind=KeyKind(data["kind"]),
        measure=KeyMeasure(data["measure"]),
        source=data["source"],
        values=values,
        reference_date=form.reference_day,
        is_fictitious=data["is_fictitious"],
    )


def _try(request: HttpRequest, act: str, subject: str, work: Callable[[], Result]) -> Result | MonitorError:
    try:
        return perform(request, act, subject, work)
    except MonitorError as error:
        return error


def _form(request: HttpRequest, template: str, form: Form, error: str = "", status: int = 200) -> HttpResponse:
    return render(request, template, {"form": form, "error": error}, status=status)
