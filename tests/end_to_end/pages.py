"""The register of pages: every page of the monitor stands here once, with who can see it. The accessibility test, the
layout test, the query counts and the screenshots all read it."""

from dataclasses import dataclass

from monitor.base.core.roles import Role
from tests.end_to_end.delivered import OWN_PLANNED, OWN_SHEET, PLANNED, REQUEST, SET_ASIDE


@dataclass(frozen=True)
class VisitedPage:
    """``click`` is pressed after opening, such as the button of an empty form; ``wait_for`` must appear then."""

    name: str
    path: str
    role: Role | None = None
    status: int = 200
    click: str = ""
    wait_for: str = ""


REVISE = "/indicatoren/verzuim/herzien/?reeks=verzuim|nederland|realisatie|&periode=2024"  # no open round asks for it
RUN, PARTIAL_RUN, OTHER_RUN = 910_001, 910_002, 910_003  # runs of the allocation model that are visited
PERSON = 900_002  # the number of the person whose access is visited
REFIT, SCENARIO, OTHER_SCENARIO = 920_001, 930_001, 940_001  # a refit and two what-ifs that are visited
CELL = 900_001  # the number of the asked figure that is visited
REVISED = "misdrijven-geregistreerd|nederland|realisatie|", "2024"  # a figure with two revisions
HISTORY = f"/indicatoren/misdrijven-geregistreerd/verloop/?reeks={REVISED[0]}&periode={REVISED[1]}"

