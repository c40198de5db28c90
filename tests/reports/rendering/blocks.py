"""Building blocks of the sample documents: charts, tiles and tables out of figures that were really published."""

from decimal import Decimal

from indicators.core.charts import BreakMark, ChartKind, ChartSeries, ChartSpec, NormLine
from monitor.base.core.numbers import format_number
from reports.core.document import (
    Align,
    Cell,
    Chart,
    Column,
    FigureRow,
    RichText,
    Row,
    RowKind,
    Span,
    Table,
    Tile,
)

YEARS = ("2020", "2021", "2022", "2023", "2024")
DATES = tuple(f"2 november {year}" for year in range(2020, 2026))
GTPA = (12543, 12940, 12895, 12265, 12543)
GDPA = (16304, 18477, 20667, 22454, 22732)
SEX_OFFENCES: dict[str, tuple[int, ...]] = {
    "Incidenten": (10143, 10743, 13343, 12016, 12398, 13401),
    "Aangiften": (2375, 2602, 2912, 2779, 2949, 3594),
    "Verdachten naar het OM": (1739, 1883, 2102, 2241, 2033, 2236),
    "Werkvoorraad": (3464, 3577, 3607, 3398, 3159, 3484),
    "waarvan langer dan zes maanden": (1074, 1093, 1180, 1100, 921, 999),
}


def plain(text: str) -> RichText:
    return (Span(text),)


def numbers(values: tuple[object, ...]) -> tuple[Decimal | None, ...]:
    return tuple(None if value is None else Decimal(str(value)) for value in values)


def text_of(value: object, decimals: int, unit: str = "") -> str:
    if value is None:
        return "onzeker"
    return format_number(Decimal(str(value)), decimals) + ("%" if unit == "procent" else "")


def chart(
    uid: str,
    title: str,
    labels: tuple[str, ...],
    series: dict[str, tuple[object, ...]],
    unit: str = "aantal",
    decimals: int = 0,
    kind: ChartKind = ChartKind.LINE,
    norms: tuple[NormLine, ...] = (),
    breaks: tuple[BreakMark, ...] = (),
    uncertain: tuple[str, ...] = (),
    footer: str = "",
    alt: str = "De lijn loopt eerst op, daalt daarna en eindigt hoger dan in het jaar ervoor.",
) -> Chart:
    """A chart and the table of its values, one row per label."""
    spec = ChartSpec(
        uid,
        kind,
        title,
        labels,
        tuple(ChartSeries(name, numbers(values)) for name, values in series.items()),
        unit,
        decimals,
        f"{title}. {alt}",
        norms,
        breaks,
        uncertain,
        footer,
    )
    rows = tuple(
        Row(Cell(label), tuple(Cell(text_of(values[i], decimals, unit)) for values in series.values()))
        for i, label in enumerate(labels)
    )
    columns = (Column("Periode", Align.TEXT), *(Column(name) for name in series))
    return Chart(
        spec, title, Table(f"tabel-{uid}", title, columns, rows, unit=unit if unit != "procent" else ""), "politie"
    )


def figure_rows() -> tuple[FigureRow, ...]:
    rows = [
        FigureRow(
            "gtpa-incidenten",
            "Geweld tegen politieambtenaren",
            "Nederland",
            "",
            "realisatie",
            year,
            year,
            Decimal(value),
            "",
            "",
            "aantal",
            0,
            "definitief",
            "Tweede halfjaarbericht politie 2025",
            "bijlage 1, blad 2",
            "politie",
            "zeker" if year == "2024" else "afgeleid uit de volgorde",
            "",
            100 + index,
        )
        for index, (year, value) in enumerate(zip(YEARS, GTPA, strict=True))
    ]
    rows.append(
        FigureRow(
            "verzuim",
            "Verzuim",
            "Nederland",
            "",
            "realisatie",
            "2024",
            "2024",
            Decimal("6.3"),
            "",
            "circa",
            "procent",
            1,
            "voorlopig",
            "Tweede halfjaarbericht politie 2025",
            "=HYPERLINK(1)",
            "politie",
            "zeker",
            "Exclusief langdurig.",
            200,
        )
    )
    rows.append(
        FigureRow(
            "lege-reeks",
            "Niet geleverd cijfer",
            "Rotterdam",
            "geweld: fysiek",
            "realisatie",
            "2024",
            "2024",
            None,
            "niet geleverd",
            "",
            "aantal",
            0,
            "definitief",
            "",
            "",
            "",
            "zeker",
            "",
            201,
        )
    )
    return tuple(rows)


