"""Two realistic documents with every kind of block, in both layouts, out of figures that were really published."""

from datetime import date
from decimal import Decimal

from indicators.core.charts import BreakMark, ChartKind, ChartSeries, ChartSpec, NormLine
from monitor.base.core.numbers import format_number
from reports.core.document import (
    Align,
    Block,
    BulletList,
    Cell,
    Chart,
    Column,
    Document,
    FigureRow,
    Footnote,
    Layout,
    LetterFields,
    Notice,
    Paragraph,
    RichText,
    Row,
    RowKind,
    Section,
    Span,
    Table,
    Tile,
    TileGroup,
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


def _tiles() -> tuple[Tile, ...]:
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


FOOTNOTES = (
    Footnote("vuurwapen", "Ook het richten van een vuurwapen op een persoon is geweldgebruik."),
    Footnote("verzuim", "Verzuim korter dan 43 dagen, van 43 dagen tot een jaar en van een tot twee jaar samen."),
    Footnote("incidenten", "Incidenten zijn alle registraties, ook die waarin geen strafbaar feit is vastgesteld."),
    Footnote(
        "voorraad", "De werkvoorraad zijn de zaken die op de peildatum in onderzoek zijn of op onderzoek wachten."
    ),
    Footnote("kasschuif", "Via een kasschuif is € 2,1 miljoen van 2024 naar 2026 verplaatst."),
    Footnote("ongebruikt", "Deze noot wordt nergens genoemd en mag niet verschijnen."),
)


def visual_document(uid: str = "kerncijfers-politie") -> Document:
    """A landscape document of tiles, with charts and tables between them."""
    trend = chart(
        "geweld-trend",
        "Geweld tegen en door politieambtenaren",
        YEARS,
        {"Geweld tegen politieambtenaren": GTPA, "Geweld door politieambtenaren": GDPA},
        "incidenten",
    )
    force = chart(
        "geweld-vorm",
        "Wijze van geweldgebruik in 2024",
        (
            "Fysiek geweld",
            "Wapenstok",
            "Vuurwapen, ook wanneer daarmee alleen is gericht op een persoon",
            "Pepperspray",
        ),
        {"aandeel": (57.0, 7.6, 4.2, 1.8)},
        "procent",
        1,
        ChartKind.HORIZONTAL_BAR,
    )
    staff = chart(
        "bezetting",
        "Bezetting naar werksoort",
        ("2023", "2024", "2025"),
        {
            "Operationele sterkte": (51200, 51544, 51900),
            "Niet-operationele sterkte": (10210, 10105, 9876),
            "Aspiranten": (4120, 4533, 4780),
        },
        "fte",
        0,
        ChartKind.STACKED_BAR,
        footer="Peildatum steeds 31 augustus.",
    )
    sections = (
        Section(
            "politie-en-samenleving",
            1,
            "Politie en samenleving",
            (
                Paragraph(
                    (
                        Span("In "),
                        Span("2024"),
                        Span(" registreerde de politie "),
                        Span("12.543", "gtpa-incidenten@2024"),
                        Span(" incidenten van geweld tegen politieambtenaren, 2,3% meer dan een jaar eerder."),
                    )
                ),
                TileGroup(_tiles()),
                trend,
                Notice(
                    "Ruimere definitie",
                    (
                        Span(
                            "Een incident kan bij beide vormen meetellen. De aandelen gaan over geweldsaanwendingen.",
                            "",
                            "vuurwapen",
                        ),
                    ),
                ),
                force,
            ),
        ),
        Section("toerusting", 1, "Toerusting van de politieorganisatie", (staff, money_table())),
    )
    return Document(
        uid,
        "Kerncijfers politie",
        "Tweede halfjaarbericht politie 2025",
        Layout.VISUAL,
        LetterFields("1", "Tweede halfjaarbericht politie 2025", date(2025, 12, 3)),
        sections,
        FOOTNOTES,
        figure_rows(),
        "Stand van de gegevens: 3 december 2025",
        date(2025, 12, 3),
        "9f2c" * 16,
    )


def annex_document(uid: str = "werkvoorraad-zeden", long_rows: int = 34) -> Document:
    """A formal portrait annex with letter fields, footnotes in tables and a table longer than a page."""
    stock = chart(
        "voorraad",
        "Werkvoorraad zedenzaken op 2 november",
        DATES,
        {
            "Werkvoorraad": SEX_OFFENCES["Werkvoorraad"],
            "Langer dan zes maanden": SEX_OFFENCES["waarvan langer dan zes maanden"],
        },
        "zaken",
        breaks=(BreakMark(5, "Wet seksuele misdrijven (1 juli 2024)"),),
    )
    flows = chart(
        "stromen",
        "Aangiften en verdachten vanaf 1 januari tot en met 2 november",
        DATES,
        {name: SEX_OFFENCES[name] for name in ("Aangiften", "Verdachten naar het OM")},
        "aantal",
        0,
        ChartKind.BAR,
    )
    sections = (
        Section(
            "werkvoorraad",
            1,
            "Werkvoorraad zedenzaken",
            (
                Paragraph(
                    (
                        Span("Op 2 november 2025 had de politie "),
                        Span("3.484", "zeden-voorraad@2025-11-02"),
                        Span(
                            " zedenzaken in voorraad. Dat zijn er 325 (10,3%) meer dan op dezelfde dag in 2024.",
                            "",
                            "voorraad",
                        ),
                    )
                ),
                work_table(),
                stock,
                BulletList(
                    (
                        plain("Het aandeel zaken ouder dan een jaar daalde van 32% naar 16%."),
                        (Span("De werkvoorraad groeide."),),
                    ),
                    "politie, voortgangsrapportage zeden",
                ),
            ),
        ),
        Section(
            "instroom",
            2,
            "Instroom en doorstroom",
            (
                Paragraph(
                    (
                        Span("Tot en met 2 november 2025 kwamen "),
                        Span("3.594", "zeden-aangiften@../2025-11-02"),
                        Span(" aangiften binnen, tegen 2.949 in dezelfde periode van 2024. "),
                        Span("De incidenten omvatten ook meldingen zonder strafbaar feit.", "", "incidenten"),
                    )
                ),
                flows,
                Notice(
                    "Herstelling van de reeks",
                    plain("De rij ‘langer dan zes maanden’ is voor alle jaren aangepast."),
                ),
            ),
        ),
        Section(
            "financien",
            1,
            "Financieel overzicht",
            (
                Paragraph(plain("De tabel geeft per onderdeel wat is ontvangen, gepland en gerealiseerd.")),
                money_table(long_rows),
            ),
        ),
    )
    return Document(
        uid,
        "Werkvoorraad zedenzaken",
        "Tweede halfjaarbericht politie 2025",
        Layout.BIJLAGE,
        LetterFields(
            "4",
            "Brief aan de Tweede Kamer over het tweede halfjaarbericht politie 2025",
            date(2025, 12, 3),
            "2025-0001234",
            "Directoraat-Generaal Politie en Veiligheidsregio’s",
        ),
        sections,
        FOOTNOTES,
        figure_rows(),
        "Stand van de gegevens: 3 december 2025",
        date(2025, 12, 3),
        "07ab" * 16,
    )


def blocks_of(document: Document) -> list[Block]:
    return [block for section in document.sections for block in section.blocks]
