"""Reports as they were made: what from, when, and the files with their checksums."""

from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Q

from reports.core.formats import Format


class ReportRun(models.Model):
    """One report made from one state of the data. The same content on the same toolchain is made only once."""

    template = models.CharField("rapport", max_length=60)
    title = models.CharField("titel", max_length=200)
    round = models.ForeignKey(
        "indicators.Round", models.PROTECT, related_name="report_runs", verbose_name="rapportageronde"
    )
    as_known_on = models.DateField("zoals bekend op", null=True, blank=True)
    known_as_of = models.CharField("stand van de gegevens", max_length=80)
    fingerprint = models.CharField("vingerafdruk", max_length=64, unique=True)
    data_digest = models.CharField("controlegetal van de gegevens", max_length=64)
    figure_count = models.PositiveIntegerField("aantal cijfers")
    is_public = models.BooleanField("alleen openbare cijfers", default=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="gemaakt door"
    )
    made_at = models.DateTimeField("gemaakt op", auto_now_add=True)

    class Meta:
        verbose_name = "gemaakt rapport"
        verbose_name_plural = "gemaakte rapporten"
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["template", "-made_at"], name="report_run_recent")]

    def __str__(self) -> str:
        return f"{self.title} ({self.round})"


class ReportDocument(models.Model):
    """One file of a report; ``path`` is relative to the folder of documents, so that the folder can move."""

    run = models.ForeignKey(ReportRun, models.PROTECT, related_name="documents")
    format = models.CharField("formaat", max_length=5, choices=[(f.value, f.label) for f in Format])
    path = models.CharField("bestand", max_length=250)
    size = models.PositiveIntegerField("grootte")
    sha256 = models.CharField("controlegetal", max_length=64)

    class Meta:
        verbose_name = "document"
        verbose_name_plural = "documenten"
        ordering = ["run", "format"]
        constraints = [
            models.UniqueConstraint(fields=["run", "format"], name="report_document_once_per_format"),
            models.CheckConstraint(
                condition=Q(format__in=[f.value for f in Format]), name="report_document_format_known"
            ),
        ]

    def __str__(self) -> str:
        return self.filename

    @property
    def filename(self) -> str:
        return Path(self.path).name

    @property
    def file(self) -> Path:
        return settings.OUTPUT_DIR / self.path


class ReportFigure(models.Model):
    """One revision of a figure that a report printed: by row, never by date, so that it says what really stood there.

    As many rows as figures times reports: the reference to the observation carries no foreign-key trigger.
    """

    run = models.ForeignKey(ReportRun, models.PROTECT, related_name="figures")
    observation = models.ForeignKey(
        "indicators.Observation", models.DO_NOTHING, db_constraint=False, related_name="report_figures"
    )

    class Meta:
        verbose_name = "cijfer in een rapport"
        verbose_name_plural = "cijfers in rapporten"
        constraints = [models.UniqueConstraint(fields=["run", "observation"], name="report_figure_once_per_run")]

    def __str__(self) -> str:
        return f"{self.observation_id} in {self.run}"
