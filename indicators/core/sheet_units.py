"""Meeteenheden as suppliers write them, and how many times a figure must be taken to become one of ours."""

import re
from decimal import Decimal

from indicators.core.sheet_texts import folded

# Spellings of the meeteenheden of the catalogue. One place: a new spelling is a line here.
UNIT_SYNONYMS = {
    "procent": ("%", "percentage", "pct", "perc.", "perc", "in %", "in procenten", "percentages"),
    "aantal": ("aantallen", "#", "stuks", "abs", "abs.", "absoluut", "n", "in aantallen", "aantal (abs.)"),
    "fte": ("fte's", "ftes", "in fte", "voltijdbanen", "fulltime-equivalent"),
    "euro": ("eur", "€", "in euro", "euro's", "in €"),
    "duizend euro": (
        "x € 1.000", "€ x 1.000", "x 1.000 euro", "keur", "k€", "€ 1.000", "in duizenden euro's", "x € 1000",
        "€ x 1000", "dzd euro",
    ),
    "miljoen euro": (
        "mln euro", "€ mln", "mln. euro", "mln €", "€ mln.", "meur", "m€", "x € 1 miljoen", "in miljoenen euro's",
        "x € 1 mln", "€ miljoen", "mln eur",
    ),
    "miljard euro": ("mld euro", "€ mld", "mld. euro", "mld €", "€ miljard"),
    "keer": ("maal",),
    "kilo": ("kg", "kilogram", "kilo's"),
    "jaar": ("jaren",),
    "rapportcijfer": ("cijfer", "cijfer (1-10)", "rapportcijfers"),
}  # fmt: skip
_UNITS = {folded(name): unit for unit, names in UNIT_SYNONYMS.items() for name in (unit, *names)}
_HINTS = (
    (re.compile(r"(?:^|[\s(\[])(?:x|×)\s*(?:€|euro|eur)?\s*1[. ]?000\b(?![.,]\d)|\bin duizend(?:en|tallen)\b"), 1000),
    (re.compile(r"(?:^|[\s(\[])(?:x|×)\s*(?:€|euro|eur)?\s*1 ?(?:mln\b|miljoen\b|[. ]?000[. ]?000\b)"), 1_000_000),
    (re.compile(r"\bin (?:miljoenen|mln\b\.?)|(?:€|euro)\s*(?:mln\b|miljoen\b)|\bmln\.? ?(?:€|euro)"), 1_000_000),
)
_MONEY = {"euro": 1, "duizend euro": 1000, "miljoen euro": 1_000_000, "miljard euro": 1_000_000_000}


def unit_of(text: str) -> str:
    """The meeteenheid that a text names, as the catalogue writes it; empty when it names none that is known."""
    return _UNITS.get(folded(text).strip("()[] "), "")


def is_same_unit(text: str, unit: str) -> bool:
    return folded(text) == folded(unit) or (unit_of(text) or "?") == unit


def multiple_in(text: str) -> Decimal | None:
    """How many times a title or heading says its figures must be taken (“× 1.000”); None when it says nothing."""
    words = folded(text).replace("×", "x")
    found = {factor for pattern, factor in _HINTS if pattern.search(words)}
    return Decimal(max(found)) if found else None


def multiple_of(unit: str) -> Decimal:
    """How many euro one of this meeteenheid is; one for anything else."""
    return Decimal(_MONEY.get(unit, 1))
