"""The pages of the strength allocation: what a calculator can do, what everybody reads, what is marked and refused."""

import json
import re
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from allocation.importing.seeds import MUNICIPALITIES, SEED_FOLDER
from allocation.models import AllocationKey, AllocationRun, FeatureSet
from allocation.services.runs import RunOrder, run_allocation
from monitor.base.core.roles import Role
from monitor.base.models import AuditRecord, User
from tests.allocation.conftest import person

UNITS = ("Noord-Nederland", "Oost-Nederland", "Midden-Nederland", "Noord-Holland", "Amsterdam", "Den Haag",
         "Rotterdam", "Zeeland-West-Brabant", "Oost-Brabant", "Limburg")  # fmt: skip


@pytest.fixture
def browser(client: Client, analyst) -> Client:
    client.force_login(User.objects.get(pk=analyst.user_id))
    return client


@pytest.fixture
def run(exercise, analyst) -> AllocationRun:
    return run_allocation(by=analyst, order=RunOrder("sterktemodel-2025", "2024-oefenset", Decimal(1000)))


@pytest.fixture
def partial_run(loaded, analyst) -> AllocationRun:
    order = RunOrder("sterktemodel-2025", "2024-open-cijfers", Decimal(1000), partial=True)
    return run_allocation(by=analyst, order=order)


