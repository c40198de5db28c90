"""The grid over HTTP: what the page holds, every answer to its script, forged requests, and the form of a series."""

import json
from typing import Any

import pytest
from django.test import Client

from indicators.core.enumerations import ItemState
from indicators.models import Observation, Period, Proposal, Round, RoundItem, Series, ThemeAccess
from indicators.queries.grid import GridChoice, load_grid
from monitor.base.core.roles import Role
from monitor.base.models import AuditRecord, User
from tests.indicators.web.test_rounds import person
from tests.loaded import figures, loaded_figures  # noqa: F401 (fixtures)
from tests.workers import worker

pytestmark = pytest.mark.usefixtures("figures")

FLOW, SHARE = "zeden-incidenten|nederland|realisatie|", "zeden-voorraad-ouder-dan-jaar|nederland|realisatie|"
TO_DAY, YEAR_END = "../2026-11-02", "2025-12-31"
ROOT = "/rondes/2026-2/rooster/"


def place(key: str = FLOW, period: str = TO_DAY) -> tuple[int, int]:
    return Series.objects.get(key=key).pk, Period.objects.get(code=period).pk


def send(client: Client, path: str, data: Any) -> Any:
    return client.post(
        ROOT + path, data if isinstance(data, str) else json.dumps(data), content_type="application/json"
    )


def save(client: Client, changes: dict[str, Any], *, at: tuple[int, int] | None = None, **seen: int) -> Any:
    series, period = at or place()
    data = {"version": 0, "revision": 0, **seen, "changes": changes}
    return send(client, f"cel/{series}/{period}/", data)


@pytest.fixture
def anna() -> Client:
    return person("anna", Role.INVOERDER)


def grid_of(name: str = "kijker", **options: Any) -> Any:
    return load_grid(Round.objects.get(code="2026-2"), worker(name, Role.INVOERDER), may_enter=True, **options)


# --- what the page holds ----------------------------------------------------------------------------------------------


def test_the_last_values_stand_beside_the_asked_one():
    row = next(row for table, row in grid_of().rows() if row.series_id == place()[0] and TO_DAY in _codes(table))
    assert [cell.amount.text for cell in row.cells] == ["10.143", "10.743", "13.343", "12.016", "12.398", "13.401", ""]
    assert [cell.may_type for cell in row.cells] == [False] * 6 + [True]
    assert row.cells[-1].state is ItemState.EMPTY


def _codes(table: Any) -> list[str]:
    return [column.code for column in table.columns]


def test_each_table_has_one_kind_of_period_and_every_asked_figure_stands_in_it_once():
    grid = grid_of(most=None)
    asked = set(RoundItem.objects.filter(round__code="2026-2").values_list("series_id", "period_id"))
    shown = [(cell.series_id, cell.period_id) for _, row in grid.rows() for cell in row.cells if cell.item_id]
    assert sorted(shown) == sorted(asked)
    for table, row in grid.rows():
        assert {column.kind for column in table.columns} == {table.kind}
        assert len(row.cells) == len(table.columns)


def test_a_choice_narrows_the_series_and_too_many_are_cut_with_a_word_about_it():
    zeden = grid_of(choice=GridChoice(theme="zeden"))
    assert [theme.code for theme in zeden.themes] == ["zeden"]
    assert len(zeden.theme_choices) > 3
    assert grid_of(choice=GridChoice(supplier="motivaction")).series_count < grid_of().series_count
    assert grid_of(choice=GridChoice(owner="niemand-hier")).themes == ()
    few = grid_of(most=5)
    assert few.is_cut
    assert len({row.series_id for _, row in few.rows()}) == 5


def test_a_person_limited_to_a_theme_sees_no_other_row():
    limited = worker("beperkt", Role.INVOERDER)
    theme = Series.objects.get(key=FLOW).indicator.theme
    ThemeAccess.objects.create(user_id=limited.user_id, theme=theme)
    assert {theme.code for theme in grid_of("beperkt").themes} == {"zeden"}


def test_the_page_links_every_asked_cell_to_its_own_form(anna):
    page = anna.get(f"{ROOT}?thema=zeden").content.decode()
    items = RoundItem.objects.filter(round__code="2026-2", series__indicator__theme__code="zeden")
    assert all(f'href="/rondes/2026-2/cijfers/{pk}/">vul in' in page for pk in items.values_list("pk", flat=True))
    assert "Alle thema’s" in page


