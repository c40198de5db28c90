"""Long sheets: one figure per row. The rows go by one at a time; only the value column is looked through beforehand,
since how its numbers are written is a matter of the whole column.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from indicators.core.enumerations import Status, Variant
from indicators.core.long_columns import LongColumn, LongHeading, find_heading
from indicators.core.long_resolving import Categories, Resolved, Resolver, status_of, variant_of
from indicators.core.pasting import Notation, decimals_of, notation_of
from indicators.core.periods import Period
from indicators.core.sheet_names import Catalogue, KnownIndicator
from indicators.core.sheet_outcome import (
    SeriesChoice,
    SheetChoice,
    SheetFigure,
    SheetItem,
    SheetOutcome,
    SheetQuestion,
    SheetRefusal,
    SheetRemark,
    at,
    gathered,
    without_doubles,
)
from indicators.core.sheet_texts import folded, plain
from indicators.core.sheet_units import is_same_unit
from indicators.core.sheet_values import (
    ReadAnswer,
    Scale,
    ValueKind,
    ValueReading,
    ValueSettings,
    doubtful_share,
    is_doubtful_share,
    read_value,
)
from monitor.base.tabular.reading_cells import CellPlace, CellValue, ReadCell, ReadSheet, column_letters, plain_text

Row = Sequence[CellValue]
_LONGEST_TEXT = 2000


@dataclass(frozen=True)
class LongSettings:
    """What a profile settles about a long sheet. ``unit_factors``: from a written meeteenheid (folded) to a factor."""

    values: ValueSettings = field(default_factory=ValueSettings)
    scales: Mapping[str, Scale] = field(default_factory=dict)  # per indicator
    unit_factors: Mapping[str, Decimal] = field(default_factory=dict)
    column_names: Mapping[str, LongColumn] = field(default_factory=dict)
    indicator_names: Mapping[str, str] = field(default_factory=dict)
    day_of_year: tuple[int, int] | None = None


@dataclass(frozen=True)
class ColumnEvidence:
    """What the whole value column tells: how its numbers are written, and which indicators may hold fractions."""

    notation: Notation | None = None
    is_mixed: bool = False
    doubtful: frozenset[str] = frozenset()


def is_long(sheet: ReadSheet, own_names: Mapping[str, LongColumn] | None = None) -> bool:
    """Whether a sheet has the columns of a long one."""
    return find_heading(sheet.rows, own_names) is not None


def read_long_sheet(sheet: ReadSheet, catalogue: Catalogue, settings: LongSettings | None = None) -> SheetOutcome:
    """Everything in a long sheet. For files too long for that, use :class:`LongReader` and its stream."""
    settings = settings or LongSettings()
    heading = find_heading(sheet.rows, settings.column_names)
    if heading is None:
        message = (
            f"Op blad ‘{sheet.name}’ staat geen rij met opschriften. Nodig zijn ten minste de kolommen indicator, "
            "periode en waarde."
        )
        return SheetOutcome(refusals=(SheetRefusal("opschriften", message, sheet=sheet.name),))
    reader = LongReader(sheet.name, heading, catalogue, settings, sheet.percentages)
    rows = [
        (number, row)
        for number, row in enumerate(sheet.rows, start=1)
        if number > heading.row and number not in sheet.hidden_rows
    ]
    reader.look_through(rows)
    outcome = gathered([*_said(sheet, heading), *reader.read(rows)])
    return without_doubles(outcome, lambda one: reader.name_of(one.series, one.period))


def _said(sheet: ReadSheet, heading: LongHeading) -> Iterator[SheetRemark]:
    """What of the sheet is left aside."""
    if heading.unknown:
        names = ", ".join(heading.said)
        yield SheetRemark("kolom-genegeerd", f"Niet gelezen, want niet herkend: {names}.")
    hidden = sorted(row for row in sheet.hidden_rows if heading.row < row <= len(sheet.rows))
    if hidden:
        yield SheetRemark("verborgen-rijen", f"Verborgen rijen zijn niet gelezen: {', '.join(map(str, hidden[:20]))}.")
    columns = sorted(set(heading.columns.values()) & sheet.hidden_columns)
    if columns:
        letters = ", ".join(column_letters(column) for column in columns)
        yield SheetRemark("verborgen-kolommen", f"Kolom {letters} is verborgen, maar wel gelezen.")


class LongReader:
    """Reads the rows under a heading. First :meth:`look_through`, then :meth:`read`; both take the rows as a stream."""

    def __init__(
        self,
        sheet: str,
        heading: LongHeading,
        catalogue: Catalogue,
        settings: LongSettings,
        percentages: frozenset[tuple[int, int]] = frozenset(),
    ) -> None:
        self._sheet, self._heading, self._settings = sheet, heading, settings
        self._catalogue, self._percentages = catalogue, percentages
        self._resolver = Resolver(catalogue, settings.indicator_names)
        self._units: dict[tuple[str, str], Resolved[Decimal]] = {}
        self.evidence = ColumnEvidence()

    def look_through(self, rows: Iterable[tuple[int, Row]]) -> None:
        """Find out how the numbers of the value column are written."""
        column, of = self._heading.columns[LongColumn.VALUE], self._heading.columns[LongColumn.INDICATOR]
        notations: set[Notation] = set()
        doubtful: set[str] = set()
        for number, row in rows:
            value = row[column] if column < len(row) else None
            if isinstance(value, str):
                if len(notations) < 2 and (notation := notation_of(value)):
                    notations.add(notation)
            elif isinstance(value, Decimal) and 0 < abs(value) <= 1 and (number, column) not in self._percentages:
                known = self._resolver.indicator(plain_text(row[of]) if of < len(row) else "").found
                if known and is_doubtful_share(value, known):
                    doubtful.add(known.code)
        only = next(iter(notations)) if len(notations) == 1 else None
        self.evidence = ColumnEvidence(only, len(notations) > 1, frozenset(doubtful))

    def read(self, rows: Iterable[tuple[int, Row]]) -> Iterator[SheetItem]:
        """The figures of the rows, and what is refused or asked; empty rows are passed over."""
        for number, row in rows:
            if any(value is not None for value in row):
                yield from self._row(_RowCells(self._sheet, number, row, self._heading, self._percentages))

    def name_of(self, series: SeriesChoice, period: Period) -> str:
        name = self._catalogue.series_name(series.indicator, series.area, series.variant, series.categories)
        return f"‘{name}’ over {period.label}"

    def _row(self, cells: "_RowCells") -> Iterator[SheetItem]:
        value_cell = cells.cell(LongColumn.VALUE)
        indicator = self._resolver.indicator(cells.text(LongColumn.INDICATOR))
        if indicator.found is None:
            if not value_cell.is_empty or cells.text(LongColumn.INDICATOR):
                yield from self._not_found(cells, indicator)
            return
        known = indicator.found
        area = self._resolver.area(cells.text(LongColumn.AREA))
        categories = self._resolver.categories(cells.text(LongColumn.CATEGORIES))
        variant = variant_of(cells.text(LongColumn.VARIANT))
        period = self._period(cells, known)
        status = self._status(cells)
        factor = self._factor(cells.text(LongColumn.UNIT), known)
        problems = [
            refused(cells.cell(sort).place, one)
            for sort, one in (
                (LongColumn.AREA, area), (LongColumn.CATEGORIES, categories), (LongColumn.VARIANT, variant),
                (LongColumn.PERIOD, period), (LongColumn.STATUS, status), (LongColumn.UNIT, factor),
            )
            if one.found is None and one.code
        ]  # fmt: skip
        reading = self._value(value_cell, known, factor.found or Decimal(1))
        if problems and reading.kind is not ValueKind.SKIPPED:
            yield from problems
            return
        series = _series(known, area, variant, categories)
        if series is None or period.found is None:
            return
        yield from self._figure(cells, reading, series, period.found, status.found)

    def _not_found(self, cells: "_RowCells", indicator: Resolved[KnownIndicator]) -> Iterator[SheetItem]:
        """A line of text under the table is a note; a row that has more than that is refused."""
        if cells.filled == 1:
            yield SheetRemark("regel-overgeslagen", f"Rij {cells.number} is geen cijfer en is overgeslagen.")
        else:
            yield refused(cells.cell(LongColumn.INDICATOR).place, indicator)

    def _figure(
        self, cells: "_RowCells", reading: ValueReading, series: SeriesChoice, period: Period, status: Status | None
    ) -> Iterator[SheetItem]:
        place = cells.cell(LongColumn.VALUE).place
        if reading.kind is ValueKind.SKIPPED:
            yield SheetRemark("lege-waarde", "Rijen zonder waarde zijn overgeslagen.")
        elif reading.kind is ValueKind.ASKED:
            yield question_of(reading, place, f"kolom {column_letters(place.column)}")
        elif reading.kind is ValueKind.REFUSED:
            yield SheetRefusal(reading.code, at(place, reading.message), place)
        else:
            if reading.is_rounded:
                yield SheetRemark("afgerond", "Getallen zijn afgerond op de decimalen van de indicator.")
            yield SheetFigure(
                series=series,
                period=period,
                value=reading.value,
                value_high=reading.value_high,
                marker=reading.marker,
                qualifier=reading.qualifier,
                decimals=min(decimals_of(reading.value), 4) if reading.value is not None else 0,
                status=status,
                source=cells.text(LongColumn.SOURCE),
                remark=cells.text(LongColumn.REMARK),
                place=place,
                text=reading.text,
            )

    def _value(self, cell: ReadCell, known: KnownIndicator, factor: Decimal) -> ValueReading:
        values = self._settings.values
        chosen = replace(
            values,
            notation=self.evidence.notation,
            factor=values.factor * factor,
            scale=self._settings.scales.get(known.code) or values.scale,
        )
        reading = read_value(cell, known, chosen)
        in_doubt = known.code in self.evidence.doubtful and chosen.scale is None and not cell.shows_percentage
        if in_doubt and isinstance(cell.value, Decimal):
            return doubtful_share(cell.value, reading.text, known)
        return reading

    def _period(self, cells: "_RowCells", known: KnownIndicator) -> Resolved[Period]:
        cell = cells.cell(LongColumn.PERIOD)
        words = self._resolver.period(cell.value)
        if words is None:
            shown = plain(cell.text)[:60] or "(leeg)"
            message = f"‘{shown}’ is geen periode. Schrijf bijvoorbeeld 2024, 2024-H1, mei 2024 of 2 november 2025."
            return Resolved(code="periode", message=message)
        return period_for(words.for_series(known.usual_period, self._settings.day_of_year), plain(cell.text), known)

    def _status(self, cells: "_RowCells") -> Resolved[Status | None]:
        """The status column goes before what the period says (“2024 (voorlopig)”)."""
        if text := cells.text(LongColumn.STATUS):
            return status_of(text)
        words = self._resolver.period(cells.cell(LongColumn.PERIOD).value)
        return Resolved(words.status if words else None)

    def _factor(self, text: str, known: KnownIndicator) -> Resolved[Decimal]:
        key = (text, known.code)
        if key not in self._units:
            self._units[key] = self._unit(text, known)
        return self._units[key]

    def _unit(self, text: str, known: KnownIndicator) -> Resolved[Decimal]:
        own = self._settings.unit_factors.get(folded(text))
        if own is not None:
            return Resolved(own)
        if not text or is_same_unit(text, known.unit):
            return Resolved(Decimal(1))
        unit = known.unit or "een getal zonder meeteenheid"
        message = (
            f"de meeteenheid is ‘{plain(text)[:60]}’, maar dit cijfer is in {unit}. Vraag de goede meeteenheid, of leg "
            "in het profiel vast hoeveel keer het getal moet worden genomen."
        )
        return Resolved(code="meeteenheid", message=message)


def _series(
    known: KnownIndicator, area: Resolved[str], variant: Resolved[Variant], categories: Resolved[Categories]
) -> SeriesChoice | None:
    if area.found is None or variant.found is None or categories.found is None:
        return None
    return SeriesChoice(known.code, area.found, variant.found.value, categories.found)


class _RowCells:
    """The cells of a row by what they hold."""

    __slots__ = ("_heading", "_percentages", "_row", "_sheet", "number")

    def __init__(
        self, sheet: str, number: int, row: Row, heading: LongHeading, percentages: frozenset[tuple[int, int]]
    ) -> None:
        self._sheet, self.number, self._row = sheet, number, row
        self._heading, self._percentages = heading, percentages

    @property
    def filled(self) -> int:
        return sum(value is not None for value in self._row)

    def cell(self, sort: LongColumn) -> ReadCell:
        column = self._heading.columns.get(sort, 0)
        value = self._row[column] if sort in self._heading.columns and column < len(self._row) else None
        return ReadCell(CellPlace(self._sheet, self.number, column), value, (self.number, column) in self._percentages)

    def text(self, sort: LongColumn) -> str:
        return self.cell(sort).text[:_LONGEST_TEXT]


def period_for(period: Period | None, shown: str, known: KnownIndicator) -> Resolved[Period]:
    """The period of a figure, or why the words do not settle it."""
    if period is not None:
        return Resolved(period)
    if known.usual_period in ("stand", "stroom-tot-dag"):
        message = f"‘{shown}’ noemt geen dag, en dit cijfer hoort bij een peildatum. Schrijf bijvoorbeeld 31-12-2024."
    else:
        message = f"‘{shown}’ is één dag, en dit cijfer gaat over een tijdvak. Schrijf bijvoorbeeld 2024 of 2024-H1."
    return Resolved(code="periode", message=message)


def refused(place: CellPlace, problem: Resolved[object]) -> SheetRefusal:
    return SheetRefusal(problem.code, at(place, problem.message), place)


def question_of(reading: ValueReading, place: CellPlace, column: str) -> SheetQuestion:
    """A value that is asked as a question about its column (decimal sign), its sign or its indicator (scale)."""
    subject = column if reading.code == "decimaalteken" else reading.subject
    sign = f"het teken ‘{reading.text}’" if reading.text else "een lege cel"
    messages = {
        "decimaalteken": f"In {column} staan getallen die op twee manieren kunnen worden gelezen, zoals "
        f"‘{reading.text}’ in {place}. Wat is bedoeld?",
        "teken": f"Wat betekent {sign} in dit bestand?",
        "schaal": f"Zijn de aandelen geschreven als fractie of als percentage, zoals ‘{reading.text}’ in {place}?",
    }
    return SheetQuestion(
        reading.code, subject, messages[reading.code], tuple(_choice(one) for one in reading.answers), (place,), 1
    )


def _choice(answer: ReadAnswer) -> SheetChoice:
    return SheetChoice(str(answer.answer), answer.label)
