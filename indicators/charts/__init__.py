"""Charts: frozen descriptions in, Plotly figures out. No Django, no queries."""

from indicators.charts.figure import plotly_figure

__all__ = ["plotly_figure"]
