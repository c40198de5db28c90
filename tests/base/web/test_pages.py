"""The frame that every page stands in: policy, navigation, search, theme, error pages, extension points."""

import re

import pytest
from django.test import Client, RequestFactory
from django.views import defaults

from monitor.base.core import pages
from monitor.base.core.roles import Role
from monitor.base.models import RoleAssignment, User


@pytest.fixture
def fresh_registry(monkeypatch):
    """The extension points as if no app had registered anything."""
    monkeypatch.setattr(pages, "_navigation", {})
    monkeypatch.setattr(pages, "_panels", {})
    monkeypatch.setattr(pages, "_result_linkers", {})
    monkeypatch.setattr(pages, "_search", [])
    return pages


def test_a_page_without_an_account_costs_no_statement_and_sets_no_cookie(
    client, db, fresh_registry, django_assert_num_queries
):
    with django_assert_num_queries(0):
        answer = client.get("/")
    assert answer.status_code == 200
    assert not answer.cookies


def test_the_policy_allows_our_own_files_only(client, db):
    policy = client.get("/aanmelden/").headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("path", ["/", "/aanmelden/", "/bestaat-niet/"])
def test_no_page_holds_a_script_or_style_of_its_own(client, db, path):
    text = client.get(path).content.decode()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"(src|href)=\"(https?:)?//", text)


def test_a_page_is_dutch_has_one_heading_and_a_way_to_its_content(client, db):
    text = client.get("/aanmelden/").content.decode()
    assert '<html lang="nl"' in text
    assert text.count("<h1") == 1
    assert 'href="#inhoud"' in text
    assert '<main id="inhoud"' in text


def test_navigation_shows_what_the_roles_of_the_reader_allow(client, db, fresh_registry):
    fresh_registry.register_navigation(pages.NavigationItem("Tweede", "sign-in", 20, "/aanmelden/"))
    fresh_registry.register_navigation(
        pages.NavigationItem("Eerste", "profile", 10, "/account/", frozenset({Role.REDACTEUR}))
    )
    assert "Eerste" not in client.get("/").content.decode()
    user = User.objects.create_user("r")
    RoleAssignment.objects.create(user=user, role=Role.REDACTEUR)
    client.force_login(user)
    text = client.get("/").content.decode()
    assert text.index("Eerste") < text.index("Tweede")


def test_the_current_part_of_the_site_is_marked(client, db, fresh_registry):
    fresh_registry.register_navigation(pages.NavigationItem("Aanmeldpagina", "sign-in", 20, "/aanmelden/"))
    assert 'aria-current="true">Aanmeldpagina' in client.get("/aanmelden/").content.decode()
    assert 'aria-current="true"' not in client.get("/").content.decode()


def test_search_is_offered_when_an_app_answers_it(client, db, fresh_registry):
    assert 'role="search"' not in client.get("/aanmelden/").content.decode()
    fresh_registry.register_search("jobs")
    assert '<form class="search site-header__search" role="search" action="/taken/"' in (
        client.get("/aanmelden/").content.decode()
    )


def test_home_shows_the_panels_in_their_order(client, db, fresh_registry):
    fresh_registry.register_home_panel(
        pages.HomePanel(20, "components/alert.html", lambda user: {"text": "niet gebruikt"})
    )
    seen = []
    fresh_registry.register_home_panel(
        pages.HomePanel(10, "components/breadcrumb.html", lambda user: seen.append(user) or {})
    )
    text = client.get("/").content.decode()
    assert text.index("Kruimelpad") < text.index("utrecht-alert--info")
    assert len(seen) == 1


def test_an_own_theme_comes_after_the_neutral_one(client, db, settings):
    settings.MONITOR_THEME_CSS = "ministerie/thema.css"
    text = client.get("/aanmelden/").content.decode()
    assert text.index("base/css/tokens.css") < text.index("/static/ministerie/thema.css") < text.index("layout.css")


def test_a_result_link_needs_a_result_and_somebody_who_knows_where_it_is(fresh_registry):
    fresh_registry.register_job_result("soort", lambda parameters, result: pages.ResultLink("Bekijk", result["url"]))
    assert fresh_registry.result_link("soort", {}, {"url": "/x/"}) == pages.ResultLink("Bekijk", "/x/")
    assert fresh_registry.result_link("soort", {}, None) is None
    assert fresh_registry.result_link("andere", {}, {"url": "/x/"}) is None


def test_a_page_that_is_not_there_says_so_in_dutch(client, db):
    answer = client.get("/bestaat-niet/")
    assert answer.status_code == 404
    assert "Deze pagina is er niet" in answer.content.decode()


def test_an_expired_form_is_explained(db):
    answer = Client(enforce_csrf_checks=True).post("/aanmelden/", {"username": "x"})
    assert answer.status_code == 403
    assert "Het formulier is verlopen" in answer.content.decode()


def test_a_fault_of_ours_is_told_without_needing_the_database(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        answer = defaults.server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "Er ging iets mis" in answer.content.decode()


def test_a_bad_request_is_explained(db):
    answer = defaults.bad_request(RequestFactory().get("/"), Exception())
    assert "Dit verzoek klopt niet" in answer.content.decode()
