"""Open data of all municipalities: reading and mapping, planning, storing, and the page that shows them."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from indicators.core.enumerations import Status
from indicators.core.opendata import v4
from indicators.core.opendata.answers import read_json
from indicators.core.opendata.mapping import match_profile
from indicators.core.opendata.profiles import read_profile
from indicators.core.opendata.tables import Code, Dimension, Measure, Service, TableDescription, TableInfo
from indicators.importing.opendata.orders import _value
from indicators.importing.opendata.plan import plan_table
from indicators.models import Proposal
from indicators.queries.areas import areas_by_cbs_code, load_division
from indicators.queries.open_data import known_places
from indicators.services.open_data import KeptTable, save_profile, source_code, store_proposals, store_published
from monitor.base.core.roles import Role
from tests.factories import AreaFactory, IndicatorFactory, PublicationFactory, RoundFactory
from tests.indicators.areas.test_load_areas import UNITS
from tests.indicators.opendata.profiles import prices
from tests.workers import worker

YEARS = [f"{year}JJ00" for year in range(2015, 2025)]


@contextmanager
def timed(what: str) -> Iterator[None]:
    start, busy = time.perf_counter(), time.process_time()
    yield
    spent = f"{time.perf_counter() - start:.2f} s, waarvan {time.process_time() - busy:.2f} s rekenen"
    print(f"{connection.vendor}, {what}: {spent}")


@pytest.mark.bench
@pytest.mark.django_db(transaction=True)
def test_a_table_of_all_municipalities_over_ten_years(tmp_path: Path, client: Client) -> None:
    for name in UNITS:
        AreaFactory(code=f"eenheid-{name.lower().replace(' ', '-')}", kind="eenheid", name=f"Politie-eenheid {name}")
    call_command("load_areas", verbosity=0)
    IndicatorFactory(code="verkoopprijs", additive=True)
    RoundFactory(code="2026-2", state="open")
    PublicationFactory(code="statline")
    division = load_division()
    cells = [
        {
            "Id": number,
            "Measure": "M001534",
            "ValueAttribute": "None",
            "Value": number,
            "RegioS": code,
            "Perioden": year,
        }
        for number, (code, year) in enumerate(
            (code, year)
            for code, area in areas_by_cbs_code().items()
            for year in YEARS
            if code.startswith("GM") and area in division.areas_on(date(int(year[:4]), 1, 1))
        )
    ]
    body = json.dumps({"value": cells}).encode()
    profile = read_profile(prices())
    table = described({cell["RegioS"] for cell in cells})

    with timed(f"{len(cells)} cellen lezen en vertalen"):
        page = v4.read_page(read_json(body, "proef"), "83625NED", ("RegioS", "Perioden"))
        mapped = match_profile(profile, table, known_places()).rows(page.cells)
    assert len(mapped.rows) == len(cells)
    source = source_code(table.info)
    with timed("plan van alleen nieuwe cijfers"):
        plan = plan_table(mapped, table="83625NED", source=source)
    values = [_value(one) for one in plan.new]
    kept = KeptTable(table.info, save_profile(profile=profile), "x", len(body), "0" * 64)
    with timed("opslaan als concept"):
        store_proposals(by=worker("ina", Role.INVOERDER), kept=kept, values=values, round_code="2026-2", counts={})
    with timed("plan van dezelfde tabel nog eens"):
        assert plan_table(mapped, table="83625NED", source=source).changes_nothing
    Proposal.objects.all().delete()
    bea = worker("bea", Role.BEHEERDER)
    with timed("laden als gepubliceerd"):
        store_published(by=bea, kept=kept, values=values, publication_code="statline", counts={})
    for address in ("", "gemeenten/", "gemeenten/?periode=2015&indeling=nu"):
        client.get(f"/indicatoren/verkoopprijs/{address}")
        with timed(f"bladzijde /{address}"):
            assert client.get(f"/indicatoren/verkoopprijs/{address}").status_code == 200


def described(regions: set[str]) -> TableDescription:
    codes = {
        "RegioS": {code: Code(code, code) for code in regions},
        "Perioden": {year: Code(year, year[:4], status=Status.FINAL) for year in YEARS},
    }
    return TableDescription(
        TableInfo(Service.V4, "83625NED", "Proef", "1", "2026-01-01"),
        (Dimension("RegioS", "Regio's"), Dimension("Perioden", "Perioden")),
        (Measure("M001534", "M001534", "Prijs", "euro"),),
        codes,
    )
