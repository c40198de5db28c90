"""What the second officer reads: old against new in words."""

from decimal import Decimal

from monitor.base.core.numbers import format_number, format_quantity, round_half_up

# Units whose difference is told as it is: a percentage of a percentage misleads.
_ABSOLUTE_UNITS = {"procent", "rapportcijfer"}


def difference_text(old: Decimal | None, new: Decimal | None, unit: str, decimals: int) -> str:
    """“+1.200 (+9,8%)”, “−0,4 procentpunt”, “ongewijzigd”; empty when one of the two has no value."""
    if old is None or new is None:
        return ""
    difference = new - old
    if difference == 0:
        return "ongewijzigd"
    if unit == "procent":
        return f"{format_number(difference, decimals, sign=True)} procentpunt"
    sign = "+" if difference > 0 else "−"
    text = f"{sign}{format_quantity(abs(difference), unit, decimals)}"
    if unit in _ABSOLUTE_UNITS or old == 0:
        return text
    return f"{text} ({format_number(round_half_up(difference / abs(old) * 100, 1), 1, sign=True)}%)"
