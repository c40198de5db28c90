"""Charts are drawn by one browser, the same every time; what is missing is said in Dutch before work starts."""

import struct
from pathlib import Path
from typing import Any

import pytest

from indicators.charts import plotly_figure
from monitor.base.core.errors import RenderingFailed, ToolMissing
from monitor.base.images import browser, check_tools, render_svgs, svg_to_png
from tests.indicators.charts.specs import ABSENCE, VIOLENCE, spec

FIGURES = {"geweld": plotly_figure(spec(VIOLENCE)), "verzuim": plotly_figure(spec(ABSENCE, decimals=1), compact=True)}


@pytest.fixture(scope="module")
def svgs() -> dict[str, bytes]:
    return render_svgs(FIGURES)


@pytest.mark.browser
def test_the_values_stand_in_the_drawing(svgs: dict[str, bytes]) -> None:
    assert ">12.940</text>" in svgs["geweld"].decode()
    assert ">6,3</text>" in svgs["verzuim"].decode()


@pytest.mark.browser
def test_drawing_again_gives_the_same_bytes(svgs: dict[str, bytes]) -> None:
    assert render_svgs(dict(reversed(FIGURES.items()))) == svgs


@pytest.mark.browser
def test_progress_is_told_per_chart() -> None:
    told: list[tuple[int, int]] = []
    render_svgs(FIGURES, lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]


@pytest.mark.browser
def test_a_picture_is_twice_the_size_of_the_drawing(svgs: dict[str, bytes]) -> None:
    png = svg_to_png(svgs["geweld"])
    assert png.startswith(b"\x89PNG")
    assert struct.unpack(">II", png[16:24]) == (1440, 580)
    assert png == svg_to_png(svgs["geweld"])


@pytest.mark.browser
def test_a_browser_that_fails_once_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    attempts = []
    draw = browser._render

    async def flaky(*arguments: Any) -> None:
        attempts.append(1)
        if len(attempts) == 1:
            raise TimeoutError
        await draw(*arguments)

    monkeypatch.setattr(browser, "_render", flaky)
    assert set(render_svgs(FIGURES)) == set(FIGURES)
    assert len(attempts) == 2


def test_a_browser_that_keeps_failing_stops_with_one_dutch_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*arguments: Any) -> None:
        raise TimeoutError

    monkeypatch.setattr(browser, "_render", broken)
    monkeypatch.setattr(browser, "require_tools", lambda: None)
    with pytest.raises(RenderingFailed, match="gaf tweemaal geen antwoord"):
        render_svgs(FIGURES)


def test_without_charts_no_browser_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "require_tools", lambda: pytest.fail("nothing to draw"))
    assert render_svgs({}) == {}


def test_a_missing_browser_is_named_with_the_way_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER_PATH", "/nergens/chromium")
    assert any("Chromium ontbreekt" in line and "apt-get install chromium" in line for line in check_tools())
    with pytest.raises(ToolMissing, match="Chromium ontbreekt"):
        render_svgs(FIGURES)


def test_missing_programs_and_files_are_all_named(
    monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("BROWSER_PATH", raising=False)
    settings.PLOTLY_BUNDLE = tmp_path / "plotly.js"
    monkeypatch.setattr("monitor.base.images.tools._font_family", lambda family: "DejaVu Sans")
    missing = " ".join(check_tools())
    for name in ("Chromium", "rsvg-convert", "Noto Sans", "plotly.js"):
        assert name in missing
    with pytest.raises(ToolMissing, match="rsvg-convert"):
        svg_to_png(b"<svg/>")
