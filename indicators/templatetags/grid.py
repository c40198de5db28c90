"""The cells of the entry grid as HTML: two thousand of them make a template slow, so they are written here."""

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from indicators.core.grid import GridCell, GridRow

register = template.Library()


@register.simple_tag
def grid_cells(row: GridRow, round_code: str) -> SafeString:
    """The cells of a row; an asked one links to its own form, which is all there is without a script."""
    forms = reverse("round-cell", args=[round_code, 0]).removesuffix("0/")
    return format_html_join("", "{}", ((_cell(cell, forms),) for cell in row.cells))


def _cell(cell: GridCell, forms: str) -> SafeString:
    shown = cell.amount.text
    if cell.item_id:
        shown = format_html(
            '<a class="grid__value" href="{}{}/">{}</a>',
            forms,
            cell.item_id,
            shown or ("vul in" if cell.may_type else "–"),
        )
    elif shown:
        shown = format_html('<span class="grid__value">{}</span>', shown)
    words = cell.state_words
    if words:
        words = format_html(
            '<span class="grid__state"><span aria-hidden="true">{}</span> {}</span>', cell.symbol, words
        )
    return format_html(
        '<td class="grid__cell" data-series="{}" data-period="{}" data-proposal="{}" data-version="{}" '
        'data-revision="{}" data-state="{}" data-words="{}" data-symbol="{}" data-shown="{}" '
        'data-typed="{}"{}>{}{}</td>',
        cell.series_id,
        cell.period_id,
        cell.proposal_id,
        cell.version,
        cell.revision,
        cell.state or "",
        cell.state_words,
        cell.symbol,
        cell.amount.text,
        cell.amount.typed,
        SafeString(" data-open") if cell.may_type else "",
        shown,
        words,
    )
