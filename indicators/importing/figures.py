"""From seed files to tables: plan (everything checked, nothing written), then apply (one transaction)."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from indicators.core.enumerations import (
    AreaKind,
    BreakKind,
    Certainty,
    Comparator,
    Direction,
    Marker,
    Measure,
    MoneyBasis,
    Qualifier,
    ReadingKind,
    Status,
    TargetKind,
    TargetState,
    Variant,
)
from indicators.core.periods import Period
from indicators.importing.seed_files import SeedFiles, SeedProblem, SeedRow
from indicators.models import (
    Area,
    Breakdown,
    Category,
    DifferenceExplanation,
    Fact,
    Footnote,
    Indicator,
    IndicatorVersion,
    Publication,
    Reading,
    Restatement,
    Round,
    SeriesBreak,
    Source,
    Target,
    Theme,
)
from indicators.services.catalogue import Counts, SeriesIdentity, save_periods, save_rows, save_series
from indicators.services.published import PublishedValue, record_published
from monitor.base.core.dates import start_of_day
from monitor.base.services.audit import record_act

CORRECTION_REASON = "Het seedbestand is verbeterd."


@dataclass(frozen=True)
class KnownCodes:
    """The codes that seed rows may refer to."""

    themes: set[str]
    areas: set[str]
    sources: set[str]
    rounds: set[str]
    publications: set[str]
    categories: set[tuple[str, str]]
    indicators: set[str]


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
    files.codes("footnotes", key=_footnote_code)
    figures = tuple(_figure_line(row, known) for row in files["figures"])
    _refuse_doubles(figures)
    for rows in (_catalogue_rows(files, known), _fact_rows(files, known, {}, {}), _target_rows(files, known, {})):
        for _ in rows:
            pass
    readings = tuple((row, _identity(row, known)) for row in files["readings"])
    differences = tuple((row, _identity(row, known, variant=Variant.REALISED)) for row in files["differences"])
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
    if (row.number("value") is None) == (row.text("marker") == ""):
        raise row.problem("value", "vul een waarde in, of een reden waarom die er niet is (niet allebei).")
    row.reference("publication", known.publications)
    row.reference("source", known.sources, required=False)
    certainty = row.choice("certainty", Certainty)
    read_as = row.text("read_as", required=certainty is Certainty.REASONED)
    notes = tuple(_note(text) for text in (read_as, row.text("footnote")) if text)
    for column, vocabulary in (("marker", Marker), ("qualifier", Qualifier), ("status", Status)):
        row.choice_or_empty(column, vocabulary)
    row.choice_or_empty("money_basis", MoneyBasis)
    return FigureLine(row, _identity(row, known), period, notes)


def _footnote_code(row: SeedRow) -> str:
    """Footnotes are named within their indicator."""
    return f"{row.text('indicator')}-{row.text('code', required=True)}"


def _note(text: str) -> tuple[str, str]:
    """A footnote's code is made from its text: the same remark under many figures is one footnote."""
    return f"noot-{hashlib.sha256(text.encode()).hexdigest()[:16]}", text


def _refuse_doubles(lines: Sequence[FigureLine]) -> None:
    seen: dict[tuple[str, str], SeedRow] = {}
    for line in lines:
        identity = (line.series.key, line.period.code)
        if before := seen.get(identity):
            raise line.row.problem("period", f"dit cijfer staat ook op regel {before.line}.")
        seen[identity] = line.row


def _digest(files: SeedFiles) -> str:
    digest = hashlib.sha256()
    for name in sorted(files.rows):
        for row in files[name]:
            digest.update(repr((name, sorted(row.cells.items()))).encode())
    return digest.hexdigest()


# --- rows for the tables ----------------------------------------------------------------------------------------------


