"""Reading a request sheet that came back: an answer per asked figure, earlier figures that were overtyped, and what is
wrong, cell by cell. Pure: a sheet that was read goes in, nothing is looked up.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from indicators.core.enumerations import LabelledEnum, Marker, Qualifier, Status
from indicators.core.figures import Figure, is_storable
from indicators.core.pasting import EntryKind, Expected, decimals_of, read_entry
from indicators.core.request_layout import Layout, find_layouts
from indicators.core.request_sheets import (
    EARLIER,
    MARKER,
    NAME,
    PERIOD,
    REMARK,
    SPLIT,
    STATUS,
    VALUE,
    AskedFigure,
    earlier_cell,
    period_words,
)
from monitor.base.core.numbers import round_half_up
from monitor.base.tabular.reading_cells import BROKEN_FORMULA, CellPlace, ReadCell, ReadFile

Kind = TypeVar("Kind", bound=LabelledEnum)
Key = tuple[str, str]  # series key, period code
MEND = "Verbeter de cel en bied het bestand opnieuw aan."


@dataclass(frozen=True)
class Problem:
    """Something that cannot be taken over: where, what, and how to mend it. ``key`` is None when the row is unknown."""

    place: CellPlace
    code: str
    message: str
    key: Key | None = None
    name: str = ""  # of the figure, for who reads it without the sheet at hand


@dataclass(frozen=True)
class Answer:
    """What the supplier filled in for an asked figure: a value, or a reason for none; all blank: not answered."""

    key: Key
    place: CellPlace
    value: Decimal | None = None
    marker: Marker | None = None
    qualifier: Qualifier | None = None
    decimals: int = 0
    status: Status | None = None
    remark: str = ""

    @property
    def is_blank(self) -> bool:
        return self.value is None and self.marker is None


@dataclass(frozen=True)
class Overtyped:
    """An earlier figure with another number in its cell than we had sent."""

    key: Key
    place: CellPlace
    sent: Figure
    value: Decimal
    decimals: int
    remark: str = ""


@dataclass(frozen=True)
class ReturnedSheet:
    """All that a returned sheet says, in order of its rows."""

    answers: tuple[Answer, ...] = ()
    overtyped: tuple[Overtyped, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass
class _Reading:
    """What was found so far."""

    answers: dict[Key, list[Answer]] = field(default_factory=lambda: defaultdict(list))
    overtyped: list[Overtyped] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_returned(
    book: ReadFile, asked: Sequence[AskedFigure], earlier: Mapping[Key, Figure], *, request_key: str
) -> ReturnedSheet:
    """Everything on the sheets of one request.

    ``asked`` are the figures of the request; ``earlier`` are the figures as we knew them when it was made.
    """
    wanted = {figure.key: figure for figure in asked}
    found = _Reading()
    for layout in find_layouts(book):
        if layout.request_key not in ("", request_key):
            place = CellPlace(layout.sheet.name, layout.codes_row, 0)
            found.problems.append(
                Problem(
                    place,
                    "andere-uitvraag",
                    f"Blad ‘{layout.sheet.name}’ hoort bij een andere uitvraag. Bied het als een eigen bestand aan.",
                )
            )
            continue
        for row in range(layout.first_row, len(layout.sheet.rows) + 1):
            _read_row(layout, row, wanted, earlier, found)
    answers = tuple(answer for key in found.answers if (answer := _only(found.answers[key], found)) is not None)
    return ReturnedSheet(answers, tuple(found.overtyped), tuple(found.problems))


def _read_row(
    layout: Layout, row: int, wanted: Mapping[Key, AskedFigure], earlier: Mapping[Key, Figure], found: _Reading
) -> None:
    code = layout.key_cell(row)
    if "|" not in code.text:
        _note_row_without_key(layout, row, found)
        return
    series, _, rest = code.text.partition(" ")
    period, _, earlier_codes = rest.partition(" ")
    figure = wanted.get((series, period))
    if figure is None:
        message = (
            f"De rij van {code.place} is in deze uitvraag niet gevraagd. Laat haar weg, of mail waarover zij gaat."
        )
        found.problems.append(Problem(code.place, "niet-gevraagd", message))
        return
    if problem := _mixed_up(layout, row, figure):
        found.problems.append(problem)
        return
    answer, problems = _answer(layout, row, figure)
    found.problems += problems
    if not problems:
        found.answers[figure.key].append(answer)
    _read_earlier(layout, row, figure, earlier_codes.split(",") if earlier_codes else [], earlier, found)


def _note_row_without_key(layout: Layout, row: int, found: _Reading) -> None:
    """Notes below the table are fine; a value without its key is not silently dropped."""
    value = layout.cell(row, VALUE)
    named = not layout.cell(row, NAME).is_empty or not layout.cell(row, PERIOD).is_empty
    if named and not value.is_empty:
        found.problems.append(
            Problem(
                value.place,
                "sleutel-ontbreekt",
                f"{_capital(value.place)}: in deze rij ontbreekt de verborgen sleutel, zodat niet vaststaat bij welk "
                f"cijfer ‘{value.text}’ hoort. Zet de waarde in de oorspronkelijke rij. {MEND}",
            )
        )


def _mixed_up(layout: Layout, row: int, figure: AskedFigure) -> Problem | None:
    """Whether somebody sorted a part of the columns only: then the name stands beside the key of another figure."""
    expected = {NAME: figure.info.name, SPLIT: figure.split, PERIOD: period_words(figure.period)}
    for code, text in expected.items():
        cell = layout.cell(row, code)
        if layout.has(code) and _squeezed(cell.text) != _squeezed(text):
            return Problem(
                cell.place,
                "rij-door-elkaar",
                f"{_capital(cell.place)}: hier staat ‘{cell.text}’, maar de verborgen sleutel van deze rij is van "
                f"‘{figure.name}’ over {figure.period.label}. Zet de rij terug; sorteer altijd alle kolommen.",
                figure.key,
                _named(figure),
            )
    return None


def _squeezed(text: str) -> str:
    return " ".join(text.removeprefix("'").split()).lower()


# --- the cells to fill in ---------------------------------------------------------------------------------------------


def _answer(layout: Layout, row: int, figure: AskedFigure) -> tuple[Answer, list[Problem]]:
    cells = {code: layout.cell(row, code) for code in (VALUE, STATUS, MARKER, REMARK)}
    problems: list[Problem] = []

    def refuse(cell: ReadCell, code: str, what: str) -> None:
        problems.append(Problem(cell.place, code, f"{_capital(cell.place)}: {what}", figure.key, _named(figure)))

    value = _read_value(cells[VALUE], figure)
    if value.problem:
        refuse(cells[VALUE], value.code, value.problem)
    marker, marker_problem = _chosen(cells[MARKER], Marker, "reden")
    if marker_problem:
        refuse(cells[MARKER], "onbekende-reden", marker_problem)
    status, status_problem = _chosen(cells[STATUS], Status, "status")
    if status_problem:
        refuse(cells[STATUS], "onbekende-status", status_problem)
    if marker and (value.number is not None or (value.marker and value.marker is not marker)):
        refuse(
            cells[VALUE],
            "waarde-en-reden",
            f"er staat een waarde (‘{cells[VALUE].text}’) en ook een reden waarom die er niet is (‘{marker.label}’). "
            "Laat een van de twee weg en bied het bestand opnieuw aan.",
        )
    answer = Answer(
        key=figure.key,
        place=cells[VALUE].place if marker is None else cells[MARKER].place,
        value=value.number,
        marker=marker or value.marker,
        qualifier=value.qualifier,
        decimals=value.decimals,
        status=status,
        remark=cells[REMARK].text.removeprefix("'"),
    )
    return answer, problems


@dataclass(frozen=True)
class _Value:
    number: Decimal | None = None
    marker: Marker | None = None
    qualifier: Qualifier | None = None
    decimals: int = 0
    problem: str = ""
    code: str = ""


def _read_value(cell: ReadCell, figure: AskedFigure) -> _Value:
    """The value of a cell: a number, a number typed as text, or a reason typed in its place."""
    if cell.is_empty:
        return _Value()
    if isinstance(cell.value, Decimal):
        return _read_number(cell, cell.value, figure)
    if isinstance(cell.value, str) and cell.value != BROKEN_FORMULA:
        return _read_text(cell.value, figure)
    if isinstance(cell.value, date):
        what = (
            f"hier staat een datum ({cell.text}) en geen getal. Het rekenprogramma heeft het getal misschien omgezet. "
        )
    elif cell.value == BROKEN_FORMULA:
        what = "de formule in deze cel heeft geen uitkomst. Typ het getal zelf. "
    else:
        what = f"‘{cell.text}’ is geen getal. "
    return _Value(problem=what + MEND, code="geen-getal")


def _read_number(cell: ReadCell, number: Decimal, figure: AskedFigure) -> _Value:
    if cell.shows_percentage:
        if "procent" not in figure.info.unit:
            what = f"hier staat een percentage, maar dit cijfer is in {figure.info.unit or 'een getal'}. {MEND}"
            return _Value(problem=what, code="geen-percentage")
        number = (number * 100).normalize() + 0
    if not is_storable(number):
        what = f"{_dutch(number)} heeft meer dan vier decimalen of meer dan elf cijfers. Rond het getal af. {MEND}"
        return _Value(problem=what, code="te-precies")
    return _with_usual_decimals(number, figure)


def _read_text(text: str, figure: AskedFigure) -> _Value:
    qualifier, rest = _split_qualifier(text.strip().removeprefix("'"))
    info = figure.info
    read = read_entry(rest, Expected(info.unit, info.decimals, info.value_kind))
    match read.kind:
        case EntryKind.NUMBER if read.value is not None:
            return replace(_with_usual_decimals(read.value, figure), qualifier=qualifier)
        case EntryKind.MARKER if qualifier is None:
            return _Value(marker=read.marker)
        case EntryKind.ASKED if read.choices and read.choices[0].marker:
            what = f"een streepje (‘{read.text}’) is geen getal. Vul 0 in, of kies een reden waarom er geen waarde is. "
            return _Value(problem=what + MEND, code="streepje")
        case EntryKind.ASKED:
            ways = " of als ".join(choice.label for choice in read.choices)
            what = f"‘{read.text}’ is op twee manieren te lezen: als {ways}. Typ het als getal. {MEND}"
            return _Value(problem=what, code="dubbelzinnig")
        case _:
            what = read.problem or f"‘{text.strip()}’ is geen getal."
            return _Value(problem=f"{what} {MEND}", code="geen-getal")


def _split_qualifier(text: str) -> tuple[Qualifier | None, str]:
    """“circa 300” is 300 with its qualifier."""
    lowered = text.lower()
    for qualifier in Qualifier:
        if lowered.startswith(f"{qualifier.label} "):
            return qualifier, text[len(qualifier.label) :].strip()
    return None, text


def _with_usual_decimals(number: Decimal, figure: AskedFigure) -> _Value:
    """A sheet does not keep the zeros that were typed: 84 of an indicator with one decimal is 84,0."""
    exact = max(decimals_of(number.normalize()), 0)
    return _Value(number=number, decimals=min(4, max(exact, figure.info.decimals)))


def _chosen(cell: ReadCell, kind: type[Kind], word: str) -> tuple[Kind | None, str]:
    """A word from a list, whatever its capitals; and what is wrong with it."""
    text = _squeezed(cell.text)
    if not text:
        return None, ""
    for member in kind:
        if text in (member.label.lower(), member.value):
            return member, ""
    known = ", ".join(member.label for member in kind)
    return None, f"‘{cell.text}’ is geen {word}. Mogelijk zijn: {known}. {MEND}"


# --- the earlier figures ----------------------------------------------------------------------------------------------


def _read_earlier(
    layout: Layout,
    row: int,
    figure: AskedFigure,
    codes: Sequence[str],
    earlier: Mapping[Key, Figure],
    found: _Reading,
) -> None:
    """What was overtyped; an emptied cell says nothing."""
    remark = layout.cell(row, REMARK).text.removeprefix("'")
    for number, code in enumerate(codes, start=1):
        sent = earlier.get((figure.series.key, code))
        cell = layout.cell(row, f"{EARLIER}{number}")
        if sent is None or cell.is_empty or _as_sent(cell, sent):
            continue
        value = _read_value(cell, figure)
        key = (figure.series.key, code)
        if value.number is None:
            what = value.problem or f"‘{cell.text}’ is geen getal. {MEND}"
            message = f"{_capital(cell.place)} (eerder cijfer over {sent.period.label}): {what}"
            name = f"{figure.name}, {sent.period.label}"
            found.problems.append(Problem(cell.place, "eerder-cijfer", message, key, name))
        elif value.number != sent.value:
            decimals = max(value.decimals, sent.decimals)
            found.overtyped.append(Overtyped(key, cell.place, sent, value.number, decimals, remark))


def _as_sent(cell: ReadCell, sent: Figure) -> bool:
    """Whether the cell still shows what we had sent, also when a program kept only the digits that it shows."""
    written = earlier_cell(sent).value
    if isinstance(written, Decimal):
        return isinstance(cell.value, Decimal) and cell.value in (written, round_half_up(written, sent.decimals))
    return _squeezed(cell.text) == _squeezed(str(written))


# --- the same figure twice --------------------------------------------------------------------------------------------


def _only(answers: Sequence[Answer], found: _Reading) -> Answer | None:
    """One answer per figure: rows that say the same are one, rows that differ are refused."""
    filled = [answer for answer in answers if not answer.is_blank] or list(answers[:1])
    first = filled[0]
    different = [one for one in filled[1:] if replace(one, place=first.place) != first]
    for other in different:
        found.problems.append(
            Problem(
                other.place,
                "dubbel",
                f"{_capital(other.place)}: dit cijfer staat er twee keer in met een verschillend antwoord (ook in cel "
                f"{first.place.address}). Laat één van de twee staan en bied het bestand opnieuw aan.",
                other.key,
            )
        )
    return None if different else first


def _capital(place: CellPlace) -> str:
    text = str(place)
    return text[:1].upper() + text[1:]


def _named(figure: AskedFigure) -> str:
    return f"{figure.name}, {figure.period.label}"


def _dutch(number: Decimal) -> str:
    return f"{number:f}".replace(".", ",")
