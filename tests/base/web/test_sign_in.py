"""Signing in, signing out and the lock after too many wrong passwords."""

import pytest
from django.core.cache import cache
from django.test import Client

from monitor.base.models import User
from monitor.base.services.sign_in import MAXIMUM_FAILURES

PASSWORD = "een-lang-wachtwoord-1"


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def user(db):
    return User.objects.create_user("anna", password=PASSWORD)


def attempt(client: Client, password: str, *, name: str = "anna", address: str = "10.0.0.1", **extra: str):
    return client.post("/aanmelden/", {"username": name, "password": password}, REMOTE_ADDR=address, **extra)


def test_a_right_password_opens_the_page_that_asked_for_it(client, user):
    answer = client.get("/account/")
    assert answer.status_code == 302
    assert answer.url == "/aanmelden/?next=/account/"
    answer = client.post("/aanmelden/", {"username": "anna", "password": PASSWORD, "next": "/account/"})
    assert answer.url == "/account/"


def test_a_foreign_address_is_not_followed_after_signing_in(client, user):
    answer = client.post("/aanmelden/", {"username": "anna", "password": PASSWORD, "next": "https://elders.example/"})
    assert answer.url == "/"


def test_a_wrong_password_is_told_in_dutch_and_the_name_is_kept(client, user):
    answer = attempt(client, "fout")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "De gebruikersnaam of het wachtwoord klopt niet" in text
    assert 'value="anna"' in text


def test_empty_fields_are_named(client, db):
    text = client.post("/aanmelden/", {}).content.decode()
    assert "Vul uw gebruikersnaam in." in text
    assert "Vul uw wachtwoord in." in text
    assert 'aria-invalid="true"' in text


def test_after_ten_failures_even_the_right_password_is_refused_from_that_address(client, user):
    for _ in range(MAXIMUM_FAILURES):
        assert attempt(client, "fout").status_code == 422
    answer = attempt(client, PASSWORD)
    assert answer.status_code == 429
    assert "Wacht 15 minuten" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_the_lock_does_not_hit_the_same_name_elsewhere_or_another_name_there(client, user):
    User.objects.create_user("bert", password=PASSWORD)
    for _ in range(MAXIMUM_FAILURES):
        attempt(client, "fout")
    assert attempt(Client(), PASSWORD, address="10.0.0.2").status_code == 302
    assert attempt(Client(), PASSWORD, name="bert").status_code == 302


def test_a_name_in_capitals_counts_as_the_same_name(client, user):
    for _ in range(MAXIMUM_FAILURES):
        attempt(client, "fout", name="ANNA")
    assert attempt(client, PASSWORD).status_code == 429


def test_a_right_password_ends_the_count(client, user):
    for _ in range(MAXIMUM_FAILURES - 1):
        attempt(client, "fout")
    assert attempt(Client(), PASSWORD).status_code == 302
    assert attempt(client, "fout").status_code == 422
    assert attempt(client, PASSWORD).status_code == 302


def test_a_header_that_anybody_can_send_does_not_evade_the_lock(client, user):
    for number in range(MAXIMUM_FAILURES):
        attempt(client, "fout", HTTP_X_FORWARDED_FOR=f"192.0.2.{number}")
    assert attempt(client, PASSWORD, HTTP_X_FORWARDED_FOR="192.0.2.99").status_code == 429


def test_behind_our_own_proxy_readers_are_told_apart_by_the_address_it_noted(client, user, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    for _ in range(MAXIMUM_FAILURES):
        attempt(client, "fout", HTTP_X_FORWARDED_FOR="198.51.100.7, 192.0.2.1")
    assert attempt(Client(), PASSWORD, HTTP_X_FORWARDED_FOR="192.0.2.2").status_code == 302
    assert attempt(client, PASSWORD, HTTP_X_FORWARDED_FOR="203.0.113.5, 192.0.2.1").status_code == 429


def test_signing_out_asks_for_a_form_and_says_that_it_happened(client, user):
    client.force_login(user)
    assert client.get("/afmelden/").status_code == 405
    text = client.post("/afmelden/", follow=True).content.decode()
    assert "U bent afgemeld." in text
    assert "Aanmelden" in text


def test_a_new_password_needs_the_old_one_and_twelve_characters(client, user):
    client.force_login(user)
    wrong = {"old_password": "fout", "new_password1": "kort", "new_password2": "kort"}
    answer = client.post("/account/wachtwoord/", wrong)
    assert answer.status_code == 422
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    fresh = "nog-een-lang-woord-2"
    right = {"old_password": PASSWORD, "new_password1": fresh, "new_password2": fresh}
    answer = client.post("/account/wachtwoord/", right, follow=True)
    assert "Uw wachtwoord is gewijzigd." in answer.content.decode()
    user.refresh_from_db()
    assert user.check_password(fresh)
