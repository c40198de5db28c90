"""The figures behind a report as columns: the same in the spreadsheet and in the CSV file."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from monitor.base.core.numbers import round_half_up
from reports.core.document import FigureRow

Content = str | int | Decimal | None
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class FigureColumn:
    """One column: its Dutch head, what it holds, its width in letters and what it means."""

    head: str
    content: Callable[[FigureRow], Content]
    width: int
    meaning: str


COLUMNS = (
    FigureColumn("indicator", lambda row: row.indicator, 30, "Vaste code van de indicator."),
    FigureColumn("naam", lambda row: row.name, 44, "Naam van de indicator."),
    FigureColumn("gebied", lambda row: row.area, 18, "Gebied waarover het cijfer gaat."),
    FigureColumn("uitsplitsing", lambda row: row.categories, 30, "Categorieën; leeg bij een totaal."),
    FigureColumn("variant", lambda row: row.variant, 14, "Realisatie, plan, begroting of raming."),
    FigureColumn("periodecode", lambda row: row.period, 22, "Periode als code, om op te sorteren."),
    FigureColumn("periode", lambda row: row.period_label, 26, "Periode of peildatum in woorden."),
    FigureColumn("waarde", lambda row: value_of(row), 14, "Het cijfer, in de meeteenheid hierna."),
    FigureColumn("bijzonderheid", lambda row: row.marker, 18, "Waarom er geen waarde is, of ‘nihil’."),
    FigureColumn("nauwkeurigheid", lambda row: row.qualifier, 16, "Circa, ruim, bijna, meer dan; leeg is precies."),
    FigureColumn("meeteenheid", lambda row: row.unit, 16, "Waarin is gemeten."),
    FigureColumn("status", lambda row: row.status, 16, "Voorlopig, nader voorlopig of definitief."),
    FigureColumn("publicatie", lambda row: row.publication, 40, "Stuk waarin het cijfer is gepubliceerd."),
    FigureColumn("vindplaats", lambda row: row.place, 30, "Bladzijde, cel of regel in dat stuk."),
    FigureColumn("bron", lambda row: row.source, 30, "Wie het cijfer heeft gemaakt."),
    FigureColumn("zekerheid", lambda row: row.certainty, 24, "Zo gedrukt, of afgeleid als de enige lezing die klopt."),
    FigureColumn("voetnoot", lambda row: row.footnote, 50, "Toelichting bij het cijfer."),
    FigureColumn("revisie", lambda row: row.revision, 10, "Volgnummer van de waarde; hoger dan 1 is een bijstelling."),
)  # fmt: skip


def value_of(row: FigureRow) -> Decimal | None:
    """The value with as many decimals as were published."""
    return None if row.value is None else round_half_up(row.value, row.decimals)


def escaped(text: str) -> str:
    """A text that a spreadsheet will not take for a formula: an apostrophe in front, as OWASP advises."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text
