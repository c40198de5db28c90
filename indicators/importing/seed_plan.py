"""What a load of the seed files would write: everything checked, nothing written."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from indicators.core.enumerations import Certainty, Marker, MoneyBasis, Qualifier, Status, Variant
from indicators.core.periods import Period
from indicators.importing.catalogue_rows import KnownCodes, catalogue_rows, fact_rows, target_rows
from indicators.importing.seed_files import SeedFiles, SeedRow
from indicators.services.catalogue import SeriesIdentity


@dataclass(frozen=True)
class FigureLine:
    """One row of figures.csv, checked."""

    row: SeedRow
    series: SeriesIdentity
    period: Period
    footnotes: tuple[tuple[str, str], ...]  # (code, text)


@dataclass(frozen=True)
class LoadPlan:
    """What a load would write; made without touching the database."""

    files: SeedFiles
    known: KnownCodes
    figures: tuple[FigureLine, ...]
    readings: tuple[tuple[SeedRow, SeriesIdentity], ...]
    differences: tuple[tuple[SeedRow, SeriesIdentity], ...]
    digest: str

    @property
    def periods(self) -> Iterator[Period]:
        for line in self.figures:
            yield line.period
        for name in ("readings", "facts", "breaks", "differences"):
            for row in self.files[name]:
                if period := row.period("period"):
                    yield period

    @property
    def series(self) -> Iterator[SeriesIdentity]:
        yield from (line.series for line in self.figures)
        yield from (identity for _, identity in (*self.readings, *self.differences))


def plan_load(files: SeedFiles) -> LoadPlan:
    """Check everything. Raises :class:`SeedProblem` at the first thing that is wrong."""
    known = KnownCodes(
        themes=files.codes("themes"),
        areas=files.codes("areas"),
        sources=files.codes("sources"),
        rounds=files.codes("rounds"),
        publications=files.codes("publications"),
        categories=_category_codes(files),
        indicators=files.codes("indicators"),
    )
    files.codes("facts")
    files.codes("targets")
    files.codes("footnotes", key=footnote_code)
    for name, column in (("rounds", "reference_date"), ("publications", "date")):
        for row in files[name]:
            row.text(column, required=True)
    for name in ("themes", "areas", "categories"):
        _refuse_circles(files[name])
    figures = tuple(_figure_line(row, known) for row in files["figures"])
    _refuse_doubles(((line.row, (line.series.key, line.period.code)) for line in figures), "period", "dit cijfer")
    for rows in (catalogue_rows(files, known), fact_rows(files, known, {}, {}), target_rows(files, known, {})):
        for _ in rows:
            pass
    readings = tuple((row, _identity(row, known)) for row in files["readings"])
    differences = tuple((row, _identity(row, known, variant=Variant.REALISED)) for row in files["differences"])
    _refuse_doubles(((row, _reading_key(row, identity)) for row, identity in readings), "value", "deze lezing")
    for name, columns in (("breaks", ("indicator", "period", "kind")), ("restatements", ("indicator", "publication"))):
        named = ((row, tuple(row.text(column) for column in columns)) for row in files[name])
        _refuse_doubles(named, columns[-1], "dit")
    return LoadPlan(files, known, figures, readings, differences, _digest(files))


def _category_codes(files: SeedFiles) -> set[tuple[str, str]]:
    breakdowns = files.codes("breakdowns")
    files.codes("categories", key=lambda row: f"{row.text('breakdown')}={row.text('code', required=True)}")
    pairs = {(row.reference("breakdown", breakdowns), row.text("code")) for row in files["categories"]}
    for row in files["categories"]:
        if (parent := row.text("parent")) and (row.text("breakdown"), parent) not in pairs:
            raise row.problem("parent", f"‘{parent}’ komt niet voor bij deze uitsplitsing.")
    return pairs


def _identity(row: SeedRow, known: KnownCodes, *, variant: str = "") -> SeriesIdentity:
    return SeriesIdentity(
        indicator=row.reference("indicator", known.indicators),
        area="nederland" if variant else row.reference("area", known.areas),
        variant=variant or row.choice("variant", Variant).value,
        categories=row.categories(known.categories),
    )


def _figure_line(row: SeedRow, known: KnownCodes) -> FigureLine:
    period = row.period("period")
    if period is None:
        raise row.problem("period", "de cel is leeg.")
    value = row.number("value")
    if (value is None) == (row.text("marker") == ""):
        raise row.problem("value", "vul een waarde in, of een reden waarom die er niet is (niet allebei).")
    row.upper_bound("value_high", value)
    row.reference("publication", known.publications)
    row.reference("source", known.sources, required=False)
    certainty = row.choice("certainty", Certainty)
    read_as = row.text("read_as", required=certainty is Certainty.REASONED)
    notes = tuple(_note(text) for text in (read_as, row.text("footnote")) if text)
    row.choice("status", Status)
    for column, vocabulary in (("marker", Marker), ("qualifier", Qualifier), ("money_basis", MoneyBasis)):
        row.choice_or_empty(column, vocabulary)
    return FigureLine(row, _identity(row, known), period, notes)


def footnote_code(row: SeedRow) -> str:
    """Footnotes are named within their indicator."""
    return f"{row.text('indicator')}-{row.text('code', required=True)}"


def _note(text: str) -> tuple[str, str]:
    """A footnote's code is made from its text: the same remark under many figures is one footnote."""
    return f"noot-{hashlib.sha256(text.encode()).hexdigest()[:16]}", text


def _reading_key(row: SeedRow, series: SeriesIdentity) -> tuple[str, ...]:
    period = row.period("period")
    origin = (row.text(column) for column in ("publication", "source", "place", "value"))
    return (series.key, period.code if period else "", *origin)


def _refuse_doubles(rows: Iterable[tuple[SeedRow, tuple[str, ...]]], column: str, what: str) -> None:
    """The same thing said twice in one file: the load would keep the last, and change its mind at every run."""
    seen: dict[tuple[str, ...], SeedRow] = {}
    for row, identity in rows:
        if before := seen.get(identity):
            raise row.problem(column, f"{what} staat ook op regel {before.line}.")
        seen[identity] = row


def _refuse_circles(rows: Sequence[SeedRow]) -> None:
    """No row is its own ancestor: what reads the tree upwards would never end."""
    parents = {_place_in_tree(row, "code"): _place_in_tree(row, "parent") for row in rows}
    for row in rows:
        start = _place_in_tree(row, "code")
        passed, above = {start}, parents[start]
        while above in parents:
            if above == start:
                raise row.problem("parent", f"‘{row.text('code')}’ staat boven zichzelf.")
            if above in passed:
                break  # a circle higher up; its own rows say so
            passed.add(above)
            above = parents[above]


def _place_in_tree(row: SeedRow, column: str) -> tuple[str, str]:
    return row.cells.get("breakdown", ""), row.text(column)


def _digest(files: SeedFiles) -> str:
    digest = hashlib.sha256()
    for name in sorted(files.rows):
        for row in files[name]:
            digest.update(repr((name, sorted(row.cells.items()))).encode())
    return digest.hexdigest()
