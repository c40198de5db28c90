"""From the cells of a table to figures of ours, by a profile: each a row with its place, or refused with a sentence."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal, Inexact, Overflow

from indicators.core.enumerations import Marker, Status
from indicators.core.figures import DECIMAL_DIGITS, is_storable, series_key
from indicators.core.opendata.answers import OpenDataProblem
from indicators.core.opendata.profiles import (
    DimensionRule,
    MeasureRule,
    OpenDataProfile,
    Others,
    PeriodAs,
    Role,
)
from indicators.core.opendata.tables import Code, Measure, Service, TableCell, TableDescription
from indicators.core.opendata.v3 import name_without_suffix
from indicators.core.periods import Period, UnknownPeriod, from_cbs, parse_period, stock

_EXACT = Context(prec=100, traps=[Inexact, Overflow])


@dataclass(frozen=True)
class KnownPlaces:
    """Our areas by CBS code, and our police units by name: the police tables name those in words."""

    by_cbs_code: Mapping[str, str]
    units_by_name: Mapping[str, str]


@dataclass(frozen=True)
class OpenDataRow:
    """One figure that open data would give us: the series in codes, the period, a value or why there is none."""

    indicator: str
    area: str
    variant: str
    categories: tuple[tuple[str, str], ...]
    period: Period
    value: Decimal | None
    marker: Marker | None
    decimals: int
    status: Status
    place: str

    @property
    def series(self) -> str:
        return series_key(self.indicator, self.area, self.variant, self.categories)

    @property
    def key(self) -> tuple[str, str]:
        """Series and period: one value each."""
        return self.series, self.period.code


@dataclass(frozen=True)
class RefusedCell:
    """A cell that is not taken: where, a code for machines, and what is wrong and how to mend it."""

    place: str
    code: str
    message: str


@dataclass(frozen=True)
class MappedTable:
    """Everything a table gives: rows, what is refused, and how many cells the profile leaves out."""

    rows: tuple[OpenDataRow, ...]
    refused: tuple[RefusedCell, ...]
    left_out: int


class _Refused(Exception):
    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class _LeftOut(Exception):
    """The profile leaves this cell out."""


@dataclass(frozen=True)
class TableMapping:
    """A profile that was held against a table: which measure is which rule."""

    profile: OpenDataProfile
    table: TableDescription
    places: KnownPlaces
    measures: Mapping[str, tuple[Measure, MeasureRule]]

    @property
    def measure_keys(self) -> tuple[str, ...]:
        """The keys of the wanted measures, as this edition of the table writes them."""
        return tuple(self.measures)

    def rows(self, cells: Iterable[TableCell]) -> MappedTable:
        rows: dict[tuple[str, str], OpenDataRow] = {}
        refused: list[RefusedCell] = []
        left_out = 0
        for cell in cells:
            place = cell.place(self.table.info.table)
            try:
                row = self._row(cell, place)
            except _LeftOut:
                left_out += 1
                continue
            except _Refused as refusal:
                refused.append(RefusedCell(place, refusal.code, str(refusal)))
                continue
            if before := rows.get(row.key):
                message = f"Dit cijfer staat ook in {before.place}. Laat het profiel maar één van beide lezen."
                refused.append(RefusedCell(place, "dubbel", message))
                continue
            rows[row.key] = row
        return MappedTable(tuple(rows.values()), tuple(refused), left_out)

    def _row(self, cell: TableCell, place: str) -> OpenDataRow:
        if cell.measure not in self.measures:
            raise _LeftOut
        measure, rule = self.measures[cell.measure]
        area, status = "nederland", None
        period = parse_period(self.profile.period) if self.profile.period else None
        categories = list(rule.categories)
        for name, key in cell.keys:
            of = self.profile.dimensions[name]
            code = self.table.code(name, key)
            if of.role is Role.PLACE:
                area = self._area(of, key, code)
            elif of.role is Role.PERIOD:
                period, status = _period(of, key), code.status if code else None
            elif of.role is Role.BREAKDOWN:
                categories += _category(of, key, code)
            elif key != of.fixed:
                raise _LeftOut
        marker, value = self._value(cell, rule)
        if period is None:
            raise _Refused("periode", "Deze cel heeft geen periode.")
        status = status or self.profile.default_status
        if status is None:
            raise _Refused("status", f"Niet bekend is of {period.label} voorlopig is. Zet ‘status’ in het profiel.")
        decimals = measure.decimals if rule.decimals is None else rule.decimals
        return OpenDataRow(
            rule.indicator,
            area,
            rule.variant.value,
            tuple(sorted(categories)),
            period,
            value,
            marker,
            min(max(decimals, 0), DECIMAL_DIGITS),
            status,
            place,
        )

    def _area(self, rule: DimensionRule, key: str, code: Code | None) -> str:
        if key in rule.codes:
            return rule.codes[key]
        _require_kind(rule, key)
        if found := self.places.by_cbs_code.get(key):
            return found
        if key.startswith("RE") and code and (unit := self.places.units_by_name.get(_plain_name(code.title))):
            return unit
        raise _unknown_key(
            rule, key, code, "gebied", "Laad de gemeenten (load_areas) of noem deze sleutel in het profiel."
        )

    def _value(self, cell: TableCell, rule: MeasureRule) -> tuple[Marker | None, Decimal | None]:
        if cell.number is None:
            try:
                marker = self.profile.meaning_of_missing(cell.missing)
            except LookupError:
                message = f"In het profiel staat niet wat ‘{cell.missing}’ betekent. Vul dat aan onder ‘ontbrekend’."
                raise _Refused("ontbrekend", message) from None
            if marker is None:
                raise _LeftOut
            return marker, None
        value = _exact_product(cell.number, rule.factor)
        if value is None:
            raise _Refused(
                "getal",
                f"{cell.number} × {rule.factor} is niet exact te bewaren: ten hoogste 11 cijfers en 4 decimalen.",
            )
        return None, value


def _exact_product(number: Decimal, factor: Decimal) -> Decimal | None:
    """The product to the last digit; None for what the database would have to round."""
    try:
        product = _EXACT.normalize(_EXACT.multiply(number, factor))
    except (Inexact, Overflow):
        return None
    return product if is_storable(product) else None


def match_profile(profile: OpenDataProfile, table: TableDescription, places: KnownPlaces) -> TableMapping:
    """Hold a profile against this edition of the table. Raises OpenDataProblem when they do not fit each other."""
    require_fit(profile, table)
    return TableMapping(profile, table, places, dict(resolve_measures(profile, table)))


def require_fit(profile: OpenDataProfile, table: TableDescription) -> None:
    """The dimensions and keys that the profile names are those of the table. Raises OpenDataProblem."""
    if profile.table.casefold() != table.info.table.casefold() or profile.service is not table.info.service:
        raise OpenDataProblem(
            f"Profiel ‘{profile.code}’ is voor tabel {profile.table} ({profile.service}), niet voor {table.info.table}."
        )
    names = {dimension.key for dimension in table.dimensions}
    if missing := sorted(set(profile.dimensions) - names):
        raise OpenDataProblem(f"Tabel {profile.table} heeft geen dimensie ‘{missing[0]}’ (meer). Pas het profiel aan.")
    if unnamed := sorted(names - set(profile.dimensions)):
        raise OpenDataProblem(f"Dimensie ‘{unnamed[0]}’ van tabel {profile.table} staat niet in het profiel.")
    for name, rule in profile.dimensions.items():
        wanted = (rule.fixed, *rule.codes, *rule.totals)
        if gone := next((key for key in wanted if key and key not in table.codes.get(name, {})), None):
            raise OpenDataProblem(
                f"Tabel {profile.table} heeft in ‘{name}’ geen sleutel ‘{gone}’ (meer). Pas het profiel aan."
            )


def resolve_measures(
    profile: OpenDataProfile, table: TableDescription
) -> Iterator[tuple[str, tuple[Measure, MeasureRule]]]:
    """The measures of this edition that the profile asks for, by key. Raises OpenDataProblem for one that is gone."""
    taken: dict[str, str] = {}
    for name, rule in profile.measures.items():
        found = [one for one in table.measures if one.name == _stable_name(profile, name)]
        if rule.group:
            found = [one for one in found if one.group == rule.group]
        if not found:
            raise OpenDataProblem(f"Tabel {profile.table} heeft geen maat ‘{name}’ (meer). Pas het profiel aan.")
        if len(found) > 1:
            groups = "; ".join(one.group or one.key for one in found)
            raise OpenDataProblem(
                f"Maat ‘{name}’ komt in tabel {profile.table} vaker voor ({groups}). Noem in het profiel de groep."
            )
        measure = found[0]
        if rule.unit and measure.unit.casefold() != rule.unit.casefold():
            raise OpenDataProblem(
                f"Maat ‘{name}’ van tabel {profile.table} is in ‘{measure.unit}’ en niet meer in ‘{rule.unit}’. "
                "Kijk na wat er veranderd is en pas het profiel aan."
            )
        if measure.key in taken:
            raise OpenDataProblem(f"Maat {measure.key} staat twee keer in het profiel.")
        taken[measure.key] = name
        yield measure.key, (measure, rule)


def _stable_name(profile: OpenDataProfile, name: str) -> str:
    """The number behind a measure of v3 is never looked at: in the next edition it belongs to another one."""
    return name_without_suffix(name) if profile.service is Service.V3 else name


def _require_kind(rule: DimensionRule, key: str) -> None:
    if rule.kinds and not any(letters in (key[: len(letters)], key[4 : 4 + len(letters)]) for letters in rule.kinds):
        raise _LeftOut


def _period(rule: DimensionRule, key: str) -> Period:
    if rule.since and key[:4] < rule.since[:4]:
        raise _LeftOut
    _require_kind(rule, key)
    try:
        period = from_cbs(key)
    except UnknownPeriod:
        if rule.others is Others.LEAVE_OUT:
            raise _LeftOut from None
        raise _Refused("periode", f"Periode ‘{key}’ is niet te lezen. Laat haar weg in het profiel.") from None
    if rule.period_as is PeriodAs.FIRST_DAY and period.start:
        return stock(period.start)
    if rule.period_as is PeriodAs.LAST_DAY and period.end:
        return stock(period.end)
    return period


def _category(rule: DimensionRule, key: str, code: Code | None) -> list[tuple[str, str]]:
    if key in rule.totals:
        return []
    if key in rule.codes:
        return [(rule.breakdown, rule.codes[key])]
    raise _unknown_key(rule, key, code, "categorie", "Noem deze sleutel in het profiel.")


def _unknown_key(rule: DimensionRule, key: str, code: Code | None, what: str, advice: str) -> Exception:
    if rule.others is Others.LEAVE_OUT:
        return _LeftOut()
    title = f" ({code.title})" if code and code.title else ""
    return _Refused(what, f"‘{key}’{title} is als {what} niet bekend. {advice}")


def _plain_name(title: str) -> str:
    """“Noord-Nederland (RE)” → “noord-nederland”."""
    return title.partition("(")[0].strip().casefold().removeprefix("politie-eenheid ")
