"""The values of a wide table as figures: what its headings and labels say, with what the profile settles."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from indicators.core.enumerations import Status
from indicators.core.long_resolving import Resolved
from indicators.core.long_sheets import period_for, question_of, refused
from indicators.core.pasting import Notation, common_notation, decimals_of
from indicators.core.period_words import PeriodWords
from indicators.core.periods import Period
from indicators.core.profiles import NO_PROFILE, LabelRule, Profile
from indicators.core.sheet_names import COUNTRY, Catalogue, KnownIndicator
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
from indicators.core.sheet_units import is_same_unit, multiple_of
from indicators.core.sheet_values import ValueKind, ValueReading, doubtful_share, is_doubtful_share, read_value
from indicators.core.wide_tables import ColumnHead, LabelKey, RowHead, WideTable, key_of
from monitor.base.tabular.reading_cells import ReadCell, ReadSheet

_PROVISIONAL_NOTES = ("voorlopig", "voorlopig cijfer", "voorlopige cijfers", "voorlopige telling")


@dataclass(frozen=True)
class _Target:
    """What a cell is a value of, when all of it is known."""

    known: KnownIndicator
    series: SeriesChoice
    period: Period
    factor: Decimal


def read_wide_table(
    sheet: ReadSheet, table: WideTable, catalogue: Catalogue, profile: Profile = NO_PROFILE
) -> SheetOutcome:
    """Every value of a table as a figure, a refusal or a question. Labels without a rule are refused, once each."""
    reader = _TableReader(sheet, table, catalogue, profile)
    outcome = gathered([*table.remarks, *reader.read()])
    return without_doubles(outcome, reader.name_of)


class _TableReader:
    def __init__(self, sheet: ReadSheet, table: WideTable, catalogue: Catalogue, profile: Profile) -> None:
        self._sheet, self._table, self._catalogue, self._profile = sheet, table, catalogue, profile
        self._rules = profile.rules()
        self._ignored = {folded(text) for text in profile.ignored_columns}
        self._footnotes = {note.mark: note.text for note in table.footnotes}
        self._notations = self._column_notations()

    def name_of(self, figure: SheetFigure) -> str:
        one = figure.series
        return f"‘{self._catalogue.series_name(one.indicator, one.area, one.variant, one.categories)}’"

    def read(self) -> Iterator[SheetItem]:
        columns = [column for column in self._table.columns if not self._is_left_out(column)]
        for column in self._table.columns:
            if self._is_left_out(column):
                yield SheetRemark("kolom-genegeerd", f"Kolom {column.letters} (‘{column.text}’) is niet gelezen.")
        for row in self._table.rows:
            yield from self._row(row, columns)
        yield from self._mark_remarks()

    def _is_left_out(self, column: ColumnHead) -> bool:
        """A column that the profile ignores, or a sum over areas that nobody tied to an area."""
        if folded(column.text) in self._ignored:
            return True
        is_sum = column.is_total and self._table.areas_across and not column.area
        return is_sum and folded(column.label) not in self._profile.areas

    def _row(self, row: RowHead, columns: list[ColumnHead]) -> Iterator[SheetItem]:
        """The values of a row. What is wrong with its label is said once, not for every value."""
        said: set[LabelKey] = set()
        doubtful = self._holds_doubtful_share(row, columns)
        for column in columns:
            key = self._key(row, column)
            cell = self._cell(row, column)
            if key in said or (cell.is_empty and "leeg" not in self._profile.signs):
                continue
            rule = self._rule(key)
            if rule is None:
                said.add(key)
                yield self._without_rule(row, key)
            elif rule.series is not None:
                yield from self._value(row, column, cell, rule, doubtful)

    def _key(self, row: RowHead, column: ColumnHead) -> LabelKey:
        key = key_of(row, column)
        is_named_area = folded(column.label) in self._profile.areas
        return replace(key, column="") if is_named_area else key

    def _rule(self, key: LabelKey) -> LabelRule | None:
        """The rule of the profile, or the indicator whose name or code the label is."""
        if rule := self._rules.get(key.folded):
            return rule
        words = " ".join(part for part in (key.label, key.column) if part)
        named = self._catalogue.indicator_names.find(words)
        return LabelRule(key, SeriesChoice(named.code, area="")) if named.code else None

    def _without_rule(self, row: RowHead, key: LabelKey) -> SheetItem:
        if row.is_total:
            return SheetRemark("totaal-genegeerd", f"Rij {row.row} (‘{key.words}’) is een totaal en is niet gelezen.")
        shown = plain(key.words)[:100] or self._table.name
        message = f"‘{shown}’ hoort nog bij geen reeks. Kies in het profiel de reeks, of geef aan dat de rij vervalt."
        return SheetRefusal("label-onbekend", at(row.place, message), row.place)

    def _value(
        self, row: RowHead, column: ColumnHead, cell: ReadCell, rule: LabelRule, doubtful: frozenset[str]
    ) -> Iterator[SheetItem]:
        target = self._target(row, column, cell, rule)
        if not isinstance(target, _Target):
            yield target
            return
        settings = replace(
            self._profile.values,
            notation=self._notations.get(column.column),
            factor=target.factor,
            marks=tuple(self._footnotes),
        )
        reading = read_value(cell, target.known, settings)
        in_doubt = target.known.code in doubtful and settings.scale is None and not cell.shows_percentage
        if in_doubt and isinstance(cell.value, Decimal) and abs(cell.value) <= 1:
            reading = doubtful_share(cell.value, reading.text, target.known)
        yield from self._read(reading, row, column, cell, target)

    def _read(
        self, reading: ValueReading, row: RowHead, column: ColumnHead, cell: ReadCell, target: _Target
    ) -> Iterator[SheetItem]:
        if reading.kind is ValueKind.SKIPPED:
            return
        if reading.kind is ValueKind.ASKED:
            yield question_of(reading, cell.place, "deze tabel")
            return
        if reading.kind is ValueKind.REFUSED:
            yield SheetRefusal(reading.code, at(cell.place, reading.message), cell.place)
            return
        if reading.is_rounded:
            yield SheetRemark("afgerond", "Getallen zijn afgerond op de decimalen van de indicator.")
        marks = dict.fromkeys((*row.marks, *column.marks, *reading.marks))
        yield SheetFigure(
            series=target.series,
            period=target.period,
            value=reading.value,
            value_high=reading.value_high,
            marker=reading.marker,
            qualifier=reading.qualifier,
            decimals=min(decimals_of(reading.value), 4) if reading.value is not None else 0,
            status=self._status(row, column, tuple(marks)),
            footnotes=tuple(self._footnotes[mark] for mark in marks if mark in self._footnotes),
            place=cell.place,
            text=reading.text,
        )

    def _target(
        self, row: RowHead, column: ColumnHead, cell: ReadCell, rule: LabelRule
    ) -> _Target | SheetRefusal | SheetQuestion:
        """The series, period and factor of a cell, or the first thing about it that is not settled."""
        chosen = rule.series
        known = self._catalogue.indicators.get(chosen.indicator) if chosen else None
        if chosen is None or known is None:
            message = f"het profiel noemt een indicator die er niet meer is: ‘{chosen.indicator if chosen else ''}’."
            return SheetRefusal("indicator-onbekend", at(row.place, f"{message} Pas het profiel aan."), row.place)
        area = self._area(row, column, chosen)
        if not isinstance(area, Resolved) or area.found is None:
            return area if isinstance(area, SheetQuestion) else refused(cell.place, area)
        period = self._period(row, column, known)
        if period.found is None:
            place = column.places[0] if column.period and column.places else row.place if row.period else cell.place
            return SheetRefusal(period.code, at(place, period.message), place)
        factor = self._factor(row, column, rule, known, cell)
        if not isinstance(factor, Decimal):
            return factor
        variant = chosen.variant if column.variant is None else column.variant.value
        return _Target(known, replace(chosen, area=area.found, variant=variant), period.found, factor)

    def _area(self, row: RowHead, column: ColumnHead, chosen: SeriesChoice) -> Resolved[str] | SheetQuestion:
        """The area that the sheet names for this cell, else that of the rule, else the country."""
        named = row.area or column.area
        if not named and folded(column.label) in self._profile.areas:
            named = column.label
        if not named:
            return Resolved(chosen.area or COUNTRY)
        own = self._profile.areas.get(folded(named), "")
        if own in self._catalogue.areas:
            return Resolved(own)
        found = self._catalogue.area_names.find(named)
        if found.code:
            return Resolved(found.code)
        kinds = {self._catalogue.areas[code].kind: code for code in found.candidates}
        if self._profile.area_kind in kinds:
            return Resolved(kinds[self._profile.area_kind])
        if found.is_ambiguous and len(kinds) == len(found.candidates):
            return SheetQuestion(
                "gebied",
                "soort",
                f"‘{plain(named)[:60]}’ is de naam van meer gebieden. Waarover gaan de gebieden in deze tabel?",
                tuple(SheetChoice(kind, kind.replace("-", " ").capitalize()) for kind in sorted(kinds)),
                (row.place if row.area else column.places[0],),
            )
        message = f"‘{plain(named)[:60]}’ is de naam van meer gebieden. Leg in het profiel vast welk gebied het is."
        return Resolved(code="gebied-dubbelzinnig", message=message)

    def _period(self, row: RowHead, column: ColumnHead, known: KnownIndicator) -> Resolved[Period]:
        words: PeriodWords | None = column.period or row.period or self._table.title_period
        if words is None:
            message = "bij dit cijfer staat geen periode, ook niet in de titel. Vraag de leverancier waarover het gaat."
            return Resolved(code="periode", message=message)
        shown = column.text if column.period else row.label if row.period else words.label
        return period_for(words.for_series(known.usual_period, self._profile.day_of_year), shown, known)

    def _factor(
        self, row: RowHead, column: ColumnHead, rule: LabelRule, known: KnownIndicator, cell: ReadCell
    ) -> Decimal | SheetRefusal | SheetQuestion:
        """How many times the number must be taken: what the profile says, else what the sheet says must be asked."""
        if rule.factor is not None:
            return rule.factor
        unit = row.unit or column.unit
        own = self._profile.unit_factors.get(folded(unit)) if unit else None
        if own is not None:
            return own
        if unit and not is_same_unit(unit, known.unit):
            message = (
                f"de meeteenheid is ‘{plain(unit)[:60]}’, maar dit cijfer is in {known.unit or 'een los getal'}. Leg "
                "in het profiel vast hoeveel keer het getal moet worden genomen, of vraag de goede meeteenheid."
            )
            return SheetRefusal("meeteenheid", at(cell.place, message), cell.place)
        multiple = self._table.multiple
        if self._profile.factor is not None:
            return self._profile.factor
        if multiple is None or unit or multiple == multiple_of(known.unit) or "procent" in known.unit:
            return Decimal(1)
        return _asked_multiple(multiple, known, cell)

    def _status(self, row: RowHead, column: ColumnHead, marks: tuple[str, ...]) -> Status | None:
        """What a heading says, else what a mark means by the profile or by its footnote; None when nothing says it."""
        for words in (column.period, row.period):
            if words and words.status:
                return words.status
        for mark in marks:
            if mark in self._profile.marks:
                return self._profile.marks[mark]
            if folded(self._footnotes.get(mark, "")).rstrip(".") in _PROVISIONAL_NOTES:
                return Status.PROVISIONAL
        return None

    def _mark_remarks(self) -> Iterator[SheetRemark]:
        """Marks without a footnote: said, since they may matter."""
        groups = [*(row.marks for row in self._table.rows), *(column.marks for column in self._table.columns)]
        used = dict.fromkeys(mark for marks in groups for mark in marks)
        for mark in used:
            if mark not in self._footnotes and mark not in self._profile.marks:
                yield SheetRemark(
                    "voetnoot-ontbreekt", f"Het verwijzingsteken ‘{mark}’ heeft onder de tabel geen noot."
                )

    def _cell(self, row: RowHead, column: ColumnHead) -> ReadCell:
        return self._sheet.cell(row.row, column.column)

    def _holds_doubtful_share(self, row: RowHead, columns: list[ColumnHead]) -> frozenset[str]:
        """The indicators of a row that may be written as fractions: one such number puts the others in doubt."""
        found = set()
        for column in columns:
            cell = self._cell(row, column)
            rule = self._rule(self._key(row, column)) if isinstance(cell.value, Decimal) else None
            known = self._catalogue.indicators.get(rule.series.indicator) if rule and rule.series else None
            is_number = isinstance(cell.value, Decimal) and not cell.shows_percentage
            if known and is_number and is_doubtful_share(Decimal(str(cell.value)), known):
                found.add(known.code)
        return frozenset(found)

    def _column_notations(self) -> Mapping[int, Notation | None]:
        """How numbers in text are written, per column; a column that does not show it follows the table."""
        texts = {
            column.column: [
                cell.text for row in self._table.rows if isinstance((cell := self._cell(row, column)).value, str)
            ]
            for column in self._table.columns
        }
        everywhere = common_notation(text for column in texts.values() for text in column)
        return {column: common_notation(found) or everywhere for column, found in texts.items()}


def _asked_multiple(multiple: Decimal, known: KnownIndicator, cell: ReadCell) -> SheetQuestion:
    times = f"{multiple:,.0f}".replace(",", ".")
    return SheetQuestion(
        "vermenigvuldigen",
        f"{multiple:f}",
        f"Bij de tabel staat × {times}, en dit cijfer is in {known.unit or 'een los getal'}. Moet "
        f"‘{plain(cell.text)[:40]}’ in {cell.place} {times} keer worden genomen?",
        (
            SheetChoice(f"{multiple:f}", f"Ja, × {times}"),
            SheetChoice("1", "Nee, de getallen staan er al goed"),
        ),
        (cell.place,),
    )
