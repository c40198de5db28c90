"""Figures as plain values, for tests of what is made from them."""

from datetime import UTC, datetime
from decimal import Decimal

from indicators.core.enumerations import Certainty, Direction, Marker, Status, Variant
from indicators.core.figures import CategoryInfo, DataSet, Figure, IndicatorInfo, SeriesInfo, series_key
from indicators.core.periods import parse_period


def category(code: str, *, breakdown: str = "soort", ancestors: tuple[str, ...] = (), order: int = 0) -> CategoryInfo:
    return CategoryInfo(breakdown, breakdown.capitalize(), code, code.capitalize(), ancestors, ancestors, order)


def series(
    *categories: CategoryInfo, area: str = "nederland", variant: Variant = Variant.REALISED, indicator: str = "proef"
) -> SeriesInfo:
    key = series_key(indicator, area, variant, [(one.breakdown, one.code) for one in categories])
    return SeriesInfo(key, indicator, area, area.capitalize(), variant, categories)


def figure(of: SeriesInfo, period: str, value: str | None, *footnotes: str, unit: str = "aantal") -> Figure:
    return Figure(
        observation_id=0,
        series=of,
        period=parse_period(period),
        revision=1,
        value=None if value is None else Decimal(value),
        value_high=None,
        marker=Marker.NIHIL if value is None else None,
        qualifier=None,
        decimals=0,
        unit=unit,
        status=Status.FINAL,
        certainty=Certainty.CERTAIN,
        money_basis="",
        change_kind="eerste",
        publication="Halfjaarbericht",
        source="Politie",
        place="regel 1",
        asserted_by="",
        known_from=datetime(2025, 12, 1, tzinfo=UTC),
        footnotes=footnotes,
    )


def info(code: str = "proef", **changes) -> IndicatorInfo:
    values = {
        "code": code, "name": "Proef", "theme_code": "thema", "theme": "Thema", "definition": "", "definition_note": "",
        "unit": "aantal", "decimals": 0, "measure": "stroom", "direction": Direction.NO_JUDGEMENT, "additive": True,
        "has_rest": False, "value_kind": "telling", "chart": "lijn", "source": "Politie",
    }  # fmt: skip
    return IndicatorInfo(**{**values, **changes})


def data_set(*figures: Figure, uncertain=None, **changes) -> DataSet:
    rows: dict[str, list[Figure]] = {}
    for one in figures:
        rows.setdefault(one.series.key, []).append(one)
    ordered = {key: tuple(sorted(found, key=lambda f: f.period.sort_key)) for key, found in rows.items()}
    return DataSet({"proef": info(**changes)}, ordered, uncertain=uncertain or {})
