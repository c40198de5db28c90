"""The rule of every route: who may look, what may be done there, by whom, and what is refused to whom.

Add a route to the monitor, and add its rule here; the test names the routes that have none. A rule in words::

    Route("round-review", "/rondes/{round}/controle/besluit/", look=NOBODY, acts=(
        Act("controleren", {"pairs": "{submitted}:{version}", "act": "controleren"}, CHECKERS, CHECKING),))

Names between braces are filled from ``route_world``. An act says for each ``Situation`` with which status it is
refused, or in words why that cannot happen there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from monitor.base.core.roles import Role

ALL_ROLES = frozenset(Role)
WORKERS = ALL_ROLES - {Role.RAADPLEGER}
ENTERERS = frozenset({Role.INVOERDER, Role.REDACTEUR, Role.BEHEERDER})
CHECKERS = frozenset({Role.CONTROLEUR, Role.BEHEERDER})
STEERERS = frozenset({Role.REDACTEUR, Role.BEHEERDER})
MAKERS = frozenset({Role.REDACTEUR, Role.BEHEERDER})
ADMINISTRATORS = frozenset({Role.BEHEERDER})
CALCULATORS = frozenset({Role.REKENAAR, Role.BEHEERDER})


class Look(StrEnum):
    """Who may GET a route. Whoever may not is refused with 403; without an account one is sent to the sign-in page."""

    EVERYBODY = "iedereen, ook zonder account"
    SIGNED_IN = "wie is aangemeld"
    WORKERS = "wie met de cijfers werkt"
    ADMINISTRATORS = "beheerders"
    CALCULATORS = "wie met het verdeelmodel rekent"
    OWNER = "wie het aanvroeg, en beheerders; voor een ander bestaat het niet"
    NOBODY = "niemand: er is alleen iets te doen (405)"


class Situation(StrEnum):
    """When an act is refused although the role allows it."""

    CLOSED_ROUND = "gesloten ronde"
    OTHER_THEME = "ander thema"
    FORGED_ID = "verzonnen nummer"
    STALE_VERSION = "verouderde versie"
    OWN_VALUE = "eigen cijfer"


Refusals = Mapping[Situation, int | str]


@dataclass(frozen=True)
class Act:
    """One thing a POST does. ``refused`` has the status of each situation, or why it cannot occur."""

    name: str
    data: Mapping[str, Any]
    roles: frozenset[Role]
    refused: Refusals
    path: str = ""  # where it differs from the address of the route
    content_type: str = ""  # application/json where a script posts
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Route:
    """``status`` is what somebody who may look gets; ``name`` is that of ``reverse``."""

    name: str
    path: str
    look: Look
    acts: tuple[Act, ...] = ()
    status: tuple[int, ...] = (200,)


NO_ROUND = "hoort niet bij een ronde"
NO_THEME = "hoort niet bij een thema"
NO_VERSION = "er is geen versie; wie later komt, doet niets"
NO_NUMBER = "noemt geen nummer"
NO_VALUE = "gaat niet over een cijfer"
OWN_IS_FINE = "een eigen cijfer mag dit"

ROUND_OF_ALL_THEMES = "een ronde is van alle thema's"
STEERING: Refusals = {
    Situation.CLOSED_ROUND: 409,
    Situation.OTHER_THEME: ROUND_OF_ALL_THEMES,
    Situation.FORGED_ID: NO_NUMBER,
    Situation.STALE_VERSION: NO_VERSION,
    Situation.OWN_VALUE: NO_VALUE,
}
ENTERING: Refusals = {
    Situation.CLOSED_ROUND: 403,
    Situation.OTHER_THEME: 404,
    Situation.FORGED_ID: 404,
    Situation.STALE_VERSION: 409,
    Situation.OWN_VALUE: OWN_IS_FINE,
}
CHECKING: Refusals = {
    Situation.CLOSED_ROUND: 403,
    Situation.OTHER_THEME: 403,
    Situation.FORGED_ID: 409,
    Situation.STALE_VERSION: 409,
    Situation.OWN_VALUE: 403,
}
ORDERING: Refusals = {
    Situation.CLOSED_ROUND: "een rapport mag ook van een gesloten ronde",
    Situation.OTHER_THEME: NO_THEME,
    Situation.FORGED_ID: NO_NUMBER,
    Situation.STALE_VERSION: NO_VERSION,
    Situation.OWN_VALUE: NO_VALUE,
}
ONLY_LOOKS = "er wordt niets gewijzigd; elke cel zegt of zij mag"
JSON = "application/json"
CELL = "/rondes/{round}/cijfers/{item}/"
DRAFT_CELL = "/rondes/{round}/cijfers/{draft_item}/"
FIGURE = {"value": "120", "status": "definitief"}
REVIEW = "/rondes/{round}/controle/besluit/"
PAIR = "{submitted}:{version}"
MANAGING: Refusals = {
    Situation.CLOSED_ROUND: 403,
    Situation.OTHER_THEME: 403,
    Situation.FORGED_ID: 404,
    Situation.STALE_VERSION: NO_VERSION,
    Situation.OWN_VALUE: NO_VALUE,
}
STEPS: Refusals = {**MANAGING, Situation.OTHER_THEME: ROUND_OF_ALL_THEMES, Situation.FORGED_ID: NO_NUMBER}
SUPPLIERS: Refusals = {**STEPS, Situation.CLOSED_ROUND: NO_ROUND, Situation.OTHER_THEME: NO_THEME}
NEXT_ROUND = {
    "source": "{round}", "code": "2027-2", "name": "ronde van 2027",
    "reference_date": "2027-12-15", "cut_off": "2027-11-02",
}  # fmt: skip

BASE = (
    Route("health-live", "/health/live", Look.EVERYBODY),
    Route("health-ready", "/health/ready", Look.EVERYBODY, status=(200, 503)),
    Route("home", "/", Look.EVERYBODY),
    Route("sign-in", "/aanmelden/", Look.EVERYBODY, status=(200, 302)),  # who has signed in already is sent home
    Route("sign-out", "/afmelden/", Look.NOBODY),
    Route("profile", "/account/", Look.SIGNED_IN),
    Route("change-password", "/account/wachtwoord/", Look.NOBODY),
    Route("jobs", "/taken/", Look.SIGNED_IN),
    Route("job", "/taken/{job}/", Look.OWNER),
    Route("job-state", "/taken/{job}/stand/", Look.OWNER, status=(302,)),
    Route(
        "cancel-job",
        "/taken/{job}/stoppen/",
        Look.NOBODY,
        (
            Act(
                "taak stoppen",
                {},
                frozenset({Role.REDACTEUR, Role.BEHEERDER}),  # the redacteur of this world asked for it
                {
                    Situation.CLOSED_ROUND: NO_ROUND,
                    Situation.OTHER_THEME: NO_THEME,
                    Situation.FORGED_ID: 404,
                    Situation.STALE_VERSION: NO_VERSION,
                    Situation.OWN_VALUE: NO_VALUE,
                },
            ),
        ),
    ),
)

AUDIT = (
    Route("audit", "/logboek/", Look.ADMINISTRATORS),
    Route("audit-csv", "/logboek.csv", Look.ADMINISTRATORS),
    Route("audit-record", "/logboek/1/", Look.ADMINISTRATORS, status=(200, 404)),  # nothing, or a refusal
    Route(
        "audit-check",
        "/logboek/narekenen/",
        Look.NOBODY,
        (
            Act(
                "logboek narekenen",
                {},
                ADMINISTRATORS,
                {
                    Situation.CLOSED_ROUND: NO_ROUND,
                    Situation.OTHER_THEME: NO_THEME,
                    Situation.FORGED_ID: NO_NUMBER,
                    Situation.STALE_VERSION: NO_VERSION,
                    Situation.OWN_VALUE: NO_VALUE,
                },
            ),
        ),
    ),
)

INDICATORS = (
    Route("themes", "/themas/", Look.EVERYBODY),
    Route("theme", "/themas/{theme}/", Look.EVERYBODY),
    Route("theme-differences", "/themas/{theme}/verschil/?van=2025-01-01", Look.EVERYBODY),
    Route("theme-differences-csv", "/themas/{theme}/verschil.csv?van=2025-01-01", Look.EVERYBODY),
    Route("indicators", "/indicatoren/", Look.EVERYBODY),
    Route("indicator", "/indicatoren/{indicator}/", Look.EVERYBODY),
    Route("figure-history", "/indicatoren/{indicator}/verloop/?reeks={series}&periode=2024", Look.EVERYBODY),
    Route("indicator-chart", "/indicatoren/{indicator}/grafiek.json", Look.EVERYBODY, status=(200, 404)),
    Route("indicator-municipalities", "/indicatoren/{indicator}/gemeenten/", Look.EVERYBODY),
    Route("indicator-csv", "/indicatoren/{indicator}/cijfers.csv", Look.EVERYBODY),
    Route("indicator-xlsx", "/indicatoren/{indicator}/cijfers.xlsx", Look.EVERYBODY),
    Route("facts", "/feiten/", Look.EVERYBODY),
)

ROUNDS = (
    Route(
        "rounds",
        "/rondes/",
        Look.WORKERS,
        (
            Act(
                "ronde beginnen",
                NEXT_ROUND,
                STEERERS,
                {**STEERING, Situation.CLOSED_ROUND: "de vorige ronde is meestal gesloten"},
            ),
        ),
    ),
    Route("round-overview", "/rondes/{round}/", Look.WORKERS),
    Route(
        "round-requests",
        "/rondes/{round}/uitvraag/",
        Look.WORKERS,
        (
            Act(
                "uitvraag maken",
                {"supplier": "{supplier}"},
                ENTERERS,
                {
                    Situation.CLOSED_ROUND: 403,
                    Situation.OTHER_THEME: 403,
                    Situation.FORGED_ID: NO_NUMBER,
                    Situation.STALE_VERSION: NO_VERSION,
                    Situation.OWN_VALUE: NO_VALUE,
                },
            ),
        ),
    ),
    Route("round-requests-zip", "/rondes/{round}/uitvraag/alles.zip", Look.WORKERS),
    Route("round-request", "/rondes/{round}/uitvraag/{request}/", Look.WORKERS),
    Route("round-request-file", "/rondes/{round}/uitvraag/{request}/blad.xlsx", Look.WORKERS),
    Route(
        "round-deliveries",
        "/rondes/{round}/aanleveringen/",
        Look.WORKERS,
        (
            Act(
                "aanlevering ontvangen",
                {},
                ENTERERS,
                {
                    Situation.CLOSED_ROUND: 403,
                    Situation.OTHER_THEME: "welk thema het is, staat in het bestand",
                    Situation.FORGED_ID: NO_NUMBER,
                    Situation.STALE_VERSION: NO_VERSION,
                    Situation.OWN_VALUE: NO_VALUE,
                },
                settings={"works": False},  # without a file
            ),
        ),
    ),
    Route(
        "round-delivery",
        "/rondes/{round}/aanleveringen/{delivery}/",
        Look.WORKERS,
        (
            Act("aanlevering verwerken", {"act": "bewaren", "digest": "{digest}"}, ENTERERS, ENTERING),
            Act(
                "aanlevering terzijde leggen",
                {"act": "terzijde", "reason": "Verkeerde bijlage."},
                ENTERERS,
                {**ENTERING, Situation.STALE_VERSION: NO_VERSION},
            ),
        ),
    ),
    Route("round-delivery-file", "/rondes/{round}/aanleveringen/{delivery}/bestand/", Look.WORKERS),
    Route("round-delivery-json", "/rondes/{round}/aanleveringen/{delivery}/plan.json", Look.WORKERS),
    Route("round-delivery-csv", "/rondes/{round}/aanleveringen/{delivery}/plan.csv", Look.WORKERS),
    Route("round-delivery-xlsx", "/rondes/{round}/aanleveringen/{delivery}/plan.xlsx", Look.WORKERS),
    Route(
        "round-steer",
        "/rondes/{round}/stand/",
        Look.NOBODY,
        (Act("ronde sluiten", {"act": "sluiten"}, STEERERS, STEERING, settings={"empty": True}),),
    ),
    Route(
        "round-cell",
        CELL,
        Look.WORKERS,
        (
            Act("cijfer opslaan", {**FIGURE, "act": "opslaan", "version": "{version}"}, ENTERERS, ENTERING, DRAFT_CELL),
            Act(
                "cijfer indienen", {**FIGURE, "act": "indienen", "version": "{version}"}, ENTERERS, ENTERING, DRAFT_CELL
            ),
            Act(
                "cijfer intrekken",
                {"act": "intrekken", "proposal": "{draft}", "version": "{version}"},
                ENTERERS,
                ENTERING,
                DRAFT_CELL,
            ),
            Act(
                "cijfer afmelden",
                {"act": "afmelden", "marker": "niet-geleverd", "reason": "Komt in mei."},
                ENTERERS,
                {**ENTERING, Situation.STALE_VERSION: NO_VERSION},
            ),
        ),
    ),
    Route("round-overview-csv", "/rondes/{round}/overzicht.csv", Look.WORKERS),
    Route(
        "round-manage",
        "/rondes/{round}/beheer/",
        Look.WORKERS,
        (
            Act(
                "gekozen cijfers toewijzen",
                {"items": "{item}", "owner": "-", "supplier": "-", "act": "gekozen"},
                STEERERS,
                MANAGING,
            ),
        ),
    ),
    Route(
        "round-manage-item",
        "/rondes/{round}/beheer/cijfers/{item}/",
        Look.WORKERS,
        (
            Act(
                "cijfer toewijzen",
                {"owner": "-", "supplier": "-", "due": "2026-11-27", "act": "opslaan"},
                STEERERS,
                {**MANAGING, Situation.OTHER_THEME: 404},
            ),
            Act(
                "cijfer uit de ronde halen",
                {"act": "weghalen"},
                STEERERS,
                {**MANAGING, Situation.OTHER_THEME: 404},
            ),
        ),
    ),
    Route(
        "round-add-items",
        "/rondes/{round}/beheer/toevoegen/",
        Look.WORKERS,
        (
            Act(
                "cijfer erbij vragen",
                {"indicator": "{indicator}", "series": "{series_id}", "period": "2020"},
                STEERERS,
                MANAGING,
            ),
        ),
    ),
    Route(
        "round-steps",
        "/rondes/{round}/beheer/stappen/",
        Look.WORKERS,
        (Act("stappen zetten", {"uitvraag": "2026-10-05", "verzending": "2026-12-16"}, STEERERS, STEPS),),
    ),
    Route(
        "suppliers",
        "/leveranciers/",
        Look.WORKERS,
        (
            Act(
                "leverancier wijzigen",
                {"supplier": "{supplier}", "contact_name": "J. de Vries", "contact_email": "j@voorbeeld.nl"},
                ADMINISTRATORS,
                SUPPLIERS,
            ),
        ),
    ),
    Route("round-queue", "/rondes/{round}/controle/", Look.WORKERS),
    Route(
        "round-review",
        REVIEW,
        Look.NOBODY,
        (
            Act("cijfers controleren", {"pairs": PAIR, "act": "controleren"}, CHECKERS, CHECKING),
            Act(
                "cijfers teruggeven",
                {"pairs": PAIR, "act": "teruggeven", "reason": "Klopt dit?"},
                CHECKERS,
                {**CHECKING, Situation.OWN_VALUE: OWN_IS_FINE},
            ),
        ),
    ),
    Route("round-grid", "/rondes/{round}/rooster/", Look.WORKERS),
    Route("round-grid-findings", "/rondes/{round}/rooster/toetsen/", Look.WORKERS),
    Route(
        "round-grid-cell",
        "/rondes/{round}/rooster/cel/{series_id}/{period}/",
        Look.WORKERS,
        (
            Act(
                "cel opslaan",
                {"version": "{version}", "revision": "0", "changes": {"value": "120"}},
                ENTERERS,
                ENTERING,
                "/rondes/{round}/rooster/cel/{series_id}/{draft_period}/",
                JSON,
            ),
        ),
    ),
    Route(
        "round-grid-paste",
        "/rondes/{round}/rooster/plakken/",
        Look.NOBODY,
        (
            Act(
                "blok bekijken",
                {"text": "1\t2", "targets": [[["{series_id}", "{period}"], None]]},
                ENTERERS,
                {
                    Situation.CLOSED_ROUND: 403,
                    Situation.OTHER_THEME: ONLY_LOOKS,
                    Situation.FORGED_ID: ONLY_LOOKS,
                    Situation.STALE_VERSION: NO_VERSION,
                    Situation.OWN_VALUE: OWN_IS_FINE,
                },
                content_type=JSON,
            ),
        ),
    ),
    Route(
        "round-grid-block",
        "/rondes/{round}/rooster/opslaan/",
        Look.NOBODY,
        (
            Act(
                "blok opslaan",
                {
                    "cells": [
                        {
                            "series": "{series_id}",
                            "period": "{draft_period}",
                            "version": "{version}",
                            "revision": "0",
                            "changes": {"value": "120"},
                        }
                    ]
                },
                ENTERERS,
                ENTERING,
                content_type=JSON,
            ),
        ),
    ),
    Route(
        "round-grid-submit",
        "/rondes/{round}/rooster/indienen/",
        Look.NOBODY,
        (
            Act(
                "cellen indienen",
                {"pairs": ["{draft}:{version}"]},
                ENTERERS,
                {**ENTERING, Situation.OTHER_THEME: 403, Situation.FORGED_ID: 409},
                content_type=JSON,
            ),
        ),
    ),
    Route(
        "round-series",
        "/rondes/{round}/reeksen/{series_id}/",
        Look.WORKERS,
        (
            Act(
                "reeks opslaan",
                {
                    "p{draft_period}-version": "{version}",
                    "p{draft_period}-revision": "0",
                    "p{draft_period}-value": "120",
                    "p{draft_period}-status": "definitief",
                    "act": "opslaan",
                },
                ENTERERS,
                ENTERING,
            ),
        ),
    ),
)

EVERYTHING = (
    Route("people", "/personen/", Look.ADMINISTRATORS),
    Route(
        "person-access",
        "/personen/{person}/",
        Look.ADMINISTRATORS,
        (Act("toegang geven", {"roles": "invoerder"}, ADMINISTRATORS, {**SUPPLIERS, Situation.FORGED_ID: 404}),),
    ),
    Route(
        "figure-revise",
        "/indicatoren/{indicator}/herzien/?reeks={series}&periode=2024",
        Look.WORKERS,
        (
            Act(
                "cijfer herzien",
                {**FIGURE, "version": "0", "change_kind": "correctie", "reason": "Typefout.", "act": "indienen"},
                ENTERERS,
                {
                    **ENTERING,
                    Situation.CLOSED_ROUND: NO_ROUND,
                    Situation.FORGED_ID: NO_NUMBER,
                    Situation.STALE_VERSION: "er is nog geen voorstel",
                },
            ),
            Act(
                "herziening intrekken",
                {"proposal": "{draft}", "version": "{version}", "act": "intrekken"},
                ENTERERS,
                {**ENTERING, Situation.FORGED_ID: 409},
            ),
        ),
    ),
    Route("review-all", "/controle/", Look.WORKERS),
    Route(
        "review-all-decide",
        "/controle/besluit/",
        Look.NOBODY,
        (
            Act("cijfers controleren", {"pairs": PAIR, "act": "controleren"}, CHECKERS, CHECKING),
            Act("één cijfer controleren", {"one": PAIR}, CHECKERS, CHECKING),
            Act("alles zonder waarschuwing", {"calm": PAIR, "act": "zonder-waarschuwing"}, CHECKERS, CHECKING),
            Act(
                "cijfers teruggeven",
                {"pairs": PAIR, "act": "teruggeven", "reason": "Klopt dit?"},
                CHECKERS,
                {**CHECKING, Situation.OWN_VALUE: OWN_IS_FINE},
            ),
        ),
    ),
)

FACT = {
    "name": "Motorbendes", "sentence": "De rechter verbood {{waarde}} bendes.", "value": "23", "period": "2024",
    "area": "{area}", "theme": "{theme_id}", "publication": "{publication}", "variant": "realisatie",
}  # fmt: skip
FACT_ENTERING: Refusals = {**ENTERING, Situation.CLOSED_ROUND: NO_ROUND}
DRAFT_FACT = "/feiten/{draft_fact}/wijzigen/"
FACTS = (
    Route(
        "fact-add",
        "/feiten/onderweg/",
        Look.WORKERS,
        (
            Act(
                "los cijfer toevoegen",
                {**FACT, "version": "0", "act": "opslaan"},
                ENTERERS,
                {
                    **FACT_ENTERING,
                    Situation.STALE_VERSION: NO_VERSION,
                },
            ),
        ),
    ),
    Route(
        "fact-edit",
        DRAFT_FACT,
        Look.WORKERS,
        (
            Act(
                "los cijfer wijzigen",
                {**FACT, "version": "{version}", "act": "opslaan"},
                ENTERERS,
                FACT_ENTERING,
            ),
            Act(
                "los cijfer indienen",
                {**FACT, "version": "{version}", "act": "indienen"},
                ENTERERS,
                FACT_ENTERING,
            ),
            Act(
                "los cijfer intrekken",
                {"version": "{version}", "act": "intrekken"},
                ENTERERS,
                {**FACT_ENTERING, Situation.FORGED_ID: NO_NUMBER},
            ),
        ),
    ),
    Route(
        "facts-review",
        "/controle/losse-cijfers/",
        Look.NOBODY,
        (
            Act(
                "losse cijfers controleren",
                {"facts": "{submitted_fact}:{version}", "act": "controleren"},
                CHECKERS,
                {**CHECKING, Situation.CLOSED_ROUND: NO_ROUND, Situation.FORGED_ID: NO_NUMBER},
            ),
            Act(
                "losse cijfers teruggeven",
                {"facts": "{submitted_fact}:{version}", "act": "teruggeven", "reason": "Klopt dit?"},
                CHECKERS,
                {
                    **CHECKING,
                    Situation.CLOSED_ROUND: NO_ROUND,
                    Situation.FORGED_ID: NO_NUMBER,
                    Situation.OWN_VALUE: OWN_IS_FINE,
                },
            ),
        ),
    ),
)

CALCULATING: Refusals = {
    Situation.CLOSED_ROUND: NO_ROUND,
    Situation.OTHER_THEME: NO_THEME,
    Situation.FORGED_ID: NO_NUMBER,
    Situation.STALE_VERSION: NO_VERSION,
    Situation.OWN_VALUE: NO_VALUE,
}
RUN = "/sterkteverdeling/berekeningen/{run}/"
REFIT = "/sterkteverdeling/herschattingen/{refit}/"
ALLOCATION = (
    Route(
        "allocation",
        "/sterkteverdeling/",
        Look.WORKERS,
        (
            Act(
                "model draaien",
                {"model": "{model}", "feature_set": "{feature_set}", "fte": "100"},
                CALCULATORS,
                CALCULATING,
            ),
        ),
    ),
    Route("allocation-version", "/sterkteverdeling/modellen/{model}/", Look.WORKERS),
    Route("allocation-feature-set", "/sterkteverdeling/kenmerken/{feature_set}/", Look.WORKERS),
    Route(
        "allocation-load-features",
        "/sterkteverdeling/kenmerken/laden/",
        Look.CALCULATORS,
        (Act("kenmerken laden", {"name": "Proef"}, CALCULATORS, CALCULATING, settings={"works": False}),),
    ),
    Route(
        "allocation-load-key",
        "/sterkteverdeling/sleutels/laden/",
        Look.CALCULATORS,
        (Act("verdeelsleutel laden", {"name": "Proef"}, CALCULATORS, CALCULATING, settings={"works": False}),),
    ),
    Route("allocation-run", RUN, Look.WORKERS),
    Route("allocation-run-chart", f"{RUN}grafiek.json", Look.WORKERS),
    Route("allocation-run-xlsx", f"{RUN}verdeling.xlsx", Look.WORKERS),
    Route("allocation-run-csv", f"{RUN}verdeling.csv", Look.WORKERS),
    Route("allocation-run-json", f"{RUN}verdeling.json", Look.WORKERS),
    Route("allocation-questions", f"{RUN}vragen/", Look.WORKERS),
    Route("allocation-change", f"{RUN}verandering/{{other_run}}/", Look.WORKERS),
    Route("allocation-unit", f"{RUN}eenheden/{{unit}}/", Look.WORKERS),
    Route("allocation-unit-chart", f"{RUN}eenheden/{{unit}}/grafiek.json", Look.WORKERS),
    Route(
        "allocation-refits",
        "/sterkteverdeling/herschattingen/",
        Look.WORKERS,
        (Act("herschatting vragen", {"name": "Proef"}, CALCULATORS, CALCULATING, settings={"works": False}),),
    ),
    Route(
        "allocation-refit",
        REFIT,
        Look.WORKERS,
        (
            Act(
                "rekenvariant maken",
                {"name": "Nieuwe variant", "share_0": "100"},
                CALCULATORS,
                {**CALCULATING, Situation.FORGED_ID: 404},
            ),
        ),
    ),
    Route("allocation-refit-json", f"{REFIT}uitkomst.json", Look.WORKERS),
    Route("allocation-refit-cluster", f"{REFIT}clusters/1/", Look.WORKERS),
    Route("allocation-refit-chart", f"{REFIT}clusters/1/grafiek.json", Look.WORKERS, status=(200, 404)),
    Route(
        "allocation-intervals",
        "/sterkteverdeling/modellen/{variant}/marges/",
        Look.WORKERS,
        (Act("marges vragen", {}, CALCULATORS, CALCULATING),),
    ),
    Route("allocation-scenarios", "/sterkteverdeling/scenarios/", Look.WORKERS),
    Route(
        "allocation-scenario-new",
        "/sterkteverdeling/scenarios/nieuw/?model={model}&kenmerken={feature_set}",
        Look.WORKERS,
        (Act("scenario maken", {"name": "Proef", "fte": "100"}, CALCULATORS, CALCULATING),),
    ),
    Route("allocation-scenario-compare", "/sterkteverdeling/scenarios/vergelijken/?scenario={scenario}", Look.WORKERS),
)

REPORTS = (
    Route("reports", "/rapporten/", Look.EVERYBODY),
    Route("report", "/rapporten/{template}/", Look.EVERYBODY),
    Route("read-document", "/rapporten/documenten/{document}/lezen/", Look.EVERYBODY),
    Route("download-document", "/rapporten/documenten/{document}/blad.html", Look.EVERYBODY),
    Route(
        "make-report",
        "/rapporten/{template}/maken/",
        Look.NOBODY,
        (Act("rapport maken", {"ronde": "{round}", "formaat": "html"}, MAKERS, ORDERING, settings={"works": False}),),
    ),
)

API = (
    Route("api-openapi", "/api/v1/openapi.json", Look.EVERYBODY),
    Route("api-indicators", "/api/v1/indicatoren", Look.EVERYBODY),
    Route("api-indicator", "/api/v1/indicatoren/{indicator}", Look.EVERYBODY),
    Route("api-observations", "/api/v1/waarnemingen", Look.EVERYBODY),
    Route("api-reports", "/api/v1/rapportages", Look.EVERYBODY),
    Route("api-report", "/api/v1/rapportages/{template}", Look.EVERYBODY),
)

# Every address below this one is the administration: staff only, whatever is registered there later.
ADMINISTRATION = "beheer/"

ROUTES = (*BASE, *AUDIT, *INDICATORS, *ROUNDS, *EVERYTHING, *FACTS, *ALLOCATION, *REPORTS, *API)
