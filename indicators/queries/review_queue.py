"""The second officer's queue: of one round, or of everything that waits."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from indicators.core.access import Worker
from indicators.core.enumerations import Audience, ChangeKind, Marker, ProposalState, Qualifier
from indicators.core.figures import DataSet, Figure, IndicatorInfo, SeriesInfo, qualified_quantity
from indicators.core.periods import Period
from indicators.core.review import difference_text
from indicators.core.trend import change_between, comparable
from indicators.core.usages import Usage, warning_for_correction
from indicators.core.vantage import Vantage
from indicators.models import Proposal, ProposalEdit, Round, RoundItem
from indicators.queries.data_set import load_data_set, series_infos
from indicators.queries.usages import usages_of

ROWS_PER_PAGE = 50
VALUES_IN_COURSE = 6
Place = tuple[int, int]


@dataclass(frozen=True)
class QueueChoice:
    """Which values are shown; an empty text is all."""

    theme: str = ""
    supplier: str = ""
    only_warned: bool = False


@dataclass(frozen=True)
class QueueRow:
    """A submitted value: new against old, what the machine said, what was explained, and what went before."""

    proposal: Proposal
    info: IndicatorInfo
    series: SeriesInfo
    period: Period
    text: str
    current: Figure | None
    difference: str
    previous: Figure | None
    change: str
    course: tuple[Figure, ...]
    findings: tuple[Mapping[str, Any], ...]
    returned: tuple[ProposalEdit, ...]
    usages: tuple[Usage, ...]
    is_own: bool

    @property
    def name(self) -> str:
        area = "" if self.series.area == "nederland" else self.series.area_name
        return ", ".join(part for part in (self.info.name, self.series.category_names, area) if part)

    @property
    def pair(self) -> str:
        return f"{self.proposal.pk}:{self.proposal.version}"

    @property
    def values(self) -> list[Decimal | None]:
        """The course of the series with the proposed value at its end."""
        return [*(figure.value for figure in self.course), self.proposal.value]

    @property
    def is_calm(self) -> bool:
        """Nothing was found and it is not this person's own: it may be checked together with others like it."""
        return not self.findings and not self.is_own

    @property
    def usage_warning(self) -> str:
        return warning_for_correction(self.usages)


@dataclass(frozen=True)
class ReviewQueue:
    """One page of the queue. ``themes`` and ``suppliers`` are what there is to choose, as (code, name)."""

    rows: tuple[QueueRow, ...]
    page: Page[Any]
    themes: tuple[tuple[str, str], ...]
    suppliers: tuple[tuple[str, str], ...]

    @property
    def calm_pairs(self) -> tuple[str, ...]:
        return tuple(row.pair for row in self.rows if row.is_calm)

    @property
    def own(self) -> int:
        """How many of the shown values this person entered, delivered or changed."""
        return sum(row.is_own for row in self.rows)


def submitted_values(worker: Worker, round_: Round | None) -> QuerySet[Proposal]:
    """What waits for a second officer in a round, or anywhere (None), as far as open to the worker.

    A figure that two rounds ask for waits in both; a change outside any round waits in the whole queue only.
    """
    found = Proposal.objects.filter(state=ProposalState.SUBMITTED)
    if round_ is not None:
        found = found.filter(Q(round=round_) | Exists(_items().filter(round=round_)))
    if worker.themes is not None:
        found = found.filter(series__indicator__theme__in=worker.themes)
    return found


def _items() -> QuerySet[RoundItem]:
    return RoundItem.objects.filter(series=OuterRef("series_id"), period=OuterRef("period_id"))


def review_queue(
    worker: Worker, round_: Round | None = None, choice: QueueChoice = QueueChoice(), page: str | int = 1
) -> ReviewQueue:
    """A page of submitted values in order of the catalogue. A fixed number of statements, however many wait."""
    waiting = submitted_values(worker, round_)
    shown = _chosen(waiting, choice).order_by(
        "series__indicator__theme__programme",
        "series__indicator__theme__order",
        "series__indicator__order",
        "series__key",
        "period__end",
        "pk",
    )
    related = ("period", "source", "entered_by", "changed_by", "delivery", "round")
    found = Paginator(shown.select_related(*related), ROWS_PER_PAGE).get_page(page)
    return ReviewQueue(
        rows=tuple(_rows(list(found), worker)),
        page=found,
        themes=tuple(_themes(waiting)),
        suppliers=tuple(_suppliers(waiting)),
    )


def _chosen(waiting: QuerySet[Proposal], choice: QueueChoice) -> QuerySet[Proposal]:
    if choice.theme:
        waiting = waiting.filter(series__indicator__theme__code=choice.theme)
    if choice.supplier:
        waiting = waiting.filter(Exists(_items().filter(supplier__code=choice.supplier)))
    return waiting.exclude(findings=[]) if choice.only_warned else waiting


