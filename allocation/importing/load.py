"""Loading our own files: features, the published model, the old key, the open figures; again changes nothing."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

from allocation.core.enumerations import KeyKind, KeyMeasure
from allocation.core.errors import AllocationError
from allocation.core.municipality_files import FeatureTable
from allocation.importing.feature_plan import Upload, apply_plan, plan_of
from allocation.importing.municipality_files import read_municipalities
from allocation.importing.seeds import (
    EXERCISE,
    MUNICIPALITIES,
    SEED_FOLDER,
    feature_of,
    read_seed,
    seed_features,
    seed_model,
)
from allocation.queries.units import unit_name
from allocation.services.catalogue import (
    NewKey,
    PublishedModel,
    save_features,
    save_key,
    save_published_model,
)
from indicators.queries.areas import load_division

YEAR = 2024
OPEN_SOURCE = "CBS, Regionale kerncijfers Nederland 2024 (CC BY 4.0)"
INVENTED = "Verzonnen om mee te oefenen"
FILLED_IN = "CBS; voor drie gemeenten verzonnen om mee te oefenen"


@transaction.atomic
def load_published(folder: Path = SEED_FOLDER) -> dict[str, str]:
    """Features, model, key and open figures; tells per part whether it was new. One transaction."""
    done = {}
    counts = save_features(features=_feature_rows(folder), judgements=_judgement_rows(folder))
    done["kenmerken en beoordelingen"] = f"{counts.new} nieuw, {counts.changed} gewijzigd, {counts.same} ongewijzigd"
    for row in read_seed("models", folder).rows:
        done[f"model {row['name']}"] = _told(save_published_model(published=_published(row, folder)))
    for row in read_seed("keys", folder).rows:
        _, is_new = save_key(new=_key(row, folder), by=None)
        done[f"verdeelsleutel {row['name']}"] = _told(is_new)
    done["open cijfers van 2024"] = _told(_load_open(folder))
    return done


def _told(is_new: bool) -> str:
    return "nieuw" if is_new else "stond er al"


def _feature_rows(folder: Path) -> list[Mapping[str, Any]]:
    rows: list[Mapping[str, Any]] = []
    for row in read_seed("features", folder).rows:
        info = feature_of(row)
        rows.append(
            {
                **{
                    name: row[name] for name in ("code", "name", "in_words", "definition", "category", "unit", "source")
                },
                "unit_is_inferred": row["unit_is_inferred"] == "ja",
                "merging": info.merging.value,
                "plausible_low": info.plausible.low if info.plausible else None,
                "plausible_high": info.plausible.high if info.plausible else None,
                "order": int(row["order"]),
            }
        )
    return rows


def _judgement_rows(folder: Path) -> list[Mapping[str, Any]]:
    return [dict(row) for row in read_seed("judgements", folder).rows]


def _published(row: Mapping[str, str], folder: Path) -> PublishedModel:
    model = seed_model(row["code"], folder)
    if model is None:
        raise AllocationError(f"Model ‘{row['code']}’ heeft geen gewichten. Er is niets geladen.")
    clusters = [
        (line["code"], line["name"], Decimal(line["share"]))
        for line in read_seed("clusters", folder).rows
        if line["model"] == row["code"]
    ]
    return PublishedModel(model, int(row["year"]), row["source"], row["place"], row["note"], clusters)


def _key(row: Mapping[str, str], folder: Path) -> NewKey:
    """The parts name a unit by the code of its area."""
    names = load_division().names or {}
    parts = [line for line in read_seed("key_parts", folder).rows if line["key"] == row["code"]]
    if unknown := [line["unit"] for line in parts if line["unit"] not in names]:
        raise AllocationError(f"Gebied ‘{unknown[0]}’ bestaat niet. Laad eerst de cijfers: manage.py load_figures.")
    return NewKey(
        code=row["code"],
        name=row["name"],
        kind=KeyKind(row["kind"]),
        measure=KeyMeasure(row["measure"]),
        source=row["source"],
        place=row["place"],
        values={unit_name(names[line["unit"]]): Decimal(line["value"]) for line in parts},
    )


def _open_table(folder: Path) -> tuple[FeatureTable, str]:
    content = (folder / MUNICIPALITIES).read_bytes()
    return read_municipalities(MUNICIPALITIES, content, seed_features(folder)), hashlib.sha256(content).hexdigest()


def _load_open(folder: Path) -> bool:
    table, sha256 = _open_table(folder)
    upload = Upload("Open cijfers", YEAR, OPEN_SOURCE, MUNICIPALITIES, b"")
    plan = plan_of(table, upload, seed_features(folder), {}, sha256)
    _, is_new = apply_plan(plan, by=None)
    return is_new


@transaction.atomic
def load_exercise(folder: Path = SEED_FOLDER) -> bool:
    """The open figures with invented ones beside them, marked as fictitious; only to exercise the whole chain."""
    table, _ = _open_table(folder)
    content = (folder / EXERCISE).read_bytes()
    invented = read_municipalities(EXERCISE, content, seed_features(folder))
    extra = {one.code: one.values for one in invented.municipalities}
    rows = tuple(replace(one, values={**one.values, **extra[one.code]}) for one in table.municipalities)
    order = [code for code in seed_features(folder) if code in {*table.features, *invented.features}]
    filled = FeatureTable(tuple(order), rows, table.regions)
    sources = {code: FILLED_IN if code in table.features else INVENTED for code in invented.features}
    upload = Upload("Oefenset", YEAR, OPEN_SOURCE, EXERCISE, b"", invented.features)
    plan = plan_of(filled, upload, seed_features(folder), sources, hashlib.sha256(content).hexdigest())
    _, is_new = apply_plan(plan, by=None)
    return is_new
