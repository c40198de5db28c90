"""Where the outcome of a job of the shared floor can be seen."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from monitor.base.core.pages import ResultLink


def link_to_audit(parameters: Mapping[str, Any], result: Mapping[str, Any]) -> ResultLink | None:
    """The page of the audit trail, which tells what the proof found."""
    return ResultLink("Naar het logboek", reverse("audit"))
