"""What is asked of a service: only the keys, years and measures that the profile wants."""

from indicators.core.opendata.answers import OpenDataProblem
from indicators.core.opendata.mapping import resolve_measures
from indicators.core.opendata.profiles import OpenDataProfile, Role
from indicators.core.opendata.tables import TableDescription

_NAMED_MEASURES = 20  # more of them in one address is longer than helpful


def filter_v4(profile: OpenDataProfile, table: TableDescription) -> str:
    """The OData filter for observations; empty: everything is wanted."""
    wanted = [key for key, _ in resolve_measures(profile, table)]
    parts = _of_dimensions(profile, table)
    if len(wanted) < len(table.measures) and len(wanted) <= _NAMED_MEASURES:
        named = " or ".join(f"Measure eq {_text(key)}" for key in wanted)
        parts.append(f"({named})")
    return " and ".join(parts)


def filter_v3(profile: OpenDataProfile, table: TableDescription) -> str:
    """The OData filter for rows; keys with the spaces that v3 pads them with."""
    return " and ".join(_of_dimensions(profile, table))


def parts_v3(profile: OpenDataProfile, table: TableDescription) -> list[str]:
    """A filter per period, each of which should stay under the limit of rows."""
    of_time = [(name, rule) for name, rule in profile.dimensions.items() if rule.role is Role.PERIOD]
    if not of_time:
        raise OpenDataProblem(f"Tabel {profile.table} is te groot en heeft geen periodes om haar te verdelen.")
    name, rule = of_time[0]
    codes = [code for code in table.codes[name].values() if code.key[:4] >= rule.since[:4]]
    if not codes:
        raise OpenDataProblem(f"Tabel {profile.table} heeft geen periodes vanaf {rule.since}. Pas het profiel aan.")
    rest = _of_dimensions(profile, table, without=name)
    return [" and ".join((*rest, f"{name} eq {_text(code.raw)}")) for code in codes]


def _of_dimensions(profile: OpenDataProfile, table: TableDescription, *, without: str = "") -> list[str]:
    parts = []
    for name, rule in profile.dimensions.items():
        if name == without:
            continue
        if rule.role is Role.FIXED and (code := table.code(name, rule.fixed)):
            parts.append(f"{name} eq {_text(code.raw)}")
        if rule.role is Role.PERIOD and rule.since:
            parts.append(f"{name} ge {_text(rule.since[:4])}")
    return parts


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
