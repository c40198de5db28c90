"""Finding what a name or code in a sheet stands for; a name of several things is refused with the candidates."""

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from indicators.core.sheet_texts import folded, plain

COUNTRY = "nederland"
_COUNTRY_WORDS = ("landelijk", "heel nederland", "nationaal", "nl", "totaal nederland", "nederland totaal", "land")
_UNIT_PREFIXES = ("politie-eenheid ", "regionale eenheid ", "eenheid ", "pe ")
_MUNICIPALITY_PREFIXES = ("gemeente ", "gem. ")
_TOTALS = frozenset({"totaal", "total", "alle", "alles", "som", "tezamen", "totalen", "eindtotaal", "subtotaal"})
_WORDS = re.compile(r"[a-z0-9]+")
_MOST_NEAR = 3
_NEAR_ENOUGH = 0.75
_MOST_SEARCHED = 200  # unknown names for which near ones are sought: a million wrong rows must not take an hour
_LONGEST_NAME = 300


@dataclass(frozen=True)
class KnownIndicator:
    """What a sheet's reader must know of an indicator."""

    code: str
    name: str
    unit: str
    decimals: int
    value_kind: str
    usual_period: str


@dataclass(frozen=True)
class KnownArea:
    code: str
    name: str
    kind: str
    cbs_code: str = ""


@dataclass(frozen=True)
class KnownCategory:
    breakdown: str
    breakdown_name: str
    code: str
    name: str


@dataclass(frozen=True)
class Named:
    """What a text stands for: one code, or none with the candidates (several things of this name, or near ones)."""

    code: str = ""
    candidates: tuple[str, ...] = ()
    is_ambiguous: bool = False


class NameIndex:
    """Folded names and codes of things, looked up in one step; built once per sheet."""

    def __init__(self, entries: Iterable[tuple[str, Iterable[str]]]) -> None:
        """``entries`` are a code and every name that it goes by; a code wins over a name."""
        self._by_name: dict[str, dict[str, None]] = {}
        self._codes: dict[str, str] = {}
        self._found: dict[str, Named] = {}
        self._searched = 0
        for code, names in entries:
            self._codes[_key(code)] = code
            for name in names:
                self._by_name.setdefault(_key(name), {})[code] = None

    def find(self, text: str) -> Named:
        """What a text stands for; texts seen before cost one look-up."""
        if text not in self._found:
            self._found[text] = self._find(_key(text))
        return self._found[text]

    def _find(self, name: str) -> Named:
        codes = tuple(self._by_name.get(name, ()))
        by_code = self._codes.get(name)
        if len(codes) > 1:
            return Named(candidates=codes, is_ambiguous=True)
        if codes or by_code:
            return Named(codes[0] if codes else by_code or "")
        self._searched += 1
        if self._searched > _MOST_SEARCHED or len(name) > _LONGEST_NAME:
            return Named()
        near = difflib.get_close_matches(name, [*self._by_name, *self._codes], n=_MOST_NEAR, cutoff=_NEAR_ENOUGH)
        found = [self._codes[one] if one in self._codes else next(iter(self._by_name[one])) for one in near]
        return Named(candidates=tuple(dict.fromkeys(found)))


@dataclass(frozen=True)
class Catalogue:
    """The indicators, areas and categories that a sheet can be about, by code."""

    indicators: Mapping[str, KnownIndicator]
    areas: Mapping[str, KnownArea]
    categories: tuple[KnownCategory, ...] = ()

    @cached_property
    def indicator_names(self) -> NameIndex:
        return NameIndex((one.code, (one.name,)) for one in self.indicators.values())

    @cached_property
    def area_names(self) -> NameIndex:
        return NameIndex((one.code, _area_names(one)) for one in self.areas.values())

    @cached_property
    def breakdown_names(self) -> NameIndex:
        names = {one.breakdown: one.breakdown_name for one in self.categories}
        return NameIndex((code, (name,)) for code, name in names.items())

    @cached_property
    def category_names(self) -> Mapping[str, NameIndex]:
        """Per breakdown."""
        groups: dict[str, list[KnownCategory]] = {}
        for one in self.categories:
            groups.setdefault(one.breakdown, []).append(one)
        return {code: NameIndex((one.code, (one.name,)) for one in rows) for code, rows in groups.items()}

    @cached_property
    def category_name_of(self) -> Mapping[tuple[str, str], str]:
        return {(one.breakdown, one.code): one.name for one in self.categories}

    def is_area(self, text: str) -> bool:
        """Whether a text names an area, be it one of several of that name."""
        found = self.area_names.find(text)
        return bool(found.code) or found.is_ambiguous

    def series_name(self, indicator: str, area: str, variant: str, categories: Iterable[tuple[str, str]]) -> str:
        """A series as people say it."""
        known = self.indicators.get(indicator)
        parts = [known.name if known else indicator]
        parts += [self.category_name_of.get(pair, pair[1]) for pair in categories]
        if area != COUNTRY:
            parts.append(self.areas[area].name if area in self.areas else area)
        if variant != "realisatie":
            parts.append(variant)
        return ", ".join(parts)


def _key(text: str) -> str:
    """Names and codes as they are compared: a hyphen is a space."""
    return plain(folded(text).replace("-", " "))


def is_total(text: str) -> bool:
    """Whether a label is that of a sum: “Totaal”, “Totaal aangiften”, “Nederland totaal”."""
    words = folded(text).split()
    return bool(words) and (words[0].rstrip(":") in _TOTALS or words[-1] in _TOTALS)


def is_total_word(text: str) -> bool:
    """Whether a text says “totaal” and nothing else."""
    return folded(text) in _TOTALS


def likeness(first: str, second: str) -> float:
    """How much two labels are alike, from 0 to 1: shared words, and shared letters for what is written otherwise."""
    a, b = folded(first), folded(second)
    if not a or not b:
        return 0.0
    words_a, words_b = set(_WORDS.findall(a)), set(_WORDS.findall(b))
    shared = len(words_a & words_b) / len(words_a | words_b) if words_a | words_b else 0.0
    held = len(words_a & words_b) / min(len(words_a), len(words_b)) if words_a and words_b else 0.0
    return max(difflib.SequenceMatcher(None, a, b).ratio(), 0.5 * shared + 0.5 * held)


def _area_names(area: KnownArea) -> Iterable[str]:
    """The names that an area goes by; a unit and a municipality may share one."""
    name = folded(area.name)
    yield name
    if area.cbs_code:
        yield area.cbs_code
    if area.code == COUNTRY:
        yield from _COUNTRY_WORDS
    if area.kind == "gemeente":
        yield from (f"{prefix}{name}" for prefix in _MUNICIPALITY_PREFIXES)
    if area.kind == "eenheid":
        bare = name.removeprefix(_UNIT_PREFIXES[0])
        yield bare
        yield from (f"{prefix}{bare}" for prefix in _UNIT_PREFIXES)
    if area.kind == "landelijke-eenheid" and (match := re.search(r"\((\w+)\)$", name)):
        yield name.removesuffix(match[0]).strip()
