"""Headings over columns and labels before rows: which words are a period, an area, a variant or a meeteenheid."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from indicators.core.enumerations import Variant
from indicators.core.long_resolving import VARIANT_WORDS
from indicators.core.period_words import PeriodWords, read_period_words
from indicators.core.sheet_names import is_total
from indicators.core.sheet_texts import folded, plain, split_marks
from indicators.core.sheet_units import unit_of
from indicators.core.wide_tables import ColumnHead, RowHead
from monitor.base.tabular.reading_cells import ReadCell

_MOST_WORDS = 12  # in a heading; a longer text is a sentence and no heading with a period in it
_LOOSE = " -–:,;|/"
_VARIANT = re.compile(rf"\b({'|'.join(sorted(map(re.escape, VARIANT_WORDS), key=len, reverse=True))})\b")


@dataclass(frozen=True)
class HeadingWords:
    """A heading taken apart."""

    period: PeriodWords | None = None
    variant: Variant | None = None
    rest: str = ""
    marks: tuple[str, ...] = ()


def column_head(
    column: int, lines: Sequence[ReadCell], is_area: Callable[[str], bool], known_marks: Collection[str]
) -> ColumnHead:
    """The head over a column from its lines, the upper first."""
    cells = [cell for cell in lines if not cell.is_empty]
    marked = [split_marks(cell.text, known_marks) for cell in cells]
    marks = tuple(dict.fromkeys(mark for one in marked for mark in one.marks))
    texts = [one.text for one in marked]
    unit, area = "", ""
    if cells and len(cells) == 1 and read_period_words(cells[0].value):
        words = HeadingWords(read_period_words(cells[0].value))
    else:
        words = _from_lines(texts, cells)
    rest = [part for part in words.rest.split("\n") if part]
    for part in list(rest):
        if not area and is_area(part):
            area = part
        elif not unit and unit_of(part):
            unit = unit_of(part)
        else:
            continue
        rest.remove(part)
    return ColumnHead(
        column=column,
        text=" ".join(plain(cell.text) for cell in cells),
        places=tuple(cell.place for cell in cells),
        label=" ".join(rest),
        period=words.period,
        area=area,
        variant=words.variant,
        unit=unit,
        marks=tuple(dict.fromkeys((*marks, *words.marks))),
        is_total=any(is_total(part) for part in rest),
    )


def _from_lines(texts: Sequence[str], cells: Sequence[ReadCell]) -> HeadingWords:
    """The lines from below: a line that is a period, else lines that are one together, else a period within one."""
    rest, period, variant = list(texts), None, None
    for number, text in enumerate(texts):
        if found := _variant(text):
            variant, rest[number] = found
    joined = [part for part in reversed(rest) if part]
    if len(joined) > 1 and not read_period_words(joined[0]):
        for pair in (" ".join(joined), " ".join(reversed(joined))):
            if period := read_period_words(pair):
                return HeadingWords(period, variant, "", period.marks)
    for number in reversed(range(len(rest))):
        whole = cells[number].value if rest[number] == texts[number] else rest[number]
        if period := read_period_words(whole) or read_period_words(rest[number]):
            left = [part for place, part in enumerate(rest) if place != number]
            return HeadingWords(period, variant, "\n".join(_not_periods(left)), period.marks)
    for number in reversed(range(len(rest))):
        period, left_over = period_within(rest[number])
        if period:
            rest[number] = left_over
            return HeadingWords(period, variant, "\n".join(part for part in rest if part), period.marks)
    return HeadingWords(None, variant, "\n".join(part for part in rest if part))


def _not_periods(parts: Sequence[str]) -> list[str]:
    """The lines that are left, without a second, wider period (a year over a day)."""
    return [part for part in parts if part and not read_period_words(part)]


def _variant(text: str) -> tuple[Variant, str] | None:
    """The variant that a heading names, and what is left of it. A heading that is longer than a few words has none."""
    words = folded(text)
    if len(words.split()) > 4:
        return None
    match = _VARIANT.search(words)
    if match is None:
        return None
    left = plain(f"{words[: match.start()]} {words[match.end() :]}").strip(_LOOSE)
    return VARIANT_WORDS[match[1]], left


def period_within(text: str) -> tuple[PeriodWords | None, str]:
    """A period at the end or the beginning of a text, and the rest: “Aangiften t/m 2 november 2025”."""
    words = plain(text).split()
    if len(words) > _MOST_WORDS:
        return None, text
    for size in range(len(words) - 1, 0, -1):
        if found := read_period_words(" ".join(words[-size:]).strip("():,")):
            return found, " ".join(words[:-size]).strip(f"{_LOOSE}(")
        if found := read_period_words(" ".join(words[:size]).strip("():,")):
            return found, " ".join(words[size:]).strip(_LOOSE)
    return None, text


def period_inside(text: str) -> PeriodWords | None:
    """The one period that a title names, wherever it stands in it; None when it names none, or several."""
    words = plain(text).split()
    if len(words) > _MOST_WORDS * 2:
        return None
    for size in range(min(len(words), _MOST_WORDS), 0, -1):
        windows = (" ".join(words[start : start + size]).strip("():,;.") for start in range(len(words) - size + 1))
        found = [period for window in windows if (period := read_period_words(window))]
        if found:
            return found[0] if len({one.label for one in found}) == 1 else None
    return None


def row_head(
    cell: ReadCell, section: str, unit: str, is_area: Callable[[str], bool], known_marks: Collection[str]
) -> RowHead:
    """The label before a row, taken apart."""
    marked = split_marks(cell.text, known_marks)
    period = read_period_words(cell.value)
    area = "" if period or not is_area(marked.text) else marked.text
    return RowHead(
        row=cell.place.row,
        label=marked.text,
        place=cell.place,
        section=section,
        period=period,
        area=area,
        unit=unit,
        marks=marked.marks if not period else period.marks,
        is_total=is_total(marked.text) and not area,
    )
