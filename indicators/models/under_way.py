"""What everything under way has, values of series and one-off figures alike: a version, a state, and who did what."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from indicators.core.enumerations import ProposalState
from indicators.models.vocabulary import one_of


class UnderWay(models.Model):
    """Typed or imported, not yet checked by a second person. ``version`` counts its changes, for optimistic locking.

    ``base_revision`` is the revision that was current when it was proposed (0: none).
    """

    version = models.PositiveIntegerField("versie", default=1)
    state = models.CharField("stand", max_length=15, choices=ProposalState.choices(), default=ProposalState.DRAFT)
    explanation = models.TextField("toelichting bij waarschuwingen", blank=True)
    base_revision = models.PositiveSmallIntegerField("gebaseerd op revisie", default=0)
    findings = models.JSONField("bevindingen bij het indienen", default=list, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField("ingevoerd op", auto_now_add=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField("gewijzigd op", auto_now=True)
    submitted_at = models.DateTimeField("ingediend op", null=True, blank=True)
    returned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    return_reason = models.TextField("reden van teruggave", blank=True)

    class Meta:
        abstract = True

    @property
    def authors(self) -> frozenset[int]:
        """Who may not check it: who entered or last changed it."""
        return frozenset({self.entered_by_id, self.changed_by_id})


def under_way_constraints(prefix: str) -> list[models.CheckConstraint]:
    """A known state, a version from one, and a person and a reason for what was handed back."""
    returned = ~Q(state=ProposalState.RETURNED) | (Q(returned_by__isnull=False) & ~Q(return_reason=""))
    return [
        one_of("state", ProposalState, name=f"{prefix}_state_known"),
        models.CheckConstraint(condition=Q(version__gte=1), name=f"{prefix}_version_positive"),
        models.CheckConstraint(condition=returned, name=f"{prefix}_returned_with_reason"),
    ]
