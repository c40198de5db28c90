"""What a cell of the grid sends: one field that was typed, everything of the details panel, or a whole block."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django import forms

from indicators.core.enumerations import ChangeKind, Marker, Qualifier, Status
from indicators.core.grid import Amount
from indicators.core.pasting import Choice, EntryKind, Expected, decimals_of, read_entry
from indicators.models import Observation, Source
from indicators.services.entries import MOST_AT_ONCE, NewSource
from indicators.services.proposals import ProposalContent
from monitor.base.core.errors import MonitorError
from monitor.base.forms import style_fields

EMPTY = [("", "–")]
SERIES_FIELDS = ("value", "marker", "status", "place", "explanation", "remark")  # of each period of a series
LONGEST_BLOCK = 400_000  # characters; a sheet of two thousand cells has far fewer
_LARGEST_NUMBER = 2**31 - 1
_EXACT = re.compile(r"^-?\d{1,15}(\.\d{1,15})?$")
_UNREADABLE = "Het verzoek is niet te lezen. Laad de pagina opnieuw; er is niets opgeslagen."


class UnreadableRequest(MonitorError):
    """A request that our own page does not send."""

    def __init__(self) -> None:
        super().__init__(_UNREADABLE)


class CellForm(forms.Form):
    """All there is to say about one figure. Fields that were not sent keep what is stored (:func:`cell_form`).

    ``asked`` has the choices when what was typed can be read in more ways.
    """

    value = forms.CharField(label="Waarde", required=False, max_length=60)
    marker = forms.ChoiceField(label="Geen waarde, omdat", choices=[*EMPTY, *Marker.choices()], required=False)
    value_high = forms.CharField(
        label="Bovengrens", required=False, max_length=60, help_text="Alleen bij een bandbreedte."
    )
    qualifier = forms.ChoiceField(label="Benadering", choices=[*EMPTY, *Qualifier.choices()], required=False)
    status = forms.ChoiceField(label="Status", choices=Status.choices())
    explanation = forms.CharField(label="Toelichting bij een waarschuwing", required=False, widget=forms.Textarea)
    source: "forms.ModelChoiceField[Source]" = forms.ModelChoiceField(
        Source.objects.all(), label="Bron", required=False, empty_label="–"
    )
    source_title = forms.CharField(
        label="Of een nieuwe bron: titel", required=False, max_length=250, help_text="Bijvoorbeeld Jaarverslag 2026."
    )
    source_holder = forms.CharField(label="Van wie is die bron", required=False, max_length=120)
    place = forms.CharField(
        label="Plaats in de bron", required=False, max_length=120, help_text="Bladzijde, cel of regel."
    )
    footnote = forms.CharField(
        label="Voetnoot", required=False, widget=forms.Textarea, help_text="Komt onder het cijfer."
    )
    remark = forms.CharField(label="Opmerking voor collega's", required=False, widget=forms.Textarea)
    change_kind = forms.ChoiceField(
        label="Soort wijziging",
        choices=[*EMPTY, *((kind.value, kind.label) for kind in ChangeKind if kind is not ChangeKind.FIRST)],
        required=False,
    )
    reason = forms.CharField(label="Reden van de wijziging", required=False, widget=forms.Textarea)

    def __init__(self, *args: Any, expected: Expected, stored: ProposalContent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected, self.stored = expected, stored
        self.asked: tuple[Choice, ...] = ()
        self._read_marker: Marker | None = None
        style_fields(self)
        for name in ("value", "value_high"):
            self.fields[name].widget.attrs["inputmode"] = "decimal"
            self.fields[name].widget.attrs["autocomplete"] = "off"
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 2

    def clean_value(self) -> Decimal | None:
        return self._number("value", "exact", self.stored.value)

    def clean_value_high(self) -> Decimal | None:
        return self._number("value_high", "exact_high", self.stored.value_high)

    def _number(self, name: str, exact_name: str, stored: Decimal | None) -> Decimal | None:
        """The number as chosen (in one spelling), as it stood, or as typed."""
        text, exact = self.cleaned_data[name], str(self.data.get(self.add_prefix(exact_name)) or "")
        if exact:
            if not _EXACT.match(exact):
                raise forms.ValidationError(_UNREADABLE)
            return Decimal(exact)
        if text and stored is not None and text == Amount(stored, decimals=self.stored.decimals).typed:
            return stored
        reading = read_entry(text, self.expected)
        if reading.kind is EntryKind.REFUSED:
            raise forms.ValidationError(reading.problem)
        if reading.kind is EntryKind.ASKED:
            self.asked = reading.choices if name == "value" else self.asked
            raise forms.ValidationError(_question(reading.text, reading.choices))
        if reading.marker is not None:
            self._read_marker = reading.marker
        return reading.value

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self._read_marker is not None:
            cleaned["marker"] = self._read_marker.value
        if cleaned.get("value") is not None and cleaned.get("marker"):
            self.add_error("marker", "Vul een waarde in, of kies waarom die er niet is; niet allebei.")
        title, holder = cleaned.get("source_title", ""), cleaned.get("source_holder", "")
        if bool(title) != bool(holder):
            missing = "source_holder" if title else "source_title"
            self.add_error(missing, "Een nieuwe bron heeft een titel en iemand van wie zij is. Vul beide in.")
        return cleaned

    @property
    def new_source(self) -> NewSource | None:
        title = self.cleaned_data["source_title"]
        return NewSource(title, self.cleaned_data["source_holder"]) if title else None

    @property
    def content(self) -> ProposalContent:
        """The cleaned form as content; the published precision is what was typed."""
        data = self.cleaned_data
        value = data["value"]
        names = ("marker", "status", "place", "footnote", "remark", "explanation", "change_kind", "reason")
        decimals = self.stored.decimals if value == self.stored.value else min(decimals_of(value or Decimal(0)), 4)
        return ProposalContent(
            value=value,
            value_high=data["value_high"] if value is not None else None,
            qualifier=data["qualifier"] if value is not None else "",
            decimals=decimals,
            money_basis=self.stored.money_basis,
            source_id=data["source"].pk if data["source"] else None,
            **{name: data[name] for name in names},
        )


def _question(text: str, choices: Sequence[Choice]) -> str:
    if choices[0].marker is not None:
        return f"‘{text}’ is geen nul. Kies wat het streepje betekent."
    return f"‘{text}’ is op twee manieren te lezen: {' of '.join(choice.label for choice in choices)}. Kies er een."


def cell_form(
    changes: Mapping[str, str], *, expected: Expected, stored: ProposalContent, prefix: str | None = None
) -> CellForm:
    """A form with what is stored and the changes over it. A typed value takes the place of a reason for none."""
    data = content_as_fields(stored)
    if "value" in changes or "exact" in changes:
        data |= {"exact": "", "value": "", "marker": ""}
    if "value_high" in changes:
        data["exact_high"] = ""
    data |= changes
    named = {f"{prefix}-{name}" if prefix else name: value for name, value in data.items()}
    return CellForm(named, expected=expected, stored=stored, prefix=prefix)


def shown_form(*, expected: Expected, stored: ProposalContent, prefix: str | None = None) -> CellForm:
    """A form as somebody sees it before changing anything."""
    numbers = {
        name: Amount(number, decimals=stored.decimals).typed
        for name, number in (("value", stored.value), ("value_high", stored.value_high))
    }
    initial = {**content_as_fields(stored), **numbers}
    return CellForm(initial=initial, expected=expected, stored=stored, prefix=prefix)


def content_standing(figure: Observation) -> ProposalContent:
    """A checked figure as the content that a change of it starts from."""
    return ProposalContent(
        value=figure.value,
        value_high=figure.value_high,
        marker=figure.marker,
        qualifier=figure.qualifier,
        decimals=figure.decimals,
        status=figure.status,
        money_basis=figure.money_basis,
        source_id=figure.source_id,
        place=figure.place,
    )


def content_as_fields(content: ProposalContent) -> dict[str, str]:
    """Content as the fields of a form; numbers in one spelling, so that they are read back without a question."""
    fields = {name: str(value or "") for name, value in asdict(content).items()}
    for name in ("value", "value_high", "source_id", "decimals", "money_basis"):
        del fields[name]
    fields["change_kind"] = "" if content.change_kind == ChangeKind.FIRST else content.change_kind
    fields["source"] = str(content.source_id or "")
    fields["exact"] = _spelled(content.value, content.decimals)
    fields["exact_high"] = _spelled(content.value_high, content.decimals)
    return fields


def _spelled(value: Decimal | None, decimals: int) -> str:
    """A number with its published decimals, and with more where it has more."""
    if value is None:
        return ""
    return f"{value:.{max(decimals, decimals_of(value.normalize()))}f}"


# --- what scripts send ------------------------------------------------------------------------------------------------

CHANGEABLE = frozenset({*CellForm.base_fields, "exact", "exact_high"})
Place = tuple[int, int]


@dataclass(frozen=True)
class CellRequest:
    """Changes to one cell, and what was seen there."""

    series_id: int
    period_id: int
    version: int
    revision: int
    changes: Mapping[str, str]


@dataclass(frozen=True)
class BlockRequest:
    """A pasted text and, row by row, the cells it lands on; None where the grid ends."""

    text: str
    targets: tuple[tuple[Place | None, ...], ...]


def read_json(body: bytes) -> dict[str, Any]:
    """The object that a script sent. Raises :class:`UnreadableRequest`."""
    try:
        found = json.loads(body)
    except ValueError as error:
        raise UnreadableRequest from error
    if not isinstance(found, dict):
        raise UnreadableRequest
    return found


def cell_request(data: Any, series_id: int | None = None, period_id: int | None = None) -> CellRequest:
    """Changes to one cell; the place comes from the address, or from the data when it is one of a block."""
    if not isinstance(data, dict):
        raise UnreadableRequest
    changes = data.get("changes", {})
    if not isinstance(changes, dict) or not CHANGEABLE.issuperset(changes):
        raise UnreadableRequest
    if not all(isinstance(value, str) for value in changes.values()):
        raise UnreadableRequest
    return CellRequest(
        series_id=series_id if series_id is not None else whole(data.get("series")),
        period_id=period_id if period_id is not None else whole(data.get("period")),
        version=whole(data.get("version")),
        revision=whole(data.get("revision", 0)),
        changes=changes,
    )


def cell_requests(data: Mapping[str, Any]) -> list[CellRequest]:
    """The cells of a block, each once."""
    cells = data.get("cells")
    if not isinstance(cells, list) or not 0 < len(cells) <= MOST_AT_ONCE:
        raise UnreadableRequest
    requests = [cell_request(cell) for cell in cells]
    if len({(one.series_id, one.period_id) for one in requests}) != len(requests):
        raise UnreadableRequest
    return requests


def block_request(data: Mapping[str, Any]) -> BlockRequest:
    """A pasted block."""
    text, targets = data.get("text"), data.get("targets")
    if not isinstance(text, str) or not isinstance(targets, list):
        raise UnreadableRequest
    if len(text) > LONGEST_BLOCK:
        raise MonitorError("Dit blok is te groot. Plak een kleiner deel van het blad.")
    return BlockRequest(text, tuple(tuple(_target(one) for one in _list(row)) for row in targets))


def pairs_request(data: Mapping[str, Any]) -> list[Place]:
    """Chosen proposals as ``id:version``."""
    pairs = []
    for word in _list(data.get("pairs")):
        left, _, right = str(word).partition(":")
        pairs.append((whole(left), whole(right)))
    return pairs


def _target(data: Any) -> Place | None:
    if data is None:
        return None
    parts = _list(data)
    if len(parts) != 2:
        raise UnreadableRequest
    return whole(parts[0]), whole(parts[1])


def _list(data: Any) -> list[Any]:
    if not isinstance(data, list):
        raise UnreadableRequest
    return data


def whole(data: Any) -> int:
    """A whole number that can be a key or a version, also when it was sent as text."""
    if isinstance(data, str) and data.isascii() and data.isdecimal() and len(data) <= 10:
        data = int(data)
    if not isinstance(data, int) or isinstance(data, bool) or not 0 <= data <= _LARGEST_NUMBER:
        raise UnreadableRequest
    return data
