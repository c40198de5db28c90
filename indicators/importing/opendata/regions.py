"""The municipalities and their police units from a table of regions (v3), such as “Gebieden in Nederland”."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import quote

from django.conf import settings

from indicators.core.opendata import v3
from indicators.core.opendata.answers import OpenDataProblem, rows_of_answer, text_of
from indicators.core.opendata.tables import TABLE_NAME, Dimension, Measure
from indicators.importing.opendata.addresses import AddressRules
from indicators.importing.opendata.patience import Patience, ask
from indicators.importing.opendata.transport import Opener, SafeOpener
from indicators.services.areas import Municipality

ADDRESS = "https://opendata.cbs.nl/ODataApi/odata"


def fetch_municipalities(
    table: str,
    *,
    column: str,
    group: str = "",
    start: date | None = None,
    opener: Opener | None = None,
    address: str = ADDRESS,
) -> tuple[Municipality, ...]:
    """The municipalities of a table; ``column`` (without its number) of ``group`` names their police unit.

    Raises OpenDataProblem when the table has no such column, or no municipalities.
    """
    if not TABLE_NAME.match(table):
        raise OpenDataProblem(f"‘{table}’ is geen naam van een tabel, zoals 85755NED.")
    get = partial(
        _rows, opener or SafeOpener(AddressRules(hosts=settings.OPEN_DATA_HOSTS)), f"{address}/{table}", table
    )
    place, unit = _columns(list(get("DataProperties")), table, column, group)
    titles = {code.key: code.title for code in v3.read_codes(get(place.key), place.key, table).values()}
    chosen = quote(f"{place.key},{unit.key}", safe=",")
    found = tuple(
        Municipality(key, _name(titles.get(key, "")) or key, text_of(row, unit.key, table), start)
        for row in get(f"TypedDataSet?$select={chosen}")
        if (key := text_of(row, place.key, table)).startswith("GM")
    )
    if not found:
        raise OpenDataProblem(f"Tabel {table} heeft geen gemeenten.")
    return found


def _rows(opener: Opener, base: str, table: str, name: str) -> Iterator[dict[str, Any]]:
    where = f"{name.partition('?')[0]} van tabel {table}"
    asked = ask(opener, f"{base}/{name}", where, partial(rows_of_answer, where=where), Patience(), lambda: None)
    return iter(asked.read)


def _columns(rows: list[dict[str, Any]], table: str, column: str, group: str) -> tuple[Dimension, Measure]:
    """The dimension of places, and the one column that names the unit."""
    dimensions, measures = v3.read_properties(rows, table)
    places = [dimension for dimension in dimensions if dimension.is_place] or list(dimensions)
    named = [one for one in measures if one.name == v3.name_without_suffix(column)]
    found = [one for one in named if not group or one.group == group]
    if len(places) != 1 or len(found) != 1:
        known = "; ".join(f"{one.name} ({one.group})" if one.group else one.name for one in named or measures[:40])
        raise OpenDataProblem(
            f"Tabel {table} heeft niet precies één kolom ‘{column}’ met de eenheid. Noem kolom en groep: {known}."
        )
    return places[0], found[0]


def _name(title: str) -> str:
    """“Groningen (gemeente)” → “Groningen”; other additions tell two places apart and stay."""
    return title.removesuffix(" (gemeente)")
