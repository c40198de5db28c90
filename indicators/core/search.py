"""Searching texts the way a reader expects: capitals, accents and word order make no difference."""

import unicodedata
from collections.abc import Iterable, Sequence


def fold(text: str) -> str:
    """Lower case without accents: “Categorieën” → “categorieen”.

    Twice, since a compatibility letter (𝑨) becomes a capital only when it is taken apart.
    """
    for _ in range(2):
        decomposed = unicodedata.normalize("NFKD", text.casefold())
        text = "".join(character for character in decomposed if not unicodedata.combining(character))
    return text


def search_terms(query: str) -> tuple[str, ...]:
    """The folded words of a query; hyphens part words, since codes and names do it differently."""
    return tuple(dict.fromkeys(fold(query).replace("-", " ").split()))


def relevance(terms: Sequence[str], weighted: Iterable[tuple[str, int]]) -> int:
    """How well texts answer the terms: 0 unless every term occurs in one of them.

    ``weighted`` are the texts with their weight; a term counts in its best text, and more at the start of a word.
    """
    texts = [(f" {fold(text).replace('-', ' ')}", weight) for text, weight in weighted]
    total = 0
    for term in terms:
        best = max(
            (weight * (2 if f" {term}" in text else 1) for text, weight in texts if term in text),
            default=0,
        )
        if best == 0:
            return 0
        total += best
    return total
