"""What every answer of the API carries, whoever made it: also the 404 of an unknown address, the 500 of an accident."""

import json
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from monitor.base.api.problems import MEDIA_TYPE, problem

PREFIX = "/api/"
# NL API Design Rules: core/version-header, core/transport/security-headers, core/publish-openapi. Whoever reads from
# another site reads without cookies, so what is not public stays here although every origin is allowed.
HEADERS = {
    "API-Version": settings.API_VERSION,
    "Cache-Control": "no-store",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "API-Version",
}


class ApiAnswers:
    """Puts the headers on answers under ``/api/`` and makes their errors problems."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        if not request.path_info.startswith(PREFIX):
            return answer
        if answer.status_code >= 400 and not answer.headers.get("Content-Type", "").startswith(MEDIA_TYPE):
            answer = _as_problem(answer)
        for name, value in HEADERS.items():
            answer.headers[name] = value
        return answer


def _as_problem(answer: HttpResponseBase) -> HttpResponse:
    """The same status with a problem for a body; headers that belong to the old body stay behind."""
    body = json.dumps(problem(answer.status_code), ensure_ascii=False)
    made = HttpResponse(body, MEDIA_TYPE, answer.status_code)
    for name, value in answer.headers.items():
        if name not in ("Content-Type", "Content-Length", "Content-Language"):
            made.headers.setdefault(name, value)
    return made
