"""The API does what its description says, whatever is asked of it."""

from datetime import date
from functools import cache

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import positive_data_acceptance

from indicators.core.enumerations import Status, Variant
from indicators.models import Period
from indicators.queries.codes import area_codes, category_codes, indicator_codes
from tests.loaded import figures, loaded_figures

__all__ = ["figures", "loaded_figures"]


@cache
def plain_handler():
    """Made when a test first asks: at collection the middleware would still send plain HTTP on to HTTPS."""
    return WSGIHandler()


def application(environ, start_response):
    return plain_handler()(environ, start_response)


described = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler(), base_url="https://localhost")
described.app = application


@pytest.fixture(autouse=True)
def _requests_leave_the_connection_open():
    """A request that begins or ends closes a connection within a transaction, and the test is one."""
    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    yield
    for signal in ends:
        signal.connect(close_old_connections)


# Reading leaves the figures as they are, so all examples of a test may share them.
bounded = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@described.parametrize()
@bounded
def test_every_answer_is_as_described(case, figures):
    # A word of the right shape may still name nothing, and is refused; the test below asks in words that exist.
    case.call_and_validate(excluded_checks=[positive_data_acceptance])


def some(values):
    return st.lists(st.sampled_from(list(values)), max_size=3, unique=True)


@given(data=st.data())
@bounded
def test_every_question_in_existing_words_is_answered(data, figures):
    breakdowns = category_codes()
    categories = [f"{name}={code}" for name, codes in breakdowns.items() for code in codes]
    periods = list(Period.objects.values_list("code", flat=True))
    words = {
        "indicator": some(indicator_codes()),
        "gebied": some(area_codes()),
        "variant": some(Variant.codes()),
        "status": some(Status.codes()),
        "uitsplitsing": st.just(["geen"]) | some([*breakdowns, *categories]),
        "periode": some(periods),
        "periodeVan": st.sampled_from(["2019", "2020-H2", "2021-05-01"]),
        "periodeTot": st.sampled_from(["2022", "2024-Q3", "2025-11-02"]),
        "bekendOp": st.dates(date(2000, 1, 1), date(2026, 1, 1)).map(date.isoformat),
        "pagina": st.just(1),
        "paginaGrootte": st.integers(1, 200),
    }
    query = data.draw(st.fixed_dictionaries({}, optional=words))
    answer = described["/waarnemingen"]["GET"].Case(query=query).call_and_validate()
    assert answer.status_code == 200
