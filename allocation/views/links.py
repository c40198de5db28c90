"""Where the outcome of a job of the strength allocation can be seen."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from monitor.base.core.pages import ResultLink


def link_to_refit(parameters: Mapping[str, Any], result: Mapping[str, Any]) -> ResultLink | None:
    """The page of the refit that was made."""
    return ResultLink("Naar de herschatting", reverse("allocation-refit", args=[parameters["order"]]))


def link_to_intervals(parameters: Mapping[str, Any], result: Mapping[str, Any]) -> ResultLink | None:
    """The page with the intervals that were computed."""
    return ResultLink("Naar de marges", reverse("allocation-intervals", args=[parameters["model"]]))
