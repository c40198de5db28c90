"""What all addresses of the API have in common."""

from typing import Any, ClassVar, cast

from drf_spectacular.openapi import AutoSchema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from monitor.base.api.parameters import Parameters


class Operation(AutoSchema):
    """Documents the parameters that the view itself reads."""

    def get_override_parameters(self) -> list[Any]:
        parameters = cast(ReadView, self.view).parameters
        return [parameters] if parameters().fields else []


class ReadView(APIView):
    """Something to look up, open to everybody; what is not public the query keeps from who has not signed in.

    ``chosen`` are the query parameters by their inside names; a parameter that does not exist is refused.
    """

    permission_classes = [AllowAny]
    http_method_names = ["get", "head", "options"]
    parameters: ClassVar[type[Parameters]] = Parameters
    schema = Operation()
    chosen: dict[str, Any]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if request.method in ("GET", "HEAD"):  # of another method the method is what is wrong
            self.chosen = self.parameters.read(request.query_params)

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Which methods there are, for programs and for browsers that ask on behalf of another site."""
        return Response(
            status=204,
            headers={"Allow": "GET, HEAD, OPTIONS", "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS"},
        )
