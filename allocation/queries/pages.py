"""What the pages of the strength allocation show; each with a fixed number of statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Prefetch, Q
from django.utils.text import slugify

from allocation.core.answers import Answer, Facts, answers
from allocation.core.comparison import Comparison
from allocation.core.explanation import Explanation, ShareChange, explain, in_words, percentage_points
from allocation.core.pictures import rounded_points
from allocation.models import AllocationRun, Feature, FeatureJudgement, FeatureSet, ModelVersion
from allocation.queries.feature_sets import SetData, load_set
from allocation.queries.runs import (
    changes_between,
    comparable_runs,
    comparison_of,
    find_run,
    mark_of,
    outcome_of,
    recent_runs,
)
from allocation.queries.versions import KeyValues, info_of, load_keys
from monitor.base.core.errors import NotThere
from monitor.base.core.numbers import format_number


@dataclass(frozen=True)
class SetLine:
    """A set in a list: how many of the model's features it has, and how many of those are invented."""

    row: FeatureSet
    municipalities: int
    features: int
    fictitious: int


@dataclass(frozen=True)
class Overview:
    versions: Sequence[ModelVersion]
    sets: Sequence[SetLine]
    keys: Sequence[KeyValues]
    runs: Sequence[AllocationRun]


def overview() -> Overview:
    """Everything that can be run, and what was run."""
    rows = FeatureSet.objects.annotate(
        feature_count=Count("features", distinct=True),
        fictitious_count=Count("features", filter=Q(features__is_fictitious=True), distinct=True),
        municipality_count=Count("municipalities", distinct=True),
    ).select_related("loaded_by")
    sets = [SetLine(row, row.municipality_count, row.feature_count, row.fictitious_count) for row in rows]
    versions = list(ModelVersion.objects.annotate(feature_count=Count("weights")).order_by("-year", "code"))
    return Overview(versions, sets, load_keys(), recent_runs())


@dataclass(frozen=True)
class FeatureLine:
    """A feature in a set: its national total, who has no value, and whether it is invented."""

    feature: Feature
    total: Decimal | None
    source: str
    is_fictitious: bool
    missing: tuple[str, ...]

    @property
    def is_absent(self) -> bool:
        return self.total is None


@dataclass(frozen=True)
class SetPage:
    data: SetData
    row: FeatureSet
    lines: Sequence[FeatureLine]

    @property
    def absent(self) -> list[FeatureLine]:
        return [line for line in self.lines if line.is_absent]

    @property
    def invented(self) -> list[FeatureLine]:
        return [line for line in self.lines if line.is_fictitious]


def set_page(code: str) -> SetPage:
    """What is real, what is invented and what is missing in a set. Raises :class:`NotThere`."""
    row = FeatureSet.objects.select_related("loaded_by").filter(code=code).first()
    if row is None:
        raise NotThere(f"Kenmerkenset ‘{code}’ bestaat niet.")
    data = load_set(code)
    totals, gaps = data.totals, data.gaps
    lines = [
        FeatureLine(
            feature,
            totals.get(feature.code),
            data.sources.get(feature.code, feature.source),
            feature.code in data.fictitious,
            gaps.get(feature.code, ()),
        )
        for feature in Feature.objects.all()
    ]
    return SetPage(data, row, lines)


@dataclass(frozen=True)
class WeightLine:
    feature: Feature
    weight: Decimal
    judgements: Sequence[FeatureJudgement]


@dataclass(frozen=True)
class ModelPage:
    version: ModelVersion
    weights: Sequence[WeightLine]

    @property
    def clusters_total(self) -> Decimal:
        return sum((one.share for one in self.version.clusters.all()), Decimal(0))


