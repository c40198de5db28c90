"""Figures of all municipalities, as pages show them. The figures are invented."""

from decimal import Decimal

from indicators.core.enumerations import Certainty, Status
from indicators.core.periods import parse_period
from indicators.importing.area_files import read_area_files
from indicators.models import Publication
from indicators.queries.areas import load_division
from indicators.services.areas import load_areas
from indicators.services.catalogue import SeriesIdentity, save_periods, save_series
from indicators.services.published import PublishedValue, record_published
from monitor.base.core.dates import start_of_day

MUNICIPAL = "misdrijven-geregistreerd"
PERIOD = "2017"


def fill_municipalities() -> None:
    """All municipalities since 2013, and a figure of each that there was in 2017."""
    files = read_area_files()
    load_areas(municipalities=files.municipalities, successions=files.successions)
    period = parse_period(PERIOD)
    assert period.start is not None
    areas = sorted(load_division().areas_on(period.start))
    identities = {area: SeriesIdentity(MUNICIPAL, area, "realisatie") for area in areas}
    series, periods = save_series(identities.values()), save_periods([period])
    publication = Publication.objects.order_by("-date")[0]
    moment = start_of_day(publication.date)
    record_published(
        [
            PublishedValue(
                series_id=series[identities[area].key],
                period_id=periods[PERIOD],
                value=Decimal(100 + number),
                publication_id=publication.pk,
                known_from=moment,
                public_from=moment,
                decimals=0,
                status=Status.FINAL,
                certainty=Certainty.CERTAIN,
            )
            for number, area in enumerate(areas)
        ]
    )
