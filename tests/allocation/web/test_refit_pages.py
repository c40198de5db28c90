"""The pages of refits: files offered, the job followed, the outcome read, a rekenvariant made and its margins asked."""

import csv
import io
import json
import re

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from allocation.models import ModelVersion, RefitOrder, ShareIntervals
from allocation.queries.feature_sets import load_set
from allocation.services.refits import make_refit
from allocation.services.variants import make_intervals
from monitor.base.core.jobs import JobState
from monitor.base.core.roles import Role
from monitor.base.models import AuditRecord, Job, User
from monitor.base.services.jobs import run_job
from tests.allocation.conftest import person

pytestmark = pytest.mark.django_db
REFITS = "/sterkteverdeling/herschattingen/"


@pytest.fixture
def browser(client: Client, analyst) -> Client:
    client.force_login(User.objects.get(pk=analyst.user_id))
    return client


def workload_file(name="werklast.csv", change=lambda row: row):
    """Two clusters on the municipalities of the open figures, one of them in proportion to the inhabitants."""
    chance = np.random.default_rng(2)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["code", "inhabitants", "handhaving", "wijkzorg"])
    for one in load_set("2024-open-cijfers").municipalities:
        people, helped = (float(one.values[name]) for name in ("inwoners", "bijstandsontvangers"))
        work = 0.0004 * people + 0.012 * helped + 0.00005 * people * chance.standard_normal()
        writer.writerow(change([one.code, people, work, people / 5000]))
    return SimpleUploadedFile(name, out.getvalue().encode())


def offer(browser, name="Proef", **other):
    given = {"name": name, "latest": workload_file(), "feature_set": "2024-open-cijfers", "leave_out_incomplete": "on"}
    return browser.post(REFITS, {key: value for key, value in {**given, **other}.items() if value is not None})


def read(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def text_of(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.fixture
def order(loaded, browser) -> RefitOrder:
    offer(browser)
    order = RefitOrder.objects.get()
    make_refit(order=order)
    return order


def at(order, rest=""):
    return f"{REFITS}{order.pk}/{rest}"


def test_files_become_a_refit_that_is_followed_as_a_job(loaded, browser):
    answer = offer(browser)
    job = Job.objects.get()
    assert answer.url == f"/taken/{job.pk}/"
    order = RefitOrder.objects.get()
    assert "nog niet klaar" in read(browser, REFITS)
    assert "Nog niet klaar" in read(browser, at(order))
    assert run_job(job.pk) is JobState.KLAAR
    assert f'href="{at(order)}"' in browser.get(f"/taken/{job.pk}/").content.decode()
    assert "nog niet klaar" not in read(browser, REFITS)


def test_the_outcome_tells_what_was_chosen_and_where_it_came_from(order, browser):
    page = read(browser, at(order))
    assert "Herschatting op 342 gemeenten, 13 kenmerken en 2 clusters." in page
    assert "geen: alleen inwoners" in page
    assert "onvolledig en daarom weggelaten: landbouwbedrijven" in page
    assert order.data_digest in page
    assert "Het model zegt niets over hoeveel sterkte er in totaal nodig is" in page


def test_a_cluster_tells_its_path_errors_residuals_and_why_the_others_stayed_out(order, browser):
    page = read(browser, at(order, "clusters/1/"))
    assert "1. Bijstandsontvangers" in page
    assert "0. alleen inwoners" in page
    assert "Standaardfout" in page
    assert "een daling van 10 is nodig" in page
    assert "Toon alle 342 gemeenten" in page
    assert "Amsterdam GM0363" in page
    figure = browser.get(at(order, "clusters/1/grafiek.json")).json()
    assert figure["data"]


def test_a_cluster_that_hangs_on_inhabitants_alone_has_no_chart(order, browser):
    page = read(browser, at(order, "clusters/2/"))
    assert "BIC: bestaat niet" in page
    assert "0,0002000" in page
    assert browser.get(at(order, "clusters/2/grafiek.json")).status_code == 404
    assert browser.get(at(order, "clusters/3/")).status_code == 404


def test_everything_can_be_taken_along_as_json(order, browser):
    answer = browser.get(at(order, "uitkomst.json"))
    assert answer["Content-Disposition"] == 'attachment; filename="herschatting-proef.json"'
    body = json.loads(answer.content)
    assert body["clusters"][0]["selected"] == ["bijstandsontvangers"]
    assert (body["fictitious"], body["input_sha256"]) == (False, order.data_digest)


def test_invented_workload_is_marked_everywhere(loaded, browser):
    offer(browser, workload_is_fictitious="on")
    order = RefitOrder.objects.get()
    make_refit(order=order)
    assert order.fictitious_inputs == "werklast"
    for path in (at(order), at(order, "clusters/1/"), REFITS):
        assert "FICTIEF" in read(browser, path)
    assert "FICTIEF" in browser.get(at(order, "uitkomst.json"))["Content-Disposition"]
    assert "FICTIEF" in json.dumps(browser.get(at(order, "clusters/1/grafiek.json")).json())
    browser.post(at(order), {"name": "Oefening", "share_0": "3", "share_1": "1"})
    assert ModelVersion.objects.get(code="oefening").is_fictitious
    assert "FICTIEF" in read(browser, "/sterkteverdeling/modellen/oefening/marges/")


def test_features_of_an_exercise_set_are_named_as_invented(exercise, browser):
    offer(browser, feature_set="2024-oefenset")
    assert "verkeersongevallen" in RefitOrder.objects.get().fictitious_inputs.splitlines()


def test_a_rekenvariant_is_made_with_the_shares_that_were_filled_in(order, browser):
    page = browser.get(at(order)).content.decode()
    assert 'name="share_0"' in page
    answer = browser.post(at(order), {"name": "Variant A", "share_0": "92,5", "share_1": "7,5"})
    assert answer.url == "/sterkteverdeling/modellen/variant-a/"
    version = read(browser, answer.url)
    assert "rekenvariant" in version
    assert "Marges van de aandelen" in version
    assert "Variant A" in read(browser, at(order))
    again = browser.post(at(order), {"name": "Variant A", "share_0": "1"})
    assert again.status_code == 400
    assert "Er is al een modelversie" in text_of(again)


def test_margins_are_asked_followed_and_shown(order, browser):
    browser.post(at(order), {"name": "Variant A", "share_0": "9", "share_1": "1"})
    path = "/sterkteverdeling/modellen/variant-a/marges/"
    assert "nog niet berekend" in read(browser, path)
    answer = browser.post(path)
    assert answer.url == f"/taken/{Job.objects.latest('pk').pk}/"
    version = ModelVersion.objects.get(code="variant-a")
    make_intervals(version=version, made_by=order.made_by, draws=20, seed=1)
    page = read(browser, path)
    assert "20 trekkingen" in page
    assert "Rotterdam" in page
    assert ShareIntervals.objects.count() == 1
    assert read(browser, "/sterkteverdeling/modellen/sterktemodel-2025/marges/", 404)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"feature_set": None}, "Kies een set of bied een bestand met kenmerken aan"),
        ({"latest": None}, "Werklast"),
        ({"middle": SimpleUploadedFile("a.csv", b"x")}, "van twee jaren is geen weging"),
        ({"leave_out_incomplete": None}, "‘landbouwbedrijven’ heeft in deze set geen waarde voor Vlieland (GM0096)"),
        ({"latest": SimpleUploadedFile("werklast.csv", b"code,inhabitants\nGM0014,1\n")}, "‘werklast.csv’"),
        ({"latest": SimpleUploadedFile("werklast.exe", b"MZ")}, "geen rekenblad"),
    ],
)
def test_what_is_wrong_with_the_files_is_said_and_nothing_is_kept(loaded, browser, given, sentence):
    answer = offer(browser, **given)
    assert answer.status_code == 400
    assert sentence in text_of(answer)
    assert not RefitOrder.objects.exists()


