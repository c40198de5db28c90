"""From a file (CSV, XLSX and the like) to a table of municipalities with their features."""

from collections.abc import Mapping, Sequence

from allocation.core.features import FeatureInfo
from allocation.core.municipality_files import FeatureTable, FileProblem, FileRefused, read_table
from monitor.base.tabular.reading import read_file


def read_municipalities(name: str, content: bytes, known: Mapping[str, FeatureInfo]) -> FeatureTable:
    """Read the one sheet of a file. Raises :class:`MonitorError` with what is wrong, by line and column."""
    rows, point_is_decimal = read_only_sheet(name, content)
    return read_table(rows, known, point_is_decimal=point_is_decimal)


def read_only_sheet(name: str, content: bytes) -> tuple[Sequence[Sequence[object]], bool]:
    """The rows of the one sheet of a file, and whether a point in its texts is always the decimal sign."""
    file = read_file(name, content)
    sheets = [sheet for sheet in file.sheets if not sheet.is_hidden and sheet.rows]
    if len(sheets) != 1:
        raise FileRefused([FileProblem(0, "", f"‘{file.name}’ heeft {len(sheets)} bladen met gegevens, niet één.")])
    return sheets[0].rows, _separated_by_commas(file.name, content)


def _separated_by_commas(name: str, content: bytes) -> bool:
    """A comma that separates columns cannot be a decimal sign as well."""
    if not name.lower().endswith(".csv"):
        return False
    head = content.split(b"\n", 1)[0]
    return b"," in head and b";" not in head and b"\t" not in head
