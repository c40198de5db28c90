"""Catalogue, one-off figures and norms: seed rows as rows for their tables, checked while they are read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from indicators.core.enumerations import (
    Certainty,
    Comparator,
    Direction,
    Measure,
    Qualifier,
    TargetKind,
    TargetState,
    Variant,
)
from indicators.importing.seed_files import SeedFiles
from monitor.base.core.dates import start_of_day


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


def catalogue_rows(files: SeedFiles, known: KnownCodes) -> Iterator[dict[str, Any]]:
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
            "version_decimals": row.decimals("decimals"),
            "version_measure": row.choice("measure", Measure).value,
            "version_direction": row.choice("direction", Direction).value,
        }


def fact_rows(
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
        moment = start_of_day(publication_day(files, publication))
        yield {
            **{name: row.text(name) for name in ("code", "name", "sentence", "unit", "place", "asserted_by", "kind")},
            **{name: row.text(name) for name in ("read_as", "footnote")},
            "theme_id": id_of(ids, "themes", row.reference("theme", known.themes)),
            "area_id": id_of(ids, "areas", row.reference("area", known.areas)),
            "publication_id": id_of(ids, "publications", publication),
            "source_id": id_of(ids, "sources", row.reference("source", known.sources, required=False)),
            "period_id": periods.get(period.code),
            "value": value,
            "value_high": row.upper_bound("value_high", value),
            "decimals": row.decimals("decimals"),
            "variant": row.choice("variant", Variant).value,
            "qualifier": row.choice_or_empty("qualifier", Qualifier),
            "certainty": row.choice("certainty", Certainty).value,
            "known_from": moment,
            "public_from": moment,
        }


def target_rows(files: SeedFiles, known: KnownCodes, ids: Mapping[str, Mapping[str, int]]) -> Iterator[dict[str, Any]]:
    for row in files["targets"]:
        comparator, value = row.choice("comparator", Comparator), row.number("value")
        high = row.upper_bound("value_high", value)
        if comparator is Comparator.BETWEEN and high is None:
            raise row.problem("value_high", "vul beide grenzen in.")
        yield {
            **{name: row.text(name) for name in ("code", "level", "period_label", "place")},
            "text": row.text("text", required=True),
            "indicator_id": id_of(ids, "indicators", row.reference("indicator", known.indicators)),
            "publication_id": id_of(ids, "publications", row.reference("publication", known.publications)),
            "source_id": id_of(ids, "sources", row.reference("source", known.sources, required=False)),
            "kind": row.choice("kind", TargetKind).value,
            "comparator": comparator.value,
            "state": row.choice("state", TargetState).value,
            "value": value,
            "value_high": high,
            "valid_from": row.day("valid_from"),
            "valid_to": row.day("valid_to"),
        }


def id_of(ids: Mapping[str, Mapping[str, int]], table: str, code: str) -> int | None:
    """The id of a code in a table; None for no code."""
    return ids.get(table, {}).get(code) if code else None


def publication_day(files: SeedFiles, code: str) -> date:
    """The day a publication is of. Raises :class:`SeedProblem` when its cell is empty."""
    row = next(row for row in files["publications"] if row.text("code") == code)
    day = row.day("date")
    if day is None:
        raise row.problem("date", "de cel is leeg.")
    return day
