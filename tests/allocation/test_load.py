"""Loading features, the model, keys and values: once, exactly, and marked for what it is."""

from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from allocation.core.enumerations import KeyKind, KeyMeasure
from allocation.core.errors import AllocationError
from allocation.core.municipality_files import FileRefused
from allocation.importing.feature_plan import Upload, apply_plan, plan_feature_set
from allocation.importing.seeds import MUNICIPALITIES, SEED_FOLDER
from allocation.models import AllocationKey, Feature, FeatureSet, FeatureValue, ModelVersion, ModelWeight
from allocation.queries.feature_sets import load_set
from allocation.queries.versions import load_keys, load_model
from allocation.services.catalogue import NewKey, save_key
from indicators.queries.workers import worker_of
from monitor.base.core.errors import NotAllowed
from monitor.base.core.roles import Role
from monitor.base.models import AuditRecord
from tests.allocation.conftest import person

OPEN = (SEED_FOLDER / MUNICIPALITIES).read_bytes()


def open_file(**changes) -> Upload:
    return Upload(
        **{
            "name": "Herlevering", "year": 2024, "source": "CBS", "file_name": "gemeenten.csv", "content": OPEN,
            **changes,
        }
    )  # fmt: skip


def test_the_start_command_loads_what_is_real_and_shows_what_is_missing(loaded):
    data = load_set("2024-open-cijfers")
    assert len(data.municipalities) == 342
    assert len(data.features) == 14
    assert data.fictitious == ()
    assert set(load_model("sterktemodel-2025").weights) - set(data.features) == {
        "verkeersongevallen", "minderjarigen-huishoudens-tot-120", "uitkeringsontvangers-tot-aow",
        "demonstraties-middelgroot", "grenspendel", "werkloosheid", "kernen", "huishoudens-tot-105", "ambassades",
        "regionale-centrumfunctie", "banen", "ggz-clienten", "zitplaatsen-voetbalstadions",
    }  # fmt: skip
    assert data.gaps == {"landbouwbedrijven": ("GM0096", "GM0277", "GM0542")}


def test_loading_again_changes_nothing(loaded):
    def state():
        return [
            list(model.objects.order_by("pk").values_list())
            for model in (Feature, FeatureSet, FeatureValue, ModelVersion, ModelWeight, AllocationKey, AuditRecord)
        ]

    before = state()
    call_command("load_allocation", stdout=StringIO())
    assert state() == before


def test_weights_are_kept_to_the_twelfth_decimal(loaded):
    weights = load_model("sterktemodel-2025").weights
    assert weights["zitplaatsen-voetbalstadions"] == Decimal("0.000000307")
    assert weights["minderjarigen-huishoudens-tot-120"] == Decimal("0.165978783")
    assert next(iter(weights)) == "inwoners"


def test_values_come_out_of_the_database_as_they_went_in(exercise):
    first = load_set("2024-oefenset").municipalities[0]
    assert first.code == "GM0014"
    assert first.values["oppervlakte-land"] == Decimal("185.53")
    assert first.values["minderjarigen-huishoudens-tot-120"] == Decimal("3.813")


def test_the_exercise_set_tells_which_features_are_invented(exercise):
    data = load_set("2024-oefenset")
    assert len(data.features) == 27
    assert len(data.fictitious) == 14
    assert "landbouwbedrijven" in data.fictitious  # three of its values are
    assert data.sources["kernen"] == "Verzonnen om mee te oefenen"
    assert data.sources["inwoners"].startswith("CBS")


def test_the_old_key_adds_up_to_a_hundred(loaded):
    (key,) = load_keys()
    assert key.total == 100
    assert key.values["Zeeland-West-Brabant"] == Decimal("7.351")


def test_the_same_file_is_kept_once(loaded, analyst):
    kept, is_new = apply_plan(plan_feature_set(open_file()), by=analyst)
    assert not is_new
    assert kept.code == "2024-open-cijfers"


def test_another_mark_makes_another_set(loaded, analyst):
    kept, is_new = apply_plan(plan_feature_set(open_file(fictitious=("bedrijven",))), by=analyst)
    assert is_new
    assert kept.code == "2024-herlevering"
    assert load_set(kept.code).fictitious == ("bedrijven",)


