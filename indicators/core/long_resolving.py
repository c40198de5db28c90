"""What the words in a row of a long sheet stand for; each text is worked out once, however many rows repeat it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from indicators.core.enumerations import Status, Variant
from indicators.core.period_words import PeriodWords, read_period_words
from indicators.core.sheet_names import COUNTRY, Catalogue, KnownIndicator, Named, NameIndex, is_total_word
from indicators.core.sheet_texts import folded
from monitor.base.tabular.reading_cells import CellValue, plain_text

Categories = tuple[tuple[str, str], ...]
Found = TypeVar("Found")
Held = TypeVar("Held", covariant=True)
Key = TypeVar("Key")
_SHOWN = 60

VARIANT_WORDS: Mapping[str, Variant] = {
    **{variant.value: variant for variant in Variant},
    "gerealiseerd": Variant.REALISED, "werkelijk": Variant.REALISED, "actual": Variant.REALISED,
    "uitkomst": Variant.REALISED, "realisaties": Variant.REALISED,
    "planning": Variant.PLAN, "gepland": Variant.PLAN, "planrealisatie": Variant.PLAN,
    "begroot": Variant.BUDGET, "budget": Variant.BUDGET, "begrotingen": Variant.BUDGET,
    "prognose": Variant.ESTIMATE, "geraamd": Variant.ESTIMATE, "verwachting": Variant.ESTIMATE,
    "doelstelling": Variant.GOAL, "streefwaarde": Variant.GOAL, "norm": Variant.GOAL,
}  # fmt: skip
STATUS_WORDS: Mapping[str, Status] = {
    **{status.label: status for status in Status},
    **{status.value: status for status in Status},
    "v": Status.PROVISIONAL, "voorl.": Status.PROVISIONAL, "voorlopig cijfer": Status.PROVISIONAL,
    "nv": Status.REVISED_PROVISIONAL, "nader voorl.": Status.REVISED_PROVISIONAL,
    "d": Status.FINAL, "def": Status.FINAL, "def.": Status.FINAL, "vastgesteld": Status.FINAL,
}  # fmt: skip


@dataclass(frozen=True)
class Resolved(Generic[Held]):
    """What a text stands for, or why that is not known: a code and a sentence."""

    found: Held | None = None
    code: str = ""
    message: str = ""


class Resolver:
    """The texts of one sheet against the catalogue, with a memory of what was worked out before."""

    def __init__(self, catalogue: Catalogue, own_indicators: Mapping[str, str] | None = None) -> None:
        """``own_indicators`` are a profile's names of indicators (folded) with their codes."""
        self.catalogue = catalogue
        self._own = own_indicators or {}
        self._indicators: dict[str, Resolved[KnownIndicator]] = {}
        self._areas: dict[str, Resolved[str]] = {}
        self._categories: dict[str, Resolved[Categories]] = {}
        self._periods: dict[CellValue, PeriodWords | None] = {}

    def indicator(self, text: str) -> Resolved[KnownIndicator]:
        return _remembered(self._indicators, text, self._indicator)

    def area(self, text: str) -> Resolved[str]:
        return _remembered(self._areas, text, self._area)

    def categories(self, text: str) -> Resolved[Categories]:
        return _remembered(self._categories, text, self._split)

    def period(self, value: CellValue) -> PeriodWords | None:
        return _remembered(self._periods, value, read_period_words)

    def _indicator(self, text: str) -> Resolved[KnownIndicator]:
        if not text:
            return Resolved(code="indicator", message="er staat geen indicator. Vul de naam of de code in.")
        own = self._own.get(folded(text), "")
        named = Named(own) if own in self.catalogue.indicators else self.catalogue.indicator_names.find(text)
        if named.code:
            return Resolved(self.catalogue.indicators[named.code])
        names = [f"{self.catalogue.indicators[code].name} ({code})" for code in named.candidates]
        return _unknown("indicator", "indicator", text, named, names)

    def _area(self, text: str) -> Resolved[str]:
        if not text:
            return Resolved(COUNTRY)
        named = self.catalogue.area_names.find(text)
        if named.code:
            return Resolved(named.code)
        names = [f"{self.catalogue.areas[code].name} ({code})" for code in named.candidates]
        return _unknown("gebied", "gebied", text, named, names)

    def _split(self, text: str) -> Resolved[Categories]:
        """“soort=Belediging; leeftijd=18-” as pairs of codes. A total is no category."""
        pairs: dict[str, str] = {}
        for part in filter(None, (part.strip() for part in text.replace("\n", ";").split(";"))):
            if is_total_word(part):
                continue
            name, sign, value = part.partition("=")
            one = self._pair(name, value) if sign else self._bare(part)
            if one.found is None:
                return Resolved(code=one.code, message=one.message)
            if not one.found[1]:
                continue
            if pairs.setdefault(*one.found) != one.found[1]:
                message = f"‘{_short(text)}’ noemt twee categorieën van dezelfde uitsplitsing. Laat er één staan."
                return Resolved(code="uitsplitsing", message=message)
        return Resolved(tuple(sorted(pairs.items())))

    def _pair(self, name: str, value: str) -> Resolved[tuple[str, str]]:
        named = self.catalogue.breakdown_names.find(name.strip())
        if not named.code:
            starting = [one for one in self.catalogue.category_names if one.startswith(folded(name).replace(" ", "-"))]
            within = [one for one in starting if self.catalogue.category_names[one].find(value.strip()).code]
            if len(within) != 1:
                return _unknown("uitsplitsing", "uitsplitsing", name.strip(), named, list(named.candidates))
            named = Named(within[0])
        if is_total_word(value):
            return Resolved((named.code, ""))
        index: NameIndex = self.catalogue.category_names[named.code]
        category = index.find(value.strip())
        if category.code:
            return Resolved((named.code, category.code))
        names = [f"{self.catalogue.category_name_of[named.code, one]} ({one})" for one in category.candidates]
        return _unknown("uitsplitsing", "categorie", value.strip(), category, names)

    def _bare(self, text: str) -> Resolved[tuple[str, str]]:
        """A category without its breakdown: taken when only one breakdown has it."""
        found = [
            (breakdown, named.code)
            for breakdown, index in self.catalogue.category_names.items()
            if (named := index.find(text)).code
        ]
        if len(found) == 1:
            return Resolved(found[0])
        named = Named(candidates=tuple(f"{one}={code}" for one, code in found), is_ambiguous=len(found) > 1)
        return _unknown("uitsplitsing", "categorie", text, named, list(named.candidates))


