"""One-off figures with their sentence (losse cijfers): no series, not asked again; revised and checked like others."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from indicators.core.enumerations import Basis, Certainty, ChangeKind, ProposalState, Qualifier, Variant
from indicators.models.areas import Area
from indicators.models.catalogue import Theme
from indicators.models.observations import exact_number
from indicators.models.revisions import revision_constraints
from indicators.models.rounds import Round
from indicators.models.series import Period
from indicators.models.sources import Publication, Source
from indicators.models.under_way import UnderWay, under_way_constraints
from indicators.models.vocabulary import one_of


class _FactContent(models.Model):
    """What a fact says. ``sentence`` holds ``{waarde}`` where the formatted value goes; the number is in ``value``."""

    theme = models.ForeignKey(Theme, models.PROTECT, related_name="%(class)ss", verbose_name="thema")
    name = models.CharField("naam", max_length=250)
    sentence = models.TextField("zin")
    kind = models.CharField("soort", max_length=12)
    value_high = exact_number("bovengrens", null=True, blank=True)
    unit = models.CharField("meeteenheid", max_length=40, blank=True)
    decimals = models.PositiveSmallIntegerField("decimalen", default=0)
    variant = models.CharField("variant", max_length=12, choices=Variant.choices(), default=Variant.REALISED)
    qualifier = models.CharField("benadering", max_length=12, blank=True, choices=Qualifier.choices())
    period = models.ForeignKey(Period, models.PROTECT)
    area = models.ForeignKey(Area, models.PROTECT)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True)
    place = models.CharField("plaats", max_length=120, blank=True)
    asserted_by = models.CharField("volgens", max_length=200, blank=True)
    footnote = models.TextField("voetnoot", blank=True)
    change_kind = models.CharField("soort wijziging", max_length=12, default=ChangeKind.FIRST)
    reason = models.TextField("reden van de wijziging", blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class Fact(_FactContent):
    """One revision of a one-off figure (los cijfer). ``code`` is its public name: all its revisions have the same.

    As with observations: inserted by a check or a load of published history, never changed; a later revision closes
    its range.
    """

    code = models.SlugField("code", max_length=140)
    revision = models.PositiveSmallIntegerField("revisie", default=1)
    value = models.DecimalField("waarde", max_digits=15, decimal_places=4)
    publication = models.ForeignKey(Publication, models.PROTECT, null=True, blank=True, related_name="facts")
    certainty = models.CharField("zekerheid van de lezing", max_length=12, choices=Certainty.choices())
    read_as = models.TextField("hoe gelezen", blank=True)
    basis = models.CharField("grondslag", max_length=10, choices=Basis.choices(), default=Basis.PUBLISHED)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    known_from = models.DateTimeField("bekend vanaf")
    known_to = models.DateTimeField("bekend tot", null=True, blank=True)
    public_from = models.DateTimeField("openbaar vanaf", null=True, blank=True)
    public_to = models.DateTimeField("openbaar tot", null=True, blank=True)
    recorded_at = models.DateTimeField("vastgelegd op", db_default=Now())

    class Meta:
        verbose_name = "los cijfer"
        verbose_name_plural = "losse cijfers"
        ordering = ["theme__programme", "theme__order", "code", "revision"]
        constraints = [
            *revision_constraints("fact"),
            models.UniqueConstraint(fields=["code", "revision"], name="fact_revision_once"),
            models.UniqueConstraint(fields=["code"], condition=Q(known_to__isnull=True), name="fact_one_current"),
            one_of("variant", Variant, name="fact_variant_known"),
            one_of("qualifier", Qualifier, name="fact_qualifier_known", or_empty=True),
            one_of("certainty", Certainty, name="fact_certainty_known"),
            one_of("basis", Basis, name="fact_basis_known"),
            one_of("change_kind", ChangeKind, name="fact_change_kind_known"),
            models.CheckConstraint(condition=Q(sentence__contains="{waarde}"), name="fact_sentence_binds_its_value"),
            models.CheckConstraint(
                condition=Q(value_high__isnull=True) | Q(value_high__gte=F("value")),
                name="fact_upper_bound_above_value",
            ),
        ]


class FactProposal(_FactContent, UnderWay):
    """A fact under way. One per code; checked, it becomes a revision of the fact and the row is gone."""

    code = models.SlugField("code", max_length=140, unique=True)
    round = models.ForeignKey(Round, models.PROTECT, null=True, blank=True, related_name="fact_proposals")
    value = exact_number("waarde", null=True, blank=True)
    publication = models.ForeignKey(Publication, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "voorstel voor een los cijfer"
        verbose_name_plural = "voorstellen voor losse cijfers"
        ordering = ["code"]
        constraints = [
            *under_way_constraints("fact_proposal"),
            one_of("variant", Variant, name="fact_proposal_variant_known"),
            one_of("qualifier", Qualifier, name="fact_proposal_qualifier_known", or_empty=True),
            one_of("change_kind", ChangeKind, name="fact_proposal_change_kind_known"),
            models.CheckConstraint(
                condition=~Q(state=ProposalState.SUBMITTED)
                | Q(submitted_at__isnull=False, value__isnull=False, sentence__contains="{waarde}"),
                name="fact_proposal_submitted_is_filled",
            ),
            models.CheckConstraint(
                condition=Q(base_revision=0, change_kind=ChangeKind.FIRST)
                | Q(base_revision__gt=0) & ~Q(change_kind=ChangeKind.FIRST),
                name="fact_proposal_revision_has_kind",
            ),
        ]


class FactEdit(models.Model):
    """One act on a fact under way (wijzigingslog); stays when the proposal has become a fact."""

    code = models.SlugField("code", max_length=140, db_index=True)
    version = models.PositiveIntegerField("versie")
    act = models.CharField("handeling", max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("op", auto_now_add=True)
    before = models.JSONField("was", default=dict, blank=True)
    after = models.JSONField("wordt", default=dict, blank=True)

    class Meta:
        verbose_name = "wijziging van een los cijfer"
        verbose_name_plural = "wijzigingen van losse cijfers"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.act} door {self.by}"
