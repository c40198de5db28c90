"""The register of pages: every page of the monitor stands here once, with who can see it. The accessibility test, the
layout test and the screenshots all read it."""

from collections.abc import Callable
from dataclasses import dataclass

from monitor.base.core.roles import Role


@dataclass(frozen=True)
class VisitedPage:
    """``path`` may be made from what the test loaded. ``act`` does something first, such as sending an empty form."""

    name: str
    path: str
    role: Role | None = None
    status: int = 200
    act: str = ""  # a CSS selector to click after opening
    wait_for: str = ""  # a CSS selector that must appear


BASE_PAGES = (
    VisitedPage("aanmelden", "/aanmelden/"),
    VisitedPage("aanmelden-met-fouten", "/aanmelden/", act="main button[type=submit]", wait_for="#fouten"),
    VisitedPage("niet-gevonden", "/bestaat-niet/", status=404),
    VisitedPage("account", "/account/", role=Role.RAADPLEGER),
    VisitedPage(
        "account-met-fouten", "/account/", role=Role.RAADPLEGER, act="main button[type=submit]", wait_for="#fouten"
    ),
    VisitedPage("taken", "/taken/", role=Role.REDACTEUR),
)

PageSource = Callable[[], tuple[VisitedPage, ...]]
