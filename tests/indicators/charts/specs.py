"""Charts to test with."""

from decimal import Decimal

from indicators.core.charts import BreakMark, ChartKind, ChartSeries, ChartSpec, NormLine

YEARS = ("2020", "2021", "2022", "2023", "2024")


def series(name: str, *values: object) -> ChartSeries:
    return ChartSeries(name, tuple(None if value is None else Decimal(str(value)) for value in values))


def spec(
    *all_series: ChartSeries,
    kind: ChartKind = ChartKind.LINE,
    labels: tuple[str, ...] = YEARS,
    unit: str = "aantal",
    decimals: int = 0,
    norms: tuple[NormLine, ...] = (),
    breaks: tuple[BreakMark, ...] = (),
    uncertain: tuple[str, ...] = (),
) -> ChartSpec:
    return ChartSpec(
        "proef", kind, "Proefgrafiek", labels, all_series, unit, decimals, "De lijn stijgt.", norms, breaks, uncertain
    )


VIOLENCE = series("incidenten", 12543, 12940, 12895, 12265, 12543)
ABSENCE = series("verzuim", 6.6, 7.2, 6.9, 6.5, 6.3)
