"""Finding one's way: themes with what they hold, lists of indicators with their latest figure, one-off figures."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from indicators.core.figures import FactInfo
from indicators.core.search import relevance, search_terms
from indicators.core.summaries import IndicatorSummary, summarise
from indicators.core.vantage import Vantage
from indicators.models import Fact, IndicatorVersion, Publication, Theme
from indicators.models.catalogue import PROGRAMMES
from indicators.queries.data_set import fact_info, load_data_set, without_crowds
from indicators.queries.visibility import visible_facts


@dataclass(frozen=True)
class ThemeNode:
    """A theme with what stands directly under it; ``all_indicators`` and ``all_facts`` count its sub-themes too."""

    code: str
    name: str
    programme: str
    indicators: int
    facts: int
    children: tuple["ThemeNode", ...] = ()

    @property
    def all_indicators(self) -> int:
        return self.indicators + sum(child.all_indicators for child in self.children)

    @property
    def all_facts(self) -> int:
        return self.facts + sum(child.all_facts for child in self.children)

    @property
    def codes(self) -> tuple[str, ...]:
        """The theme itself and everything under it."""
        return (self.code, *(code for child in self.children for code in child.codes))


@dataclass(frozen=True)
class Programme:
    """A programme with its themes; themes without anything to see are left out."""

    code: str
    name: str
    themes: tuple[ThemeNode, ...]


@dataclass(frozen=True)
class ThemePage:
    """One theme: its place in the tree, its indicators per (sub-)theme, its facts."""

    theme: ThemeNode
    parent: ThemeNode | None
    groups: tuple[tuple[ThemeNode, tuple[IndicatorSummary, ...]], ...]
    facts: tuple[FactInfo, ...]


@dataclass(frozen=True)
class IndicatorMatch:
    """What a search needs to know of an indicator."""

    code: str
    name: str
    definition: str
    theme_code: str


@dataclass(frozen=True)
class PublicationInfo:
    code: str
    name: str
    date: date
    figures: int


def theme_tree(vantage: Vantage) -> tuple[Programme, ...]:
    """All programmes with their themes (three statements)."""
    indicators = Counter(
        IndicatorVersion.objects.filter(valid_to__isnull=True, indicator__retired_on__isnull=True).values_list(
            "indicator__theme_id", flat=True
        )
    )
    facts = Counter(Fact.objects.filter(visible_facts(vantage)).values_list("theme_id", flat=True))
    children: dict[int | None, list[Theme]] = defaultdict(list)
    for row in Theme.objects.order_by("order", "code"):
        children[row.parent_id].append(row)

    def node(row: Theme) -> ThemeNode:
        below = tuple(child for child in map(node, children[row.pk]) if child.all_indicators or child.all_facts)
        return ThemeNode(row.code, row.name, row.programme, indicators[row.pk], facts[row.pk], below)

    nodes = [found for found in map(node, children[None]) if found.all_indicators or found.all_facts]
    return tuple(
        Programme(code, name, tuple(one for one in nodes if one.programme == code)) for code, name in PROGRAMMES
    )


def codes_under(programmes: Sequence[Programme], code: str) -> tuple[str, ...] | None:
    """The codes of a theme and everything under it; None when there is no such theme."""
    found = _find(programmes, code)
    return found[0].codes if found else None


def theme_page(code: str, vantage: Vantage) -> ThemePage | None:
    """One theme with everything in it; None when there is no such theme. A fixed number of statements."""
    found = _find(theme_tree(vantage), code)
    if found is None:
        return None
    theme, parent = found
    groups = _grouped_by_theme(theme, _indicator_codes(theme.codes), vantage)
    rows = Fact.objects.filter(visible_facts(vantage), theme__code__in=theme.codes).order_by("theme__order", "code")
    facts = tuple(fact_info(row) for row in rows.select_related("theme", "period", "area", "publication", "source"))
    return ThemePage(theme, parent, groups, facts)


def find_theme(programmes: Sequence[Programme], code: str) -> ThemeNode | None:
    """A theme anywhere in the tree; None when there is no such theme."""
    found = _find(programmes, code)
    return found[0] if found else None


def _find(programmes: Sequence[Programme], code: str) -> tuple[ThemeNode, ThemeNode | None] | None:
    waiting: list[tuple[ThemeNode, ThemeNode | None]] = [
        (theme, None) for programme in programmes for theme in programme.themes
    ]
    while waiting:
        node, parent = waiting.pop()
        if node.code == code:
            return node, parent
        waiting.extend((child, node) for child in node.children)
    return None


def _indicator_codes(themes: Collection[str]) -> list[str]:
    rows = IndicatorVersion.objects.filter(
        valid_to__isnull=True, indicator__retired_on__isnull=True, indicator__theme__code__in=themes
    )
    return list(rows.order_by("indicator__order").values_list("indicator__code", flat=True))


def _grouped_by_theme(
    theme: ThemeNode, codes: Sequence[str], vantage: Vantage
) -> tuple[tuple[ThemeNode, tuple[IndicatorSummary, ...]], ...]:
    by_theme: dict[str, list[IndicatorSummary]] = defaultdict(list)
    for summary in summaries(codes, vantage):
        by_theme[summary.info.theme_code].append(summary)
    nodes = (theme, *theme.children)
    return tuple((node, tuple(by_theme[node.code])) for node in nodes if by_theme[node.code])


def summaries(codes: Sequence[str], vantage: Vantage) -> list[IndicatorSummary]:
    """The indicators in the given order, each with its latest figure. A fixed number of statements."""
    data = load_data_set(vantage, indicators=codes, facts=(), only=without_crowds())
    return [summarise(data, code) for code in codes if code in data.indicators]


def find_indicators(query: str = "", *, themes: Collection[str] | None = None) -> list[IndicatorMatch]:
    """The indicators that answer the query, best first; without a query all of them in order (one statement).

    Name and code weigh more than the definition; accents and capitals make no difference.
    """
    rows = IndicatorVersion.objects.filter(valid_to__isnull=True, indicator__retired_on__isnull=True)
    if themes is not None:
        rows = rows.filter(indicator__theme__code__in=themes)
    order = ("indicator__theme__order", "indicator__order", "indicator__code")
    found = [
        IndicatorMatch(*row)
        for row in rows.order_by(*order).values_list("indicator__code", "name", "definition", "indicator__theme__code")
    ]
    terms = search_terms(query)
    if not terms:
        return found
    scored = [(relevance(terms, ((one.name, 4), (one.code, 3), (one.definition, 1))), one) for one in found]
    return [one for score, one in sorted(scored, key=lambda pair: -pair[0]) if score]


def find_facts(vantage: Vantage, query: str = "", *, themes: Collection[str] | None = None) -> list[FactInfo]:
    """The one-off figures that answer the query, in order of theme (one statement)."""
    rows = Fact.objects.filter(visible_facts(vantage)).order_by("theme__order", "code")
    if themes is not None:
        rows = rows.filter(theme__code__in=themes)
    facts = [fact_info(row) for row in rows.select_related("theme", "period", "area", "publication", "source")]
    terms = search_terms(query)
    return [fact for fact in facts if not terms or relevance(terms, ((fact.name, 2), (fact.full_sentence, 1)))]


def latest_publications(number: int) -> list[PublicationInfo]:
    """The publications that figures were read from, the newest first (one statement)."""
    rows = Publication.objects.annotate(figures=Count("observations")).order_by("-date", "code")[:number]
    return [PublicationInfo(row.code, row.name, row.date, row.figures) for row in rows]
