"""How figures and norms are put into words on a page."""

from decimal import Decimal

from django import template

from indicators.core.enumerations import MoneyBasis
from indicators.core.figures import Target
from monitor.base.core.dates import format_date
from monitor.base.core.numbers import format_quantity

register = template.Library()


def _decimals(value: Decimal) -> int:
    """The decimals that say something: 90.0000 has none, 5.9000 has one."""
    exponent = value.normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


_UNIT_WORDS = {"": "zonder meeteenheid", "euro": "in euro’s"}


@register.filter
def unit_words(unit: str) -> str:
    """What the numbers of a table are in: “aantallen”, “in procenten”, “in miljoen euro”."""
    if unit == "aantal":
        return "aantallen"
    if unit == "procent":
        return "in procenten"
    return _UNIT_WORDS.get(unit, f"in {unit}")


@register.filter
def money_basis_words(basis: str) -> str:
    """“exclusief loon- en prijsbijstelling”."""
    return MoneyBasis(basis).label


@register.filter
def target_value(target: Target, unit: str) -> str:
    """“ten minste 90%”; empty when the norm has no value."""
    if target.value is None:
        return ""
    low = format_quantity(target.value, unit, _decimals(target.value))
    if target.value_high is not None:
        return f"{low} tot {format_quantity(target.value_high, unit, _decimals(target.value_high))}"
    return f"{target.comparator.label} {low}"


@register.filter
def validity(target: Target) -> str:
    """“vanaf 1 januari 2019 tot en met 31 december 2022”; empty when nothing is known."""
    parts = []
    if target.valid_from:
        parts.append(f"vanaf {format_date(target.valid_from)}")
    if target.valid_to:
        parts.append(f"tot en met {format_date(target.valid_to)}")
    return " ".join(parts)
