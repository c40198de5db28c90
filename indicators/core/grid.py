"""The entry grid of a round: per theme a table for each kind of period; rows are series, columns are periods."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from indicators.core.enumerations import ItemState, Marker, Qualifier
from indicators.core.figures import marker_text
from indicators.core.pasting import Expected
from indicators.core.periods import Period, PeriodKind
from monitor.base.core.numbers import format_number, typed_number

USUAL_COLUMNS = 8  # wider than a screen reads badly
FEWEST_BESIDE = 4  # last values beside an asked figure, also where many are asked
MOST_SERIES = 200  # on one page; above that a theme is chosen

_KIND_NAMES = {
    PeriodKind.YEAR: "Jaarcijfers",
    PeriodKind.HALF_YEAR: "Halfjaarcijfers",
    PeriodKind.QUARTER: "Kwartaalcijfers",
    PeriodKind.MONTH: "Maandcijfers",
    PeriodKind.STOCK: "Standen op een peildatum",
    PeriodKind.FLOW_TO_DAY: "Cijfers tot en met een dag",
    PeriodKind.SPAN: "Cijfers over een tijdvak",
    PeriodKind.INCIDENTAL: "Incidentele bedragen",
    PeriodKind.STRUCTURAL: "Structurele bedragen",
}
_SYMBOLS = {
    ItemState.EMPTY: "○",
    ItemState.REQUESTED: "○",
    ItemState.DRAFT: "◐",
    ItemState.SUBMITTED: "◕",
    ItemState.RETURNED: "↩",
    ItemState.CHECKED: "●",
    ItemState.UNAVAILABLE: "∅",
}


@dataclass(frozen=True)
class Amount:
    """What a cell can hold: a value with its bound, qualifier and decimals, or the reason for none."""

    value: Decimal | None = None
    value_high: Decimal | None = None
    marker: str = ""
    qualifier: str = ""
    decimals: int = 0

    @property
    def text(self) -> str:
        """As it stands in a table: without meeteenheid."""
        if self.value is None:
            return marker_text(Marker(self.marker)) if self.marker else ""
        number = format_number(self.value, self.decimals)
        if self.value_high is not None:
            number = f"{number}-{format_number(self.value_high, self.decimals)}"
        return f"{Qualifier(self.qualifier).label} {number}" if self.qualifier else number

    @property
    def typed(self) -> str:
        """As somebody would type it: without thousand marks; the word of a reason."""
        if self.value is None:
            return Marker(self.marker).label if self.marker else ""
        return typed_number(self.value, self.decimals)


@dataclass(frozen=True)
class GridCell:
    """One series in one period. ``revision`` is that of the checked figure (0: none), ``version`` of the proposal.

    ``state`` is None for a past figure that nobody works on. ``note`` says what is special about a figure in words.
    """

    series_id: int
    period_id: int
    amount: Amount
    state: ItemState | None = None
    item_id: int = 0
    proposal_id: int = 0
    version: int = 0
    revision: int = 0
    changed_by: str = ""
    is_late: bool = False
    may_type: bool = False
    note: str = ""

    @property
    def symbol(self) -> str:
        return _SYMBOLS[self.state] if self.state else ""

    @property
    def state_words(self) -> str:
        """“concept”, “te laat”; for a figure without work its status when that is not final."""
        if self.state is None:
            return self.note
        if self.is_late and self.state in (ItemState.EMPTY, ItemState.REQUESTED):
            return "te laat"
        return "in te vullen" if self.state is ItemState.EMPTY else self.state.label


@dataclass(frozen=True)
class GridRow:
    """One series: its name, meeteenheid and cells, in the order of the columns."""

    series_id: int
    name: str
    detail: str
    unit: str
    expected: Expected
    supplier: str
    owner: str
    cells: tuple[GridCell, ...]

    @property
    def full_name(self) -> str:
        return f"{self.name}, {self.detail}" if self.detail else self.name


@dataclass(frozen=True)
class GridTable:
    """The series of a theme whose asked figures are of one kind of period. ``asked`` are the columns that are asked."""

    kind: PeriodKind
    columns: tuple[Period, ...]
    asked: frozenset[Period]
    rows: tuple[GridRow, ...]

    @property
    def title(self) -> str:
        return _KIND_NAMES[self.kind]

    @property
    def heads(self) -> list[tuple[Period, bool]]:
        """The columns, each with whether it is asked."""
        return [(period, period in self.asked) for period in self.columns]


@dataclass(frozen=True)
class GridTheme:
    code: str
    name: str
    tables: tuple[GridTable, ...]


@dataclass(frozen=True)
class AskedFigure:
    """A figure that the round asks for."""

    item_id: int
    series_id: int
    period_id: int
    due: date | None
    was_requested: bool
    is_unavailable: bool
    supplier: str
    supplier_name: str
    owner: str


def choose_columns(asked: Collection[Period], known: Iterable[Period]) -> tuple[Period, ...]:
    """The asked periods and the latest known ones beside them, oldest first; one kind of period only.

    A period after the last asked one is no context for it and stays away.
    """
    if not asked:
        return ()
    kind = next(iter(asked)).kind
    last = max(period.sort_key for period in asked)
    others = sorted(
        {one for one in known if one.kind is kind and one not in asked and one.sort_key < last},
        key=lambda period: period.sort_key,
    )
    room = max(FEWEST_BESIDE, USUAL_COLUMNS - len(asked))
    return tuple(sorted({*asked, *others[-room:]}, key=lambda period: period.sort_key))


def kinds_in_order(kinds: Iterable[PeriodKind]) -> Sequence[PeriodKind]:
    """Kinds of period as tables stand under each other."""
    order = list(PeriodKind)
    return sorted(set(kinds), key=order.index)