def test_only_a_calculator_loads_features(loaded):
    plan = plan_feature_set(open_file(fictitious=("bedrijven",)))
    with pytest.raises(NotAllowed):
        apply_plan(plan, by=worker_of(person("redacteur", Role.REDACTEUR)))


def without_line(text: bytes, start: bytes) -> bytes:
    return b"\n".join(line for line in text.splitlines() if not line.startswith(start))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (without_line(OPEN, b"GM0014"), "deze gemeenten ontbreken in 2024: GM0014"),
        (OPEN.replace(b"GM0014,Groningen,Noord-Nederland", b"GM0014,Groningen,Limburg"), "hoorde in 2024 bij"),
        (OPEN.replace(b"GM0014,Groningen,Noord-Nederland", b"GM0014,Groningen,Noorden"), "‘Noorden’ van Groningen"),
        (OPEN.replace(b",bedrijven,", b",winkels,"), "kolom ‘winkels’: dit is geen code van een omgevingskenmerk"),
        (OPEN.replace(b"GM0014,Groningen,Noord-Nederland,VR01,243768", b"GM0014,Groningen,Noord-Nederland,VR01,24x"),
         "Regel 2, kolom ‘inwoners’: ‘24x’ is geen getal"),
    ],
)  # fmt: skip
def test_a_file_that_is_wrong_is_refused_as_a_whole(loaded, content, told):
    with pytest.raises(FileRefused, match=told):
        plan_feature_set(open_file(content=content))


def test_the_year_of_a_file_decides_which_municipalities_must_be_in_it(loaded):
    with pytest.raises(FileRefused, match="deze gemeenten ontbreken in 2019"):
        plan_feature_set(open_file(year=2019))


def test_without_municipalities_the_command_says_what_to_load_first(db):
    with pytest.raises(CommandError, match="Laad eerst de cijfers"):
        call_command("load_allocation", stdout=StringIO())


UNITS = ("Noord-Nederland", "Oost-Nederland", "Midden-Nederland", "Noord-Holland", "Amsterdam", "Den Haag",
         "Rotterdam", "Zeeland-West-Brabant", "Oost-Brabant", "Limburg")  # fmt: skip


def key(**changes) -> NewKey:
    values = dict.fromkeys(UNITS, Decimal(10))
    fields = {"code": "proef", "name": "Proef", "kind": KeyKind.OWN, "measure": KeyMeasure.PERCENTAGE, "source": "Wij"}
    return NewKey(**{**fields, "values": values, **changes})


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (dict.fromkeys(UNITS[1:], Decimal(10)), "ontbreken in de sleutel: Noord-Nederland"),
        ({**dict.fromkeys(UNITS, Decimal(10)), "Elders": Decimal(0)}, "‘Elders’ bestaat niet"),
        (dict.fromkeys(UNITS, Decimal(11)), "tellen op tot 110, niet tot 100"),
        ({**dict.fromkeys(UNITS, Decimal(10)), "Limburg": Decimal(-1)}, "minder dan nul"),
    ],
)
def test_a_key_that_does_not_divide_everything_is_refused(loaded, analyst, values, told):
    with pytest.raises(AllocationError, match=told):
        save_key(new=key(values=values), by=analyst)


def test_a_key_in_strength_need_not_be_a_hundred(loaded, analyst):
    stored, is_new = save_key(new=key(measure=KeyMeasure.FTE), by=analyst)
    assert is_new
    assert save_key(new=key(measure=KeyMeasure.FTE), by=analyst) == (stored, False)


@pytest.mark.parametrize("table", ["FeatureValue", "ModelWeight", "KeyPart", "SetFeature", "SetMunicipality"])
def test_what_was_loaded_is_never_changed_or_removed(loaded, table):
    from allocation import models

    rows = getattr(models, table).objects
    row = rows.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.filter(pk=row.pk).delete()
    field = {"FeatureValue": {"value": 1}, "ModelWeight": {"weight": 1}, "KeyPart": {"value": 1},
             "SetFeature": {"is_fictitious": True}, "SetMunicipality": {"safety_region": "X"}}[table]  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.filter(pk=row.pk).update(**field)


def test_of_a_version_only_the_standing_changes(loaded):
    versions = ModelVersion.objects.filter(code="sterktemodel-2025")
    assert versions.update(standing="onderzoek") == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        versions.update(reference_fte=500)