def sample_tiles() -> tuple[Tile, ...]:
    violence = chart("gtpa-klein", "Geweld tegen politieambtenaren", YEARS, {"incidenten": GTPA})
    force = chart("gdpa-klein", "Geweld door politieambtenaren", YEARS, {"geweldsaanwendingen": GDPA})
    absence = chart(
        "verzuim-klein",
        "Ziekteverzuim",
        ("2022", "2023", "2024"),
        {"verzuim": (7.2, 6.5, 6.3)},
        "procent",
        1,
        norms=(NormLine("norm 5,9%", Decimal("5.9")),),
    )
    feelings = chart(
        "onveilig-klein",
        "Voelt zich weleens onveilig in de buurt",
        ("2015", "2017", "2019", "2021", "2023"),
        {"aandeel": (None, None, None, 13.9, 15.0)},
        "procent",
        1,
        uncertain=("2015", "2017", "2019"),
    )
    kinds = Table(
        "soorten",
        "De drie meest voorkomende vormen",
        (Column("Vorm", Align.TEXT), Column("Aantal")),
        (
            Row(Cell("Belediging"), (Cell("5.352"),)),
            Row(Cell("Wederspannigheid"), (Cell("2.948"),)),
            Row(Cell("Bedreiging met woorden"), (Cell("1.075"),)),
            Row(Cell("Samen", "", ""), (Cell("9.375"),), RowKind.TOTAL),
        ),
    )
    return (
        Tile(
            "Geweld tegen politieambtenaren",
            (Span("12.543", "gtpa-incidenten@2024"),),
            "incidenten",
            "2024",
            plain("2,3% meer dan in 2023"),
            source="politie, GTPA-registratie",
            chart=violence,
        ),
        Tile(
            "Geweld door politieambtenaren",
            (Span("22.732", "gdpa-incidenten@2024"),),
            "keer geweld gebruikt",
            "2024",
            plain("1,2% meer dan in 2023"),
            note=(Span("Het dreigen met een vuurwapen telt mee.", "", "vuurwapen"),),
            source="politie, GDPA-registratie",
            chart=force,
        ),
        Tile(
            "Ziekteverzuim",
            plain("6,3%"),
            "",
            "2024",
            plain("0,2 procentpunt minder dan in 2023"),
            norm=plain("interne streefnorm: ten hoogste 5,9%; niet gehaald"),
            note=(Span("Zonder verzuim dat langer dan twee jaar duurt.", "", "verzuim"),),
            source="politie",
            chart=absence,
        ),
        Tile(
            "Voelt zich weleens onveilig in de eigen buurt",
            plain("15,0%"),
            "van de inwoners",
            "2023",
            plain("1,1 procentpunt meer dan in 2021"),
            source="CBS, Veiligheidsmonitor 2023",
            chart=feelings,
        ),
        Tile(
            "Vormen van geweld tegen politieambtenaren",
            plain("74,7%"),
            "is belediging, wederspannigheid of bedreiging",
            "2024",
            source="politie",
            table=kinds,
        ),
        Tile(
            "Spoedmeldingen (prioriteit 1)",
            plain("336.379"),
            "meldingen",
            "2024",
            note=plain("Elders in hetzelfde bericht staat 335.000, afgerond."),
            source="politie",
        ),
        Tile("Vrijwilligers", plain("ruim 3.000"), "", "24 november 2025", source="politie"),
    )


def work_table(uid: str = "werkvoorraad") -> Table:
    columns = (
        Column("", Align.TEXT),
        *(Column(str(y), group="Stand of stroom tot en met 2 november") for y in range(2020, 2026)),
    )
    rows = [Row(Cell("Stroom vanaf 1 januari"), (), RowKind.GROUP)]
    for name, values in SEX_OFFENCES.items():
        if name == "Werkvoorraad":
            rows.append(Row(Cell("Stand op 2 november"), (), RowKind.GROUP))
        note = {"Incidenten": "incidenten", "Werkvoorraad": "voorraad"}.get(name, "")
        header = Cell(name, note)
        rows.append(Row(header, tuple(Cell(format_number(value)) for value in values)))
    return Table(uid, "Zedenzaken bij de politie", columns, tuple(rows), "politie, landelijk", "aantallen")


def money_table(rows: int = 6) -> Table:
    names = (
        "Versterking aanpak ondermijning",
        "Multidisciplinair interventieteam",
        "Bewaken en beveiligen",
        "Preventie met gezag",
        "Integere logistieke processen en mainports",
        "Internationale samenwerking",
    )
    columns = (
        Column("Onderdeel", Align.TEXT),
        Column("Ontvangen", group="2024"),
        Column("Gepland", group="2024"),
        Column("Gerealiseerd", group="2024"),
        Column("Verschil", group="2024"),
        Column("Incidenteel", group="2025"),
        Column("Structureel", group="2025"),
    )
    body = []
    for index in range(rows):
        received, planned, spent = 40_500 + 137 * index, 39_000 + 91 * index, 36_250 + 113 * index
        values = (received, planned, spent, planned - spent, 1_200 * index, 38_000 + 55 * index)
        name = names[index % len(names)] + (f", deel {index // len(names) + 1}" if index >= len(names) else "")
        body.append(Row(Cell(name, "kasschuif" if index == 1 else ""), tuple(Cell(format_number(v)) for v in values)))
    body.append(
        Row(
            Cell("Totaal"),
            tuple(Cell(format_number(n)) for n in (245_055, 235_365, 219_195, 16_170, 18_000, 228_825)),
            RowKind.TOTAL,
        )
    )
    return Table(
        "geld" if rows == 6 else f"geld-{rows}",
        "Financieel overzicht versterkingsgelden",
        columns,
        tuple(body),
        "departementale administratie",
        "bedragen x € 1.000",
    )
