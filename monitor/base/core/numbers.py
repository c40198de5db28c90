"""Dutch numbers: reading what an officer types and writing what a reader expects."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_DUTCH = re.compile(r"^[+\-−–]?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?$")
_ENGLISH = re.compile(r"^[+\-−–]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?$")
_SPACED = re.compile(r"^[+\-−–]?\d{1,3}([ \u00a0\u202f]\d{3})+([,.]\d+)?$")


@dataclass(frozen=True)
class NumberReading:
    """What a text may mean: no values (not a number), one, or two when Dutch and English reading differ."""

    values: tuple[Decimal, ...]

    @property
    def is_ambiguous(self) -> bool:
        return len(self.values) > 1


def read_number(text: str) -> NumberReading:
    """Read a number in Dutch or English notation; “1.234” has two readings and is never settled here.

    A percent sign, a euro sign and white space around the digits are allowed.
    """
    stripped = text.strip().strip("€%").strip()
    if _SPACED.match(stripped):
        return NumberReading((Decimal(_plain(re.sub(r"\s", "", stripped).replace(",", "."))),))
    readings = []
    if _DUTCH.match(stripped):
        readings.append(Decimal(_plain(stripped.replace(".", "").replace(",", "."))))
    if _ENGLISH.match(stripped):
        readings.append(Decimal(_plain(stripped.replace(",", ""))))
    return NumberReading(tuple(dict.fromkeys(readings)))


LONGEST_ROW_NUMBER = 18  # digits; more than that no database counts


def read_row_number(text: str) -> int | None:
    """The number of a row as an address or form names it; None for what no row can have."""
    if text.isascii() and text.isdecimal() and len(text) <= LONGEST_ROW_NUMBER:
        return int(text)
    return None


def _plain(text: str) -> str:
    return text.replace("−", "-").replace("–", "-").lstrip("+")


def round_half_up(value: Decimal, decimals: int) -> Decimal:
    """Round the way Dutch papers do: half away from zero."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def format_number(value: Decimal | int, decimals: int = 0, *, sign: bool = False) -> str:
    """Write a number the Dutch way: 12543 → “12.543”, 83.7 → “83,7”. ``sign`` adds a plus to positive numbers.

    A minus is the true minus sign (U+2212); a value that rounds to zero has no sign.
    """
    rounded = round_half_up(Decimal(value), decimals)
    digits = f"{abs(rounded):,.{decimals}f}".replace(",", " ").replace(".", ",").replace(" ", ".")
    if rounded == 0:
        return digits
    if rounded < 0:
        return f"−{digits}"
    return f"+{digits}" if sign else digits


def typed_number(value: Decimal | None, decimals: int = 0) -> str:
    """A number as a person types it, without thousands separators; empty when there is none."""
    return "" if value is None else format_number(value, decimals).replace(".", "")


_CURRENCY = {
    "euro": "",
    "duizend euro": " duizend",
    "miljoen euro": " miljoen",
    "miljard euro": " miljard",
}


def format_quantity(value: Decimal | int, unit: str, decimals: int = 0) -> str:
    """A number with its unit: “83,7%”, “€ 371,8 miljoen”, “46.777 fte”; counts (“aantal”) stand alone."""
    if unit == "duizend euro" and decimals == 0:  # tables say “× € 1.000”; a sentence says the amount
        value, unit = value * 1000, "euro"
    number = format_number(value, decimals)
    if unit == "procent":
        return f"{number}%"
    if unit in _CURRENCY:
        return f"€\u00a0{number}{_CURRENCY[unit]}"
    if unit in {"aantal", "rapportcijfer", ""}:
        return number
    return f"{number}\u00a0{unit}"
