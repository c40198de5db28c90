"""What is measured: themes, indicators with their versions, breakdowns, norms, breaks."""

from django.db import models
from django.db.models import F, Q

from indicators.core.enumerations import (
    BreakKind,
    Comparator,
    Direction,
    Measure,
    TargetKind,
    TargetState,
)
from indicators.models.sources import Publication, Source
from indicators.models.vocabulary import one_of

PROGRAMMES = [("politie", "Politie"), ("ondermijning", "Ondermijning")]


class Theme(models.Model):
    """A theme of a report, or a sub-theme under it."""

    code = models.SlugField("code", max_length=80, unique=True)
    name = models.CharField("naam", max_length=200)
    programme = models.CharField("programma", max_length=20, choices=PROGRAMMES)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    order = models.PositiveIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "thema"
        verbose_name_plural = "thema's"
        ordering = ["programme", "order", "code"]

    def __str__(self) -> str:
        return self.name


class Indicator(models.Model):
    """A thing that is measured again and again. Its texts live in :class:`IndicatorVersion`."""

    code = models.SlugField("code", max_length=100, unique=True)
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="indicators", verbose_name="thema")
    level = models.CharField("niveau", max_length=10, blank=True)  # input, output, outcome
    value_kind = models.CharField("soort waarde", max_length=12)
    additive = models.BooleanField("optelbaar", default=False)
    has_rest = models.BooleanField("delen laten een rest", default=False)  # not all classes are published
    default_period_kind = models.CharField("gebruikelijke periode", max_length=20)
    chart = models.CharField("grafiek", max_length=10, default="lijn")
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, verbose_name="gebruikelijke bron")
    order = models.PositiveIntegerField("volgorde", default=0)
    retired_on = models.DateField("vervallen op", null=True, blank=True)

    class Meta:
        verbose_name = "indicator"
        verbose_name_plural = "indicatoren"
        ordering = ["theme__order", "order", "code"]

    def __str__(self) -> str:
        return self.code


class IndicatorVersion(models.Model):
    """The wording of an indicator during a time: name, definition, meeteenheid, decimals, direction, norm text."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("versie", default=1)
    name = models.CharField("naam", max_length=200)
    definition = models.TextField("definitie", blank=True)
    definition_note = models.TextField("aandachtspunt bij de definitie", blank=True)
    unit = models.CharField("meeteenheid", max_length=40, blank=True)
    decimals = models.PositiveSmallIntegerField("decimalen", default=0)
    measure = models.CharField("stand of stroom", max_length=10, blank=True)
    direction = models.CharField("richting", max_length=20, default=Direction.NO_JUDGEMENT)
    norm_text = models.TextField("normtekst", blank=True)
    valid_from = models.DateField("geldig vanaf", null=True, blank=True)
    valid_to = models.DateField("geldig tot en met", null=True, blank=True)

    class Meta:
        verbose_name = "indicatorversie"
        verbose_name_plural = "indicatorversies"
        ordering = ["indicator", "number"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "number"], name="indicator_version_number_once"),
            models.UniqueConstraint(
                fields=["indicator"], condition=Q(valid_to__isnull=True), name="indicator_one_current_version"
            ),
            one_of("direction", Direction, name="indicator_version_direction_known"),
            one_of("measure", Measure, name="indicator_version_measure_known"),
            models.CheckConstraint(condition=Q(decimals__lte=4), name="indicator_version_at_most_4_decimals"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="indicator_version_range_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} (versie {self.number})"


class Breakdown(models.Model):
    """A way to split an indicator, such as kind of violence."""

    code = models.SlugField("code", max_length=80, unique=True)
    name = models.CharField("naam", max_length=120)

    class Meta:
        verbose_name = "uitsplitsing"
        verbose_name_plural = "uitsplitsingen"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Category(models.Model):
    """One class of a breakdown. A total is never a category: it is the absence of one."""

    breakdown = models.ForeignKey(Breakdown, models.PROTECT, related_name="categories", verbose_name="uitsplitsing")
    code = models.SlugField("code", max_length=100)
    name = models.CharField("naam", max_length=250)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    order = models.PositiveIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "categorie"
        verbose_name_plural = "categorieën"
        ordering = ["breakdown", "order", "code"]
        constraints = [models.UniqueConstraint(fields=["breakdown", "code"], name="category_once_per_breakdown")]

    def __str__(self) -> str:
        return self.name


class Target(models.Model):
    """A norm or goal: with its authority, level of application, comparator, value and source."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="targets")
    code = models.SlugField("code", max_length=140, unique=True)
    kind = models.CharField("soort", max_length=40, choices=TargetKind.choices())
    comparator = models.CharField("vergelijking", max_length=12, choices=Comparator.choices())
    value = models.DecimalField("waarde", max_digits=15, decimal_places=4, null=True, blank=True)
    value_high = models.DecimalField("bovengrens", max_digits=15, decimal_places=4, null=True, blank=True)
    text = models.TextField("omschrijving")
    state = models.CharField("stand", max_length=20, choices=TargetState.choices(), default=TargetState.SETTLED)
    level = models.CharField("niveau van toepassing", max_length=60, blank=True)
    valid_from = models.DateField("geldig vanaf", null=True, blank=True)
    valid_to = models.DateField("geldig tot en met", null=True, blank=True)
    period_label = models.CharField("periode in de bron", max_length=60, blank=True)
    publication = models.ForeignKey(Publication, models.PROTECT, verbose_name="publicatie")
    place = models.CharField("plaats", max_length=120, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True)

    class Meta:
        verbose_name = "norm of doel"
        verbose_name_plural = "normen en doelen"
        ordering = ["indicator", "valid_from", "code"]
        constraints = [
            one_of("kind", TargetKind, name="target_kind_known"),
            one_of("comparator", Comparator, name="target_comparator_known"),
            one_of("state", TargetState, name="target_state_known"),
            models.CheckConstraint(
                condition=~Q(comparator="tussen")
                | Q(value__isnull=False, value_high__isnull=False, value_high__gte=F("value")),
                name="target_between_has_both_ends",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class SeriesBreak(models.Model):
    """A break in the series of an indicator: figures before and after the period are not simply comparable."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="breaks")
    period = models.ForeignKey("indicators.Period", models.PROTECT, verbose_name="vanaf periode")
    kind = models.CharField("soort", max_length=20, choices=BreakKind.choices())
    text = models.TextField("toelichting")
    publication = models.ForeignKey(Publication, models.PROTECT, null=True, blank=True)
    place = models.CharField("plaats", max_length=120, blank=True)

    class Meta:
        verbose_name = "trendbreuk"
        verbose_name_plural = "trendbreuken"
        ordering = ["indicator", "period"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "period", "kind"], name="series_break_once"),
            one_of("kind", BreakKind, name="series_break_kind_known"),
        ]

    def __str__(self) -> str:
        return self.text
