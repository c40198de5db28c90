"""The overview of a round as rows of a sheet to take away."""

from indicators.queries.round_overview import ItemRow, RoundOverview
from monitor.base.core.dates import format_date
from monitor.base.tabular.writing import Sheet, SheetColumn, Value

COLUMNS = tuple(
    SheetColumn(title)
    for title in (
        "Thema",
        "Indicator",
        "Cijfer",
        "Gebied",
        "Periode (code)",
        "Periode",
        "Stand",
        "Te laat",
        "Gereed op",
        "Waarde",
        "Vorige waarde",
        "Vorige periode",
        "Meeteenheid",
        "Leverancier",
        "Eigenaar",
        "Opmerking",
    )
)


def overview_sheet(page: RoundOverview) -> Sheet:
    """One row per shown figure, in the order of the page."""
    return Sheet("Overzicht", COLUMNS, tuple(_row(row) for row in page.rows))


def _row(row: ItemRow) -> tuple[Value, ...]:
    return (
        row.info.theme,
        row.info.code,
        row.name,
        row.series.area_name,
        row.period.code,
        row.period.label,
        row.state.label,
        "ja" if row.late else "nee",
        format_date(row.due) if row.due else "",
        row.value,
        row.previous.text if row.previous else "",
        row.previous.period.label if row.previous else "",
        row.info.unit,
        row.supplier_name,
        row.owner,
        row.remark,
    )
