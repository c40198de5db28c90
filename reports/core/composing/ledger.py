"""What a document used so far: figures in order of first use, and footnotes by their text."""

import hashlib
from collections.abc import Iterable

from indicators.core.binding import Binding, BoundText, evaluate, split_text
from indicators.core.figures import DataSet, FactInfo, Figure
from monitor.base.core.errors import MonitorError
from reports.core.document import Footnote, Span


class ReportStops(MonitorError):
    """A report that cannot be made: a block finds nothing in the data, and says which."""


class Ledger:
    """Keeps the books of one document while it is composed."""

    def __init__(self, data: DataSet) -> None:
        self.data = data
        self.figures: dict[int, Figure] = {}
        self.facts: dict[str, FactInfo] = {}
        self._notes: dict[str, str] = {}
        self._by_id = {figure.observation_id: figure for rows in data.figures.values() for figure in rows}

    @property
    def footnotes(self) -> tuple[Footnote, ...]:
        return tuple(Footnote(key, text) for key, text in self._notes.items())

    def note(self, *texts: str) -> str:
        """The key of the footnote with these texts (joined); the empty key when there is nothing to say."""
        text = " ".join(dict.fromkeys(part for part in texts if part))
        if not text:
            return ""
        key = f"n{hashlib.sha256(text.encode()).hexdigest()[:10]}"
        self._notes[key] = text
        return key

    def use(self, figure: Figure) -> Figure:
        self.figures.setdefault(figure.observation_id, figure)
        return figure

    def use_all(self, figures: Iterable[Figure]) -> None:
        for figure in figures:
            self.use(figure)

    def note_of(self, figure: Figure, *more: str) -> str:
        """The footnote of a figure: how it was read, its own remarks, who asserts it, and what ``more`` adds."""
        asserted = f"Volgens {figure.asserted_by}." if figure.asserted_by else ""
        return self.note(*figure.footnotes, asserted, *more)

    def span(self, binding: Binding) -> Span:
        """A binding as a piece of text; what it rests on is entered in the books."""
        bound = evaluate(binding, self.data)
        return Span(bound.text, bound.source, self._note_of_bound(binding, bound))

    def _note_of_bound(self, binding: Binding, bound: BoundText) -> str:
        for observation_id in bound.observation_ids:
            self.use(self._by_id[observation_id])
        if bound.fact:
            fact = self.data.facts[bound.fact]
            self.facts.setdefault(fact.code, fact)
            return self.note(fact.read_as, fact.footnote, f"Volgens {fact.asserted_by}." if fact.asserted_by else "")
        used = [self._by_id[observation_id] for observation_id in bound.observation_ids]
        if binding.filters and binding.filters[0].startswith("verandering"):
            return self.note(*(text for earlier in used[1:] for text in earlier.footnotes))
        shows_value = not binding.filters or binding.filters[0] in {"getal"}
        return self.note_of(used[0]) if shows_value and used else ""

    def rich(self, text: str) -> tuple[Span, ...]:
        """A text with bindings as spans."""
        return tuple(
            Span(piece) if isinstance(piece, str) else self.span(piece) for piece in split_text(" ".join(text.split()))
        )
