"""What every answer of the API has, also the ones nobody meant to give."""

import json
from unittest.mock import patch

import pytest
from django.conf import settings
from django.urls import get_resolver

PROBLEM = "application/problem+json"


@pytest.fixture
def calm(client):
    """A client that shows the answer to an accident rather than the accident."""
    client.raise_request_exception = False
    return client


def problem_of(answer):
    assert answer.headers["Content-Type"] == PROBLEM
    body = json.loads(answer.content)
    assert {"title", "status", "detail"} <= body.keys()
    assert body["status"] == answer.status_code
    return body


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("get", "/api/v1/indicatoren", 200),
        ("head", "/api/v1/waarnemingen", 200),
        ("options", "/api/v1/waarnemingen", 204),
        ("get", "/api/v1/openapi.json", 200),
        ("get", "/api/v1/rapportages", 200),
        ("get", "/api/v1/indicatoren?x=1", 400),
        ("get", "/api/v1/indicatoren/bestaat-niet", 404),
        ("get", "/api/v1/bestaat-niet", 404),
        ("get", "/api/v2/indicatoren", 404),
        ("post", "/api/v1/indicatoren", 405),
        ("post", "/api/v1/indicatoren?x=1", 405),
        ("delete", "/api/v1/indicatoren/x", 405),
    ],
)
def test_every_answer_has_the_version_and_the_safety_headers(client, db, method, address, status):
    answer = getattr(client, method)(address)
    assert answer.status_code == status
    assert answer.headers["API-Version"] == settings.API_VERSION
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    if status >= 400:
        problem_of(answer)


def test_other_pages_are_left_alone(client, db):
    answer = client.get("/bestaat-niet")
    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "API-Version" not in answer.headers


def test_no_address_ends_in_a_slash(client, db):
    addresses = [str(pattern.pattern) for _, pattern in _patterns(get_resolver()) if _.startswith("api/")]
    assert len(addresses) >= 6
    assert not [address for address in addresses if address.endswith("/")]
    assert problem_of(client.get("/api/v1/indicatoren/"))["status"] == 404


def _patterns(resolver, prefix=""):
    for pattern in resolver.url_patterns:
        here = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from _patterns(pattern, here)
        else:
            yield here, pattern


def test_an_accident_tells_nothing_about_the_inside(calm, db):
    with patch("indicators.api.views.search_catalogue", side_effect=RuntimeError("geheim pad /etc")):
        answer = calm.get("/api/v1/indicatoren")
    assert answer.status_code == 500
    assert problem_of(answer)["title"] == "Interne fout"
    assert b"geheim" not in answer.content
    assert answer.headers["API-Version"] == settings.API_VERSION


def test_a_host_that_is_not_ours_gets_a_problem(client, db):
    answer = client.get("/api/v1/indicatoren", headers={"host": "elders.example.org"})
    assert answer.status_code == 400
    assert problem_of(answer)["title"] == "Ongeldige aanvraag"


def test_an_unknown_parameter_is_named_with_what_is_possible(client, db):
    body = problem_of(client.get("/api/v1/indicatoren?zoeken=x&format=xml"))
    assert "‘zoeken’ bestaat niet. Mogelijk zijn pagina, paginaGrootte, zoek, thema, programma." in body["detail"]
    assert [error["location"]["name"] for error in body["errors"]] == ["zoeken", "format"]
    assert {error["code"] for error in body["errors"]} == {"unknown"}


def test_an_address_without_parameters_says_so(client, db):
    body = problem_of(client.get("/api/v1/rapportages/kerncijfers-politie?pagina=1"))
    assert body["detail"] == "De parameter ‘pagina’ bestaat niet. Dit adres heeft geen parameters."


def test_everything_that_is_wrong_is_said_at_once(client, db):
    body = problem_of(client.get("/api/v1/indicatoren?pagina=0&paginaGrootte=201&programma=justitie&zoek=a&zoek=b"))
    said = {error["location"]["name"]: error["detail"] for error in body["errors"]}
    assert "ten minste 1" in said["pagina"]
    assert "ten hoogste 200" in said["paginaGrootte"]
    assert "Mogelijk zijn politie, ondermijning" in said["programma"]
    assert "staat er 2 keer" in said["zoek"]
    assert all(detail in body["detail"] for detail in said.values())


@pytest.mark.parametrize("number", ["", "1.0", "1_0", "١", "-1", "+1", "9" * 30, "een"])
def test_a_page_number_is_plain_digits(client, db, number):
    answer = client.get("/api/v1/indicatoren", {"pagina": number})
    assert problem_of(answer)["errors"][0]["location"] == {"name": "pagina"}


def test_another_format_is_refused(client, db):
    answer = client.get("/api/v1/indicatoren", headers={"accept": "text/html"})
    assert answer.status_code == 406
    assert "application/json" in problem_of(answer)["detail"]


def test_the_methods_can_be_asked_for(client, db):
    answer = client.options("/api/v1/indicatoren")
    assert answer.headers["Allow"] == answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


def test_the_description_names_the_server_that_was_asked(client, db):
    description = client.get("/api/v1/openapi.json").json()
    assert description["servers"] == [{"url": "http://testserver/api/v1"}]
    assert description["info"]["version"] == settings.API_VERSION
    assert set(description["info"]["contact"]) == {"name", "email", "url"}
    assert set(description["paths"]) == {
        "/indicatoren",
        "/indicatoren/{code}",
        "/waarnemingen",
        "/rapportages",
        "/rapportages/{code}",
    }


def test_the_description_names_the_server_of_the_settings(client, db, settings):
    settings.PUBLIC_URL = "https://cijfers.example.org"
    description = client.get("/api/v1/openapi.json").json()
    assert description["servers"] == [{"url": "https://cijfers.example.org/api/v1"}]


def test_the_description_says_that_signing_in_shows_more(client, db):
    description = client.get("/api/v1/openapi.json").json()
    assert "is aangemeld" in description["info"]["description"]
    assert description["paths"]["/waarnemingen"]["get"]["security"] == [{"cookieAuth": []}, {}]


def test_the_description_costs_no_statement(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/api/v1/openapi.json", headers={"accept": "application/vnd.oai.openapi+json"}).json()
