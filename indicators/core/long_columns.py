"""The columns of a long sheet: one figure per row, in any order, under any of the names that suppliers use."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from indicators.core.enumerations import LabelledEnum
from indicators.core.sheet_texts import folded
from monitor.base.tabular.reading_cells import CellValue, column_letters, plain_text

_MOST_ABOVE = 40  # rows in which the heading is looked for


class LongColumn(LabelledEnum):
    """What a column of a long sheet may hold."""

    INDICATOR = "indicator"
    AREA = "gebied"
    CATEGORIES = "uitsplitsing"
    VARIANT = "variant"
    PERIOD = "periode"
    VALUE = "waarde"
    UNIT = "meeteenheid"
    STATUS = "status"
    SOURCE = "bron"
    REMARK = "toelichting"


NEEDED = (LongColumn.INDICATOR, LongColumn.PERIOD, LongColumn.VALUE)

# Names of columns as suppliers write them. One place: a new name is a word here.
COLUMN_SYNONYMS: Mapping[LongColumn, tuple[str, ...]] = {
    LongColumn.INDICATOR: ("indicatoren", "indicatornaam", "indicatorcode", "onderwerp", "kpi", "kengetal", "maat",
                           "prestatie-indicator", "omschrijving", "naam indicator", "code indicator", "meting"),
    LongColumn.AREA: ("regio", "eenheid", "politie-eenheid", "politieeenheid", "gemeente", "gebieden", "regionaam",
                      "gemeentenaam", "regiocode", "gemeentecode", "gebiedscode", "basisteam", "regio's", "plaats"),
    LongColumn.CATEGORIES: ("uitsplitsingen", "categorie", "categorieen", "onderverdeling", "soort", "kenmerken",
                            "splitsing", "klasse", "type", "verdeling"),
    LongColumn.VARIANT: ("soort cijfer", "realisatie/plan", "plan/realisatie", "begroting/realisatie", "scenario"),
    LongColumn.PERIOD: ("perioden", "periodes", "jaar", "datum", "peildatum", "tijdvak", "maand", "kwartaal",
                        "verslagperiode", "stand per", "jaartal", "peilmoment", "rapportageperiode"),
    LongColumn.VALUE: ("waarden", "cijfer", "cijfers", "getal", "aantal", "aantallen", "hoeveelheid", "realisatie",
                       "uitkomst", "score", "meetwaarde", "stand", "waarneming"),
    LongColumn.UNIT: ("maateenheid", "eenheid van meting", "unit", "meet-eenheid", "uitgedrukt in"),
    LongColumn.STATUS: ("status cijfer", "cijferstatus", "voorlopig/definitief", "definitief/voorlopig"),
    LongColumn.SOURCE: ("bronnen", "bronsysteem", "herkomst", "bronhouder", "bron van het cijfer", "systeem"),
    LongColumn.REMARK: ("opmerking", "opmerkingen", "toelichtingen", "noot", "uitleg", "commentaar", "voetnoot"),
}  # fmt: skip
_BY_NAME = {folded(name): column for column, names in COLUMN_SYNONYMS.items() for name in (column.value, *names)}


@dataclass(frozen=True)
class LongHeading:
    """The row of headings (from 1), and in which column (from 0) each sort stands."""

    row: int
    columns: Mapping[LongColumn, int]
    unknown: tuple[tuple[int, str], ...] = ()

    def column(self, sort: LongColumn) -> int | None:
        return self.columns.get(sort)

    @property
    def said(self) -> tuple[str, ...]:
        """The headings that mean nothing to us, with their column."""
        return tuple(f"‘{name}’ (kolom {column_letters(column)})" for column, name in self.unknown)


def column_sort(name: str, own_names: Mapping[str, LongColumn] | None = None) -> LongColumn | None:
    """What a heading means; a profile's own names go before the names that are known."""
    key = folded(name).rstrip(":*").strip()
    return (own_names or {}).get(key) or _BY_NAME.get(key)


def find_heading(
    rows: Iterable[Sequence[CellValue]], own_names: Mapping[str, LongColumn] | None = None
) -> LongHeading | None:
    """The first row that names at least an indicator, a period and a value; None when there is none near the top."""
    for number, row in enumerate(rows, start=1):
        if number > _MOST_ABOVE:
            return None
        heading = _heading(number, row, own_names)
        if heading is not None:
            return heading
    return None


def _heading(number: int, row: Sequence[CellValue], own_names: Mapping[str, LongColumn] | None) -> LongHeading | None:
    names = [(column, plain_text(value)) for column, value in enumerate(row) if isinstance(value, str)]
    exact = {folded(name): column for column, name in names}
    found: dict[LongColumn, int] = {}
    for sort in LongColumn:  # the plain name of a column goes before its synonyms: “jaar” beside “periode”
        if sort.value in exact:
            found[sort] = exact[sort.value]
    unknown = []
    for column, name in names:
        sort_found = column_sort(name, own_names)
        if sort_found is not None and sort_found not in found:
            found[sort_found] = column
        elif column not in found.values() and name.strip():
            unknown.append((column, name))
    if not all(sort in found for sort in NEEDED):
        return None
    return LongHeading(number, found, tuple(unknown))
