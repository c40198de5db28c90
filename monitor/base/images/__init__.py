"""From a Plotly figure to an SVG and a PNG: one browser per job, no network, the same bytes every time."""

from monitor.base.images.browser import render_svgs
from monitor.base.images.png import svg_to_png, svgs_to_pngs
from monitor.base.images.tools import check_tools, require_tools

__all__ = ["check_tools", "render_svgs", "require_tools", "svg_to_png", "svgs_to_pngs"]
