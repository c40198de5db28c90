"""Profiles as JSON: to keep, to give to somebody else, and to take in again. What comes in is checked to the letter."""

import json
import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from indicators.core.enumerations import AreaKind, Status, Variant
from indicators.core.long_columns import LongColumn
from indicators.core.pasting import Notation
from indicators.core.profiles import LabelRule, Layout, Profile
from indicators.core.sheet_outcome import SeriesChoice
from indicators.core.sheet_values import Scale, SignMeaning
from indicators.core.wide_tables import LabelKey
from monitor.base.core.errors import MonitorError

FORMAT = "importprofiel/1"
_LARGEST = 1_000_000  # characters
_MOST_LABELS = 5_000
_LONGEST = 500
_CODE = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
Value = TypeVar("Value")


class BadProfile(MonitorError):
    """A profile that cannot be read; the sentence says which part is wrong."""


def write_profile(profile: Profile) -> str:
    """The profile as JSON, the same profile always the same text."""
    return json.dumps(profile_content(profile), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def profile_content(profile: Profile) -> dict[str, Any]:
    """The profile as plain values, for a JSON column."""
    return {
        "formaat": FORMAT,
        "code": profile.code,
        "naam": profile.name,
        "leverancier": profile.supplier,
        "versie": profile.version,
        "indeling": profile.layout.value,
        "blad": profile.sheet,
        "tabel": profile.table,
        "opschriftrijen": list(profile.header_rows),
        "labelkolom": profile.label_column,
        "eerste_kolom": profile.first_column,
        "opschriften": list(profile.headings),
        "labels": [_label_content(rule) for rule in profile.labels],
        "tekens": {sign: meaning.value for sign, meaning in profile.signs.items()},
        "notatie": profile.notation.value if profile.notation else None,
        "schaal": profile.scale.value if profile.scale else None,
        "afronden": profile.rounds,
        "factor": _text_or_none(profile.factor),
        "dag_in_het_jaar": list(profile.day_of_year) if profile.day_of_year else None,
        "status": profile.status.value,
        "verwijzingstekens": {mark: status.value for mark, status in profile.marks.items()},
        "gebieden": dict(profile.areas),
        "soort_gebied": profile.area_kind,
        "kolommen_genegeerd": list(profile.ignored_columns),
        "factoren": {unit: str(factor) for unit, factor in profile.unit_factors.items()},
        "kolomnamen": {name: column.value for name, column in profile.column_names.items()},
        "indicatornamen": dict(profile.indicator_names),
    }


def _label_content(rule: LabelRule) -> dict[str, Any]:
    key: dict[str, Any] = {"label": rule.key.label, "kopje": rule.key.section, "kolom": rule.key.column}
    if rule.series is None:
        return {**key, "genegeerd": True}
    series = {
        "indicator": rule.series.indicator,
        "gebied": rule.series.area,
        "variant": rule.series.variant,
        "categorieen": [list(pair) for pair in rule.series.categories],
    }
    return {**key, "reeks": series, "factor": _text_or_none(rule.factor)}


def _text_or_none(number: Decimal | None) -> str | None:
    return None if number is None else str(number)


def read_profile(text: str) -> Profile:
    """A profile from JSON. Raises :class:`BadProfile` with the part that is wrong; nothing is filled in or guessed."""
    if len(text) > _LARGEST:
        raise BadProfile("Dit profiel is te groot. Bied het bestand aan dat de monitor heeft gemaakt.")
    try:
        content = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise BadProfile("Dit is geen profiel: het is geen geldige JSON. Haal het profiel opnieuw op.") from error
    return profile_from(content)


def profile_from(content: Any) -> Profile:
    """A profile from plain values."""
    if not isinstance(content, dict) or content.get("formaat") != FORMAT:
        raise BadProfile(f"Dit is geen profiel van deze monitor: ‘formaat’ moet ‘{FORMAT}’ zijn.")
    known = set(profile_content(Profile("x", "x")))
    if strange := sorted(set(content) - known):
        raise BadProfile(f"Het profiel heeft een onbekend onderdeel: ‘{str(strange[0])[:60]}’. Haal dat weg.")
    part = _Part(content)
    return Profile(
        code=part.text("code", _CODE),
        name=part.text("naam", required=True),
        supplier=part.text("leverancier"),
        version=part.whole("versie", 1, 100_000),
        layout=part.choice("indeling", Layout),
        sheet=part.text("blad"),
        table=part.whole("tabel", 1, 1000),
        header_rows=tuple(part.items("opschriftrijen", lambda one: _whole(one, "opschriftrijen"))),
        label_column=part.text("labelkolom"),
        first_column=part.text("eerste_kolom"),
        headings=tuple(part.items("opschriften", lambda one: _text(one, "opschriften"))),
        labels=tuple(part.items("labels", _label)),
        signs=part.pairs("tekens", lambda one: _choice(one, "tekens", SignMeaning)),
        notation=part.choice_or_none("notatie", Notation),
        scale=part.choice_or_none("schaal", Scale),
        rounds=part.boolean("afronden"),
        factor=_factor(part.get("factor", None), "factor"),
        day_of_year=_day(part.get("dag_in_het_jaar", None)),
        status=part.choice("status", Status),
        marks=part.pairs("verwijzingstekens", lambda one: _choice(one, "verwijzingstekens", Status)),
        areas=part.pairs("gebieden", lambda one: _text(one, "gebieden")),
        area_kind=_area_kind(part.text("soort_gebied")),
        ignored_columns=tuple(part.items("kolommen_genegeerd", lambda one: _text(one, "kolommen_genegeerd"))),
        unit_factors=part.pairs("factoren", lambda one: _factor_needed(one, "factoren")),
        column_names=part.pairs("kolomnamen", lambda one: _choice(one, "kolomnamen", LongColumn)),
        indicator_names=part.pairs("indicatornamen", lambda one: _text(one, "indicatornamen")),
    )


class _Part:
    """The parts of a JSON object, each taken out as what it must be."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self._content = content

    def get(self, name: str, otherwise: Any) -> Any:
        return self._content.get(name, otherwise)

    def text(self, name: str, form: re.Pattern[str] | None = None, *, required: bool = False) -> str:
        found = _text(self._content.get(name, ""), name)
        if (required and not found.strip()) or (form and not form.match(found)):
            raise _wrong(name)
        return found

    def whole(self, name: str, least: int, most: int) -> int:
        found = _whole(self._content.get(name, least), name)
        if not least <= found <= most:
            raise _wrong(name)
        return found

    def boolean(self, name: str) -> bool:
        found = self._content.get(name, False)
        if not isinstance(found, bool):
            raise _wrong(name)
        return found

    def choice(self, name: str, vocabulary: type[Value]) -> Value:
        return _choice(self._content.get(name), name, vocabulary)

    def choice_or_none(self, name: str, vocabulary: type[Value]) -> Value | None:
        found = self._content.get(name)
        return None if found is None else _choice(found, name, vocabulary)

    def items(self, name: str, read: Callable[[Any], Value]) -> list[Value]:
        found = self._content.get(name, [])
        if not isinstance(found, list) or len(found) > _MOST_LABELS:
            raise _wrong(name)
        return [read(one) for one in found]

    def pairs(self, name: str, read: Callable[[Any], Value]) -> dict[str, Value]:
        found = self._content.get(name, {})
        if not isinstance(found, dict) or len(found) > _MOST_LABELS:
            raise _wrong(name)
        return {_text(key, name): read(value) for key, value in found.items()}


def _label(content: Any) -> LabelRule:
    if not isinstance(content, dict):
        raise _wrong("labels")
    part = _Part(content)
    key = LabelKey(part.text("label"), part.text("kopje"), part.text("kolom"))
    series = content.get("reeks")
    if (series is None) != part.boolean("genegeerd"):
        raise BadProfile(f"Bij label ‘{key.words[:80]}’ staat geen reeks en ook niet dat het wordt genegeerd.")
    if series is None:
        return LabelRule(key)
    if not isinstance(series, dict):
        raise _wrong("labels")
    inner = _Part(series)
    choice = SeriesChoice(
        indicator=inner.text("indicator", required=True),
        area=inner.text("gebied"),
        variant=inner.choice("variant", Variant).value,
        categories=tuple(sorted(inner.items("categorieen", _pair))),
    )
    return LabelRule(key, choice, _factor(content.get("factor"), "labels"))


def _pair(content: Any) -> tuple[str, str]:
    if not isinstance(content, list) or len(content) != 2:
        raise _wrong("categorieen")
    return _text(content[0], "categorieen"), _text(content[1], "categorieen")


def _text(value: Any, name: str) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST or "\0" in value:
        raise _wrong(name)
    return value


def _whole(value: Any, name: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise _wrong(name)
    return value


def _choice(value: Any, name: str, vocabulary: type[Value]) -> Value:
    try:
        return vocabulary(value)  # type: ignore[call-arg]
    except ValueError as error:
        raise _wrong(name) from error


def _factor(value: Any, name: str) -> Decimal | None:
    return None if value is None else _factor_needed(value, name)


def _factor_needed(value: Any, name: str) -> Decimal:
    """A factor is written as text, so that no digit is lost; it is above zero and of a sane size."""
    try:
        number = Decimal(_text(value, name))
    except InvalidOperation as error:
        raise _wrong(name) from error
    if not number.is_finite() or not Decimal("1e-9") <= number <= Decimal("1e12"):
        raise _wrong(name)
    return number


def _day(value: Any) -> tuple[int, int] | None:
    if value is None:
        return None
    if not isinstance(value, list) or len(value) != 2:
        raise _wrong("dag_in_het_jaar")
    month, day = (_whole(one, "dag_in_het_jaar") for one in value)
    if not (1 <= month <= 12 and 1 <= day <= (28 if month == 2 else 30 if month in (4, 6, 9, 11) else 31)):
        raise _wrong("dag_in_het_jaar")
    return month, day


def _area_kind(text: str) -> str:
    if text and text not in AreaKind.codes():
        raise _wrong("soort_gebied")
    return text


def _wrong(name: str) -> BadProfile:
    return BadProfile(f"Onderdeel ‘{name}’ van het profiel klopt niet. Herstel het, of haal het profiel opnieuw op.")
