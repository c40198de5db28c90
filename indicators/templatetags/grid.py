"""The rows of the entry grid as HTML: a template takes too long for thousands of cells, so they are written here."""

from django import template
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString

from indicators.core.grid import GridCell, GridRow

register = template.Library()


@register.simple_tag
def grid_row(row: GridRow, round_code: str) -> SafeString:
    """The head and the cells of a row; an asked cell links to its own form, which is all there is without a script."""
    here = reverse("round-overview", args=[round_code])
    details = f"{escape(row.detail)} · " if row.detail else ""
    head = (
        f'<th scope="row" class="grid__name" data-name="{escape(row.full_name)}" data-unit="{escape(row.unit)}">'
        f'<a class="nl-link" href="{here}reeksen/{row.series_id}/">{escape(row.name)}</a>'
        f'<span class="block small quiet">{details}{escape(row.unit or "zonder meeteenheid")}</span></th>'
    )
    return SafeString(head + "".join(_cell(cell, here) for cell in row.cells))


def _cell(cell: GridCell, here: str) -> str:
    """One cell: what the script needs to know stands in its attributes, those that are empty are left out."""
    shown, words = escape(cell.amount.text), escape(cell.state_words)
    known = {
        "series": cell.series_id,
        "period": cell.period_id,
        "proposal": cell.proposal_id,
        "version": cell.version,
        "revision": cell.revision,
        "state": cell.state.value if cell.state else "",
        "words": words,
        "symbol": cell.symbol,
        "shown": shown,
        "typed": escape(cell.amount.typed),
        "open": "ja" if cell.may_type else "",
    }
    attributes = "".join(f' data-{name}="{value}"' for name, value in known.items() if value)
    text = f'<span class="grid__value">{shown}</span>' if shown else ""
    if cell.item_id:
        label = shown or ("vul in" if cell.may_type else "geen waarde")
        text = f'<a class="grid__value" href="{here}cijfers/{cell.item_id}/">{label}</a>'
    if words:
        text += f'<span class="grid__state"><span aria-hidden="true">{cell.symbol}</span> {words}</span>'
    return f'<td class="grid__cell"{attributes}>{text}</td>'
