"""A seed file that cannot be read or contradicts itself: one Dutch sentence that says where, and nothing is written."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from indicators.models import Observation
from monitor.base.models import AuditRecord
from tests.indicators.seed_folder import SeedFolder

pytestmark = pytest.mark.django_db


def refusal(folder: SeedFolder) -> str:
    """The sentence with which the load is refused; proves the exit code and that every table is still empty."""
    with pytest.raises(CommandError) as failed:
        call_command("load_figures", folder=folder.path, stdout=StringIO())
    assert failed.value.returncode == 2
    for model in apps.get_app_config("indicators").get_models():
        assert not model._default_manager.exists(), model
    assert not AuditRecord.objects.exists()
    sentence = str(failed.value)
    assert sentence.endswith("Er is niets geladen.")
    assert "\n" not in sentence
    return sentence


def with_value(row: dict[str, str]) -> bool:
    return bool(row["value"]) and not row["value_high"]


REASONED = {"certainty": "beredeneerd", "read_as": ""}
NO_ORIGIN = {"publication": "", "source": ""}
HEAVY = {"value": "12.34567"}

CELLS = [
    # figures
    ("figures", {"value": "3.4.84"}, "value", "‘3.4.84’ is geen getal"),
    ("figures", {"value": "1.234,5"}, "value", "is geen getal"),
    ("figures", {"value": "NaN"}, "value", "is geen getal"),
    ("figures", {"value": "Infinity"}, "value", "is geen getal"),
    ("figures", HEAVY, "value", "niet exact te bewaren"),
    ("figures", {"value": "123456789012"}, "value", "niet exact te bewaren"),
    ("figures", {"value": "", "marker": ""}, "value", "vul een waarde in, of een reden"),
    ("figures", {"marker": "nihil"}, "value", "niet allebei"),
    ("figures", {"value_high": "0.0001"}, "value_high", "lager dan de waarde"),
    ("figures", {"period": ""}, "period", "de cel is leeg"),
    ("figures", {"period": "2024-13"}, "period", "‘2024-13’ is geen periode"),
    ("figures", {"indicator": "bestaat-niet"}, "indicator", "‘bestaat-niet’ komt niet voor"),
    ("figures", {"indicator": ""}, "indicator", "de cel is leeg"),
    ("figures", {"area": "atlantis"}, "area", "‘atlantis’ komt niet voor"),
    ("figures", {"variant": "wens"}, "variant", "‘wens’ bestaat niet; mogelijk zijn realisatie, plan"),
    ("figures", {"categories": "soort-geweld=onbekend"}, "categories", "komt niet voor in categories.csv"),
    ("figures", {"categories": "soort-geweld"}, "categories", "komt niet voor in categories.csv"),
    (
        "figures",
        {"categories": "soort-geweld=belediging;soort-geweld=wederspannigheid"},
        "categories",
        "een uitsplitsing staat er twee keer",
    ),
    ("figures", {"value": "", "marker": "geheimpje"}, "marker", "‘geheimpje’ bestaat niet"),
    ("figures", {"qualifier": "ongeveer"}, "qualifier", "‘ongeveer’ bestaat niet"),
    ("figures", {"status": "klaar"}, "status", "‘klaar’ bestaat niet; mogelijk zijn voorlopig"),
    ("figures", {"status": ""}, "status", "bestaat niet; mogelijk zijn voorlopig"),
    ("figures", {"money_basis": "netto"}, "money_basis", "‘netto’ bestaat niet"),
    ("figures", {"certainty": ""}, "certainty", "bestaat niet; mogelijk zijn zeker"),
    ("figures", REASONED, "read_as", "de cel is leeg"),
    ("figures", {"publication": "bestaat-niet"}, "publication", "komt niet voor"),
    ("figures", {"publication": ""}, "publication", "de cel is leeg"),
    ("figures", {"source": "bestaat-niet"}, "source", "komt niet voor"),
    # facts
    ("facts", {"code": ""}, "code", "de cel is leeg"),
    ("facts", {"sentence": "Er waren zaken."}, "sentence", "de zin mist {waarde}"),
    ("facts", {"value": ""}, "value", "de cel is leeg"),
    ("facts", {"period": ""}, "period", "de cel is leeg"),
    ("facts", {"theme": "bestaat-niet"}, "theme", "komt niet voor"),
    ("facts", {"value_high": "0.0001"}, "value_high", "lager dan de waarde"),
    ("facts", {"decimals": "een"}, "decimals", "‘een’ is geen heel getal"),
    ("facts", {"decimals": "9"}, "decimals", "ten hoogste 4"),
    ("facts", {"variant": ""}, "variant", "mogelijk zijn realisatie"),
    # readings
    ("readings", {"value": ""}, "value", "de cel is leeg"),
    ("readings", {"kind": "twijfel"}, "kind", "‘twijfel’ bestaat niet; mogelijk zijn onzeker"),
    ("readings", {"reason": ""}, "reason", "de cel is leeg"),
    ("readings", NO_ORIGIN, "source", "de cel is leeg"),
    ("readings", {"period": "2024-99"}, "period", "geen periode"),
    ("readings", {"area": "atlantis"}, "area", "komt niet voor"),
    ("readings", {"qualifier": "ongeveer"}, "qualifier", "‘ongeveer’ bestaat niet"),
    # norms, breaks, remarks
    ("targets", {"kind": "wens"}, "kind", "‘wens’ bestaat niet"),
    ("targets", {"comparator": ">"}, "comparator", "‘>’ bestaat niet; mogelijk zijn >=, <="),
    ("targets", {"comparator": "tussen", "value_high": ""}, "value_high", "vul beide grenzen in"),
    ("targets", {"state": ""}, "state", "mogelijk zijn vastgesteld"),
    ("targets", {"valid_from": "1 januari"}, "valid_from", "‘1 januari’ is geen datum (jjjj-mm-dd)"),
    ("targets", {"text": ""}, "text", "de cel is leeg"),
    ("targets", {"code": ""}, "code", "de cel is leeg"),
    ("breaks", {"period": ""}, "period", "de cel is leeg"),
    ("breaks", {"kind": "weer"}, "kind", "‘weer’ bestaat niet; mogelijk zijn wet"),
    ("breaks", {"text": ""}, "text", "de cel is leeg"),
    ("restatements", {"scope": ""}, "scope", "de cel is leeg"),
    ("restatements", {"indicator": "bestaat-niet"}, "indicator", "komt niet voor"),
    ("footnotes", {"text": ""}, "text", "de cel is leeg"),
    ("footnotes", {"code": ""}, "code", "de cel is leeg"),
    ("differences", {"period": "morgen"}, "period", "geen periode"),
    ("differences", {"period": ""}, "period", "de cel is leeg"),
    ("differences", {"text": ""}, "text", "de cel is leeg"),
    ("rests", {"indicator": "bestaat-niet"}, "indicator", "komt niet voor"),
    # catalogue and surroundings
    ("indicators", {"name": ""}, "name", "de cel is leeg"),
    ("indicators", {"theme": "bestaat-niet"}, "theme", "komt niet voor"),
    ("indicators", {"additive": "misschien"}, "additive", "‘misschien’ is geen ja of nee"),
    ("indicators", {"direction": "omhoog"}, "direction", "‘omhoog’ bestaat niet"),
    ("indicators", {"measure": "waarde"}, "measure", "‘waarde’ bestaat niet; mogelijk zijn stand, stroom"),
    ("indicators", {"decimals": "9"}, "decimals", "ten hoogste 4"),
    ("indicators", {"order": "-1"}, "order", "‘-1’ is geen heel getal"),
    ("areas", {"kind": "provincie"}, "kind", "‘provincie’ bestaat niet; mogelijk zijn land, eenheid"),
    ("areas", {"parent": "atlantis"}, "parent", "komt niet voor"),
    ("themes", {"parent": "bestaat-niet"}, "parent", "komt niet voor"),
    ("categories", {"breakdown": "bestaat-niet"}, "breakdown", "komt niet voor"),
    ("categories", {"parent": "bestaat-niet"}, "parent", "komt niet voor bij deze uitsplitsing"),
    ("categories", {"name": ""}, "name", "de cel is leeg"),
    ("publications", {"date": "gisteren"}, "date", "‘gisteren’ is geen datum"),
    ("publications", {"date": ""}, "date", "de cel is leeg"),
    ("publications", {"round": "1999-1"}, "round", "‘1999-1’ komt niet voor"),
    ("rounds", {"reference_date": ""}, "reference_date", "de cel is leeg"),
    ("rounds", {"code": ""}, "code", "de cel is leeg"),
    ("sources", {"code": ""}, "code", "de cel is leeg"),
]


@pytest.mark.parametrize(("file", "changes", "column", "says"), CELLS)
def test_a_wrong_cell_is_named_by_file_line_and_column(
    seed_folder: SeedFolder, file: str, changes: dict[str, str], column: str, says: str
) -> None:
    which = with_value if file in ("figures", "facts", "readings") else (lambda row: True)
    line = seed_folder.change(file, changes, which)
    sentence = refusal(seed_folder)
    assert sentence.startswith(f"Bestand ‘{file}.csv’, regel {line}, kolom ‘{column}’: ")
    assert says in sentence


@pytest.mark.parametrize(
    ("file", "column"),
    [
        ("themes", "code"),
        ("areas", "code"),
        ("sources", "code"),
        ("rounds", "code"),
        ("publications", "code"),
        ("breakdowns", "code"),
        ("categories", "code"),
        ("indicators", "code"),
        ("figures", "period"),
        ("facts", "code"),
        ("footnotes", "code"),
        ("targets", "code"),
        ("breaks", "kind"),
        ("restatements", "publication"),
        ("readings", "value"),
    ],
)
def test_a_row_that_stands_there_twice_is_named(seed_folder: SeedFolder, file: str, column: str) -> None:
    line = seed_folder.repeat(file)
    assert refusal(seed_folder).startswith(f"Bestand ‘{file}.csv’, regel {line}, kolom ‘{column}’: ")


def test_one_figure_with_two_values_is_named_with_both_lines(seed_folder: SeedFolder) -> None:
    line = seed_folder.repeat("figures", {"value": "1"})
    assert f"regel {line}, kolom ‘period’: dit cijfer staat ook op regel 2." in refusal(seed_folder)


@pytest.mark.parametrize("file", ["themes", "areas", "categories"])
def test_a_row_that_stands_above_itself_is_named(seed_folder: SeedFolder, file: str) -> None:
    rows = seed_folder.rows(file)
    first, second = (
        rows[0],
        next(row for row in rows[1:] if row.get("breakdown") == rows[0].get("breakdown") and row is not rows[0]),
    )
    first["parent"], second["parent"] = second["code"], first["code"]
    seed_folder.write(file, rows)
    sentence = refusal(seed_folder)
    assert sentence.startswith(f"Bestand ‘{file}.csv’, regel 2, kolom ‘parent’: ")
    assert "staat boven zichzelf" in sentence


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"code,name,programme,parent,order\nveilig,Veilig\xff,politie,,1\n", "is niet te lezen als UTF-8-tekst"),
        (b"code,name,programme,parent,order\nveilig,Veilig\x00,politie,,1\n", "is niet te lezen als UTF-8-tekst"),
        (b"code,name,programme,order\nveilig,Veilig,politie,1\n", "mist de kolom ‘parent’"),
        (b"code;name;programme;parent;order\n", "mist de kolom ‘code’"),
        (b"", "mist de kolom ‘code’"),
        (b"code,name,programme,parent,order\nveilig,Veilig,politie\n", "regel 2: het aantal cellen klopt niet"),
        (b"code,name,programme,parent,order\na,b,c,,1,extra\n", "regel 2: het aantal cellen klopt niet"),
        (b'code,name,programme,parent,order\n"a"b,c,d,,1\n', "regel 2 is geen geldige CSV"),
        (b'code,name,programme,parent,order\na,"b,c,,1\n', "is geen geldige CSV"),
        (b'"code"x,name,programme,parent,order\n', "regel 1 is geen geldige CSV"),
    ],
)
def test_a_file_that_is_misshapen_is_named(seed_folder: SeedFolder, content: bytes, says: str) -> None:
    seed_folder.file("themes").write_bytes(content)
    sentence = refusal(seed_folder)
    assert "themes.csv" in sentence
    assert says in sentence


def test_a_file_that_is_not_there_is_named(seed_folder: SeedFolder) -> None:
    seed_folder.file("figures").unlink()
    assert "figures.csv’ ontbreekt" in refusal(seed_folder)


def test_a_folder_that_is_no_folder_is_named(seed_folder: SeedFolder) -> None:
    seed_folder.path = seed_folder.file("figures")
    assert "is niet te lezen" in refusal(seed_folder)


def test_a_correction_that_would_be_known_before_the_figure_it_follows_is_refused(
    seed_folder: SeedFolder, loaded_seed: None
) -> None:
    before = Observation.objects.count()
    seed_folder.change(
        "figures",
        {"value": "1", "publication": "brief-veiligheidsagenda-2018"},
        lambda row: row["publication"] == "halfjaarbericht-politie-2025-2",
    )
    with pytest.raises(CommandError, match="kan niet eerder bekend zijn") as failed:
        call_command("load_figures", folder=seed_folder.path, stdout=StringIO())
    assert failed.value.returncode == 2
    assert Observation.objects.count() == before
