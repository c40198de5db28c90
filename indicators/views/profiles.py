"""Profiles of suppliers' sheets and their known errors: to see, to take away, to take in, to end."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from indicators.core.access import Worker
from indicators.core.profile_json import BadProfile, write_profile
from indicators.core.sheet_names import Catalogue
from indicators.core.supplier_corrections import number_words
from indicators.forms.corrections import CorrectionForm
from indicators.forms.own_sheets import ProfileFileForm
from indicators.models import Supplier, SupplierCorrection
from indicators.queries.profiles import all_profiles, exact, find_profile, known_errors, profile_of
from indicators.queries.sheet_catalogue import all_series, load_catalogue, name_of_key
from indicators.services.profiles import add_correction, end_correction, import_profile, retire_profile
from indicators.services.proposals import MAY_ENTER
from indicators.views.acts import refusal, round_worker
from indicators.views.downloads import attachment
from monitor.base.core.errors import MonitorError
from monitor.base.views.acts import perform, status_of

_LARGEST = 1_000_000  # bytes of a profile


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def profiles(request: HttpRequest) -> HttpResponse:
    """Every profile with its versions; take one in from a file, or let one lapse."""
    worker = round_worker(request)
    if request.method != "POST":
        return _profiles_page(request, worker, ProfileFileForm())
    if request.POST.get("act") == "vervallen":
        number = request.POST.get("profile", "")
        if not number.isascii() or not number.isdigit() or len(number) > 9:
            raise Http404
        return _act(
            request,
            "profiel laten vervallen",
            number,
            lambda: retire_profile(by=worker, profile_id=int(number)),
            "Het profiel is vervallen.",
            "import-profiles",
        )
    form = ProfileFileForm(request.POST, request.FILES)
    text = _text(form)
    try:
        row = perform(request, "profiel innemen", text[:60], lambda: import_profile(by=worker, text=text))
    except MonitorError as error:
        return _profiles_page(request, worker, form, error=error.message, status=status_of(error))
    messages.success(request, f"Profiel ‘{row.name}’ is ingenomen als versie {row.version}.")
    return redirect("import-profiles")


def _text(form: ProfileFileForm) -> str:
    """The text of the offered file; empty when there is none, which is no profile either."""
    offered = form.cleaned_data.get("file") if form.is_valid() else None
    if offered is None or (offered.size or 0) > _LARGEST:
        return ""
    return bytes(offered.read()).decode("utf-8", errors="replace")


def _profiles_page(
    request: HttpRequest, worker: Worker, form: ProfileFileForm, *, error: str = "", status: int = 200
) -> HttpResponse:
    may_enter = not worker.roles.isdisjoint(MAY_ENTER)
    context = {"profiles": all_profiles(), "form": form, "error": error, "may_enter": may_enter}
    return render(request, "indicators/own_sheets/profiles.html", context, status=status)


def _act(
    request: HttpRequest, act: str, subject: str, work: Callable[[], object], done: str, back: str
) -> HttpResponse:
    try:
        perform(request, act, subject, work)
    except MonitorError as error:
        return refusal(request, error, request.path)
    messages.success(request, done)
    return redirect(back)


@login_required
@never_cache
@require_safe
def profile_file(request: HttpRequest, profile_id: int) -> HttpResponse:
    """A profile as JSON, to keep or to give to somebody else."""
    round_worker(request)
    row = find_profile(profile_id)
    if row is None:
        raise Http404
    try:
        content = write_profile(profile_of(row)).encode()
    except BadProfile as error:
        raise Http404(error.message) from error
    return attachment(content, "application/json", f"profiel-{row.code}-{row.version}.json")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def corrections(request: HttpRequest) -> HttpResponse:
    """Known errors of suppliers: what is replaced by what, and why; add one, or let one lapse."""
    worker = round_worker(request)
    if request.method == "POST" and request.POST.get("act") == "vervallen":
        code = request.POST.get("code", "")[:80]
        return _act(
            request,
            "bekende fout laten vervallen",
            code,
            lambda: end_correction(by=worker, code=code),
            "De bekende fout is vervallen.",
            "supplier-corrections",
        )
    catalogue = load_catalogue()
    data = request.POST if request.method == "POST" else None
    form = CorrectionForm(data, suppliers=list(Supplier.objects.all()), series=all_series(catalogue))
    if data is None:
        return _corrections_page(request, worker, catalogue, form)
    if not worker.roles.isdisjoint(MAY_ENTER) and not form.is_valid():
        return _corrections_page(request, worker, catalogue, form, status=400)

    def work() -> SupplierCorrection:
        worker.require_role(*MAY_ENTER, act="bekende fouten vastleggen")
        return add_correction(by=worker, new=form.new)

    try:
        perform(request, "bekende fout vastleggen", request.POST.get("series", "")[:100], work)
    except MonitorError as error:
        return _corrections_page(request, worker, catalogue, form, error=error.message, status=status_of(error))
    messages.success(request, "De bekende fout is vastgelegd. Zij wordt gebruikt bij het volgende bestand.")
    return redirect("supplier-corrections")


def _corrections_page(
    request: HttpRequest,
    worker: Worker,
    catalogue: Catalogue,
    form: CorrectionForm,
    *,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "corrections": [
            (
                row,
                name_of_key(row.series.key, catalogue),
                number_words(exact(row.wrong)),
                number_words(exact(row.right)),
            )
            for row in known_errors()
        ],
        "form": form,
        "error": error,
        "may_enter": not worker.roles.isdisjoint(MAY_ENTER),
    }
    return render(request, "indicators/own_sheets/corrections.html", context, status=status)
