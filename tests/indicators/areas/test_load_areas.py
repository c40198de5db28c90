"""The municipalities and their police units: loaded from files, again without change, and never half."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from indicators.core.areas import Division, on_division
from indicators.core.periods import parse_period
from indicators.importing.area_files import read_area_files
from indicators.models import Area, AreaMembership, AreaSuccession
from indicators.queries.areas import load_division
from indicators.services.areas import Municipality, load_areas
from monitor.base.core.errors import MonitorError
from monitor.base.models import AuditRecord
from tests.factories import AreaFactory

pytestmark = pytest.mark.django_db

UNITS = (
    "Noord-Nederland",
    "Oost-Nederland",
    "Midden-Nederland",
    "Noord-Holland",
    "Amsterdam",
    "Den Haag",
    "Rotterdam",
    "Zeeland-West-Brabant",
    "Oost-Brabant",
    "Limburg",
)
ONE = "GM0001,Een,Limburg,2013-01-01,\n"
HEADER = "code,name,police_unit,from,to\n"


@pytest.fixture(autouse=True)
def units() -> None:
    for name in UNITS:
        code = f"eenheid-{name.lower().replace(' ', '-')}"
        AreaFactory(code=code, kind="eenheid", name=f"Politie-eenheid {name}")


@pytest.fixture
def load(tmp_path: Path) -> Callable[..., str]:
    def load(lines: str, successions: str = "") -> str:
        (tmp_path / "gemeenten.csv").write_text(HEADER + lines, encoding="utf-8")
        arguments = [str(tmp_path / "gemeenten.csv")]
        if successions:
            (tmp_path / "opvolging.csv").write_text("old,new,date,share\n" + successions, encoding="utf-8")
            arguments += ["--successions", str(tmp_path / "opvolging.csv")]
        out = StringIO()
        call_command("load_areas", *arguments, stdout=out)
        return out.getvalue()

    return load


def test_todays_342_municipalities_lie_under_ten_units() -> None:
    call_command("load_areas", stdout=StringIO())

    current = AreaMembership.objects.filter(valid_to=None)
    assert current.count() == 342
    assert set(current.values_list("unit__name", flat=True)) == {f"Politie-eenheid {name}" for name in UNITS}
    assert Area.objects.get(cbs_code="GM0014").code == "gemeente-groningen"
    assert Area.objects.filter(kind="gemeente").count() == 432


@pytest.mark.parametrize(
    ("day", "count"),
    [
        ("2013-01-01", 408),
        ("2014-01-01", 403),
        ("2015-01-01", 393),
        ("2016-01-01", 390),
        ("2018-01-01", 380),
        ("2019-01-01", 355),
        ("2021-01-01", 352),
        ("2022-01-01", 345),
        ("2023-01-01", 342),
    ],
)
def test_every_year_has_as_many_municipalities_as_it_had(day: str, count: int) -> None:
    call_command("load_areas", stdout=StringIO())

    assert len(load_division().areas_on(date.fromisoformat(day))) == count


def test_every_municipality_of_2013_went_on_somewhere_and_only_splits_cannot_be_computed() -> None:
    call_command("load_areas", stdout=StringIO())
    division = load_division()
    ones = dict.fromkeys(division.areas_on(date(2013, 1, 1)), Decimal(1))

    found = on_division(ones, period=parse_period("2013"), day=date(2024, 1, 1), division=division, additive=True)

    split = {row.old for row in division.successions if not row.is_whole}
    assert split == {f"gemeente-{name}" for name in ("boarnsterhim", "maasdonk", "littenseradiel", "winsum", "haaren")}
    lacking = {area for area, one in found.items() if one.value is None}
    touched = {row.new for row in division.successions if row.old in split}
    assert lacking == (touched - {"gemeente-de-friese-meren"}) | {"gemeente-de-fryske-marren"}
    assert not [one.reason for one in found.values() if "Niet bekend" in one.reason]
    computed = [one for one in found.values() if one.value is not None]
    assert all(one.value == len(one.parts) for one in computed)
    parts = [part for one in computed for part in one.parts]
    assert len(parts) == len(set(parts))
    assert set(ones) - set(parts) == _that_went_into(lacking, division)


def _that_went_into(areas: set[str], division: Division) -> set[str]:
    """The municipalities of 2013 that are, whole or in part, in these areas of today."""
    found = set(areas)
    for row in reversed(division.successions):
        if row.new in found:
            found.add(row.old)
    return found & division.areas_on(date(2013, 1, 1))


def test_the_same_file_again_changes_nothing_and_says_so() -> None:
    call_command("load_areas", stdout=StringIO())
    records = AuditRecord.objects.count()
    out = StringIO()

    call_command("load_areas", stdout=out)

    assert "gemeenten: 0 nieuw, 0 gewijzigd, 432 ongewijzigd" in out.getvalue()
    assert "er is niets veranderd" in out.getvalue()
    assert AuditRecord.objects.count() == records


def test_an_area_that_was_there_keeps_its_code_and_its_place(load: Callable[..., str]) -> None:
    AreaFactory(code="gemeente-den-haag", kind="gemeente", name="Den Haag", cbs_code="GM0518", order=160)

    load("GM0518,'s-Gravenhage,Den Haag,2013-01-01,\n")

    area = Area.objects.get(cbs_code="GM0518")
    assert (area.code, area.name, area.order) == ("gemeente-den-haag", "'s-Gravenhage", 160)
    assert area.parent == Area.objects.get(code="eenheid-den-haag")


def test_two_municipalities_of_one_name_get_two_codes(load: Callable[..., str]) -> None:
    load("GM0001,Bergen,Limburg,2013-01-01,\nGM0002,Bergen,Noord-Holland,2013-01-01,\n")

    codes = Area.objects.filter(kind="gemeente").order_by("cbs_code").values_list("code", flat=True)
    assert list(codes) == ["gemeente-bergen", "gemeente-bergen-gm0002"]


def test_a_later_file_closes_a_municipality_and_says_what_it_went_on_in(load: Callable[..., str]) -> None:
    load("GM0001,Oud,Limburg,2013-01-01,\nGM0002,Nieuw,Limburg,2013-01-01,\n")

    said = load("GM0001,Oud,Limburg,2013-01-01,2025-12-31\n", "GM0001,GM0002,2026-01-01,1\n")

    assert "indelingen: 0 nieuw, 1 gewijzigd" in said
    assert AreaMembership.objects.get(member__cbs_code="GM0001").valid_to == date(2025, 12, 31)
    assert AreaSuccession.objects.get().share == 1


def test_a_file_without_days_agrees_with_what_stands_there_or_asks_since_when(load: Callable[..., str]) -> None:
    load("GM0001,Een,Limburg,2013-01-01,\n")

    assert "er is niets veranderd" in load("GM0001,Een,eenheid-limburg,,\n")
    with pytest.raises(CommandError, match="bij een andere politie-eenheid"):
        load("GM0001,Een,Rotterdam,,\n")


@pytest.mark.parametrize(
    ("lines", "successions", "says"),
    [
        ("GM0001,Een,Atlantis,2013-01-01,\n", "", "politie-eenheid ‘Atlantis’ bestaat niet"),
        ("PV20,Een,Limburg,2013-01-01,\n", "", "kolom ‘code’: ‘PV20’ is geen gemeentecode"),
        ("GM0001,Een,Limburg,2013-01-01,2012-01-01\n", "", "regel 2, kolom ‘to’: de laatste dag ligt vóór"),
        (
            "GM0001,Een,Limburg,2013-01-01,\nGM0001,Een,Limburg,2015-01-01,\n",
            "",
            "loopt door tot in die vanaf 01-01-2015",
        ),
        (
            "GM0001,Een,Limburg,2013-01-01,\nGM0001,Een,Limburg,2013-01-01,\n",
            "",
            "regel 3, kolom ‘code’: dit staat ook",
        ),
        ("GM0001,Een,Limburg,01-01-2013,\n", "", "is geen datum"),
        (ONE, "GM0001,GM0009,2020-01-01,1\n", "GM0009 is geen bekende gemeente"),
        (ONE, "GM0001,GM0001,2020-01-01,1\n", "gaat niet op in zichzelf"),
        (ONE, "GM0001,GM0002,2020-01-01,0\n", "0 is geen aandeel"),
        (
            "GM0001,Een,Limburg,2013-01-01,\nGM0002,Twee,Limburg,2013-01-01,\nGM0003,Drie,Limburg,2013-01-01,\n",
            "GM0001,GM0002,2020-01-01,0.6\nGM0001,GM0003,2020-01-01,0.5\n",
            "samen meer dan het geheel",
        ),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_loaded(
    load: Callable[..., str], lines: str, successions: str, says: str
) -> None:
    with pytest.raises(CommandError, match=says) as refusal:
        load(lines, successions)

    assert "Er is niets geladen." in str(refusal.value)
    assert not Area.objects.filter(kind="gemeente").exists()


def test_a_code_of_another_kind_of_area_is_no_municipality() -> None:
    AreaFactory(code="x", kind="overig", name="Iets", cbs_code="GM0001")

    with pytest.raises(MonitorError, match="is Iets en geen gemeente"):
        load_areas(municipalities=[Municipality("GM0001", "Een", "Limburg", date(2013, 1, 1))])


def test_the_files_of_the_project_agree_with_each_other() -> None:
    files = read_area_files()
    ended = {one.code: one.end for one in files.municipalities if one.end}

    assert {one.old for one in files.successions} == set(ended)
    for one in files.successions:
        assert (one.date - ended[one.old]).days == 1  # type: ignore[operator]
