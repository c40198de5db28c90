"""What holds for figures of series and one-off figures alike, by their revisions: the database itself says no."""

from django.db import models
from django.db.models import F, Q

from indicators.core.enumerations import Basis, ChangeKind


def revision_constraints(prefix: str) -> list[models.CheckConstraint]:
    """Ranges in order, published history or four eyes, and a kind and a reason for every later revision."""
    four_eyes = (
        Q(basis=Basis.REVIEW, entered_by__isnull=False, changed_by__isnull=False, approved_by__isnull=False)
        & ~Q(approved_by=F("entered_by"))
        & ~Q(approved_by=F("changed_by"))
    )
    published = Q(basis=Basis.PUBLISHED, publication__isnull=False, approved_by__isnull=True)
    first = Q(revision=1, change_kind=ChangeKind.FIRST)
    later = Q(revision__gt=1) & ~Q(change_kind=ChangeKind.FIRST) & ~Q(reason="")
    known = Q(known_to__isnull=True) | Q(known_to__gte=F("known_from"))
    public = Q(public_to__isnull=True) | Q(public_from__isnull=False, public_to__gte=F("public_from"))
    return [
        models.CheckConstraint(condition=known, name=f"{prefix}_known_range_in_order"),
        models.CheckConstraint(condition=public, name=f"{prefix}_public_range_in_order"),
        models.CheckConstraint(condition=published | four_eyes, name=f"{prefix}_published_or_four_eyes"),
        models.CheckConstraint(condition=first | later, name=f"{prefix}_revision_has_kind_and_reason"),
    ]
