"""Reports on screen: the list, the documents, and having one made."""

import hashlib
from pathlib import Path

import pytest

from indicators.models import Round
from monitor.base import tasks
from monitor.base.core.roles import Role
from monitor.base.models import Job, RoleAssignment, User
from reports.core.formats import Format
from reports.models import ReportDocument, ReportRun
from reports.views.links import link_to_run

pytestmark = pytest.mark.usefixtures("figures")


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path: Path) -> None:
    settings.OUTPUT_DIR = tmp_path


def make_run(
    *,
    public: bool = True,
    template: str = "kerncijfers-politie",
    fingerprint: str = "a",
    round_code: str = "2025-2",
    **fields,
) -> ReportRun:
    return ReportRun.objects.create(
        template=template,
        title="Kerncijfers politie",
        round=Round.objects.get(code=round_code),
        known_as_of="Bijgewerkt tot en met 10 december 2025",
        fingerprint=fingerprint,
        data_digest="d" * 64,
        figure_count=63,
        is_public=public,
        **fields,
    )


def make_document(
    run: ReportRun, folder: Path, format_: Format = Format.PDF, content: bytes = b"inhoud"
) -> ReportDocument:
    path = f"{run.template}/{run.pk}/{run.template}.{format_.value}"
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    return ReportDocument.objects.create(run=run, format=format_.value, path=path, size=len(content), sha256=digest)


def editor(client, role: Role = Role.REDACTEUR) -> User:
    user = User.objects.create_user(f"persoon-{role}")
    RoleAssignment.objects.create(user=user, role=role)
    client.force_login(user)
    return user


@pytest.fixture
def sent(monkeypatch) -> list[int]:
    """The jobs the worker was told about, without a worker."""
    told: list[int] = []
    monkeypatch.setattr(tasks, "_send", told.append)
    return told


def test_the_list_names_every_report_and_offers_its_documents(client, tmp_path):
    document = make_document(make_run(), tmp_path)
    text = client.get("/rapporten/").content.decode()
    for code in ("kerncijfers-politie", "werkvoorraad-zeden", "voortgang-ondermijning"):
        assert f'href="/rapporten/{code}/"' in text
    assert f"/rapporten/documenten/{document.pk}/kerncijfers-politie.pdf" in text
    assert "63 cijfers" in text
    assert "Er zijn nog geen documenten van gemaakt." in text


def test_a_report_made_again_for_an_earlier_round_does_not_take_the_place_of_the_present_one(client, tmp_path):
    present = make_document(make_run(), tmp_path)
    make_document(make_run(fingerprint="b", round_code="2025-1"), tmp_path, Format.CSV)
    assert f"/rapporten/documenten/{present.pk}/" in client.get("/rapporten/").content.decode()
    assert client.get("/rapporten/kerncijfers-politie/").context["detail"].newest.latest.pk == present.run_id


def test_a_document_is_handed_out_as_it_was_kept(client, tmp_path):
    document = make_document(make_run(), tmp_path, content=b"%PDF-1.7 proef")
    answer = client.get(f"/rapporten/documenten/{document.pk}/kerncijfers-politie.pdf")
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 proef"
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="kerncijfers-politie.pdf"'


def test_a_report_with_figures_that_are_not_public_is_for_those_who_signed_in(client, tmp_path):
    document = make_document(make_run(public=False), tmp_path)
    address = f"/rapporten/documenten/{document.pk}/kerncijfers-politie.pdf"
    assert client.get(address).status_code == 404
    assert str(document.pk) + "/kerncijfers" not in client.get("/rapporten/kerncijfers-politie/").content.decode()
    editor(client, Role.RAADPLEGER)
    assert client.get(address).status_code == 200


def test_a_file_that_is_gone_is_not_there(client, tmp_path):
    document = make_document(make_run(), tmp_path)
    document.file.unlink()
    assert client.get(f"/rapporten/documenten/{document.pk}/x.pdf").status_code == 404


def test_a_report_read_in_the_browser_may_run_and_load_nothing(client, tmp_path):
    run = make_run()
    page = make_document(run, tmp_path, Format.HTML, b"<html lang=nl><style>p{}</style><p>Rapport</p>")
    answer = client.get(f"/rapporten/documenten/{page.pk}/lezen/")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'none'" in policy
    assert "sandbox" in policy
    pdf = make_document(run, tmp_path, Format.PDF)
    assert client.get(f"/rapporten/documenten/{pdf.pk}/lezen/").status_code == 404


def test_an_unknown_report_is_not_there(client):
    assert client.get("/rapporten/bestaat-niet/").status_code == 404


def test_earlier_runs_stay_to_be_found(client, tmp_path):
    make_document(make_run(fingerprint="a"), tmp_path)
    make_document(make_run(fingerprint="b"), tmp_path)
    text = client.get("/rapporten/kerncijfers-politie/").content.decode()
    assert "Eerder gemaakt" in text
    assert text.count("kerncijfers-politie.pdf") == 2


def test_making_is_offered_to_a_redacteur_and_refused_to_others(client, sent):
    assert "Maak het rapport" not in client.get("/rapporten/werkvoorraad-zeden/").content.decode()
    assert client.post("/rapporten/werkvoorraad-zeden/maken/").status_code == 302
    editor(client, Role.INVOERDER)
    assert "Maak het rapport" not in client.get("/rapporten/werkvoorraad-zeden/").content.decode()
    assert client.post("/rapporten/werkvoorraad-zeden/maken/", {"formaat": "csv"}).status_code == 403
    assert not Job.objects.exists()
    editor(client)
    assert "Maak het rapport" in client.get("/rapporten/werkvoorraad-zeden/").content.decode()


def test_an_order_becomes_a_job_and_the_reader_follows_it(client, sent, django_capture_on_commit_callbacks):
    user = editor(client)
    order = {"ronde": "2025-2", "formaat": ["csv", "xlsx"], "zoals-bekend-op": ""}
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/rapporten/werkvoorraad-zeden/maken/", order)
    job = Job.objects.get()
    assert answer.url == f"/taken/{job.pk}/"
    assert job.requested_by == user
    assert job.parameters["formats"] == ["csv", "xlsx"]
    assert sent == [job.pk]
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post("/rapporten/werkvoorraad-zeden/maken/", order).url == answer.url
    assert Job.objects.count() == 1


@pytest.mark.parametrize(
    ("order", "sentence"),
    [
        ({"ronde": "2025-2"}, "Noem ten minste één formaat"),
        ({"ronde": "1999-1", "formaat": "csv"}, "Rapportageronde ‘1999-1’ bestaat niet"),
        ({"ronde": "2025-2", "formaat": "exe"}, "Formaat ‘exe’ bestaat niet"),
        ({"ronde": "2025-2", "formaat": "csv", "zoals-bekend-op": "gisteren"}, "‘gisteren’ is geen datum"),
    ],
)
def test_a_wrong_order_is_told_on_the_page_and_nothing_starts(client, sent, order, sentence):
    editor(client)
    answer = client.post("/rapporten/werkvoorraad-zeden/maken/", order)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Job.objects.exists()


def test_a_finished_job_leads_to_the_report():
    assert link_to_run({"template": "werkvoorraad-zeden"}, {"run": 1}).url == "/rapporten/werkvoorraad-zeden/"