def _themes(waiting: QuerySet[Proposal]) -> QuerySet[Any, tuple[str, str]]:
    theme = "series__indicator__theme__"
    return waiting.order_by(f"{theme}programme", f"{theme}order").values_list(f"{theme}code", f"{theme}name").distinct()


def _suppliers(waiting: QuerySet[Proposal]) -> QuerySet[Any, tuple[str, str]]:
    asked = RoundItem.objects.filter(
        Exists(waiting.filter(series=OuterRef("series_id"), period=OuterRef("period_id"))), supplier__isnull=False
    )
    return asked.order_by("supplier__name").values_list("supplier__code", "supplier__name").distinct()


def _rows(proposals: Sequence[Proposal], worker: Worker) -> list[QueueRow]:
    infos = series_infos({proposal.series_id for proposal in proposals})
    vantage = Vantage(timezone.now(), Audience.INTERNAL)
    data = load_data_set(vantage, indicators={info.indicator for info in infos.values()}, facts=())
    corrected = [_place(one) for one in proposals if one.change_kind == ChangeKind.CORRECTION]
    usages, returned = usages_of(corrected), _returned(proposals)
    return [
        _row(one, infos[one.series_id], data, returned[_place(one)], usages.get(_place(one), ()), worker)
        for one in proposals
    ]


def _place(proposal: Proposal) -> Place:
    return proposal.series_id, proposal.period_id


def _returned(proposals: Sequence[Proposal]) -> dict[Place, list[ProposalEdit]]:
    """What was handed back before, and why: since the figure was last checked."""
    found: dict[Place, list[ProposalEdit]] = defaultdict(list)
    edits = ProposalEdit.objects.filter(
        series__in={one.series_id for one in proposals},
        period__in={one.period_id for one in proposals},
        act__in=("teruggegeven", "gecontroleerd"),
    )
    for edit in edits.select_related("by").order_by("at", "pk"):
        place = (edit.series_id, edit.period_id)
        if edit.act == "gecontroleerd":
            found.pop(place, None)
        else:
            found[place].append(edit)
    return found


def _row(
    proposal: Proposal,
    series: SeriesInfo,
    data: DataSet,
    returned: Sequence[ProposalEdit],
    usages: tuple[Usage, ...],
    worker: Worker,
) -> QueueRow:
    info, period = data.indicators[series.indicator], proposal.period.as_value
    known = data.figures.get(series.key, ())
    earlier = [f for f in known if f.period.sort_key < period.sort_key and comparable(f.period, period)]
    previous = earlier[-1] if earlier else None
    current = next((figure for figure in known if figure.period == period), None)
    return QueueRow(
        proposal=proposal,
        info=info,
        series=series,
        period=period,
        text=text_of(proposal, info),
        current=current,
        difference=difference_text(
            current.as_number if current else None, proposal.value, info.unit, max(info.decimals, proposal.decimals)
        ),
        previous=previous,
        change=_change_text(proposal, previous),
        course=tuple(earlier[-VALUES_IN_COURSE:]),
        findings=tuple(proposal.findings),
        returned=tuple(returned),
        usages=usages,
        is_own=worker.user_id in proposal.authors,
    )


def text_of(proposal: Proposal, info: IndicatorInfo) -> str:
    """A value under way as it will read once checked."""
    return qualified_quantity(
        proposal.value,
        proposal.value_high,
        Marker(proposal.marker) if proposal.marker else None,
        Qualifier(proposal.qualifier) if proposal.qualifier else None,
        info.unit,
        proposal.decimals,
    )


def _change_text(proposal: Proposal, previous: Figure | None) -> str:
    """The change from the previous figure to the proposed one, as it will read once checked."""
    if previous is None or previous.value is None or proposal.value is None:
        return ""
    proposed = replace(previous, value=proposal.value, period=proposal.period.as_value, marker=None)
    change = change_between(previous, proposed)
    return change.against_earlier if change else ""


def names_of(proposal_ids: Sequence[int]) -> dict[int, str]:
    """Values under way by what they are about: “Ziekteverzuim over 2025”. Those that are gone are left out."""
    proposals = list(Proposal.objects.filter(pk__in=proposal_ids).select_related("period"))
    infos = series_infos({one.series_id for one in proposals})
    vantage = Vantage(timezone.now(), Audience.INTERNAL)
    codes = {info.indicator for info in infos.values()}
    names = load_data_set(vantage, indicators=codes, facts=()).indicators if codes else {}
    found = {}
    for one in proposals:
        info = infos[one.series_id]
        parts = (names[info.indicator].name, info.category_names)
        found[one.pk] = f"{', '.join(part for part in parts if part)} over {one.period}"
    return found