def _remembered(memory: dict[Key, Found], key: Key, work: Callable[[Key], Found]) -> Found:
    if key not in memory:
        memory[key] = work(key)
    return memory[key]


def variant_of(text: str) -> Resolved[Variant]:
    if not text:
        return Resolved(Variant.REALISED)
    found = VARIANT_WORDS.get(folded(text))
    if found:
        return Resolved(found)
    known = ", ".join(variant.label for variant in Variant)
    return Resolved(code="variant", message=f"‘{_short(text)}’ is geen variant. Kies uit {known}.")


def status_of(text: str) -> Resolved[Status]:
    found = STATUS_WORDS.get(folded(text))
    if found:
        return Resolved(found)
    known = ", ".join(status.label for status in Status)
    return Resolved(code="status", message=f"‘{_short(text)}’ is geen status. Kies uit {known}.")


def _unknown(code: str, what: str, text: str, named: Named, names: list[str]) -> Resolved[Found]:
    """Nothing of this name, or several things; with the candidates."""
    if named.is_ambiguous:
        message = f"‘{_short(text)}’ kan meer betekenen: {_either(names)}. Zet er de code neer."
        return Resolved(code=f"{code}-dubbelzinnig", message=message)
    hint = f" Bedoelt u {_either(names)}?" if names else ""
    message = f"‘{_short(text)}’ is geen {'gebied dat' if what == 'gebied' else f'{what} die'} de monitor kent."
    return Resolved(code=f"{code}-onbekend", message=f"{message}{hint} Verbeter de naam of zet er de code neer.")


def _either(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} of {names[-1]}"


def _short(text: str) -> str:
    words = plain_text(text)
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…"
