"""The seed files agree with themselves, with the sums the papers publish, and with the list of what was read."""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

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
from indicators.core.periods import parse_period

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "indicators" / "seeds"
INVENTORY = ROOT.parent / "shared" / "data"

Row = dict[str, str]
Key = tuple[str, ...]

TEXT_COLUMNS = (
    "definition",
    "definition_note",
    "sentence",
    "text",
    "reason",
    "alternative",
    "read_as",
    "footnote",
    "date_note",
)
MAX_DECIMALS = 4

# Totals that stand in running text and are rounded to whole millions, while their parts stand in a table.
ROUNDED_TOTALS = {"botoc-middelen-bewaken-beveiligen", "botoc-middelen-mit"}
# Parts published beside a total that are not all of it: (indicator, breakdown).
INCOMPLETE_PARTS = {
    ("gtpa-incidenten", "soort-geweld"),
    ("politievrijwilligers", "opleiding"),
    ("pmg-familieaanpak-gezinnen", "begeleiding"),
}
# The norm “one per 5,000 inhabitants” is kept as 100 percent of the number the law asks for.
STORED_OTHERWISE = {("002_58b9a79cf990ffff.txt", "10310", "5000"): "100"}


def read(name: str) -> list[Row]:
    with (SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def codes(name: str) -> set[str]:
    return {row["code"] for row in read(name)}


def category_pairs(row: Row) -> list[tuple[str, str]]:
    parts = (pair.partition("=") for pair in row["categories"].split(";") if pair)
    return [(breakdown, category) for breakdown, _, category in parts]


def figure_key(row: Row) -> Key:
    categories = ";".join(sorted(row["categories"].split(";")))
    return row["indicator"], row["area"], row["variant"], categories, parse_period(row["period"]).code


def value_of(row: Row) -> Decimal:
    """The number for a sum: a published dash (nihil) counts as nothing."""
    return Decimal(row["value"] or "0")


def place_key(row: Row, document: dict[str, str]) -> Key:
    return document[row["publication"]], row["place"].removeprefix("regel ")


@pytest.mark.parametrize(
    "name", ["themes", "areas", "sources", "publications", "breakdowns", "indicators", "facts", "targets"]
)
def test_codes_are_unique(name: str) -> None:
    counts = Counter(row["code"] for row in read(name))
    assert [code for code, number in counts.items() if number > 1] == []


def test_category_codes_are_unique_within_their_breakdown() -> None:
    counts = Counter((row["breakdown"], row["code"]) for row in read("categories"))
    assert [code for code, number in counts.items() if number > 1] == []


def test_footnote_codes_are_unique_within_their_indicator() -> None:
    counts = Counter((row["indicator"], row["code"]) for row in read("footnotes"))
    assert [code for code, number in counts.items() if number > 1] == []


REFERENCES = [
    ("themes", "parent", "themes"),
    ("areas", "parent", "areas"),
    ("categories", "breakdown", "breakdowns"),
    ("indicators", "theme", "themes"),
    ("indicators", "source", "sources"),
    *((name, "indicator", "indicators") for name in ("figures", "readings", "targets", "breaks", "restatements")),
    *((name, "indicator", "indicators") for name in ("footnotes", "differences")),
    *((name, "publication", "publications") for name in ("figures", "facts", "readings", "targets", "breaks")),
    *((name, "publication", "publications") for name in ("restatements", "footnotes", "differences")),
    *((name, "source", "sources") for name in ("figures", "facts", "readings", "targets")),
    *((name, "area", "areas") for name in ("figures", "facts", "readings")),
    ("facts", "theme", "themes"),
]
MAY_BE_EMPTY = {("themes", "parent"), ("areas", "parent"), ("readings", "publication")}


@pytest.mark.parametrize(("name", "column", "target"), REFERENCES)
def test_every_reference_exists(name: str, column: str, target: str) -> None:
    known = codes(target) | ({""} if (name, column) in MAY_BE_EMPTY else set())
    assert {row[column] for row in read(name)} - known == set()


def test_every_parent_category_exists_in_its_own_breakdown() -> None:
    rows = read("categories")
    known = {(row["breakdown"], row["code"]) for row in rows}
    assert {(row["breakdown"], row["parent"]) for row in rows if row["parent"]} - known == set()


@pytest.mark.parametrize("name", ["figures", "readings", "differences"])
def test_every_category_used_exists(name: str) -> None:
    known = {(row["breakdown"], row["code"]) for row in read("categories")}
    used = {pair for row in read(name) for pair in category_pairs(row)}
    assert used - known == set()


def test_a_figure_has_at_most_one_category_per_breakdown() -> None:
    for row in read("figures"):
        breakdowns = [breakdown for breakdown, _ in category_pairs(row)]
        assert len(breakdowns) == len(set(breakdowns)), row


def test_every_indicator_is_used() -> None:
    used = {row["indicator"] for name in ("figures", "readings", "targets") for row in read(name)}
    assert codes("indicators") - used == set()


VOCABULARIES = [
    ("areas", "kind", set(AreaKind)),
    ("indicators", "direction", set(Direction)),
    ("indicators", "measure", set(Measure)),
    ("indicators", "additive", {"ja", "nee"}),
    ("indicators", "level", {"", "input", "output", "outcome"}),
    ("indicators", "value_kind", {"telling", "bedrag", "aandeel", "score", "verhouding"}),
    ("indicators", "default_period_kind", {"jaar", "stand", "stroom-tot-dag", "span"}),
    ("indicators", "chart", {"lijn", "staaf", "geen"}),
    ("sources", "kind", {"statistiek", "verantwoording", "rapport", "databestand", "begroting", "brief", "pers"}),
    ("themes", "programme", {"politie", "ondermijning"}),
    ("figures", "variant", set(Variant)),
    ("figures", "status", set(Status)),
    ("figures", "money_basis", set(MoneyBasis)),
    ("figures", "marker", {"", *Marker}),
    ("figures", "certainty", set(Certainty)),
    ("facts", "variant", set(Variant)),
    ("facts", "certainty", set(Certainty)),
    ("facts", "kind", {"meting", "norm", "raming", "bedrag", "doel"}),
    ("readings", "kind", set(ReadingKind)),
    ("readings", "variant", set(Variant)),
    *((name, "qualifier", {"", *Qualifier}) for name in ("figures", "facts", "readings")),
    ("targets", "kind", set(TargetKind)),
    ("targets", "comparator", set(Comparator)),
    ("targets", "state", set(TargetState)),
    ("breaks", "kind", set(BreakKind)),
]


@pytest.mark.parametrize(("name", "column", "allowed"), VOCABULARIES)
def test_fixed_words_come_from_their_vocabulary(name: str, column: str, allowed: set[str]) -> None:
    assert {row[column] for row in read(name)} - {str(word) for word in allowed} == set()


@pytest.mark.parametrize("name", ["figures", "facts", "readings", "targets", "left_out"])
def test_values_are_decimals_that_the_database_stores_exactly(name: str) -> None:
    for row in read(name):
        for text in (row["value"], row.get("value_high", "")):
            if text and name != "left_out":
                exponent = Decimal(text).as_tuple().exponent
                assert isinstance(exponent, int)
                assert -exponent <= MAX_DECIMALS, row
            elif text:
                Decimal(text)


@pytest.mark.parametrize("name", ["figures", "facts", "readings", "breaks", "differences"])
def test_period_codes_follow_the_grammar(name: str) -> None:
    for row in read(name):
        if row["period"] or name != "readings":
            parse_period(row["period"])


def test_a_figure_has_a_value_or_says_that_there_is_nothing() -> None:
    for row in read("figures"):
        assert bool(row["value"]) != bool(row["marker"]), row


def test_a_range_runs_upwards() -> None:
    rows = [row for name in ("figures", "facts", "readings", "targets") for row in read(name) if row["value_high"]]
    assert rows
    assert all(Decimal(row["value"]) < Decimal(row["value_high"]) for row in rows)


def test_figures_are_unique_per_series_and_period() -> None:
    counts = Counter(map(figure_key, read("figures")))
    assert [key for key, number in counts.items() if number > 1] == []


def test_an_indicator_shows_the_most_detailed_published_decimals() -> None:
    published: dict[str, int] = defaultdict(int)
    for name in ("figures", "readings", "targets"):
        for row in read(name):
            digits = len(row["value"].partition(".")[2])
            published[row["indicator"]] = max(published[row["indicator"]], digits)
    assert {row["code"]: int(row["decimals"]) for row in read("indicators")} == dict(published)


@pytest.mark.parametrize("name", ["figures", "facts"])
def test_a_reasoned_figure_says_how_it_was_read(name: str) -> None:
    for row in read(name):
        assert bool(row["read_as"]) == (row["certainty"] == Certainty.REASONED), row


def test_every_fact_has_one_place_for_its_value_in_its_sentence() -> None:
    for row in read("facts"):
        assert row["sentence"].count("{waarde}") == 1, row
        assert row["sentence"].endswith("."), row


def test_every_place_names_a_line() -> None:
    for name in ("figures", "facts", "targets", "breaks", "restatements", "footnotes", "differences"):
        for row in read(name):
            assert row["place"].removeprefix("regel ").isdigit(), (name, row)


def test_texts_end_with_a_full_stop_and_never_shout() -> None:
    for path in sorted(SEEDS.glob("*.csv")):
        for row in read(path.stem):
            for column in TEXT_COLUMNS:
                text = row.get(column) or ""
                assert "!" not in text, (path.name, text)
                assert not text or text.endswith("."), (path.name, text)


def test_money_with_an_indexation_basis_is_money() -> None:
    money = {row["code"] for row in read("indicators") if row["value_kind"] == "bedrag"}
    assert {row["indicator"] for row in read("figures") if row["money_basis"]} - money == set()


# --- published sums ---------------------------------------------------------------------------------------------------


def figures_by_group() -> dict[Key, dict[str, Row]]:
    """Figures of one indicator, area, variant, period and breakdown: category code → row; the total stands under ''."""
    rows = read("figures")
    groups: dict[Key, dict[str, Row]] = defaultdict(dict)
    totals: dict[Key, Row] = {}
    for row in rows:
        base = (row["indicator"], row["area"], row["variant"], row["period"])
        pairs = category_pairs(row)
        if pairs:
            groups[*base, pairs[0][0]][pairs[0][1]] = row
        else:
            totals[base] = row
    for key, members in groups.items():
        if key[:-1] in totals:
            members[""] = totals[key[:-1]]
    return dict(groups)


def children_of(breakdown: str) -> dict[str, list[str]]:
    tree: dict[str, list[str]] = defaultdict(list)
    for row in read("categories"):
        if row["breakdown"] == breakdown:
            tree[row["parent"]].append(row["code"])
    return tree


def nearest_published(parent: str, tree: dict[str, list[str]], published: dict[str, Row]) -> Iterator[Row]:
    """The parts of ``parent``: of each child its figure or, where it has none, the parts of that child."""
    for child in tree.get(parent, []):
        if child in published:
            yield published[child]
        else:
            yield from nearest_published(child, tree, published)


def published_sums() -> Iterator[tuple[Key, str, Decimal, Decimal]]:
    """Every published figure with published parts: its group, category, own value and the sum of the parts."""
    additive = {row["code"] for row in read("indicators") if row["additive"] == "ja"}
    for key, published in figures_by_group().items():
        if key[0] not in additive or (key[0], key[-1]) in INCOMPLETE_PARTS:
            continue
        tree = children_of(key[-1])
        for category, row in published.items():
            parts = list(nearest_published(category, tree, published))
            if parts:
                yield key, category, value_of(row), sum(map(value_of, parts), Decimal(0))


def test_every_published_sum_agrees_exactly_with_its_parts() -> None:
    checked = [item for item in published_sums() if item[0][0] not in ROUNDED_TOTALS]
    assert len(checked) >= 70
    assert [item for item in checked if item[2] != item[3]] == []


def test_totals_in_running_text_are_the_rounded_sum_of_the_table() -> None:
    checked = [item for item in published_sums() if item[0][0] in ROUNDED_TOTALS]
    assert {item[0][0] for item in checked} == ROUNDED_TOTALS
    for key, _, total, parts in checked:
        places = Decimal(1) if total == total.to_integral_value() else Decimal("0.1")
        assert parts.quantize(places, ROUND_HALF_UP) == total, key


def test_incomplete_parts_never_exceed_their_total() -> None:
    seen = set()
    for key, published in figures_by_group().items():
        if (key[0], key[-1]) in INCOMPLETE_PARTS and "" in published:
            parts = sum(value_of(row) for category, row in published.items() if category)
            assert parts < value_of(published[""]), key
            seen.add((key[0], key[-1]))
    assert seen == INCOMPLETE_PARTS


def test_the_difference_is_plan_minus_realisation() -> None:
    spending = {figure_key(row): value_of(row) for row in read("figures")}
    name = "ondermijningsgelden-besteding-deelopgave"
    differences = [row for row in read("figures") if row["indicator"] == f"{name}-verschil"]
    assert len(differences) == 6
    for row in differences:
        _, area, _, categories, period = figure_key(row)
        plan, realised = (spending[name, area, variant, categories, period] for variant in ("plan", "realisatie"))
        assert plan - realised == value_of(row), row


def plans_by_origin(indicator: str) -> dict[Key, Decimal]:
    rows = [row for row in read("figures") if row["indicator"] == indicator]
    return {(row["categories"], row["period"]): value_of(row) for row in rows}


def test_the_two_plans_by_origin_are_equal_up_to_the_subtotal() -> None:
    excluding = plans_by_origin("ondermijningsgelden-geplande-besteding")
    including = plans_by_origin("ondermijningsgelden-geplande-besteding-incl-lpo")
    parts = {key for key in excluding.keys() & including.keys() if key[0]}
    assert len(parts) == 48
    assert {key: excluding[key] for key in parts} == {key: including[key] for key in parts}
    subtotals = {period: value for (part, period), value in including.items() if part == "herkomst=subtotaal"}
    assert len(subtotals) == 6
    assert subtotals == {period: excluding["", period] for period in subtotals}


def test_the_reasons_for_contact_make_up_the_whole() -> None:
    shares = [value_of(row) for row in read("figures") if row["indicator"] == "contact-aanleiding"]
    assert sum(shares) == 100


# --- nothing read is lost ---------------------------------------------------------------------------------------------


def inventory_rows(name: str, value_column: str = "value") -> Iterator[Key]:
    """Document, line and value of each row that was read; a range of two values counts as two rows."""
    with (INVENTORY / name).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key = (row["source_file"], row["source_line"])
            for value in row[value_column].split("-") if value_column == "target_value" else [row[value_column]]:
                yield (*key, STORED_OTHERWISE.get((*key, value), value))


def seeded_rows() -> Iterator[Key]:
    """Document, line and value of each row in the seed files; nihil was read from a dash and counted as 0."""
    document = {row["code"]: row["document"] for row in read("publications")}
    for name in ("figures", "facts", "readings", "targets"):
        for row in read(name):
            if not row["publication"]:
                continue
            value = "0" if row.get("marker") else row["value"]
            yield (*place_key(row, document), value)
            if row["value_high"]:
                yield (*place_key(row, document), row["value_high"])
    for row in read("left_out"):
        yield row["file"], row["line"], row["value"]


needs_inventory = pytest.mark.skipif(
    not INVENTORY.is_dir(), reason="de inventaris van de stukken staat niet naast het project"
)


@needs_inventory
def test_every_row_that_was_read_is_accounted_for_exactly_once() -> None:
    wanted = Counter(inventory_rows("police_figures.csv"))
    wanted += Counter(inventory_rows("ondermijning_figures.csv"))
    wanted += Counter(inventory_rows("targets.csv", "target_value"))
    found = Counter(seeded_rows())
    assert {key: number for key, number in wanted.items() if found[key] != number} == {}
    # The service-level norm was met, but its height is not printed: a target without a row of its own.
    assert found - wanted == Counter({("002_58b9a79cf990ffff.txt", "1046", ""): 1})


@needs_inventory
def test_every_value_from_the_press_is_a_reading() -> None:
    with (INVENTORY / "revisions_press.csv").open(encoding="utf-8", newline="") as file:
        wanted = Counter((row["year"], row["value"]) for row in csv.DictReader(file))
    found = Counter((row["period"], row["value"]) for row in read("readings") if row["source"].startswith("pers-"))
    assert found == wanted
