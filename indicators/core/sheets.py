"""Figures as rows of a sheet to take away: every figure with its period, status and source."""

from collections.abc import Sequence

from indicators.core.figures import Figure, IndicatorInfo
from monitor.base.core.numbers import round_half_up
from monitor.base.tabular.writing import Sheet, SheetColumn, Value

COLUMNS = (
    SheetColumn("Indicator"),
    SheetColumn("Naam"),
    SheetColumn("Gebied"),
    SheetColumn("Uitsplitsing"),
    SheetColumn("Variant"),
    SheetColumn("Periode (code)"),
    SheetColumn("Periode"),
    SheetColumn("Waarde", is_number=True),
    SheetColumn("Bovengrens", is_number=True),
    SheetColumn("Reden zonder waarde"),
    SheetColumn("Benadering"),
    SheetColumn("Meeteenheid"),
    SheetColumn("Status"),
    SheetColumn("Zekerheid van de lezing"),
    SheetColumn("Loon- en prijsbijstelling"),
    SheetColumn("Revisie", is_number=True),
    SheetColumn("Bron"),
    SheetColumn("Publicatie"),
    SheetColumn("Plaats"),
    SheetColumn("Volgens"),
    SheetColumn("Voetnoten"),
)


def figures_sheet(info: IndicatorInfo, figures: Sequence[Figure]) -> Sheet:
    """One row per figure; a value keeps the decimals it was published with."""
    return Sheet("Cijfers", COLUMNS, tuple(_row(info, figure) for figure in figures))


def _row(info: IndicatorInfo, figure: Figure) -> tuple[Value, ...]:
    series = figure.series
    return (
        info.code,
        info.name,
        series.area_name,
        series.category_names,
        series.variant.label,
        figure.period.code,
        figure.period.label,
        None if figure.value is None else round_half_up(figure.value, figure.decimals),
        None if figure.value_high is None else round_half_up(figure.value_high, figure.decimals),
        figure.marker.label if figure.marker else "",
        figure.qualifier.label if figure.qualifier else "",
        info.unit,
        figure.status.label,
        figure.certainty.label,
        figure.money_basis.replace("-", " "),
        figure.revision,
        figure.source,
        figure.publication,
        figure.place,
        figure.asserted_by,
        " ".join(figure.footnotes),
    )
