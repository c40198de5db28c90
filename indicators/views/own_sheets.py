"""A supplier's own sheet: offering it, choosing or making the profile that tells what its figures are."""

from collections.abc import Mapping
from dataclasses import replace

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from indicators.core.access import Worker
from indicators.core.enumerations import DeliveryKind, DeliveryState, KeptState
from indicators.core.long_columns import find_heading
from indicators.core.profile_matching import FoundTable, tables_of
from indicators.core.profiles import Layout, Profile
from indicators.core.sheet_outcome import SheetFigure, SheetOutcome
from indicators.core.supplier_corrections import correct
from indicators.core.wide_sheets import read_wide_table
from indicators.core.wide_tables import WideTable
from indicators.forms.own_sheets import MappingForm, OwnSheetForm
from indicators.importing.own_sheets import own_file, read_with, suggestions
from indicators.models import Delivery, Round, Supplier
from indicators.queries.deliveries import find_delivery
from indicators.queries.profiles import corrections_of, find_profile, profile_of, themes_of_delivery
from indicators.queries.sheet_catalogue import load_catalogue, name_of_key, series_choices
from indicators.services.deliveries import receive_own_sheet
from indicators.services.profiles import choose_profile, profile_code, save_profile_for
from indicators.services.proposals import MAY_ENTER
from indicators.views.acts import refusal, round_at, round_worker
from monitor.base.core.errors import MonitorError
from monitor.base.tabular.reading_cells import ReadFile
from monitor.base.views.acts import perform, status_of

_MOST_COLUMNS, _MOST_ROWS, _MOST_FIGURES = 12, 40, 15


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest, code: str) -> HttpResponse:
    """Offer a file of a supplier's own making."""
    worker, round_ = round_worker(request), round_at(code)
    suppliers = list(Supplier.objects.all())
    if request.method != "POST":
        return _offer_page(request, worker, round_, OwnSheetForm(suppliers=suppliers))
    form = OwnSheetForm(request.POST, request.FILES, suppliers=suppliers)
    if round_.is_open and not worker.roles.isdisjoint(MAY_ENTER) and not form.is_valid():
        return _offer_page(request, worker, round_, form, status=400)
    offered = form.cleaned_data.get("file") if form.is_valid() else None
    name, content = (str(offered.name), offered.read()) if offered is not None else ("", b"")
    supplier = form.cleaned_data.get("supplier", "")
    try:
        received = perform(
            request,
            "aanlevering ontvangen",
            f"{code}, {name}",
            lambda: receive_own_sheet(
                by=worker, round_code=round_.code, supplier_code=supplier, file_name=name, content=content
            ),
        )
    except MonitorError as error:
        return _offer_page(request, worker, round_, form, error=error.message, status=status_of(error))
    if not received.is_new:
        messages.info(request, "Dit bestand is er al; er is niets veranderd.")
        return redirect("round-delivery", round_.code, received.delivery.pk)
    return redirect("round-own-profile", round_.code, received.delivery.pk)


def _offer_page(
    request: HttpRequest, worker: Worker, round_: Round, form: OwnSheetForm, *, error: str = "", status: int = 200
) -> HttpResponse:
    may_enter = round_.is_open and not worker.roles.isdisjoint(MAY_ENTER)
    context = {"round": round_, "form": form, "error": error, "may_enter": may_enter}
    return render(request, "indicators/own_sheets/offer.html", context, status=status)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, code: str, delivery_id: int) -> HttpResponse:
    """Which profile fits: those that may, with the reasons, and the tables to make a new one for."""
    worker, round_ = round_worker(request), round_at(code)
    delivery = _own_delivery(worker, round_, delivery_id)
    if request.method == "POST":
        return _choose(request, worker, round_, delivery)
    try:
        file = own_file(delivery)
    except MonitorError as error:
        return refusal(request, error, reverse("round-deliveries", args=[round_.code]))
    catalogue = load_catalogue()
    context = {
        "round": round_,
        "delivery": delivery,
        "suggestions": suggestions(file, catalogue, delivery),
        "tables": list(enumerate(tables_of(file, catalogue), start=1)),
        "long_sheets": [one.name for one in file.sheets if not one.is_hidden and find_heading(one.rows)],
        "hidden_sheets": [one.name for one in file.sheets if one.is_hidden],
        "may_enter": _may_decide(worker, delivery),
    }
    return render(request, "indicators/own_sheets/choose.html", context)


def _choose(request: HttpRequest, worker: Worker, round_: Round, delivery: Delivery) -> HttpResponse:
    number = request.POST.get("profile", "")
    if not number.isascii() or not number.isdigit() or len(number) > 9:
        raise Http404
    try:
        perform(
            request,
            "profiel kiezen",
            str(delivery),
            lambda: choose_profile(by=worker, delivery_id=delivery.pk, profile_id=int(number)),
        )
    except MonitorError as error:
        return refusal(request, error, request.path)
    return redirect("round-delivery", round_.code, delivery.pk)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest, code: str, delivery_id: int) -> HttpResponse:
    """Make or change a profile: labels to series, what signs mean, and what would be read with it."""
    worker, round_ = round_worker(request), round_at(code)
    delivery = _own_delivery(worker, round_, delivery_id)
    try:
        file = own_file(delivery)
    except MonitorError as error:
        return refusal(request, error, reverse("round-deliveries", args=[round_.code]))
    wizard = _Wizard(request, round_, delivery, file)
    if request.method == "POST" and request.POST.get("act") == "bewaren":
        return _save(request, worker, wizard)
    return wizard.page(may_enter=_may_decide(worker, delivery))