def _catalogue_rows(files: SeedFiles, known: KnownCodes) -> Iterator[dict[str, Any]]:
    """Indicators with the wording of their first version (keys that start with ``version_``)."""
    with_rest = {row.reference("indicator", known.indicators) for row in files["rests"]}
    for row in files["indicators"]:
        row.reference("theme", known.themes)
        row.reference("source", known.sources, required=False)
        yield {
            "code": row.text("code"),
            "theme": row.text("theme"),
            "source": row.text("source"),
            "level": row.text("level"),
            "value_kind": row.text("value_kind", required=True),
            "additive": row.yes("additive"),
            "has_rest": row.text("code") in with_rest,
            "default_period_kind": row.text("default_period_kind"),
            "chart": row.text("chart"),
            "order": row.integer("order"),
            "version_name": row.text("name", required=True),
            "version_definition": row.text("definition"),
            "version_definition_note": row.text("definition_note"),
            "version_unit": row.text("unit"),
            "version_decimals": row.integer("decimals"),
            "version_measure": row.choice("measure", Measure).value,
            "version_direction": row.choice("direction", Direction).value,
        }


def _fact_rows(
    files: SeedFiles, known: KnownCodes, ids: Mapping[str, Mapping[str, int]], periods: Mapping[str, int]
) -> Iterator[dict[str, Any]]:
    """Facts as rows; with empty ``ids`` it only checks."""
    for row in files["facts"]:
        if "{waarde}" not in row.text("sentence"):
            raise row.problem("sentence", "de zin mist {waarde}.")
        value, period = row.number("value"), row.period("period")
        if value is None or period is None:
            raise row.problem("value" if value is None else "period", "de cel is leeg.")
        publication = row.reference("publication", known.publications)
        moment = start_of_day(_publication_day(files, publication))
        yield {
            **{name: row.text(name) for name in ("code", "name", "sentence", "unit", "place", "asserted_by", "kind")},
            **{name: row.text(name) for name in ("read_as", "footnote")},
            "theme_id": _id(ids, "themes", row.reference("theme", known.themes)),
            "area_id": _id(ids, "areas", row.reference("area", known.areas)),
            "publication_id": _id(ids, "publications", publication),
            "source_id": _id(ids, "sources", row.reference("source", known.sources, required=False)),
            "period_id": periods.get(period.code),
            "value": value,
            "value_high": row.number("value_high"),
            "decimals": row.integer("decimals"),
            "variant": row.choice("variant", Variant).value,
            "qualifier": row.choice_or_empty("qualifier", Qualifier),
            "certainty": row.choice("certainty", Certainty).value,
            "known_from": moment,
            "public_from": moment,
        }


def _target_rows(files: SeedFiles, known: KnownCodes, ids: Mapping[str, Mapping[str, int]]) -> Iterator[dict[str, Any]]:
    for row in files["targets"]:
        yield {
            **{name: row.text(name) for name in ("code", "level", "period_label", "place")},
            "text": row.text("text", required=True),
            "indicator_id": _id(ids, "indicators", row.reference("indicator", known.indicators)),
            "publication_id": _id(ids, "publications", row.reference("publication", known.publications)),
            "source_id": _id(ids, "sources", row.reference("source", known.sources, required=False)),
            "kind": row.choice("kind", TargetKind).value,
            "comparator": row.choice("comparator", Comparator).value,
            "state": row.choice("state", TargetState).value,
            "value": row.number("value"),
            "value_high": row.number("value_high"),
            "valid_from": row.day("valid_from"),
            "valid_to": row.day("valid_to"),
        }


def _id(ids: Mapping[str, Mapping[str, int]], table: str, code: str) -> int | None:
    return ids.get(table, {}).get(code) if code else None


def _publication_day(files: SeedFiles, code: str) -> Any:
    return next(row.day("date") for row in files["publications"] if row.text("code") == code)


# --- applying ---------------------------------------------------------------------------------------------------------


