"""What reading a supplier's own sheet gives: figures that could be proposed, what is refused, asked, or only said."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from indicators.core.enumerations import Marker, Qualifier, Status
from indicators.core.figures import series_key
from indicators.core.periods import Period
from monitor.base.tabular.reading_cells import CellPlace

MOST_PLACES = 20  # cells named in one question; the rest is a count


@dataclass(frozen=True)
class SeriesChoice:
    """Which series a figure belongs to, by codes; ``categories`` are pairs of uitsplitsing and categorie."""

    indicator: str
    area: str = "nederland"
    variant: str = "realisatie"
    categories: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> str:
        return series_key(self.indicator, self.area, self.variant, self.categories)


@dataclass(frozen=True)
class SheetFigure:
    """One value of a sheet, read: exact, with the cell it stands in and the text that stood there."""

    series: SeriesChoice
    period: Period
    value: Decimal | None
    marker: Marker | None
    place: CellPlace
    text: str
    value_high: Decimal | None = None
    qualifier: Qualifier | None = None
    decimals: int = 0
    status: Status | None = None  # None: the sheet says nothing about it
    source: str = ""
    remark: str = ""
    footnotes: tuple[str, ...] = ()
    correction: str = ""  # the code of the correction that replaced the value

    @property
    def key(self) -> tuple[str, str]:
        """Series and period: one value each."""
        return self.series.key, self.period.code


@dataclass(frozen=True)
class SheetRefusal:
    """A cell, row or column that is not taken: what is wrong, and how to mend it. ``place`` None: the whole sheet."""

    code: str
    message: str
    place: CellPlace | None = None
    sheet: str = ""


@dataclass(frozen=True)
class SheetChoice:
    """One answer to a question: what the profile keeps, and the words on screen."""

    answer: str
    label: str


@dataclass(frozen=True)
class SheetQuestion:
    """What can be read in more ways and is never guessed. ``subject`` tells it apart within its ``code``."""

    code: str
    subject: str
    message: str
    choices: tuple[SheetChoice, ...]
    places: tuple[CellPlace, ...] = ()
    count: int = 0


@dataclass(frozen=True)
class SheetRemark:
    """Something that is good to know: what was left out, what was corrected, what no longer looks the same."""

    code: str
    message: str


@dataclass(frozen=True)
class SheetOutcome:
    """Everything that one sheet gives. A figure that depends on an open question is not among the figures."""

    figures: tuple[SheetFigure, ...] = ()
    refusals: tuple[SheetRefusal, ...] = ()
    questions: tuple[SheetQuestion, ...] = ()
    remarks: tuple[SheetRemark, ...] = ()

    def __add__(self, other: "SheetOutcome") -> "SheetOutcome":
        return SheetOutcome(
            self.figures + other.figures,
            self.refusals + other.refusals,
            merged_questions((*self.questions, *other.questions)),
            self.remarks + other.remarks,
        )


SheetItem = SheetFigure | SheetRefusal | SheetQuestion | SheetRemark


def gathered(items: Iterable[SheetItem]) -> SheetOutcome:
    """The stream of a reader as one outcome; questions about the same subject become one."""
    found: dict[type, list[SheetItem]] = {SheetFigure: [], SheetRefusal: [], SheetQuestion: [], SheetRemark: []}
    for item in items:
        found[type(item)].append(item)
    return SheetOutcome(
        tuple(one for one in found[SheetFigure] if isinstance(one, SheetFigure)),
        tuple(one for one in found[SheetRefusal] if isinstance(one, SheetRefusal)),
        merged_questions(one for one in found[SheetQuestion] if isinstance(one, SheetQuestion)),
        tuple(dict.fromkeys(one for one in found[SheetRemark] if isinstance(one, SheetRemark))),
    )


def merged_questions(questions: Iterable[SheetQuestion]) -> tuple[SheetQuestion, ...]:
    """One question per subject, with the first of the cells it is about and their number."""
    merged: dict[tuple[str, str], SheetQuestion] = {}
    for one in questions:
        earlier = merged.get((one.code, one.subject))
        if earlier is None:
            merged[one.code, one.subject] = replace(one, count=one.count or len(one.places))
            continue
        places = (earlier.places + one.places)[:MOST_PLACES]
        count = earlier.count + (one.count or len(one.places))
        merged[one.code, one.subject] = replace(earlier, places=places, count=count)
    return tuple(merged.values())


def without_doubles(outcome: SheetOutcome, name_of: Callable[[SheetFigure], str]) -> SheetOutcome:
    """The same figure twice: once when both say the same, and refused when they do not agree."""
    groups: dict[tuple[str, str], list[SheetFigure]] = {}
    for figure in outcome.figures:
        groups.setdefault(figure.key, []).append(figure)
    kept, refused, said = [], list(outcome.refusals), list(outcome.remarks)
    for figures in groups.values():
        first = figures[0]
        others = ", ".join(one.place.address for one in figures[1:])
        if len({(one.value, one.value_high, one.marker, one.qualifier) for one in figures}) == 1:
            kept.append(first)
            if others:
                said.append(
                    SheetRemark("dubbel", f"{_capital(first.place)}: {name_of(first)} staat ook in {others}, gelijk.")
                )
            continue
        for one in figures:
            rest = ", ".join(other.place.address for other in figures if other is not one)
            message = (
                f"{_capital(one.place)}: {name_of(one)} staat ook in {rest}, met een andere waarde. "
                "Laat één van beide staan."
            )
            refused.append(SheetRefusal("dubbel", message, one.place))
    return replace(outcome, figures=tuple(kept), refusals=tuple(refused), remarks=tuple(said))


def at(place: CellPlace, sentence: str) -> str:
    """A message with its cell in front."""
    return f"{_capital(place)}: {sentence}"


def _capital(place: CellPlace) -> str:
    text = str(place)
    return text[:1].upper() + text[1:]
