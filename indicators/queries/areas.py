"""Reading which municipalities there are, where they belong, and what they went on in."""

from indicators.core.areas import Division, Membership, Succession
from indicators.core.enumerations import AreaKind
from indicators.models import Area, AreaMembership, AreaSuccession


def load_division() -> Division:
    """All memberships and successions, by the codes of the areas. Three statements."""
    memberships = AreaMembership.objects.order_by("member__code", "valid_from").values_list(
        "member__code", "valid_from", "unit__code", "valid_to"
    )
    successions = AreaSuccession.objects.order_by("date", "old__code", "new__code").values_list(
        "date", "old__code", "new__code", "share"
    )
    return Division(
        tuple(Membership(*row) for row in memberships),
        tuple(Succession(*row) for row in successions),
        dict(Area.objects.values_list("code", "name")),
    )


def areas_by_cbs_code() -> dict[str, str]:
    """The codes of areas by the code that CBS knows them by. One statement."""
    return dict(Area.objects.exclude(cbs_code="").values_list("cbs_code", "code"))


def municipality_ids() -> dict[str, int]:
    """The row numbers of municipalities by CBS code, for tables of other apps that refer to them. One statement."""
    return dict(Area.objects.filter(kind=AreaKind.MUNICIPALITY).exclude(cbs_code="").values_list("cbs_code", "pk"))


def unit_ids() -> dict[str, int]:
    """The row numbers of the regional police units by name, in their order. One statement."""
    return dict(Area.objects.filter(kind=AreaKind.UNIT).order_by("order").values_list("name", "pk"))