def apply_load(plan: LoadPlan) -> dict[str, Counts]:
    """Write the plan in one transaction and leave one audit record. Returns counts per kind, in order of writing.

    The same plan again changes nothing and leaves no record. What the database refuses becomes a :class:`SeedProblem`.
    """
    try:
        with transaction.atomic():
            return _apply(plan)
    except IntegrityError as error:
        raise SeedProblem(f"De seedbestanden spreken zichzelf tegen ({error}). Er is niets geladen.") from error


def _apply(plan: LoadPlan) -> dict[str, Counts]:
    counts: dict[str, Counts] = {}
    ids = _save_dimensions(plan, counts)
    periods = save_periods(plan.periods)
    series = save_series(plan.series)
    _save_surroundings(plan, ids, periods, series, counts)
    counts["waarnemingen"] = record_published(_published_values(plan, ids, periods, series))
    counts["lezingen"], _ = save_rows(Reading, _reading_rows(plan, ids, periods, series), key=("key",))
    counts["losse cijfers"], _ = save_rows(Fact, _fact_rows(plan.files, plan.known, ids, periods))
    if any(count.new or count.changed for count in counts.values()):
        record_act(
            actor=None,
            act="gepubliceerde cijfers geladen",
            subject="seedbestanden",
            counts={name: count.new + count.changed for name, count in counts.items()},
            rows_digest=plan.digest,
        )
    return counts


def _save_dimensions(plan: LoadPlan, counts: dict[str, Counts]) -> dict[str, dict[str, int]]:
    """Themes, areas, sources, rounds, publications, breakdowns, categories and indicators; ids by code per table."""
    files, ids = plan.files, {}
    for name, label, model, columns in (
        ("sources", "bronnen", Source, ("code", "title", "holder", "kind")),
        ("breakdowns", "uitsplitsingen", Breakdown, ("code", "name")),
    ):
        rows = [{column: row.text(column) for column in columns} for row in files[name]]
        counts[label], stored = save_rows(model, rows)
        ids[name] = {code: row.pk for (code,), row in stored.items()}
    ids["themes"] = _save_tree(plan, counts, "themes", "thema's", Theme, ("code", "name", "programme"))
    ids["areas"] = _save_tree(plan, counts, "areas", "gebieden", Area, ("code", "kind", "name", "cbs_code"))
    counts["rapportagerondes"], rounds = save_rows(
        Round,
        [
            {**{c: row.text(c) for c in ("code", "name", "programme")}, "reference_date": row.day("reference_date")}
            for row in files["rounds"]
        ],
    )
    ids["rounds"] = {code: row.pk for (code,), row in rounds.items()}
    counts["publicaties"], publications = save_rows(Publication, _publication_rows(plan, ids))
    ids["publications"] = {code: row.pk for (code,), row in publications.items()}
    counts["categorieën"] = _save_categories(plan, ids)
    ids["indicators"] = _save_indicators(plan, ids, counts)
    return ids


def _save_tree(
    plan: LoadPlan, counts: dict[str, Counts], file: str, label: str, model: Any, columns: Sequence[str]
) -> dict[str, int]:
    """A table whose rows may have a parent in the same table: first the rows, then their parents."""
    source = plan.files[file]
    known = {row.text("code") for row in source}
    rows = [{**{column: row.text(column) for column in columns}, "order": row.integer("order")} for row in source]
    if file == "areas":
        for row in source:
            row.choice("kind", AreaKind)
    counts[label], stored = save_rows(model, rows)
    ids = {code: row.pk for (code,), row in stored.items()}
    parents = [
        {"code": row.text("code"), "parent_id": ids.get(row.reference("parent", known, required=False))}
        for row in source
    ]
    save_rows(model, parents)
    return ids


def _publication_rows(plan: LoadPlan, ids: Mapping[str, Mapping[str, int]]) -> Iterator[dict[str, Any]]:
    columns = ("code", "name", "short_name", "kenmerk", "kamerstuk", "programme", "document", "date_note")
    for row in plan.files["publications"]:
        yield {
            **{column: row.text(column) for column in columns},
            "date": row.day("date"),
            "round_id": _id(ids, "rounds", row.reference("round", plan.known.rounds, required=False)),
        }


