"""Searching without regard to capitals, accents and order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.core.search import fold, relevance, search_terms


@pytest.mark.parametrize(
    ("text", "folded"), [("Categorieën", "categorieen"), ("ÉÉN", "een"), ("Ĳmuiden", "ijmuiden"), ("", "")]
)
def test_accents_capitals_and_ligatures_disappear(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


def test_a_hyphen_parts_words_and_a_word_counts_once():
    assert search_terms("gtpa-incidenten  GTPA") == ("gtpa", "incidenten")


def test_every_term_must_occur_somewhere():
    texts = (("Ziekteverzuim bij de politie", 4), ("deel van de werktijd", 1))
    assert relevance(search_terms("politie werktijd"), texts) > 0
    assert relevance(search_terms("politie brandweer"), texts) == 0


def test_the_start_of_a_word_in_a_weightier_text_counts_for_more():
    assert relevance(("verzuim",), (("verzuim", 4),)) > relevance(("verzuim",), (("ziekteverzuim", 4),))
    assert relevance(("verzuim",), (("ziekteverzuim", 4),)) > relevance(("verzuim",), (("verzuim", 1),))
