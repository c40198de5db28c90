"""What changed in the figures of a theme between two moments."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import BooleanField, Case, F, Q, QuerySet, Value, When

from indicators.core.differences import Difference, DifferenceKind, Step, differences
from indicators.core.enumerations import ChangeKind
from indicators.core.figures import Figure, IndicatorInfo
from indicators.core.vantage import Vantage
from indicators.models import Observation
from indicators.queries.browse import ThemeNode, find_theme, theme_tree
from indicators.queries.data_set import figures_of, indicator_infos
from indicators.queries.visibility import visible_history, visible_observations


@dataclass(frozen=True)
class IndicatorDifferences:
    """The figures of one indicator that changed."""

    info: IndicatorInfo
    rows: tuple[Difference, ...]


@dataclass(frozen=True)
class ThemeDifferences:
    """A theme with what changed in it, in order of the catalogue."""

    theme: ThemeNode
    indicators: tuple[IndicatorDifferences, ...]

    @property
    def rows(self) -> tuple[Difference, ...]:
        return tuple(row for group in self.indicators for row in group.rows)

    @property
    def infos(self) -> Mapping[str, IndicatorInfo]:
        return {group.info.code: group.info for group in self.indicators}

    @property
    def counts(self) -> tuple[tuple[DifferenceKind, int], ...]:
        return tuple((kind, sum(row.kind is kind for row in self.rows)) for kind in DifferenceKind)


def theme_differences(code: str, before: Vantage, after: Vantage) -> ThemeDifferences | None:
    """What is not the same at both vantages in a theme and all under it; None when there is no such theme.

    A fixed number of statements; only the figures that changed are read.
    """
    theme = find_theme(theme_tree(after), code)
    if theme is None:
        return None
    in_theme = Observation.objects.filter(series__indicator__theme__code__in=theme.codes)
    changed = in_theme.annotate(was=_seen(before), stands=_seen(after)).exclude(was=F("stands"))
    rows = list(changed.values_list("pk", "was", "series__indicator__code"))
    sides = {pk: was for pk, was, _ in rows}
    infos = indicator_infos({indicator for _, _, indicator in rows})
    units = {key: info.unit for key, info in infos.items()}
    figures = figures_of(Observation.objects.filter(pk__in=sides), units)
    found = differences(
        [one for one in figures if sides[one.observation_id]],
        [one for one in figures if not sides[one.observation_id]],
        _steps(figures, after if after.moment >= before.moment else before),
    )
    groups: dict[str, list[Difference]] = defaultdict(list)
    for row in found:
        groups[row.series.indicator].append(row)
    indicators = tuple(IndicatorDifferences(info, tuple(groups[key])) for key, info in infos.items() if key in groups)
    return ThemeDifferences(theme, indicators)


def _seen(vantage: Vantage) -> "Case":
    """Whether an observation is seen from a vantage, as a column."""
    seen: Q = visible_observations(vantage)
    return Case(When(seen, then=Value(True)), default=Value(False), output_field=BooleanField())


def _steps(figures: list[Figure], latest: Vantage) -> dict[tuple[str, str], list[Step]]:
    """All revisions of the figures that changed, as far as the later vantage could have seen them."""
    places = {(figure.series.key, figure.period.code) for figure in figures}
    rows: QuerySet[Observation, tuple[str, str, int, str, str]] = Observation.objects.filter(
        visible_history(latest),
        revision__gt=1,
        series__key__in={key for key, _ in places},
        period__code__in={period for _, period in places},
    ).values_list("series__key", "period__code", "revision", "change_kind", "reason")
    found: dict[tuple[str, str], list[Step]] = defaultdict(list)
    for key, period, revision, change_kind, reason in rows:
        if (key, period) in places:
            found[key, period].append(Step(revision, ChangeKind(change_kind), reason))
    return found
