"""The fixed vocabularies of the strength allocation; labels are Dutch."""

from indicators.core.enumerations import LabelledEnum


class Criterion(LabelledEnum):
    """What a feature is judged by before it may enter a model (AEF-report, section 5.1)."""

    EXPLAINABLE = "uitlegbaar"
    STABLE = "stabiel"
    RELIABLE = "betrouwbare-bron"
    YEARLY = "jaarlijks"
    INDEPENDENT = "onafhankelijke-verstrekker"
    NOT_STIGMATISING = "niet-stigmatiserend"


class Verdict(LabelledEnum):
    """The answer on a criterion."""

    YES = "ja"
    NO = "nee"
    UNKNOWN = "niet-overgenomen"


class KeyKind(LabelledEnum):
    """Where a key of distribution comes from."""

    DECREE = "besluit"
    FORMATION = "formatie"
    OWN = "eigen-sleutel"


class KeyMeasure(LabelledEnum):
    """What the numbers of a key are."""

    PERCENTAGE = "procent"
    FTE = "fte"
