"""What every page needs: navigation, search, theme."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.template.context import Context
from django.urls import reverse

from monitor.base.core.pages import navigation_for, search_url_name
from monitor.base.core.roles import Role

register = template.Library()


@dataclass(frozen=True)
class NavigationLink:
    label: str
    url: str
    is_current: bool


def _roles(context: Context) -> frozenset[Role]:
    user = context.get("user")
    return user.roles if user is not None and user.is_authenticated else frozenset()


@register.simple_tag(takes_context=True)
def navigation(context: Context) -> list[NavigationLink]:
    """The main navigation as this reader sees it. Works on error pages too, where there is no request."""
    request = context.get("request")
    path = request.path if request is not None else ""
    return [
        NavigationLink(item.label, reverse(item.url_name), path.startswith(item.prefix))
        for item in navigation_for(_roles(context))
    ]


@register.simple_tag
def search_url() -> str:
    """The address of the search page; empty when no app offers one."""
    name = search_url_name()
    return reverse(name) if name else ""


@register.simple_tag
def theme_stylesheet() -> str:
    """The static path of the organisation's own theme; empty when it uses the neutral one."""
    return str(getattr(settings, "MONITOR_THEME_CSS", ""))


@register.simple_tag
def page_numbers(page: Page[Any]) -> list[int | str]:
    """The numbers to show under a list; an ellipsis where some are left out."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))
