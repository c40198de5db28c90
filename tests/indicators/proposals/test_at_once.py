"""Two people at the same moment: one wins, the other is told, nothing is lost; on both databases."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from monitor.base.services.audit import verify_audit
from tests.indicators.proposals.at_once import TIMES, everything

ROOT = Path(__file__).resolve().parents[3]
ONE_TOLD = ["StaleProposals", "gelukt"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.services
def test_two_people_at_once_on_postgresql() -> None:
    _prove(everything())
    assert list(verify_audit()) == []


def test_two_people_at_once_on_a_file(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    answer = subprocess.run(
        [sys.executable, "-m", "tests.indicators.proposals.at_once"],
        cwd=ROOT,
        env=environment | {"MONITOR_DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    _prove(json.loads(answer.stdout))


def _prove(scenes: dict[str, list[dict[str, Any]]]) -> None:
    assert all(len(found) == TIMES for found in scenes.values())
    for found in (*scenes.pop("closing"), *scenes.pop("closing_with_a_fact")):
        saved = found["facts"] == 1 if "facts" in found else found["proposals"] == ["5.0000"]
        assert found["told"] == (["gelukt", "Conflict"] if saved else ["NotAllowed", "gelukt"]), found
        assert found["state"] == ("open" if saved else "gesloten"), found
    _prove_deliveries(scenes)
    for name, found in _each(scenes):
        assert sorted(found["told"]) == ONE_TOLD, f"{name}: {found}"
    for found in scenes["two_saves"]:
        assert found["proposals"] == [_winner(found, "1.0000", "2.0000")], found
        assert found["log"] == ["ingevoerd"], found
    for found in scenes["two_changes"]:
        assert found["proposals"] == [_winner(found, "1.0000", "2.0000")], found
        assert found["log"] == ["ingevoerd", "gewijzigd"], found
    for found in (*scenes["two_approvals"], *scenes["selections_that_cross"]):
        assert (found["proposals"], found["observations"]) == ([], [["5.0000", 1, True]]), found
        assert found["log"].count("gecontroleerd") == 1, found
    for found in scenes["approval_and_save"]:
        _prove_approval_or_save(found)
    for found in scenes["revision_twice"]:
        _prove_one_revision(found)


def _each(scenes: dict[str, list[dict[str, Any]]]) -> Iterator[tuple[str, dict[str, Any]]]:
    return ((name, found) for name, rows in scenes.items() for found in rows)


def _winner(found: dict[str, Any], first: str, second: str) -> str:
    return (first, second)[found["told"].index("gelukt")]


def _prove_approval_or_save(found: dict[str, Any]) -> None:
    """Either the value that was seen is checked, or the new value waits; never both, never neither."""
    if _winner(found, "check", "save") == "check":
        assert (found["proposals"], found["observations"]) == ([], [["5.0000", 1, True]]), found
    else:
        assert (found["proposals"], found["observations"]) == (["6.0000"], []), found


def _prove_deliveries(scenes: dict[str, list[dict[str, Any]]]) -> None:
    """What was delivered is stored or what was typed is; the other is told; the same file is taken in once."""
    for found in scenes.pop("delivery_and_save"):
        stored = found["state"] == "bevestigd"
        assert found["told"] == (["gelukt", "StaleProposals"] if stored else ["PlanChanged", "gelukt"]), found
        assert found["proposals"] == (["5.0000"] if stored else ["6.0000"]), found
        assert found["log"] == ["ingevoerd"], found
    for found in scenes.pop("two_confirmations"):
        assert sorted(found["told"]) == ["Conflict", "gelukt"], found
        assert (found["state"], found["proposals"], found["log"]) == ("bevestigd", ["5.0000"], ["ingevoerd"]), found
    for found in scenes.pop("two_uploads"):
        assert (found["told"], found["waiting"]) == (["gelukt", "gelukt"], 1), found


def _prove_one_revision(found: dict[str, Any]) -> None:
    assert sorted(found["checks"]) == ONE_TOLD, found
    assert found["left"] == _winner(found, "6.0000", "7.0000"), found
    assert found["observations"] == [["5.0000", 1, False], [found["left"], 2, True]], found
    assert found["proposals"] == [], found
