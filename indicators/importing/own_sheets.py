"""From the kept file of a supplier to what it says, with the profile that somebody chose for it."""

from indicators.core.enumerations import DeliveryKind
from indicators.core.long_columns import find_heading
from indicators.core.periods import parse_period
from indicators.core.profile_matching import Suggestion, read_own_file, suggest_profiles, tables_of
from indicators.core.profiles import NO_PROFILE, Layout, Profile
from indicators.core.sheet_names import Catalogue
from indicators.core.sheet_outcome import SheetOutcome
from indicators.importing.own_sheet_plan import OwnSheet, periods_of
from indicators.models import Delivery, ImportProfile
from indicators.queries.own_sheets import asked_by_round
from indicators.queries.profiles import corrections_of, profile_of, profiles_in_use
from indicators.queries.sheet_catalogue import load_catalogue
from indicators.services.catalogue import save_periods
from indicators.services.deliveries import read_delivery, read_delivery_file
from monitor.base.tabular.reading_cells import ReadFile


def own_file(delivery: Delivery) -> ReadFile:
    """The sheets of the kept file."""
    return read_delivery(delivery.file_name, read_delivery_file(delivery))


def stage_own_sheet(delivery: Delivery) -> OwnSheet:
    """Read the kept file with its profile and the known errors of its supplier."""
    catalogue = load_catalogue()
    profile = profile_of(delivery.profile) if delivery.profile is not None else NO_PROFILE
    outcome = read_with(own_file(delivery), catalogue, profile, delivery)
    return OwnSheet(outcome, catalogue, asked_by_round(delivery.round), profile.status)


def read_with(file: ReadFile, catalogue: Catalogue, profile: Profile, delivery: Delivery) -> SheetOutcome:
    """What a file gives with this profile."""
    return read_own_file(file, catalogue, profile, corrections_of(delivery.supplier_id))


def make_periods(staged: OwnSheet) -> None:
    """Give every period in the file its row; within the transaction that stores the figures."""
    save_periods(parse_period(code) for code in sorted(periods_of(staged.outcome)))


def lacks_profile(delivery: Delivery) -> bool:
    """Whether nobody said yet what a file is about, and nothing in it does: no sheet has one figure per row."""
    if delivery.kind != DeliveryKind.OWN_SHEET or delivery.profile is not None:
        return False
    return not any(not sheet.is_hidden and find_heading(sheet.rows) for sheet in own_file(delivery).sheets)


def profile_query(delivery: Delivery) -> str:
    """The part of an address that names the profile of a delivery, and the table in its file that fits it best."""
    assert delivery.profile is not None
    file, catalogue = own_file(delivery), load_catalogue()
    found = suggest_profiles([profile_of(delivery.profile)], file, catalogue)
    places = [(one.sheet.name, one.table.number) for one in tables_of(file, catalogue)]
    fitting = [number for number, place in enumerate(places, start=1) if found and place == _place(found[0])]
    return f"van={delivery.profile.pk}" + (f"&tabel={fitting[0]}" if fitting else "")


def _place(one: Suggestion) -> tuple[str, int]:
    return (one.sheet, one.table) if one.profile.layout is Layout.WIDE else ("", 0)


def suggestions(file: ReadFile, catalogue: Catalogue, delivery: Delivery) -> list[tuple[ImportProfile, Suggestion]]:
    """The profiles of this supplier that may fit the file, the best first."""
    rows = {row.code: row for row in profiles_in_use(delivery.supplier_id)}
    found = suggest_profiles([profile_of(row) for row in rows.values()], file, catalogue)
    return [(rows[one.profile.code], one) for one in found]
