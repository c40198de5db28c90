"""Request sheets: what is still to be asked of a supplier, what was asked in a request, and how suppliers stand."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.utils import timezone

from indicators.core.access import Worker
from indicators.core.enumerations import Audience, ItemState, ProposalState
from indicators.core.figures import DataSet
from indicators.core.request_sheets import MOST_EARLIER, AskedFigure, RequestSheet
from indicators.core.rounds import item_state
from indicators.core.trend import comparable
from indicators.core.vantage import Vantage
from indicators.models import DataRequest, Delivery, Observation, Period, Proposal, Round, RoundItem, Series, Supplier
from indicators.queries.data_set import load_data_set, series_infos

Row = TypeVar("Row", DataRequest, Delivery)
STILL_ASKED = frozenset({ItemState.EMPTY, ItemState.REQUESTED, ItemState.DRAFT, ItemState.RETURNED})


@dataclass(frozen=True)
class SupplierRow:
    """How a supplier stands in a round."""

    supplier: Supplier
    asked: int
    to_come: int
    last_request: DataRequest | None
    last_delivery: Delivery | None


def supplier_rows(round_: Round, worker: Worker) -> list[SupplierRow]:
    """The suppliers that the round asks something of, by name; a worker sees the figures of the own themes."""
    asked: Counter[int] = Counter()
    to_come: Counter[int] = Counter()
    for item, state in _items_with_state(round_, worker):
        if item.supplier_id is not None:
            asked[item.supplier_id] += 1
            to_come[item.supplier_id] += state in STILL_ASKED
    requests = _latest(DataRequest.objects.filter(round=round_).order_by("made_at"))
    deliveries = _latest(Delivery.objects.filter(round=round_).order_by("uploaded_at", "pk"))
    return [
        SupplierRow(one, asked[one.pk], to_come[one.pk], requests.get(one.pk), deliveries.get(one.pk))
        for one in Supplier.objects.filter(pk__in=asked)
    ]


def figures_without_supplier(round_: Round, worker: Worker) -> int:
    """How many asked figures have nobody to ask."""
    return sum(item.supplier_id is None for item, state in _items_with_state(round_, worker) if state in STILL_ASKED)


def _latest(rows: Iterable[Row]) -> dict[int | None, Row]:
    return {row.supplier_id: row for row in rows}


def _items_with_state(round_: Round, worker: Worker | None) -> list[tuple[RoundItem, ItemState]]:
    """The asked figures with their state (three statements)."""
    items = RoundItem.objects.filter(round=round_).select_related("period")
    if worker is not None and worker.themes is not None:
        items = items.filter(series__indicator__theme__in=worker.themes)
    series = RoundItem.objects.filter(round=round_).values("series_id")
    checked = set(
        Observation.objects.filter(series__in=series, known_to__isnull=True).values_list("series_id", "period_id")
    )
    under_way = {
        (series_id, period_id): ProposalState(state)
        for series_id, period_id, state in Proposal.objects.filter(series__in=series).values_list(
            "series_id", "period_id", "state"
        )
    }
    return [
        (
            item,
            item_state(
                proposal=under_way.get((item.series_id, item.period_id)),
                checked=(item.series_id, item.period_id) in checked,
                unavailable=bool(item.unavailable),
                requested=item.requested_at is not None,
            ),
        )
        for item in items
    ]


@dataclass(frozen=True)
class StillAsked:
    """What a new request would ask: the items, and the figures as the sheet shows them, in order of the catalogue."""

    items: tuple[RoundItem, ...]
    figures: tuple[AskedFigure, ...]
    themes: frozenset[int]


def still_asked(round_: Round, supplier: Supplier) -> StillAsked:
    """What the supplier has still to deliver in the round, with earlier figures as we know them now."""
    items = [
        item
        for item, state in _items_with_state(round_, None)
        if item.supplier_id == supplier.pk and state in STILL_ASKED
    ]
    infos = series_infos({item.series_id for item in items})
    indicators = {info.indicator for info in infos.values()}
    data = load_data_set(Vantage(timezone.now(), Audience.INTERNAL), indicators=indicators, facts=())
    pairs = [(infos[item.series_id].key, item.period.code) for item in items]
    themes = Series.objects.filter(pk__in=infos).values_list("indicator__theme_id", flat=True)
    return StillAsked(tuple(items), figures_asked(pairs, data), frozenset(themes))


def asked_in(request: DataRequest, data: DataSet) -> tuple[AskedFigure, ...]:
    """The figures of a request; ``data`` are the figures of their indicators as they were known then."""
    return figures_asked([(str(series), str(period)) for series, period in request.figures], data)


def indicators_of(series_keys: Collection[str]) -> set[str]:
    """The codes of the indicators that series are about (one statement)."""
    return set(Series.objects.filter(key__in=series_keys).values_list("indicator__code", flat=True))


def figures_asked(pairs: Sequence[tuple[str, str]], data: DataSet) -> tuple[AskedFigure, ...]:
    """Asked figures from pairs of series key and period code, in order of the catalogue."""
    keys = {key for key, _ in pairs}
    ids = dict(Series.objects.filter(key__in=keys).values_list("pk", "key"))
    infos = {info.key: info for info in series_infos(ids).values()}
    periods = {row.code: row.as_value for row in Period.objects.filter(code__in={code for _, code in pairs})}
    order = {code: place for place, code in enumerate(data.indicators)}
    found = []
    for key, code in pairs:
        if key not in infos or code not in periods:
            continue
        series, period = infos[key], periods[code]
        earlier = [
            figure
            for figure in data.figures.get(key, ())
            if figure.period.sort_key < period.sort_key and comparable(figure.period, period)
        ]
        latest_first = tuple(earlier[: -MOST_EARLIER - 1 : -1])
        found.append(AskedFigure(data.indicators[series.indicator], series, period, latest_first))
    return tuple(sorted(found, key=lambda one: (order[one.info.code], one.series.key, one.period.sort_key)))


def find_request(round_: Round, request_id: int) -> DataRequest | None:
    """A request of this round."""
    return (
        DataRequest.objects.filter(round=round_, pk=request_id).select_related("supplier", "round", "made_by").first()
    )


def latest_requests(round_: Round) -> list[DataRequest]:
    """The latest request per supplier, by name of the supplier."""
    rows = DataRequest.objects.filter(round=round_).select_related("supplier", "round").order_by("made_at")
    return sorted(_latest(rows).values(), key=lambda row: row.supplier.name)


def load_request_sheet(request: DataRequest) -> RequestSheet:
    """What a request asked, for its page and its mail; earlier figures are as they were known then."""
    indicators = indicators_of({str(series) for series, _ in request.figures})
    data = load_data_set(Vantage(request.made_at, Audience.INTERNAL), indicators=indicators, facts=())
    return sheet_of(request, asked_in(request, data))


def sheet_of(request: DataRequest, figures: Sequence[AskedFigure]) -> RequestSheet:
    """The sheet of a request that asks these figures."""
    supplier, round_ = request.supplier, request.round
    due = round_.steps.filter(kind="aanlevering").values_list("due", flat=True).first()
    return RequestSheet(
        key=str(request.key),
        round_code=round_.code,
        round_name=round_.name,
        supplier_code=supplier.code,
        supplier_name=supplier.name,
        contact_name=supplier.contact_name,
        contact_email=supplier.contact_email,
        due=due,
        made_at=request.made_at,
        figures=tuple(figures),
    )
