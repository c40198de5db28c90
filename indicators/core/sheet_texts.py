"""Texts in a supplier's sheet: the words themselves apart from the footnote marks that hang on them."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from indicators.core.search import fold

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_RAISED_RUN = re.compile(r"\s*([⁰¹²³⁴⁵⁶⁷⁸⁹]+)\)?$")
_SYMBOLS = re.compile(r"\s*(\*{1,3}|[†‡§])\)?$")
_BRACKETED = re.compile(r"\s*[\[(](\d{1,2}|\*{1,3}|[a-z])[\])]$")
_CLOSED = re.compile(r"(?:^|(?<=[\s\w]))\s*(?<![\w(])(\d{1,2}|[a-z])\)$")
_GLUED = re.compile(r"(?<=[a-zà-ÿ)])(\d{1,2})$")
_SPACED = re.compile(r"(?<=\S)\s+(\d{1,2})$")
_NOTE = re.compile(
    r"^\s*(?:([⁰¹²³⁴⁵⁶⁷⁸⁹]+)\)?|(\*{1,3}|[†‡§])\)?|[\[(](\d{1,2}|[a-z])[\])]|(\d{1,2}|[a-z])\)|(\d{1,2})\.?(?=\s))"
    r"\s*[:.=]?\s*(\S.*)$",
    re.DOTALL,
)
_DASHES = str.maketrans("–—−‐‑‒", "------")
_QUOTES = str.maketrans("‘’“”`´", "''\"\"''")


@dataclass(frozen=True)
class MarkedText:
    """A text without its footnote marks, and the marks in order of appearance: “*”, “35”, “a”."""

    text: str
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class FootnoteText:
    """A footnote as printed under a table."""

    mark: str
    text: str


def plain(text: str) -> str:
    """One line, single spaces, without marks that nobody sees."""
    cleaned = "".join(letter for letter in text if letter.isprintable() or letter.isspace())
    return " ".join(cleaned.replace("\u200b", "").replace("\ufeff", "").replace("\u00ad", "").split())


def folded(text: str) -> str:
    """How texts are compared: capitals, accents, spacing, sorts of dashes and quotes make no difference."""
    return plain(fold(plain(text).translate(_QUOTES).translate(_DASHES)))


def split_marks(text: str, known: Collection[str] = ()) -> MarkedText:
    """Take the footnote marks off the end of a text.

    A bare number at the end (“maanden35”, what is left of a raised 35) is a mark only when a footnote with that number
    is ``known``: “prio 1” and “2024” stay what they are.
    """
    rest, marks = plain(text), []
    while found := _last_mark(rest, known):
        rest, mark = found
        marks.append(mark)
    return MarkedText(rest, tuple(reversed(marks)))


def _last_mark(text: str, known: Collection[str]) -> tuple[str, str] | None:
    """The text before its last mark, with that mark; None when there is none, or nothing would be left."""
    for pattern in (_RAISED_RUN, _SYMBOLS, _BRACKETED):
        if (match := pattern.search(text)) and match.start():
            return text[: match.start()].rstrip(" ,"), match[1].translate(_RAISED)
    closes_nothing = text.count("(") < text.count(")")
    if closes_nothing and (match := _CLOSED.search(text)) and text[: match.start()].strip():
        return text[: match.start()].rstrip(), match[1]
    for pattern in (_GLUED, _SPACED):
        if (match := pattern.search(text)) and match[1] in known:
            return text[: match.start()].rstrip(), match[1]
    return None


def read_footnote(text: str) -> FootnoteText | None:
    """A line under a table that begins with a mark; None for any other line."""
    match = _NOTE.match(plain(text))
    if match is None:
        return None
    mark = next(group for group in match.groups()[:-1] if group)
    return FootnoteText(mark.translate(_RAISED), match[match.lastindex or 0])
