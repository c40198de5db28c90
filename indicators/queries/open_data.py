"""Open data: the profiles, and which figures came from a table."""

from indicators.core.opendata.mapping import KnownPlaces
from indicators.models import Area, Observation, OpenDataProfile, Proposal
from indicators.queries.areas import areas_by_cbs_code


def find_profile(code: str) -> OpenDataProfile | None:
    """The latest version of a profile."""
    return OpenDataProfile.objects.filter(code=code).order_by("-version").first()


def profile_codes() -> list[str]:
    return sorted(set(OpenDataProfile.objects.values_list("code", flat=True)))


def known_places() -> KnownPlaces:
    """Our areas as open data name them. Two statements."""
    units = Area.objects.filter(kind="eenheid").values_list("name", "code")
    return KnownPlaces(
        areas_by_cbs_code(), {name.casefold().removeprefix("politie-eenheid "): code for name, code in units}
    )


def figures_of_source(code: str) -> set[tuple[str, str]]:
    """Series and period of the figures, known or under way, that name a source. Two statements."""
    known = Observation.objects.filter(source__code=code, known_to__isnull=True)
    under_way = Proposal.objects.filter(source__code=code)
    found: set[tuple[str, str]] = set()
    for rows in (known, under_way):
        found |= set(rows.values_list("series__key", "period__code"))
    return found
