"""Reports through the API."""

from datetime import date

import pytest

from reports.models import ReportDocument, ReportRun
from tests import factories

CODES = ["kerncijfers-politie", "sterkteverdeling", "voortgang-ondermijning", "werkvoorraad-zeden"]


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.OUTPUT_DIR = tmp_path


@pytest.fixture
def round_(db):
    return factories.RoundFactory(code="2025-2", name="tweede halfjaarbericht 2025")


def make_run(round_, fingerprint, *, formats=("pdf",), folder=None, **fields):
    run = ReportRun.objects.create(
        **{
            "template": CODES[0],
            "title": "Kerncijfers politie",
            "round": round_,
            "known_as_of": "Bijgewerkt tot en met 10 december 2025",
            "fingerprint": fingerprint,
            "data_digest": "d" * 64,
            "figure_count": 63,
            "is_public": True,
            **fields,
        }
    )
    for format_ in formats:
        path = f"{run.pk}/{run.template}.{format_}"
        ReportDocument.objects.create(run=run, format=format_, path=path, size=6, sha256="a" * 64)
        if folder:
            (folder / str(run.pk)).mkdir(exist_ok=True)
            (folder / path).write_bytes(b"inhoud")
    return run


def test_every_report_is_listed_also_when_nothing_was_made(client, db):
    body = client.get("/api/v1/rapportages").json()
    assert sorted(one["code"] for one in body["resultaten"]) == CODES
    assert {one["nieuwste"] for one in body["resultaten"]} == {None}
    assert body["resultaten"][0]["_links"]["self"]["href"].startswith("http://testserver/api/v1/rapportages/")
    assert client.get("/api/v1/rapportages?paginaGrootte=2&pagina=2").json()["_links"]["prev"]


def test_the_newest_edition_comes_with_documents_that_can_be_fetched(client, round_, tmp_path):
    make_run(round_, "a")
    run = make_run(round_, "b", formats=("csv", "pdf", "html"), folder=tmp_path)
    body = client.get(f"/api/v1/rapportages/{CODES[0]}").json()
    newest = body["nieuwste"]
    assert newest["ronde"] == {"code": "2025-2", "naam": "tweede halfjaarbericht 2025"}
    assert (newest["aantalCijfers"], newest["bekendOp"]) == (63, None)
    assert [one["formaat"] for one in newest["documenten"]] == ["html", "pdf", "csv"]
    document = newest["documenten"][1]
    assert document["naam"] == f"{run.template}.pdf"
    assert (document["mediatype"], document["grootte"], document["sha256"]) == ("application/pdf", 6, "a" * 64)
    answer = client.get(document["_links"]["enclosure"]["href"])
    assert b"".join(answer.streaming_content) == b"inhoud"
    assert [one["documenten"][0]["formaat"] for one in body["eerdere"]] == ["pdf"]


def test_an_edition_as_known_on_a_day_is_not_the_newest(client, round_):
    make_run(round_, "a")
    make_run(round_, "b", as_known_on=date(2025, 6, 30))
    body = client.get(f"/api/v1/rapportages/{CODES[0]}").json()
    assert body["nieuwste"]["bekendOp"] is None
    assert [one["bekendOp"] for one in body["eerdere"]] == ["2025-06-30"]


def test_an_edition_with_figures_that_are_not_public_is_only_for_who_signed_in(client, round_, django_user_model):
    public = make_run(round_, "a")
    make_run(round_, "b", is_public=False, figure_count=64)
    address = f"/api/v1/rapportages/{CODES[0]}"

    def newest():
        (listed,) = (one for one in client.get("/api/v1/rapportages").json()["resultaten"] if one["code"] == CODES[0])
        assert listed["nieuwste"] == client.get(address).json()["nieuwste"]
        return listed["nieuwste"]["aantalCijfers"]

    assert newest() == public.figure_count
    assert client.get(address).json()["eerdere"] == []
    client.force_login(django_user_model.objects.create_user("mira"))
    assert newest() == 64
    assert [one["aantalCijfers"] for one in client.get(address).json()["eerdere"]] == [63]


def test_an_unknown_report_is_named_with_those_there_are(client, db):
    answer = client.get("/api/v1/rapportages/jaarverslag")
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"] == f"Rapport ‘jaarverslag’ bestaat niet. Mogelijk zijn {', '.join(CODES)}."


def test_the_number_of_statements_does_not_grow(client, round_, django_assert_num_queries):
    make_run(round_, "first")
    for extra in range(2):
        for number in range(extra * 3):
            make_run(round_, f"{extra}{number}", formats=("pdf", "docx"))
        with django_assert_num_queries(2):
            client.get("/api/v1/rapportages")
        with django_assert_num_queries(DETAIL_STATEMENTS):
            client.get(f"/api/v1/rapportages/{CODES[0]}")


# Runs and present runs, their documents, and the rounds that the page about a report offers.
DETAIL_STATEMENTS = 5
