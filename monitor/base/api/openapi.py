"""The description of the API: what the generator cannot know about every answer, and the address that serves it."""

from functools import cache
from typing import Any

from django.conf import settings
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer
from drf_spectacular.utils import extend_schema
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from monitor.base.api.problems import DETAILS, MEDIA_TYPE, TITLES, problem
from monitor.base.api.views import ReadView

BASE_PATH = "/api/v1"
_VERSION_HEADER = {
    "API-Version": {
        "description": "Het volledige versienummer van de API.",
        "schema": {"type": "string", "pattern": r"^\d+\.\d+\.\d+$"},
        "required": True,
    }
}


# RFC 9457; ``errors`` as the NL API Design Rules have it (core/error-handling/invalid-input).
_TEXT = {"type": "string"}
_PROBLEM_SCHEMAS = {
    "Problem": {
        "type": "object",
        "description": "Wat er mis is, volgens RFC 9457.",
        "properties": {
            "title": _TEXT | {"description": "De soort fout."},
            "status": {"type": "integer", "minimum": 400, "maximum": 599, "description": "De HTTP-status."},
            "detail": _TEXT | {"description": "Wat er mis is en wat wel kan."},
            "errors": {"type": "array", "items": {"$ref": "#/components/schemas/InputError"}},
        },
        "required": ["title", "status", "detail"],
    },
    "InputError": {
        "type": "object",
        "description": "Een parameter die niet klopt.",
        "properties": {
            "in": _TEXT | {"enum": ["query"]},
            "location": {
                "type": "object",
                "properties": {"name": _TEXT | {"description": "De naam van de parameter."}},
                "required": ["name"],
            },
            "code": _TEXT | {"description": "Een vast woord voor programma's, zoals unknown, invalid of repeated."},
            "detail": _TEXT | {"description": "Wat er mis is en wat wel kan."},
        },
        "required": ["in", "location", "code", "detail"],
    },
}


def describe_answers(result: dict[str, Any], generator: Any, **kwargs: Any) -> dict[str, Any]:
    """A postprocessing hook: the version header on every answer, and the problems that every address can give."""
    schemas = result.setdefault("components", {}).setdefault("schemas", {})
    result["components"]["schemas"] = dict(sorted((schemas | _PROBLEM_SCHEMAS).items()))
    for operations in result["paths"].values():
        for operation in operations.values():
            statuses = (400, 404, 406, 500) if operation.get("parameters") else (406, 500)
            for status in statuses:
                operation["responses"].setdefault(str(status), _problem_response(status))
            for response in operation["responses"].values():
                response["description"] = response["description"] or "Gevonden."
                response["headers"] = response.get("headers", {}) | _VERSION_HEADER
            operation["responses"] = dict(sorted(operation["responses"].items()))
    _drop_marks(result)
    return result


def _problem_response(status: int) -> dict[str, Any]:
    return {
        "description": f"{TITLES[status]}. {DETAILS[status]}",
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}, "example": problem(status)}},
    }


def _drop_marks(part: Any) -> None:
    """The generator marks lists of words for a step that we do not use."""
    if isinstance(part, dict):
        part.pop("x-spec-enum-id", None)
    for child in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        _drop_marks(child)


@cache
def _description() -> dict[str, Any]:
    """Made once per process: it depends on the code alone."""
    made: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return made


@extend_schema(exclude=True)
class OpenApiView(ReadView):
    """The description itself; its server is the one that was asked, unless the settings name another."""

    renderer_classes = [JSONRenderer, OpenApiJsonRenderer]

    def get(self, request: Request) -> Response:
        server = settings.PUBLIC_URL or request.build_absolute_uri("/").rstrip("/")
        return Response({**_description(), "servers": [{"url": f"{server}{BASE_PATH}"}]})