def _save_categories(plan: LoadPlan, ids: Mapping[str, Mapping[str, int]]) -> Counts:
    source = plan.files["categories"]
    key = ("breakdown_id", "code")
    rows = [
        {
            "breakdown_id": ids["breakdowns"][row.text("breakdown")],
            "code": row.text("code"),
            "name": row.text("name", required=True),
            "order": row.integer("order"),
        }
        for row in source
    ]
    counts, stored = save_rows(Category, rows, key=key)
    parents = [
        {
            "breakdown_id": ids["breakdowns"][row.text("breakdown")],
            "code": row.text("code"),
            "parent_id": stored[(ids["breakdowns"][row.text("breakdown")], row.text("parent"))].pk
            if row.text("parent")
            else None,
        }
        for row in source
    ]
    save_rows(Category, parents, key=key)
    return counts


def _save_indicators(plan: LoadPlan, ids: Mapping[str, Mapping[str, int]], counts: dict[str, Counts]) -> dict[str, int]:
    entries = list(_catalogue_rows(plan.files, plan.known))
    rows = []
    for entry in entries:
        values = {name: value for name, value in entry.items() if not name.startswith("version_")}
        values["theme_id"] = ids["themes"][values.pop("theme")]
        values["source_id"] = _id(ids, "sources", values.pop("source"))
        rows.append(values)
    counts["indicatoren"], stored = save_rows(Indicator, rows)
    by_code = {code: row.pk for (code,), row in stored.items()}
    versions = [
        {
            "indicator_id": by_code[entry["code"]],
            "number": 1,
            **{name.removeprefix("version_"): value for name, value in entry.items() if name.startswith("version_")},
        }
        for entry in entries
    ]
    counts["indicatorversies"], _ = save_rows(IndicatorVersion, versions, key=("indicator_id", "number"))
    return by_code


def _save_surroundings(
    plan: LoadPlan,
    ids: Mapping[str, Mapping[str, int]],
    periods: Mapping[str, int],
    series: Mapping[str, int],
    counts: dict[str, Counts],
) -> None:
    """Norms, breaks, restatements, footnotes and explanations of differences."""
    counts["normen en doelen"], _ = save_rows(Target, _target_rows(plan.files, plan.known, ids))
    counts["trendbreuken"], _ = save_rows(
        SeriesBreak, _break_rows(plan, ids, periods), key=("indicator_id", "period_id", "kind")
    )
    counts["herstellingen van reeksen"], _ = save_rows(
        Restatement, _remarks(plan, ids, "restatements", ("scope",)), key=("indicator_id", "publication_id")
    )
    counts["voetnoten"], _ = save_rows(
        Footnote,
        [
            *_remarks(plan, ids, "footnotes", ()),
            *(
                {"code": code, "text": text, "indicator_id": None, "publication_id": None, "place": ""}
                for code, text in sorted({note for line in plan.figures for note in line.footnotes})
            ),
        ],
    )
    counts["toelichtingen op verschillen"], _ = save_rows(
        DifferenceExplanation, _difference_rows(plan, ids, periods, series), key=("series_id", "period_id", "order")
    )


def _remarks(
    plan: LoadPlan, ids: Mapping[str, Mapping[str, int]], file: str, columns: Sequence[str]
) -> Iterator[dict[str, Any]]:
    for row in plan.files[file]:
        yield {
            **{column: row.text(column, required=True) for column in columns},
            **({"code": _footnote_code(row)} if file == "footnotes" else {}),
            "text": row.text("text", required=True),
            "place": row.text("place"),
            "indicator_id": _id(
                ids, "indicators", row.reference("indicator", plan.known.indicators, required=file == "restatements")
            ),
            "publication_id": _id(ids, "publications", row.reference("publication", plan.known.publications)),
        }


