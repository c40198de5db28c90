"""What an officer fills in for one figure, and what a second officer chooses."""

from decimal import Decimal
from typing import Any

from django import forms

from indicators.core.enumerations import ChangeKind, Marker, Qualifier, Status
from indicators.models import Proposal
from indicators.services.proposals import ProposalContent, content_of
from monitor.base.core.numbers import format_number, read_number, read_row_number, typed_number

EMPTY = [("", "–")]
_CLASSES: dict[type[forms.Widget], str] = {
    forms.TextInput: "utrecht-textbox utrecht-textbox--html-input",
    forms.Textarea: "utrecht-textbox utrecht-textbox--html-input",
    forms.Select: "utrecht-select utrecht-select--html-select",
}


class DutchNumberField(forms.CharField):
    """A number in Dutch or English notation.

    “1.234” can be read in two ways; the usual ``decimals`` of the indicator settle it, or else it is asked.
    """

    decimals: int | None = None

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value)
        if not text:
            return None
        reading = read_number(text)
        if not reading.values:
            raise forms.ValidationError(f"‘{text}’ is geen getal. Schrijf bijvoorbeeld 12.543 of 83,7.")
        usual = [number for number in reading.values if self._is_usual(number)]
        if reading.is_ambiguous and len(usual) != 1:
            dutch, english = reading.values
            raise forms.ValidationError(
                f"‘{text}’ is op twee manieren te lezen. Schrijf {typed_number(dutch)} "
                f"of {format_number(english, -int(english.as_tuple().exponent))}."
            )
        return usual[0] if reading.is_ambiguous else reading.values[0]

    def _is_usual(self, number: Decimal) -> bool:
        """Whether it is written with no more decimals than the indicator has."""
        return self.decimals is not None and -int(number.as_tuple().exponent) <= self.decimals


class ProposalForm(forms.Form):
    """One figure. ``version`` is the version the officer saw; 0 for a figure without a proposal."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    value = DutchNumberField(label="Waarde", required=False)
    value_high = DutchNumberField(label="Bovengrens", required=False, help_text="Alleen bij een bandbreedte.")
    marker = forms.ChoiceField(label="Geen waarde, omdat", choices=[*EMPTY, *Marker.choices()], required=False)
    qualifier = forms.ChoiceField(label="Benadering", choices=[*EMPTY, *Qualifier.choices()], required=False)
    status = forms.ChoiceField(label="Status", choices=Status.choices())
    place = forms.CharField(
        label="Plaats in de bron", required=False, max_length=120, help_text="Bladzijde, cel of regel."
    )
    footnote = forms.CharField(
        label="Voetnoot", required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text="Komt onder het cijfer."
    )
    remark = forms.CharField(label="Opmerking voor collega's", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    explanation = forms.CharField(
        label="Toelichting bij een waarschuwing", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    change_kind = forms.ChoiceField(
        label="Soort wijziging",
        choices=[*EMPTY, *((kind.value, kind.label) for kind in ChangeKind if kind is not ChangeKind.FIRST)],
        required=False,
        help_text="Alleen als dit cijfer een eerder cijfer over dezelfde periode vervangt.",
    )
    reason = forms.CharField(label="Reden van de wijziging", required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, decimals: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, DutchNumberField):
                field.decimals = decimals
                field.widget.attrs.setdefault("inputmode", "decimal")
            field.widget.attrs.setdefault("class", _CLASSES.get(type(field.widget), ""))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("value") is not None and cleaned.get("marker"):
            self.add_error("marker", "Vul een waarde in, of kies waarom die er niet is; niet allebei.")
        return cleaned

    @property
    def content(self) -> ProposalContent:
        """The cleaned form as content; the published precision is what was typed."""
        data = {name: self.cleaned_data[name] for name in self.cleaned_data if name != "version"}
        value = data["value"]
        decimals = max(0, -int(value.as_tuple().exponent)) if value is not None else 0
        return ProposalContent(**data, decimals=min(decimals, 4))


def initial_of(stored: Proposal | None) -> dict[str, object]:
    """What the form shows at first: what is under way, or nothing yet."""
    if stored is None:
        return {"version": 0, "status": Status.FINAL.value}
    numbers = {name: typed_number(getattr(stored, name), stored.decimals) for name in ("value", "value_high")}
    return {**content_of(stored).__dict__, **numbers, "version": stored.version}


class LateChangeForm(ProposalForm):
    """A change of a figure that was checked or published: kind and reason are asked, and said as such."""

    def __init__(self, *args: Any, is_change: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("change_kind", "reason") if is_change else ():
            self.fields[name].required = True
            self.fields[name].help_text = ""
            self.fields[name].error_messages["required"] = "Geef aan wat voor wijziging het is en waarom."


class PairField(forms.Field):
    """Chosen proposals as ``id:version``."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[tuple[int, int]]:
        pairs = []
        for word in super().clean(value) or []:
            left, _, right = str(word).partition(":")
            number, version = read_row_number(left), read_row_number(right)
            if number is None or version is None:
                raise forms.ValidationError("De keuze is niet te lezen. Laad de pagina opnieuw.")
            pairs.append((number, version))
        return pairs


class ReviewForm(forms.Form):
    """What the second officer does: with the chosen values, with ``one`` of them, or with all that are ``calm``."""

    pairs = PairField(required=False)
    calm = PairField(required=False)
    one = PairField(required=False)
    act = forms.ChoiceField(
        choices=[(name, name) for name in ("controleren", "teruggeven", "zonder-waarschuwing")],
        error_messages={"invalid_choice": "Dit is niet mogelijk. Laad de pagina opnieuw."},
        required=False,
    )
    reason = forms.CharField(required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not self.chosen:
            everything = cleaned["act"] == "zonder-waarschuwing"
            raise forms.ValidationError(
                "Er staat op deze bladzijde geen cijfer zonder waarschuwing dat u kunt controleren."
                if everything
                else "Kies ten minste één cijfer."
            )
        return cleaned

    @property
    def chosen(self) -> list[tuple[int, int]]:
        """The (id, version) pairs that the act is about."""
        names = {"zonder-waarschuwing": "calm", "": "one"}  # the button of a row has no other act than checking it
        found: list[tuple[int, int]] = self.cleaned_data[names.get(self.cleaned_data["act"], "pairs")]
        return found
