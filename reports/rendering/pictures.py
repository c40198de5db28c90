"""The charts of a document: every one drawn once, as SVG; PNG only when Word asks for it."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from typing import Any

from indicators.charts import plotly_figure
from monitor.base.images import render_svgs
from reports.core.document import Document
from reports.rendering.outline import charts_of


def figures_of(document: Document) -> dict[str, dict[str, Any]]:
    """The Plotly figure of every chart, by uid."""
    return {uid: plotly_figure(spec, compact=small) for uid, (spec, small) in charts_of(document).items()}


def draw(document: Document, progress: Callable[[int, int], None] | None = None) -> dict[str, bytes]:
    """Every chart of the document as SVG, by uid."""
    return render_svgs(figures_of(document), progress)


def embedded(svgs: Mapping[str, bytes]) -> dict[str, str]:
    """Pictures as addresses that hold their data, so that a document is one file and ids cannot collide."""
    return {uid: f"data:image/svg+xml;base64,{b64encode(svg).decode()}" for uid, svg in svgs.items()}
