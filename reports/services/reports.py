"""Making reports: compose, render outside any transaction, keep the files, record the run."""

import errno
import hashlib
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from indicators.core.enumerations import Audience
from indicators.queries.rounds import find_round
from monitor.base.core.errors import MonitorError
from monitor.base.core.jobs import JobContext
from monitor.base.models import Job, User
from monitor.base.services.audit import record_act
from monitor.base.services.jobs import submit_job
from reports.core.document import Document
from reports.core.formats import Format
from reports.core.templates import read_template
from reports.models import ReportDocument, ReportFigure, ReportRun
from reports.queries.documents import ReportOrder, load_document

JOB_KIND = "rapport-maken"

Report = Callable[[str, int, int], None]
Guard = Callable[[], None]


def order_report(*, order: ReportOrder, requested_by: User | None) -> Job:
    """Put a report on the list of work, once: the same order that is still open is returned.

    Composes it first, so that a report that cannot be made is refused at once with the reason.
    """
    load_document(order, Audience.INTERNAL)
    title = read_template(order.template).title
    parameters = _as_parameters(order, requested_by)
    digest = hashlib.sha256(repr(sorted(parameters.items())).encode()).hexdigest()[:32]
    return submit_job(
        kind=JOB_KIND,
        parameters=parameters,
        requested_by=requested_by,
        dedupe_key=f"{JOB_KIND}:{digest}",
        label=f"{title}, {order.round}",
    )


def make_ordered_report(parameters: Mapping[str, Any], context: JobContext) -> Mapping[str, Any]:
    """The handler of the job: makes what was ordered and returns the run's number."""
    order = _from_parameters(parameters)
    made_by = User.objects.filter(pk=parameters["made_by"]).first() if parameters["made_by"] else None

    def report(phase: str, done: int, total: int) -> None:
        context.stop_if_cancelled()
        context.report(phase, done, total)

    run = make_report(order=order, made_by=made_by, report=report, guard=context.guard)
    return {"run": run.pk, "title": run.title}


def _as_parameters(order: ReportOrder, requested_by: User | None) -> dict[str, Any]:
    return {
        "template": order.template,
        "round": order.round,
        "formats": [format_.value for format_ in order.formats],
        "as_known_on": order.as_known_on.isoformat() if order.as_known_on else None,
        "made_by": requested_by.pk if requested_by else None,
        "allocation_run": order.allocation_run,
    }


def _from_parameters(parameters: Mapping[str, Any]) -> ReportOrder:
    day = parameters["as_known_on"]
    return ReportOrder(
        parameters["template"],
        parameters["round"],
        tuple(Format(word) for word in parameters["formats"]),
        date.fromisoformat(day) if day else None,
        parameters.get("allocation_run"),
    )


def make_report(*, order: ReportOrder, made_by: User | None, report: Report, guard: Guard = lambda: None) -> ReportRun:
    """Make the report in the formats asked for and keep it; what is kept of the same content is not made again.

    ``report(phase, done, total)`` hears the progress; ``guard`` may raise just before the run is recorded.
    Raises :class:`MonitorError` when the data do not carry the report or a tool is missing; then nothing is kept.
    """
    # The PDF writer takes a second to load; every page and command would pay for it, only this one needs it.
    from reports.rendering import render
    from reports.rendering.toolchain import toolchain_fingerprint

    report("gegevens lezen", 0, 1)
    document = load_document(order, Audience.INTERNAL)
    fingerprint = _fingerprint(order, document, toolchain_fingerprint())
    missing = _missing_formats(fingerprint, order.formats)
    files = render(document, missing, progress=report) if missing else {}
    folder = f"{order.template}/{fingerprint[:24]}"
    _keep(folder, order.template, files)
    return _record(order, document, fingerprint, folder, files, made_by, guard)