def read(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def at(run: AllocationRun, rest: str = "") -> str:
    return f"/sterkteverdeling/berekeningen/{run.pk}/{rest}"


def test_a_calculator_runs_the_model_and_sees_the_outcome(exercise, browser):
    asked = {"model": "sterktemodel-2025", "feature_set": "2024-oefenset", "fte": "1000", "sea_border": "2,5"}
    answer = browser.post("/sterkteverdeling/", asked, follow=True)
    run = AllocationRun.objects.get()
    assert answer.redirect_chain == [(at(run), 302)]
    assert run.order["specific_tasks"] == {"Rotterdam": "2.5"}
    assert "1.000 fte verdeeld volgens Sterktemodel 2025" in answer.content.decode()


def test_a_run_with_missing_features_is_refused_with_their_names(loaded, browser):
    asked = {"model": "sterktemodel-2025", "feature_set": "2024-open-cijfers", "fte": "1000"}
    answer = browser.post("/sterkteverdeling/", asked)
    assert answer.status_code == 400
    assert "Deze kenmerken ontbreken: verkeersongevallen" in answer.content.decode()
    assert not AllocationRun.objects.exists()
    assert AuditRecord.objects.filter(act="model draaien", outcome="geweigerd").exists()


@pytest.mark.parametrize(("fte", "told"), [("1.000", "op twee manieren te lezen"), ("veel", "geen getal"), ("", "Dit")])
def test_a_number_that_is_not_clear_is_asked(loaded, browser, fte, told):
    asked = {"model": "sterktemodel-2025", "feature_set": "2024-open-cijfers", "fte": fte}
    answer = browser.post("/sterkteverdeling/", asked)
    assert answer.status_code == 400
    assert told in answer.content.decode()


def test_the_outcome_adds_up_on_the_page(run, browser):
    cells = re.findall(r"<strong>([\d.,]+)</strong>", browser.get(at(run)).content.decode())
    model = [Decimal(cell.replace(".", "").replace(",", ".")) for cell in cells[::2]]
    assert len(model) == 10
    assert sum(model) == 1000


def test_invented_input_is_marked_on_every_page_in_every_file_and_picture(run, browser):
    for rest in ("", "vragen/", "eenheden/limburg/"):
        text = read(browser, at(run, rest))
        assert "FICTIEF" in text.split("Monitor politie")[0]  # in the title of the page
        assert "steunt op verzonnen invoer" in text
    for kind in ("xlsx", "csv", "json"):
        assert "FICTIEF" in browser.get(at(run, f"verdeling.{kind}"))["Content-Disposition"]
    book = CalamineWorkbook.from_filelike(BytesIO(browser.get(at(run, "verdeling.xlsx")).content))
    assert all(name.startswith("FICTIEF") for name in book.sheet_names)
    content = json.loads(browser.get(at(run, "verdeling.json")).content)
    assert content["fictitious"] is True
    assert content["mark"] == "FICTIEF"
    for chart in ("grafiek.json?soort=staven", "grafiek.json?soort=kaart", "eenheden/limburg/grafiek.json"):
        figure = json.loads(browser.get(at(run, chart)).content)
        assert "<b>FICTIEF</b>" in [note["text"] for note in figure["layout"]["annotations"]]


def test_every_line_of_a_file_of_invented_input_says_so(run, browser):
    head, *lines = browser.get(at(run, "verdeling.csv")).content.decode("utf-8-sig").splitlines()
    assert head.endswith("Let op")
    assert all(line.endswith("FICTIEF") for line in lines)


def test_a_partial_run_shows_no_strength_anywhere(partial_run, browser):
    text = read(browser, at(partial_run))
    assert "GEDEELTELIJK" in text
    assert "<strong>" not in browser.get(at(partial_run)).content.decode().split("<main")[1].split("Waar dit uit")[0]
    assert "komt op deze kenmerken uit op" in read(browser, at(partial_run, "eenheden/amsterdam/"))
    content = json.loads(browser.get(at(partial_run, "verdeling.json")).content)
    assert {one["fte"] for one in content["units"]} == {None}
    assert "GEDEELTELIJK" in browser.get(at(partial_run, "verdeling.xlsx"))["Content-Disposition"]


def test_the_raw_total_stands_beside_the_thousand(partial_run, browser):
    assert "729,3 op 1.000 fte" in read(browser, at(partial_run))


def test_a_unit_is_explained_in_words_with_the_remark_and_municipalities_get_no_strength(run, browser):
    text = read(browser, at(run, "eenheden/rotterdam/"))
    assert re.search(r"Eenheid Rotterdam krijgt \d+,\d procentpunt meer dan haar aandeel inwoners", text)
    assert "Een omgevingskenmerk staat voor omstandigheden" in text
    assert "Bijdrage aan de uitkomst van de politie-eenheid" in text
    assert "Het is geen sterkte van die gemeente" in text
    municipalities = text.split("Gemeenten in deze politie-eenheid")[1]
    assert "fte" not in municipalities


def test_what_is_shown_of_each_feature_adds_up(run, browser):
    page = browser.get(at(run, "eenheden/rotterdam/")).content.decode()
    table = page.split('id="bijdragen"')[1].split("</table>")[0]
    numbers = re.findall(r"([+−]?[\d.]+,\d\d)</td></tr>", table)
    points = [Decimal(number.replace("−", "-").replace(",", ".")) for number in numbers]
    assert len(points) == 28
    assert sum(points[:-1]) == points[-1]


def test_the_questions_are_answered_with_figures(run, browser):
    text = read(browser, at(run, "vragen/"))
    assert "Nee. Alleen nieuwe sterkte wordt verdeeld" in text
    assert re.search(r"Van de 1.000 fte krijgt Limburg het minste: \d+,\d fte erbij", text)
    assert "Een negatief gewicht hebben: inwoners" in text
    assert "er is geen berekening met dit model over een ander jaar" in text


def test_no_page_computes_a_total_strength_and_the_pages_say_so(run, browser):
    for rest in ("", "vragen/", "eenheden/limburg/"):
        assert "Het model zegt niets over hoeveel sterkte er in totaal nodig is" in read(browser, at(run, rest))
    assert "Het model zegt niets over hoeveel sterkte" in read(browser, "/sterkteverdeling/")


def test_what_changed_between_two_runs_is_split(run, analyst, browser):
    other = run_allocation(by=analyst, order=RunOrder("sterktemodel-2025", "2024-oefenset", Decimal(500)))
    text = read(browser, at(other, f"verandering/{run.pk}/"))
    assert "Door gegevens" in text
    assert text.count("0,00") >= 20  # the same data and weights: nothing changed
    assert browser.get(at(other, "verandering/9999/")).status_code == 404


def test_a_formation_in_strength_adds_the_total_it_leads_to(run, browser):
    lines = "\n".join(["police_unit,value", *(f"{unit},{2000 + index}" for index, unit in enumerate(UNITS))])
    file = SimpleUploadedFile("formatie.csv", lines.encode())
    asked = {"name": "Formatie 2025", "kind": "formatie", "measure": "fte", "source": "Begroting", "file": file}
    assert "Wat de politie-eenheden nu hebben, is niet openbaar" in read(browser, at(run))
    assert browser.post("/sterkteverdeling/sleutels/laden/", asked).status_code == 302
    text = read(browser, at(run))
    assert "Sterkte met de extra fte" in text
    assert "Formatie 2025" in text


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("police_unit,value\nLimburg,100", "ontbreken in de sleutel"),
        ("eenheid,value\nLimburg,100", "kolom ‘police_unit’: deze kolom ontbreekt"),
        ("police_unit,value\nLimburg,veel", "Regel 2, kolom ‘value’: ‘veel’ is geen getal"),
        ("police_unit,value\nLimburg,1\nLimburg,1", "Regel 3, kolom ‘police_unit’: politie-eenheid Limburg staat er"),
    ],
)
def test_a_key_that_is_wrong_is_refused_with_its_place(loaded, browser, lines, told):
    asked = {"name": "Proef", "kind": "eigen-sleutel", "measure": "procent", "source": "Wij",
             "file": SimpleUploadedFile("sleutel.csv", lines.encode())}  # fmt: skip
    answer = browser.post("/sterkteverdeling/sleutels/laden/", asked)
    assert answer.status_code == 400
    assert told in answer.content.decode()
    assert AllocationKey.objects.count() == 1


