"""Reading one value of a supplier's sheet. What its signs mean, how its numbers are written and how many times they
must be taken stands in the settings; what they do not settle is asked, and nothing is read as zero that is not one.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from indicators.core.enumerations import LabelledEnum, Marker, Qualifier
from indicators.core.figures import DECIMAL_DIGITS, WHOLE_DIGITS, is_storable
from indicators.core.pasting import DASHES, EntryKind, Expected, Notation, decimals_of, read_entry
from indicators.core.sheet_names import KnownIndicator
from indicators.core.sheet_texts import folded, plain, split_marks
from indicators.core.sheet_units import is_same_unit
from monitor.base.core.numbers import format_number, read_number, round_half_up
from monitor.base.tabular.reading_cells import BROKEN_FORMULA, ReadCell

EMPTY_SIGN, DASH = "leeg", "-"
# What stands for “no number” in the sheets of suppliers. What such a sign means differs per supplier.
SIGNS = (DASH, ".", "..", "...", "x", "*", "/", "?", "n.b.", "nb", "n.v.t.", "nvt", "onb", "onb.", "-/-", ":")
_LONGEST_SHOWN = 60
_QUALIFIERS = (
    (re.compile(r"^(?:circa|ca\.?|ongeveer|rond de|rond|±|\+/-|~)\s*"), Qualifier.CIRCA),
    (re.compile(r"^ruim\s+"), Qualifier.AMPLY),
    (re.compile(r"^bijna\s+"), Qualifier.NEARLY),
    (re.compile(r"^(?:meer dan|>)\s*"), Qualifier.MORE_THAN),
    (re.compile(r"^(?:minder dan|<)\s*"), Qualifier.LESS_THAN),
)
_WITH_UNIT = re.compile(r"^([€+\-−–]?\s*[\d.,\s]*\d)\s*([^\d\s.,%].*)$")
_SHORT_AMOUNTS = {"mln": "miljoen", "mld": "miljard", "dzd": "duizend"}
_RANGE = re.compile(r"^(.*\d)\s+(?:tot|à|a)\s+(\D*\d.*)$")


class SignMeaning(LabelledEnum):
    """What a sign without a number may mean, as a profile keeps it. There is no “zero”: a zero is written as 0."""

    NIHIL = "nihil"
    UNKNOWN = "onbekend"
    WITHHELD = "geheim"
    IMPOSSIBLE = "kan-logisch-niet-voorkomen"
    NOT_DELIVERED = "niet-geleverd"
    SKIPPED = "overslaan"

    @property
    def label(self) -> str:
        return "overslaan (geen cijfer)" if self is SignMeaning.SKIPPED else super().label

    @property
    def marker(self) -> Marker | None:
        return None if self is SignMeaning.SKIPPED else Marker(self.value)


class Scale(LabelledEnum):
    """How the shares of a sheet are written: 83.7 or 0.837."""

    PERCENTAGE = "procenten"
    FRACTION = "fracties"


class ValueKind(LabelledEnum):
    NUMBER = "getal"
    MARKER = "reden"
    SKIPPED = "overgeslagen"
    ASKED = "vraag"
    REFUSED = "geweigerd"


@dataclass(frozen=True)
class ValueSettings:
    """What a profile settles about the values of a sheet or column."""

    signs: Mapping[str, SignMeaning] = field(default_factory=dict)
    told: Notation | None = None  # the answer of a person: it settles what can be read in two ways
    notation: Notation | None = None  # what the rest of the column shows
    scale: Scale | None = None
    factor: Decimal = Decimal(1)
    rounds: bool = False  # more decimals than the indicator has are rounded, and that is said
    marks: tuple[str, ...] = ()  # the marks of footnotes that are there: “12 35” is no number with a mark otherwise


@dataclass(frozen=True)
class ReadAnswer:
    """One way to read what is asked: what the profile will keep, and how it looks."""

    answer: str
    label: str


@dataclass(frozen=True)
class ValueReading:
    """A value as read. ``code`` says what is asked or refused; ``subject`` which sign or sort of number it is about."""

    kind: ValueKind
    text: str
    value: Decimal | None = None
    value_high: Decimal | None = None
    marker: Marker | None = None
    qualifier: Qualifier | None = None
    marks: tuple[str, ...] = ()
    is_rounded: bool = False
    code: str = ""
    subject: str = ""
    message: str = ""
    answers: tuple[ReadAnswer, ...] = ()


def sign_of(text: str) -> str:
    """The sign that a text is, all sorts of dashes being one; empty when it is none."""
    stripped = folded(text).strip("€ ")
    if stripped in DASHES or stripped == "--":
        return DASH
    return stripped if stripped in SIGNS else ""


def read_value(cell: ReadCell, known: KnownIndicator, settings: ValueSettings) -> ValueReading:
    """Read a cell as a value of this indicator."""
    shown = _shown(cell)
    if cell.is_empty:
        return _sign(EMPTY_SIGN, shown, settings)
    if cell.value == BROKEN_FORMULA:
        return _refused(shown, "formule", "de formule in deze cel geeft een fout. Zet er het getal neer.")
    if isinstance(cell.value, Decimal):
        return _number(cell, cell.value, known, settings)
    if not isinstance(cell.value, str):
        return _refused(shown, "geen-getal", f"‘{shown}’ is een datum, een tijd of een vinkje. Zet er het getal neer.")
    return _text(cell.value, shown, known, settings)


def _number(cell: ReadCell, number: Decimal, known: KnownIndicator, settings: ValueSettings) -> ValueReading:
    """A number that the sheet holds as a number: only its scale can be in doubt."""
    shown = _shown(cell)
    if cell.shows_percentage:
        if "procent" not in known.unit:
            return _not_the_unit(shown, "een percentage", known)
        return _stored(number * 100, shown, known, settings)
    if settings.scale is None and is_doubtful_share(number, known):
        return doubtful_share(number, shown, known)
    if settings.scale is Scale.FRACTION and "procent" in known.unit:
        number *= 100
    return _stored(number * settings.factor, shown, known, settings)


def is_doubtful_share(number: Decimal, known: KnownIndicator) -> bool:
    """Whether a number in per cent could be a fraction: at most one, with more decimals than the indicator has."""
    return "procent" in known.unit and 0 < abs(number) <= 1 and decimals_of(number) > known.decimals


def doubtful_share(number: Decimal, shown: str, known: KnownIndicator) -> ValueReading:
    """The question whether a share is written as a fraction."""
    places = max(decimals_of(number), known.decimals)
    return ValueReading(
        ValueKind.ASKED,
        shown,
        code="schaal",
        subject=known.code,
        message=f"‘{shown}’ kan een fractie zijn of een percentage.",
        answers=(
            ReadAnswer(Scale.FRACTION, f"Een fractie: {format_number(number * 100, max(places - 2, 0))}%"),
            ReadAnswer(Scale.PERCENTAGE, f"Een percentage: {format_number(number, places)}%"),
        ),
    )


def _text(raw: str, shown: str, known: KnownIndicator, settings: ValueSettings) -> ValueReading:
    """A text: a sign, a reason in words, or a number with or without words around it."""
    text = plain(raw)
    if sign := sign_of(text):
        return _sign(sign, shown, settings)
    if meaning := settings.signs.get(folded(text)):
        return _meaning(meaning, shown)
    marked = split_marks(text, settings.marks)
    words, qualifier = _qualified(marked.text)
    reading = _words(words, shown, known, settings)
    return replace(reading, qualifier=qualifier if reading.value is not None else None, marks=marked.marks)


def without_qualifier(text: str) -> str:
    """A text without the word before a number: “circa 84” is 84."""
    return _qualified(text)[0]


def _qualified(text: str) -> tuple[str, Qualifier | None]:
    lowered = text.lower()
    for pattern, qualifier in _QUALIFIERS:
        if match := pattern.match(lowered):
            return text[match.end() :], qualifier
    return text, None


def _words(text: str, shown: str, known: KnownIndicator, settings: ValueSettings) -> ValueReading:
    if (match := _RANGE.match(text)) and read_number(match[2].split()[0]).values:
        low, high = (_words(part, shown, known, settings) for part in match.groups())
        if low.value is not None and high.value is not None and low.value <= high.value:
            return replace(low, value_high=high.value)
        return next((one for one in (low, high) if one.value is None), _not_a_number(shown))
    if (match := _WITH_UNIT.match(text)) and not read_number(text).values:
        money = f"€ {match[2]}" if "€" in match[1] else match[2]
        if not (is_same_unit(match[2], known.unit) or is_same_unit(money, known.unit) or _names(match[2], known.unit)):
            return _not_the_unit(shown, f"in ‘{plain(match[2])[:_LONGEST_SHOWN]}’", known)
        text = match[1]
    notation = settings.told or settings.notation
    entry = read_entry(text, Expected(known.unit, known.decimals, known.value_kind), notation)
    if entry.kind is EntryKind.MARKER and entry.marker is not None:
        return ValueReading(ValueKind.MARKER, shown, marker=entry.marker)
    if entry.kind is EntryKind.ASKED and settings.told is not None:
        told = entry.choices[list(Notation).index(settings.told)].value
        entry = replace(entry, kind=EntryKind.NUMBER, value=told)
    if entry.kind is EntryKind.ASKED:
        return ValueReading(
            ValueKind.ASKED,
            shown,
            code="decimaalteken",
            message=f"‘{shown}’ kan op twee manieren worden gelezen.",
            answers=tuple(ReadAnswer(way, one.label) for way, one in zip(Notation, entry.choices, strict=True)),
        )
    if entry.value is None:
        if text.endswith("%") and "procent" not in known.unit:
            return _not_the_unit(shown, "een percentage", known)
        values = read_number(text).values
        return _stored(values[0], shown, known, settings) if values else _not_a_number(shown)
    if "%" not in text:
        if settings.scale is None and is_doubtful_share(entry.value, known):
            return doubtful_share(entry.value, shown, known)
        scale = 100 if settings.scale is Scale.FRACTION and "procent" in known.unit else 1
        return _stored(entry.value * scale * settings.factor, shown, known, settings)
    return _stored(entry.value, shown, known, settings)


def _names(words: str, unit: str) -> bool:
    """“371,8 miljoen” where the meeteenheid is miljoen euro."""
    amount = folded(words).rstrip(".")
    return " euro" in unit and _SHORT_AMOUNTS.get(amount, amount) == unit.split()[0]


def _stored(number: Decimal, shown: str, known: KnownIndicator, settings: ValueSettings) -> ValueReading:
    """A number as the database keeps it; what it would round is refused, unless the profile says to round."""
    value = number.normalize() if number else Decimal(0)
    if decimals_of(value) == 0:
        value = value.quantize(Decimal(1)) if value.adjusted() < 28 else value
    if settings.rounds and decimals_of(value) > known.decimals:
        rounded = round_half_up(value, known.decimals)
        return ValueReading(ValueKind.NUMBER, shown, value=rounded, is_rounded=True)
    if not is_storable(value):
        message = (
            f"‘{shown}’ is niet exact te bewaren: ten hoogste {WHOLE_DIGITS} cijfers en {DECIMAL_DIGITS} decimalen. "
            "Vraag een afgerond getal, of leg in het profiel vast dat er wordt afgerond."
        )
        return _refused(shown, "te-precies", message)
    return ValueReading(ValueKind.NUMBER, shown, value=value)


def _sign(sign: str, shown: str, settings: ValueSettings) -> ValueReading:
    """A sign means what the profile says. An empty cell is no figure, unless the profile says otherwise."""
    meaning = settings.signs.get(sign)
    if meaning is None and sign == EMPTY_SIGN:
        meaning = SignMeaning.SKIPPED
    if meaning is not None:
        return _meaning(meaning, shown)
    return ValueReading(
        ValueKind.ASKED,
        shown,
        code="teken",
        subject=sign,
        message=f"Het teken ‘{shown}’ kan van alles betekenen.",
        answers=tuple(ReadAnswer(meaning.value, meaning.label.capitalize()) for meaning in SignMeaning),
    )


def _meaning(meaning: SignMeaning, shown: str) -> ValueReading:
    if meaning.marker is None:
        return ValueReading(ValueKind.SKIPPED, shown)
    return ValueReading(ValueKind.MARKER, shown, marker=meaning.marker)


def _not_the_unit(shown: str, what: str, known: KnownIndicator) -> ValueReading:
    unit = known.unit or "een getal zonder meeteenheid"
    message = f"‘{shown}’ is {what}, maar dit cijfer is in {unit}. Vraag de leverancier om de goede meeteenheid."
    return _refused(shown, "meeteenheid", message)


def _not_a_number(shown: str) -> ValueReading:
    return _refused(shown, "geen-getal", f"‘{shown}’ is geen getal. Schrijf bijvoorbeeld 12.543 of 83,7.")


def _refused(shown: str, code: str, message: str) -> ValueReading:
    return ValueReading(ValueKind.REFUSED, shown, code=code, message=message)


def _shown(cell: ReadCell) -> str:
    """The text of a cell as a person sees it, short enough for a sentence."""
    text = plain(cell.text)
    if isinstance(cell.value, Decimal):
        number = cell.value * 100 if cell.shows_percentage else cell.value
        text = f"{number.normalize():f}{'%' if cell.shows_percentage else ''}".replace(".", ",")
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"
