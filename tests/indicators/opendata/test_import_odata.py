"""``import_odata``: from a table at a service to values under way, or to published history."""

import json
from collections.abc import Callable
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from indicators.core.enumerations import ProposalState
from indicators.core.opendata.profiles import write_profile
from indicators.importing.opendata import orders
from indicators.models import Delivery, Observation, OpenDataProfile, Proposal, ProposalEdit, RoundItem, Source
from indicators.services.open_data import save_profile
from monitor.base.core.jobs import JobState
from monitor.base.core.roles import Role
from monitor.base.models import AuditRecord, Job, User
from monitor.base.services.jobs import request_cancel, run_job
from tests.factories import (
    AreaFactory,
    IndicatorFactory,
    ObservationFactory,
    PublicationFactory,
    RoundFactory,
)
from tests.indicators.opendata.profiles import prices, profile
from tests.indicators.opendata.service import Fault, Service, house_prices, trouble
from tests.workers import worker

pytestmark = pytest.mark.django_db

PLACES = {"GM0358": "Aalsmeer", "GM0197": "Aalten", "GM1680": "Aa en Hunze", "GM0059": "Achtkarspelen"}
Import = Callable[..., dict[str, Any]]


@pytest.fixture(autouse=True)
def world(settings: Any, tmp_path: Path) -> None:
    settings.DELIVERY_DIR = tmp_path / "deliveries"
    AreaFactory(code="nederland", kind="land", cbs_code="NL01")
    for code, name in PLACES.items():
        AreaFactory(code=f"gemeente-{code.lower()}", kind="gemeente", name=name, cbs_code=code)
    IndicatorFactory(code="verkoopprijs", additive=False)
    RoundFactory(code="2026-2", state="open", name="Tweede halfjaarbericht 2026")
    worker("ina", Role.INVOERDER)
    worker("bea", Role.BEHEERDER)


@pytest.fixture
def file(service: Service, tmp_path: Path) -> Path:
    """A profile of the prices of houses since 2020; regions that we do not have are left out."""
    content = prices(service.host)
    content["dimensies"]["RegioS"]["soorten"] = ["NL", "GM"]
    content["dimensies"]["RegioS"]["andere"] = "weglaten"
    content["dimensies"]["Perioden"]["vanaf"] = "2020"
    path = tmp_path / "profiel.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


@pytest.fixture
def import_(fetcher: Callable[..., Any], file: Path, monkeypatch: pytest.MonkeyPatch) -> Import:
    """Run the command against the local service; gives its JSON and its exit code."""
    monkeypatch.setattr(
        orders,
        "make_fetcher",
        lambda profile, report, stop: fetcher(write_profile(profile), report=report, stop=stop),
    )

    def run(*arguments: str, user: str = "ina", into: tuple[str, str] = ("--round", "2026-2")) -> dict[str, Any]:
        out = StringIO()
        command = ["import_odata", "83625NED", "--profile", str(file), "--json"]
        if "--dry-run" not in arguments:
            command += ["--user", user, *into]
        code = 0
        try:
            call_command(*command, *arguments, stdout=out)
        except SystemExit as exit_:
            code = int(exit_.code or 0)
        return {**json.loads(out.getvalue()), "exit": code}

    return run


def test_a_dry_run_tells_and_writes_nothing(import_: Import) -> None:
    found = import_("--dry-run")

    assert (found["new"], found["revised"], found["same"], found["refused"], found["job"]) == (30, 0, 0, [], None)
    assert not Proposal.objects.exists()
    assert not Job.objects.exists()
    assert not OpenDataProfile.objects.exists()


def test_a_table_becomes_concepts_in_the_round_each_with_its_place(import_: Import) -> None:
    found = import_()

    assert (found["stored"], found["exit"]) == (30, 0)
    proposal = Proposal.objects.get(series__area__cbs_code="GM0358", period__code="2024")
    assert proposal.value == Decimal(str(_price("GM0358", "2024JJ00")))
    assert proposal.place == "tabel 83625NED, sleutel M001534 GM0358 2024JJ00"
    assert (proposal.state, proposal.round.code, proposal.status) == (ProposalState.DRAFT, "2026-2", "definitief")
    assert proposal.source == Source.objects.get(code="open-data-83625ned")
    assert RoundItem.objects.filter(round__code="2026-2").count() == 30
    assert ProposalEdit.objects.filter(act="ingevoerd").count() == 30


def _price(region: str, period: str) -> Any:
    return next(row["Value"] for row in house_prices().cells if (row["RegioS"], row["Perioden"]) == (region, period))


def test_whoever_fetched_it_cannot_check_it(import_: Import) -> None:
    import_()
    assert Proposal.objects.first().authors == {User.objects.get(username="ina").pk}


