"""The annex on the strength allocation: what a kept run says, in text, tables and charts.

A report holds no invented input and no half outcome: such a run is refused, naming what is wrong with it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from allocation.core.answers import NO_NEED, Answer
from allocation.core.comparison import Comparison
from allocation.core.explanation import REMARK, Explanation, in_words
from allocation.core.pictures import PLACES, bars_spec, map_spec, rounded_points
from indicators.core.charts import ChartSpec
from monitor.base.core.numbers import format_number
from reports.core.composing.ledger import ReportStops
from reports.core.document import (
    Align,
    Block,
    BulletList,
    Cell,
    Chart,
    Column,
    FigureRow,
    Notice,
    Paragraph,
    RichText,
    Row,
    RowKind,
    Span,
    Table,
)
from reports.core.templates import ALLOCATION_NAME, AllocationBlock

TOLD_FEATURES = 4  # more columns do not fit on a page


@dataclass(frozen=True)
class AllocationData:
    """A kept run as plain values, with what the texts say of it."""

    run: int
    model: str
    standing: str
    model_source: str
    feature_set: str
    year: int
    source: str
    fte: Decimal
    raw_total: Decimal
    reference_fte: Decimal
    comparison: Comparison
    explanations: Sequence[Explanation]
    names: Mapping[str, str]
    answers: Sequence[Answer]
    fictitious: tuple[str, ...]
    missing: tuple[str, ...]
    digest: str
    software: str
    scenario: str = ""  # its name, when the input was changed to see what would happen

    @property
    def bound(self) -> Mapping[str, str]:
        """What a text can bind to, by name."""
        ordered = sorted(self.comparison.rows, key=lambda row: (-row.lines[0].percentage, row.unit))
        most, least = ordered[0], ordered[-1]
        return {
            "fte": self.number(self.fte),
            "model": self.model,
            "stand": self.standing,
            "jaar": str(self.year),
            "gegevens": self.feature_set,
            "kenmerken": str(len(self.names)),
            "politie-eenheden": str(len(self.comparison.rows)),
            "ongeschaald": format_number(self.raw_total, 1),
            "gewichten-bij": self.number(self.reference_fte),
            "meeste": most.unit,
            "meeste-fte": f"{self.number(most.lines[0].fte or Decimal(0))} fte",
            "meeste-aandeel": f"{format_number(most.lines[0].percentage, 2)}%",
            "minste": least.unit,
            "minste-fte": f"{self.number(least.lines[0].fte or Decimal(0))} fte",
            "minste-aandeel": f"{format_number(least.lines[0].percentage, 2)}%",
            "sleutels": " en ".join(key.name for key in self.comparison.keys[1:]) or "geen andere sleutel",
        }

    @property
    def in_order(self) -> list[Explanation]:
        """The explanations in the usual order of the units."""
        by_unit = {one.unit: one for one in self.explanations}
        return [by_unit[row.unit] for row in self.comparison.rows]

    def number(self, value: Decimal) -> str:
        whole = value == value.to_integral_value()
        return format_number(value, 0 if whole else self.comparison.decimals)

    def reference(self, name: str) -> str:
        """Where a piece of text came from."""
        return f"berekening {self.run} | {name}"


def require_publishable(data: AllocationData) -> None:
    """Raise :class:`ReportStops` for a run on invented features, naming them, and for a partial run."""
    if data.fictitious:
        raise ReportStops(
            f"Berekening {data.run} steunt op fictieve invoer: {', '.join(data.fictitious)}. Een rapport neemt die "
            "niet op. Kies een berekening die alleen op echte kenmerken steunt."
        )
    if data.missing:
        raise ReportStops(
            f"Berekening {data.run} is gedeeltelijk; deze kenmerken ontbreken: {', '.join(data.missing)}. Een rapport "
            "neemt haar niet op. Laad de kenmerken en draai het model opnieuw."
        )


def allocation_blocks(data: AllocationData, uid: str, block: AllocationBlock) -> Iterator[Block]:
    """What one block of the template becomes."""
    match block.part:
        case "tekst":
            for paragraph in block.text.strip().split("\n\n"):
                yield Paragraph(bound_text(data, paragraph))
        case "let-op":
            what_if = f"Dit is een scenario: {data.scenario}. " if data.scenario else ""
            yield Notice(block.caption, (Span(f"{what_if}{NO_NEED} {REMARK}", data.reference("let op")),))
        case "tabel":
            yield _table(data, uid, block.caption)
        case "staven":
            spec = bars_spec(uid, data.comparison)
            yield Chart(spec, block.caption, _chart_table(data, uid, block.caption), data.source)
        case "kaart":
            yield from _map(data, uid, block)
        case "uitleg":
            yield from _explained(data, uid, block.caption)
        case "vragen":
            for answer in data.answers:
                text = (Span(" ".join(answer.sentences), data.reference(answer.uid)),)
                yield Notice(answer.question, text)
        case _:
            yield _account(data)


def bound_text(data: AllocationData, text: str) -> RichText:
    """Text with ``{{ verdeling: naam }}`` filled in. Raises :class:`ReportStops` for a name that does not exist."""
    spans = []
    position = 0
    plain = " ".join(text.split())
    for found in re.finditer(ALLOCATION_NAME, plain):
        name = found["name"]
        if name not in data.bound:
            raise ReportStops(f"Een tekst noemt ‘{name}’; bij een verdeling zijn mogelijk: {', '.join(data.bound)}.")
        if found.start() > position:
            spans.append(Span(plain[position : found.start()]))
        spans.append(Span(data.bound[name], data.reference(name)))
        position = found.end()
    if position < len(plain):
        spans.append(Span(plain[position:]))
    return tuple(spans)


def _table(data: AllocationData, uid: str, caption: str) -> Table:
    """Strength and share per unit and key, with the difference; the total last."""
    decimals = data.comparison.decimals
    columns = [Column("Politie-eenheid", Align.TEXT)]
    for index, key in enumerate(data.comparison.keys):
        columns += [Column("fte", group=key.name), Column("aandeel", group=key.name)]
        columns += [Column("verschil", group=key.name)] if index else []
    rows = []
    for row in data.comparison.rows:
        cells = []
        for index, line in enumerate(row.lines):
            cells += [_cell(data, row.unit, format_number(line.fte or 0, decimals))]
            cells += [_cell(data, row.unit, f"{format_number(line.percentage, 2)}%")]
            if index:
                cells.append(_cell(data, row.unit, format_number(line.difference or 0, decimals, sign=True)))
        rows.append(Row(Cell(row.unit), tuple(cells)))
    totals = []
    for index in range(len(data.comparison.keys)):
        totals += [Cell(format_number(data.comparison.total_of(index) or 0, decimals)), Cell("100,00%")]
        totals += [Cell("")] if index else []
    rows.append(Row(Cell("Totaal"), tuple(totals), RowKind.TOTAL))
    return Table(uid, caption, tuple(columns), tuple(rows), data.source, "extra fte; verschil in fte met het model")


def _cell(data: AllocationData, unit: str, text: str) -> Cell:
    return Cell(text, reference=data.reference(unit))


def _chart_table(data: AllocationData, uid: str, caption: str) -> Table:
    columns = (Column("Politie-eenheid", Align.TEXT), *(Column(key.name) for key in data.comparison.keys))
    rows = tuple(
        Row(
            Cell(row.unit),
            tuple(_cell(data, row.unit, format_number(line.fte or 0, data.comparison.decimals)) for line in row.lines),
        )
        for row in data.comparison.rows
    )
    return Table(f"{uid}-tabel", caption, columns, rows, data.source, "extra fte")


def _map(data: AllocationData, uid: str, block: AllocationBlock) -> Iterator[Chart]:
    """The share on a map of tiles, and the difference with the first other key when asked for."""
    against = 1 if block.against else 0
    if against and len(data.comparison.keys) < 2:
        return
    spec = map_spec(uid, data.comparison, against=against)
    if spec is None:
        raise ReportStops(f"De kaart kent alleen de politie-eenheden {', '.join(PLACES)}.")
    yield Chart(spec, block.caption, _map_table(data, spec, f"{uid}-tabel", block.caption), data.source)


def _map_table(data: AllocationData, spec: ChartSpec, uid: str, caption: str) -> Table:
    unit = "procentpunt" if spec.unit == "procentpunt" else "procent"
    columns = (Column("Politie-eenheid", Align.TEXT), Column(spec.series[0].name))
    signed = unit == "procentpunt"
    rows = tuple(
        Row(Cell(label), (_cell(data, label, format_number(value or 0, 2, sign=signed)),))
        for label, value in zip(spec.labels, spec.series[0].values, strict=True)
    )
    return Table(uid, caption, columns, rows, data.source, unit)


def _explained(data: AllocationData, uid: str, caption: str) -> Iterator[Block]:
    """Every unit in words, and a table of what the largest features do."""
    items = []
    for explanation in data.in_order:
        sentences = in_words(explanation, data.names)[:-1]
        items.append((Span(" ".join(sentences), data.reference(f"uitleg {explanation.unit}")),))
    yield BulletList(tuple(items), data.source)
    yield Paragraph((Span(REMARK),))
    yield _contributions(data, f"{uid}-bijdragen", caption)


def _contributions(data: AllocationData, uid: str, caption: str) -> Table:
    """In percentage points: share of inhabitants against share, split over the features that matter most anywhere."""
    weight = {
        feature: max(
            abs(one.difference) for each in data.explanations for one in each.contributions if one.feature == feature
        )
        for feature in data.names
    }
    told = sorted(weight, key=lambda feature: (-weight[feature], feature))[:TOLD_FEATURES]
    rows = []
    for explanation in data.in_order:
        parts = {one.feature: one.difference for one in explanation.contributions}
        rest = sum((part for feature, part in parts.items() if feature not in told), explanation.difference * 0)
        points = rounded_points([*(parts[feature] for feature in told), rest])
        cells = [format_number(point, 2, sign=True) for point in (*points, sum(points, Decimal(0)))]
        rows.append(Row(Cell(explanation.unit), tuple(_cell(data, explanation.unit, text) for text in cells)))
    heads = [*(data.names[feature] for feature in told), "andere kenmerken", "samen"]
    columns = (Column("Politie-eenheid", Align.TEXT), *(Column(head[:1].upper() + head[1:]) for head in heads))
    return Table(uid, caption, columns, tuple(rows), data.source, "procentpunt ten opzichte van het aandeel inwoners")


def _account(data: AllocationData) -> BulletList:
    """Where the figures came from, so that the run can be made again."""
    facts = (
        f"Model: {data.model} ({data.standing}). {data.model_source}.",
        f"Kenmerken: {data.feature_set}, {data.year}. {data.source}.",
        f"Ongeschaald telt de uitkomst op tot {format_number(data.raw_total, 1)} op {data.number(data.reference_fte)} "
        "fte; zo ver zijn gegevens en gewichten uiteengelopen.",
        f"Berekening {data.run}, {data.software}. Controlegetal van de uitkomst: {data.digest[:16]}.",
    )
    return BulletList(tuple((Span(fact, data.reference("herkomst")),) for fact in facts))


def figure_rows(data: AllocationData) -> Iterator[FigureRow]:
    """What the annex rests on, for the sheet with figures: strength and share of every unit by every key."""
    for index, key in enumerate(data.comparison.keys):
        for row in data.comparison.rows:
            line = row.lines[index]
            shown = (
                ("extra sterkte", line.fte, "fte", data.comparison.decimals),
                ("aandeel", line.percentage, "procent", 2),
            )
            for what, value, unit, decimals in shown:
                yield _figure_row(data, f"{what} volgens {key.name}", row.unit, value, unit, decimals)


def _figure_row(
    data: AllocationData, name: str, area: str, value: Decimal | None, unit: str, decimals: int
) -> FigureRow:
    return FigureRow(
        indicator="sterkteverdeling",
        name=name,
        area=area,
        categories="",
        variant="berekening",
        period=str(data.year),
        period_label=str(data.year),
        value=value,
        marker="",
        qualifier="",
        unit=unit,
        decimals=decimals,
        status=data.standing,
        publication=data.model_source,
        place=f"berekening {data.run}",
        source=data.source,
        certainty="berekend",
        footnote="",
        revision=1,
    )
