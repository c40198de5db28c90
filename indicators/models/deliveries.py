"""What was asked from suppliers and what came back: requests and deliveries. The files themselves are kept."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from indicators.core.enumerations import DeliveryKind, DeliveryState
from indicators.models.rounds import Round, Supplier
from indicators.models.sources import Source
from indicators.models.vocabulary import one_of


class DataRequest(models.Model):
    """A prefilled sheet made for a supplier (uitvraag). ``key`` stands in the sheet and tells a returned one apart.

    ``figures`` are the asked ones, as pairs of series key and period code; the sheet itself is kept under its key.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="requests")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="requests")
    key = models.UUIDField("sleutel", unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("gemaakt op")
    asked = models.PositiveIntegerField("gevraagde cijfers")
    figures = models.JSONField("gevraagd", default=list, blank=True)

    class Meta:
        verbose_name = "uitvraag"
        verbose_name_plural = "uitvragen"
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.supplier}, {self.round}"


class Delivery(models.Model):
    """A file that came in (aanlevering), as it was: kept under its checksum, never changed.

    Whoever uploaded it or confirmed its plan cannot check its values. ``source`` is made when it is confirmed: the
    values name it, with their cell as place.
    """

    kind = models.CharField("soort", max_length=15, choices=DeliveryKind.choices())
    round = models.ForeignKey(Round, models.PROTECT, null=True, blank=True, related_name="deliveries")
    supplier = models.ForeignKey(Supplier, models.PROTECT, null=True, blank=True, related_name="deliveries")
    request = models.ForeignKey(DataRequest, models.PROTECT, null=True, blank=True, related_name="deliveries")
    profile = models.ForeignKey(
        "indicators.ImportProfile", models.PROTECT, null=True, blank=True, related_name="deliveries"
    )
    file_name = models.CharField("bestandsnaam", max_length=200)
    path = models.CharField("bewaard als", max_length=200)
    size = models.PositiveBigIntegerField("grootte in bytes")
    sha256 = models.CharField("controlegetal", max_length=64)
    state = models.CharField("stand", max_length=15, choices=DeliveryState.choices(), default=DeliveryState.READ)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField("ontvangen op", auto_now_add=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField("bevestigd op", null=True, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="+")
    counts = models.JSONField("aantallen", default=dict, blank=True)
    set_aside_reason = models.TextField("waarom terzijde gelegd", blank=True)

    class Meta:
        verbose_name = "aanlevering"
        verbose_name_plural = "aanleveringen"
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            one_of("kind", DeliveryKind, name="delivery_kind_known"),
            one_of("state", DeliveryState, name="delivery_state_known"),
            models.CheckConstraint(
                condition=~Q(state=DeliveryState.CONFIRMED)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False, source__isnull=False),
                name="delivery_confirmed_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=DeliveryState.REJECTED) | ~Q(set_aside_reason=""),
                name="delivery_set_aside_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name
