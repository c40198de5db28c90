"""From seed files to tables in one transaction: ``apply_load(plan_load(read_seed_files()))``."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import DataError, IntegrityError, transaction
from django.utils import timezone

from indicators.core.enumerations import AreaKind, Audience
from indicators.core.vantage import Vantage
from indicators.importing.catalogue_rows import catalogue_rows, fact_rows, id_of, target_rows
from indicators.importing.figure_rows import (
    CORRECTION_REASON,
    break_rows,
    difference_rows,
    publication_rows,
    published_values,
    reading_rows,
    remarks,
)
from indicators.importing.seed_files import SeedProblem
from indicators.importing.seed_plan import LoadPlan, plan_load
from indicators.importing.seed_rounds import fill_new_rounds, save_rounds, save_suppliers
from indicators.models import (
    Area,
    Breakdown,
    Category,
    DifferenceExplanation,
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
from indicators.queries.verification import published_sums
from indicators.services.catalogue import Counts, save_periods, save_rows, save_series
from indicators.services.published import record_published
from indicators.services.published_facts import record_published_facts
from monitor.base.services.audit import record_act

__all__ = ["apply_load", "plan_load"]


def apply_load(plan: LoadPlan) -> dict[str, Counts]:
    """Write the plan in one transaction and leave one audit record. Returns counts per kind, in order of writing.

    The same plan again changes nothing and leaves no record. What the database refuses becomes a :class:`SeedProblem`.
    """
    try:
        with transaction.atomic():
            return _apply(plan)
    except (IntegrityError, DataError) as error:
        raise SeedProblem(f"De seedbestanden spreken zichzelf tegen ({error}). Er is niets geladen.") from error


def _apply(plan: LoadPlan) -> dict[str, Counts]:
    counts: dict[str, Counts] = {}
    ids, fresh_rounds = _save_dimensions(plan, counts)
    periods = save_periods(plan.periods)
    series = save_series(plan.series)
    _save_surroundings(plan, ids, periods, series, counts)
    counts["waarnemingen"] = record_published(published_values(plan, ids, periods, series))
    counts["lezingen"], _ = save_rows(Reading, reading_rows(plan, ids, periods, series), key=("key",))
    facts = fact_rows(plan.files, plan.known, ids, periods)
    counts["losse cijfers"] = record_published_facts(facts, reason=CORRECTION_REASON)
    counts["gevraagde cijfers"] = fill_new_rounds(fresh_rounds)
    if any(count.new or count.changed for count in counts.values()):
        _require_sums()
        record_act(
            actor=None,
            act="gepubliceerde cijfers geladen",
            subject="seedbestanden",
            counts={name: count.new + count.changed for name, count in counts.items()},
            rows_digest=plan.digest,
        )
    return counts


def _save_dimensions(plan: LoadPlan, counts: dict[str, Counts]) -> tuple[dict[str, dict[str, int]], tuple[Round, ...]]:
    """The catalogue and all it hangs on: ids by code per table, and the rounds that are new and open."""
    files = plan.files
    ids: dict[str, dict[str, int]] = {}
    for name, label, model, columns in (
        ("sources", "bronnen", Source, ("code", "title", "holder", "kind")),
        ("breakdowns", "uitsplitsingen", Breakdown, ("code", "name")),
    ):
        rows = [{column: row.text(column) for column in columns} for row in files[name]]
        counts[label], stored = save_rows(model, rows)
        ids[name] = {code: row.pk for (code,), row in stored.items()}
    ids["themes"] = _save_tree(plan, counts, "themes", "thema's", Theme, ("code", "name", "programme"))
    ids["areas"] = _save_tree(plan, counts, "areas", "gebieden", Area, ("code", "kind", "name", "cbs_code"))
    counts["leveranciers"] = save_suppliers(plan)
    counts["rapportagerondes"], ids["rounds"], fresh_rounds = save_rounds(plan)
    counts["publicaties"], publications = save_rows(Publication, publication_rows(plan, ids))
    ids["publications"] = {code: row.pk for (code,), row in publications.items()}
    counts["categorieën"] = _save_categories(plan, ids)
    ids["indicators"] = _save_indicators(plan, ids, counts)
    return ids, fresh_rounds


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
    entries = list(catalogue_rows(plan.files, plan.known))
    rows = []
    for entry in entries:
        values = {name: value for name, value in entry.items() if not name.startswith("version_")}
        values["theme_id"] = ids["themes"][values.pop("theme")]
        values["source_id"] = id_of(ids, "sources", values.pop("source"))
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
    counts["normen en doelen"], _ = save_rows(Target, target_rows(plan.files, plan.known, ids))
    counts["trendbreuken"], _ = save_rows(
        SeriesBreak, break_rows(plan, ids, periods), key=("indicator_id", "period_id", "kind")
    )
    counts["herstellingen van reeksen"], _ = save_rows(
        Restatement, remarks(plan, ids, "restatements", ("scope",)), key=("indicator_id", "publication_id")
    )
    counts["voetnoten"], _ = save_rows(
        Footnote,
        [
            *remarks(plan, ids, "footnotes", ()),
            *(
                {"code": code, "text": text, "indicator_id": None, "publication_id": None, "place": ""}
                for code, text in sorted({note for line in plan.figures for note in line.footnotes})
            ),
        ],
    )
    counts["toelichtingen op verschillen"], _ = save_rows(
        DifferenceExplanation, difference_rows(plan, ids, periods, series), key=("series_id", "period_id", "order")
    )


def _require_sums() -> None:
    """A total that does not agree with its parts stops the load: one of the lines is wrong."""
    for check in published_sums(Vantage(timezone.now(), Audience.INTERNAL)):
        if not check.agrees:
            raise SeedProblem(f"Bestand ‘figures.csv’ spreekt zichzelf tegen. {check.sentence} Er is niets geladen.")