def test_in_a_closed_round_no_cell_is_open(anna):
    Round.objects.filter(code="2026-2").update(state="gesloten")
    page = anna.get(f"{ROOT}?thema=zeden").content.decode()
    assert "data-open" not in page
    assert "Deze ronde is niet open" in page


# --- saving -----------------------------------------------------------------------------------------------------------


def test_a_saved_cell_answers_with_its_state_its_findings_and_what_stood_there(anna):
    answer = save(anna, {"value": "13.401"}).json()
    assert answer["cell"]["shown"] == "13.401"
    assert (answer["cell"]["version"], answer["cell"]["words"]) == (1, "concept")
    assert answer["before"] is None
    assert [finding["severity"] for finding in answer["findings"]] == ["waarschuwing"]
    assert "precies het cijfer" in answer["findings"][0]["message"]


def test_a_change_keeps_all_other_fields(anna):
    save(anna, {"value": "13512", "remark": "Nagebeld.", "status": "voorlopig", "value_high": "14000"})
    answer = save(anna, {"explanation": "Klopt."}, version=1).json()
    found = Proposal.objects.get()
    assert (found.value, found.value_high, found.remark, found.status) == (13_512, 14_000, "Nagebeld.", "voorlopig")
    assert found.explanation == "Klopt."
    assert answer["before"]["exact"] == "13512"


def test_what_stood_there_can_be_sent_again_as_it_is(anna):
    save(anna, {"value": "13512,50", "qualifier": "circa", "value_high": "14.000,25", "footnote": "Let op."})
    before = Proposal.objects.values().get()
    undone = save(anna, {"value": "5", "value_high": "", "qualifier": "", "footnote": ""}, version=1).json()["before"]
    assert save(anna, undone, version=2).status_code == 200
    after = Proposal.objects.values().get()
    same = ("value", "value_high", "qualifier", "decimals", "status", "footnote", "marker")
    assert {name: after[name] for name in same} == {name: before[name] for name in same}


def test_a_typed_value_takes_the_place_of_a_reason_and_the_other_way_round(anna):
    save(anna, {"value": "nihil"})
    assert Proposal.objects.get().marker == "nihil"
    save(anna, {"value": "5"}, version=1)
    assert (Proposal.objects.get().marker, Proposal.objects.get().value) == ("", 5)
    save(anna, {"value": "n.b."}, version=2)
    assert (Proposal.objects.get().marker, Proposal.objects.get().value) == ("onbekend", None)


def test_a_question_names_both_readings_and_saves_nothing(anna):
    answer = save(anna, {"value": "1.234"}, at=place(SHARE, YEAR_END))
    assert answer.status_code == 400
    assert [choice["changes"] for choice in answer.json()["choices"]] == [{"exact": "1234"}, {"exact": "1.234"}]
    assert not Proposal.objects.exists()
    assert not AuditRecord.objects.filter(outcome="geweigerd").exists()
    chosen = answer.json()["choices"][1]["changes"]
    assert save(anna, chosen, at=place(SHARE, YEAR_END)).json()["cell"]["shown"] == "1,234"


def test_a_dash_is_asked_and_never_zero(anna):
    answer = save(anna, {"value": "-"})
    assert answer.status_code == 400
    assert "is geen nul" in answer.json()["error"]
    assert {"value": "", "marker": "nihil"} in [choice["changes"] for choice in answer.json()["choices"]]


def test_the_second_in_a_cell_gets_what_stands_there(anna):
    save(anna, {"value": "13512"})
    answer = save(person("bert", Role.INVOERDER), {"value": "13600"})
    assert answer.status_code == 409
    assert "gewijzigd door anna" in answer.json()["error"]
    assert (answer.json()["theirs"]["shown"], answer.json()["theirs"]["changedBy"]) == ("13.512", "anna")
    assert AuditRecord.objects.latest("number").outcome == "geweigerd"


def test_a_past_figure_changes_only_by_a_revision_that_joins_the_round(anna):
    past = place(FLOW, "../2025-11-02")
    changes = {"value": "13455", "change_kind": "correctie", "reason": "Dubbel geteld."}
    answer = save(anna, changes, at=past, revision=1)
    assert answer.status_code == 200
    assert RoundItem.objects.filter(round__code="2026-2", series_id=past[0], period_id=past[1]).exists()
    stands = Observation.objects.get(series_id=past[0], period_id=past[1], known_to=None)
    proposed = Proposal.objects.get()
    assert (stands.value, proposed.value) == (13_401, 13_455)
    assert (proposed.source_id, proposed.place, proposed.status) == (stands.source_id, stands.place, stands.status)
    assert proposed.source_id is not None
    assert save(anna, {"value": "13456"}, at=past, version=1, revision=0).status_code == 409