def _save(request: HttpRequest, worker: Worker, wizard: "_Wizard") -> HttpResponse:
    """Keep the profile and read the delivery with it. What is missing is told once the act itself is allowed."""
    delivery = wizard.delivery

    def work() -> None:
        worker.require_role(*MAY_ENTER, act="profielen vastleggen")
        if not wizard.form.is_whole():
            raise MonitorError("Het profiel is nog niet af. Vul aan wat hieronder is aangegeven.")
        save_profile_for(by=worker, delivery_id=delivery.pk, profile=wizard.profile_to_keep())

    try:
        perform(request, "profiel vastleggen", str(delivery), work)
    except MonitorError as error:
        if status_of(error) != 400:
            return refusal(request, error, request.path)
        return wizard.page(may_enter=_may_decide(worker, delivery), error=error.message, status=400)
    messages.success(request, "Het profiel is vastgelegd. Hieronder staat wat het bestand ermee zou veranderen.")
    return redirect("round-delivery", wizard.round.code, delivery.pk)


class _Wizard:
    """The page on which a profile is made: the table of the file, the form, and what it gives."""

    def __init__(self, request: HttpRequest, round_: Round, delivery: Delivery, file: ReadFile) -> None:
        self.request, self.round, self.delivery, self.file = request, round_, delivery, file
        self.catalogue = load_catalogue()
        self.found = self._table()
        self.names = series_choices(round_, self.catalogue, delivery.supplier_id)
        start = self._start()
        data: Mapping[str, str] | None = request.POST.dict() if request.method == "POST" else None
        self.form = MappingForm(start, self.table, self.names, data)

    @property
    def table(self) -> WideTable | None:
        return self.found.table if self.found else None

    def _table(self) -> FoundTable | None:
        """The table that the address names; none for a sheet with one figure per row."""
        number = self.request.GET.get("tabel", "")
        if not number:
            return None
        tables = tables_of(self.file, self.catalogue)
        if not number.isascii() or not number.isdigit() or not 1 <= int(number[:6]) <= len(tables):
            raise Http404
        return tables[int(number[:6]) - 1]

    def _start(self) -> Profile:
        """The profile to begin with: that of the delivery or the one that the address names, else an empty one."""
        number = self.request.GET.get("van", "")
        row = find_profile(int(number)) if number.isascii() and number.isdigit() and len(number) < 10 else None
        if row is not None and row.state == KeptState.IN_USE and row.supplier_id in (None, self.delivery.supplier_id):
            return profile_of(row)
        supplier = self.delivery.supplier
        code = supplier.code if supplier else ""
        return Profile("", "", supplier=code, layout=Layout.WIDE if self.found else Layout.LONG)

    def profile_to_keep(self) -> Profile:
        """A new profile gets a code from its name and supplier; one that is changed keeps its code."""
        profile = self.form.profile
        return replace(profile, code=profile.code or profile_code(f"{profile.supplier} {profile.name}"))

    def outcome(self) -> SheetOutcome:
        """What this table gives with the profile as it is filled in now."""
        profile = replace(self.form.profile, code=self.form.profile.code or "voorbeeld")
        if self.found is None:
            return read_with(self.file, self.catalogue, profile, self.delivery)
        outcome = read_wide_table(self.found.sheet, self.found.table, self.catalogue, profile)
        return correct(outcome, corrections_of(self.delivery.supplier_id))

    def page(self, *, may_enter: bool, error: str = "", status: int = 200) -> HttpResponse:
        outcome = self.outcome()
        context = {
            "round": self.round,
            "delivery": self.delivery,
            "form": self.form,
            "labels": list(self.form.labels()),
            "questions": list(self.form.questions(outcome.questions)),
            "table": self.table,
            "grid": self._grid(),
            "preview": [(self._name(one), one) for one in outcome.figures[:_MOST_FIGURES]],
            "outcome": outcome,
            "error": error,
            "may_enter": may_enter,
        }
        return render(self.request, "indicators/own_sheets/make.html", context, status=status)

    def _name(self, figure: SheetFigure) -> str:
        return name_of_key(figure.series.key, self.catalogue)

    def _grid(self) -> list[tuple[str, list[str]]]:
        """The first rows of the table as it stands in the file."""
        if self.found is None:
            return []
        columns = self.found.table.columns[:_MOST_COLUMNS]
        sheet = self.found.sheet
        return [
            (row.label, [sheet.cell(row.row, column.column).text for column in columns])
            for row in self.found.table.rows[:_MOST_ROWS]
        ]


def _own_delivery(worker: Worker, round_: Round, delivery_id: int) -> Delivery:
    """A supplier's own sheet of this round; anything else does not exist here."""
    found = find_delivery(round_, delivery_id)
    if found is None or found.kind != DeliveryKind.OWN_SHEET:
        raise Http404
    if worker.themes is not None and not worker.themes.issuperset(themes_of_delivery(found)):
        raise Http404
    return found


def _may_decide(worker: Worker, delivery: Delivery) -> bool:
    is_open = delivery.round is not None and delivery.round.is_open and delivery.state == DeliveryState.READ
    return is_open and not worker.roles.isdisjoint(MAY_ENTER)
