"""How suppliers' own sheets are read: profiles in versions, and known errors of suppliers."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from indicators.core.enumerations import KeptState
from indicators.core.periods import Period, parse_period
from indicators.models.observations import exact_number
from indicators.models.rounds import Supplier
from indicators.models.series import Series
from indicators.models.vocabulary import one_of


class ImportProfile(models.Model):
    """One version of a profile. ``content`` never changes; the version before it is retired when a new one comes."""

    code = models.SlugField("code", max_length=80)
    version = models.PositiveIntegerField("versie", default=1)
    name = models.CharField("naam", max_length=150)
    supplier = models.ForeignKey(Supplier, models.PROTECT, null=True, blank=True, related_name="profiles")
    content = models.JSONField("inhoud")
    state = models.CharField("stand", max_length=12, choices=KeptState.choices(), default=KeptState.IN_USE)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("gemaakt op", auto_now_add=True)

    class Meta:
        verbose_name = "importprofiel"
        verbose_name_plural = "importprofielen"
        ordering = ["code", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="import_profile_version_once"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(state=KeptState.IN_USE), name="import_profile_one_in_use"
            ),
            one_of("state", KeptState, name="import_profile_state_known"),
            models.CheckConstraint(condition=Q(version__gte=1), name="import_profile_version_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, versie {self.version}"


class SupplierCorrection(models.Model):
    """A known error in what a supplier sends: which value is expected, and what it must be. Ended, never deleted."""

    code = models.SlugField("code", max_length=80, unique=True)
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="corrections")
    series = models.ForeignKey(Series, models.PROTECT, related_name="+", verbose_name="reeks")
    period_code = models.CharField("periode", max_length=24)
    sheet = models.CharField("blad", max_length=100, blank=True)
    cell = models.CharField("cel", max_length=10, blank=True)
    wrong = exact_number("foute waarde")
    right = exact_number("goede waarde")
    what = models.TextField("wat er fout is")
    why = models.TextField("hoe dat bekend is")
    state = models.CharField("stand", max_length=12, choices=KeptState.choices(), default=KeptState.IN_USE)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("gemaakt op", auto_now_add=True)

    class Meta:
        verbose_name = "bekende fout van een leverancier"
        verbose_name_plural = "bekende fouten van leveranciers"
        ordering = ["code"]
        constraints = [
            one_of("state", KeptState, name="supplier_correction_state_known"),
            models.CheckConstraint(condition=~Q(what="") & ~Q(why=""), name="supplier_correction_has_reason"),
            models.CheckConstraint(condition=~Q(wrong=F("right")), name="supplier_correction_changes_something"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def period(self) -> Period:
        """The period that it is about."""
        return parse_period(self.period_code)
