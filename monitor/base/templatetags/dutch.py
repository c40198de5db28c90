"""Dutch numbers, dates and sizes in templates."""

from datetime import date, datetime
from decimal import Decimal

from django import template

from monitor.base.core.dates import AMSTERDAM, format_date
from monitor.base.core.numbers import format_number

register = template.Library()


@register.filter
def number(value: Decimal | int | None, decimals: int = 0) -> str:
    """12543 → “12.543”; nothing for None."""
    return "" if value is None else format_number(value, decimals)


@register.filter
def day(value: date | None) -> str:
    """2025-11-02 → “2 november 2025”; a moment is shown as its day in Amsterdam."""
    if value is None:
        return ""
    return format_date(value.astimezone(AMSTERDAM).date() if isinstance(value, datetime) else value)


@register.filter
def moment(value: datetime | None) -> str:
    """“2 november 2025, 14.05 uur” in Amsterdam time."""
    if value is None:
        return ""
    local = value.astimezone(AMSTERDAM)
    return f"{format_date(local.date())}, {local:%H.%M} uur"


@register.filter
def file_size(size: int | None) -> str:
    """3500 → “4 kB”, 2500000 → “2,4 MB”; a file is never 0 kB."""
    if size is None:
        return ""
    if size < 1_000_000:
        return f"{format_number(max(1, round(size / 1024)))} kB"
    return f"{format_number(Decimal(size) / (1024 * 1024), 1)} MB"


@register.filter
def counted(amount: int, words: str) -> str:
    """``{{ 1|counted:"cijfer,cijfers" }}`` → “1 cijfer”."""
    one, many = words.split(",")
    return f"{format_number(amount)} {one if amount == 1 else many}"
