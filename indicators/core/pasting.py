"""Reading what is typed in a cell, or pasted as a block from a spreadsheet; what can be read in two ways is asked."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from indicators.core.enumerations import Marker
from indicators.core.figures import is_storable
from monitor.base.core.numbers import format_number, read_number

DASHES = frozenset("-–—−‐‑")
_MARKER_WORDS = {
    **{marker.label: marker for marker in Marker},
    **{marker.value: marker for marker in Marker},
    "n.b.": Marker.UNKNOWN,
    "nb": Marker.UNKNOWN,
    "niet bekend": Marker.UNKNOWN,
    "n.v.t.": Marker.IMPOSSIBLE,
    "nvt": Marker.IMPOSSIBLE,
}


class EntryKind(StrEnum):
    """What a text turns out to be."""

    NUMBER = "getal"
    MARKER = "reden"
    EMPTY = "leeg"
    ASKED = "vraag"
    REFUSED = "geweigerd"


class Notation(StrEnum):
    DUTCH = "nederlands"
    ENGLISH = "engels"


@dataclass(frozen=True)
class Expected:
    """What a cell holds: the meeteenheid, the usual decimals and the kind of value of its indicator."""

    unit: str
    decimals: int
    value_kind: str


@dataclass(frozen=True)
class Choice:
    """One way to read a text that can be read in more ways."""

    label: str
    value: Decimal | None = None
    marker: Marker | None = None


@dataclass(frozen=True)
class EntryReading:
    """A text as read. ``choices`` are there when it is asked; ``problem`` is the Dutch sentence when it is no value."""

    text: str
    kind: EntryKind
    value: Decimal | None = None
    marker: Marker | None = None
    choices: tuple[Choice, ...] = ()
    problem: str = ""


def split_block(text: str) -> list[list[str]]:
    """The cells of a block as a spreadsheet puts it on the clipboard: tabs between cells, a line per row.

    A cell with a line end or a tab in it stands between quotes.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    if lines.count('"') % 2:
        return [line.split("\t") for line in lines.split("\n")]
    return [row or [""] for row in csv.reader(io.StringIO(lines), delimiter="\t")]


def read_entry(text: str, expected: Expected, notation: Notation | None = None) -> EntryReading:
    """Read one text. ``notation`` is how the numbers around it are written, when they agree.

    A dash is never zero: it is asked. “1.234” is settled by the usual decimals of the indicator and by the notation of
    its neighbours when they do not contradict each other, and asked otherwise.
    """
    plain = _plain(text)
    if not plain:
        return EntryReading(plain, EntryKind.EMPTY)
    if marker := _MARKER_WORDS.get(plain.lower()):
        return EntryReading(plain, EntryKind.MARKER, marker=marker)
    if plain.strip("€ ") in DASHES:
        return _asked_dash(plain)
    if plain.endswith("%") and "procent" not in expected.unit:
        unit = expected.unit or "een getal zonder meeteenheid"
        return _refused(plain, f"‘{plain}’ is een percentage, maar dit cijfer is in {unit}.")
    values = read_number(plain).values
    if not values:
        return _refused(plain, f"‘{plain}’ is geen getal. Schrijf bijvoorbeeld 12.543 of 83,7.")
    chosen = values[0] if len(values) == 1 else _settled(values, expected, notation)
    if chosen is None:
        return EntryReading(plain, EntryKind.ASKED, choices=tuple(Choice(_words(one), one) for one in values))
    if not is_storable(chosen):
        return _refused(plain, f"‘{plain}’ is niet exact te bewaren: ten hoogste 11 cijfers en 4 decimalen.")
    return EntryReading(plain, EntryKind.NUMBER, value=chosen)


def read_block(
    rows: Sequence[Sequence[str]], expected_at: Callable[[int, int], Expected | None]
) -> list[list[EntryReading]]:
    """Read every cell of a block; what is expected depends on where it lands (None: outside, read as it stands).

    The notation is taken from the cells of the same column, and when they say nothing from the whole block.
    """
    everywhere = common_notation(text for row in rows for text in row)
    width = max((len(row) for row in rows), default=0)
    columns = [common_notation(row[column] for row in rows if column < len(row)) for column in range(width)]
    unknown = Expected("", 4, "")
    return [
        [
            read_entry(text, expected_at(number, column) or unknown, columns[column] or everywhere)
            for column, text in enumerate(row)
        ]
        for number, row in enumerate(rows)
    ]


def common_notation(texts: Iterable[str]) -> Notation | None:
    """The notation that the texts show; None when none of them shows one, or when they differ."""
    found = {notation for text in texts if (notation := notation_of(text))}
    return found.pop() if len(found) == 1 else None


def notation_of(text: str) -> Notation | None:
    """The notation of a number that can be read in one way only, because of where its point or comma stands."""
    plain = _plain(text)
    values = read_number(plain).values
    marks = [mark for mark in plain if mark in ",."]
    if len(values) != 1 or not marks:
        return None
    is_decimal_mark = decimals_of(values[0]) > 0
    return Notation.DUTCH if (marks[-1] == ",") == is_decimal_mark else Notation.ENGLISH


def decimals_of(value: Decimal) -> int:
    """How many decimals a number was written with."""
    return max(0, -int(value.as_tuple().exponent))


def _plain(text: str) -> str:
    return text.replace("\u200b", "").replace("\ufeff", "").strip(" \t\n\r\u00a0\u202f")


def _settled(values: Sequence[Decimal], expected: Expected, notation: Notation | None) -> Decimal | None:
    """The reading that the decimals and the neighbours agree on; None when they do not settle it."""
    dutch, english = values
    told = {Notation.DUTCH: dutch, Notation.ENGLISH: english, None: None}[notation]
    usual = [one for one in values if decimals_of(one) <= expected.decimals]
    if len(usual) != 1:
        return told
    if told is not None and told != usual[0]:
        return None
    other = english if usual[0] == dutch else dutch
    if told is None and expected.value_kind == "aandeel" and not 0 <= usual[0] <= 100 and 0 <= other <= 100:
        return None
    return usual[0]


def _asked_dash(text: str) -> EntryReading:
    """What a dash means differs from supplier to supplier."""
    meanings = (Marker.NIHIL, Marker.UNKNOWN, Marker.NOT_DELIVERED, Marker.IMPOSSIBLE)
    return EntryReading(
        text, EntryKind.ASKED, choices=tuple(Choice(marker.label.capitalize(), marker=marker) for marker in meanings)
    )


def _words(value: Decimal) -> str:
    decimals = decimals_of(value)
    amount = "zonder decimalen" if decimals == 0 else f"met {decimals} decimalen"
    return f"{format_number(value, decimals)} ({amount})"


def _refused(text: str, problem: str) -> EntryReading:
    return EntryReading(text, EntryKind.REFUSED, problem=problem)
