"""A checked plan as rows for the tables: publications, remarks, breaks, figures and readings."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from indicators.core.enumerations import BreakKind, Qualifier, ReadingKind
from indicators.importing.catalogue_rows import id_of, publication_day
from indicators.importing.seed_plan import LoadPlan, footnote_code
from indicators.services.published import PublishedValue
from monitor.base.core.dates import start_of_day

CORRECTION_REASON = "Het seedbestand is verbeterd."


def publication_rows(plan: LoadPlan, ids: Mapping[str, Mapping[str, int]]) -> Iterator[dict[str, Any]]:
    columns = ("code", "name", "short_name", "kenmerk", "kamerstuk", "programme", "document", "date_note")
    for row in plan.files["publications"]:
        yield {
            **{column: row.text(column) for column in columns},
            "date": row.day("date"),
            "round_id": id_of(ids, "rounds", row.reference("round", plan.known.rounds, required=False)),
        }


def remarks(
    plan: LoadPlan, ids: Mapping[str, Mapping[str, int]], file: str, columns: Sequence[str]
) -> Iterator[dict[str, Any]]:
    for row in plan.files[file]:
        yield {
            **{column: row.text(column, required=True) for column in columns},
            **({"code": footnote_code(row)} if file == "footnotes" else {}),
            "text": row.text("text", required=True),
            "place": row.text("place"),
            "indicator_id": id_of(
                ids, "indicators", row.reference("indicator", plan.known.indicators, required=file == "restatements")
            ),
            "publication_id": id_of(ids, "publications", row.reference("publication", plan.known.publications)),
        }


def break_rows(
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
            "publication_id": id_of(
                ids, "publications", row.reference("publication", plan.known.publications, required=False)
            ),
            "place": row.text("place"),
        }


def difference_rows(
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


def published_values(
    plan: LoadPlan,
    ids: Mapping[str, Mapping[str, int]],
    periods: Mapping[str, int],
    series: Mapping[str, int],
) -> list[PublishedValue]:
    moments = {code: start_of_day(publication_day(plan.files, code)) for code in plan.known.publications}
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
                source_id=id_of(ids, "sources", row.text("source")),
                place=row.text("place"),
                footnotes=tuple(code for code, _ in line.footnotes),
                known_from=moments[publication],
                public_from=moments[publication],
                reason=CORRECTION_REASON,
            )
        )
    return values


def reading_rows(
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
            "value_high": row.upper_bound("value_high", value),
            "qualifier": row.choice_or_empty("qualifier", Qualifier),
            "decimals": _decimals(row.text("value")),
            "reason": row.text("reason", required=True),
            "alternative": row.text("alternative"),
            "publication_id": id_of(ids, "publications", publication),
            "source_id": id_of(ids, "sources", source),
            "place": row.text("place"),
        }


def _decimals(text: str) -> int:
    """The published precision: the decimals that were printed."""
    return len(text.partition(".")[2])
