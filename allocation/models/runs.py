"""Runs of the model, kept as they were, and the scenarios they came from."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from allocation.models.features import FeatureSet
from allocation.models.versions import ModelVersion


class Scenario(models.Model):
    """A what-if that somebody kept: its author and inputs; a changed scenario is a new one."""

    name = models.CharField("naam", max_length=120)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="auteur")
    made_at = models.DateTimeField("gemaakt op", auto_now_add=True)
    model = models.ForeignKey(ModelVersion, models.PROTECT, related_name="scenarios")
    feature_set = models.ForeignKey(FeatureSet, models.PROTECT, related_name="scenarios")
    reason = models.TextField("reden", blank=True)
    inputs = models.JSONField("invoer", default=dict)

    class Meta:
        verbose_name = "scenario"
        verbose_name_plural = "scenario's"
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["author", "name"], name="scenario_name_once_per_author"),
            models.CheckConstraint(condition=~Q(name=""), name="scenario_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class AllocationRun(models.Model):
    """One run: never changed. Decimals stand as text in the JSON, so that no digit is lost.

    ``order``: fte, specific_tasks, partial. ``result``: raw_total, units, municipalities, missing.
    """

    model = models.ForeignKey(ModelVersion, models.PROTECT, related_name="runs")
    feature_set = models.ForeignKey(FeatureSet, models.PROTECT, related_name="runs")
    scenario = models.ForeignKey(Scenario, models.PROTECT, null=True, blank=True, related_name="runs")
    fte = models.DecimalField("fte", max_digits=15, decimal_places=6)
    order = models.JSONField("opdracht")
    result = models.JSONField("uitkomst")
    model_digest = models.CharField("controlegetal van het model", max_length=64)
    data_digest = models.CharField("controlegetal van de gegevens", max_length=64)
    result_digest = models.CharField("controlegetal van de uitkomst", max_length=64)
    software = models.CharField("versie van de software", max_length=60)
    is_partial = models.BooleanField("gedeeltelijk", default=False)
    is_fictitious = models.BooleanField("fictief", default=False)
    fictitious_inputs = models.TextField("fictieve invoer", blank=True)  # names, one on a line
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField("gemaakt op", auto_now_add=True)

    class Meta:
        verbose_name = "berekening"
        verbose_name_plural = "berekeningen"
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(fte__gt=0), name="allocation_run_fte_positive"),
            models.CheckConstraint(
                condition=(Q(is_fictitious=True) & ~Q(fictitious_inputs=""))
                | Q(is_fictitious=False, fictitious_inputs=""),
                name="allocation_run_fiction_is_told",
            ),
        ]

    def __str__(self) -> str:
        return f"Berekening {self.pk}"
