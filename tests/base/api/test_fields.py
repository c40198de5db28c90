"""Names and numbers as they leave the house."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rest_framework import serializers

from monitor.base.api.fields import CamelCase, NumberField, OptionalText, camel_case, unknown_code
from monitor.base.core.paging import Page, PageRequest


@pytest.mark.parametrize(
    ("inside", "outside"),
    [("periode_van", "periodeVan"), ("code", "code"), ("in_", "in"), ("_links", "_links"), ("a_b_c", "aBC")],
)
def test_names_become_camel_case(inside, outside):
    assert camel_case(inside) == outside


def test_a_field_keeps_its_own_source_under_its_outside_name():
    class Shape(CamelCase):
        twee_woorden = serializers.CharField()
        andere_naam = OptionalText(source="elders")

    assert Shape({"twee_woorden": "a", "elders": ""}).data == {"tweeWoorden": "a", "andereNaam": None}


@given(st.decimals(min_value=Decimal("-99999999999.9999"), max_value=Decimal("99999999999.9999"), places=4))
def test_every_value_the_database_can_hold_survives_json(value):
    written = json.dumps(NumberField().to_representation(value))
    assert Decimal(json.loads(written, parse_float=str, parse_int=str)) == value


def test_a_whole_value_is_written_without_a_point():
    assert json.dumps(NumberField().to_representation(Decimal("12265.0000"))) == "12265"


def test_of_a_long_list_the_nearest_codes_are_named():
    known = [f"code-{number}" for number in range(50)]
    said = unknown_code("Gebied", "code-7x", known, "/lijst")
    assert "code-7" in said
    assert "Alle codes staan op /lijst." in said
    assert "code-23" not in said
    assert unknown_code("Gebied", "x", ["a", "b"], "/lijst") == "Gebied ‘x’ bestaat niet. Mogelijk zijn a, b."


@given(st.integers(0, 500), st.integers(1, 60))
def test_pages_together_are_the_list(total, size):
    items = list(range(total))
    last = Page(items, total, PageRequest(1, size)).last_number
    pages = [items[PageRequest(number, size).slice] for number in range(1, last + 1)]
    assert [item for page in pages for item in page] == items
    assert Page([], total, PageRequest(last, size)).exists
    assert not Page([], total, PageRequest(last + 1, size)).exists
    assert last == 1 or pages[-1]
