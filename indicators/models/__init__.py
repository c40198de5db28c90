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
from indicators.models.deliveries import DataRequest, Delivery
from indicators.models.facts import Fact, FactEdit, FactProposal
from indicators.models.observations import DifferenceExplanation, Observation, ObservationFootnote
from indicators.models.open_data import OpenDataFetch, OpenDataProfile
from indicators.models.profiles import ImportProfile, SupplierCorrection
from indicators.models.proposals import Proposal, ProposalEdit
from indicators.models.rounds import Round, RoundItem, RoundStep, Supplier, ThemeAccess
from indicators.models.series import Period, Series, SeriesCategory
from indicators.models.sources import Footnote, Publication, Restatement, Source
from indicators.models.uncertain import Reading

__all__ = [
    "Area",
    "AreaMembership",
    "AreaSuccession",
    "Breakdown",
    "Category",
    "DataRequest",
    "Delivery",
    "DifferenceExplanation",
    "Fact",
    "FactEdit",
    "FactProposal",
    "Footnote",
    "ImportProfile",
    "Indicator",
    "IndicatorVersion",
    "Observation",
    "ObservationFootnote",
    "OpenDataFetch",
    "OpenDataProfile",
    "Period",
    "Proposal",
    "ProposalEdit",
    "Publication",
    "Reading",
    "Restatement",
    "Round",
    "RoundItem",
    "RoundStep",
    "Series",
    "SeriesBreak",
    "SeriesCategory",
    "Source",
    "Supplier",
    "SupplierCorrection",
    "Target",
    "Theme",
    "ThemeAccess",
]
