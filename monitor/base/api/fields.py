"""Fields of answers and of query parameters, with camelCase names outside and our own names inside."""

import difflib
import re
from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from typing import Any

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

_DIGITS = re.compile(r"[0-9]{1,9}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# So many codes fit in a sentence; of a longer list the nearest are named.
_CODES_IN_A_SENTENCE = 40


def camel_case(name: str) -> str:
    """``periode_van`` → ``periodeVan``; ``in_`` → ``in`` (a word that Python keeps for itself); ``_links`` stays."""
    first, *others = name.rstrip("_").split("_")
    return f"_{others[0]}" if not first and len(others) == 1 else first + "".join(word.capitalize() for word in others)


class CamelCase(serializers.Serializer[Any]):
    """Fields are written with underscores and read and shown in camelCase (NL API Design Rules)."""

    def get_fields(self) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        for name, field in super().get_fields().items():
            shown = camel_case(name)
            if field.source is None and shown != name:
                field.source = name
            fields[shown] = field
        return fields


# --- answers ----------------------------------------------------------------------------------------------------------


@extend_schema_field(OpenApiTypes.NUMBER)
class NumberField(serializers.Field[Decimal, Any, Any, Any]):
    """A decimal as a JSON number. Values have at most 15 digits, and so many survive every JSON reader unchanged."""

    def to_representation(self, value: Decimal) -> int | float:
        return int(value) if value == value.to_integral_value() else float(value)


class OptionalText(serializers.CharField):
    """A text that may be absent: null rather than empty."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_null=True, **options)

    def to_representation(self, value: Any) -> Any:
        return str(value) if value else None


class OptionalChoice(serializers.ChoiceField):
    """A word from a list that may be absent: null rather than empty."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_null=True, **options)

    def to_representation(self, value: Any) -> Any:
        return str(value) if value else None


class Reference(CamelCase):
    """Iets met een code en een naam."""

    code = serializers.CharField()
    naam = serializers.CharField(source="name")

    class Meta:
        ref_name = "Verwijzing"


# --- query parameters -------------------------------------------------------------------------------------------------


class WholeNumberField(serializers.IntegerField):
    """A whole number in plain digits."""

    default_error_messages = {
        "invalid": "Dit is geen geheel getal.",
        "min_value": "Het getal moet ten minste {min_value} zijn.",
        "max_value": "Het getal mag ten hoogste {max_value} zijn.",
    }

    def to_internal_value(self, data: Any) -> int:
        if not _DIGITS.fullmatch(str(data)):
            self.fail("invalid")
        return super().to_internal_value(data)


class PastDayField(serializers.DateField):
    """A day up to and including today (in Amsterdam)."""

    default_error_messages = {
        "form": "‘{value}’ is geen datum. Schrijf jaar-maand-dag, bijvoorbeeld 2025-12-31.",
        "future": "{value} ligt in de toekomst. Kies vandaag of een eerdere dag.",
    }

    def to_internal_value(self, value: Any) -> Any:
        try:
            day = super().to_internal_value(value) if _DAY.fullmatch(value) else None
        except serializers.ValidationError:
            day = None
        if day is None:
            self.fail("form", value=value)
        if day > timezone.localdate():
            self.fail("future", value=value)
        return day


class WordField(serializers.ChoiceField):
    """A word from a fixed list; the message names the list."""

    def __init__(self, choices: Any, **options: Any) -> None:
        super().__init__(choices, **options)
        words = ", ".join(str(word) for word in self.choices)
        self.error_messages["invalid_choice"] = f"‘{{input}}’ kan hier niet. Mogelijk zijn {words}."


def unknown_code(noun: str, code: str, known: Collection[str], where: str) -> str:
    """“Gebied ‘x’ bestaat niet. Mogelijk zijn …”; of a long list the nearest codes and where the rest stands."""
    if len(known) <= _CODES_IN_A_SENTENCE:
        hint = f"Mogelijk zijn {', '.join(known)}." if known else ""
    else:
        near = difflib.get_close_matches(code, known, 3, 0.6)
        hint = f"Bedoelt u {' of '.join(near)}? " if near else ""
        hint += f"Alle codes staan op {where}."
    return f"{noun} ‘{code}’ bestaat niet. {hint}".strip()


class KnownCode(serializers.CharField):
    """A code that must exist; ``load`` reads the existing ones (one statement)."""

    def __init__(self, *, noun: str, load: Callable[[], Collection[str]], where: str, **options: Any) -> None:
        super().__init__(**options)
        self.noun, self.load, self.where = noun, load, where

    def to_internal_value(self, data: Any) -> str:
        known = self.load()
        if data not in known:
            raise serializers.ValidationError(unknown_code(self.noun, str(data), known, self.where), "unknown")
        return str(data)


class KnownCodes(serializers.ListField):
    """Several codes that must exist; ``load`` reads the existing ones (one statement, however many are given)."""

    child = serializers.CharField()

    def __init__(self, *, noun: str, load: Callable[[], Collection[str]], where: str, **options: Any) -> None:
        super().__init__(**options)
        self.noun, self.load, self.where = noun, load, where

    def to_internal_value(self, data: Any) -> list[str]:
        known = self.load()
        wrong = [unknown_code(self.noun, code, known, self.where) for code in data if code not in known]
        if wrong:
            raise serializers.ValidationError(wrong, "unknown")
        return list(dict.fromkeys(data))


def flat_errors(detail: Any) -> list[tuple[str, str]]:
    """The (code, sentence) pairs in what a field complains about, however deep."""
    if isinstance(detail, Mapping):
        return [pair for part in detail.values() for pair in flat_errors(part)]
    if isinstance(detail, list):
        return [pair for part in detail for pair in flat_errors(part)]
    return [(str(detail.code), str(detail))]
