"""Profiles for the tables of the local service."""

from copy import deepcopy
from typing import Any

from indicators.core.opendata.profiles import OpenDataProfile, read_profile


def prices(host: str = "datasets.cbs.nl", **changes: Any) -> dict[str, Any]:
    return deepcopy(
        {
            "formaat": 1,
            "code": "koopwoningen",
            "titel": "Verkoopprijs van koopwoningen",
            "dienst": "v4",
            "host": host,
            "tabel": "83625NED",
            "dimensies": {
                "RegioS": {"rol": "gebied", "soorten": ["NL", "GM"]},
                "Perioden": {"rol": "periode", "soorten": ["JJ"]},
            },
            "maten": {"M001534": {"indicator": "verkoopprijs", "eenheid": "euro", "decimalen": 0}},
            "ontbrekend": {"Impossible": "weglaten"},
        }
        | changes
    )


def reactions(host: str = "dataderden.cbs.nl", **changes: Any) -> dict[str, Any]:
    return deepcopy(
        {
            "formaat": 1,
            "code": "reactietijden",
            "titel": "Reactietijden",
            "dienst": "v3",
            "host": host,
            "tabel": "47008NED",
            "dimensies": {
                "RegioS": {"rol": "gebied", "andere": "weigeren"},
                "Perioden": {"rol": "periode"},
            },
            "maten": {
                "Meldingen": {"indicator": "meldingen", "eenheid": "aantal"},
                "Reactietijd0Tot15MinutenRelatief": {"indicator": "op-tijd", "eenheid": "%", "decimalen": 1},
            },
            "ontbrekend": {"null": "onbekend"},
        }
        | changes
    )


def inhabitants(host: str = "opendata.cbs.nl", **changes: Any) -> dict[str, Any]:
    return deepcopy(
        {
            "formaat": 1,
            "code": "inwoners",
            "titel": "Inwoners per gemeente",
            "dienst": "v3",
            "host": host,
            "tabel": "85984NED",
            "dimensies": {"WijkenEnBuurten": {"rol": "gebied", "soorten": ["GM"]}},
            "maten": {"AantalInwoners": {"indicator": "inwoners", "eenheid": "aantal"}},
            "periode": "2024-01-01",
            "status": "definitief",
        }
        | changes
    )


def profile(content: dict[str, Any]) -> OpenDataProfile:
    return read_profile(content)
