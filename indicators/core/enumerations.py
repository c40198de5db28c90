"""The fixed vocabularies of the data, with their Dutch labels beside them (values are what the database keeps)."""

from enum import StrEnum


class LabelledEnum(StrEnum):
    """An enumeration whose label on screen is its value with spaces for hyphens, unless told otherwise."""

    @property
    def label(self) -> str:
        return self.value.replace("-", " ")

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(member.value, member.label) for member in cls]

    @classmethod
    def codes(cls) -> list[str]:
        return [member.value for member in cls]


class AreaKind(LabelledEnum):
    COUNTRY = "land"
    UNIT = "eenheid"
    NATIONAL_UNIT = "landelijke-eenheid"
    MUNICIPALITY = "gemeente"
    OTHER = "overig"


class Variant(LabelledEnum):
    REALISED = "realisatie"
    PLAN = "plan"
    BUDGET = "begroting"
    ESTIMATE = "raming"
    GOAL = "doel"


class Status(LabelledEnum):
    PROVISIONAL = "voorlopig"
    REVISED_PROVISIONAL = "nader-voorlopig"
    FINAL = "definitief"


class Marker(LabelledEnum):
    """Why there is no value, or *nihil*: a published dash that means nothing was there. Never a silent zero."""

    NIHIL = "nihil"
    UNKNOWN = "onbekend"
    WITHHELD = "geheim"
    IMPOSSIBLE = "kan-logisch-niet-voorkomen"
    NOT_DELIVERED = "niet-geleverd"


class Qualifier(LabelledEnum):
    CIRCA = "circa"
    AMPLY = "ruim"
    NEARLY = "bijna"
    MORE_THAN = "meer-dan"
    LESS_THAN = "minder-dan"


class Certainty(LabelledEnum):
    """How sure the reading from the source is. Uncertain values are readings, never observations."""

    CERTAIN = "zeker"
    REASONED = "beredeneerd"


class ChangeKind(LabelledEnum):
    FIRST = "eerste"
    UPDATE = "bijstelling"
    METHOD = "revisie"
    CORRECTION = "correctie"


class Classification(LabelledEnum):
    PUBLIC = "openbaar"
    INTERNAL = "intern"
    CONFIDENTIAL = "vertrouwelijk"


class Basis(LabelledEnum):
    PUBLISHED = "published"
    REVIEW = "review"

    @property
    def label(self) -> str:
        return {"published": "gepubliceerd", "review": "gecontroleerd"}[self.value]


class Direction(LabelledEnum):
    HIGHER_BETTER = "hoger-beter"
    LOWER_BETTER = "lager-beter"
    NO_JUDGEMENT = "geen-oordeel"


class Measure(LabelledEnum):
    STOCK = "stand"
    FLOW = "stroom"
    SHARE = "aandeel"
    SCORE = "score"
    NONE = ""


class MoneyBasis(LabelledEnum):
    NOT_APPLICABLE = ""
    EXCLUDING_INDEXATION = "exclusief-lpo"
    INCLUDING_INDEXATION = "inclusief-lpo"

    @property
    def label(self) -> str:
        return {
            "": "",
            "exclusief-lpo": "exclusief loon- en prijsbijstelling",
            "inclusief-lpo": "inclusief loon- en prijsbijstelling",
        }[self.value]


class TargetKind(LabelledEnum):
    LEGAL = "wettelijke-norm"
    INTERNAL = "interne-streefnorm"
    SERVICE_LEVEL = "sla-norm"
    POLICY = "landelijke-beleidsdoelstelling"
    GROWTH_PATH = "groeipad"
    EFFORT = "inspanningsverplichting"

    @property
    def label(self) -> str:
        return "SLA-norm" if self is TargetKind.SERVICE_LEVEL else self.value.replace("-", " ")


class Comparator(LabelledEnum):
    AT_LEAST = ">="
    AT_MOST = "<="
    EQUAL = "="
    BETWEEN = "tussen"
    INCREASE = "toename"
    DECREASE = "afname"
    QUALITATIVE = "kwalitatief"
    DELIVERY = "oplevering"

    @property
    def label(self) -> str:
        return {">=": "ten minste", "<=": "ten hoogste", "=": "precies"}.get(self.value, self.value)


class TargetState(LabelledEnum):
    SETTLED = "vastgesteld"
    TO_BE_AGREED = "nog-af-te-spreken"


class BreakKind(LabelledEnum):
    LAW = "wet"
    DEFINITION = "definitie"
    REGISTRATION = "registratie"
    COVID = "covid"
    SOURCE = "bron"


class ReadingKind(LabelledEnum):
    UNCERTAIN = "onzeker"
    OTHER_SOURCE = "andere-bron"
    SECOND_MENTION = "tweede-vermelding"


class Audience(LabelledEnum):
    PUBLIC = "openbaar"
    INTERNAL = "intern"


class RoundState(LabelledEnum):
    """A round is prepared, open for work, or closed (nothing changes any more)."""

    PREPARED = "voorbereiding"
    OPEN = "open"
    CLOSED = "gesloten"


class RoundRhythm(LabelledEnum):
    """How often rounds like this one come; the next one is copied from one of the same rhythm."""

    HALF_YEARLY = "halfjaarlijks"
    YEARLY = "jaarlijks"
    ONCE = "eenmalig"


class RoundStepKind(LabelledEnum):
    """The steps of a round, in order."""

    REQUEST = "uitvraag"
    DELIVERY = "aanlevering"
    CHECK = "controle"
    ALIGNMENT = "afstemming"
    DECISION = "besluitvorming"
    DISPATCH = "verzending"


class ProposalState(LabelledEnum):
    """Where a value under way stands; once checked it becomes an observation and the proposal is gone."""

    DRAFT = "concept"
    SUBMITTED = "ter-controle"
    RETURNED = "teruggegeven"


class ItemState(LabelledEnum):
    """What the overview of a round shows for an asked figure."""

    EMPTY = "leeg"
    REQUESTED = "uitgevraagd"
    DRAFT = "concept"
    SUBMITTED = "ter-controle"
    RETURNED = "teruggegeven"
    CHECKED = "gecontroleerd"
    UNAVAILABLE = "niet-beschikbaar"


class DeliveryKind(LabelledEnum):
    """What sort of file came in: our own request sheet, a sheet of the supplier's own, or open data."""

    REQUEST_SHEET = "uitvraag"
    OWN_SHEET = "eigen-bestand"
    OPEN_DATA = "open-data"


class DeliveryState(LabelledEnum):
    """A delivery is read and planned; then somebody confirms the plan or sets it aside."""

    READ = "gelezen"
    CONFIRMED = "bevestigd"
    REJECTED = "terzijde"


class KeptState(LabelledEnum):
    """What is kept for later: in use, or retired. Nothing of it is deleted."""

    IN_USE = "in-gebruik"
    RETIRED = "vervallen"
