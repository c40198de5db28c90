"""How a table of open data maps to our series: a profile, kept as data, versioned, and exported as JSON.

What is not in the profile is not guessed: a dimension, a missing value or a key that it does not name stops the row, or
the whole table, with a sentence.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from indicators.core.enumerations import LabelledEnum, Marker, Status, Variant
from indicators.core.opendata.answers import OpenDataProblem
from indicators.core.opendata.tables import TABLE_NAME, Service
from indicators.core.periods import UnknownPeriod, parse_period

FORMAT = 1
LEFT_OUT = "weglaten"  # a missing value or key for which no row is made


class Role(LabelledEnum):
    """What a dimension of the table is to us."""

    PLACE = "gebied"
    PERIOD = "periode"
    BREAKDOWN = "uitsplitsing"
    FIXED = "vast"


class Others(StrEnum):
    """What to do with the keys of a dimension that the profile does not name."""

    REFUSE = "weigeren"
    LEAVE_OUT = "weglaten"


class PeriodAs(StrEnum):
    """What a period of the table means: itself, or a count on its first or last day."""

    ITSELF = "periode"
    FIRST_DAY = "eerste-dag"
    LAST_DAY = "laatste-dag"


class WrongProfile(OpenDataProblem):
    """A profile that cannot be used; the sentence says which part of it."""


@dataclass(frozen=True)
class DimensionRule:
    """What the keys of one dimension mean.

    ``codes`` maps keys to our codes (areas, categories); ``kinds`` keeps only keys with these letters (GM, NL; JJ, MM);
    ``totals`` are the keys that mean no category; ``fixed`` is the only key that is asked for; ``since`` the first.
    """

    role: Role
    breakdown: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    kinds: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()
    fixed: str = ""
    since: str = ""
    others: Others = Others.REFUSE
    period_as: PeriodAs = PeriodAs.ITSELF


@dataclass(frozen=True)
class MeasureRule:
    """Which indicator a measure is. ``unit`` is how the table names its unit: another one stops the import."""

    indicator: str
    variant: Variant = Variant.REALISED
    factor: Decimal = Decimal(1)
    decimals: int | None = None
    unit: str = ""
    group: str = ""
    categories: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class OpenDataProfile:
    """How one table is read. Measures are named by key, or in v3 by key without the number behind it."""

    code: str
    title: str
    service: Service
    host: str
    table: str
    dimensions: Mapping[str, DimensionRule]
    measures: Mapping[str, MeasureRule]
    missing: Mapping[str, str] = field(default_factory=dict)
    default_status: Status | None = None
    period: str = ""  # of a table without a dimension of time: the period all of it is about
    untyped: bool = False  # v3: read texts, in which “.” and an empty cell are told apart

    def meaning_of_missing(self, missing: str) -> Marker | None:
        """Why there is no value; None: no row is made. Raises LookupError when the profile does not say."""
        word = self.missing[missing] if missing in self.missing else _KNOWN_MISSING[missing]
        return None if word == LEFT_OUT else Marker(word)


# What the service itself says these attributes mean (v4); all else must stand in the profile.
_KNOWN_MISSING = {
    "Impossible": Marker.IMPOSSIBLE.value,
    "Confidential": Marker.WITHHELD.value,
    "NotAvailable": Marker.UNKNOWN.value,
}


def read_profile(content: Any) -> OpenDataProfile:
    """A profile from its JSON. Raises :class:`WrongProfile` at the first thing that is wrong or unknown."""
    part = _Part(content, "het profiel")
    if part.number("formaat") != FORMAT:
        raise WrongProfile(f"Het profiel heeft een ander formaat dan {FORMAT}. Maak het opnieuw met deze versie.")
    profile = OpenDataProfile(
        code=part.matching("code", r"[a-z0-9][a-z0-9-]{1,60}"),
        title=part.text("titel"),
        service=Service(part.choice("dienst", list(Service))),
        host=part.matching("host", r"[a-z0-9.-]+(:\d+)?"),
        table=part.matching("tabel", TABLE_NAME.pattern),
        dimensions={name: _dimension(one) for name, one in part.parts("dimensies").items()},
        measures={name: _measure(one) for name, one in part.parts("maten").items()},
        missing={
            key: _one_of(word, [*Marker.codes(), LEFT_OUT], f"‘ontbrekend.{key}’")
            for key, word in part.texts("ontbrekend").items()
        },
        default_status=Status(word) if (word := part.choice("status", ["", *Status.codes()], "")) else None,
        period=part.text("periode", ""),
        untyped=part.yes("als_tekst"),
    )
    part.require_all_known()
    _require_sense(profile)
    return profile


def _dimension(part: "_Part") -> DimensionRule:
    rule = DimensionRule(
        role=Role(part.choice("rol", Role.codes())),
        breakdown=part.text("uitsplitsing", ""),
        codes=part.texts("codes"),
        kinds=part.words("soorten"),
        totals=part.words("totalen"),
        fixed=part.text("sleutel", ""),
        since=part.text("vanaf", ""),
        others=Others(part.choice("andere", list(Others), Others.REFUSE)),
        period_as=PeriodAs(part.choice("als", list(PeriodAs), PeriodAs.ITSELF)),
    )
    part.require_all_known()
    if rule.role is Role.BREAKDOWN and not rule.breakdown:
        raise WrongProfile(f"In {part.where} mist ‘uitsplitsing’: de code van de uitsplitsing.")
    if (rule.role is Role.FIXED) != bool(rule.fixed):
        raise WrongProfile(f"In {part.where} hoort ‘sleutel’ bij de rol ‘vast’, en alleen daarbij.")
    return rule


def _measure(part: "_Part") -> MeasureRule:
    rule = MeasureRule(
        indicator=part.text("indicator"),
        variant=Variant(part.choice("variant", Variant.codes(), Variant.REALISED)),
        factor=part.exact("factor", "1"),
        decimals=part.number("decimalen") if "decimalen" in part.content else None,
        unit=part.text("eenheid", ""),
        group=part.text("groep", ""),
        categories=tuple(sorted(part.texts("categorieen").items())),
    )
    part.require_all_known()
    if rule.factor <= 0:
        raise WrongProfile(f"In {part.where} is ‘factor’ {rule.factor}; die moet groter zijn dan 0.")
    if rule.decimals is not None and not 0 <= rule.decimals <= 4:
        raise WrongProfile(f"In {part.where} is ‘decimalen’ {rule.decimals}; mogelijk is 0 tot en met 4.")
    return rule


def _require_sense(profile: OpenDataProfile) -> None:
    roles = [rule.role for rule in profile.dimensions.values()]
    if roles.count(Role.PERIOD) + bool(profile.period) != 1:
        raise WrongProfile("Het profiel heeft niet één dimensie met de rol ‘periode’, of één ‘periode’ voor alles.")
    if profile.period:
        try:
            parse_period(profile.period)
        except UnknownPeriod as error:
            raise WrongProfile(f"In het profiel is ‘periode’ niet te lezen. {error}") from error
    if roles.count(Role.PLACE) > 1:
        raise WrongProfile("Het profiel heeft meer dan één dimensie met de rol ‘gebied’.")
    if not profile.measures:
        raise WrongProfile("Het profiel noemt geen maten, en zou dus niets lezen.")
    breakdowns = [rule.breakdown for rule in profile.dimensions.values() if rule.role is Role.BREAKDOWN]
    for rule in profile.measures.values():
        used = [*breakdowns, *(name for name, _ in rule.categories)]
        if len(set(used)) < len(used):
            raise WrongProfile(f"Bij indicator ‘{rule.indicator}’ komt een uitsplitsing twee keer voor.")
    if profile.untyped and profile.service is Service.V4:
        raise WrongProfile("‘als_tekst’ bestaat alleen bij dienst v3.")


def write_profile(profile: OpenDataProfile) -> dict[str, Any]:
    """The JSON of a profile; reading it gives the same profile."""
    return {
        "formaat": FORMAT,
        "code": profile.code,
        "titel": profile.title,
        "dienst": profile.service.value,
        "host": profile.host,
        "tabel": profile.table,
        "dimensies": {name: _written_dimension(rule) for name, rule in sorted(profile.dimensions.items())},
        "maten": {name: _written_measure(rule) for name, rule in sorted(profile.measures.items())},
        "ontbrekend": dict(sorted(profile.missing.items())),
        "status": profile.default_status.value if profile.default_status else "",
        "periode": profile.period,
        "als_tekst": "ja" if profile.untyped else "nee",
    }


def _written_dimension(rule: DimensionRule) -> dict[str, Any]:
    written = {
        "rol": rule.role.value,
        "uitsplitsing": rule.breakdown,
        "codes": dict(sorted(rule.codes.items())),
        "soorten": list(rule.kinds),
        "totalen": list(rule.totals),
        "sleutel": rule.fixed,
        "vanaf": rule.since,
        "andere": rule.others.value,
        "als": rule.period_as.value,
    }
    return {name: value for name, value in written.items() if value or name in ("rol", "andere")}


def _written_measure(rule: MeasureRule) -> dict[str, Any]:
    written: dict[str, Any] = {
        "indicator": rule.indicator,
        "variant": rule.variant.value,
        "factor": str(rule.factor),
        "eenheid": rule.unit,
        "groep": rule.group,
        "categorieen": dict(rule.categories),
    }
    if rule.decimals is not None:
        written["decimalen"] = rule.decimals
    return {name: value for name, value in written.items() if value != "" and value != {}}


@dataclass
class _Part:
    """A JSON object of the profile, read field by field; what nobody asked for is unknown."""

    content: Any
    where: str
    read: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        if not isinstance(self.content, dict):
            raise WrongProfile(f"{self.where.capitalize()} is geen verzameling velden.")

    def _value(self, name: str, default: Any = None) -> Any:
        self.read.add(name)
        if name in self.content:
            return self.content[name]
        if default is None:
            raise WrongProfile(f"In {self.where} ontbreekt ‘{name}’.")
        return default

    def text(self, name: str, default: str | None = None) -> str:
        value = self._value(name, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise WrongProfile(f"In {self.where} is ‘{name}’ geen tekst.")
        return value.strip()

    def matching(self, name: str, pattern: str) -> str:
        value = self.text(name)
        if not re.fullmatch(pattern.strip("^$"), value):
            raise WrongProfile(f"In {self.where} is ‘{name}’ niet goed geschreven: {value[:60]}.")
        return value

    def number(self, name: str) -> int:
        value = self._value(name)
        if not isinstance(value, int) or isinstance(value, bool):
            raise WrongProfile(f"In {self.where} is ‘{name}’ geen heel getal.")
        return value

    def exact(self, name: str, default: str) -> Decimal:
        try:
            number = Decimal(str(self._value(name, default)))
        except InvalidOperation:
            raise WrongProfile(f"In {self.where} is ‘{name}’ geen getal.") from None
        if not number.is_finite():
            raise WrongProfile(f"In {self.where} is ‘{name}’ geen getal.")
        return number

    def choice(self, name: str, known: list[str] | list[Any], default: str | None = None) -> str:
        return _one_of(self.text(name, default), [str(word) for word in known], f"‘{name}’ in {self.where}")

    def yes(self, name: str) -> bool:
        return self.choice(name, ["ja", "nee"], "nee") == "ja"

    def texts(self, name: str) -> dict[str, str]:
        value = self._value(name, {})
        if not isinstance(value, dict) or not all(isinstance(word, str) for word in value.values()):
            raise WrongProfile(f"In {self.where} is ‘{name}’ geen lijst van sleutels met een tekst.")
        return dict(value)

    def words(self, name: str) -> tuple[str, ...]:
        value = self._value(name, [])
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            raise WrongProfile(f"In {self.where} is ‘{name}’ geen lijst van teksten.")
        return tuple(value)

    def parts(self, name: str) -> dict[str, "_Part"]:
        value = self._value(name)
        if not isinstance(value, dict):
            raise WrongProfile(f"In {self.where} is ‘{name}’ geen verzameling.")
        return {key: _Part(one, f"‘{name}.{key}’") for key, one in value.items()}

    def require_all_known(self) -> None:
        if unknown := sorted(set(self.content) - self.read):
            raise WrongProfile(f"In {self.where} staat een onbekend veld: ‘{unknown[0]}’.")


def _one_of(word: str, known: list[str], where: str) -> str:
    if word not in known:
        raise WrongProfile(f"{where} is ‘{word}’; mogelijk zijn {', '.join(one or '(leeg)' for one in known)}.")
    return word
