"""The codes that exist: what words from outside are held against. One statement each."""

from collections import defaultdict
from collections.abc import Mapping

from indicators.models import Area, Category, Indicator, Theme


def indicator_codes() -> list[str]:
    """The codes of all indicators that have a current wording."""
    rows = Indicator.objects.filter(versions__valid_to__isnull=True).order_by("code")
    return list(rows.values_list("code", flat=True))


def area_codes() -> list[str]:
    return list(Area.objects.order_by("order", "code").values_list("code", flat=True))


def theme_codes() -> list[str]:
    return list(Theme.objects.order_by("programme", "order", "code").values_list("code", flat=True))


def category_codes() -> Mapping[str, list[str]]:
    """The categories of every breakdown that has any."""
    codes: dict[str, list[str]] = defaultdict(list)
    rows = Category.objects.order_by("breakdown__code", "order", "code")
    for breakdown, code in rows.values_list("breakdown__code", "code"):
        codes[breakdown].append(code)
    return codes
