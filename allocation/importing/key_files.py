"""A key from a file: two columns, a line per police unit."""

from decimal import Decimal

from django.utils.text import slugify

from allocation.core.municipality_files import FileProblem, FileRefused
from allocation.importing.municipality_files import read_only_sheet
from monitor.base.core.numbers import read_number

UNIT, VALUE = "police_unit", "value"


def read_key(name: str, content: bytes) -> dict[str, Decimal]:
    """What a file gives each unit by name. Raises :class:`FileRefused` with what is wrong, by line and column."""
    rows, point_is_decimal = read_only_sheet(name, content)
    head = [str(cell or "").strip() for cell in rows[0]]
    problems = [FileProblem(1, column, "deze kolom ontbreekt.") for column in (UNIT, VALUE) if column not in head]
    if problems:
        raise FileRefused(problems)
    unit_at, value_at = head.index(UNIT), head.index(VALUE)
    found: dict[str, Decimal] = {}
    for line, row in enumerate(rows[1:], 2):
        cells = [*row, *[None] * (len(head) - len(row))]
        unit = str(cells[unit_at] or "").strip()
        if not unit and cells[value_at] is None:
            continue
        value = _number(cells[value_at], point_is_decimal)
        if not unit:
            problems.append(FileProblem(line, UNIT, "de cel is leeg."))
        elif unit in found:
            problems.append(FileProblem(line, UNIT, f"politie-eenheid {unit} staat er twee keer in."))
        elif value is None:
            text = "" if cells[value_at] is None else str(cells[value_at])
            problems.append(FileProblem(line, VALUE, f"‘{text}’ is geen getal, of is op twee manieren te lezen."))
        else:
            found[unit] = value
    if problems:
        raise FileRefused(problems)
    return found


def _number(cell: object, point_is_decimal: bool) -> Decimal | None:
    if isinstance(cell, Decimal):
        return cell
    values = read_number(str(cell or "")).values
    if len(values) > 1 and point_is_decimal:
        return values[1]  # the English reading: a comma separates the columns
    return values[0] if len(values) == 1 else None


def key_code(name: str) -> str:
    return slugify(name)[:60] or "sleutel"