def test_the_answers_are_kept_under_their_checksum(import_: Import, settings: Any) -> None:
    import_()

    delivery = Delivery.objects.get()
    kept = settings.DELIVERY_DIR / delivery.path
    assert kept.stat().st_size == delivery.size
    assert delivery.path == f"{delivery.sha256}.jsonl"
    assert delivery.open_data.profile.version == 1
    assert AuditRecord.objects.filter(act="open data verwerkt").count() == 1


def test_the_same_table_again_changes_nothing_and_says_so(import_: Import) -> None:
    import_()
    records = AuditRecord.objects.count()

    found = import_()

    assert (found["new"], found["same"], found["stored"]) == (0, 30, 0)
    assert Delivery.objects.count() == 1
    assert AuditRecord.objects.count() == records


def test_a_file_of_which_nothing_is_used_does_not_stay(import_: Import, settings: Any) -> None:
    import_()
    kept = list(settings.DELIVERY_DIR.iterdir())

    import_()

    assert list(settings.DELIVERY_DIR.iterdir()) == kept


def test_a_new_edition_revises_what_was_checked(import_: Import, service: Service) -> None:
    import_()
    _check_all()
    table = service.tables["83625NED"]
    table.edition += 1
    table.cells = [
        {**row, "Value": row["Value"] + 1} if row["RegioS"] == "NL01" and row["Perioden"] == "2024JJ00" else row
        for row in table.cells
    ]

    found = import_()

    assert (found["new"], found["revised"], found["same"]) == (0, 1, 29)
    proposal = Proposal.objects.get()
    assert (proposal.base_revision, proposal.change_kind) == (1, "bijstelling")
    assert proposal.reason == "Nieuwe uitgave van tabel 83625NED (2026-02-17)."


def test_a_value_that_somebody_has_under_way_is_left_alone(import_: Import, service: Service) -> None:
    import_()
    Proposal.objects.filter(period__code="2024", series__area__code="nederland").update(value=7)

    found = import_()

    assert (found["under_way"], found["same"], found["stored"]) == (1, 29, 0)


def test_figures_that_the_table_no_longer_has_are_named(import_: Import, service: Service) -> None:
    import_()
    table = service.tables["83625NED"]
    table.edition += 1
    table.cells = [row for row in table.cells if row["RegioS"] != "GM0358"]

    assert import_()["missing"] == 6


def test_a_refused_cell_stops_everything_unless_only_the_good_ones_are_wanted(
    import_: Import, service: Service
) -> None:
    table = service.tables["83625NED"]
    row = next(row for row in table.cells if (row["RegioS"], row["Perioden"]) == ("NL01", "2024JJ00"))
    table.cells[table.cells.index(row)] = row | {"Value": None, "ValueAttribute": "Vreemd"}

    found = import_()

    assert (found["exit"], found["stored"]) == (1, 0)
    assert found["refused"] == [
        {
            "sheet": "83625NED",
            "cell": "tabel 83625NED, sleutel M001534 NL01 2024JJ00",
            "code": "ontbrekend",
            "message": "In het profiel staat niet wat ‘Vreemd’ betekent. Vul dat aan onder ‘ontbrekend’.",
        }
    ]
    assert not Proposal.objects.exists()
    assert import_("--only-valid")["stored"] == 29


def test_a_beheerder_loads_it_as_published_history(import_: Import) -> None:
    PublicationFactory(code="statline-2026")

    found = import_(user="bea", into=("--publication", "statline-2026"))

    assert found["stored"] == 30
    observation = Observation.objects.get(series__area__code="nederland", period__code="2024")
    assert (observation.basis, observation.publication.code) == ("published", "statline-2026")
    assert observation.public_from is not None
    assert not Proposal.objects.exists()
    assert import_(user="bea", into=("--publication", "statline-2026"))["same"] == 30


@pytest.mark.parametrize(
    ("user", "into", "says"),
    [
        ("niemand", ("--round", "2026-2"), "wie dit doet"),
        ("ina", (), "Kies een ronde"),
        ("ina", ("--round", "2026-2", "--publication", "x"), "niet allebei"),
        ("ina", ("--publication", "x"), "is werk van een beheerder"),
        ("bea", ("--publication", "x"), "Publicatie ‘x’ bestaat niet"),
        ("ina", ("--round", "1999-1"), "Ronde ‘1999-1’ bestaat niet"),
        ("lezer", ("--round", "2026-2"), "is werk van een"),
    ],
)
def test_wrong_use_is_told_and_stores_nothing(import_: Import, user: str, into: tuple[str, str], says: str) -> None:
    worker("lezer", Role.RAADPLEGER)

    with pytest.raises(CommandError, match=says) as refusal:
        import_(user=user, into=into)

    assert refusal.value.returncode == 2
    assert not Proposal.objects.exists()
    assert not Observation.objects.exists()


