"""Profiles as data: read strictly, written back the same."""

from typing import Any

import pytest

from indicators.core.opendata.profiles import WrongProfile, read_profile, write_profile
from tests.indicators.opendata.profiles import inhabitants, prices, reactions


@pytest.mark.parametrize("content", [prices(), reactions(), inhabitants()])
def test_a_profile_that_is_written_is_read_the_same(content: dict[str, Any]) -> None:
    profile = read_profile(content)

    assert read_profile(write_profile(profile)) == profile
    assert write_profile(read_profile(write_profile(profile))) == write_profile(profile)


def change(content: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    *folders, last = path.split(".")
    part = content
    for name in folders:
        part = part[name]
    part[last] = value
    return content


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        ("formaat", 2, "een ander formaat"),
        ("code", "Met Spatie", "‘code’ niet goed geschreven"),
        ("dienst", "v5", "mogelijk zijn v4, v3"),
        ("host", "http://x/y", "‘host’ niet goed geschreven"),
        ("tabel", "../../x", "‘tabel’ niet goed geschreven"),
        ("titel", "", "‘titel’ geen tekst"),
        ("extra", 1, "een onbekend veld: ‘extra’"),
        ("maten", {}, "noemt geen maten"),
        ("maten", [], "‘maten’ geen verzameling"),
        ("maten.M001534.factor", "0", "moet groter zijn dan 0"),
        ("maten.M001534.factor", "NaN", "‘factor’ geen getal"),
        ("maten.M001534.factor", "veel", "‘factor’ geen getal"),
        ("maten.M001534.decimalen", 5, "mogelijk is 0 tot en met 4"),
        ("maten.M001534.decimalen", "1", "geen heel getal"),
        ("maten.M001534.variant", "gok", "mogelijk zijn realisatie"),
        ("maten.M001534.soort", "x", "onbekend veld: ‘soort’"),
        ("dimensies.RegioS.rol", "plaats", "mogelijk zijn gebied, periode"),
        ("dimensies.RegioS", "gebied", "geen verzameling velden"),
        ("dimensies.RegioS.sleutel", "NL01", "hoort ‘sleutel’ bij de rol ‘vast’"),
        ("dimensies.Perioden.rol", "gebied", "niet één dimensie met de rol ‘periode’"),
        ("dimensies.Perioden", {"rol": "vast", "sleutel": "2024JJ00"}, "niet één dimensie met de rol ‘periode’"),
        ("periode", "2024", "of één ‘periode’ voor alles"),
        ("dimensies.Soort", {"rol": "gebied"}, "meer dan één dimensie met de rol ‘gebied’"),
        ("dimensies.Soort", {"rol": "uitsplitsing"}, "mist ‘uitsplitsing’"),
        ("ontbrekend", {"Impossible": "nul"}, "mogelijk zijn nihil"),
        ("ontbrekend", {"Impossible": 0}, "geen lijst van sleutels met een tekst"),
        ("status", "vast", "mogelijk zijn (leeg), voorlopig"),
        ("als_tekst", "ja", "bestaat alleen bij dienst v3"),
    ],
)
def test_what_is_wrong_in_a_profile_is_named(path: str, value: Any, says: str) -> None:
    with pytest.raises(WrongProfile) as problem:
        read_profile(change(prices(), path, value))

    assert says in str(problem.value)


@pytest.mark.parametrize("content", [None, [], "x", {}, {"formaat": "1"}])
def test_what_is_no_profile_is_refused(content: Any) -> None:
    with pytest.raises(WrongProfile):
        read_profile(content)


def test_one_breakdown_cannot_come_from_two_places() -> None:
    content = prices()
    content["dimensies"]["Soort"] = {"rol": "uitsplitsing", "uitsplitsing": "soort"}
    content["maten"]["M001534"]["categorieen"] = {"soort": "x"}

    with pytest.raises(WrongProfile, match="een uitsplitsing twee keer"):
        read_profile(content)