def model_page(code: str) -> ModelPage:
    """A version with its weights, features and how these were judged. Raises :class:`NotThere`."""
    rows = ModelVersion.objects.select_related("based_on", "made_by").prefetch_related(
        "clusters", Prefetch("weights__feature__judgements", FeatureJudgement.objects.order_by("pk"))
    )
    version = rows.filter(code=code).first()
    if version is None:
        raise NotThere(f"Model ‘{code}’ bestaat niet.")
    lines = [WeightLine(one.feature, one.weight, list(one.feature.judgements.all())) for one in version.weights.all()]
    return ModelPage(version, lines)


@dataclass(frozen=True)
class RunPage:
    """A run beside the other keys, with its marks."""

    run: AllocationRun
    comparison: Comparison
    mark: str
    raw_total: Decimal
    earlier: Sequence[AllocationRun]
    names: Mapping[str, str]  # of features

    @property
    def fte(self) -> str:
        whole = self.run.fte == self.run.fte.to_integral_value()
        return format_number(self.run.fte, 0 if whole else self.comparison.decimals)

    @property
    def number(self) -> str:
        return str(self.run.pk)

    @property
    def totals(self) -> list[tuple[str, Decimal | None]]:
        """What each key gives all units together, by its name."""
        return [(key.name, self.comparison.total_of(index)) for index, key in enumerate(self.comparison.keys)]

    @property
    def fictitious(self) -> list[str]:
        return [self.names.get(code, code) for code in self.run.fictitious_inputs.splitlines()]

    @property
    def missing(self) -> list[str]:
        return [self.names.get(code, code) for code in self.run.result["missing_features"]]

    @property
    def raw_difference(self) -> Decimal:
        return self.raw_total - Decimal(self.run.result["reference_fte"])

    @property
    def specific_tasks(self) -> dict[str, Decimal]:
        return {unit: Decimal(fte) for unit, fte in self.run.order["specific_tasks"].items()}


def run_page(pk: int) -> RunPage:
    run = find_run(pk)
    names = dict(Feature.objects.values_list("code", "name"))
    total = Decimal(run.result["raw_total"])
    return RunPage(run, comparison_of(run), mark_of(run), total, comparable_runs(run), names)


@dataclass(frozen=True)
class ContributionLine:
    """A feature in the explanation of a unit. ``points`` add up to the difference that is shown."""

    feature: Feature
    raw: Decimal
    points: Decimal


@dataclass(frozen=True)
class MunicipalityLine:
    """What a municipality contributes to the outcome of its unit; never a strength of its own."""

    name: str
    code: str
    raw: Decimal
    part: Decimal  # percentage of the unit's outcome


@dataclass(frozen=True)
class UnitPage:
    run: AllocationRun
    mark: str
    unit: str
    explanation: Explanation
    comparison: Comparison
    words: Sequence[str]
    lines: Sequence[ContributionLine]
    municipalities: Sequence[MunicipalityLine]

    @property
    def row(self) -> object:
        return self.comparison.row(self.unit)

    @property
    def difference(self) -> Decimal:
        return sum((line.points for line in self.lines), Decimal(0))

    @property
    def inhabitants(self) -> str:
        return f"{format_number(Decimal(percentage_points(self.explanation.inhabitants_share)), 1)}%"

    @property
    def share(self) -> str:
        return f"{format_number(Decimal(percentage_points(self.explanation.share)), 1)}%"


def unit_slug(unit: str) -> str:
    return slugify(unit)


def unit_page(pk: int, slug: str) -> UnitPage:
    """The explanation of one unit in a run. Raises :class:`NotThere` for another unit or run."""
    run = find_run(pk)
    _, outcome = outcome_of(run)
    explanation = next((one for one in explain(outcome) if unit_slug(one.unit) == slug), None)
    if explanation is None:
        raise NotThere("Deze politie-eenheid komt in de berekening niet voor.")
    features = {row.code: row for row in Feature.objects.all()}
    ordered = explanation.largest(len(explanation.contributions))
    points = rounded_points([one.difference for one in ordered])
    municipalities = [
        MunicipalityLine(one.name, one.code, raw, raw * 100 / explanation.raw)
        for one, raw in outcome.municipalities
        if one.unit == explanation.unit
    ]
    return UnitPage(
        run=run,
        mark=mark_of(run),
        unit=explanation.unit,
        explanation=explanation,
        comparison=comparison_of(run),
        words=in_words(explanation, names_of(features), partial=run.is_partial),
        lines=[
            ContributionLine(features[one.feature], one.raw, shown) for one, shown in zip(ordered, points, strict=True)
        ],
        municipalities=sorted(municipalities, key=lambda one: (-one.raw, one.code)),
    )