@pytest.mark.parametrize(
    "data",
    [
        "geen json",
        "[]",
        "{}",
        {"version": -1, "changes": {}},
        {"version": True, "changes": {}},
        {"version": 2**40, "changes": {}},
        {"version": "x", "changes": {}},
        {"version": 0, "changes": {"state": "ter-controle"}},
        {"version": 0, "changes": {"value": 5}},
        {"version": 0, "changes": ["value"]},
        {"version": 0, "changes": {"exact": "1e9"}},
        {"version": 0, "changes": {"exact": "1.234,5"}},
        {"version": 0, "changes": {"marker": "verzonnen"}},
        {"version": 0, "changes": {"value": "5", "status": "zeker"}},
        {"version": 0, "changes": {"value": "5", "source": "999999"}},
        {"version": 0, "changes": {"value": "5", "change_kind": "eerste"}},
        {"version": 0, "changes": {"value": "5", "marker": "nihil"}},
        {"version": 0, "changes": {"value": "5", "source_title": "Zonder houder"}},
        {"version": 0, "changes": {"value": "123456789012"}},
    ],
)
def test_a_request_that_our_page_does_not_send_is_refused_and_saves_nothing(anna, data):
    answer = send(anna, "cel/{}/{}/".format(*place()), data)
    assert answer.status_code == 400
    assert answer.json()["error"].endswith(".")
    assert not Proposal.objects.exists()


def test_a_figure_of_another_theme_or_round_does_not_exist(anna):
    ThemeAccess.objects.create(
        user=User.objects.get(username="anna"), theme=Series.objects.get(key=SHARE).indicator.theme
    )
    other = RoundItem.objects.filter(round__code="2026-2").exclude(series__indicator__theme__code="zeden").first()
    assert save(anna, {"value": "5"}, at=(other.series_id, other.period_id)).status_code == 404
    assert anna.get(f"{ROOT}cel/{other.series_id}/{other.period_id}/").status_code == 404
    assert save(anna, {"value": "5"}, at=(place()[0], 999_999)).status_code == 404


def test_the_details_tell_what_stands_and_what_readings_say(anna):
    series, period = place(FLOW, "../2025-11-02")
    page = anna.get(f"{ROOT}cel/{series}/{period}/").content.decode()
    assert "Nu geldt: <strong>13.401</strong>" in page
    assert "Begin een wijziging van dit cijfer" in page
    assert 'value="13401"' in page
    with_reading = anna.get("{}cel/{}/{}/".format(ROOT, *place(FLOW, "2022"))).content.decode()
    assert "Lezing, niet bevestigd" in with_reading
    looker = person("kijkt", Role.CONTROLEUR).get(f"{ROOT}cel/{series}/{period}/").content.decode()
    assert "<form" not in looker


# --- a block, and submitting ------------------------------------------------------------------------------------------


def test_a_block_is_read_against_what_stands_and_changes_nothing(anna):
    cells = [place(), place("zeden-aangiften|nederland|realisatie|"), place(FLOW, "../2025-11-02")]
    data = {"text": "13.512\n-\n9\n7\n", "targets": [[list(cell)] for cell in cells]}
    answer = send(anna, "plakken/", data).json()["cells"]
    assert [one["outcome"] for one in answer] == ["opslaan", "vraag", "vast", "buiten"]
    assert answer[0]["changes"] == {"exact": "13512"}
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    "data", [{}, {"text": 5, "targets": []}, {"text": "1", "targets": [[[1]]]}, {"text": "1" * 400_001, "targets": []}]
)
def test_a_block_that_our_page_does_not_send_is_refused(anna, data):
    assert send(anna, "plakken/", data).status_code == 400


def test_a_block_is_saved_cell_by_cell_and_what_is_refused_leaves_a_record(anna):
    first, second = place(), place("zeden-aangiften|nederland|realisatie|")
    save(person("bert", Role.INVOERDER), {"value": "3700"}, at=second)
    cells = [
        {"series": first[0], "period": first[1], "version": 0, "changes": {"exact": "13512"}},
        {"series": second[0], "period": second[1], "version": 0, "changes": {"exact": "3800"}},
        {"series": 999_999, "period": first[1], "version": 0, "changes": {"exact": "1"}},
    ]
    answer = send(anna, "opslaan/", {"cells": cells})
    told = {one["series"]: one for one in answer.json()["cells"]}
    assert answer.status_code == 200
    assert told[first[0]]["cell"]["shown"] == "13.512"
    assert told[second[0]]["theirs"]["shown"] == "3.700"
    assert told[999_999]["status"] == 404
    assert "2 van de 3 cellen" in AuditRecord.objects.latest("number").detail["reden"]


