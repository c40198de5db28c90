"""Where the outcome of a report job can be seen."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from monitor.base.core.pages import ResultLink


def link_to_run(parameters: Mapping[str, Any], result: Mapping[str, Any]) -> ResultLink | None:
    """The page of the report that was made."""
    return ResultLink("Naar het rapport", reverse("report", args=[parameters["template"]]))
