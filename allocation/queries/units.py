"""The police units and the municipalities in them, by the short names that files and tables use."""

from datetime import date

from indicators.queries.areas import areas_by_cbs_code, load_division, unit_ids

_PREFIX = "Politie-eenheid "


def unit_name(area_name: str) -> str:
    """“Politie-eenheid Limburg” is Limburg here."""
    return area_name.removeprefix(_PREFIX)


def unit_ids_by_short_name() -> dict[str, int]:
    """The row numbers of the ten units, in their order (one statement)."""
    return {unit_name(name): pk for name, pk in unit_ids().items()}


def units_of_municipalities(year: int) -> dict[str, str]:
    """The unit of every municipality on the first of January, by CBS code (four statements); empty when not loaded."""
    division = load_division()
    codes = {code: cbs_code for cbs_code, code in areas_by_cbs_code().items()}
    names = division.names or {}
    day = date(year, 1, 1)
    return {
        codes[one.area]: unit_name(names[one.unit])
        for one in division.memberships
        if one.area in codes and one.holds_on(day)
    }
