"""Request sheets and deliveries in the browser: what is offered, what is told, what is taken away."""

import json
import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from indicators.importing.delivery import make_plan
from indicators.models import DataRequest, Delivery, Proposal, Supplier, ThemeAccess
from monitor.base.models import AuditRecord, User
from monitor.base.tabular.reading import read_file
from tests.base.tabular.hostile import workbook
from tests.factories import ThemeFactory
from tests.indicators.deliveries.office import CASES, SCORE, SHARE, Office, key_of, row
from tests.indicators.deliveries.supplier import Workbook

REQUESTS, DELIVERIES = "/rondes/2026-2/uitvraag/", "/rondes/2026-2/aanleveringen/"


@pytest.fixture
def anna(office: Office) -> Client:
    client = Client()
    client.force_login(User.objects.get(username="anna"))
    return client


def answered(office: Office) -> Workbook:
    book = office.sheet()
    book.grid.fill(key_of(CASES), waarde=1180, status="definitief")
    return book


def upload(client: Client, content: bytes, name: str = "uitvraag.xlsx", **more):
    return client.post(DELIVERIES, {"file": SimpleUploadedFile(name, content)}, **more)


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


# --- out --------------------------------------------------------------------------------------------------------------


def test_one_button_makes_the_request_of_a_supplier_and_shows_its_mail(anna, office):
    answer = anna.post(REQUESTS, {"supplier": "politie"}, follow=True)
    page = text(answer)
    assert "4 cijfers" in page
    assert "Uitvraag cijfers Politie voor proefronde" in page
    assert "mailto:p@example.org?subject=Uitvraag%20cijfers" in page
    made = DataRequest.objects.get()
    sheet = anna.get(f"{REQUESTS}{made.pk}/blad.xlsx")
    assert sheet["Content-Disposition"] == 'attachment; filename="uitvraag-politie-2026-2.xlsx"'
    assert len(read_file("a.xlsx", sheet.content).sheets) == 3


def test_the_page_tells_what_each_supplier_has_still_to_deliver(anna, office):
    page = text(anna.get(REQUESTS))
    assert "nog niet uitgevraagd" in page
    assert "nog niets ontvangen" in page
    office.receive(answered(office).save())
    page = text(anna.get(REQUESTS))
    assert "nog niet uitgevraagd" not in page
    assert "nog niets ontvangen" not in page


def test_a_request_for_everybody_and_all_sheets_in_one_file(anna, office):
    other = Supplier.objects.create(code="douane", name="Douane")
    office.ask(office.series[CASES], "2025").__class__.objects.filter(period__code="2025").update(supplier=other)
    assert "2 leveranciers, samen 5 cijfers" in text(anna.post(REQUESTS, {"supplier": "iedereen"}, follow=True))
    with zipfile.ZipFile(BytesIO(anna.get(f"{REQUESTS}alles.zip").content)) as archive:
        assert sorted(archive.namelist()) == ["uitvraag-douane-2026-2.xlsx", "uitvraag-politie-2026-2.xlsx"]


def test_a_supplier_that_does_not_exist_is_refused_in_words(anna):
    answer = anna.post(REQUESTS, {"supplier": "bestaat-niet"})
    assert (answer.status_code, "Mogelijk zijn politie" in text(answer)) == (404, True)


def test_who_has_one_theme_sees_no_request_or_delivery_of_another(anna, office):
    delivery = office.receive(answered(office).save())
    ThemeAccess.objects.create(user=User.objects.get(username="anna"), theme=ThemeFactory())
    for address in (
        f"{REQUESTS}{delivery.request_id}/",
        f"{REQUESTS}{delivery.request_id}/blad.xlsx",
        f"{REQUESTS}alles.zip",
        f"{DELIVERIES}{delivery.pk}/",
        f"{DELIVERIES}{delivery.pk}/bestand/",
        f"{DELIVERIES}{delivery.pk}/plan.json",
    ):
        assert anna.get(address).status_code == 404, address


