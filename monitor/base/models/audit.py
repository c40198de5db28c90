"""Who did what: one record per act, chained, and refused by the database to change (see the triggers in migrations)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from monitor.base.core.audit import GENESIS, AuditOutcome


class AuditRecord(models.Model):
    """One act with its counts and the SHA-256 of its rows; ``digest`` covers this record and all before it."""

    number = models.PositiveBigIntegerField("nummer", unique=True)
    moment = models.DateTimeField("moment")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="door",
    )
    actor_name = models.CharField("naam", max_length=150)  # as it was then: accounts are pseudonymised later
    act = models.CharField("handeling", max_length=60)
    subject = models.CharField("onderwerp", max_length=200)
    outcome = models.CharField(
        "uitkomst", max_length=10, choices=[(outcome.value, outcome.value) for outcome in AuditOutcome]
    )
    counts = models.JSONField("aantallen", default=dict, blank=True)
    rows_digest = models.CharField("controlegetal van de rijen", max_length=64)
    detail = models.JSONField("bijzonderheden", default=dict, blank=True)
    previous_digest = models.CharField("vorig controlegetal", max_length=64)
    digest = models.CharField("controlegetal", max_length=64, unique=True)

    class Meta:
        verbose_name = "logboekregel"
        verbose_name_plural = "logboek"
        ordering = ["-number"]
        indexes = [  # one per way of searching: the page goes from new to old and never counts them all
            models.Index(fields=["act", "-number"], name="audit_act_recent"),
            models.Index(fields=["actor_name", "-number"], name="audit_person_recent"),
            models.Index(fields=["outcome", "-number"], name="audit_outcome_recent"),
            models.Index(fields=["moment"], name="audit_moment"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1), name="audit_number_from_one"),
            models.CheckConstraint(
                condition=Q(outcome__in=[outcome.value for outcome in AuditOutcome]), name="audit_outcome_known"
            ),
            models.CheckConstraint(condition=~Q(act="") & ~Q(actor_name=""), name="audit_says_who_and_what"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.act} {self.subject}"


class AuditHead(models.Model):
    """The end of the chain: a single row, locked last in the transaction that adds a record."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveBigIntegerField("laatste nummer", default=0)
    digest = models.CharField("laatste controlegetal", max_length=64, default=GENESIS)

    class Meta:
        verbose_name = "einde van het logboek"
        verbose_name_plural = "einde van het logboek"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="audit_head_single_row")]

    def __str__(self) -> str:
        return f"{self.number}: {self.digest[:12]}"
