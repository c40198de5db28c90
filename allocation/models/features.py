"""Features of the surroundings, and their values per municipality in one year."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from allocation.core.enumerations import Criterion, Verdict
from allocation.core.features import Merging


class Feature(models.Model):
    """A feature (omgevingskenmerk): what it counts, in which unit, and between which bounds a national total lies."""

    code = models.SlugField("code", max_length=60, unique=True)
    name = models.CharField("naam", max_length=120)
    in_words = models.CharField("naam in een zin", max_length=120)
    definition = models.TextField("definitie")
    category = models.CharField("categorie", max_length=80)
    unit = models.CharField("meeteenheid", max_length=40)
    unit_is_inferred = models.BooleanField("meeteenheid is afgeleid", default=False)
    source = models.CharField("bron", max_length=200)
    merging = models.CharField("bij samenvoeging", max_length=20, choices=[(one.value, one.label) for one in Merging])
    plausible_low = models.DecimalField("landelijk ten minste", max_digits=15, decimal_places=4, null=True, blank=True)
    plausible_high = models.DecimalField(
        "landelijk ten hoogste", max_digits=15, decimal_places=4, null=True, blank=True
    )
    order = models.PositiveIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "omgevingskenmerk"
        verbose_name_plural = "omgevingskenmerken"
        ordering = ["order", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(merging__in=[one.value for one in Merging]), name="feature_merging_known"
            ),
            models.CheckConstraint(
                condition=Q(plausible_low__isnull=True, plausible_high__isnull=True)
                | Q(plausible_low__isnull=False, plausible_high__isnull=False, plausible_high__gte=F("plausible_low")),
                name="feature_plausible_range_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class FeatureJudgement(models.Model):
    """How a feature was judged on one criterion."""

    feature = models.ForeignKey(Feature, models.PROTECT, related_name="judgements")
    criterion = models.CharField("criterium", max_length=30, choices=Criterion.choices())
    verdict = models.CharField("oordeel", max_length=20, choices=Verdict.choices())
    remark = models.CharField("toelichting", max_length=300, blank=True)

    class Meta:
        verbose_name = "beoordeling van een kenmerk"
        verbose_name_plural = "beoordelingen van kenmerken"
        ordering = ["feature", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["feature", "criterion"], name="feature_judged_once_per_criterion"),
            models.CheckConstraint(condition=Q(criterion__in=Criterion.codes()), name="feature_criterion_known"),
            models.CheckConstraint(condition=Q(verdict__in=Verdict.codes()), name="feature_verdict_known"),
        ]

    def __str__(self) -> str:
        return f"{self.feature}: {self.criterion}"


class FeatureSet(models.Model):
    """The values of a year as they came in, never changed: a better file is a new set.

    ``digest`` is the SHA-256 of the canonical values, units and marks, so that the same content is kept once.
    """

    code = models.SlugField("code", max_length=60, unique=True)
    name = models.CharField("naam", max_length=120)
    year = models.PositiveSmallIntegerField("jaar")
    source = models.CharField("bron", max_length=200)
    file_name = models.CharField("bestand", max_length=200)
    file_sha256 = models.CharField("controlegetal van het bestand", max_length=64)
    digest = models.CharField("controlegetal van de inhoud", max_length=64, unique=True)
    loaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    loaded_at = models.DateTimeField("geladen op", auto_now_add=True)

    class Meta:
        verbose_name = "kenmerkenset"
        verbose_name_plural = "kenmerkensets"
        ordering = ["-year", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(year__gte=2000, year__lte=2100), name="feature_set_year_sensible"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.year})"


class SetFeature(models.Model):
    """A feature in a set: where its values come from, and whether they are invented (fictief)."""

    feature_set = models.ForeignKey(FeatureSet, models.PROTECT, related_name="features")
    feature = models.ForeignKey(Feature, models.PROTECT, related_name="+")
    source = models.CharField("bron", max_length=200)
    is_fictitious = models.BooleanField("fictief", default=False)

    class Meta:
        verbose_name = "kenmerk in een set"
        verbose_name_plural = "kenmerken in een set"
        ordering = ["feature_set", "feature__order"]
        constraints = [models.UniqueConstraint(fields=["feature_set", "feature"], name="set_feature_once")]

    def __str__(self) -> str:
        return f"{self.feature} in {self.feature_set}"


class SetMunicipality(models.Model):
    """A municipality in a set, with the police unit it belonged to in that year."""

    feature_set = models.ForeignKey(FeatureSet, models.PROTECT, related_name="municipalities")
    area = models.ForeignKey("indicators.Area", models.PROTECT, related_name="+", verbose_name="gemeente")
    unit = models.ForeignKey("indicators.Area", models.PROTECT, related_name="+", verbose_name="politie-eenheid")
    safety_region = models.CharField("veiligheidsregio", max_length=10, blank=True)

    class Meta:
        verbose_name = "gemeente in een set"
        verbose_name_plural = "gemeenten in een set"
        ordering = ["feature_set", "area__cbs_code"]
        constraints = [
            models.UniqueConstraint(fields=["feature_set", "area"], name="set_municipality_once"),
            models.CheckConstraint(condition=~Q(area=F("unit")), name="set_municipality_not_its_own_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.area} in {self.feature_set}"


class FeatureValue(models.Model):
    """One value, in the unit of the feature. A missing value has no row: it is never zero."""

    municipality = models.ForeignKey(SetMunicipality, models.PROTECT, related_name="values")
    feature = models.ForeignKey(SetFeature, models.PROTECT, related_name="values")
    value = models.DecimalField("waarde", max_digits=15, decimal_places=4)

    class Meta:
        verbose_name = "waarde"
        verbose_name_plural = "waarden"
        constraints = [models.UniqueConstraint(fields=["municipality", "feature"], name="feature_value_once")]

    def __str__(self) -> str:
        return f"{self.municipality}, {self.feature}: {self.value}"
