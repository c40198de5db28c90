"""Proving the data: what constraints cannot hold is checked here and said in Dutch (``manage.py verify_data``)."""

from collections.abc import Iterator

from django.db.models import Count, Exists, Model, OuterRef, Q

from indicators.core.enumerations import Variant
from indicators.core.figures import series_key
from indicators.core.sums import SumCheck, check_sums
from indicators.core.vantage import Vantage
from indicators.models import Fact, Observation, ObservationFootnote, Period, Publication, Series, Source
from indicators.queries.data_set import load_data_set


def data_problems(vantage: Vantage) -> Iterator[str]:
    """Every problem as one sentence; nothing when the data is clean. Sums are checked as seen from ``vantage``."""
    broken = list(_broken_references())
    yield from broken
    yield from _ranges()
    yield from _fact_ranges()
    yield from _keys()
    if broken:
        return  # sums are read along the references
    for failed in published_sums(vantage):
        if not failed.agrees:
            yield failed.sentence


def published_sums(vantage: Vantage) -> list[SumCheck]:
    """All published totals beside the sum of their parts."""
    return list(check_sums(load_data_set(vantage, facts=())))


def _broken_references() -> Iterator[str]:
    """References without foreign-key triggers point to rows that exist."""
    references: tuple[tuple[str, type[Model], str], ...] = (
        ("series_id", Series, "reeks"),
        ("period_id", Period, "periode"),
        ("publication_id", Publication, "publicatie"),
        ("source_id", Source, "bron"),
    )
    for column, model, noun in references:
        target = model._default_manager.filter(pk=OuterRef(column))
        broken = Observation.objects.filter(~Exists(target), **{f"{column}__isnull": False}).count()
        if broken:
            yield f"{broken} waarnemingen verwijzen naar een {noun} die er niet is."
    lost = ObservationFootnote.objects.filter(
        ~Exists(Observation.objects.filter(pk=OuterRef("observation_id")))
    ).count()
    if lost:
        yield f"{lost} voetnoten hangen onder een waarneming die er niet is."


def _ranges() -> Iterator[str]:
    """Revisions follow each other without gap or overlap, and every figure has exactly one current revision."""
    follower = Observation.objects.filter(
        series_id=OuterRef("series_id"), period_id=OuterRef("period_id"), revision=OuterRef("revision") + 1
    )
    matching = follower.filter(known_from=OuterRef("known_to"))
    closed = Observation.objects.filter(known_to__isnull=False)
    for key, period, revision in closed.filter(~Exists(matching)).values_list(
        "series__key", "period__code", "revision"
    ):
        yield f"Revisie {revision} van {key} over {period} is afgesloten zonder dat een revisie aansluit."
    for key, period, current in (
        Observation.objects.values_list("series__key", "period__code")
        .annotate(current=Count("pk", filter=Q(known_to__isnull=True)))
        .exclude(current=1)
    ):
        yield f"{key} over {period} heeft {current} geldende revisies in plaats van één."


def _fact_ranges() -> Iterator[str]:
    """Revisions of one-off figures follow each other too."""
    follower = Fact.objects.filter(
        code=OuterRef("code"), revision=OuterRef("revision") + 1, known_from=OuterRef("known_to")
    )
    closed = Fact.objects.filter(known_to__isnull=False)
    for code, revision in closed.filter(~Exists(follower)).values_list("code", "revision"):
        yield f"Revisie {revision} van het losse cijfer ‘{code}’ is afgesloten zonder dat een revisie aansluit."


def _keys() -> Iterator[str]:
    """The canonical key of a series says what its references say."""
    series = Series.objects.select_related("indicator", "area").prefetch_related(
        "series_categories__category", "series_categories__breakdown"
    )
    for row in series:
        pairs = [(link.breakdown.code, link.category.code) for link in row.series_categories.all()]
        key = series_key(row.indicator.code, row.area.code, Variant(row.variant), pairs)
        if key != row.key:
            yield f"De sleutel van reeks {row.pk} is ‘{row.key}’, maar had ‘{key}’ moeten zijn."
        if any(link.category.breakdown_id != link.breakdown_id for link in row.series_categories.all()):
            yield f"Reeks ‘{row.key}’ heeft een categorie uit een andere uitsplitsing."
