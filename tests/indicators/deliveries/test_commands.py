"""Asking and taking in from the command line: what is written, what is told, and with which exit code."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from indicators.models import DataRequest, Delivery, Proposal
from monitor.base.models import AuditRecord
from tests.indicators.deliveries.office import CASES, SCORE, Office, key_of
from tests.indicators.deliveries.supplier import Workbook


def run(*arguments: str) -> tuple[int, str]:
    """The exit code and what was told."""
    told = StringIO()
    try:
        call_command(*arguments, stdout=told, stderr=told)
    except CommandError as error:
        return error.returncode, told.getvalue() + str(error)
    return 0, told.getvalue()


def data(text: str) -> dict[str, Any]:
    """The JSON at the beginning; a sentence may stand after it."""
    return json.JSONDecoder().raw_decode(text)[0]


@pytest.fixture
def answered(office: Office, tmp_path: Path) -> Path:
    return saved(office, tmp_path, {CASES: 1180})


def saved(office: Office, folder: Path, values: dict[str, Any]) -> Path:
    book = office.sheet()
    for code, value in values.items():
        book.grid.fill(key_of(code), waarde=value, status="definitief")
    path = folder / "uitvraag.xlsx"
    path.write_bytes(book.save())
    return path


def test_a_request_is_written_to_a_file_with_the_mail_beside_it(office, tmp_path):
    target = tmp_path / "uit.xlsx"
    code, told = run("make_request", "2026-2", "politie", "--user", "anna", "--output", str(target))
    assert (code, "4 cijfers gevraagd aan Politie" in told, "Onderwerp: Uitvraag" in told) == (0, True, True)
    assert len(Workbook(target.read_bytes()).sheets) == 3
    assert DataRequest.objects.get().made_by.get_username() == "anna"


@pytest.mark.parametrize(
    ("round_code", "supplier", "user", "words"),
    [
        ("nergens", "politie", "anna", "Ronde ‘nergens’ bestaat niet"),
        ("2026-2", "niemand", "anna", "Leverancier ‘niemand’ bestaat niet"),
        ("2026-2", "politie", "onbekend", "Gebruiker ‘onbekend’ bestaat niet"),
        ("2026-2", "politie", "bram", "U mag dit niet"),
    ],
)
def test_a_request_that_cannot_be_made_is_told_with_exit_code_2(office, tmp_path, round_code, supplier, user, words):
    target = tmp_path / "uit.xlsx"
    code, told = run("make_request", round_code, supplier, "--user", user, "--output", str(target))
    assert (code, words in told) == (2, True)
    assert not target.exists()


def test_a_folder_that_does_not_exist_is_told_before_anything_is_asked(office, tmp_path):
    code, told = run(
        "make_request", "2026-2", "politie", "--user", "anna", "--output", str(tmp_path / "x" / "uit.xlsx")
    )
    assert (code, "bestaat niet" in told) == (2, True)
    assert not DataRequest.objects.exists()


def test_a_good_file_is_stored_with_exit_code_0(office, answered):
    code, told = run("import_file", str(answered), "--round", "2026-2", "--user", "anna")
    assert (code, "nieuw: 1" in told, "Opgeslagen als concept: 1." in told) == (0, True, True)
    assert Proposal.objects.get().value == 1180


def test_the_same_file_again_changes_nothing_and_says_so(office, answered):
    run("import_file", str(answered), "--round", "2026-2", "--user", "anna")
    code, told = run("import_file", str(answered), "--round", "2026-2", "--user", "anna")
    assert (code, "al verwerkt; er is niets veranderd" in told) == (0, True)
    assert Proposal.objects.get().version == 1


def test_looking_only_stores_and_keeps_nothing(office, answered, settings):
    code, told = run("import_file", str(answered), "--round", "2026-2", "--dry-run", "--json")
    found = data(told)
    assert (code, found["new"], found["missing"], found["refused"], found["job"]) == (0, 1, 3, [], None)
    assert not Proposal.objects.exists()
    assert not Delivery.objects.exists()
    assert not settings.DELIVERY_DIR.exists()


def test_a_refused_cell_stores_nothing_with_exit_code_1_unless_the_good_rows_are_asked_for(office, tmp_path):
    path = saved(office, tmp_path, {CASES: 1180, SCORE: "3.4.84"})
    arguments = ("import_file", str(path), "--round", "2026-2", "--user", "anna", "--json")
    code, told = run(*arguments)
    (refused,) = data(told)["refused"]
    assert (code, refused["sheet"], refused["code"]) == (1, "Uitvraag", "geen-getal")
    assert refused["message"].startswith(f"Cel {refused['cell']} van blad ‘Uitvraag’: ‘3.4.84’ is geen getal.")
    assert not Proposal.objects.exists()
    code, told = run(*arguments, "--only-valid")
    assert (code, Proposal.objects.get().value) == (0, 1180)


def test_a_file_that_is_no_request_is_refused_with_exit_code_1(office, tmp_path):
    path = tmp_path / "iets.csv"
    path.write_text("naam;waarde\na;1\n")
    code, told = run("import_file", str(path), "--round", "2026-2", "--user", "anna", "--json")
    assert (code, data(told)["refused"][0]["code"]) == (1, "bestand")
    assert "geen ingevulde uitvraag" in data(told)["refused"][0]["message"]
    assert AuditRecord.objects.latest("number").outcome == "geweigerd"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--round", "2026-2"), "Noem met --user"),
        (("--round", "2026-2", "--user", "onbekend"), "bestaat niet"),
        (("--round", "2026-2", "--user", "bram"), "U mag dit niet"),
        (("--round", "nergens", "--user", "anna"), "nergens"),
        (("--round", "nergens", "--dry-run"), "nergens"),
    ],
)
def test_wrong_use_has_exit_code_2(office, answered, arguments, words):
    code, told = run("import_file", str(answered), *arguments)
    assert (code, words in told) == (2, True)
    assert not Proposal.objects.exists()


def test_a_file_that_is_not_there_has_exit_code_2(office, tmp_path):
    code, told = run("import_file", str(tmp_path / "weg.xlsx"), "--round", "2026-2", "--user", "anna")
    assert (code, "niet te lezen" in told) == (2, True)
