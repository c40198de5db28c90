"""Indicators and their figures, to look up."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from indicators.api.parameters import (
    IndicatorListParameters,
    KnownOnParameters,
    ObservationParameters,
    criteria_of,
    vantage_of,
)
from indicators.api.shapes import IndicatorDetailShape, IndicatorList, ObservationList
from indicators.queries.catalogue_search import CatalogueDetail, CatalogueEntry, catalogue_detail, search_catalogue
from indicators.queries.observation_search import find_observations
from monitor.base.api.answers import list_answer
from monitor.base.api.parameters import page_request
from monitor.base.api.views import ReadView


def _with_links(request: Request, entry: CatalogueEntry | CatalogueDetail) -> dict[str, Any]:
    observations = reverse("api-observations", request=request)
    links = {
        "self": {"href": reverse("api-indicator", [entry.info.code], request=request)},
        "waarnemingen": {"href": f"{observations}?indicator={entry.info.code}"},
    }
    return {**vars(entry), "links": links}


class IndicatorsView(ReadView):
    parameters = IndicatorListParameters

    @extend_schema(
        operation_id="indicatorenZoeken",
        summary="Indicatoren zoeken",
        description="Wat er wordt gemeten, in de volgorde van de thema's of, met zoek, de beste treffers eerst.",
        responses=IndicatorList,
        tags=["indicatoren"],
    )
    def get(self, request: Request) -> Response:
        chosen = self.chosen
        words = (chosen[name] or "" for name in ("zoek", "thema", "programma"))
        page = search_catalogue(*words, wanted=page_request(chosen))
        return list_answer(request, page.mapped(lambda entry: _with_links(request, entry)), IndicatorList)


class IndicatorView(ReadView):
    parameters = KnownOnParameters

    @extend_schema(
        operation_id="indicatorOpvragen",
        summary="Eén indicator",
        description="Een indicator met zijn normen, trendbreuken en de reeksen waarvan er cijfers zijn.",
        responses=IndicatorDetailShape,
        tags=["indicatoren"],
    )
    def get(self, request: Request, code: str) -> Response:
        detail = catalogue_detail(code, vantage_of(request, self.chosen["bekend_op"]))
        if detail is None:
            raise NotFound(f"Indicator ‘{code}’ bestaat niet. Alle codes staan op /api/v1/indicatoren.")
        return Response(IndicatorDetailShape(_with_links(request, detail)).data)


class ObservationsView(ReadView):
    parameters = ObservationParameters

    @extend_schema(
        operation_id="waarnemingenZoeken",
        summary="Cijfers zoeken",
        description="Gecontroleerde en gepubliceerde cijfers, per reeks en periode: van elk alleen de revisie die op "
        "het gekozen moment gold. Lezingen die nog bevestigd moeten worden, staan er niet bij.",
        responses=ObservationList,
        tags=["waarnemingen"],
    )
    def get(self, request: Request) -> Response:
        chosen = self.chosen
        vantage = vantage_of(request, chosen["bekend_op"])
        page = find_observations(criteria_of(chosen), vantage, page_request(chosen))
        return list_answer(request, page, ObservationList, moment=vantage.moment, zicht=vantage.audience)
