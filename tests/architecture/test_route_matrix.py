"""Who may do what, on every route of the monitor: roles × acts × situations. The rules stand in ``route_rules``."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from indicators.models import Proposal
from monitor.base.core.roles import Role
from monitor.base.models import AuditRecord, User
from tests.architecture.route_rules import (
    ADMINISTRATION,
    ALL_ROLES,
    CALCULATORS,
    WORKERS,
    Act,
    Look,
    Route,
    Situation,
)
from tests.architecture.route_rules import ROUTES as OTHER_ROUTES
from tests.architecture.route_world import World, account, build, everything
from tests.architecture.sheet_rules import OWN_SHEETS

pytestmark = pytest.mark.django_db

ROUTES = (*OTHER_ROUTES, *OWN_SHEETS)
ACTS = [pytest.param(route, act, id=f"{route.name}: {act.name}") for route in ROUTES for act in route.acts]
REFUSED = [
    pytest.param(route, act, situation, status, id=f"{route.name}: {act.name}, {situation}")
    for route in ROUTES
    for act in route.acts
    for situation, status in act.refused.items()
    if isinstance(status, int)  # else it says why this cannot be
]
EACH_ROUTE = pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
MAY_LOOK = {
    Look.EVERYBODY: ALL_ROLES,
    Look.SIGNED_IN: ALL_ROLES,
    Look.WORKERS: WORKERS,
    Look.ADMINISTRATORS: {Role.BEHEERDER},
    Look.CALCULATORS: CALCULATORS,
    Look.OWNER: {Role.REDACTEUR, Role.BEHEERDER},
    Look.NOBODY: set(),
}


@pytest.fixture
def world(db, settings, tmp_path) -> World:
    settings.OUTPUT_DIR = tmp_path
    return build(tmp_path)


def all_routes() -> dict[str, str]:
    """Every route of the monitor: its name, or its address when it has none."""
    return {name or address: address for name, address in _routes(get_resolver(), "", "")}


def _routes(resolver: URLResolver, prefix: str, space: str) -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _routes(entry, address, f"{space}{entry.namespace}:" if entry.namespace else space)
        elif isinstance(entry, URLPattern):
            yield f"{space}{entry.name}" if entry.name else "", address


def test_every_route_has_a_rule_and_every_rule_a_route():
    named = {name for name, address in all_routes().items() if not address.startswith(ADMINISTRATION)}
    assert {route.name for route in ROUTES} == named
    assert len(ROUTES) == len(named)


def test_every_act_says_what_each_situation_means():
    silent = [
        f"{route.name}: {act.name}" for route in ROUTES for act in route.acts if set(act.refused) != set(Situation)
    ]
    assert silent == []


# --- looking ----------------------------------------------------------------------------------------------------------


@EACH_ROUTE
def test_who_may_look_sees_the_page_and_who_may_not_is_refused(world, route):
    for role in Role:
        records = AuditRecord.objects.count()
        answer = world.client(role).get(world.fill(route.path))
        where = f"{route.name} for {role}"
        if route.look is Look.NOBODY:
            assert answer.status_code == 405, where
        elif role in MAY_LOOK[route.look]:
            assert answer.status_code in route.status, where
        else:
            assert answer.status_code == (404 if route.look is Look.OWNER else 403), where
            assert sentence(answer), where
            assert AuditRecord.objects.count() == records + (answer.status_code == 403), where


@EACH_ROUTE
def test_without_an_account_one_sees_what_is_public_and_is_asked_to_sign_in_for_the_rest(world, route):
    answer = world.client(None).get(world.fill(route.path))
    if route.look is Look.EVERYBODY:
        assert answer.status_code in route.status
    elif route.name not in ("sign-out",):
        assert answer.status_code in (302, 405)
        assert answer.status_code == 405 or answer["Location"].startswith("/aanmelden/")


# --- doing ------------------------------------------------------------------------------------------------------------


def post(world: World, client: Client, route: Route, act: Act):
    path, data = world.fill(act.path or route.path), world.fill(dict(act.data))
    if act.settings.get("empty"):
        Proposal.objects.all().delete()
    if act.content_type:
        return client.post(path, data, content_type=act.content_type)
    return client.post(path, data)


@pytest.mark.parametrize(("route", "act"), ACTS)
@pytest.mark.parametrize("role", Role)
def test_an_act_is_for_its_roles_only(world, route, act, role):
    if role in act.roles:
        if act.settings.get("works", True):
            answer = post(world, world.client(role), route, act)
            assert answer.status_code < 400, sentence(answer)
        return
    expect_refusal(world, world.people[role], route, act, {403, 404})


@pytest.mark.parametrize(("route", "act"), ACTS)
def test_an_act_is_for_those_with_an_account_only(world, route, act):
    before = everything()
    answer = world.client(None).post(world.fill(act.path or route.path), world.fill(dict(act.data)))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/aanmelden/")
    assert everything() == before
    assert not AuditRecord.objects.exists()


@pytest.mark.parametrize(("route", "act", "situation", "status"), REFUSED)
def test_an_act_is_refused_where_the_situation_forbids_it(world, route, act, situation, status):
    role = sorted(act.roles)[-1]
    user = world.people[role]
    if act.settings.get("empty"):
        Proposal.objects.all().delete()
    match situation:
        case Situation.CLOSED_ROUND:
            world.close_round()
        case Situation.OTHER_THEME:
            user = world.somebody_of_another_theme(role)
        case Situation.FORGED_ID:
            world.forge()
        case Situation.STALE_VERSION:
            world.change_everything_in_between()
        case Situation.OWN_VALUE:
            world.make_author(user)
    expect_refusal(world, user, route, act, {status})


def expect_refusal(world: World, user: User, route: Route, act: Act, statuses: set[int]) -> None:
    """Refused with one of the statuses and a Dutch sentence; nothing changed; one record on this person's name."""
    if act.settings.get("empty"):
        Proposal.objects.all().delete()
    client = world.client(user)
    before, records = everything(), AuditRecord.objects.count()
    answer = post(world, client, route, act)
    assert answer.status_code in statuses, f"{answer.status_code}: {sentence(answer)}"
    assert sentence(answer)
    assert everything() == before
    assert AuditRecord.objects.count() == records + 1
    record = AuditRecord.objects.latest("number")
    assert (record.outcome, record.actor_name) == ("geweigerd", user.get_username())
    assert record.detail["reden"]


