"""Dutch dates and the Amsterdam day."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip


def format_date(day: date) -> str:
    """2025-11-02 → “2 november 2025”."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def format_month(year: int, month: int) -> str:
    return f"{MONTHS[month - 1]} {year}"


def end_of_day(day: date) -> datetime:
    """The last moment of a day in Amsterdam: what “known on that date” means (DESIGN section 4)."""
    return datetime.combine(day, time.max, tzinfo=AMSTERDAM)


def start_of_day(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=AMSTERDAM)