PAGES = (
    VisitedPage("beginpagina", "/"),
    VisitedPage("themas", "/themas/"),
    VisitedPage("thema", "/themas/politie-en-samenleving/"),
    VisitedPage("thema-met-onderdelen", "/themas/voorkomen/"),
    VisitedPage("onderdeel-van-thema", "/themas/verstoren-geldstromen/"),
    VisitedPage("indicatoren", "/indicatoren/"),
    VisitedPage("zoeken", "/indicatoren/?q=verzuim"),
    VisitedPage("zoeken-zonder-uitkomst", "/indicatoren/?q=eenhoorn"),
    VisitedPage("indicator", "/indicatoren/gtpa-incidenten/", wait_for="[data-drawn]"),
    VisitedPage(
        "indicator-uitgesplitst", "/indicatoren/gtpa-incidenten/?uitsplitsing=soort-geweld", wait_for="[data-drawn]"
    ),
    VisitedPage("indicator-met-lezingen", "/indicatoren/onveiligheidsgevoel-weleens-eigen-buurt/"),
    VisitedPage("indicator-met-norm", "/indicatoren/verzuim/"),
    VisitedPage("indicator-zeden", "/indicatoren/zeden-voorraad/", wait_for="[data-drawn]"),
    VisitedPage(
        "indicator-geld",
        "/indicatoren/ondermijningsgelden-besteding-deelopgave/?uitsplitsing=deelopgave&variant=plan",
        wait_for="[data-drawn]",
    ),
    VisitedPage("indicator-eerder", "/indicatoren/verzuim/?soort=gepubliceerd&op=2025-06-30"),
    VisitedPage("gemeenten", "/indicatoren/misdrijven-geregistreerd/gemeenten/"),
    VisitedPage("gemeenten-nu", "/indicatoren/misdrijven-geregistreerd/gemeenten/?periode=2017&indeling=nu"),
    VisitedPage("geschiedenis", HISTORY),
    VisitedPage("geschiedenis-intern", HISTORY, role=Role.REDACTEUR),
    VisitedPage("geschiedenis-eerder", f"{HISTORY}&soort=bekend&op=2025-12-31", role=Role.REDACTEUR),
    VisitedPage("verschil", "/themas/politie-en-samenleving/verschil/"),
    VisitedPage("verschil-gekozen", "/themas/politie-en-samenleving/verschil/?van=2025-06-30&tot=2025-12-31"),
    VisitedPage("verschil-intern", "/themas/ontwikkeling-politiewerk/verschil/?van=2025-12-31", role=Role.REDACTEUR),
    VisitedPage("losse-cijfers", "/feiten/"),
    VisitedPage("rapporten", "/rapporten/"),
    VisitedPage("rapport", "/rapporten/kerncijfers-politie/"),
    VisitedPage("aanmelden", "/aanmelden/"),
    VisitedPage("aanmelden-met-fouten", "/aanmelden/", click="main button[type=submit]", wait_for="#fouten"),
    VisitedPage("niet-gevonden", "/bestaat-niet/", status=404),
    VisitedPage("account", "/account/", role=Role.RAADPLEGER),
    VisitedPage(
        "account-met-fouten", "/account/", role=Role.RAADPLEGER, click="main button[type=submit]", wait_for="#fouten"
    ),
    VisitedPage("rapport-maken", "/rapporten/kerncijfers-politie/", role=Role.REDACTEUR),
    VisitedPage("logboek", "/logboek/", role=Role.BEHEERDER),
    VisitedPage("logboek-gezocht", "/logboek/?q=cijfer&uitkomst=gedaan&van=2025-01-01", role=Role.BEHEERDER),
    VisitedPage("logboek-met-fouten", "/logboek/?van=gisteren", role=Role.BEHEERDER, status=400),
    VisitedPage("logboekregel", "/logboek/1/", role=Role.BEHEERDER),
    VisitedPage("taken", "/taken/", role=Role.REDACTEUR),
    VisitedPage("taak-loopt", "/taken/1/", role=Role.REDACTEUR),
    VisitedPage("taak-mislukt", "/taken/2/", role=Role.REDACTEUR),
    VisitedPage("ronde-beginnen", "/rondes/", role=Role.REDACTEUR),
    VisitedPage(
        "ronde-beginnen-met-fouten",
        "/rondes/",
        role=Role.REDACTEUR,
        click="main .buttons button",
        wait_for=".utrecht-form-field-error-message",
    ),
    VisitedPage("rondes", "/rondes/", role=Role.INVOERDER),
    VisitedPage("ronde", "/rondes/2026-2/", role=Role.INVOERDER),
    VisitedPage("rooster", "/rondes/2026-2/rooster/?thema=zeden", role=Role.INVOERDER, wait_for="[data-ready]"),
    VisitedPage("rooster-alles", "/rondes/2026-2/rooster/", role=Role.INVOERDER, wait_for="[data-ready]"),
    VisitedPage("rooster-zonder-keuze", "/rondes/2026-2/rooster/?eigenaar=mij", role=Role.INVOERDER),
    VisitedPage("rooster-gesloten", "/rondes/2025-2/rooster/", role=Role.CONTROLEUR),
    VisitedPage("cijfer-invullen", f"/rondes/2026-2/cijfers/{CELL}/", role=Role.INVOERDER),
    VisitedPage(
        "cijfer-met-fouten",
        f"/rondes/2026-2/cijfers/{CELL}/",
        role=Role.INVOERDER,
        click="button[value=afmelden]",
        wait_for=".utrecht-alert, .findings",
    ),
    VisitedPage("ronde-gekozen", "/rondes/2026-2/?stand=ter-controle&leverancier=politie", role=Role.CONTROLEUR),
    VisitedPage("ronde-te-laat", "/rondes/2026-2/?laat=ja&eigenaar=-", role=Role.REDACTEUR),
    VisitedPage("ronde-beheren", "/rondes/2026-2/beheer/", role=Role.REDACTEUR),
    VisitedPage("ronde-beheren-gesloten", "/rondes/2025-2/beheer/", role=Role.REDACTEUR),
    VisitedPage(
        "ronde-beheren-met-fouten",
        "/rondes/2026-2/beheer/",
        role=Role.REDACTEUR,
        click="button[value=gekozen]",
        wait_for=".utrecht-alert--error",
    ),
    VisitedPage("gevraagd-cijfer", f"/rondes/2026-2/beheer/cijfers/{CELL}/", role=Role.REDACTEUR),
    VisitedPage("cijfer-erbij-zoeken", "/rondes/2026-2/beheer/toevoegen/?q=drugs", role=Role.REDACTEUR),
    VisitedPage(
        "cijfer-erbij", "/rondes/2026-2/beheer/toevoegen/?q=&indicator=beslag-crimineel-vermogen", role=Role.REDACTEUR
    ),
    VisitedPage("stappen", "/rondes/2026-2/beheer/stappen/", role=Role.REDACTEUR),
    VisitedPage("leveranciers", "/leveranciers/", role=Role.INVOERDER),
    VisitedPage("leveranciers-bijhouden", "/leveranciers/", role=Role.BEHEERDER),
    VisitedPage("uitvraag", "/rondes/2026-2/uitvraag/", role=Role.INVOERDER),
    VisitedPage("uitvraag-gesloten-ronde", "/rondes/2025-2/uitvraag/", role=Role.INVOERDER),
    VisitedPage("uitvraag-leverancier", f"/rondes/2026-2/uitvraag/{REQUEST}/", role=Role.INVOERDER),
    VisitedPage("aanleveringen", "/rondes/2026-2/aanleveringen/", role=Role.INVOERDER),
    VisitedPage(
        "aanlevering-zonder-bestand",
        "/rondes/2026-2/aanleveringen/",
        role=Role.INVOERDER,
        click="main .buttons button",
        wait_for=".utrecht-form-field-error-message",
    ),
    VisitedPage("aanlevering-plan", f"/rondes/2026-2/aanleveringen/{PLANNED}/", role=Role.INVOERDER),
    VisitedPage(
        "aanlevering-terzijde-zonder-reden",
        f"/rondes/2026-2/aanleveringen/{PLANNED}/",
        role=Role.INVOERDER,
        click="button[value=terzijde]",
        wait_for="[role=alert]",
    ),
    VisitedPage("aanlevering-alleen-lezen", f"/rondes/2026-2/aanleveringen/{PLANNED}/", role=Role.CONTROLEUR),
    VisitedPage("aanlevering-terzijde", f"/rondes/2026-2/aanleveringen/{SET_ASIDE}/", role=Role.INVOERDER),
    VisitedPage("eigen-bestand", "/rondes/2026-2/aanleveringen/eigen/", role=Role.INVOERDER),
    VisitedPage("eigen-bestand-profiel", f"/rondes/2026-2/aanleveringen/{OWN_PLANNED}/profiel/", role=Role.INVOERDER),
    VisitedPage(
        "eigen-bestand-profiel-maken",
        f"/rondes/2026-2/aanleveringen/{OWN_SHEET}/profiel/maken/?tabel=1",
        role=Role.INVOERDER,
    ),
    VisitedPage(
        "eigen-bestand-profiel-niet-af",
        f"/rondes/2026-2/aanleveringen/{OWN_SHEET}/profiel/maken/?tabel=1",
        role=Role.INVOERDER,
        click="button[value=bewaren]",
        wait_for="[role=alert]",
    ),
    VisitedPage("eigen-bestand-plan", f"/rondes/2026-2/aanleveringen/{OWN_PLANNED}/", role=Role.INVOERDER),
    VisitedPage("importprofielen", "/leveranciers/profielen/", role=Role.INVOERDER),
    VisitedPage("bekende-fouten", "/leveranciers/fouten/", role=Role.INVOERDER),
    VisitedPage("ter-controle", "/rondes/2026-2/controle/", role=Role.CONTROLEUR),
    VisitedPage(
        "ter-controle-met-fouten",
        "/rondes/2026-2/controle/",
        role=Role.CONTROLEUR,
        click="button[value=controleren]",
        wait_for=".utrecht-alert--error",
    ),
    VisitedPage("ter-controle-leeg", "/rondes/ondermijning-2027/controle/", role=Role.CONTROLEUR),
    VisitedPage("los-cijfer-toevoegen", "/feiten/onderweg/?thema=voorkomen", role=Role.INVOERDER),
    VisitedPage(
        "los-cijfer-met-fouten",
        "/feiten/onderweg/",
        role=Role.INVOERDER,
        click="button[value=opslaan]",
        wait_for="#fouten",
    ),
    VisitedPage("los-cijfer-wijzigen", "/feiten/doxing-zaken-politiemedewerkers/wijzigen/", role=Role.INVOERDER),
    VisitedPage("losse-cijfers-invoerder", "/feiten/", role=Role.INVOERDER),
    VisitedPage("cijfer-herzien", REVISE, role=Role.INVOERDER),
    VisitedPage(
        "cijfer-herzien-met-fouten",
        REVISE,
        role=Role.INVOERDER,
        click="button[value=indienen]",
        wait_for=".utrecht-alert--error",
    ),
    VisitedPage("indicator-invoerder", "/indicatoren/verzuim/", role=Role.INVOERDER),
    VisitedPage("personen", "/personen/", role=Role.BEHEERDER),
    VisitedPage("toegang", f"/personen/{PERSON}/", role=Role.BEHEERDER),
    VisitedPage("alles-ter-controle", "/controle/?waarschuwing=ja", role=Role.CONTROLEUR),
    VisitedPage("sterkteverdeling", "/sterkteverdeling/", role=Role.REKENAAR),
    VisitedPage("sterkteverdeling-lezen", "/sterkteverdeling/", role=Role.CONTROLEUR),
    VisitedPage(
        "kenmerken-laden-met-fouten",
        "/sterkteverdeling/kenmerken/laden/",
        role=Role.REKENAAR,
        click="main .buttons button",
        wait_for="#fouten",
    ),
    VisitedPage("sterktemodel", "/sterkteverdeling/modellen/sterktemodel-2025/", role=Role.REKENAAR),
    VisitedPage("kenmerken-open", "/sterkteverdeling/kenmerken/2024-open-cijfers/", role=Role.REKENAAR),
    VisitedPage("kenmerken-oefenset", "/sterkteverdeling/kenmerken/2024-oefenset/", role=Role.REKENAAR),
    VisitedPage("kenmerken-laden", "/sterkteverdeling/kenmerken/laden/", role=Role.REKENAAR),
    VisitedPage(
        "sleutel-laden-met-fouten",
        "/sterkteverdeling/sleutels/laden/",
        role=Role.REKENAAR,
        click="main .buttons button",
        wait_for="#fouten",
    ),
    VisitedPage("berekening", f"/sterkteverdeling/berekeningen/{RUN}/", role=Role.REKENAAR, wait_for="[data-drawn]"),
    VisitedPage(
        "berekening-gedeeltelijk",
        f"/sterkteverdeling/berekeningen/{PARTIAL_RUN}/",
        role=Role.REKENAAR,
        wait_for="[data-drawn]",
    ),
    VisitedPage(
        "berekening-eenheid",
        f"/sterkteverdeling/berekeningen/{RUN}/eenheden/rotterdam/",
        role=Role.REKENAAR,
        wait_for="[data-drawn]",
    ),
    VisitedPage("berekening-vragen", f"/sterkteverdeling/berekeningen/{RUN}/vragen/", role=Role.REKENAAR),
    VisitedPage(
        "berekening-veranderd", f"/sterkteverdeling/berekeningen/{RUN}/verandering/{OTHER_RUN}/", role=Role.REKENAAR
    ),
    VisitedPage("herschattingen", "/sterkteverdeling/herschattingen/", role=Role.REKENAAR),
    VisitedPage("herschattingen-lezen", "/sterkteverdeling/herschattingen/", role=Role.CONTROLEUR),
    VisitedPage(
        "herschattingen-met-fouten",
        "/sterkteverdeling/herschattingen/",
        role=Role.REKENAAR,
        click="main .buttons button",
        wait_for="#fouten",
    ),
    VisitedPage("herschatting", f"/sterkteverdeling/herschattingen/{REFIT}/", role=Role.REKENAAR),
    VisitedPage(
        "herschatting-cluster",
        f"/sterkteverdeling/herschattingen/{REFIT}/clusters/1/",
        role=Role.REKENAAR,
        wait_for="[data-drawn]",
    ),
    VisitedPage("marges", "/sterkteverdeling/modellen/rekenvariant/marges/", role=Role.REKENAAR),
    VisitedPage("rekenvariant", "/sterkteverdeling/modellen/rekenvariant/", role=Role.REKENAAR),
    VisitedPage("scenarios", "/sterkteverdeling/scenarios/", role=Role.REKENAAR),
    VisitedPage(
        "scenario-nieuw",
        "/sterkteverdeling/scenarios/nieuw/?model=rekenvariant&kenmerken=2024-open-cijfers",
        role=Role.REKENAAR,
    ),
    VisitedPage(
        "scenario-met-fouten",
        "/sterkteverdeling/scenarios/nieuw/?model=sterktemodel-2025&kenmerken=2024-open-cijfers",
        role=Role.REKENAAR,
        click="main .buttons button",
        wait_for="#fouten",
    ),
    VisitedPage(
        "scenarios-naast-elkaar",
        f"/sterkteverdeling/scenarios/vergelijken/?scenario={SCENARIO}&scenario={OTHER_SCENARIO}",
        role=Role.REKENAAR,
    ),
)
