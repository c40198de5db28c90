"""The API over all the published figures: as many statements for much as for little, and every figure once."""

import pytest

from indicators.models import Observation
from tests.loaded import figures, loaded_figures

__all__ = ["figures", "loaded_figures"]

pytestmark = pytest.mark.usefixtures("figures")

# Themes, matches, and six about the indicators of the page.
INDICATORS = 8
# Six about the indicator, its programme, the extent of its series, and three about the series.
ONE_INDICATOR = 11
# Count, page, the wording of the indicators, and five about the figures.
OBSERVATIONS = 8
# One for each kind of code that is held against what exists.
CODE_CHECKS = 3
# Who asks: the session and the person.
SIGNED_IN = 2


def results(client, address, **query):
    answer = client.get(address, query)
    assert answer.status_code == 200, answer.content
    return answer.json()["resultaten"]


@pytest.mark.parametrize(
    "query", [{"paginaGrootte": 1}, {"paginaGrootte": 200}, {"programma": "politie", "zoek": "geweld"}]
)
def test_the_list_of_indicators_costs_the_same_for_any_size(client, query, django_assert_num_queries):
    with django_assert_num_queries(INDICATORS):
        assert results(client, "/api/v1/indicatoren", **query)


@pytest.mark.parametrize("code", ["gtpa-incidenten", "aspiranten-bezetting"])
def test_one_indicator_costs_the_same_for_any_number_of_series(client, code, django_assert_num_queries):
    with django_assert_num_queries(ONE_INDICATOR):
        assert client.get(f"/api/v1/indicatoren/{code}").json()["reeksen"]


@pytest.mark.parametrize("size", [1, 50, 200])
def test_figures_cost_the_same_for_any_size(client, size, django_user_model, django_assert_num_queries):
    with django_assert_num_queries(OBSERVATIONS):
        assert len(results(client, "/api/v1/waarnemingen", paginaGrootte=size)) == size
    client.force_login(django_user_model.objects.create_user("mira"))
    with django_assert_num_queries(OBSERVATIONS + SIGNED_IN):
        assert len(results(client, "/api/v1/waarnemingen", paginaGrootte=size)) == size


def test_every_filter_together_costs_only_the_checking_of_codes(client, django_assert_num_queries):
    query = {
        "indicator": ["gtpa-incidenten", "aspiranten-bezetting"],
        "gebied": "nederland",
        "uitsplitsing": ["soort-geweld=belediging", "soort-geweld=wederspannigheid"],
        "periodeVan": "2020",
        "status": "definitief",
        "bekendOp": "2026-01-01",
    }
    with django_assert_num_queries(OBSERVATIONS + CODE_CHECKS):
        assert results(client, "/api/v1/waarnemingen", **query)


def test_pages_together_are_all_figures_once(client):
    total = Observation.objects.count()
    keys = []
    for page in range(1, -(-total // 200) + 1):
        found = results(client, "/api/v1/waarnemingen", pagina=page, paginaGrootte=200)
        keys += [(one["reeks"], one["periode"]["code"]) for one in found]
    assert len(keys) == len(set(keys)) == total
