"""Periods and series: the two coordinates of every figure."""

from django.db import models
from django.db.models import Q

from indicators.core.enumerations import Variant
from indicators.core.periods import Period as PeriodValue
from indicators.core.periods import PeriodKind
from indicators.models.areas import Area
from indicators.models.catalogue import Category, Indicator
from indicators.models.vocabulary import one_of


class Period(models.Model):
    """A period as a row; :attr:`as_value` is the period itself."""

    code = models.CharField("code", max_length=24, unique=True)
    kind = models.CharField("soort", max_length=20)
    start = models.DateField("eerste dag", null=True, blank=True)
    end = models.DateField("laatste dag", null=True, blank=True)

    class Meta:
        verbose_name = "periode"
        verbose_name_plural = "periodes"
        ordering = ["end", "start", "code"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[kind.value for kind in PeriodKind]), name="period_kind_known"),
            models.CheckConstraint(
                condition=Q(start__isnull=True) | Q(end__isnull=True) | Q(end__gte=models.F("start")),
                name="period_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.as_value.label

    @property
    def as_value(self) -> PeriodValue:
        return PeriodValue(PeriodKind(self.kind), self.start, self.end)


class Series(models.Model):
    """Indicator × area × variant × set of categories; ``key`` is that combination as one canonical text."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="series")
    area = models.ForeignKey(Area, models.PROTECT, related_name="series")
    variant = models.CharField("variant", max_length=12, choices=Variant.choices(), default=Variant.REALISED)
    key = models.CharField("sleutel", max_length=400, unique=True)
    categories = models.ManyToManyField(Category, through="SeriesCategory", related_name="series")

    class Meta:
        verbose_name = "reeks"
        verbose_name_plural = "reeksen"
        ordering = ["key"]
        constraints = [
            one_of("variant", Variant, name="series_variant_known"),
            models.CheckConstraint(condition=~Q(key=""), name="series_key_not_empty"),
        ]

    def __str__(self) -> str:
        return self.key


class SeriesCategory(models.Model):
    """A category of a series; at most one per breakdown (``breakdown`` repeats the category's, for the constraint)."""

    series = models.ForeignKey(Series, models.PROTECT, related_name="series_categories")
    category = models.ForeignKey(Category, models.PROTECT)
    breakdown = models.ForeignKey("indicators.Breakdown", models.PROTECT)

    class Meta:
        verbose_name = "categorie van een reeks"
        verbose_name_plural = "categorieën van reeksen"
        constraints = [
            models.UniqueConstraint(fields=["series", "breakdown"], name="series_one_category_per_breakdown")
        ]

    def __str__(self) -> str:
        return f"{self.series}: {self.category}"