def test_a_municipality_without_inhabitants_is_named(loaded, browser):
    empty = workload_file(change=lambda row: [row[0], 0, *row[2:]] if row[0] == "GM0363" else row)
    answer = offer(browser, latest=empty)
    assert "gemeente GM0363 heeft geen inwoners." in text_of(answer)
    assert AuditRecord.objects.filter(act="herschatting vragen", outcome="geweigerd").exists()


def test_three_years_of_files_are_weighed(loaded, browser):
    def times(factor):
        return lambda row: [*row[:2], *(factor * value for value in row[2:])]

    offer(browser, oldest=workload_file("a.csv", times(3)), middle=workload_file("b.csv", times(0)))
    kept = RefitOrder.objects.get()
    assert [one["bestand"] for one in kept.sources[:3]] == ["a.csv", "b.csv", "werklast.csv"]
    assert kept.data["workloads"][0][1] == pytest.approx(kept.data["inhabitants"][0] / 5000)


def test_features_and_categories_from_files(loaded, browser):
    data = load_set("2024-open-cijfers")
    names = ["inwoners", "bijstandsontvangers", "bedrijven"]
    rows = [["code", *names], *([one.code, *(one.values[name] for name in names)] for one in data.municipalities)]
    features = "\n".join(",".join(map(str, row)) for row in rows).encode()
    files = {
        "feature_set": None,
        "features": SimpleUploadedFile("kenmerken.csv", features),
        "categories": SimpleUploadedFile("c.csv", b"feature,category\nbijstandsontvangers,a\nbedrijven,b\n"),
        "features_are_fictitious": "on",
    }
    assert offer(browser, **files).status_code == 302
    kept = RefitOrder.objects.get()
    assert kept.data["features"] == names
    assert kept.fictitious_inputs == "kenmerken"
    assert set(kept.data["units"]) > {"Rotterdam", "Limburg"}


@pytest.mark.parametrize("role", [Role.CONTROLEUR, Role.REDACTEUR])
def test_others_read_and_cannot_order(order, client, role):
    client.force_login(person("lezer", role))
    assert "werk van een rekenaar" in read(client, REFITS)
    assert "Maak de rekenvariant" not in read(client, at(order))
    assert offer(client, name="Nog een").status_code == 403
    assert client.post(at(order), {"name": "Variant", "share_0": "1"}).status_code == 403
    assert RefitOrder.objects.count() == 1
