"""The sheet that asks a supplier for figures (uitvraag): which columns and rows it has, and the mail that goes with it.

Rows and columns carry codes that nobody sees, so that the sheet is read without mapping when it comes back, however it
was sorted or widened: a row its series and periods, a column what it holds.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from indicators.core.enumerations import Marker, Status, Variant
from indicators.core.figures import Figure, IndicatorInfo, SeriesInfo
from indicators.core.periods import Period, PeriodKind
from monitor.base.core.dates import AMSTERDAM, format_date
from monitor.base.tabular.filling import FillingBook, FillingCell, FillingColumn, FillingKind, FillingSheet
from monitor.base.tabular.writing import Value

FORMAT = "uitvraag/1"
SHEET, HIDDEN_SHEET = "Uitvraag", "_sleutel"
MOST_EARLIER = 4
NO_BOUND = Decimal("99999999999")  # what the database keeps exactly

KEY, LOWEST, HIGHEST = "sleutel", "laagst", "hoogst"
THEME, NAME, SPLIT, DEFINITION, PERIOD, UNIT, NORM = (
    "thema", "indicator", "uitsplitsing", "definitie", "periode", "meeteenheid", "norm",
)  # fmt: skip
VALUE, STATUS, MARKER, REMARK = "waarde", "status", "reden", "opmerking"
INPUT_TITLES = {
    VALUE: "Waarde",
    STATUS: "Status",
    MARKER: "Reden als er geen waarde is",
    REMARK: "Opmerking",
}
EARLIER, EARLIER_PERIOD = "eerder-", "eerder-periode-"
TITLES = {
    KEY: "Sleutel",
    NAME: "Indicator",
    SPLIT: "Uitsplitsing of gebied",
    PERIOD: "Periode of peildatum",
    **INPUT_TITLES,
}


def _earlier_title(number: int) -> str:
    return "Vorig cijfer" if number == 1 else f"{number} terug: cijfer"


CODES_BY_TITLE = {title: code for code, title in TITLES.items()} | {
    _earlier_title(number): f"{EARLIER}{number}" for number in range(1, MOST_EARLIER + 1)
}


@dataclass(frozen=True)
class AskedFigure:
    """One row: a figure that is asked, and the ``earlier`` figures of the same kind of period, the latest first."""

    info: IndicatorInfo
    series: SeriesInfo
    period: Period
    earlier: tuple[Figure, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """Series and period: what tells one asked figure from another."""
        return self.series.key, self.period.code

    @property
    def split(self) -> str:
        """What of the indicator: classes, area when it is not the country, variant when it is not what happened."""
        parts = [self.series.category_names]
        if self.series.area != "nederland":
            parts.append(self.series.area_name)
        if self.series.variant is not Variant.REALISED:
            parts.append(self.series.variant.label)
        return "; ".join(part for part in parts if part)

    @property
    def name(self) -> str:
        return f"{self.info.name}: {self.split}" if self.split else self.info.name


@dataclass(frozen=True)
class RequestSheet:
    """All that stands in a request: who asks what of whom, before when."""

    key: str
    round_code: str
    round_name: str
    supplier_code: str
    supplier_name: str
    contact_name: str
    contact_email: str
    due: date | None
    made_at: datetime
    figures: tuple[AskedFigure, ...]

    @property
    def file_name(self) -> str:
        return f"uitvraag-{self.supplier_code}-{self.round_code}.xlsx"


def row_code(figure: AskedFigure) -> str:
    """The hidden key of a row: series, asked period, and the periods of the earlier figures, the latest first."""
    return " ".join([*figure.key, ",".join(one.period.code for one in figure.earlier)]).strip()


def period_words(period: Period) -> str:
    """The period as a supplier must understand it: a count on a day, a whole year, a flow up to a day."""
    match period.kind:
        case PeriodKind.STOCK:
            return f"stand op {period.label}"
        case PeriodKind.YEAR:
            return f"heel {period.label}"
        case PeriodKind.FLOW_TO_DAY if period.end:
            return f"{period.label}, geteld als in eerdere jaren"
        case _:
            return period.label


def bounds(info: IndicatorInfo) -> tuple[Decimal, Decimal]:
    """Between which numbers a value can lie at all: the same bounds as the checks that stop a value."""
    if info.value_kind == "aandeel":
        return Decimal(0), Decimal(100)
    if info.unit == "rapportcijfer":
        return Decimal(1), Decimal(10)
    return (Decimal(0) if info.value_kind == "telling" else -NO_BOUND), NO_BOUND


def norm_words(figure: AskedFigure) -> str:
    """The norms that hold at the end of the period."""
    return " ".join(target.text for target in figure.info.targets if target.applies_on(figure.period.end))


# --- the sheet --------------------------------------------------------------------------------------------------------


def request_book(sheet: RequestSheet) -> FillingBook:
    """The workbook for a supplier."""
    count = max((len(figure.earlier) for figure in sheet.figures), default=0)
    with_norm = any(norm_words(figure) for figure in sheet.figures)
    return FillingBook(
        title=f"Uitvraag {sheet.supplier_name}, {sheet.round_name}",
        moment=sheet.made_at,
        sheet=FillingSheet(
            name=SHEET,
            heading=_heading(sheet),
            mark=f"{FORMAT} {sheet.key}",
            columns=_columns(count, with_norm),
            rows=tuple(_row(figure, count, with_norm) for figure in sheet.figures),
            bounds=(LOWEST, HIGHEST),
            bounds_error=(
                "Dit getal kan hier niet. Een aandeel ligt tussen 0 en 100, een telling is niet negatief en een "
                "rapportcijfer ligt tussen 1 en 10. Is het cijfer niet precies? Schrijf ‘circa’ bij de opmerking."
            ),
            first_input=SPLIT,
        ),
        explanation=_explanation(sheet),
        hidden=(
            ("formaat", FORMAT),
            ("sleutel", sheet.key),
            ("ronde", sheet.round_code),
            ("leverancier", sheet.supplier_code),
            ("gemaakt", sheet.made_at.isoformat()),
        ),
    )


def _heading(sheet: RequestSheet) -> tuple[str, ...]:
    before = f" Graag terug voor {format_date(sheet.due)}." if sheet.due else ""
    made = format_date(sheet.made_at.astimezone(AMSTERDAM).date())
    return (
        f"Uitvraag {sheet.supplier_name}: {sheet.round_name}",
        f"{figure_count(len(sheet.figures))} gevraagd op {made}.{before}",
        "Vul de gele kolommen in. Sorteren, filteren en kolommen toevoegen mag. De uitleg staat op het blad ‘Leesmij’.",
        "",
    )


def figure_count(count: int) -> str:
    return "1 cijfer" if count == 1 else f"{count} cijfers"


def _columns(count: int, with_norm: bool) -> tuple[FillingColumn, ...]:
    hidden, shown = FillingKind.HIDDEN, FillingKind.SHOWN
    earlier = []
    for number in range(count, 0, -1):
        which = "Vorige" if number == 1 else f"{number} terug:"
        earlier += [
            FillingColumn(f"{EARLIER_PERIOD}{number}", f"{which} periode", FillingKind.ASIDE, 11),
            FillingColumn(f"{EARLIER}{number}", _earlier_title(number), shown, 11),
        ]
    return (
        FillingColumn(KEY, TITLES[KEY], hidden),
        FillingColumn(LOWEST, "Laagste waarde", hidden),
        FillingColumn(HIGHEST, "Hoogste waarde", hidden),
        FillingColumn(THEME, "Thema", shown, 18),
        FillingColumn(NAME, TITLES[NAME], shown, 28),
        FillingColumn(SPLIT, TITLES[SPLIT], shown, 20),
        FillingColumn(DEFINITION, "Definitie", shown, 58),
        FillingColumn(PERIOD, TITLES[PERIOD], shown, 17),
        FillingColumn(UNIT, "Meeteenheid", shown, 12),
        *([FillingColumn(NORM, "Norm", shown, 24)] if with_norm else []),
        *earlier,
        *_input_columns(),
    )


def _input_columns() -> tuple[FillingColumn, ...]:
    return (
        FillingColumn(
            VALUE,
            INPUT_TITLES[VALUE],
            FillingKind.NUMBER,
            14,
            "Alleen het getal, in de meeteenheid van deze rij. Een percentage als 83,7. Is er geen waarde? Laat deze "
            "cel leeg en kies een reden.",
        ),
        FillingColumn(
            STATUS,
            INPUT_TITLES[STATUS],
            FillingKind.CHOICE,
            14,
            "Komt er nog een bijstelling? Kies dan voorlopig of nader voorlopig.",
            tuple(status.label for status in Status),
        ),
        FillingColumn(
            MARKER,
            INPUT_TITLES[MARKER],
            FillingKind.CHOICE,
            18,
            "Alleen als er geen waarde is. Nihil betekent: er was er geen.",
            tuple(marker.label for marker in Marker),
        ),
        FillingColumn(
            REMARK, INPUT_TITLES[REMARK], FillingKind.TEXT, 28, "Wat wij moeten weten om dit cijfer goed te lezen."
        ),
    )


def _row(figure: AskedFigure, count: int, with_norm: bool) -> tuple[FillingCell, ...]:
    lowest, highest = bounds(figure.info)
    texts: list[Value] = [
        figure.info.theme,
        figure.info.name,
        figure.split,
        " ".join(part for part in (figure.info.definition, figure.info.definition_note) if part),
        period_words(figure.period),
        figure.info.unit,
        *([norm_words(figure)] if with_norm else []),
    ]
    earlier: list[FillingCell] = []
    for number in range(count, 0, -1):
        known = figure.earlier[number - 1] if number <= len(figure.earlier) else None
        earlier.append(FillingCell(known.period.short_label if known else None))
        earlier.append(earlier_cell(known) if known else FillingCell())
    return (
        FillingCell(row_code(figure)),
        FillingCell(lowest),
        FillingCell(highest),
        *(FillingCell(text) for text in texts),
        *earlier,
        FillingCell(decimals=figure.info.decimals),
        *(FillingCell() for _ in range(3)),
    )


def earlier_cell(figure: Figure) -> FillingCell:
    """An earlier figure: a number that can be overtyped, or else its words (a range, a reason)."""
    if figure.value is None or figure.value_high is not None:
        return FillingCell(figure.number)
    return FillingCell(figure.value, figure.decimals)


def _explanation(sheet: RequestSheet) -> tuple[tuple[str, str], ...]:
    due = format_date(sheet.due) if sheet.due else "in overleg"
    about = f"{figure_count(len(sheet.figures))} van {sheet.supplier_name} voor {sheet.round_name}."
    return (("Waar het om gaat", about), ("Terug voor", due), *_EXPLANATION)


_EXPLANATION = (
    (
        "Waarde",
        "Het getal in de meeteenheid van de rij, over de periode of op de peildatum die erbij staat. De cel weigert "
        "wat niet kan, zoals een aandeel boven 100.",
    ),
    ("Status", "Voorlopig, nader voorlopig of definitief. Laat u dit leeg, dan vragen wij het na."),
    (
        "Reden",
        "Alleen als er geen waarde is. Nihil: er was er geen. Geheim: u weet het en mag het niet geven. Onbekend: niet "
        "geteld. Niet geleverd: het komt later. Kan logisch niet voorkomen: de vraag past hier niet.",
    ),
    ("Opmerking", "Alles wat wij moeten weten om het cijfer goed te lezen, zoals een andere telwijze of ‘circa’."),
    (
        "Eerdere cijfers",
        "Zo kennen wij ze. Is een eerder cijfer bijgesteld? Typ het nieuwe getal eroverheen en schrijf bij de "
        "opmerking waarom. Wij nemen het niet ongezien over.",
    ),
    (
        "Wat mag",
        "Sorteren, filteren, kolommen toevoegen of verplaatsen, eronder schrijven, opslaan met een ander "
        "rekenprogramma. Knip geen losse cellen van de ene naar de andere rij.",
    ),
    (
        "Wat niet",
        "Verwijder de verborgen kolommen en de verborgen rij niet: daaraan herkennen wij de cijfers. Zet er geen "
        "wachtwoord op.",
    ),
    ("Terugsturen", "Stuur dit bestand terug als antwoord op de mail waarmee u het kreeg."),
)


# --- the mail ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Mail:
    """What goes with the sheet."""

    to: str
    subject: str
    body: str


def request_mail(sheet: RequestSheet, sender: str) -> Mail:
    """The mail to the supplier, in plain Dutch."""
    greeting = f"Beste {sheet.contact_name}," if sheet.contact_name else "Beste collega,"
    before = f"Wilt u het voor {format_date(sheet.due)} terugsturen?" if sheet.due else "Wilt u het terugsturen?"
    themes = Counter(figure.info.theme for figure in sheet.figures)
    body = "\n\n".join(
        [
            greeting,
            f"Voor de rapportageronde ‘{sheet.round_name}’ vragen wij u om {figure_count(len(sheet.figures))}:",
            "\n".join(f"- {theme}: {count}" for theme, count in themes.items()),
            f"In het bijgevoegde rekenblad ({sheet.file_name}) staan per cijfer de definitie, de periode of peildatum, "
            "de meeteenheid en de eerdere cijfers. U vult de gele kolommen in; uitleg vindt u op het blad ‘Leesmij’.",
            f"{before} Is een cijfer er (nog) niet, kies dan in het blad een reden. Dan hoeven wij niet te bellen.",
            f"Met vriendelijke groet,\n{sender}",
        ]
    )
    return Mail(sheet.contact_email, f"Uitvraag cijfers {sheet.supplier_name} voor {sheet.round_name}", body)
