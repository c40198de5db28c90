"""Values under way: typed or imported, not yet checked by a second person."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from indicators.core.enumerations import ChangeKind, Marker, MoneyBasis, ProposalState, Qualifier, Status
from indicators.models.deliveries import Delivery
from indicators.models.observations import exact_number
from indicators.models.rounds import Round
from indicators.models.series import Period, Series
from indicators.models.sources import Source
from indicators.models.under_way import UnderWay, under_way_constraints
from indicators.models.vocabulary import one_of


class Proposal(UnderWay):
    """A value under way (voorstel). One per series and period.

    A proposal over an existing figure has a ``change_kind`` and a ``reason``. Checked, it becomes an observation and
    the row is gone.
    """

    series = models.ForeignKey(Series, models.PROTECT, related_name="proposals")
    period = models.ForeignKey(Period, models.PROTECT, related_name="proposals")
    round = models.ForeignKey(Round, models.PROTECT, null=True, blank=True, related_name="proposals")
    value = exact_number("waarde", null=True, blank=True)
    value_high = exact_number("bovengrens", null=True, blank=True)
    marker = models.CharField("reden zonder waarde", max_length=30, blank=True, choices=Marker.choices())
    qualifier = models.CharField("benadering", max_length=12, blank=True, choices=Qualifier.choices())
    decimals = models.PositiveSmallIntegerField("decimalen", default=0)
    status = models.CharField("status", max_length=20, choices=Status.choices(), default=Status.FINAL)
    money_basis = models.CharField("loon- en prijsbijstelling", max_length=15, blank=True)
    delivery = models.ForeignKey(Delivery, models.PROTECT, null=True, blank=True, related_name="proposals")
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="+")
    place = models.CharField("plaats", max_length=120, blank=True)
    footnote = models.TextField("voetnoot", blank=True)
    remark = models.TextField("opmerking", blank=True)
    change_kind = models.CharField("soort wijziging", max_length=12, default=ChangeKind.FIRST)
    reason = models.TextField("reden van de wijziging", blank=True)

    class Meta:
        verbose_name = "voorstel"
        verbose_name_plural = "voorstellen"
        ordering = ["series", "period"]
        indexes = [models.Index(fields=["round", "state"], name="proposal_queue")]
        constraints = [
            *under_way_constraints("proposal"),
            models.UniqueConstraint(fields=["series", "period"], name="proposal_once"),
            models.CheckConstraint(
                condition=Q(value__isnull=False, marker="") | Q(value__isnull=True), name="proposal_value_or_marker"
            ),
            models.CheckConstraint(
                condition=~Q(state=ProposalState.SUBMITTED)
                | (Q(submitted_at__isnull=False) & (Q(value__isnull=False) | ~Q(marker=""))),
                name="proposal_submitted_is_filled",
            ),
            models.CheckConstraint(
                condition=Q(base_revision=0, change_kind=ChangeKind.FIRST)
                | Q(base_revision__gt=0) & ~Q(change_kind=ChangeKind.FIRST)
                | Q(base_revision__gt=0, state=ProposalState.DRAFT),
                name="proposal_revision_has_kind",
            ),
            models.CheckConstraint(
                condition=Q(value_high__isnull=True)
                | Q(value__isnull=False, value_high__gte=F("value"))
                | Q(state=ProposalState.DRAFT),
                name="proposal_upper_bound_above_value",
            ),
            models.CheckConstraint(condition=Q(decimals__lte=4), name="proposal_at_most_4_decimals"),
            one_of("marker", Marker, name="proposal_marker_known", or_empty=True),
            one_of("qualifier", Qualifier, name="proposal_qualifier_known", or_empty=True),
            one_of("status", Status, name="proposal_status_known"),
            one_of("money_basis", MoneyBasis, name="proposal_money_basis_known"),
            one_of("change_kind", ChangeKind, name="proposal_change_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.series} over {self.period}, versie {self.version}"

    @property
    def authors(self) -> frozenset[int]:
        """Who may not check it: who entered or last changed it, and who uploaded or confirmed its delivery."""
        if self.delivery is None:
            return super().authors
        hands = (self.delivery.uploaded_by_id, self.delivery.confirmed_by_id)
        return super().authors.union(person for person in hands if person)


class ProposalEdit(models.Model):
    """One act on a proposal (wijzigingslog); stays when the proposal has become an observation."""

    series = models.ForeignKey(Series, models.PROTECT, related_name="edits")
    period = models.ForeignKey(Period, models.PROTECT, related_name="edits")
    version = models.PositiveIntegerField("versie")
    act = models.CharField("handeling", max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("op", auto_now_add=True)
    before = models.JSONField("was", default=dict, blank=True)
    after = models.JSONField("wordt", default=dict, blank=True)

    class Meta:
        verbose_name = "wijziging van een voorstel"
        verbose_name_plural = "wijzigingen van voorstellen"
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["series", "period", "at"], name="proposal_edit_log")]

    def __str__(self) -> str:
        return f"{self.act} door {self.by}"
