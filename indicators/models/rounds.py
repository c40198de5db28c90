"""Reporting rounds: when, which figures, from whom, by whom."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from indicators.core.enumerations import Marker, RoundRhythm, RoundState, RoundStepKind
from indicators.models.series import Period, Series
from indicators.models.vocabulary import one_of


class Supplier(models.Model):
    """Who delivers figures (police, OM, Douane, CBS); suppliers have no account."""

    code = models.SlugField("code", max_length=60, unique=True)
    name = models.CharField("naam", max_length=120)
    holders = models.JSONField("bronhouders", default=list, blank=True)  # holders of sources it answers for
    contact_name = models.CharField("contactpersoon", max_length=120, blank=True)
    contact_email = models.EmailField("e-mailadres", blank=True)

    class Meta:
        verbose_name = "leverancier"
        verbose_name_plural = "leveranciers"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Round(models.Model):
    """A reporting round (rapportageronde), such as the second police report of 2025."""

    code = models.SlugField("code", max_length=20, unique=True)
    name = models.CharField("naam", max_length=120)
    programme = models.CharField("programma", max_length=20)
    reference_date = models.DateField("datum")
    cut_off = models.DateField("peildatum", null=True, blank=True)
    state = models.CharField("stand", max_length=15, choices=RoundState.choices(), default=RoundState.CLOSED)
    rhythm = models.CharField("ritme", max_length=15, choices=RoundRhythm.choices(), default=RoundRhythm.HALF_YEARLY)
    copied_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="copies")

    class Meta:
        verbose_name = "rapportageronde"
        verbose_name_plural = "rapportagerondes"
        ordering = ["reference_date", "code"]
        constraints = [
            one_of("state", RoundState, name="round_state_known"),
            one_of("rhythm", RoundRhythm, name="round_rhythm_known"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.state == RoundState.OPEN


class RoundStep(models.Model):
    """One step of a round and the day it must be done."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="steps")
    kind = models.CharField("stap", max_length=15, choices=RoundStepKind.choices())
    due = models.DateField("gereed op")

    class Meta:
        verbose_name = "stap van een ronde"
        verbose_name_plural = "stappen van een ronde"
        ordering = ["round", "due"]
        constraints = [
            models.UniqueConstraint(fields=["round", "kind"], name="round_step_once"),
            one_of("kind", RoundStepKind, name="round_step_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.due}"


class RoundItem(models.Model):
    """A figure that a round asks for: series and period, with supplier, owner and due date."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="items")
    series = models.ForeignKey(Series, models.PROTECT, related_name="round_items")
    period = models.ForeignKey(Period, models.PROTECT, related_name="round_items")
    supplier = models.ForeignKey(Supplier, models.PROTECT, null=True, blank=True, related_name="items")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="round_items"
    )
    due = models.DateField("aanleveren voor", null=True, blank=True)
    requested_at = models.DateTimeField("uitgevraagd op", null=True, blank=True)
    unavailable = models.CharField("niet beschikbaar", max_length=30, blank=True)
    unavailable_reason = models.CharField("waarom niet", max_length=300, blank=True)

    class Meta:
        verbose_name = "gevraagd cijfer"
        verbose_name_plural = "gevraagde cijfers"
        ordering = ["round", "series"]
        constraints = [
            models.UniqueConstraint(fields=["round", "series", "period"], name="round_item_once"),
            one_of("unavailable", Marker, name="round_item_unavailable_known", or_empty=True),
            models.CheckConstraint(
                condition=Q(unavailable="") | ~Q(unavailable_reason=""), name="round_item_unavailable_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series} over {self.period}"


class ThemeAccess(models.Model):
    """Limits a person to themes; somebody without any row may work on all of them."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="theme_access")
    theme = models.ForeignKey("indicators.Theme", models.PROTECT, related_name="access")

    class Meta:
        verbose_name = "toegang tot een thema"
        verbose_name_plural = "toegang tot thema's"
        constraints = [models.UniqueConstraint(fields=["user", "theme"], name="theme_access_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.theme}"