def open_file(content: bytes) -> dict:
    file = SimpleUploadedFile("gemeenten.csv", content)
    return {"name": "Herlevering", "year": "2024", "source": "CBS", "fictitious": ["bedrijven"], "file": file}


def test_features_are_loaded_from_a_file_and_shown_for_what_they_are(loaded, browser):
    content = (SEED_FOLDER / MUNICIPALITIES).read_bytes()
    answer = browser.post("/sterkteverdeling/kenmerken/laden/", open_file(content), follow=True)
    assert answer.redirect_chain[-1] == ("/sterkteverdeling/kenmerken/2024-herlevering/", 302)
    text = read(browser, "/sterkteverdeling/kenmerken/2024-herlevering/")
    assert "342 gemeenten, 14 kenmerken, waarvan 1 fictief; 13 kenmerken ontbreken" in text
    assert "Geen waarde voor GM0096, GM0277, GM0542" in text


def test_a_file_with_hectares_is_refused_and_nothing_is_loaded(loaded, browser):
    lines = (SEED_FOLDER / MUNICIPALITIES).read_text().splitlines()
    place = lines[0].split(",").index("oppervlakte-land")
    rows = [line.split(",") for line in lines[1:]]
    for row in rows:
        row[place] = str(Decimal(row[place]) * 100)
    content = "\n".join([lines[0], *(",".join(row) for row in rows)]).encode()
    answer = browser.post("/sterkteverdeling/kenmerken/laden/", open_file(content))
    assert answer.status_code == 400
    assert "Staat er hectare in plaats van km²?" in answer.content.decode()
    assert FeatureSet.objects.count() == 1


def test_readers_without_work_here_see_nothing_and_others_only_read(run, client):
    client.force_login(person("lezer", Role.RAADPLEGER))
    assert client.get("/sterkteverdeling/").status_code == 403
    assert client.get(at(run)).status_code == 403
    client.force_login(person("redactie", Role.REDACTEUR))
    assert "Bereken een verdeling" not in client.get("/sterkteverdeling/").content.decode()
    assert client.get(at(run)).status_code == 200
    asked = {"model": "sterktemodel-2025", "feature_set": "2024-oefenset", "fte": "1000"}
    assert client.post("/sterkteverdeling/", asked).status_code == 403
    assert client.get("/sterkteverdeling/kenmerken/laden/").status_code == 403
    assert AllocationRun.objects.count() == 1


@pytest.mark.parametrize(
    "path",
    [
        "berekeningen/999/", "berekeningen/999/vragen/", "berekeningen/999/verdeling.xlsx", "modellen/droom/",
        "kenmerken/1999/", "berekeningen/999/eenheden/limburg/",
    ],
)  # fmt: skip
def test_what_does_not_exist_is_not_found(loaded, browser, path):
    assert browser.get(f"/sterkteverdeling/{path}").status_code == 404


def test_another_unit_or_chart_is_not_found(run, browser):
    assert browser.get(at(run, "eenheden/elders/")).status_code == 404
    assert browser.get(at(run, "grafiek.json?soort=taart")).status_code == 404
