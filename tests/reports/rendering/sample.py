"""Two realistic documents with every kind of block, in both layouts, out of figures that were really published."""

from datetime import date

from indicators.core.charts import BreakMark, ChartKind
from reports.core.document import (
    Block,
    BulletList,
    Document,
    Footnote,
    Layout,
    LetterFields,
    Notice,
    Paragraph,
    Section,
    Span,
    TileGroup,
)
from tests.reports.rendering.blocks import (
    DATES,
    GDPA,
    GTPA,
    SEX_OFFENCES,
    YEARS,
    chart,
    figure_rows,
    money_table,
    plain,
    sample_tiles,
    work_table,
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
                TileGroup(sample_tiles()),
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
