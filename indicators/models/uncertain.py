"""What is not (yet) a figure of a series: readings to be confirmed."""

from django.db import models
from django.db.models import Q

from indicators.core.enumerations import Qualifier, ReadingKind
from indicators.models.observations import exact_number
from indicators.models.series import Period, Series
from indicators.models.sources import Publication, Source
from indicators.models.vocabulary import one_of


class Reading(models.Model):
    """A value that is not certain, or a second reading beside the chosen one (lezing). Never shown as a figure."""

    series = models.ForeignKey(Series, models.PROTECT, related_name="readings")
    period = models.ForeignKey(Period, models.PROTECT, null=True, blank=True, related_name="readings")
    kind = models.CharField("soort", max_length=20, choices=ReadingKind.choices())
    value = models.DecimalField("waarde", max_digits=15, decimal_places=4)
    value_high = exact_number("bovengrens", null=True, blank=True)
    qualifier = models.CharField("benadering", max_length=12, blank=True, choices=Qualifier.choices())
    decimals = models.PositiveSmallIntegerField("decimalen", default=0)
    reason = models.TextField("waarom onzeker")
    alternative = models.TextField("andere lezing", blank=True)
    publication = models.ForeignKey(Publication, models.PROTECT, null=True, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True)
    place = models.CharField("plaats", max_length=120, blank=True)
    key = models.CharField("sleutel", max_length=600, unique=True)

    class Meta:
        verbose_name = "lezing"
        verbose_name_plural = "lezingen"
        ordering = ["series", "period", "key"]
        constraints = [
            one_of("kind", ReadingKind, name="reading_kind_known"),
            one_of("qualifier", Qualifier, name="reading_qualifier_known", or_empty=True),
            models.CheckConstraint(
                condition=Q(publication__isnull=False) | Q(source__isnull=False), name="reading_has_an_origin"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.period or 'periode onbekend'}: {self.value}"
