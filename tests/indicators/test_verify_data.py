"""``verify_data``: clean after a load, and every planted fault is found and said in Dutch."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from indicators.core.enumerations import Audience
from indicators.core.vantage import Vantage
from indicators.models import Observation, Series, SeriesCategory
from indicators.queries.verification import published_sums
from tests.conftest import lifted_protections
from tests.factories import (
    BreakdownFactory,
    CategoryFactory,
    IndicatorFactory,
    ObservationFactory,
    PeriodFactory,
    PublicationFactory,
    SeriesFactory,
)

NOW = Vantage(timezone.now(), Audience.INTERNAL)


def verify() -> tuple[int, str]:
    """The exit code and everything that was said."""
    told = StringIO()
    try:
        call_command("verify_data", stdout=told, stderr=told)
    except SystemExit as ended:
        return int(str(ended.code)), told.getvalue()
    return 0, told.getvalue()


def plant(statement: str, *values: object) -> None:
    """Change what the triggers protect, as somebody behind their back would."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints=ON")
        try:
            with lifted_protections():
                cursor.execute(statement, values)
            assert cursor.rowcount != 0
        finally:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA ignore_check_constraints=OFF")


@pytest.mark.django_db
def test_the_data_are_clean_after_a_load(loaded_seed: None) -> None:
    assert verify() == (0, "De gegevens zijn in orde: geen problemen gevonden.\n")


@pytest.mark.django_db
def test_every_published_sum_of_the_seed_adds_up(loaded_seed: None) -> None:
    found = published_sums(NOW)
    assert len(found) > 50
    wrong = [check.sentence for check in found if not check.agrees]
    assert wrong == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("column", "told"),
    [("series_id", "reeks"), ("period_id", "periode"), ("publication_id", "publicatie"), ("source_id", "bron")],
)
def test_a_reference_to_a_row_that_is_not_there_is_found(column: str, told: str) -> None:
    row = ObservationFactory()
    plant(f"UPDATE indicators_observation SET {column} = 999999 WHERE id = %s", row.pk)
    code, said = verify()
    assert code == 1
    assert f"1 waarnemingen verwijzen naar een {told} die er niet is." in said


@pytest.mark.django_db(transaction=True)
def test_a_footnote_under_a_lost_observation_is_found() -> None:
    call_command("load_figures", stdout=StringIO())
    row = Observation.objects.filter(footnotes__isnull=False).first()
    assert row is not None
    plant("DELETE FROM indicators_observation WHERE id = %s", row.pk)
    code, said = verify()
    assert code == 1
    assert "hangen onder een waarneming die er niet is" in said


@pytest.mark.django_db(transaction=True)
def test_a_closed_figure_that_no_revision_follows_is_found() -> None:
    row = ObservationFactory(series__indicator__code="zaken")
    plant("UPDATE indicators_observation SET known_to = known_from WHERE id = %s", row.pk)
    code, said = verify()
    assert code == 1
    assert "Revisie 1 van zaken|nederland|realisatie| over 2024 is afgesloten zonder dat een revisie aansluit." in said
    assert "zaken|nederland|realisatie| over 2024 heeft 0 geldende revisies in plaats van één." in said


@pytest.mark.django_db(transaction=True)
def test_a_gap_between_two_revisions_is_found() -> None:
    first = ObservationFactory(known_to=timezone.now())
    ObservationFactory(
        series=first.series,
        revision=2,
        change_kind="correctie",
        reason="fout",
        known_from=timezone.now() + timedelta(days=1),
    )
    code, said = verify()
    assert code == 1
    assert "is afgesloten zonder dat een revisie aansluit" in said


@pytest.mark.django_db(transaction=True)
def test_a_key_that_says_something_else_than_its_references_is_found() -> None:
    series = SeriesFactory(indicator__code="zaken")
    plant("UPDATE indicators_series SET key = 'iets anders' WHERE id = %s", series.pk)
    code, said = verify()
    assert code == 1
    assert f"De sleutel van reeks {series.pk} is ‘iets anders’, maar had ‘zaken|nederland|realisatie|’ moeten" in said


@pytest.mark.django_db(transaction=True)
def test_a_class_from_another_breakdown_is_found() -> None:
    series = SeriesFactory.of_category(CategoryFactory())
    other = BreakdownFactory(code="leeftijd")
    link = SeriesCategory.objects.get(series=series)
    plant("UPDATE indicators_seriescategory SET breakdown_id = %s WHERE id = %s", other.pk, link.pk)
    code, said = verify()
    assert code == 1
    assert f"Reeks ‘{Series.objects.get().key}’ heeft een categorie uit een andere uitsplitsing." in said


@pytest.mark.django_db
@pytest.mark.parametrize(("total", "code"), [(30, 0), (31, 1), (29, 1)])
def test_a_published_total_that_its_parts_do_not_carry_is_found(total: int, code: int) -> None:
    indicator, period, publication = IndicatorFactory(code="zaken"), PeriodFactory(), PublicationFactory()
    common = {"period": period, "publication": publication}
    ObservationFactory(series=SeriesFactory(indicator=indicator), value=total, **common)
    for value in (10, 20):
        series = SeriesFactory.of_category(CategoryFactory(), indicator=indicator)
        ObservationFactory(series=series, value=value, **common)
    found, said = verify()
    assert found == code
    assert ("de 2 delen tellen op tot 30" in said) == bool(code)


@pytest.mark.django_db(transaction=True)
def test_a_broken_audit_chain_is_found() -> None:
    call_command("load_figures", stdout=StringIO())
    plant("UPDATE base_auditrecord SET subject = 'iets anders' WHERE number = 1")
    code, said = verify()
    assert code == 1
    assert "De inhoud van regel 1 klopt niet" in said