# --- in ---------------------------------------------------------------------------------------------------------------


def test_a_returned_sheet_shows_its_plan_and_stores_nothing_before_it_is_confirmed(anna, office):
    answer = upload(anna, answered(office).save(), follow=True)
    page = text(answer)
    assert "Wat deze aanlevering zou veranderen" in page
    assert "Nieuw (1)" in page
    assert "1.180" in page
    assert "Gevraagd en niet beantwoord (3)" in page
    assert not Proposal.objects.exists()


def test_confirming_stores_the_values_as_drafts(anna, office):
    delivery = office.receive(answered(office).save())
    address = f"{DELIVERIES}{delivery.pk}/"
    answer = anna.post(address, {"digest": make_plan(delivery).digest, "act": "bewaren"}, follow=True)
    assert "1 cijfer staat nu als concept in de ronde" in text(answer)
    assert Proposal.objects.get().value == 1180
    again = anna.post(address, {"digest": "x", "act": "bewaren"})
    assert again.status_code == 409


def test_a_plan_that_changed_is_shown_anew_with_409_and_nothing_stored(anna, office):
    delivery = office.receive(answered(office).save())
    answer = anna.post(f"{DELIVERIES}{delivery.pk}/", {"digest": "0" * 64, "act": "bewaren"})
    assert answer.status_code == 409
    assert "dit plan klopt niet meer" in text(answer)
    assert make_plan(delivery).digest in answer.content.decode()
    assert not Proposal.objects.exists()
    assert AuditRecord.objects.latest("number").outcome == "geweigerd"


def test_what_was_ticked_and_typed_stays_when_something_was_forgotten(anna, office):
    book = answered(office)
    book.grid.fill(key_of(CASES), eerder_1=1111)
    delivery = office.receive(book.save())
    plan = make_plan(delivery)
    row_id = row(plan, CASES, "2023").row_id
    data = {"digest": plan.digest, "act": "bewaren", "take": row_id, f"reason-{row_id}": "Nagekomen zaken."}
    answer = anna.post(f"{DELIVERIES}{delivery.pk}/", data)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Kies wat voor wijziging het is" in page
    assert 'value="Nagekomen zaken."' in page
    assert f'value="{row_id}" checked' in page
    answer = anna.post(f"{DELIVERIES}{delivery.pk}/", {**data, f"kind-{row_id}": "bijstelling"})
    assert answer.status_code == 302
    assert Proposal.objects.get(period__code="2023").reason == "Nagekomen zaken."


def test_the_good_rows_are_stored_only_when_that_is_said(anna, office):
    book = answered(office)
    address = book.grid.fill(key_of(SCORE), waarde="3.4.84")
    delivery = office.receive(book.save())
    page = text(anna.get(f"{DELIVERIES}{delivery.pk}/"))
    assert f"Cel {address} van blad ‘Uitvraag’: ‘3.4.84’ is geen getal." in page
    assert "Bewaar alleen de goede rijen" in page
    digest = make_plan(delivery).digest
    assert anna.post(f"{DELIVERIES}{delivery.pk}/", {"digest": digest, "act": "bewaren"}).status_code == 400
    assert anna.post(f"{DELIVERIES}{delivery.pk}/", {"digest": digest, "act": "goede-rijen"}).status_code == 302
    assert Proposal.objects.get().value == 1180


def test_the_same_file_again_leads_to_what_was_done_with_it(anna, office):
    content = answered(office).save()
    office.confirm(office.receive(content))
    page = text(upload(anna, content, "kopie.xlsx", follow=True))
    assert "Dit bestand is er al; er is niets veranderd." in page
    assert "Verwerkt op" in page
    assert Delivery.objects.count() == 1


def test_a_file_that_changes_nothing_says_so(anna, office):
    book = answered(office)
    office.confirm(office.receive(book.save()))
    book.grid.insert_column(0, "Erbij")
    assert "Dit bestand verandert niets." in text(upload(anna, book.save(), follow=True))


