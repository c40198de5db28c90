"""What the pages show in end-to-end tests: the real figures, people, jobs and a report with documents."""

import hashlib
from decimal import Decimal
from io import StringIO
from pathlib import Path

from django.core.management import call_command
from django.utils import timezone

from allocation.models import AllocationRun
from allocation.services.runs import RunOrder, run_allocation
from indicators.core.access import Worker
from indicators.importing.figures import apply_load, plan_load
from indicators.importing.seed_files import read_seed_files
from indicators.models import Fact, FactProposal, Period, Proposal, Round, RoundItem, Series
from indicators.queries.workers import worker_of
from indicators.services.approval import approve_proposals
from indicators.services.proposals import Place, ProposalContent, save_proposal
from indicators.services.submission import submit_proposals
from monitor.base.core.roles import Role
from monitor.base.models import Job, RoleAssignment, User
from reports.core.formats import Format
from reports.models import ReportDocument, ReportRun
from tests.end_to_end.delivered import deliver
from tests.end_to_end.municipal import fill_municipalities
from tests.end_to_end.pages import CELL, OTHER_RUN, PARTIAL_RUN, PERSON, REVISED, RUN
from tests.end_to_end.refitted import refit_and_vary

SIZES = {Format.HTML: 83_000, Format.PDF: 98_000, Format.DOCX: 291_000, Format.XLSX: 31_700, Format.CSV: 18_400}


def fill(documents: Path) -> dict[Role, User]:
    """Fill the database; returns somebody for every role. Jobs have fixed numbers, since pages name them."""
    apply_load(plan_load(read_seed_files()))
    fill_municipalities()
    people = {role: _person(role) for role in Role}
    User.objects.create_user("beperkt", id=PERSON, first_name="Beperkt")
    now = timezone.now()
    owner = people[Role.REDACTEUR]
    Job.objects.create(
        id=1, kind="proef", label="Kerncijfers politie, 2025-2", requested_by=owner, state="loopt", started_at=now,
        lease_until=now, phase="Grafieken tekenen", done=4, total=13, message="Grafiek 4",
        log=[{"moment": now.isoformat(), "text": "Gegevens gelezen"}],
    )  # fmt: skip
    Job.objects.create(
        id=2, kind="proef", label="Werkvoorraad zedenzaken, 2025-2", requested_by=owner, state="mislukt",
        finished_at=now, error="Chromium ontbreekt. Installeer het met: apt install chromium.",
    )  # fmt: skip
    _report(documents, owner)
    _value_under_way(people[Role.INVOERDER])
    deliver(people[Role.INVOERDER])
    _fact_under_way(people[Role.INVOERDER])
    _revised_figure(worker_of(people[Role.INVOERDER]), worker_of(people[Role.CONTROLEUR]))
    _allocation(people[Role.REKENAAR])
    refit_and_vary(people[Role.REKENAAR])
    return people


def _revised_figure(author: Worker, checker: Worker) -> None:
    """A published figure that was followed by a revision of two people."""
    key, period = REVISED
    place = Place(Series.objects.get(key=key).pk, Period.objects.get(code=period).pk)
    content = ProposalContent(
        value=Decimal(812_345), change_kind="correctie", reason="De politie telde een eenheid dubbel.",
        explanation="Nagevraagd bij de politie.",
    )  # fmt: skip
    saved = save_proposal(by=author, place=place, version=0, content=content)
    submitted = submit_proposals(by=author, pairs=[(saved.pk, saved.version)])
    assert submitted.submitted, submitted.refused
    saved.refresh_from_db()
    approve_proposals(by=checker, pairs=[(saved.pk, saved.version)])


def _value_under_way(author: User) -> None:
    """One asked figure with a fixed number, submitted with a warning that was explained."""
    series = Series.objects.get(key="verzuim|nederland|realisatie|")
    period = Period.objects.get(code="2023")
    round_ = Round.objects.get(code="2026-2")
    RoundItem.objects.create(id=CELL, round=round_, series=series, period=period)
    Proposal.objects.create(
        series=series, period=period, round=round_, value="6.4", decimals=1, state="ter-controle",
        submitted_at=timezone.now(), entered_by=author, changed_by=author, explanation="Nagevraagd bij de politie.",
        findings=[{"rule": "gat-in-de-reeks", "severity": "waarschuwing", "message": "Er ontbreekt een periode.",
                   "compared": [["2021", "6,0%"]]}],
    )  # fmt: skip


def _fact_under_way(author: User) -> None:
    """A change of a one-off figure that waits for a second officer."""
    fact = Fact.objects.get(code="doxing-zaken-politiemedewerkers")
    same = ("theme", "name", "sentence", "kind", "unit", "variant", "period", "area", "source", "publication", "place")
    FactProposal.objects.create(
        code=fact.code, value=24, state="ter-controle", submitted_at=timezone.now(), base_revision=1,
        change_kind="correctie", reason="Typefout in de brief.", entered_by=author, changed_by=author,
        **{name: getattr(fact, name) for name in same},
    )  # fmt: skip


def _allocation(analyst: User) -> None:
    """The open figures, the exercise set, and three runs with fixed numbers, since pages name them."""
    for command in ("load_areas", "load_allocation"):
        call_command(command, stdout=StringIO())
    call_command("load_allocation", exercise=True, stdout=StringIO())
    exercise = RunOrder("sterktemodel-2025", "2024-oefenset", Decimal(1000))
    partial = RunOrder("sterktemodel-2025", "2024-open-cijfers", Decimal(1000), partial=True)
    made = [run_allocation(by=worker_of(analyst), order=order) for order in (exercise, partial, exercise)]
    for run, number in zip(made, (RUN, PARTIAL_RUN, OTHER_RUN), strict=True):
        run.pk = number  # the same once more under its fixed number: a kept run never changes its own
    AllocationRun.objects.bulk_create(made)


def _person(role: Role) -> User:
    user = User.objects.create_user(role.value, password="niet-te-raden-12", first_name=role.value.capitalize())
    RoleAssignment.objects.create(user=user, role=role)
    return user


def _report(documents: Path, owner: User) -> None:
    run = ReportRun.objects.create(
        template="kerncijfers-politie", title="Kerncijfers politie", round=Round.objects.get(code="2025-2"),
        known_as_of="Bijgewerkt tot en met 10 december 2025", fingerprint="f" * 64,
        data_digest=hashlib.sha256(b"gegevens").hexdigest(),
        figure_count=63, is_public=True, made_by=owner,
    )  # fmt: skip
    for format_ in Format:
        path = f"kerncijfers-politie.{format_.value}"
        (documents / path).write_bytes(b"<!doctype html><html lang=nl><title>Rapport</title><p>Rapport</p>")
        ReportDocument.objects.create(run=run, format=format_.value, path=path, size=SIZES[format_], sha256="a" * 64)
