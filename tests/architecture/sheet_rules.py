"""The rules of the routes for suppliers' own sheets, their profiles and known errors."""

from tests.architecture.route_rules import (
    ENTERERS,
    NO_NUMBER,
    NO_ROUND,
    NO_VALUE,
    NO_VERSION,
    OWN_IS_FINE,
    Act,
    Look,
    Route,
    Situation,
)

IN_THE_FILE = "welk thema het is, staat in het bestand"
PROFILE = "/rondes/{round}/aanleveringen/{own_delivery}/profiel/"
MAPPING = {"act": "bewaren", "naam": "Proef", "status": "definitief", "label-0": "{series}"}
OFFERING = {
    Situation.CLOSED_ROUND: 403,
    Situation.OTHER_THEME: IN_THE_FILE,
    Situation.FORGED_ID: NO_NUMBER,
    Situation.STALE_VERSION: NO_VERSION,
    Situation.OWN_VALUE: NO_VALUE,
}
CHOOSING = {
    Situation.CLOSED_ROUND: 403,
    Situation.OTHER_THEME: 403,
    Situation.FORGED_ID: 404,
    Situation.STALE_VERSION: NO_VERSION,
    Situation.OWN_VALUE: OWN_IS_FINE,
}
KEEPING = {
    Situation.CLOSED_ROUND: NO_ROUND,
    Situation.OTHER_THEME: 403,
    Situation.FORGED_ID: NO_NUMBER,
    Situation.STALE_VERSION: NO_VERSION,
    Situation.OWN_VALUE: NO_VALUE,
}
ERROR = {
    "supplier": "{supplier}",
    "series": "{series}",
    "period": "2021",
    "wrong": "12",
    "right": "13",
    "what": "Een te laag.",
    "why": "Gemaild.",
    "act": "vastleggen",
}

OWN_SHEETS = (
    Route(
        "round-own-sheet",
        "/rondes/{round}/aanleveringen/eigen/",
        Look.WORKERS,
        (Act("aanlevering ontvangen", {}, ENTERERS, OFFERING, settings={"works": False}),),
    ),
    Route(
        "round-own-profile",
        PROFILE,
        Look.WORKERS,
        (Act("profiel kiezen", {"profile": "{profile}"}, ENTERERS, CHOOSING),),
    ),
    Route(
        "round-own-profile-make",
        f"{PROFILE}maken/?tabel=1",
        Look.WORKERS,
        (Act("profiel vastleggen", MAPPING, ENTERERS, CHOOSING),),
    ),
    Route(
        "import-profiles",
        "/leveranciers/profielen/",
        Look.WORKERS,
        (
            Act(
                "profiel laten vervallen",
                {"act": "vervallen", "profile": "{profile}"},
                ENTERERS,
                {**KEEPING, Situation.FORGED_ID: 404},
            ),
            Act(
                "profiel innemen",
                {"act": "innemen"},
                ENTERERS,
                {**KEEPING, Situation.OTHER_THEME: IN_THE_FILE},
                settings={"works": False},
            ),
        ),
    ),
    Route("import-profile-file", "/leveranciers/profielen/{profile}.json", Look.WORKERS),
    Route(
        "supplier-corrections",
        "/leveranciers/fouten/",
        Look.WORKERS,
        (
            Act("bekende fout vastleggen", ERROR, ENTERERS, KEEPING),
            Act("bekende fout laten vervallen", {"act": "vervallen", "code": "{correction}"}, ENTERERS, KEEPING),
        ),
    ),
)
