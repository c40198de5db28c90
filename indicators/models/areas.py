"""Places: the country, the police units, municipalities, and how they change over the years."""

from django.db import models
from django.db.models import F, Q

from indicators.core.enumerations import AreaKind
from indicators.models.vocabulary import one_of


class Area(models.Model):
    """A place that figures are about (gebied)."""

    code = models.SlugField("code", max_length=80, unique=True)
    kind = models.CharField("soort", max_length=20, choices=AreaKind.choices())
    name = models.CharField("naam", max_length=120)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    cbs_code = models.CharField("CBS-code", max_length=12, blank=True)
    order = models.PositiveIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "gebied"
        verbose_name_plural = "gebieden"
        ordering = ["order", "code"]
        constraints = [
            one_of("kind", AreaKind, name="area_kind_known"),
            models.UniqueConstraint(fields=["cbs_code"], condition=~Q(cbs_code=""), name="area_cbs_code_once"),
        ]

    def __str__(self) -> str:
        return self.name


class AreaMembership(models.Model):
    """Which police unit a municipality belongs to, and when."""

    member = models.ForeignKey(Area, models.PROTECT, related_name="memberships")
    unit = models.ForeignKey(Area, models.PROTECT, related_name="members")
    valid_from = models.DateField("vanaf")
    valid_to = models.DateField("tot en met", null=True, blank=True)

    class Meta:
        verbose_name = "indeling bij een politie-eenheid"
        verbose_name_plural = "indelingen bij politie-eenheden"
        constraints = [
            models.UniqueConstraint(fields=["member", "valid_from"], name="area_membership_once_per_start"),
            models.UniqueConstraint(
                fields=["member"], condition=Q(valid_to__isnull=True), name="area_one_current_membership"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="area_membership_range_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} in {self.unit}"


class AreaSuccession(models.Model):
    """A municipality that went on in another: ``share`` of the old one (0-1] from ``date``; empty: unknown."""

    old = models.ForeignKey(Area, models.PROTECT, related_name="successions")
    new = models.ForeignKey(Area, models.PROTECT, related_name="predecessions")
    date = models.DateField("ingangsdatum")
    share = models.DecimalField("aandeel", max_digits=7, decimal_places=6, default=1, null=True, blank=True)

    class Meta:
        verbose_name = "gebiedsopvolging"
        verbose_name_plural = "gebiedsopvolgingen"
        constraints = [
            models.UniqueConstraint(fields=["old", "new", "date"], name="area_succession_once"),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__gt=0, share__lte=1), name="area_succession_share_in_range"
            ),
            models.CheckConstraint(condition=~Q(old=F("new")), name="area_succession_not_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"
