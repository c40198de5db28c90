"""All charts of a job in one headless browser (kaleido): opening one costs a second, a chart a tenth."""

import asyncio
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from queue import Empty, SimpleQueue
from typing import Any

from choreographer.browsers.chromium import Chromium
from choreographer.errors import BrowserClosedError, BrowserFailedError, ChannelClosedError
from kaleido import Kaleido, PageGenerator
from kaleido.errors import KaleidoError

from monitor.base.core.errors import RenderingFailed
from monitor.base.images.svg import clean_svg
from monitor.base.images.tools import find_browser, plotly_bundle, require_tools

Figure = dict[str, Any]
Progress = Callable[[int, int], None]

_CHART_SECONDS = 30
_START_SECONDS = 60
_ATTEMPTS = 2
_LISTEN_SECONDS = 0.05
_BROWSER_ERRORS = (
    KaleidoError, BrowserClosedError, BrowserFailedError, ChannelClosedError, TimeoutError, asyncio.CancelledError,
    OSError,
)  # fmt: skip


class OfflineChromium(Chromium):
    """Chromium that reaches no network and draws alike under every locale and time zone."""

    def get_cli(self) -> Sequence[str]:
        return [
            *super().get_cli(),
            "--disable-background-networking",
            "--disable-quic",
            "--disable-default-apps",
            "--host-resolver-rules=MAP * ~NOTFOUND",
            "--lang=nl",
            "--font-render-hinting=none",
        ]

    def get_env(self) -> MutableMapping[str, str]:
        return {**super().get_env(), "TZ": "UTC", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "LANGUAGE": "nl"}


def render_svgs(figures: Mapping[str, Figure], progress: Progress | None = None) -> dict[str, bytes]:
    """Every figure as a clean SVG under its own key, which must be unique within a document (ids are made from it).

    ``layout.meta`` of a figure may hold ``title`` and ``description`` for the screen reader. A browser that fails is
    replaced once; then :class:`RenderingFailed`. :class:`ToolMissing` when browser, font or Plotly is not installed.
    """
    if not figures:
        return {}
    require_tools()
    raw = _with_fresh_browser(figures, progress or (lambda done, total: None))
    return {key: clean_svg(raw[key], key=key, **_texts(figures[key], key)) for key in figures}


def _texts(figure: Figure, key: str) -> dict[str, str]:
    meta = figure.get("layout", {}).get("meta", {})
    return {"title": str(meta.get("title", key)), "description": str(meta.get("description", ""))}


def _with_fresh_browser(figures: Mapping[str, Figure], progress: Progress) -> dict[str, bytes]:
    """A thread of its own, because the caller may already have a running event loop."""
    done: dict[str, bytes] = {}
    for attempt in range(_ATTEMPTS):
        try:
            with ThreadPoolExecutor(max_workers=1) as pool:
                drawn: SimpleQueue[int] = SimpleQueue()
                work = pool.submit(asyncio.run, _render(figures, done, drawn.put))
                _tell(work, drawn, len(figures), progress)
                work.result()
        except _BROWSER_ERRORS as error:
            if attempt + 1 == _ATTEMPTS:
                raise RenderingFailed(
                    "De browser die de grafieken tekent, gaf tweemaal geen antwoord."
                    " Probeer het opnieuw; blijft het misgaan, vraag dan de beheerder om Chromium na te kijken."
                ) from error
        else:
            break
    return done


def _tell(work: Future[None], drawn: "SimpleQueue[int]", total: int, progress: Progress) -> None:
    """Pass progress on in the caller's own thread, where it may use its connection to the database."""
    while not (work.done() and drawn.empty()):
        try:
            progress(drawn.get(timeout=_LISTEN_SECONDS), total)
        except Empty:
            continue


async def _render(figures: Mapping[str, Figure], done: dict[str, bytes], drawn: Callable[[int], None]) -> None:
    """Add what is not in ``done`` yet, so that a second attempt goes on where the first stopped."""
    page = PageGenerator(plotly=plotly_bundle(), mathjax=False)  # MathJax would be fetched from the internet
    browser = Kaleido(
        n=1, timeout=_CHART_SECONDS, page_generator=page, path=find_browser(), browser_cls=OfflineChromium
    )
    await asyncio.wait_for(browser.open(), _START_SECONDS)
    try:
        for key, figure in figures.items():
            if key not in done:
                done[key] = await browser.calc_fig(figure, opts={"format": "svg"})
            drawn(len(done))
    finally:
        await browser.close()