def _fingerprint(order: ReportOrder, document: Document, toolchain: str) -> str:
    """SHA-256 of everything the bytes depend on: the composed document, its round, and the toolchain."""
    parts = (order.round, str(order.as_known_on), repr(document), toolchain)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _missing_formats(fingerprint: str, formats: Sequence[Format]) -> list[Format]:
    """The formats of which no intact file is kept."""
    kept = {
        row.format
        for row in ReportDocument.objects.filter(run__fingerprint=fingerprint)
        if row.file.is_file() and hashlib.sha256(row.file.read_bytes()).hexdigest() == row.sha256
    }
    return [format_ for format_ in formats if format_.value not in kept]


def _keep(folder: str, name: str, files: Mapping[Format, bytes]) -> None:
    """Write each file beside its place and move it there: nobody ever sees half a file."""
    if files:
        write_files(settings.OUTPUT_DIR / folder, {f"{name}.{format_.value}": data for format_, data in files.items()})


_REASONS = {
    errno.EACCES: "u hebt er geen toestemming voor",
    errno.EPERM: "u hebt er geen toestemming voor",
    errno.EROFS: "de schijf is alleen te lezen",
    errno.ENOSPC: "de schijf is vol",
    errno.ENOTDIR: "een deel van het pad is een bestand",
    errno.EEXIST: "er staat een bestand met die naam",
    errno.EISDIR: "er staat een map met de naam van een bestand",
}


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder, all or none as far as a file system can: first beside it, then moved into place.

    Raises :class:`MonitorError` with the reason when the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in files:
            if (folder / name).is_dir():  # found out later, some files would be new and others old
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), name)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".bezig-") as workplace:
            for name, data in files.items():
                (Path(workplace) / name).write_bytes(data)
            for name in files:
                (Path(workplace) / name).replace(folder / name)
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, error.strerror or error)
        raise MonitorError(f"Map ‘{folder}’ is niet te beschrijven: {reason}. Kies een andere map.") from error


def _record(
    order: ReportOrder,
    document: Document,
    fingerprint: str,
    folder: str,
    files: Mapping[Format, bytes],
    made_by: User | None,
    guard: Guard,
) -> ReportRun:
    """One transaction: the run, its documents and the audit record; the second time only what was added."""
    public = _uses_public_figures_only(order, document)
    with transaction.atomic():
        run, fresh = ReportRun.objects.get_or_create(
            fingerprint=fingerprint,
            defaults={
                "template": order.template,
                "title": document.title,
                "round": find_round(order.round),
                "as_known_on": order.as_known_on,
                "known_as_of": document.known_as_of,
                "data_digest": document.data_digest,
                "figure_count": len(document.figures),
                "is_public": public,
                "made_by": made_by,
            },
        )
        if run.is_public != public:  # an embargo ended, or began, since the files were made
            run.is_public = public
            run.save(update_fields=["is_public"])
        _record_contents(run, document, folder, files)
        if fresh or files:
            record_act(
                actor=made_by,
                act="rapport gemaakt",
                subject=f"{order.template} {order.round}",
                counts={"cijfers": len(document.figures), "documenten": len(files)},
                rows_digest=document.data_digest,
            )
        guard()
    return run


def _record_contents(run: ReportRun, document: Document, folder: str, files: Mapping[Format, bytes]) -> None:
    """The files, and which revisions they print; the latter is written once."""
    if not run.figures.exists():
        ReportFigure.objects.bulk_create(
            [ReportFigure(run=run, observation_id=pk) for pk in document.observation_ids], batch_size=500
        )
    for format_, data in files.items():
        ReportDocument.objects.update_or_create(
            run=run,
            format=format_.value,
            defaults={
                "path": f"{folder}/{run.template}.{format_.value}",
                "size": len(data),
                "sha256": hashlib.sha256(data).hexdigest(),
            },
        )


def _uses_public_figures_only(order: ReportOrder, document: Document) -> bool:
    """Whether the public would get the very same report."""
    try:
        return load_document(order, Audience.PUBLIC) == document
    except MonitorError:
        return False


def copy_documents(run: ReportRun, formats: Sequence[Format], folder: Path) -> list[Path]:
    """Copy the kept files of a run to a folder of the user's; returns their places."""
    documents = run.documents.filter(format__in=[format_.value for format_ in formats])
    files = {document.filename: document.file.read_bytes() for document in documents}
    write_files(folder, files)
    return [folder / name for name in files]