# --- the administration -----------------------------------------------------------------------------------------------


ADMIN_ROUTES = sorted(address for address in all_routes().values() if address.startswith(ADMINISTRATION))


def admin_path(address: str) -> str:
    """An address with numbers in the place of its parameters."""
    plain = re.sub(r"\(\?P<app_label>[^)]*\)|\(\?P<url>[^)]*\)", "base", address.replace("^", "").replace("$", ""))
    return "/" + re.sub(r"<[^>]*>", "1", plain)


def test_the_administration_is_closed_to_everybody_but_administrators(world):
    paths = {admin_path(address) for address in ADMIN_ROUTES} - {"/beheer/login/", "/beheer/logout/"}
    assert len(paths) > 20
    others = [world.client(role) for role in sorted(ALL_ROLES - {Role.BEHEERDER})]
    before = everything()
    for client in others:
        assert {path: client.get(path).status_code for path in paths} == dict.fromkeys(paths, 403)
        assert {path: client.post(path).status_code for path in paths} == dict.fromkeys(paths, 403)
    visitor = world.client(None)
    assert {path: visitor.post(path).status_code for path in paths} == dict.fromkeys(paths, 302)
    assert everything() == before
    assert AuditRecord.objects.filter(outcome="geweigerd").count() == 2 * len(paths) * (len(Role) - 1)


# --- what a refusal says ----------------------------------------------------------------------------------------------


class _Words(HTMLParser):
    """The text inside the elements that tell a reader what happened."""

    def __init__(self) -> None:
        super().__init__()
        self.depth, self.texts = 0, []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        told = given.get("role") == "alert" or "nl-paragraph--lead" in (given.get("class") or "")
        if self.depth and tag not in ("br", "input", "img"):
            self.depth += 1
        elif told:
            self.depth = 1

    def handle_endtag(self, tag: str) -> None:
        self.depth = max(0, self.depth - 1)

    def handle_data(self, data: str) -> None:
        if self.depth and data.strip():
            self.texts.append(data.strip())


def sentence(answer) -> str:
    """What a refusal tells its reader: a whole sentence, on a page in an alert or lead, in data under any name."""
    if "json" in answer.headers["Content-Type"]:
        texts = [value for value in answer.json().values() if isinstance(value, str)]
    else:
        words = _Words()
        words.feed(answer.content.decode())
        texts = words.texts
        assert 'lang="nl"' in answer.content.decode()
    return next((text for text in texts if text.endswith(".") and " " in text), "")


def test_somebody_without_any_role_does_nothing(world):
    nobody = account("niemand")
    for route in ROUTES:
        for act in route.acts:
            assert post(world, world.client(nobody), route, act).status_code in (403, 404), act.name