def test_setting_aside_needs_a_reason_which_is_shown(anna, office):
    delivery = office.receive(answered(office).save())
    address = f"{DELIVERIES}{delivery.pk}/"
    assert anna.post(address, {"act": "terzijde", "reason": ""}).status_code == 400
    assert anna.post(address, {"act": "terzijde", "reason": "Verkeerde bijlage."}).status_code == 302
    assert "Reden: Verkeerde bijlage." in text(anna.get(address))


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("cijfers.xlsm", b"PK\x03\x04", "macro"),
        ("cijfers.pdf", b"%PDF-1.7", "geen rekenblad dat de monitor leest"),
        ("cijfers.xlsx", b"", "is leeg"),
        ("cijfers.xlsx", workbook([["naam", 1]]), "geen ingevulde uitvraag"),
        ("cijfers.csv", b"a;b\n\x001;2\n", "tekens in die daar niet in horen"),
    ],
)
def test_a_file_that_is_not_used_is_told_why_with_400_and_is_not_kept(anna, office, settings, name, content, words):
    before = set(settings.DELIVERY_DIR.iterdir()) if settings.DELIVERY_DIR.exists() else set()
    answer = upload(anna, content, name)
    assert answer.status_code == 400
    assert words in text(answer)
    assert not Delivery.objects.exists()
    assert (set(settings.DELIVERY_DIR.iterdir()) if settings.DELIVERY_DIR.exists() else set()) == before


def test_a_file_that_is_too_large_is_refused_with_the_limit(anna, settings):
    settings.DELIVERY_BYTES = 2**20
    answer = upload(anna, b"PK\x03\x04" + bytes(2**20))
    assert (answer.status_code, "ten hoogste 1 MB" in text(answer)) == (400, True)


def test_no_file_is_told_beside_the_field(anna):
    answer = anna.post(DELIVERIES, {})
    assert (answer.status_code, "Kies eerst het bestand" in text(answer)) == (400, True)


# --- to take away -----------------------------------------------------------------------------------------------------


def test_the_original_comes_back_byte_for_byte_and_is_never_shown_in_the_browser(anna, office):
    content = answered(office).save()
    delivery = office.receive(content, 'uit"vraag; één.xlsx')
    answer = anna.get(f"{DELIVERIES}{delivery.pk}/bestand/")
    assert answer.content == content
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert "\n" not in answer["Content-Disposition"]


def test_the_plan_is_there_as_data_and_as_a_sheet(anna, office):
    book = answered(office)
    address = book.grid.fill(key_of(SHARE), waarde="3.4.84")
    delivery = office.receive(book.save())
    data = json.loads(anna.get(f"{DELIVERIES}{delivery.pk}/plan.json").content)
    assert (data["new"], data["missing"], data["job"]) == (1, 2, None)
    assert [(one["sheet"], one["cell"], one["code"]) for one in data["refused"]] == [
        ("Uitvraag", address, "geen-getal")
    ]
    assert data["digest"] == make_plan(delivery).digest
    assert "1.180" in anna.get(f"{DELIVERIES}{delivery.pk}/plan.csv").content.decode("utf-8-sig")
    sheet = read_file("plan.xlsx", anna.get(f"{DELIVERIES}{delivery.pk}/plan.xlsx").content).sheets[0]
    assert sheet.cell(2, 0).text == "geweigerd"
    assert sorted(sheet.cell(line, 0).text for line in range(3, 6)) == ["nieuw", "ontbreekt", "ontbreekt"]


def test_a_delivery_whose_file_is_gone_says_so(anna, office, settings):
    delivery = office.receive(answered(office).save())
    (settings.DELIVERY_DIR / delivery.path).unlink()
    answer = anna.get(f"{DELIVERIES}{delivery.pk}/")
    assert (answer.status_code, "niet meer aanwezig" in text(answer)) == (400, True)
    assert anna.get(f"{DELIVERIES}{delivery.pk}/bestand/").status_code == 404
