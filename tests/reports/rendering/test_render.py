"""Rendering as a whole: the same bytes everywhere, progress in Dutch, no look-ups."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.db import connection

from monitor.base.core.errors import ToolMissing
from reports.core.formats import Format
from reports.rendering import render
from reports.rendering.guard import QueriedWhileRendering, no_queries, telling
from tests.reports.rendering.conftest import Files
from tests.reports.rendering.sample import annex_document, visual_document

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.documents
@pytest.mark.browser
@pytest.mark.parametrize(
    ("zone", "language", "seed"), [("Pacific/Kiritimati", "C", "1"), ("America/Los_Angeles", "en_US.UTF-8", "4711")]
)
def test_another_clock_language_and_hash_seed_give_the_same_bytes(
    rendered: dict[str, Files], zone: str, language: str, seed: str
) -> None:
    environment = {**os.environ, "TZ": zone, "LANG": language, "LC_ALL": language, "PYTHONHASHSEED": seed}
    done = subprocess.run(
        [sys.executable, "-m", "tests.reports.rendering.digests"],
        cwd=ROOT, env=environment, capture_output=True, check=True, timeout=180,
    )  # fmt: skip
    codes = {"visual": visual_document().code, "annex": annex_document().code}
    here = {
        f"{codes[name]}.{format_}": hashlib.sha256(content).hexdigest()
        for name, files in rendered.items()
        for format_, content in files.items()
    }
    assert json.loads(done.stdout) == here


@pytest.mark.documents
@pytest.mark.browser
def test_progress_counts_charts_and_files() -> None:
    told: list[tuple[str, int, int]] = []
    files = render(annex_document(), [Format.HTML, Format.CSV], progress=lambda *step: told.append(step))
    assert set(files) == {Format.HTML, Format.CSV}
    assert [(done, total) for _, done, total in told] == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert told[0][0] == "Grafiek 1 van 2 getekend"
    assert told[-1][0] == "CSV gemaakt"


def test_sheets_need_no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER_PATH", "/nergens/chromium")
    assert set(render(annex_document(), [Format.CSV, Format.XLSX])) == {Format.CSV, Format.XLSX}


def test_a_missing_browser_stops_before_anything_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER_PATH", "/nergens/chromium")
    told: list[object] = []
    with pytest.raises(ToolMissing, match="Chromium ontbreekt"):
        render(annex_document(), list(Format), progress=lambda *step: told.append(step))
    assert told == []


@pytest.mark.django_db
def test_a_query_while_rendering_is_refused_and_telling_progress_is_not() -> None:
    with no_queries():
        with pytest.raises(QueriedWhileRendering, match="SELECT"):
            get_user_model().objects.count()
        with telling():
            assert get_user_model().objects.count() == 0
        with pytest.raises(QueriedWhileRendering), connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    assert get_user_model().objects.count() == 0