def names_of(features: Mapping[str, Feature]) -> dict[str, str]:
    """The names of features as they read in a sentence."""
    return {code: row.in_words for code, row in features.items()}


def unit_explanation(pk: int, slug: str) -> tuple[AllocationRun, Explanation, dict[str, str]]:
    """What the waterfall of a unit needs. Raises :class:`NotThere`."""
    run = find_run(pk)
    _, outcome = outcome_of(run)
    explanation = next((one for one in explain(outcome) if unit_slug(one.unit) == slug), None)
    if explanation is None:
        raise NotThere("Deze politie-eenheid komt in de berekening niet voor.")
    return run, explanation, names_of({row.code: row for row in Feature.objects.all()})


@dataclass(frozen=True)
class AnswersPage:
    run: AllocationRun
    mark: str
    answers: Sequence[Answer]


def answers_page(pk: int) -> AnswersPage:
    """The ready answers with the figures of a run; stability from the last runs of the same model on other years."""
    run = find_run(pk)
    return AnswersPage(run, mark_of(run), answers(facts_of(run)))


def facts_of(run: AllocationRun, *, real_keys_only: bool = False) -> Facts:
    """What the answers are made from; ``real_keys_only`` leaves out keys with invented values."""
    _, outcome = outcome_of(run)
    features = {row.code: row for row in Feature.objects.all()}
    keys = [key for key in load_keys() if not (real_keys_only and key.is_fictitious)]
    return Facts(
        outcome=outcome,
        comparison=comparison_of(run, keys),
        explanations=explain(outcome),
        names=names_of(features),
        infos={code: info_of(row) for code, row in features.items()},
        changes=_changes_of(run),
    )


def _changes_of(run: AllocationRun) -> list[tuple[str, Sequence[ShareChange]]]:
    """One run per other year, the newest."""
    years: dict[int, AllocationRun] = {}
    for other in comparable_runs(run):
        if other.model_id == run.model_id and other.feature_set.year != run.feature_set.year:
            years.setdefault(other.feature_set.year, other)
    return [(str(year), changes_between(other, run)) for year, other in sorted(years.items())]


@dataclass(frozen=True)
class ChangeLine:
    """A unit's share before and after in percentages; what is shown adds up: after − before = data + weights."""

    unit: str
    before: Decimal
    after: Decimal
    by_data: Decimal
    by_weights: Decimal


@dataclass(frozen=True)
class ChangePage:
    run: AllocationRun
    other: AllocationRun
    mark: str
    lines: Sequence[ChangeLine]


def change_page(pk: int, other_pk: int) -> ChangePage:
    """What changed between two runs. Raises :class:`NotThere` when they cannot be compared."""
    run, other = find_run(pk), find_run(other_pk)
    if other.pk not in {one.pk for one in comparable_runs(run)} or run.scenario_id:
        raise NotThere("Deze twee berekeningen zijn niet te vergelijken.")
    mark = mark_of(run) or mark_of(other)
    return ChangePage(run, other, mark, [_change_line(one) for one in changes_between(other, run)])


def _change_line(change: ShareChange) -> ChangeLine:
    before, after = (rounded_points([part])[0] for part in (change.before, change.after))
    by_data = rounded_points([change.by_data])[0]
    return ChangeLine(change.unit, before, after, by_data, after - before - by_data)
