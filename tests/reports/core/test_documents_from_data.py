"""From database to document: a revision shows everywhere, the past stays as it was, the order of rows is nothing."""

import hashlib
import os
import random
import subprocess
import sys
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from indicators.core.enumerations import Audience
from indicators.models import Observation
from indicators.services.published import PublishedValue, record_published
from monitor.base.core.dates import start_of_day
from monitor.base.core.errors import MonitorError
from reports.core.document import Document
from reports.queries.documents import load_document
from tests.indicators.seed_folder import SeedFolder
from tests.reports.core.orders import composed, order
from tests.reports.core.reading import charts, tables, text_of, tiles

ROOT = Path(__file__).resolve().parents[3]
KEY = "gtpa-incidenten|nederland|realisatie|"
REVISED_ON = date(2026, 2, 1)
THE_DAY_BEFORE = date(2026, 1, 31)


def revise(key: str, period: str, value: Decimal, *, public_on: date | None = REVISED_ON) -> Observation:
    """A revision with its reason, known from :data:`REVISED_ON`; returns the figure it follows."""
    row = Observation.objects.get(series__key=key, period__code=period, known_to__isnull=True)
    record_published(
        [
            PublishedValue(
                series_id=row.series_id,
                period_id=row.period_id,
                value=value,
                publication_id=row.publication_id or 0,
                known_from=start_of_day(REVISED_ON),
                public_from=start_of_day(public_on) if public_on else None,
                decimals=row.decimals,
                status=row.status,
                certainty=row.certainty,
                place=row.place,
                source_id=row.source_id,
                reason="De politie telde opnieuw.",
            )
        ]
    )
    return row


def shown_in(document: Document) -> tuple[str, str, str]:
    """Where the revised figure stands: in running text, in the table of its tile, in its chart."""
    paragraph = "".join(text_of(block.text) for block in document.sections[0].blocks[:1])  # type: ignore[union-attr]
    tile = next(tile for tile in tiles(document) if tile.title == "Geweld tegen politieambtenaren")
    assert tile.chart is not None
    assert text_of(tile.figure) in paragraph
    return text_of(tile.figure), tile.chart.table.rows[-1].cells[0].text, str(tile.chart.spec.series[0].values[-1])


def test_a_revision_changes_text_table_chart_and_books_together(loaded_seed: None) -> None:
    before = load_document(order("kerncijfers-politie"), Audience.INTERNAL)
    assert shown_in(before) == ("12.543", "12.543", "12543.0000")
    revise(KEY, "2024", Decimal(13000))
    after = load_document(order("kerncijfers-politie", REVISED_ON), Audience.INTERNAL)
    assert shown_in(after) == ("13.000", "13.000", "13000.0000")
    assert after.data_digest != before.data_digest
    (row,) = (
        row
        for row in after.figures
        if row.indicator == "gtpa-incidenten" and row.period == "2024" and not row.categories
    )
    assert (row.value, row.revision) == (13000, 2)


def test_a_revision_changes_the_change_that_rests_on_it(loaded_seed: None) -> None:
    revise(KEY, "2024", Decimal(1))
    after = load_document(order("kerncijfers-politie", REVISED_ON), Audience.INTERNAL)
    tile = next(tile for tile in tiles(after) if tile.title == "Geweld tegen politieambtenaren")
    assert "100,0% minder dan in 2023" in text_of(tile.change)


@pytest.mark.parametrize("audience", Audience)
def test_as_known_on_an_earlier_day_gives_the_report_of_that_day(loaded_seed: None, audience: Audience) -> None:
    was = composed(THE_DAY_BEFORE, audience)
    revise(KEY, "2024", Decimal(13000))
    assert composed(THE_DAY_BEFORE, audience) == was
    assert shown_in(was["kerncijfers-politie"])[0] == "12.543"
    assert shown_in(composed(REVISED_ON, audience)["kerncijfers-politie"])[0] == "13.000"


def test_an_embargoed_revision_is_in_the_internal_report_only(loaded_seed: None) -> None:
    revise(KEY, "2024", Decimal(13000), public_on=None)
    inside = load_document(order("kerncijfers-politie", REVISED_ON), Audience.INTERNAL)
    outside = load_document(order("kerncijfers-politie", REVISED_ON), Audience.PUBLIC)
    assert (shown_in(inside)[0], shown_in(outside)[0]) == ("13.000", "12.543")


@pytest.mark.parametrize("code", ["kerncijfers-politie", "voortgang-ondermijning", "werkvoorraad-zeden"])
def test_before_the_figures_were_published_the_report_stops_and_names_what_it_misses(
    loaded_seed: None, code: str
) -> None:
    with pytest.raises(MonitorError) as stopped:
        load_document(order(code, date(2017, 1, 1)), Audience.INTERNAL)
    assert stopped.value.message.startswith("Onderdeel ‘")
    assert "Binding ‘" in stopped.value.message
    assert "er is geen bekend cijfer voor de reeks ‘" in stopped.value.message


def test_the_order_of_the_rows_does_not_matter(seed_folder: SeedFolder, db: None) -> None:
    """Two databases, filled in another order, give equal documents: nothing follows the numbers of rows."""

    def loaded(folder: SeedFolder | None) -> dict[str, Document]:
        with transaction.atomic():
            call_command("load_figures", stdout=StringIO(), **({"folder": folder.path} if folder else {}))
            made = composed()
            transaction.set_rollback(True)
        return made

    expected = loaded(None)
    shuffler = random.Random(7)
    for name in (
        "figures",
        "facts",
        "readings",
        "indicators",
        "categories",
        "targets",
        "sources",
        "footnotes",
        "areas",
    ):
        rows = seed_folder.rows(name)
        shuffler.shuffle(rows)
        seed_folder.write(name, rows)
    for code, document in loaded(seed_folder).items():
        assert document == expected[code], code


def test_the_same_data_give_the_same_document_again(loaded_seed: None) -> None:
    assert composed() == composed()


def test_the_reading_of_a_report_takes_a_fixed_number_of_statements(
    loaded_seed: None, django_assert_max_num_queries: object
) -> None:
    for code in ("kerncijfers-politie", "voortgang-ondermijning"):
        with django_assert_max_num_queries(20):  # type: ignore[operator]
            load_document(order(code), Audience.INTERNAL)


@pytest.mark.services
def test_sqlite_and_postgresql_give_the_same_documents(loaded_seed: None, tmp_path: Path) -> None:
    """This process has PostgreSQL; another one fills a new SQLite file from the same seed."""
    assert connection.vendor == "postgresql"
    environment = os.environ | {"MONITOR_DATA_DIR": str(tmp_path), "DATA_DIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    environment |= {"DATABASE_URL": f"sqlite:///{tmp_path}/ander.sqlite3", "REDIS_URL": ""}
    answer = subprocess.run(
        [sys.executable, "-m", "tests.reports.core.print_digests"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    here = {
        code: (document.data_digest, hashlib.sha256(repr(document).encode()).hexdigest())
        for code, document in composed().items()
    }
    there = {code: tuple(digests) for code, *digests in (line.split() for line in answer.stdout.splitlines())}
    assert there == here


def test_every_table_of_the_seed_reports_has_as_many_cells_as_columns(loaded_seed: None) -> None:
    for document in composed().values():
        for item in tables(document):
            assert {len(row.cells) for row in item.rows} == {len(item.columns) - 1}, item.caption
        assert list(charts(document))