def test_one_cell_stands_in_a_block_once(anna):
    cell = {"series": place()[0], "period": place()[1], "version": 0, "changes": {"exact": "1"}}
    assert send(anna, "opslaan/", {"cells": [cell, cell]}).status_code == 400
    assert send(anna, "opslaan/", {"cells": []}).status_code == 400


def test_what_is_ready_is_submitted_and_the_rest_says_why(anna):
    good = save(anna, {"value": "13512"}).json()["cell"]
    wrong = save(anna, {"value": "8370"}, at=place(SHARE, YEAR_END)).json()["cell"]
    pairs = [f"{cell['proposal']}:{cell['version']}" for cell in (good, wrong)]
    answer = send(anna, "indienen/", {"pairs": pairs}).json()
    assert [one["pk"] for one in answer["submitted"]] == [good["proposal"]]
    assert "ligt tussen 0% en 100%" in answer["refused"][0]["reason"]
    assert send(anna, "indienen/", {"pairs": pairs}).json()["stale"] == [good["proposal"]]


def test_findings_of_drafts_are_told_afterwards(anna):
    wrong = save(anna, {"value": "8370"}, at=place(SHARE, YEAR_END)).json()["cell"]
    save(anna, {"value": "13512"})
    answer = anna.get(f"{ROOT}toetsen/").json()["findings"]
    assert list(answer) == [str(wrong["proposal"])]


# --- the form of a series ---------------------------------------------------------------------------------------------


def series_form(values: dict[str, str], *, version: int = 0, act: str = "opslaan") -> dict[str, str]:
    prefix = f"p{place()[1]}"
    fields = {"version": str(version), "revision": "0", "status": "definitief", **values}
    return {"act": act, **{f"{prefix}-{name}": value for name, value in fields.items()}}


def test_a_series_is_saved_and_submitted_in_one_form(anna):
    url = f"/rondes/2026-2/reeksen/{place()[0]}/"
    answer = anna.post(url, series_form({"value": "13.512"}), follow=True)
    assert "De cijfers zijn opgeslagen." in answer.content.decode()
    answer = anna.post(url, series_form({"value": "13512"}, version=1, act="indienen"), follow=True)
    assert "De cijfers staan ter controle." in answer.content.decode()
    assert (Proposal.objects.get().state, Proposal.objects.get().version) == ("ter-controle", 2)


@pytest.mark.parametrize(
    ("values", "status", "said"),
    [
        ({"value": "13,4,84"}, 400, "‘13,4,84’ is geen getal"),
        ({"value": "-"}, 400, "is geen nul"),
        ({"value": "5", "marker": "nihil"}, 400, "niet allebei"),
    ],
)
def test_a_form_of_a_series_that_is_wrong_says_where_and_keeps_what_was_typed(anna, values, status, said):
    answer = anna.post(f"/rondes/2026-2/reeksen/{place()[0]}/", series_form(values))
    page = answer.content.decode()
    assert answer.status_code == status
    assert said in page
    assert f'value="{values["value"]}"' in page
    assert not Proposal.objects.exists()


def test_the_second_in_the_form_of_a_series_sees_both_values(anna):
    save(person("bert", Role.INVOERDER), {"value": "13600"})
    answer = anna.post(f"/rondes/2026-2/reeksen/{place()[0]}/", series_form({"value": "13512"}))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Nu staat er <strong>13.600</strong>, ingevoerd door bert" in page
    assert 'value="13512"' in page
    assert Proposal.objects.get().value == 13_600


def test_a_series_that_cannot_go_to_the_second_officer_says_why(anna):
    series, period = place(SHARE, YEAR_END)
    data = {
        f"p{period}-{name}": value
        for name, value in {"version": "0", "revision": "0", "value": "8370", "status": "definitief"}.items()
    }
    answer = anna.post(f"/rondes/2026-2/reeksen/{series}/", {**data, "act": "indienen"})
    assert answer.status_code == 400
    assert "ligt tussen 0% en 100%" in answer.content.decode()
    assert Proposal.objects.get().state == "concept"


def test_a_series_that_the_round_does_not_ask_has_no_form(anna):
    unasked = Series.objects.exclude(round_items__round__code="2026-2").first()
    assert anna.get(f"/rondes/2026-2/reeksen/{unasked.pk}/").status_code == 404
