"""Pages of a list as an answer, with links to the other pages."""

from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from monitor.base.api.fields import CamelCase
from monitor.base.core.paging import Page


class Link(CamelCase):
    """Waar iets staat."""

    href = serializers.URLField()


class PageLinks(CamelCase):
    """De andere bladzijden; op de eerste is er geen vorige (prev), op de laatste geen volgende (next)."""

    self = Link()
    first = Link()
    prev = Link(required=False)
    next = Link(required=False)
    last = Link()


class ListAnswer(CamelCase):
    """One page of a list. Subclasses say what ``resultaten`` are."""

    aantal = serializers.IntegerField(help_text="Hoeveel resultaten er op alle bladzijden samen zijn.")
    pagina = serializers.IntegerField()
    pagina_grootte = serializers.IntegerField()
    aantal_paginas = serializers.IntegerField()
    _links = PageLinks()


def list_answer(request: Request, page: Page[Any], shape: type[ListAnswer], **more: Any) -> Response:
    """The page in its shape. Raises ``NotFound`` for a page past the last; ``more`` are further fields of the shape."""
    if not page.exists:
        raise NotFound(f"Pagina {page.request.number} bestaat niet: de laatste is pagina {page.last_number}.")
    content = {
        "aantal": page.total,
        "pagina": page.request.number,
        "pagina_grootte": page.request.size,
        "aantal_paginas": page.last_number,
        "_links": _links(request, page),
        "resultaten": page.items,
        **more,
    }
    return Response(shape(content).data)


def _links(request: Request, page: Page[Any]) -> dict[str, dict[str, str]]:
    number, last = page.request.number, page.last_number
    wanted = {"self": number, "first": 1, "prev": number - 1, "next": number + 1, "last": last}
    return {name: {"href": _page_url(request, other)} for name, other in wanted.items() if 1 <= other <= last}


def _page_url(request: Request, number: int) -> str:
    query = request.query_params.copy()
    query["pagina"] = str(number)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
