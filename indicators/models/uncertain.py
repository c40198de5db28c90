"""What is not (yet) a figure of a series: readings to be confirmed and one-off facts."""

from django.db import models
from django.db.models import F, Q

from indicators.core.enumerations import Certainty, Qualifier, ReadingKind, Variant
from indicators.models.areas import Area
from indicators.models.catalogue import Theme
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


class Fact(models.Model):
    """A one-off figure with its sentence (los cijfer): no series, not asked again.

    ``sentence`` holds ``{waarde}`` where the formatted value goes; the number itself stands in ``value`` only.
    """

    code = models.SlugField("code", max_length=140, unique=True)
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="facts", verbose_name="thema")
    name = models.CharField("naam", max_length=250)
    sentence = models.TextField("zin")
    kind = models.CharField("soort", max_length=12)
    value = models.DecimalField("waarde", max_digits=15, decimal_places=4)
    value_high = exact_number("bovengrens", null=True, blank=True)
    unit = models.CharField("meeteenheid", max_length=40, blank=True)
    decimals = models.PositiveSmallIntegerField("decimalen", default=0)
    variant = models.CharField("variant", max_length=12, choices=Variant.choices(), default=Variant.REALISED)
    qualifier = models.CharField("benadering", max_length=12, blank=True, choices=Qualifier.choices())
    period = models.ForeignKey(Period, models.PROTECT)
    area = models.ForeignKey(Area, models.PROTECT)
    publication = models.ForeignKey(Publication, models.PROTECT, related_name="facts")
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True)
    place = models.CharField("plaats", max_length=120, blank=True)
    asserted_by = models.CharField("volgens", max_length=200, blank=True)
    certainty = models.CharField("zekerheid van de lezing", max_length=12, choices=Certainty.choices())
    read_as = models.TextField("hoe gelezen", blank=True)
    footnote = models.TextField("voetnoot", blank=True)
    known_from = models.DateTimeField("bekend vanaf")
    public_from = models.DateTimeField("openbaar vanaf", null=True, blank=True)

    class Meta:
        verbose_name = "los cijfer"
        verbose_name_plural = "losse cijfers"
        ordering = ["theme__programme", "theme__order", "code"]
        constraints = [
            one_of("variant", Variant, name="fact_variant_known"),
            one_of("qualifier", Qualifier, name="fact_qualifier_known", or_empty=True),
            one_of("certainty", Certainty, name="fact_certainty_known"),
            models.CheckConstraint(condition=Q(sentence__contains="{waarde}"), name="fact_sentence_binds_its_value"),
            models.CheckConstraint(
                condition=Q(value_high__isnull=True) | Q(value_high__gte=F("value")),
                name="fact_upper_bound_above_value",
            ),
        ]

    def __str__(self) -> str:
        return self.name
