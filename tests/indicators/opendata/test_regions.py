"""Municipalities from a table of regions of CBS. The table is shaped like theirs; its content is made up here."""

from datetime import date
from functools import partial
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from indicators.core.opendata.answers import OpenDataProblem
from indicators.importing.opendata import regions
from indicators.importing.opendata.transport import SafeOpener
from indicators.management.commands import load_areas
from indicators.models import AreaMembership
from tests.factories import AreaFactory
from tests.indicators.opendata.service import Service, Table

TABLE = "85755NED"


def topic(number: int, parent: int, key: str) -> dict[str, Any]:
    return {"ID": number, "ParentID": parent, "Type": "Topic", "Key": key, "Title": key, "Datatype": "String"}


@pytest.fixture
def fetch(service: Service, opener: SafeOpener) -> partial[Any]:
    properties = [
        {"ID": 0, "ParentID": None, "Type": "GeoDimension", "Key": "RegioS", "Title": "Regio's"},
        {"ID": 1, "ParentID": None, "Type": "TopicGroup", "Key": "", "Title": "Provincies"},
        {"ID": 2, "ParentID": None, "Type": "TopicGroup", "Key": "", "Title": "Regionale eenheden"},
        topic(3, 1, "Naam_3"),
        topic(4, 2, "Naam_41"),
    ]
    names = {"GM0014": ("Groningen (gemeente)", "Noord-Nederland"), "GM0888": ("Beek (L.)", "Limburg")}
    codes = [{"Key": key.ljust(10), "Title": title} for key, (title, _) in names.items()]
    cells = [
        {"ID": number, "RegioS": key.ljust(10), "Naam_3": "Ergens", "Naam_41": unit.ljust(30)}
        for number, (key, (_, unit)) in enumerate(names.items())
    ]
    service.tables[TABLE] = Table(TABLE, {"Identifier": TABLE}, {"DataProperties": properties, "RegioS": codes}, cells)
    return partial(regions.fetch_municipalities, opener=opener, address=f"http://{service.host}/ODataApi/odata")


def test_municipalities_come_with_their_unit(fetch: partial[Any]) -> None:
    found = fetch(TABLE, column="Naam", group="Regionale eenheden", start=date(2024, 1, 1))

    assert [(one.code, one.name, one.police_unit) for one in found] == [
        ("GM0014", "Groningen", "Noord-Nederland"),
        ("GM0888", "Beek (L.)", "Limburg"),
    ]


@pytest.mark.parametrize(("column", "group"), [("Naam", ""), ("Naam", "Waterschappen"), ("Iets", "")])
def test_a_column_that_is_not_there_once_is_asked_for_by_name(fetch: partial[Any], column: str, group: str) -> None:
    with pytest.raises(OpenDataProblem, match=r"niet precies één kolom.*Naam \(Provincies\); Naam \(Regionale"):
        fetch(TABLE, column=column, group=group)


@pytest.mark.parametrize("table", ["../x", "85755NED/../x", ""])
def test_a_name_that_is_no_table_is_not_asked_for(fetch: partial[Any], service: Service, table: str) -> None:
    with pytest.raises(OpenDataProblem, match="geen naam van een tabel"):
        fetch(table, column="Naam")
    assert service.asked == []


@pytest.mark.django_db
def test_the_command_loads_them(fetch: partial[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load_areas, "fetch_municipalities", fetch)
    for name in ("Noord-Nederland", "Limburg"):
        AreaFactory(code=f"eenheid-{name.lower()}", kind="eenheid", name=f"Politie-eenheid {name}")
    arguments = ["--cbs", TABLE, "--unit-column", "Naam", "--unit-group", "Regionale eenheden", "--from", "2024-01-01"]

    call_command("load_areas", *arguments, stdout=StringIO())

    assert AreaMembership.objects.get(member__cbs_code="GM0888").unit.code == "eenheid-limburg"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--cbs", TABLE], "ook --unit-column"),
        (["--cbs", TABLE, "--unit-column", "Naam", "--from", "gisteren"], "‘gisteren’ is geen datum"),
    ],
)
def test_wrong_use_is_told(arguments: list[str], says: str) -> None:
    with pytest.raises(CommandError, match=says):
        call_command("load_areas", *arguments)
