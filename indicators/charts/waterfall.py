"""A waterfall that lies down: each bar begins where the one before it ended; the last one is the sum, from zero."""

from decimal import Decimal
from itertools import accumulate

from indicators.charts.frame import Frame, Json, base_layout, texts_height, unit_note, value_axis
from indicators.charts.lying import category_axis
from indicators.charts.scale import Scale, bar_scale
from indicators.charts.style import INK, bar_style
from indicators.charts.text import text_width, wrap
from indicators.core.charts import ChartSpec
from monitor.base.core.numbers import format_number

_UP, _DOWN, _SUM = "#4f7593", "#efdcc6", "#1f4e79"


def waterfall_figure(spec: ChartSpec, *, compact: bool) -> Json:
    """The Plotly figure. The values are the steps and, last, their sum; the first label stands on top."""
    steps = [value or Decimal(0) for value in spec.series[0].values[:-1]]
    ends = list(accumulate(steps, initial=Decimal(0)))
    scale = bar_scale(ends, room=Decimal("0.01"))  # a bar that ends at the very edge loses its text
    size = 12.0 if compact else 13.0
    names = [wrap(label, 118 if compact else 230, size) for label in spec.labels]
    frame = _frame(spec, names, size, compact=compact)
    layout = base_layout(spec, frame)
    layout["xaxis"] = {**value_axis(scale, spec, shown=False), "zeroline": True}
    layout["yaxis"] = category_axis(names, frame)
    layout["bargap"] = 0.3
    if not compact:
        layout["annotations"].append(unit_note(spec, frame, scale, top=6))
    return {"data": [_trace(spec, steps, ends, scale)], "layout": layout}


def _written(spec: ChartSpec) -> list[str]:
    return [format_number(value or 0, spec.decimals, sign=True) for value in spec.series[0].values]


def _frame(spec: ChartSpec, names: list[str], size: float, *, compact: bool) -> Frame:
    beyond = max(text_width(text, size) for text in _written(spec)) + 12
    left = max(text_width(name, size) for name in names) + 12 + beyond
    row = max(texts_height(names, size) + 8, 24 if compact else 28)
    top = 4 if compact else 26
    return Frame(320 if compact else 720, round(top + 6 + row * len(names)), left, beyond, top, 6, size)


def _trace(spec: ChartSpec, steps: list[Decimal], ends: list[Decimal], scale: Scale) -> Json:
    written = _written(spec)
    values, bases = [*steps, ends[-1]], [*ends[:-1], Decimal(0)]
    colours = [*(_UP if step >= 0 else _DOWN for step in steps), _SUM]
    return {
        "type": "bar", "orientation": "h", "uid": f"{spec.uid}-0", "name": spec.series[0].name,
        "y": list(range(len(values))), "x": [float(value) for value in values], "base": [float(base) for base in bases],
        "text": written, "textposition": "outside", "textangle": 0, "constraintext": "none", "cliponaxis": False,
        "outsidetextfont": {"color": INK},
        "customdata": [[label, text] for label, text in zip(spec.labels, written, strict=True)],
        "hovertemplate": "%{customdata[0]}: <b>%{customdata[1]}</b><extra></extra>",
        "marker": {
            "color": colours, "line": {"color": bar_style(0).fill, "width": 0.8},
            "pattern": {
                "shape": [*("" if step >= 0 else "/" for step in steps), ""], "fgcolor": "#b98a55", "size": 7,
                "solidity": 0.25,
            },
        },
    }  # fmt: skip
