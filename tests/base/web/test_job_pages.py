"""Jobs on screen: who sees which, how far they are, stopping them."""

import pytest
from django.utils import timezone

from monitor.base.core import pages
from monitor.base.core.jobs import JobState
from monitor.base.core.roles import Role
from monitor.base.models import Job, RoleAssignment, User


@pytest.fixture
def owner(db):
    return User.objects.create_user("eigenaar", first_name="Ena", last_name="Eigenaar")


def make_job(owner: User, state: JobState = JobState.WACHT, **fields) -> Job:
    final = {"finished_at": timezone.now()} if state.is_final else {}
    lease = {"lease_until": timezone.now()} if state is JobState.LOOPT else {}
    return Job.objects.create(
        kind="proef", label="Rapport maken", requested_by=owner, state=state, **{**final, **lease, **fields}
    )


def test_a_stranger_must_sign_in(client, owner):
    job = make_job(owner)
    for path in ("/taken/", f"/taken/{job.pk}/", f"/taken/{job.pk}/stand/"):
        assert client.get(path).status_code == 302


def test_somebody_else_does_not_see_the_job_and_cannot_stop_it(client, owner):
    job = make_job(owner)
    client.force_login(User.objects.create_user("ander"))
    assert "Rapport maken" not in client.get("/taken/").content.decode()
    assert client.get(f"/taken/{job.pk}/").status_code == 404
    assert client.post(f"/taken/{job.pk}/stoppen/").status_code == 404
    job.refresh_from_db()
    assert not job.cancel_requested


def test_a_beheerder_sees_the_jobs_of_everybody(client, owner):
    make_job(owner)
    manager = User.objects.create_user("beheer")
    RoleAssignment.objects.create(user=manager, role=Role.BEHEERDER)
    client.force_login(manager)
    text = client.get("/taken/").content.decode()
    assert "Rapport maken" in text
    assert "Ena Eigenaar" in text


def test_a_running_job_shows_its_phase_and_how_far_it_is(client, owner):
    job = make_job(owner, JobState.LOOPT, phase="Grafieken tekenen", done=4, total=13)
    client.force_login(owner)
    text = client.get(f"/taken/{job.pk}/").content.decode()
    assert "Grafieken tekenen: 4 van 13" in text
    assert 'max="13" value="4"' in text
    assert 'hx-trigger="every 2s"' in text
    assert "Ververs deze pagina" in text


def test_polling_goes_on_while_it_runs_and_ends_when_it_is_final(client, owner):
    job = make_job(owner, JobState.LOOPT, phase="Lezen")
    client.force_login(owner)
    answer = client.get(f"/taken/{job.pk}/stand/", headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "<html" not in answer.content.decode()
    Job.objects.filter(pk=job.pk).update(state=JobState.KLAAR, finished_at=timezone.now(), lease_until=None)
    answer = client.get(f"/taken/{job.pk}/stand/", headers={"HX-Request": "true"})
    assert answer.status_code == 286
    assert "De taak is klaar." in answer.content.decode()


def test_without_script_the_state_leads_to_the_whole_page(client, owner):
    job = make_job(owner)
    client.force_login(owner)
    assert client.get(f"/taken/{job.pk}/stand/").url == f"/taken/{job.pk}/"


def test_a_failed_job_says_why(client, owner):
    job = make_job(owner, JobState.MISLUKT, error="Chromium ontbreekt. Installeer het.")
    client.force_login(owner)
    text = client.get(f"/taken/{job.pk}/").content.decode()
    assert "Chromium ontbreekt. Installeer het." in text
    assert "hx-get" not in text


def test_a_finished_job_links_to_what_it_made(client, owner, monkeypatch):
    monkeypatch.setattr(
        pages, "_result_linkers", {"proef": lambda parameters, result: pages.ResultLink("Bekijk het", "/daar/")}
    )
    job = make_job(owner, JobState.KLAAR, result={})
    client.force_login(owner)
    assert 'href="/daar/">Bekijk het</a>' in client.get(f"/taken/{job.pk}/").content.decode()


def test_stopping_is_asked_once_and_a_final_job_stays_as_it_is(client, owner):
    waiting, ready = make_job(owner), make_job(owner, JobState.KLAAR)
    client.force_login(owner)
    assert client.get(f"/taken/{waiting.pk}/stoppen/").status_code == 405
    client.post(f"/taken/{waiting.pk}/stoppen/")
    waiting.refresh_from_db()
    assert waiting.state == JobState.GEANNULEERD
    text = client.post(f"/taken/{ready.pk}/stoppen/", follow=True).content.decode()
    assert "Deze taak was al afgelopen." in text
    ready.refresh_from_db()
    assert ready.state == JobState.KLAAR


@pytest.mark.parametrize("amount", [1, 20])
def test_the_list_takes_the_same_statements_for_any_number_of_jobs(client, owner, amount, django_assert_num_queries):
    for _ in range(amount):
        make_job(owner)
    client.force_login(owner)
    with django_assert_num_queries(5):
        client.get("/taken/")
