"""Answers that say what went wrong: ``application/problem+json`` (RFC 9457), in Dutch."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework.exceptions import APIException, MethodNotAllowed, NotAcceptable, NotFound
from rest_framework.response import Response
from rest_framework.views import exception_handler

MEDIA_TYPE = "application/problem+json"
TITLES = {
    400: "Ongeldige aanvraag",
    401: "Niet aangemeld",
    403: "Geen toegang",
    404: "Niet gevonden",
    405: "Methode niet toegestaan",
    406: "Formaat niet beschikbaar",
    500: "Interne fout",
}
DETAILS = {
    400: "De aanvraag klopt niet.",
    401: "Meld u aan en probeer het opnieuw.",
    403: "U mag dit niet opvragen.",
    404: "Dit adres bestaat niet. Wat er wel is, staat in /api/v1/openapi.json.",
    405: "Deze API is alleen om te lezen: gebruik GET of HEAD.",
    406: "Dit adres antwoordt alleen met application/json.",
    500: "Er ging iets mis aan onze kant. Probeer het later opnieuw.",
}


@dataclass(frozen=True)
class InputError:
    """What is wrong with one query parameter. ``code`` is for programs, ``detail`` for people."""

    parameter: str
    code: str
    detail: str

    def as_json(self) -> dict[str, Any]:
        return {"in": "query", "location": {"name": self.parameter}, "code": self.code, "detail": self.detail}


class InvalidInput(APIException):
    """The query parameters are not right; every one that is wrong is named."""

    status_code = 400

    def __init__(self, errors: Iterable[InputError]) -> None:
        self.errors = tuple(errors)
        super().__init__(" ".join(error.detail for error in self.errors))


def problem(status: int, detail: str = "", errors: Sequence[InputError] = ()) -> dict[str, Any]:
    """The body of a problem; without ``detail`` the usual sentence of the status."""
    known = status if status in TITLES else (500 if status >= 500 else 400)
    body: dict[str, Any] = {"title": TITLES[known], "status": status, "detail": detail or DETAILS[known]}
    if errors:
        body["errors"] = [error.as_json() for error in errors]
    return body


def problem_answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """Django REST framework's exception handler: its status and headers, our body.

    None for errors that nobody foresaw: they are logged as ever, and the middleware words the answer.
    """
    answer = exception_handler(error, context)
    if answer is None:
        return None
    errors = error.errors if isinstance(error, InvalidInput) else ()
    answer.data = problem(answer.status_code, _detail(error), errors)
    answer.content_type = MEDIA_TYPE
    return answer


def _detail(error: Exception) -> str:
    """Our own sentence where the framework's would be of no use."""
    if isinstance(error, Http404 | PermissionDenied | MethodNotAllowed | NotAcceptable):
        return ""
    if isinstance(error, NotFound) and error.detail == NotFound.default_detail:
        return ""
    return str(error.detail) if isinstance(error, APIException) else ""
