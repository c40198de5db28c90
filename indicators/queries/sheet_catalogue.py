"""What the reader of a supplier's sheet knows: indicators, areas and categories by name, and the series of a round."""

from collections.abc import Mapping

from indicators.core.sheet_names import Catalogue, KnownArea, KnownCategory, KnownIndicator
from indicators.models import Area, Category, IndicatorVersion, Round, Series


def load_catalogue() -> Catalogue:
    """All that a sheet can be about (three statements). Retired indicators are left out."""
    versions = IndicatorVersion.objects.filter(valid_to__isnull=True, indicator__retired_on__isnull=True)
    indicators = {
        code: KnownIndicator(code, name, unit, decimals, value_kind, usual)
        for code, name, unit, decimals, value_kind, usual in versions.values_list(
            "indicator__code", "name", "unit", "decimals", "indicator__value_kind", "indicator__default_period_kind"
        )
    }
    areas = {
        code: KnownArea(code, name, kind, cbs_code)
        for code, name, kind, cbs_code in Area.objects.values_list("code", "name", "kind", "cbs_code")
    }
    rows = Category.objects.order_by("breakdown__code", "order", "code")
    categories = tuple(
        KnownCategory(*row) for row in rows.values_list("breakdown__code", "breakdown__name", "code", "name")
    )
    return Catalogue(indicators, areas, categories)


def series_choices(round_: Round, catalogue: Catalogue, supplier_id: int | None = None) -> Mapping[str, str]:
    """The series that a round asks, by key with their name; of one supplier when it is asked anything."""
    asked = Series.objects.filter(round_items__round=round_).distinct()
    own = asked.filter(round_items__supplier=supplier_id, round_items__round=round_) if supplier_id else asked
    keys = list(own.order_by("key").values_list("key", flat=True)) or list(
        asked.order_by("key").values_list("key", flat=True)
    )
    return {key: name_of_key(key, catalogue) for key in keys}


def name_of_key(key: str, catalogue: Catalogue) -> str:
    """A series as people say it, from its key."""
    indicator, area, variant, categories = split_key(key)
    return catalogue.series_name(indicator, area, variant, categories)


def split_key(key: str) -> tuple[str, str, str, tuple[tuple[str, str], ...]]:
    """The parts of a series key."""
    indicator, area, variant, parts = ([*key.split("|"), "", "", "", ""])[:4]
    pairs = tuple((name, code) for name, _, code in (part.partition("=") for part in parts.split(";") if part))
    return indicator, area, variant, pairs


def all_series(catalogue: Catalogue) -> Mapping[str, str]:
    """Every series that figures can be entered for, by key with its name, in order of name."""
    keys = Series.objects.filter(round_items__isnull=False).distinct().values_list("key", flat=True)
    return dict(sorted(((key, name_of_key(key, catalogue)) for key in keys), key=lambda pair: pair[1].casefold()))
