"""Reading what a report is made from, and which reports were made."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from allocation.queries.runs import find_run
from indicators.core.enumerations import Audience
from indicators.core.vantage import Vantage
from indicators.queries.data_set import load_data_set
from indicators.queries.rounds import find_round, publication_of
from monitor.base.core.errors import MonitorError
from reports.core.composing import ReportContext, compose
from reports.core.document import Document
from reports.core.formats import Format
from reports.core.templates import ReportTemplate, all_templates, facts_of, indicators_of, read_template
from reports.models import ReportDocument, ReportRun
from reports.queries.allocation import load_allocation


@dataclass(frozen=True)
class ReportOrder:
    """What somebody asks for. Made by :func:`check_order`, which proves that every word of it exists."""

    template: str
    round: str
    formats: tuple[Format, ...]
    as_known_on: date | None = None
    allocation_run: int | None = None


@dataclass(frozen=True)
class ReportPage:
    """One report in a list: its template and the newest run of its newest round that a reader may see."""

    template: ReportTemplate
    latest: ReportRun | None

    @property
    def documents(self) -> Sequence[ReportDocument]:
        order = list(Format)
        return sorted(self.latest.documents.all(), key=lambda d: order.index(Format(d.format))) if self.latest else ()


def check_order(
    template: str, round_code: str | None, formats: str, as_known_on: str = "", allocation_run: str = ""
) -> ReportOrder:
    """Turn words into an order. Raises :class:`MonitorError` naming the word that is wrong and what is possible."""
    found = read_template(template)
    code = round_code or found.default_round
    find_round(code)  # any round will do: rounds of different rhythms share reports, and the fields follow the round
    wanted = tuple(dict.fromkeys(_format(word.strip()) for word in formats.split(",") if word.strip()))
    if not wanted:
        raise MonitorError(f"Noem ten minste één formaat. Mogelijk zijn {', '.join(Format)}.")
    day = _day(as_known_on) if as_known_on else None
    return ReportOrder(template, code, wanted, day, _run(found, allocation_run))


def _run(template: ReportTemplate, word: str) -> int | None:
    """The number of the run that a report of the strength allocation is about."""
    if not template.needs_run:
        if word:
            raise MonitorError(f"Rapport ‘{template.code}’ gaat niet over een berekening van de sterkteverdeling.")
        return None
    if not word.isdecimal():
        raise MonitorError("Dit rapport gaat over een berekening van de sterkteverdeling. Noem haar nummer.")
    find_run(int(word))
    return int(word)


def _format(word: str) -> Format:
    try:
        return Format(word)
    except ValueError:
        raise MonitorError(f"Formaat ‘{word}’ bestaat niet. Mogelijk zijn {', '.join(Format)}.") from None


def _day(word: str) -> date:
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise MonitorError(f"‘{word}’ is geen datum. Schrijf jaar-maand-dag, bijvoorbeeld 2025-12-31.") from None


def load_document(order: ReportOrder, audience: Audience) -> Document:
    """Compose the report from the data as ``audience`` sees it now, or saw it at the end of ``as_known_on``."""
    template = read_template(order.template)
    vantage = Vantage.on_day(order.as_known_on, audience) if order.as_known_on else Vantage(timezone.now(), audience)
    data = load_data_set(vantage, indicators=indicators_of(template), facts=facts_of(template))
    data = data.until(find_round(order.round).reference_date)
    context = _context(template, order)
    if order.allocation_run is not None:
        if audience is Audience.PUBLIC:  # nobody released a run
            raise MonitorError("Een berekening van de sterkteverdeling is niet openbaar.")
        context = replace(context, allocation=load_allocation(order.allocation_run))
    return compose(template, data, context)


def _context(template: ReportTemplate, order: ReportOrder) -> ReportContext:
    """Letter fields from the round: the publication of the template's programme, or else the round itself."""
    found = find_round(order.round)
    publication = publication_of(found, template.programme)
    name = publication.name if publication else f"{found.name[:1].upper()}{found.name[1:]}"
    day = publication.date if publication else found.reference_date
    fields = replace(
        template.fields,
        belongs_to=name,
        letter_date=day,
        reference=publication.kenmerk if publication else "",
    )
    return ReportContext(name, fields, day, order.as_known_on)


def report_pages(audience: Audience) -> list[ReportPage]:
    """All reports with the newest run of their newest round (three statements); the public sees only public figures.

    A report made again for an earlier round does not take the place of the present one.
    """
    runs = ReportRun.objects.filter(as_known_on__isnull=True).select_related("round", "made_by")
    if audience is Audience.PUBLIC:
        runs = runs.filter(is_public=True)
    newest: dict[str, ReportRun] = {}
    for run in runs.order_by("-round__reference_date", "-made_at", "-pk").prefetch_related(_documents()):
        newest.setdefault(run.template, run)
    return [ReportPage(template, newest.get(template.code)) for template in all_templates()]


def report_runs(template: str, audience: Audience, *, present_only: bool = False, most: int = 20) -> list[ReportRun]:
    """The newest runs of one report, with their documents; ``present_only`` leaves out “zoals bekend op”."""
    runs = ReportRun.objects.filter(template=template).select_related("round", "made_by")
    if audience is Audience.PUBLIC:
        runs = runs.filter(is_public=True)
    if present_only:
        runs = runs.filter(as_known_on__isnull=True)
    return list(runs.prefetch_related(_documents())[:most])


def find_document(pk: int, audience: Audience) -> ReportDocument | None:
    """A document the audience may read, or None."""
    documents = ReportDocument.objects.select_related("run").filter(pk=pk)
    if audience is Audience.PUBLIC:
        documents = documents.filter(run__is_public=True)
    return documents.first()


def _documents() -> "Prefetch[str, Any, Any]":
    return Prefetch("documents", ReportDocument.objects.order_by("format"))
