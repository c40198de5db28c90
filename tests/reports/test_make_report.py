"""Making reports: once, whole or not at all, and again only what is lost."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from indicators.core.enumerations import Audience
from monitor.base.core.errors import MonitorError, ToolMissing
from monitor.base.core.jobs import JobState, JobSuperseded
from monitor.base.models import AuditRecord, Job, User
from monitor.base.services.jobs import request_cancel, run_job, submit_job
from reports.core.formats import Format
from reports.models import ReportDocument, ReportRun
from reports.queries.documents import ReportOrder, check_order
from reports.services.reports import JOB_KIND, make_report, order_report, write_files
from tests.reports.make_at_once import ordered_at_once
from tests.reports.stubs import CountingRenderer

ROOT = Path(__file__).resolve().parents[2]


def silent(phase: str, done: int, total: int) -> None:
    return None


def ordered(formats: str = "html,csv", template: str = "werkvoorraad-zeden") -> ReportOrder:
    return check_order(template, None, formats)


def make(formats: str = "html,csv", **options: Any) -> ReportRun:
    return make_report(order=ordered(formats), made_by=None, report=silent, **options)


def files_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def nothing_is_kept(folder: Path) -> bool:
    return not ReportRun.objects.exists() and not ReportDocument.objects.exists() and not files_in(folder)


pytestmark = pytest.mark.usefixtures("loaded_seed")


def test_a_report_is_kept_with_its_files_checksums_and_one_audit_record(renderer: CountingRenderer, kept: Path) -> None:
    run = make()
    assert renderer.calls == [("html", "csv")]
    assert [document.format for document in run.documents.order_by("format")] == ["csv", "html"]
    for document in run.documents.all():
        assert document.file.is_relative_to(kept)
        assert document.file.read_bytes() == f"{document.format} {run.data_digest}".encode()
        assert document.size == len(document.file.read_bytes())
    assert run.is_public
    assert run.figure_count > 20
    record = AuditRecord.objects.get(act="rapport gemaakt")
    assert (record.subject, record.rows_digest) == ("werkvoorraad-zeden 2025-2", run.data_digest)
    assert record.counts == {"cijfers": run.figure_count, "documenten": 2}


def test_the_same_order_again_is_the_same_run_and_nothing_is_rendered(renderer: CountingRenderer, kept: Path) -> None:
    first = make()
    before = {path: path.stat().st_mtime_ns for path in kept.rglob("*")}
    assert make() == first
    assert renderer.calls == [("html", "csv")]
    assert {path: path.stat().st_mtime_ns for path in kept.rglob("*")} == before
    assert AuditRecord.objects.filter(act="rapport gemaakt").count() == 1


def test_another_format_is_added_to_the_same_run(renderer: CountingRenderer, kept: Path) -> None:
    first = make("csv")
    assert make("csv,html,pdf") == first
    assert renderer.calls == [("csv",), ("html", "pdf")]
    assert first.documents.count() == 3


@pytest.mark.parametrize("harm", ["lost", "damaged", "emptied"])
def test_a_file_that_is_lost_or_damaged_is_made_again(renderer: CountingRenderer, kept: Path, harm: str) -> None:
    run = make()
    document = run.documents.get(format="html")
    whole = document.file.read_bytes()
    if harm == "lost":
        document.file.unlink()
    else:
        document.file.write_bytes(b"" if harm == "emptied" else whole[:-1] + b"?")
    assert make() == run
    assert renderer.calls == [("html", "csv"), ("html",)]
    assert document.file.read_bytes() == whole
    assert run.documents.count() == 2


def test_another_toolchain_is_another_run(
    renderer: CountingRenderer, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = make()
    monkeypatch.setattr("reports.rendering.toolchain.toolchain_fingerprint", lambda: "nieuwe browser")
    second = make()
    assert first.pk != second.pk
    assert first.data_digest == second.data_digest
    assert len({document.path for document in ReportDocument.objects.all()}) == 4


def test_another_day_of_looking_is_another_run(renderer: CountingRenderer, kept: Path) -> None:
    now = make()
    then = make_report(order=check_order("werkvoorraad-zeden", None, "csv", "2025-12-31"), made_by=None, report=silent)
    assert now.pk != then.pk
    assert then.as_known_on is not None


def test_a_report_that_becomes_public_later_is_seen_as_public(
    renderer: CountingRenderer, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reports.services import reports as service

    real = service.load_document

    def embargoed(order: ReportOrder, audience: Audience) -> Any:
        if audience is Audience.PUBLIC:
            raise MonitorError("Nog niet openbaar.")
        return real(order, audience)

    monkeypatch.setattr(service, "load_document", embargoed)
    assert not make().is_public
    monkeypatch.setattr(service, "load_document", real)
    assert make().is_public
    assert ReportRun.objects.get().is_public
    assert renderer.calls == [("html", "csv")]


# --- stopped half-way -------------------------------------------------------------------------------------------------


def submit(formats: str = "html,csv") -> Job:
    return order_report(order=ordered(formats), requested_by=None)


def test_a_job_makes_the_report_and_says_which(renderer: CountingRenderer, kept: Path) -> None:
    job = submit()
    assert (job.kind, job.label) == (JOB_KIND, "Werkvoorraad zedenzaken, 2025-2")
    assert run_job(job.pk) is JobState.KLAAR
    job.refresh_from_db()
    assert job.result == {"run": ReportRun.objects.get().pk, "title": "Werkvoorraad zedenzaken"}


def test_an_order_that_is_still_open_is_not_ordered_twice(renderer: CountingRenderer, kept: Path) -> None:
    first = submit()
    assert submit().pk == first.pk
    assert submit("csv").pk != first.pk
    run_job(first.pk)
    assert submit().pk != first.pk


def test_a_cancelled_job_leaves_nothing(renderer: CountingRenderer, kept: Path) -> None:
    job = submit()

    def cancel_half_way(document: Any, formats: Any, *, progress: Any) -> Mapping[Format, bytes]:
        Job.objects.filter(pk=job.pk).update(cancel_requested=True)
        progress("Grafiek 1 van 2 getekend", 1, 3)
        raise AssertionError("the job went on after it was cancelled")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reports.rendering.render", cancel_half_way)
        assert run_job(job.pk) is JobState.GEANNULEERD
    assert nothing_is_kept(kept)
    assert not AuditRecord.objects.filter(act="rapport gemaakt").exists()


def test_a_job_that_was_cancelled_while_it_waited_never_starts(renderer: CountingRenderer, kept: Path) -> None:
    job = submit()
    assert request_cancel(job_id=job.pk) is JobState.GEANNULEERD
    assert run_job(job.pk) is JobState.GEANNULEERD
    assert renderer.calls == []
    assert nothing_is_kept(kept)


def test_a_worker_that_is_stopped_half_way_leaves_nothing_and_the_next_finishes(
    renderer: CountingRenderer, kept: Path
) -> None:
    job = submit()
    renderer.fail = SystemExit(1)
    with pytest.raises(SystemExit):
        run_job(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.WACHT
    assert nothing_is_kept(kept)
    renderer.fail = None
    assert run_job(job.pk) is JobState.KLAAR
    assert ReportRun.objects.get().documents.count() == 2


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (ToolMissing("De browser Chromium ontbreekt."), "De browser Chromium ontbreekt."),
        (RuntimeError("geheim pad"), "Er ging iets mis bij ‘Werkvoorraad zedenzaken, 2025-2’"),
    ],
)
def test_a_rendering_that_fails_leaves_nothing_and_says_why(
    renderer: CountingRenderer, kept: Path, error: Exception, says: str
) -> None:
    job = submit()
    renderer.fail = error
    assert run_job(job.pk) is JobState.MISLUKT
    job.refresh_from_db()
    assert says in job.error
    assert "geheim pad" not in job.error
    assert nothing_is_kept(kept)


def test_a_run_that_lost_its_lease_records_nothing(renderer: CountingRenderer, kept: Path) -> None:
    """The files that it wrote are the same as those the other run writes, at the same place."""

    def guard() -> None:
        raise JobSuperseded

    with pytest.raises(JobSuperseded):
        make(guard=guard)
    assert not ReportRun.objects.exists()
    assert not AuditRecord.objects.filter(act="rapport gemaakt").exists()
    before = files_in(kept)
    make()
    assert files_in(kept) == before


def test_the_progress_of_rendering_is_heard(renderer: CountingRenderer, kept: Path) -> None:
    heard: list[str] = []
    make_report(order=ordered(), made_by=None, report=lambda phase, done, total: heard.append(phase))
    assert heard == ["gegevens lezen", *(f"{Format(word).label} gemaakt" for word in ("html", "csv"))]


def test_a_report_that_the_data_do_not_carry_is_refused_when_it_is_ordered(
    renderer: CountingRenderer, kept: Path
) -> None:
    early = check_order("werkvoorraad-zeden", None, "csv", "2017-01-01")
    with pytest.raises(MonitorError, match="er is geen bekend cijfer"):
        order_report(order=early, requested_by=None)
    assert not Job.objects.exists()


def test_the_maker_is_known_and_a_maker_who_is_gone_does_not_stop_the_job(
    renderer: CountingRenderer, kept: Path
) -> None:
    anna = User.objects.create_user("anna")
    job = order_report(order=ordered(), requested_by=anna)
    run_job(job.pk)
    assert ReportRun.objects.get().made_by == anna
    unknown = submit_job(kind=JOB_KIND, parameters=job.parameters | {"made_by": 999999, "formats": ["xlsx"]})
    assert run_job(unknown.pk) is JobState.KLAAR


# --- files ------------------------------------------------------------------------------------------------------------


def test_files_are_all_there_or_none(tmp_path: Path) -> None:
    folder = tmp_path / "uit"
    write_files(folder, {"a.html": b"oud", "b.csv": b"oud"})
    (folder / "b.csv").unlink()
    (folder / "b.csv").mkdir()
    with pytest.raises(MonitorError, match="is niet te beschrijven"):
        write_files(folder, {"a.html": b"nieuw", "b.csv": b"nieuw"})
    assert (folder / "a.html").read_bytes() == b"oud"
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []


# --- two at once ------------------------------------------------------------------------------------------------------

ONE_RUN = {
    "states": ["klaar", "klaar"],
    "jobs": 2,
    "runs": 1,
    "documents": 2,
    "errors": [],
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.services
def test_two_orders_at_once_become_one_run_on_postgresql(kept: Path) -> None:
    assert {key: value for key, value in ordered_at_once().items() if key != "records"} == ONE_RUN


def test_two_orders_at_once_become_one_run_on_a_file(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    environment |= {"MONITOR_DATA_DIR": str(tmp_path), "MONITOR_OUTPUT_DIR": str(tmp_path / "uit")}
    answer = subprocess.run(
        [sys.executable, "-m", "tests.reports.make_at_once"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    found = json.loads(answer.stdout)
    assert {key: value for key, value in found.items() if key != "records"} == ONE_RUN
    assert found["records"] in (1, 2)  # the second records that it wrote the same files once more


def test_verification_is_clean_after_reports_were_made(renderer: CountingRenderer, kept: Path) -> None:
    make()
    call_command("verify_data")
