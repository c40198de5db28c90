"""The golden sheets themselves: what suppliers send, made by us. Figures of the police are the published ones."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from indicators.core.profiles import LabelRule, Profile
from indicators.core.sheet_outcome import SeriesChoice
from indicators.core.sheet_values import SignMeaning
from indicators.core.supplier_corrections import Correction
from indicators.core.wide_tables import LabelKey
from tests.indicators.sheets.golden_books import Formula, Page, Percent, Raised, book, text

LONG = ("indicator", "gebied", "uitsplitsing", "variant", "periode", "waarde", "meeteenheid", "status", "bron",
        "toelichting")  # fmt: skip


@dataclass(frozen=True)
class Golden:
    """One file: its name, how it is made, and the profile and corrections that it is read with."""

    name: str
    make: Callable[[], bytes]
    profile: Profile | None = None
    corrections: tuple[Correction, ...] = ()
    converted: str = ""  # saved by LibreOffice as this sort of file

    @property
    def file_name(self) -> str:
        return f"{self.name.rpartition('.')[0]}.{self.converted}" if self.converted else self.name


def rule(label: str, indicator: str, **others: object) -> LabelRule:
    """A label tied to a series; without an indicator it is ignored."""
    key = LabelKey(label, str(others.pop("section", "")), str(others.pop("column", "")))
    return LabelRule(key, SeriesChoice(indicator, **others) if indicator else None)


def zeden_rows(late: tuple[int, ...] = (1074, 1093, 1180, 1100, 921, 999)) -> list[tuple]:
    """The table of the police; ``late`` is the row that was restated for all years."""
    return [
        ("Zedenzaken bij de politie",),
        ("Landelijke cijfers, stand per 2 november",),
        (),
        ("", *(date(year, 11, 2) for year in range(2020, 2025)), "Stand 02-11-2025"),
        ("Zedenincidenten³⁴", 10143, 10743, 13343, 12016, 12398, 13401),
        ("Voorraad", 3464, 3577, 3607, 3398, 3159, 3484),
        (Raised("Aangiften langer dan 6 maanden", "35"), *late),
        (),
        ("Aangiften", 2375, 2602, 2912, 2779, 2949, 3594),
        ("Verdachten naar OM", 1739, 1883, 2102, 2241, 2033, 2236),
        (),
        ("³⁴ Een incident is niet altijd strafbaar.",),
        ("35 Herzien voor alle jaren: lopende zaken zonder zedenteam tellen mee.",),
        ("Bron: politie, peilmoment 2 november",),
    ]


RESTATED = (1081, 1099, 1188, 1107, 930, 1004)  # made up: higher than what was published before

ZEDEN = Profile(
    "politie-zeden", "Zedentabel van de politie", "politie", sheet="Zeden", header_rows=(4,), label_column="A",
    first_column="B", headings=("2-11-2020", "2-11-2021", "2-11-2022", "2-11-2023", "2-11-2024", "Stand 02-11-2025"),
    labels=(
        rule("Zedenincidenten", "zeden-incidenten"),
        rule("Voorraad", "zeden-voorraad"),
        rule("Aangiften langer dan 6 maanden", "zeden-aangiften-langer-dan-6-maanden"),
        rule("Aangiften", "zeden-aangiften"),
        rule("Verdachten naar OM", "zeden-verdachten-om"),
    ),
)  # fmt: skip

GEWELD = Profile("geweld", "Geweld per eenheid", "politie", labels=(rule("GTPA", "gtpa-incidenten"),))
TEKENS = Profile(
    "tekens", "Tabel met tekens", labels=(rule("GTPA", "gtpa-incidenten"), rule("GDPA", "gdpa-incidenten")),
    signs={"-": SignMeaning.NIHIL, ".": SignMeaning.UNKNOWN, "x": SignMeaning.WITHHELD, "*": SignMeaning.NOT_DELIVERED,
           "n.b.": SignMeaning.UNKNOWN, "leeg": SignMeaning.NOT_DELIVERED},
)  # fmt: skip
SIGN_ROWS = (
    ("Onderwerp", 2020, 2021, 2022, 2023, 2024, 2025),
    ("GTPA", 12543, "-", ".", "x", "–", ""),
    ("GDPA", "n.b.", "*", 0, "0", "nihil", "-"),
)
THOUSANDS = Profile("meldingen", "Meldingen × 1.000", labels=(rule("Prio 1", "prio1-meldingen"),))
THOUSAND_ROWS = (("Meldingen (× 1.000)",), ("", "2021", "2024"), ("Prio 1", 285, 336.379))
SHARES = Profile("verzuim", "Verzuim", labels=(rule("Verzuim", "verzuim"),))


def long(*rows: Mapping[str, object], heading: tuple[str, ...] = LONG) -> list[tuple]:
    """A heading and rows, every row given by the names of its columns."""
    return [heading, *(tuple(row.get(name, "") for name in heading) for row in rows)]


def _gtpa(period: object, value: object, **others: object) -> dict[str, object]:
    return {"indicator": "gtpa-incidenten", "periode": period, "waarde": value, **others}


GTPA_ROWS = long(
    _gtpa(2023, 12265, status="definitief", bron="BVH"),
    _gtpa("2024", 12543, status="definitief", gebied="Nederland", meeteenheid="aantallen"),
    _gtpa("2024", "5.352", uitsplitsing="soort-geweld=Belediging"),
    _gtpa("2024", "2.948", uitsplitsing="soort=Wederspannigheid"),
    _gtpa("2024", "1.075", uitsplitsing="Woordelijke bedreiging", toelichting="na controle op dubbele meldingen"),
)


def _sheet(*rows: tuple, name: str = "Blad1", **layout: object) -> Callable[[], bytes]:
    return lambda: book(Page(name, rows, **layout))


def _units_across() -> tuple[tuple, ...]:
    return (
        ("Geweld tegen de politie, 2024",),
        ("", "Noord-Nederland", "Amsterdam", "Den Haag", "Limburg", "Totaal"),
        ("GTPA", 1204, 1689, 1422, 801, 5116),
    )


def _halves() -> bytes:
    rows = (
        ("Aangiften via internet",),
        (),
        ("", "2023", "", "2024", ""),
        ("", "1e halfjaar", "2e halfjaar", "1e halfjaar", "2e halfjaar*"),
        ("Internetaangiften", 240100, 251200, 262300, 273400),
        ("* voorlopig",),
    )
    return book(Page("Internet", rows, merged=(("B3:C3", "2023"), ("D3:E3", "2024"))))


def _hidden() -> bytes:
    rows = (("", 2022, 2023, 2024), ("GTPA", 12895, 99999, 12543), ("GDPA", 1, 2, 3), ("Prio 1", 4, 5, 6))
    shown = Page("Cijfers", rows, hidden_rows=(3,), hidden_columns=("C",))
    return book(shown, Page("Werkblad", (("", 2024), ("GTPA", 1)), hidden=True))


def _several() -> bytes:
    rows = (
        ("Tabel 1. Geweld",),
        ("", 2023, 2024),
        ("GTPA", 12265, 12543),
        ("Bron: BVH",),
        (),
        ("Tabel 2. Meldingen",),
        ("", 2021, 2024),
        ("Prio 1", 285000, 336379),
        (),
        ("Tabel 3. Aspiranten op 31 december",),
        ("", "31-12-2023", "31-12-2024"),
        ("aspiranten-bezetting", "5.210", "4.833"),
    )
    return book(Page("Overzicht", rows), Page("Leeswijzer", (("Dit bestand bevat drie tabellen.",),)))


def _years_in_figures() -> tuple[tuple, ...]:
    return (("Politievrijwilligers per 31 december",), ("Onderwerp", 2023, 2024), ("politievrijwilligers", 2003, 2012))


def _sections() -> bytes:
    rows = (
        ("Bezetting van de politie op 31-12-2024, in fte",),
        (),
        ("Groep", "Onderdeel", "fte"),
        ("Operationeel", "Opgeleid", 46777),
        ("", "Aspiranten", 4833),
        ("", "Totaal", 51610),
        (),
        ("Ondersteuning", "Informatievoorziening", 2380),
        ("", "Totaal", 2380),
        ("Eindtotaal", "", 53990),
        (),
        ("De telling volgt de formatie van dat jaar.",),
    )
    return book(Page("Bezetting", rows, merged=(("A4:A6", "Operationeel"), ("A8:A9", "Ondersteuning"))))


_SECTION_PROFILE = Profile(
    "bezetting", "Bezetting", sheet="Bezetting",
    labels=(
        rule("Opgeleid", "os-bezetting-excl-aspiranten", section="Operationeel"),
        rule("Aspiranten", "aspiranten-bezetting", section="Operationeel"),
        rule("Totaal", "", section="Operationeel"),
        rule("Informatievoorziening", "nos-bezetting", section="Ondersteuning",
             categories=(("organisatieonderdeel", "informatievoorziening"),)),
        rule("Totaal", "", section="Ondersteuning"),
    ),
    label_column="B", first_column="C", header_rows=(3,), headings=("fte",),
)  # fmt: skip

_CHANGED = (
    ("Nieuwe opmaak",),
    (),
    ("Nr.", "Onderwerp", "2-11-2024", "2-11-2025"),
    (1, "Zedenincidenten", 12398, 13401),
    (2, "Voorraad zaken", 3159, 3484),
    (3, "Aangiften langer dan 6 maanden", 921, 999),
    (4, "Aangiften", 2949, 3594),
    (5, "Verdachten naar OM", 2033, 2236),
    (6, "Slachtoffers", 10, 12),
)

_CORRECTIONS = (
    Correction(
        "aangiften-2024", "zeden-aangiften|nederland|realisatie|", "../2024-11-02", Decimal(2949), Decimal(2950),
        "Er ontbreekt één aangifte.", "De politie meldde dit op 5 november 2025.",
    ),
    Correction(
        "voorraad-2024", "zeden-voorraad|nederland|realisatie|", "2024-11-02", Decimal(3158), Decimal(3159),
        "De voorraad was één te laag.", "De politie meldde dit op 5 november 2025.",
    ),
)  # fmt: skip

GOLDEN: tuple[Golden, ...] = (
    Golden("01-zeden-politie.xlsx", _sheet(*zeden_rows(RESTATED), name="Zeden"), ZEDEN),
    Golden("02-zeden-zonder-profiel.xlsx", _sheet(*zeden_rows(), name="Zeden")),
    Golden("03-zeden-openoffice.xlsx", _sheet(*zeden_rows(), name="Zeden"), ZEDEN, converted="ods"),
    Golden("04-opschrift-twee-regels.xlsx", _halves, Profile("i", "I", labels=(rule("Internetaangiften",
           "internetaangiften"),))),
    Golden("05-eenheden-naast-elkaar.xlsx", _sheet(*_units_across()), GEWELD),
    Golden("06-eenheden-met-soort.xlsx", _sheet(*_units_across()), replace(
        GEWELD, area_kind="eenheid", areas={"totaal": "regionale-eenheden"})),
    Golden("07-eenheden-onder-elkaar.xlsx", _sheet(
        ("Geweld tegen de politie naar eenheid",), ("Eenheid", 2023, 2024), ("Noord-Nederland", 1180, 1204),
        ("Eenheid Limburg", 790, 801), ("Zeeland-West-Brabant", 1010, 1033), ("LO", 12, 14),
        ("Nederland", 12265, 12543),
    ), Profile("g", "G", labels=(rule("", "gtpa-incidenten"),))),
    Golden("08-meer-tabellen.xlsx", _several, Profile("t", "Tabel 2", labels=(rule("Prio 1", "prio1-meldingen"),))),
    Golden("09-meer-tabellen-zonder-profiel.xlsx", _several),
    Golden("10-verborgen.xlsx", _hidden, replace(THOUSANDS, labels=(*THOUSANDS.labels, *GEWELD.labels))),
    Golden("11-noten-onder.xlsx", _sheet(
        ("Onderwerp", "2023 1)", "2024 2)"), ("GTPA a)", 12265, "12.543*"), (), ("1) Na de zomer bijgewerkt.",),
        ("2) Peilmoment 1 maart 2025.",), ("a) Samenloop met geweld door de politie komt voor.",),
        ("* Voorlopig cijfer.",), ("Bron: politie.",)), GEWELD),
    Golden("12-decimaal-dubbelzinnig.csv", lambda: text((
        ("Onderwerp", "2022", "2023", "2024"), ("Verzuim", "1.234", "6.100", "6.300"))), SHARES),
    Golden("13-decimaal-door-kolom.csv", lambda: text((
        ("Onderwerp", "2022", "2023", "2024"), ("Verzuim", "6,1", "6,2", "6,3"), ("GTPA", "12.895", "12.265", "12.543"),
        ("uitgaven-politie", "7,5", "1.007", "8,0"))), replace(SHARES, labels=(*SHARES.labels, *GEWELD.labels))),
    Golden("14-tekens-gevraagd.xlsx", _sheet(*SIGN_ROWS), replace(TEKENS, signs={})),
    Golden("15-tekens-in-profiel.xlsx", _sheet(*SIGN_ROWS), TEKENS),
    Golden("16-duizenden-gevraagd.xlsx", _sheet(*THOUSAND_ROWS), THOUSANDS),
    Golden("17-duizenden-in-profiel.xlsx", _sheet(*THOUSAND_ROWS), replace(THOUSANDS, factor=Decimal(1000))),
    Golden("18-fracties.xlsx", _sheet(("", 2022, 2023, 2024), ("Verzuim", 0.0612, 0.0618, 0.06)), SHARES),
    Golden("19-procentcellen.xlsx", _sheet(("", 2023, 2024), ("Verzuim", Percent(0.062), Percent(0.063)),
           ("GTPA", Percent(0.5), 12543)), replace(SHARES, labels=(*SHARES.labels, *GEWELD.labels))),
    Golden("20-lang-westeuropees.csv", lambda: text(long(
        {"indicator": "Geweld tegen politieambtenaren (GTPA)", "gebied": "Nederland", "periode": "2024",
         "waarde": "12.543", "toelichting": "één telling, ‘definitief’"},
        {"indicator": "uitgaven-politie", "periode": "2024", "waarde": "8,0", "meeteenheid": "€ mld"}),
        encoding="cp1252")),
    Golden("21-lang.tsv", lambda: text(GTPA_ROWS, "\t")),
    Golden("22-lang-met-volgordeteken.csv", lambda: text(
        [("Jaar", "Onderwerp", "Aantal", "Opmerkingen"), ("2024", "GTPA-incidenten", "12543", "ok"),
         ("2023", "gtpa incidenten", "12265", "")], ",", "utf-8-sig")),
    Golden("23-formules.xlsx", _sheet(("", 2023, 2024),
           ("GTPA", Formula("=12000+265", 12265), Formula("=1/0", "#DIV/0!")),
           ("GDPA", Formula("=A1&\"5\"", "35.208"), 4)), TEKENS),
    Golden("24-dubbele-rijen.xlsx", _sheet(*long(
        _gtpa(2023, 12265), _gtpa("2023", "12.265"), _gtpa(2024, 12543), _gtpa(2024, 12534)))),
    Golden("25-onbekende-namen.xlsx", _sheet(*long(
        _gtpa(2024, 12543), {**_gtpa(2024, 1), "indicator": "Geweld tegen politieambtenaren"},
        {**_gtpa(2024, 1), "indicator": "helikoptervluchten"}, _gtpa(2024, 2, gebied="Rotterdam"),
        _gtpa(2024, 3, uitsplitsing="soort-geweld=Bijten"), _gtpa("ooit", 4), _gtpa(2024, 5, status="klopt")))),
    Golden("26-jaren-onder-elkaar.xlsx", _sheet(
        ("Cijfers van de politie",), ("Jaar", "GTPA", "GDPA", "Opmerking"), (2022, 12895, 1999, ""),
        (2023, 12265, 2010, "druk jaar"), ("2024 (voorlopig)", 12543, 2024, "")),
        Profile("j", "J", labels=(
            rule("", "gtpa-incidenten", column="GTPA"), rule("", "gdpa-incidenten", column="GDPA")))),
    Golden("27-maanden.xlsx", _sheet(
        ("Overlast",), ("", "jan 2025", "feb 2025", "mrt 2025", "jan-okt 2025"),
        ("Overlast", 31200, 29800, 33100, 301500)),
        Profile("o", "O", labels=(rule("Overlast", "overlast-registraties"),)), converted="xls"),
    Golden("28-kwartalen.xlsx", _sheet(
        ("", "Q1 2025", "2e kwartaal 2025", "2025-Q3", "t/m 2 november 2025"), ("Prio 1", "81.200", "85.900", "84.300",
         "279.400")), THOUSANDS, converted="ods"),
    Golden("29-plan-en-realisatie.xlsx", _sheet(
        ("Besteding × € 1.000",), ("", "Begroting", "", "Realisatie", ""), ("Deelopgave", 2023, 2024, 2023, 2024),
        ("Voorkomen", 1000, 1100, 950, 1050)), Profile("b", "B", labels=(rule(
            "Voorkomen", "ondermijningsgelden-besteding-deelopgave", categories=(("deelopgave", "voorkomen"),)),))),
    Golden("30-vijandige-cellen.csv", lambda: text((
        ("indicator", "periode", "waarde", "toelichting"), ("gtpa-incidenten", "2024", "=cmd|'/c calc'!A1", ""),
        ("gtpa-incidenten", "2023", "12.265", "=HYPERLINK(\"http://example.org\")"), ("=1+1", "2024", "1", ""),
        ("gtpa-incidenten", "2022", "9" * 400, ""), ("gtpa-incidenten", "2021", "+SOM(A1)", "x" * 3000)))),
    Golden("31-nul-tekens.csv", lambda: b"indicator;periode;waarde\r\ngtpa-incidenten;2024;12\x00543\r\n"),
    Golden("32-profiel-past-niet-meer.xlsx", _sheet(*_CHANGED, name="Tabel"), ZEDEN),
    Golden("33-correcties.xlsx", _sheet(*zeden_rows(), name="Zeden"), ZEDEN, _CORRECTIONS),
    Golden("34-groepen-en-totalen.xlsx", _sections, _SECTION_PROFILE),
    Golden("35-andere-meeteenheid.xlsx", _sheet(
        ("Onderwerp", "Eenheid", "2023", "2024"), ("GTPA", "aantal", 12265, 12543), ("Prio 1", "%", 30, 31),
        ("Verzuim", "percentage", "6,2", "6,3")),
        replace(SHARES, labels=(*SHARES.labels, *GEWELD.labels, *THOUSANDS.labels))),
    Golden("36-alleen-tekst.xlsx", _sheet(("Beste collega,",), ("De cijfers volgen in december.",))),
    Golden("37-woorden-bij-getallen.xlsx", _sheet(
        ("", "2021", "2022", "2023", "2024"), ("Prio 1", "circa 285.000", "ruim 300.000", "meer dan 310.000", "< 5"),
        ("GTPA", "12.000 tot 13.000", "12 duizend", "12.543 (herzien)", "3.4.84")),
        replace(THOUSANDS, labels=(*THOUSANDS.labels, *GEWELD.labels))),
    Golden("38-jaren-als-aantal.xlsx", _sheet(*_years_in_figures()),
           Profile("v", "V", labels=(rule("politievrijwilligers", "politievrijwilligers"),), day_of_year=(12, 31))),
)  # fmt: skip