def _break_rows(
    plan: LoadPlan, ids: Mapping[str, Mapping[str, int]], periods: Mapping[str, int]
) -> Iterator[dict[str, Any]]:
    for row in plan.files["breaks"]:
        period = row.period("period")
        if period is None:
            raise row.problem("period", "de cel is leeg.")
        yield {
            "indicator_id": ids["indicators"][row.reference("indicator", plan.known.indicators)],
            "period_id": periods[period.code],
            "kind": row.choice("kind", BreakKind).value,
            "text": row.text("text", required=True),
            "publication_id": _id(
                ids, "publications", row.reference("publication", plan.known.publications, required=False)
            ),
            "place": row.text("place"),
        }


def _difference_rows(
    plan: LoadPlan,
    ids: Mapping[str, Mapping[str, int]],
    periods: Mapping[str, int],
    series: Mapping[str, int],
) -> Iterator[dict[str, Any]]:
    orders: dict[tuple[int, int], int] = {}
    for row, identity in plan.differences:
        period = row.period("period")
        if period is None:
            raise row.problem("period", "de cel is leeg.")
        place = (series[identity.key], periods[period.code])
        orders[place] = orders.get(place, 0) + 1
        yield {
            "series_id": place[0],
            "period_id": place[1],
            "order": orders[place],
            "text": row.text("text", required=True),
            "publication_id": ids["publications"][row.reference("publication", plan.known.publications)],
            "place": row.text("place"),
        }


def _published_values(
    plan: LoadPlan,
    ids: Mapping[str, Mapping[str, int]],
    periods: Mapping[str, int],
    series: Mapping[str, int],
) -> list[PublishedValue]:
    moments = {
        row.text("code"): start_of_day(day)
        for row in plan.files["publications"]
        if (day := row.day("date")) is not None
    }
    values = []
    for line in plan.figures:
        row, publication = line.row, line.row.text("publication")
        values.append(
            PublishedValue(
                series_id=series[line.series.key],
                period_id=periods[line.period.code],
                value=row.number("value"),
                value_high=row.number("value_high"),
                marker=row.text("marker"),
                qualifier=row.text("qualifier"),
                decimals=_decimals(row.text("value")),
                status=row.text("status"),
                certainty=row.text("certainty"),
                money_basis=row.text("money_basis"),
                asserted_by=row.text("asserted_by"),
                publication_id=ids["publications"][publication],
                source_id=_id(ids, "sources", row.text("source")),
                place=row.text("place"),
                footnotes=tuple(code for code, _ in line.footnotes),
                known_from=moments[publication],
                public_from=moments[publication],
                reason=CORRECTION_REASON,
            )
        )
    return values


def _reading_rows(
    plan: LoadPlan,
    ids: Mapping[str, Mapping[str, int]],
    periods: Mapping[str, int],
    series: Mapping[str, int],
) -> Iterator[dict[str, Any]]:
    for row, identity in plan.readings:
        period = row.period("period")
        publication = row.reference("publication", plan.known.publications, required=False)
        source = row.reference("source", plan.known.sources, required=not publication)
        value = row.number("value")
        if value is None:
            raise row.problem("value", "de cel is leeg.")
        yield {
            "key": "|".join(
                (identity.key, period.code if period else "", publication, source, row.text("place"), str(value))
            ),
            "series_id": series[identity.key],
            "period_id": periods[period.code] if period else None,
            "kind": row.choice("kind", ReadingKind).value,
            "value": value,
            "value_high": row.number("value_high"),
            "qualifier": row.choice_or_empty("qualifier", Qualifier),
            "decimals": _decimals(row.text("value")),
            "reason": row.text("reason", required=True),
            "alternative": row.text("alternative"),
            "publication_id": _id(ids, "publications", publication),
            "source_id": _id(ids, "sources", source),
            "place": row.text("place"),
        }


def _decimals(text: str) -> int:
    """The published precision: the decimals that were printed."""
    return len(text.partition(".")[2])
