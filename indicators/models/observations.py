"""Observations: the figures themselves, never changed, only followed by a later revision."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from indicators.core.enumerations import (
    Basis,
    Certainty,
    ChangeKind,
    Classification,
    Marker,
    MoneyBasis,
    Qualifier,
    Status,
)
from indicators.models.revisions import revision_constraints
from indicators.models.series import Period, Series
from indicators.models.sources import Footnote, Publication, Source
from indicators.models.vocabulary import one_of


def exact_number(verbose_name: str, **options: Any) -> "models.DecimalField[Decimal | None, Decimal | None]":
    """NUMERIC(15,4): fifteen digits is also what SQLite keeps exactly."""
    return models.DecimalField(verbose_name, max_digits=15, decimal_places=4, **options)


class Observation(models.Model):
    """One value of one series and period, in one revision (waarneming).

    Inserted only by a check (``basis`` review) or a load of published history (``basis`` published). Triggers on both
    databases refuse every change except filling a range (``known_to``, ``public_from``, ``public_to``) once.
    References carry no foreign-key triggers (four of them made a load three times slower); ``verify_data`` proves them.
    """

    series = models.ForeignKey(Series, models.DO_NOTHING, db_constraint=False, related_name="observations")
    period = models.ForeignKey(Period, models.DO_NOTHING, db_constraint=False, related_name="observations")
    revision = models.PositiveSmallIntegerField("revisie", default=1)
    value = exact_number("waarde", null=True, blank=True)
    value_high = exact_number("bovengrens", null=True, blank=True)
    marker = models.CharField("reden zonder waarde", max_length=30, blank=True, choices=Marker.choices())
    qualifier = models.CharField("benadering", max_length=12, blank=True, choices=Qualifier.choices())
    decimals = models.PositiveSmallIntegerField("gepubliceerde decimalen", default=0)
    margin = exact_number("marge", null=True, blank=True)
    asserted_by = models.CharField("volgens", max_length=200, blank=True)
    status = models.CharField("status", max_length=20, choices=Status.choices())
    certainty = models.CharField("zekerheid van de lezing", max_length=12, choices=Certainty.choices())
    money_basis = models.CharField("loon- en prijsbijstelling", max_length=15, blank=True)
    change_kind = models.CharField("soort wijziging", max_length=12, default=ChangeKind.FIRST)
    reason = models.TextField("reden", blank=True)
    classification = models.CharField("rubricering", max_length=15, default=Classification.PUBLIC)
    publication = models.ForeignKey(
        Publication, models.DO_NOTHING, db_constraint=False, null=True, blank=True, related_name="observations"
    )
    source = models.ForeignKey(
        Source, models.DO_NOTHING, db_constraint=False, null=True, blank=True, related_name="observations"
    )
    place = models.CharField("plaats", max_length=120, blank=True)
    footnotes = models.ManyToManyField(Footnote, through="ObservationFootnote", related_name="observations")
    basis = models.CharField("grondslag", max_length=10, choices=Basis.choices())
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, db_constraint=False, null=True, blank=True, related_name="+"
    )
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, db_constraint=False, null=True, blank=True, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, db_constraint=False, null=True, blank=True, related_name="+"
    )
    known_from = models.DateTimeField("bekend vanaf")
    known_to = models.DateTimeField("bekend tot", null=True, blank=True)
    public_from = models.DateTimeField("openbaar vanaf", null=True, blank=True)
    public_to = models.DateTimeField("openbaar tot", null=True, blank=True)
    recorded_at = models.DateTimeField("vastgelegd op", db_default=Now())

    class Meta:
        verbose_name = "waarneming"
        verbose_name_plural = "waarnemingen"
        indexes = [models.Index(fields=["publication"], name="observation_publication")]
        constraints = [
            *revision_constraints("observation"),
            models.UniqueConstraint(fields=["series", "period", "revision"], name="observation_revision_once"),
            models.UniqueConstraint(
                fields=["series", "period"], condition=Q(known_to__isnull=True), name="observation_one_current"
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False, marker="") | (Q(value__isnull=True) & ~Q(marker="")),
                name="observation_value_or_marker",
            ),
            models.CheckConstraint(
                condition=Q(value_high__isnull=True) | Q(value__isnull=False, value_high__gte=F("value")),
                name="observation_upper_bound_above_value",
            ),
            models.CheckConstraint(condition=Q(decimals__lte=4), name="observation_at_most_4_decimals"),
            one_of("marker", Marker, name="observation_marker_known", or_empty=True),
            one_of("qualifier", Qualifier, name="observation_qualifier_known", or_empty=True),
            one_of("status", Status, name="observation_status_known"),
            one_of("certainty", Certainty, name="observation_certainty_known"),
            one_of("money_basis", MoneyBasis, name="observation_money_basis_known"),
            one_of("change_kind", ChangeKind, name="observation_change_kind_known"),
            one_of("classification", Classification, name="observation_classification_known"),
            one_of("basis", Basis, name="observation_basis_known"),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.period} revisie {self.revision}"


class ObservationFootnote(models.Model):
    """A footnote printed under one observation."""

    observation = models.ForeignKey(Observation, models.DO_NOTHING, db_constraint=False, related_name="footnote_links")
    footnote = models.ForeignKey(Footnote, models.PROTECT)

    class Meta:
        verbose_name = "voetnoot bij een waarneming"
        verbose_name_plural = "voetnoten bij waarnemingen"
        constraints = [models.UniqueConstraint(fields=["observation", "footnote"], name="observation_footnote_once")]

    def __str__(self) -> str:
        return str(self.footnote)


class DifferenceExplanation(models.Model):
    """The published reason for a difference between plan and realisation (onderbesteding, kasschuif)."""

    series = models.ForeignKey(Series, models.PROTECT, related_name="difference_explanations")
    period = models.ForeignKey(Period, models.PROTECT)
    order = models.PositiveIntegerField("volgorde", default=0)
    text = models.TextField("toelichting")
    publication = models.ForeignKey(Publication, models.PROTECT)
    place = models.CharField("plaats", max_length=120, blank=True)

    class Meta:
        verbose_name = "toelichting op een verschil"
        verbose_name_plural = "toelichtingen op verschillen"
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["series", "period", "order"], name="difference_explanation_once")
        ]

    def __str__(self) -> str:
        return self.text
