"""Which reports printed which revisions: written when a report is made, and told where a figure is looked at."""

import pytest

from indicators.models import Observation
from indicators.queries.usages import usages_of
from reports.models import ReportFigure, ReportRun
from reports.queries.usages import usages_in_reports
from tests.reports.test_make_report import make

pytestmark = pytest.mark.usefixtures("loaded_seed")

KEY = "zeden-voorraad|nederland|realisatie|"


@pytest.fixture
def figure() -> Observation:
    """A figure of the table of pending cases."""
    return Observation.objects.filter(series__key=KEY, known_to__isnull=True).latest("period__end")


def test_a_report_keeps_the_revisions_it_printed(renderer, kept, figure):
    run = make()
    assert run.figures.filter(observation=figure).exists()
    assert run.figures.count() == run.figure_count
    (usage,) = usages_in_reports([(figure.series_id, figure.period_id)])[figure.series_id, figure.period_id]
    assert (usage.title, usage.revision, usage.url) == (
        f"{run.title}, {run.round.name}",
        figure.revision,
        "/rapporten/werkvoorraad-zeden/",
    )
    assert usage.is_public is run.is_public
    assert not usage.is_sent


def test_made_again_it_is_written_once_and_what_an_older_run_lacks_is_added(renderer, kept):
    run = make()
    before = run.figures.count()
    make()
    assert ReportFigure.objects.count() == before
    ReportFigure.objects.all().delete()
    make()
    assert (ReportRun.objects.count(), run.figures.count()) == (1, before)


def test_a_figure_in_no_report_is_not_named(renderer, kept, figure):
    make()
    absent = Observation.objects.filter(series__key="verzuim|nederland|realisatie|")[0]
    assert usages_in_reports([(absent.series_id, absent.period_id)]) == {}


def test_the_number_of_statements_does_not_grow(renderer, kept, django_assert_num_queries):
    make()
    places = list(Observation.objects.values_list("series_id", "period_id"))
    with django_assert_num_queries(2):  # publications, reports
        found = usages_of(places)
    assert any(usage.kind == "rapport" for usages in found.values() for usage in usages)
