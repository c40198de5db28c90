"""The wizard for a supplier's own sheet in the browser: offer, choose or make a profile, look, confirm."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from indicators.models import Delivery, ImportProfile, Proposal, SupplierCorrection
from monitor.base.models import AuditRecord, User
from tests.base.tabular.hostile import workbook
from tests.indicators.deliveries.office import CASES, STAFF, Office

OFFER = "/rondes/2026-2/aanleveringen/eigen/"
PROFILES, ERRORS = "/leveranciers/profielen/", "/leveranciers/fouten/"
SHEET = [["Jaarstaat"], ["", 2023, 2024], ["Zaken 1)", 1104, 1180], ["Bezetting", 41, "-"], [], ["1) Herteld."]]


def signed_in(name: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=name))
    return client


@pytest.fixture
def anna(office: Office) -> Client:
    return signed_in("anna")


def offer(client: Client, rows=SHEET, name: str = "staat.xlsx", **more):
    data = {"supplier": "politie", "file": SimpleUploadedFile(name, workbook(rows)), **more}
    return client.post(OFFER, {key: value for key, value in data.items() if value is not None})


def page_of(delivery: Delivery, part: str = "") -> str:
    return f"/rondes/2026-2/aanleveringen/{delivery.pk}/{part}"


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def mapping(office: Office, **others) -> dict[str, str]:
    labels = {"label-0": office.series[CASES].key, "label-1": office.series[STAFF].key}
    return {"act": "bewaren", "naam": "Jaarstaat", "status": "definitief", **labels, **others}


def test_from_file_to_profile_to_plan_to_values_under_way(anna, office):
    answer = offer(anna)
    delivery = Delivery.objects.get()
    assert answer["Location"] == page_of(delivery, "profiel/")
    assert anna.get(page_of(delivery))["Location"] == page_of(delivery, "profiel/")
    assert "Jaarstaat" in text(anna.get(page_of(delivery, "profiel/")))
    make = page_of(delivery, "profiel/maken/?tabel=1")
    page = text(anna.get(make))
    assert "opschriften op rij 2 · labels in kolom A · cijfers vanaf kolom B" in page
    assert '<optgroup label="Lijkt erop">' in page
    looked = text(anna.post(make, mapping(office, act="voorbeeld")))
    assert "3 cijfers gelezen, 0 meldingen, 1 open vraag." in looked
    assert "Wat betekent het teken ‘-’ in dit bestand?" in looked
    assert not ImportProfile.objects.exists()
    saved = anna.post(make, mapping(office, **{"vraag-teken-2d": "nihil"}))
    assert saved["Location"] == page_of(delivery)
    plan = text(anna.get(page_of(delivery)))
    assert "Gelezen met profiel ‘Jaarstaat’, versie 1" in plan
    assert "Voetnoot: Herteld." in plan
    digest = plan.split('name="digest" value="')[1][:64]
    anna.post(page_of(delivery), {"act": "bewaren", "digest": digest})
    stored = {one.series.indicator.code: (one.value, one.marker) for one in Proposal.objects.all()}
    assert stored == {CASES: (1180, ""), STAFF: (None, "nihil")}


def test_the_next_file_is_read_with_the_profile_in_one_click(anna, office):
    offer(anna)
    first = Delivery.objects.get()
    anna.post(page_of(first, "profiel/maken/?tabel=1"), mapping(office))
    offer(anna, [["Jaarstaat"], ["", 2024], ["zaken", 1190], ["BEZETTING", 43]])
    second = Delivery.objects.exclude(pk=first.pk).get()
    page = text(anna.get(page_of(second, "profiel/")))
    assert "2 van de 2 labels staan erin." in page
    profile = ImportProfile.objects.get()
    answer = anna.post(page_of(second, "profiel/"), {"profile": profile.pk}, follow=True)
    assert "1.190" in text(answer)
    changed = text(anna.get(page_of(second))).split("Wijzig dit profiel")[0].rsplit('href="', 1)[1].split('"')[0]
    assert changed == f"{page_of(second, 'profiel/maken/')}?van={profile.pk}&amp;tabel=1"
    assert 'value="Jaarstaat"' in text(anna.get(changed.replace("&amp;", "&")))


def test_all_restated_figures_are_taken_with_one_reason(anna, office):
    rows = [["", 2022, 2023], ["Zaken", 1001, 1104], ["Bezetting", 39, 44]]
    offer(anna, rows)
    delivery = Delivery.objects.get()
    anna.post(page_of(delivery, "profiel/maken/?tabel=1"), mapping(office))
    page = anna.get(page_of(delivery)).content.decode()
    ids = [part[:12] for part in page.split('type="hidden" name="row" value="')[1:]]
    digest = page.split('name="digest" value="')[1][:64]
    data = {"act": "bewaren", "digest": digest, "take-all": "ja", "row": ids, "kind-all": "correctie"}
    refused = anna.post(page_of(delivery), data)
    assert refused.status_code == 400
    assert not Proposal.objects.exists()
    anna.post(page_of(delivery), {**data, "reason-all": "Alle jaren herzien."})
    assert set(Proposal.objects.values_list("reason", "change_kind")) == {("Alle jaren herzien.", "correctie")}
    assert Proposal.objects.count() == 4


def test_what_is_not_filled_in_is_told_at_its_field_and_nothing_is_lost(anna, office):
    offer(anna)
    make = page_of(Delivery.objects.get(), "profiel/maken/?tabel=1")
    answer = anna.post(make, mapping(office, naam="", dag="32-13", **{"label-1": ""}))
    page = text(answer)
    assert answer.status_code == 400
    assert "Geef het profiel een naam" in page
    assert "‘32-13’ is geen dag. Schrijf bijvoorbeeld 31-12." in page
    assert page.count("Kies een reeks, of kies ‘Niet overnemen’.") == 1
    assert f'<option value="{office.series[CASES].key}" selected>' in page
    assert not ImportProfile.objects.exists()


def test_an_answer_that_nobody_could_give_changes_nothing(anna, office):
    offer(anna)
    make = page_of(Delivery.objects.get(), "profiel/maken/?tabel=1")
    forged = {"vraag-teken-2d": "nul", "vraag-x": "1", "vraag-teken-zz": "nihil", "vraag-schaal-": "anders"}
    anna.post(make, mapping(office, **forged))
    assert ImportProfile.objects.get().content["tekens"] == {}


@pytest.mark.parametrize("wrong", ["tabel=9", "tabel=x", "tabel=0"])
def test_a_table_that_is_not_there_is_not_found(anna, office, wrong):
    offer(anna)
    assert anna.get(page_of(Delivery.objects.get(), f"profiel/maken/?{wrong}")).status_code == 404


def test_a_file_that_cannot_be_read_is_told_in_a_sentence(anna, office):
    answer = anna.post(OFFER, {"supplier": "politie", "file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04kapot")})
    assert answer.status_code == 400
    assert "beschadigd" in text(answer)
    assert offer(anna, supplier="").status_code == 400
    assert not Delivery.objects.exists()


def test_hostile_words_in_a_file_are_shown_as_text(anna, office):
    lines = b"<script>alert(1)</script>\n;2024\n<b>Zaken</b>;5\n=cmd|'/c calc'!A1;6\n"
    anna.post(OFFER, {"supplier": "politie", "file": SimpleUploadedFile("a.csv", lines)})
    page = anna.get(page_of(Delivery.objects.get(), "profiel/maken/?tabel=1")).content.decode()
    assert "<script>alert" not in page
    assert "<b>Zaken" not in page
    assert "=cmd|&#x27;/c calc&#x27;!A1" in page


def test_the_second_officer_looks_and_changes_nothing(anna, office):
    offer(anna)
    delivery = Delivery.objects.get()
    bram = signed_in("bram")
    assert bram.get(OFFER).status_code == 200
    assert "Maak een profiel voor deze tabel" not in text(bram.get(page_of(delivery, "profiel/")))
    assert bram.post(page_of(delivery, "profiel/maken/?tabel=1"), mapping(office)).status_code == 403
    assert AuditRecord.objects.filter(outcome="geweigerd").count() == 1


def test_a_long_sheet_goes_to_its_plan_without_a_profile(anna, office):
    offer(anna, [["indicator", "periode", "waarde"], [CASES, "2024", 1180]])
    delivery = Delivery.objects.get()
    assert "Eén cijfer per regel" in text(anna.get(page_of(delivery, "profiel/")))
    assert "Gelezen zonder profiel" in text(anna.get(page_of(delivery)))
    assert anna.get(page_of(delivery, "profiel/maken/")).status_code == 200


def test_profiles_are_listed_taken_away_and_taken_in(anna, office):
    offer(anna)
    anna.post(page_of(Delivery.objects.get(), "profiel/maken/?tabel=1"), mapping(office))
    row = ImportProfile.objects.get()
    file = anna.get(f"{PROFILES}{row.pk}.json")
    assert file["Content-Disposition"] == f'attachment; filename="profiel-{row.code}-1.json"'
    assert json.loads(file.content)["naam"] == "Jaarstaat"
    anna.post(PROFILES, {"act": "vervallen", "profile": row.pk})
    row.refresh_from_db()
    assert row.state == "vervallen"
    anna.post(PROFILES, {"act": "innemen", "file": SimpleUploadedFile("p.json", file.content)})
    assert "versie 2" in text(anna.get(PROFILES))
    bad = anna.post(PROFILES, {"act": "innemen", "file": SimpleUploadedFile("p.json", b"{}")})
    assert bad.status_code == 400
    assert "geen profiel van deze monitor" in text(bad)


def test_a_known_error_is_kept_with_both_values_and_its_reason(anna, office):
    data = {"act": "vastleggen", "supplier": "politie", "series": office.series[CASES].key, "period": "heel 2024",
            "wrong": "1.180", "right": "1.181,5", "what": "Eén te laag.", "why": "Mail."}  # fmt: skip
    anna.post(ERRORS, data)
    row = SupplierCorrection.objects.get()
    assert (row.period_code, str(row.wrong.normalize()), row.right) == ("2024", "1.18E+3", row.right)
    page = text(anna.get(ERRORS))
    assert "1.180 wordt 1.181,5. Eén te laag. Mail." in page
    anna.post(ERRORS, {"act": "vervallen", "code": row.code})
    assert "vervallen" in text(anna.get(ERRORS))
    wrong = anna.post(ERRORS, {**data, "period": "ooit", "wrong": "veel"})
    assert wrong.status_code == 400
    assert "Dit is geen periode" in text(wrong)
    assert "Dit is geen getal" in text(wrong)
