"""Which profile fits a file, and reading a file with it: what no longer matches is said, never worked around."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from indicators.core.long_columns import find_heading
from indicators.core.long_sheets import read_long_sheet
from indicators.core.profiles import NO_PROFILE, LabelRule, Layout, Profile
from indicators.core.sheet_names import Catalogue, likeness
from indicators.core.sheet_outcome import SheetItem, SheetOutcome, SheetRefusal, SheetRemark, gathered
from indicators.core.sheet_texts import folded
from indicators.core.supplier_corrections import Correction, correct
from indicators.core.wide_finding import find_tables
from indicators.core.wide_sheets import read_wide_table
from indicators.core.wide_tables import LabelKey, WideTable
from monitor.base.tabular.reading_cells import ReadFile, ReadSheet

_ENOUGH = 0.5  # of the labels of a profile must be there before it is suggested
_SAME_NAME = 0.8
_RENAMED = 0.6
_SHARE_LABELS, _SHARE_SHEET, _SHARE_HEADINGS, _SHARE_PLACE = 0.6, 0.2, 0.15, 0.05


@dataclass(frozen=True)
class FoundTable:
    """A table of a file with the sheet it stands on."""

    sheet: ReadSheet
    table: WideTable


@dataclass(frozen=True)
class Suggestion:
    """A profile that may fit: how well (0 to 1), why, and on which table."""

    profile: Profile
    score: float
    reasons: tuple[str, ...]
    sheet: str
    table: int = 1


def tables_of(file: ReadFile, catalogue: Catalogue) -> tuple[FoundTable, ...]:
    """The wide tables on the sheets that show."""
    return tuple(
        FoundTable(sheet, table)
        for sheet in file.sheets
        if not sheet.is_hidden and find_heading(sheet.rows) is None
        for table in find_tables(sheet, catalogue.is_area)
    )


def suggest_profiles(profiles: Iterable[Profile], file: ReadFile, catalogue: Catalogue) -> tuple[Suggestion, ...]:
    """The profiles that may fit this file, the best first."""
    tables = tables_of(file, catalogue)
    found: list[Suggestion] = []
    for profile in profiles:
        if profile.layout is Layout.LONG:
            found += _long_suggestions(profile, file)
        elif best := _best_table(profile, tables):
            found.append(best[1])
    return tuple(sorted(found, key=lambda one: (-one.score, one.profile.code)))


def _long_suggestions(profile: Profile, file: ReadFile) -> Iterator[Suggestion]:
    for sheet in file.sheets:
        if not sheet.is_hidden and find_heading(sheet.rows, profile.column_names):
            alike = likeness(profile.sheet, sheet.name)
            reasons = ("De kolommen van één cijfer per regel staan erin.",)
            yield Suggestion(profile, round(0.7 + 0.3 * alike, 3), reasons, sheet.name)
            return


def _best_table(profile: Profile, tables: Sequence[FoundTable]) -> tuple[FoundTable, Suggestion] | None:
    scored = [(found, _score(profile, found)) for found in tables]
    fitting = [(found, one) for found, one in scored if one is not None]
    return max(fitting, key=lambda pair: pair[1].score) if fitting else None


def _score(profile: Profile, found: FoundTable) -> Suggestion | None:
    """How well a table fits; None when too few of the labels are there."""
    wanted = set(profile.rules())
    there = {key.folded for key in found.table.label_keys()}
    share = len(wanted & there) / len(wanted) if wanted else 0.0
    if share < _ENOUGH:
        return None
    sheet = likeness(profile.sheet, found.sheet.name) if profile.sheet else 0.0
    headings = {folded(column.text) for column in found.table.columns}
    known = {folded(text) for text in profile.headings}
    same = len(headings & known) / len(headings | known) if headings | known else 0.0
    is_in_place = found.table.label_column == profile.label_column and found.table.number == profile.table
    reasons = [f"{len(wanted & there)} van de {len(wanted)} labels staan erin."]
    if sheet >= _SAME_NAME:
        reasons.append(f"Het blad heet ‘{found.sheet.name}’, in het profiel ‘{profile.sheet}’.")
    if same:
        reasons.append(f"{len(headings & known)} van de {len(known)} opschriften zijn gelijk.")
    if is_in_place:
        reasons.append(f"De labels staan weer in kolom {profile.label_column}.")
    score = _SHARE_LABELS * share + _SHARE_SHEET * sheet + _SHARE_HEADINGS * same + _SHARE_PLACE * is_in_place
    return Suggestion(profile, round(score, 3), tuple(reasons), found.sheet.name, found.table.number)


def read_own_file(
    file: ReadFile, catalogue: Catalogue, profile: Profile = NO_PROFILE, corrections: Sequence[Correction] = ()
) -> SheetOutcome:
    """Everything that a file gives: with a profile the sheet or table it is about, without one all that is there."""
    if not profile.code:
        outcome = _read_everything(file, catalogue)
    elif profile.layout is Layout.LONG:
        outcome = _read_long(file, catalogue, profile)
    else:
        outcome = _read_wide(file, catalogue, profile)
    return correct(outcome, corrections)


def _read_everything(file: ReadFile, catalogue: Catalogue) -> SheetOutcome:
    outcome = gathered(_hidden(file))
    count = 0
    for sheet in file.sheets:
        if sheet.is_hidden:
            continue
        if find_heading(sheet.rows) is not None:
            outcome, count = outcome + read_long_sheet(sheet, catalogue), count + 1
            continue
        for table in find_tables(sheet, catalogue.is_area):
            outcome, count = outcome + read_wide_table(sheet, table, catalogue), count + 1
    return outcome if count else outcome + _nothing_found(file)


def _nothing_found(file: ReadFile) -> SheetOutcome:
    message = (
        f"In ‘{file.name}’ is geen tabel met cijfers gevonden. Een tabel heeft opschriften met periodes of gebieden, "
        "en labels voor de cijfers."
    )
    return SheetOutcome(refusals=(SheetRefusal("geen-tabel", message),))


def _read_long(file: ReadFile, catalogue: Catalogue, profile: Profile) -> SheetOutcome:
    found = [
        sheet
        for sheet in file.sheets
        if not sheet.is_hidden and find_heading(sheet.rows, profile.column_names) is not None
    ]
    if not found:
        return gathered(_hidden(file)) + _no_longer_there(profile)
    sheet = max(found, key=lambda one: likeness(profile.sheet, one.name))
    said = gathered([*_hidden(file), *_other_sheets(file, sheet)])
    return said + read_long_sheet(sheet, catalogue, profile.long_settings)


def _read_wide(file: ReadFile, catalogue: Catalogue, profile: Profile) -> SheetOutcome:
    tables = tables_of(file, catalogue)
    best = _best_table(profile, tables)
    if best is None:
        return gathered(_hidden(file)) + _no_longer_there(profile)
    found = best[0]
    others = [one for one in tables if one.table is not found.table]
    said = gathered([*_hidden(file), *_other_tables(others), *differences(profile, found.table)])
    return said + read_wide_table(found.sheet, found.table, catalogue, profile)


def _no_longer_there(profile: Profile) -> SheetOutcome:
    message = f"Geen tabel in dit bestand lijkt op profiel ‘{profile.name}’. Kies of maak een ander profiel."
    return SheetOutcome(refusals=(SheetRefusal("profiel-past-niet", message),))


def differences(profile: Profile, table: WideTable) -> Iterator[SheetItem]:
    """What of the table is no longer as the profile knows it."""
    there: Mapping[LabelKey, LabelKey] = {key.folded: key for key in table.label_keys()}
    rules = profile.rules()
    new = [key for folded_key, key in there.items() if folded_key not in rules]
    for folded_key, rule in rules.items():
        if folded_key not in there and not rule.is_ignored:
            yield _gone(rule, new, table)
    if profile.first_column and table.first_column != profile.first_column:
        message = (
            f"De cijfers beginnen nu in kolom {table.first_column}; in het profiel was dat kolom "
            f"{profile.first_column}. Zij zijn op hun opschrift gelezen."
        )
        yield SheetRemark("kolom-verschoven", message)
    if profile.label_column and table.label_column != profile.label_column:
        message = f"De labels staan nu in kolom {table.label_column}; in het profiel was dat {profile.label_column}."
        yield SheetRemark("labels-verschoven", message)
    if profile.header_rows and table.header_rows != profile.header_rows:
        rows = " en ".join(map(str, table.header_rows))
        yield SheetRemark("opschriften-verschoven", f"De opschriften staan nu op rij {rows}.")


def _gone(rule: LabelRule, new: Sequence[LabelKey], table: WideTable) -> SheetRefusal:
    near = max(new, key=lambda key: likeness(key.words, rule.key.words), default=None)
    hint = ""
    if near is not None and likeness(near.words, rule.key.words) >= _RENAMED:
        hint = f" Misschien heet het nu ‘{near.words}’."
    message = f"Het label ‘{rule.key.words}’ staat niet meer in de tabel.{hint} Pas het profiel aan, of vraag ernaar."
    return SheetRefusal("label-weg", message, sheet=table.sheet)


def _hidden(file: ReadFile) -> Iterator[SheetRemark]:
    for sheet in file.sheets:
        if sheet.is_hidden:
            yield SheetRemark("verborgen-blad", f"Blad ‘{sheet.name}’ is verborgen en is niet gelezen.")


def _other_tables(others: Sequence[FoundTable]) -> Iterator[SheetRemark]:
    for one in others:
        yield SheetRemark("tabel-niet-gelezen", f"Niet gelezen: {one.table.name}. Het profiel gaat er niet over.")


def _other_sheets(file: ReadFile, chosen: ReadSheet) -> Iterator[SheetRemark]:
    for sheet in file.sheets:
        if sheet is not chosen and not sheet.is_hidden and sheet.rows:
            yield SheetRemark("blad-niet-gelezen", f"Niet gelezen: blad ‘{sheet.name}’. Het profiel gaat er niet over.")


def profile_for(table: WideTable, rules: Sequence[LabelRule], profile: Profile) -> Profile:
    """The profile with where everything stands in this table, and these labels."""
    return replace(
        profile,
        layout=Layout.WIDE,
        sheet=table.sheet,
        table=table.number,
        header_rows=table.header_rows,
        label_column=table.label_column,
        first_column=table.first_column,
        headings=tuple(column.text for column in table.columns),
        labels=tuple(rules),
    )


def likely_series(key: LabelKey, names: Mapping[str, str], *, most: int = 3) -> tuple[str, ...]:
    """The series (by key) whose name looks most like a label, the best first; ``names`` are the names by key."""
    scored = sorted(((likeness(key.words, name), series) for series, name in names.items()), key=lambda one: -one[0])
    return tuple(series for score, series in scored[:most] if score >= _ENOUGH)