def test_a_closed_round_takes_nothing(import_: Import) -> None:
    RoundFactory(code="2025-1", state="gesloten", name="Oud")
    with pytest.raises(CommandError, match="‘Oud’ is niet open"):
        import_(into=("--round", "2025-1"))


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["47008NED"], "is voor tabel 83625NED"),
        (["83625NED", "--service", "v3"], "is voor dienst v4"),
    ],
)
def test_a_profile_of_another_table_is_refused(file: Path, arguments: list[str], says: str) -> None:
    with pytest.raises(CommandError, match=says):
        call_command("import_odata", *arguments, "--profile", str(file), "--dry-run")


def test_a_profile_that_does_not_exist_is_named_with_those_that_do(file: Path) -> None:
    save_profile(profile=profile(prices()))
    with pytest.raises(CommandError, match=r"Profiel ‘x’ bestaat niet. Er zijn: koopwoningen"):
        call_command("import_odata", "83625NED", "--profile", "x", "--dry-run")


def test_an_unknown_indicator_is_refused_with_what_to_do(import_: Import, file: Path) -> None:
    content = json.loads(file.read_text(encoding="utf-8"))
    content["maten"]["M001534"]["indicator"] = "bestaat-niet"
    file.write_text(json.dumps(content), encoding="utf-8")

    found = import_("--dry-run")

    assert {one["code"] for one in found["refused"]} == {"indicator"}
    assert "Maak de indicator, of pas het profiel aan." in found["refused"][0]["message"]


def test_profiles_are_versions_and_come_out_as_they_went_in() -> None:
    first = save_profile(profile=profile(prices()))
    again = save_profile(profile=profile(prices()))
    second = save_profile(profile=profile(prices(titel="Anders")))
    out = StringIO()

    call_command("export_odata_profile", "koopwoningen", stdout=out)

    assert (first.pk, second.version) == (again.pk, 2)
    assert profile(json.loads(out.getvalue())) == profile(prices(titel="Anders"))


def test_a_failing_service_fails_the_job_with_a_sentence(import_: Import, service: Service) -> None:
    service.faults = [Fault("Observations", trouble(500), times=99)]

    with pytest.raises(CommandError, match="na 6 pogingen niet op te halen"):
        import_()

    assert Job.objects.get().state == JobState.MISLUKT
    service.faults.clear()
    assert import_()["stored"] == 30


def test_a_job_can_be_stopped_half_way_and_goes_on_later(
    import_: Import, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = orders.make_fetcher

    def stopped_on_the_way(profile_: Any, report: Any, stop: Callable[[], None]) -> Any:
        def look() -> None:
            if sum("Observations" in path for path in service.asked) == 1:
                request_cancel(job_id=Job.objects.get().pk)
            stop()

        return whole(profile_, report, look)

    service.tables["83625NED"].page = 10
    with monkeypatch.context() as patch:
        patch.setattr(orders, "make_fetcher", stopped_on_the_way)
        with pytest.raises(CommandError, match="geannuleerd"):
            import_()
    asked = len(service.asked)

    assert Job.objects.get().state == JobState.GEANNULEERD
    assert not Proposal.objects.exists()
    assert import_()["stored"] == 30
    again = [path for path in service.asked[asked:] if "Observations" in path]
    assert all("skiptoken" in path for path in again)


def _check_all() -> None:
    """Every value under way becomes a figure, as a second person's check does."""
    for proposal in Proposal.objects.select_related("series", "period"):
        ObservationFactory(
            series=proposal.series,
            period=proposal.period,
            value=proposal.value,
            decimals=proposal.decimals,
            status=proposal.status,
            source=proposal.source,
        )
    Proposal.objects.all().delete()


def test_the_round_lists_what_was_fetched_and_gives_the_file(import_: Import, client: Client) -> None:
    import_()
    delivery = Delivery.objects.get()
    client.force_login(User.objects.get(username="ina"))

    listed = client.get("/rondes/2026-2/aanleveringen/").content.decode()
    decided = client.get(f"/rondes/2026-2/aanleveringen/{delivery.pk}/").content.decode()
    file = client.get(f"/rondes/2026-2/aanleveringen/{delivery.pk}/bestand/")

    assert "83625NED.jsonl" in listed
    assert "83625NED.jsonl" in decided
    assert len(b"".join(file) if file.streaming else file.content) == delivery.size


def test_the_worker_can_do_it_later(import_: Import, file: Path) -> None:
    found = import_("--later")

    job = Job.objects.get(pk=found["job"])
    assert (job.kind, job.state) == (orders.JOB_KIND, JobState.WACHT)
    assert run_job(job.pk) is JobState.KLAAR
    assert Proposal.objects.count() == 30


def test_the_same_order_that_is_still_open_is_not_done_twice(import_: Import) -> None:
    first, second = import_("--later"), import_("--later")
    assert first["job"] == second["job"]
