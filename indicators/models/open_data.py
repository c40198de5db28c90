"""How tables of open data are read, and what was fetched with it."""

from django.conf import settings
from django.db import models

from indicators.models.deliveries import Delivery


class OpenDataProfile(models.Model):
    """How one table of open data maps to series (``core.opendata.profiles``). A change is a new version."""

    code = models.SlugField("code", max_length=62)
    version = models.PositiveIntegerField("versie")
    title = models.CharField("titel", max_length=200)
    content = models.JSONField("inhoud")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField("gemaakt op", auto_now_add=True)

    class Meta:
        verbose_name = "profiel voor open data"
        verbose_name_plural = "profielen voor open data"
        ordering = ["code", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="open_data_profile_version_once"),
            models.CheckConstraint(condition=models.Q(version__gte=1), name="open_data_profile_version_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, versie {self.version}"


class OpenDataFetch(models.Model):
    """Which profile and which edition of a table a delivery of open data came from."""

    delivery = models.OneToOneField(Delivery, models.PROTECT, related_name="open_data")
    profile = models.ForeignKey(OpenDataProfile, models.PROTECT, related_name="fetches")
    edition = models.CharField("uitgave", max_length=200)
    modified = models.CharField("gewijzigd", max_length=40)

    class Meta:
        verbose_name = "opgehaalde tabel"
        verbose_name_plural = "opgehaalde tabellen"

    def __str__(self) -> str:
        return f"{self.profile}, {self.modified}"
