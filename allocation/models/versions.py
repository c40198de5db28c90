"""Versions of the model, and the other keys it is compared with."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from allocation.core.enumerations import KeyKind, KeyMeasure
from allocation.core.model import Standing
from allocation.models.features import Feature


class ModelVersion(models.Model):
    """A version of the model: weights for ``reference_fte``. Only its standing changes after it was made.

    ``origin`` says what a rekenvariant was made from (checksums of the input of its fit); empty for a published one.
    It ``is_fictitious`` when it was fitted on invented values.
    """

    code = models.SlugField("code", max_length=60, unique=True)
    name = models.CharField("naam", max_length=120)
    year = models.PositiveSmallIntegerField("jaar")
    standing = models.CharField("stand", max_length=20, choices=[(one.value, one.label) for one in Standing])
    reference_fte = models.DecimalField("gewichten gelden bij", max_digits=12, decimal_places=4, default=1000)
    source = models.CharField("bron", max_length=200)
    place = models.CharField("plaats", max_length=120, blank=True)
    note = models.TextField("toelichting", blank=True)
    origin = models.JSONField("herkomst", default=dict, blank=True)
    is_fictitious = models.BooleanField("fictief", default=False)
    based_on = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="variants")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField("gemaakt op", auto_now_add=True)

    class Meta:
        verbose_name = "modelversie"
        verbose_name_plural = "modelversies"
        ordering = ["-year", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(standing__in=[one.value for one in Standing]), name="model_standing_known"
            ),
            models.CheckConstraint(condition=Q(reference_fte__gt=0), name="model_reference_positive"),
        ]

    def __str__(self) -> str:
        return self.name


class ModelWeight(models.Model):
    """The weight of a feature: fte per unit of the feature, when ``reference_fte`` is divided."""

    model = models.ForeignKey(ModelVersion, models.PROTECT, related_name="weights")
    feature = models.ForeignKey(Feature, models.PROTECT, related_name="+")
    weight = models.DecimalField("gewicht", max_digits=15, decimal_places=12)
    order = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "gewicht"
        verbose_name_plural = "gewichten"
        ordering = ["model", "order", "pk"]
        constraints = [models.UniqueConstraint(fields=["model", "feature"], name="model_weight_once")]

    def __str__(self) -> str:
        return f"{self.weight} × {self.feature}"


class ModelCluster(models.Model):
    """A cluster of tasks in a model: its share of the whole, and (in a rekenvariant) its own coefficients.

    ``coefficients`` maps feature codes to decimals as text: they are kept to the last digit, whatever their size.
    """

    model = models.ForeignKey(ModelVersion, models.PROTECT, related_name="clusters")
    code = models.SlugField("code", max_length=60)
    name = models.CharField("naam", max_length=120)
    share = models.DecimalField("aandeel", max_digits=13, decimal_places=12)
    coefficients = models.JSONField("coëfficiënten", default=dict, blank=True)
    order = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "cluster"
        verbose_name_plural = "clusters"
        ordering = ["model", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["model", "code"], name="model_cluster_once"),
            models.CheckConstraint(condition=Q(share__gte=0, share__lte=1), name="model_cluster_share_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.name} in {self.model}"


class AllocationKey(models.Model):
    """Another key of distribution (verdeelsleutel); never changed, a better one is a new one.

    A key in fte says how strong the units are now, and so which total the extra strength leads to.
    """

    code = models.SlugField("code", max_length=60, unique=True)
    name = models.CharField("naam", max_length=120)
    kind = models.CharField("soort", max_length=20, choices=KeyKind.choices())
    measure = models.CharField("getallen zijn", max_length=20, choices=KeyMeasure.choices())
    reference_date = models.DateField("peildatum", null=True, blank=True)
    source = models.CharField("bron", max_length=200)
    place = models.CharField("plaats", max_length=120, blank=True)
    is_fictitious = models.BooleanField("fictief", default=False)
    digest = models.CharField("controlegetal", max_length=64)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField("geladen op", auto_now_add=True)

    class Meta:
        verbose_name = "verdeelsleutel"
        verbose_name_plural = "verdeelsleutels"
        ordering = ["kind", "name", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=KeyKind.codes()), name="allocation_key_kind_known"),
            models.CheckConstraint(condition=Q(measure__in=KeyMeasure.codes()), name="allocation_key_measure_known"),
        ]

    def __str__(self) -> str:
        return self.name


class KeyPart(models.Model):
    """What a key gives one police unit, in the measure of the key."""

    key = models.ForeignKey(AllocationKey, models.PROTECT, related_name="parts")
    unit = models.ForeignKey("indicators.Area", models.PROTECT, related_name="+", verbose_name="politie-eenheid")
    value = models.DecimalField("waarde", max_digits=15, decimal_places=4)

    class Meta:
        verbose_name = "deel van een sleutel"
        verbose_name_plural = "delen van sleutels"
        ordering = ["key", "unit__order"]
        constraints = [
            models.UniqueConstraint(fields=["key", "unit"], name="key_part_once_per_unit"),
            models.CheckConstraint(condition=Q(value__gte=0), name="key_part_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.value}"
