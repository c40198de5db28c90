"""Extension points of the shared pages: what higher apps hang in the navigation, on the home page and under a job.

Templates and views of the base never name a page of a higher app. An app registers in ``AppConfig.ready``::

    register_navigation(NavigationItem(label="Thema's", url_name="themes", order=10, prefix="/themas/"))
    register_search("indicators")
    register_home_panel(HomePanel(order=10, template="indicators/home_themes.html", load=home_themes))
    register_job_result("rapport-maken", link_to_report)

Registering the same thing again is harmless.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from monitor.base.core.roles import Role


@dataclass(frozen=True)
class NavigationItem:
    """One entry of the main navigation. Without ``roles`` everybody sees it, also without an account.

    ``prefix`` is how the addresses of this part of the site begin, so that the entry can be marked as current.
    """

    label: str
    url_name: str
    order: int
    prefix: str
    roles: frozenset[Role] = frozenset()


@dataclass(frozen=True)
class HomePanel:
    """A part of the home page: ``load`` gets the user and returns what ``template`` needs."""

    order: int
    template: str
    load: Callable[[Any], Mapping[str, object]]


@dataclass(frozen=True)
class ResultLink:
    """Where the outcome of a job can be seen."""

    label: str
    url: str


ResultLinker = Callable[[Mapping[str, Any], Mapping[str, Any]], ResultLink | None]

_navigation: dict[str, NavigationItem] = {}
_panels: dict[str, HomePanel] = {}
_result_linkers: dict[str, ResultLinker] = {}
_search: list[str] = []


def register_navigation(item: NavigationItem) -> None:
    _navigation[item.url_name] = item


def navigation_for(roles: frozenset[Role]) -> tuple[NavigationItem, ...]:
    """The entries that somebody with these roles sees, in order."""
    visible = (item for item in _navigation.values() if not item.roles or item.roles & roles)
    return tuple(sorted(visible, key=lambda item: (item.order, item.label)))


def register_search(url_name: str) -> None:
    """The page that answers ``?q=``; there is one, and the last registration counts."""
    _search[:] = [url_name]


def search_url_name() -> str:
    """The name of the search page; empty when no app offers one."""
    return _search[0] if _search else ""


def register_home_panel(panel: HomePanel) -> None:
    _panels[panel.template] = panel


def home_panels() -> tuple[HomePanel, ...]:
    return tuple(sorted(_panels.values(), key=lambda panel: (panel.order, panel.template)))


def register_job_result(kind: str, link: ResultLinker) -> None:
    """``link`` gets the parameters and the result of a finished job of this kind."""
    _result_linkers[kind] = link


def result_link(kind: str, parameters: Mapping[str, Any], result: Mapping[str, Any] | None) -> ResultLink | None:
    """The link to what a finished job made; None when there is nothing to see."""
    linker = _result_linkers.get(kind)
    if linker is None or result is None:
        return None
    return linker(parameters, result)
