"""Tables of the figures."""

from indicators.models.areas import Area, AreaMembership, AreaSuccession
from indicators.models.catalogue import (
    Breakdown,
    Category,
    Indicator,
    IndicatorVersion,
    SeriesBreak,
    Target,
    Theme,
)
from indicators.models.observations import DifferenceExplanation, Observation, ObservationFootnote
from indicators.models.series import Period, Series, SeriesCategory
from indicators.models.sources import Footnote, Publication, Restatement, Round, Source
from indicators.models.uncertain import Fact, Reading

__all__ = [
    "Area",
    "AreaMembership",
    "AreaSuccession",
    "Breakdown",
    "Category",
    "DifferenceExplanation",
    "Fact",
    "Footnote",
    "Indicator",
    "IndicatorVersion",
    "Observation",
    "ObservationFootnote",
    "Period",
    "Publication",
    "Reading",
    "Restatement",
    "Round",
    "Series",
    "SeriesBreak",
    "SeriesCategory",
    "Source",
    "Target",
    "Theme",
]
