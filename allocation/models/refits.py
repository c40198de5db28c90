"""Refits of the model: what was put in, what came out, and how certain the shares are. None of it ever changes."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from allocation.models.features import FeatureSet
from allocation.models.versions import ModelVersion


class RefitOrder(models.Model):
    """What is to be fitted, complete: a later refit on the same input gives the same outcome.

    ``data`` holds codes, inhabitants, clusters, workloads, features, categories and values, and of each municipality
    its police unit where that is known. ``sources`` are the files, each with its SHA-256.
    """

    name = models.CharField("naam", max_length=120, unique=True)
    data = models.JSONField("invoer")
    sources = models.JSONField("herkomst")
    data_digest = models.CharField("controlegetal van de invoer", max_length=64)
    feature_set = models.ForeignKey(FeatureSet, models.PROTECT, null=True, blank=True, related_name="refits")
    is_fictitious = models.BooleanField("fictief", default=False)
    fictitious_inputs = models.TextField("fictieve invoer", blank=True)  # names, one on a line
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="gemaakt door")
    made_at = models.DateTimeField("gemaakt op", auto_now_add=True)

    class Meta:
        verbose_name = "herschatting"
        verbose_name_plural = "herschattingen"
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="refit_has_a_name"),
            models.CheckConstraint(
                condition=(Q(is_fictitious=True) & ~Q(fictitious_inputs=""))
                | Q(is_fictitious=False, fictitious_inputs=""),
                name="refit_fiction_is_told",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RefitResult(models.Model):
    """What came out: per cluster the path, the coefficients, the residuals, and why each candidate stayed out."""

    order = models.OneToOneField(RefitOrder, models.PROTECT, related_name="result")
    result = models.JSONField("uitkomst")
    result_digest = models.CharField("controlegetal van de uitkomst", max_length=64)
    software = models.CharField("versie van de software", max_length=60)
    made_at = models.DateTimeField("gemaakt op", auto_now_add=True)

    class Meta:
        verbose_name = "uitkomst van een herschatting"
        verbose_name_plural = "uitkomsten van herschattingen"

    def __str__(self) -> str:
        return str(self.order)


class ShareIntervals(models.Model):
    """How certain the shares of a rekenvariant are: intervals from refits on drawn municipalities."""

    model = models.ForeignKey(ModelVersion, models.PROTECT, related_name="intervals")
    order = models.ForeignKey(RefitOrder, models.PROTECT, related_name="intervals")
    draws = models.PositiveIntegerField("trekkingen")
    seed = models.PositiveIntegerField("startgetal")
    result = models.JSONField("uitkomst")
    result_digest = models.CharField("controlegetal van de uitkomst", max_length=64)
    software = models.CharField("versie van de software", max_length=60)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="gemaakt door")
    made_at = models.DateTimeField("gemaakt op", auto_now_add=True)

    class Meta:
        verbose_name = "marges van de aandelen"
        verbose_name_plural = "marges van de aandelen"
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["model", "draws", "seed"], name="share_intervals_once"),
            models.CheckConstraint(condition=Q(draws__gt=0), name="share_intervals_have_draws"),
        ]

    def __str__(self) -> str:
        return f"{self.model}, {self.draws} trekkingen"
