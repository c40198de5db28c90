"""Fetching a table and making figures of it, as one piece of work: fetch, map, plan, store."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from indicators.core.access import Worker
from indicators.core.enumerations import ChangeKind
from indicators.core.opendata.answers import OpenDataProblem
from indicators.core.opendata.mapping import match_profile
from indicators.core.opendata.profiles import OpenDataProfile, read_profile
from indicators.core.opendata.tables import TableInfo
from indicators.importing.opendata.addresses import AddressRules
from indicators.importing.opendata.contents import read_cells, read_description
from indicators.importing.opendata.fetching import FetchBounds, Fetcher
from indicators.importing.opendata.plan import OpenDataPlan, PlannedRow, plan_table
from indicators.importing.opendata.transport import SafeOpener
from indicators.models import Delivery
from indicators.models import OpenDataProfile as StoredProfile
from indicators.queries.open_data import find_profile, known_places, profile_codes
from indicators.queries.workers import worker_of
from indicators.services.catalogue import SeriesIdentity
from indicators.services.kept_files import keep_copy
from indicators.services.open_data import (
    KeptTable,
    ValueToStore,
    source_code,
    store_proposals,
    store_published,
)
from indicators.services.proposals import MAY_ENTER, ProposalContent
from monitor.base.core.errors import MonitorError
from monitor.base.core.jobs import JobContext
from monitor.base.core.roles import Role
from monitor.base.models import Job, User
from monitor.base.services.jobs import submit_job

JOB_KIND = "open-data-ophalen"
_REFUSED_IN_RESULT = 100  # of the refused cells, as many as a job keeps; the rest is a count

Report = Callable[[str, int, int], None]


@dataclass(frozen=True)
class OpenDataOrder:
    """What is to be done: which profile, by whom, and whether its values go into a round or are published history."""

    profile: str
    user: int
    round: str = ""
    publication: str = ""
    only_valid: bool = False
    change_kind: str = ChangeKind.UPDATE.value
    reason: str = ""


@dataclass(frozen=True)
class Fetched:
    """A table that was fetched and what it would change."""

    info: TableInfo
    plan: OpenDataPlan


def make_fetcher(profile: OpenDataProfile, report: Report, stop: Callable[[], None]) -> Fetcher:
    """A fetcher within what the settings allow."""
    return Fetcher(
        profile,
        SafeOpener(AddressRules(hosts=settings.OPEN_DATA_HOSTS)),
        settings.OPEN_DATA_DIR,
        bounds=FetchBounds(bytes=settings.OPEN_DATA_BYTES),
        report=report,
        stop=stop,
    )


def fetch_and_plan(profile: OpenDataProfile, report: Report, stop: Callable[[], None]) -> Fetched:
    """Fetch the table of a profile and plan what it would change; nothing is stored."""
    return plan_file(profile, make_fetcher(profile, report, stop).fetch())


def plan_file(profile: OpenDataProfile, path: Path) -> Fetched:
    """Plan what a fetched file would change. Raises OpenDataProblem when it is not whole or does not fit."""
    table = read_description(profile, path)
    mapping = match_profile(profile, table, known_places())
    mapped = mapping.rows(read_cells(profile, table, path))
    return Fetched(table.info, plan_table(mapped, table=table.info.table, source=source_code(table.info)))


def require_profile(code: str) -> StoredProfile:
    """The latest version of a profile. Raises OpenDataProblem that lists the profiles there are."""
    found = find_profile(code)
    if found is None:
        known = ", ".join(profile_codes()) or "nog geen"
        raise OpenDataProblem(f"Profiel ‘{code}’ bestaat niet. Er zijn: {known}. U kunt ook een profielbestand noemen.")
    return found


def order_open_data(*, order: OpenDataOrder) -> Job:
    """Put an order on the list of work, once. Raises NotAllowed at once for who may not do this."""
    user = User.objects.filter(pk=order.user).first()
    if user is None:
        raise MonitorError("Deze gebruiker bestaat niet.")
    _require_allowed(worker_of(user), order)
    profile = require_profile(order.profile)
    return submit_job(
        kind=JOB_KIND,
        parameters=asdict(order),
        requested_by=user,
        dedupe_key=f"{JOB_KIND}:{order.profile}",
        label=f"Open data ophalen: {profile.title}"[:200],
    )


def _require_allowed(by: Worker, order: OpenDataOrder) -> None:
    if bool(order.round) == bool(order.publication):
        raise MonitorError("Kies een ronde (--round) of een publicatie (--publication), en niet allebei.")
    if order.publication:
        by.require_role(Role.BEHEERDER, act="gepubliceerde cijfers laden")
    else:
        by.require_role(*MAY_ENTER, act="open data verwerken")
    if order.change_kind not in {kind.value for kind in ChangeKind if kind is not ChangeKind.FIRST}:
        raise MonitorError(f"‘{order.change_kind}’ is geen soort wijziging: kies bijstelling, revisie of correctie.")


def run_order(parameters: Mapping[str, Any], context: JobContext) -> Mapping[str, Any]:
    """The handler of the job. Begun again after a break it goes on with what was fetched, and stores nothing twice."""
    order = OpenDataOrder(**parameters)
    worker = worker_of(User.objects.get(pk=order.user))
    _require_allowed(worker, order)
    stored = require_profile(order.profile)
    profile = read_profile(stored.content)

    def report(phase: str, done: int, total: int) -> None:
        context.report(phase, done, total)

    path = make_fetcher(profile, report, context.stop_if_cancelled).fetch()
    # What is planned is what is kept: the file that was fetched may be renewed by somebody else in the meantime.
    name, size, sha256 = keep_copy(settings.DELIVERY_DIR, path, ".jsonl")
    try:
        report("cijfers vergelijken", 0, 0)
        context.stop_if_cancelled()
        fetched = plan_file(profile, settings.DELIVERY_DIR / name)
        plan = fetched.plan
        result = _result(fetched, context.job_id)
        if (plan.refused and not order.only_valid) or plan.changes_nothing:
            return result
        count = len(plan.new) + len(plan.revised)
        report("cijfers opslaan", 0, count)
        with transaction.atomic():
            _store(order, worker, KeptTable(fetched.info, stored, name, size, sha256), plan)
            context.guard()
        return result | {"stored": count}
    finally:
        if not Delivery.objects.filter(path=name).exists():
            (settings.DELIVERY_DIR / name).unlink(missing_ok=True)


def _result(fetched: Fetched, job: int) -> dict[str, Any]:
    """What the job keeps of a plan; of many refused cells the first, and how many there are."""
    result = {**fetched.plan.as_data(job), "edition": fetched.info.modified, "stored": 0}
    result["refused_count"] = len(fetched.plan.refused)
    result["refused"] = result["refused"][:_REFUSED_IN_RESULT]
    return result


def _store(order: OpenDataOrder, by: Worker, kept: KeptTable, plan: OpenDataPlan) -> None:
    reason = order.reason.strip() or f"Nieuwe uitgave van tabel {kept.info.table} ({kept.info.modified[:10]})."
    values = [_value(one) for one in plan.new]
    values += [_value(one, order.change_kind, reason) for one in plan.revised]
    if order.publication:
        store_published(by=by, kept=kept, values=values, publication_code=order.publication, counts=plan.counts)
    else:
        store_proposals(by=by, kept=kept, values=values, round_code=order.round, counts=plan.counts)


def _value(one: PlannedRow, change_kind: str = "", reason: str = "") -> ValueToStore:
    row = one.row
    content = ProposalContent(
        value=row.value,
        marker=row.marker.value if row.marker else "",
        decimals=row.decimals,
        status=row.status.value,
        place=row.place[:120],
        change_kind=ChangeKind.FIRST.value,
    )
    if one.base_revision:
        content = replace(content, change_kind=change_kind, reason=reason)
    identity = SeriesIdentity(row.indicator, row.area, row.variant, row.categories)
    return ValueToStore(identity, row.period, content, one.base_revision)
