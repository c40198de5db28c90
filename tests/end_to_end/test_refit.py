"""An analyst refits the model in a real browser, makes a rekenvariant of it, runs it, and tries a what-if."""

import csv
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from allocation.models import AllocationRun, RefitResult, Scenario
from allocation.queries.feature_sets import load_set
from monitor.base.core.roles import Role
from tests.allocation.conftest import load_units, person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def analyst(transactional_db):
    load_units()
    for command in ("load_areas", "load_allocation"):
        call_command(command, stdout=StringIO())
    return person("rekenaar", Role.REKENAAR)


def workload_file(folder: Path) -> Path:
    """Two clusters: one hangs on two features besides inhabitants, the other on inhabitants alone."""
    path = folder / "werklast.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["code", "inhabitants", "Handhaving", "Wijkzorg"])
        for number, one in enumerate(load_set("2024-open-cijfers").municipalities):
            people, helped, firms = (float(one.values[k]) for k in ("inwoners", "bijstandsontvangers", "bedrijven"))
            noise = people * 0.00002 * (number % 7 - 3)
            writer.writerow([one.code, people, 0.0004 * people + 0.012 * helped + 0.002 * firms + noise, people / 5000])
    return path


@pytest.mark.parametrize("javascript", [True, False])
def test_from_a_workload_file_to_scenarios_side_by_side(new_visitor, sign_in, analyst, tmp_path, javascript):
    visitor = new_visitor(javascript=javascript)
    sign_in(visitor, analyst)
    page = visitor.page
    visitor.open("/sterkteverdeling/")
    page.click("text=Herschattingen")
    page.fill("[name=name]", "Proef")
    page.set_input_files("[name=latest]", workload_file(tmp_path))
    page.select_option("[name=feature_set]", "2024-open-cijfers")
    page.click("text=Controleer en schat")
    assert "heeft in deze set geen waarde voor Vlieland" in page.inner_text("[role=alert]")
    assert page.input_value("[name=name]") == "Proef"

    page.set_input_files("[name=latest]", tmp_path / "werklast.csv")
    page.check("[name=leave_out_incomplete]")
    page.click("text=Controleer en schat")
    page.click("text=Naar de herschatting")
    assert RefitResult.objects.count() == 1
    page.click("table >> text=Handhaving")
    steps = page.inner_text("table >> nth=0")
    assert "Bijstandsontvangers" in steps
    assert "Bedrijven" in steps
    page.go_back()

    page.fill("[name=name]", "Variant één")
    page.fill("[name=share_0]", "92")
    page.fill("[name=share_1]", "8")
    page.click("text=Maak de rekenvariant")
    assert page.inner_text("h1") == "Variant één"

    visitor.open("/sterkteverdeling/")
    page.select_option("[name=model]", "variant-een")
    page.fill("[name=fte]", "1000")
    page.click("main .buttons button")
    run = AllocationRun.objects.get()
    assert sum(Decimal(one["fte"]) for one in run.result["units"]) == 1000
    assert not run.is_fictitious

    _scenario(visitor, "Basis", {})
    moved = {"share_0": "100", "share_1": "0", "reason": "Wijkzorg gaat naar een ander onderdeel."}
    _scenario(visitor, "Zonder wijkzorg", moved)
    visitor.open("/sterkteverdeling/scenarios/")
    for one in Scenario.objects.order_by("pk"):
        page.check(f"#scenario-{one.pk}")
    page.click("text=Toon naast elkaar")
    assert page.locator("tbody tr").count() == 10
    assert "reden: Wijkzorg gaat naar een ander onderdeel." in page.inner_text("main")
    assert "Het model zegt niets over hoeveel sterkte er in totaal nodig is" in page.inner_text("main")
    assert visitor.complaints() == []


def _scenario(visitor, name: str, fields: dict[str, str]) -> None:
    visitor.open("/sterkteverdeling/scenarios/")
    visitor.page.select_option("[name=model]", "variant-een")
    visitor.page.click("text=Begin")
    for field, text in {"name": name, **fields}.items():
        visitor.page.fill(f"[name={field}]", text)
    visitor.page.click("text=Bereken en bewaar")
    assert visitor.page.inner_text("h1") == name
