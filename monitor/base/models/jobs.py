"""Work that is done apart from a request: the table is the truth, the message broker only a nudge."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from monitor.base.core.jobs import FINAL_STATES, OPEN_STATES, JobState

_OPEN = sorted(state.value for state in OPEN_STATES)
_FINAL = sorted(state.value for state in FINAL_STATES)


class Job(models.Model):
    """One piece of work, asked for in the transaction that needs it (an outbox), run by the worker that claims it."""

    kind = models.CharField("soort", max_length=60)
    label = models.CharField("omschrijving", max_length=200)
    parameters = models.JSONField("parameters", default=dict)
    state = models.CharField(
        "toestand",
        max_length=12,
        choices=[(state.value, state.value) for state in JobState],
        default=JobState.WACHT.value,
    )
    phase = models.CharField("fase", max_length=120, blank=True, default="")
    done = models.PositiveIntegerField("gedaan", default=0)
    total = models.PositiveIntegerField("totaal", default=0)  # 0: not known
    message = models.CharField("bericht", max_length=500, blank=True, default="")
    log = models.JSONField("logregels", default=list, blank=True)  # [{"moment": ISO, "text": …}], oldest first
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="jobs",
        verbose_name="aangevraagd door",
    )
    dedupe_key = models.CharField("sleutel", max_length=200, blank=True, default="")
    created_at = models.DateTimeField("aangevraagd op", auto_now_add=True)
    nudged_at = models.DateTimeField("aangeboden op", null=True, blank=True)
    started_at = models.DateTimeField("begonnen op", null=True, blank=True)
    finished_at = models.DateTimeField("klaar op", null=True, blank=True)
    lease_until = models.DateTimeField("in behandeling tot", null=True, blank=True)
    fence = models.PositiveIntegerField("volgnummer van de poging", default=0)
    attempts = models.PositiveSmallIntegerField("pogingen", default=0)
    cancel_requested = models.BooleanField("stoppen gevraagd", default=False)
    result = models.JSONField("uitkomst", null=True, blank=True)
    error = models.TextField("fout", blank=True, default="")

    class Meta:
        verbose_name = "taak"
        verbose_name_plural = "taken"
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["state", "lease_until"], name="job_open", condition=Q(state__in=_OPEN)),
            models.Index(fields=["kind", "-created_at"], name="job_kind_recent"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["dedupe_key"],
                condition=Q(state__in=_OPEN) & ~Q(dedupe_key=""),
                name="job_open_once_per_key",
            ),
            models.CheckConstraint(condition=Q(state__in=_OPEN + _FINAL), name="job_state_known"),
            models.CheckConstraint(condition=Q(total=0) | Q(done__lte=F("total")), name="job_done_within_total"),
            models.CheckConstraint(
                condition=Q(state=JobState.LOOPT.value, lease_until__isnull=False)
                | (~Q(state=JobState.LOOPT.value) & Q(lease_until__isnull=True)),
                name="job_lease_while_running",
            ),
            models.CheckConstraint(
                condition=Q(state__in=_FINAL, finished_at__isnull=False) | Q(state__in=_OPEN, finished_at__isnull=True),
                name="job_finished_when_final",
            ),
            models.CheckConstraint(
                condition=(Q(state=JobState.MISLUKT.value) & ~Q(error=""))
                | (~Q(state=JobState.MISLUKT.value) & Q(error="")),
                name="job_error_when_failed",
            ),
            models.CheckConstraint(condition=Q(attempts__lte=F("fence")), name="job_attempts_within_fence"),
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.state})"

    @property
    def is_final(self) -> bool:
        """Whether nothing will happen to the job any more."""
        return self.state in FINAL_STATES

    @property
    def percentage(self) -> int | None:
        """How far it is, 0 to 100; None when the total is not known."""
        return self.done * 100 // self.total if self.total else None

    @property
    def log_lines(self) -> list[dict[str, Any]]:
        """The lines of the log, oldest first."""
        return list(self.log)
