"""What an officer fills in for a one-off figure, in one line, and what a second officer chooses."""

from typing import Any

from django import forms

from indicators.core.enumerations import ChangeKind, Qualifier, Variant
from indicators.forms.proposals import EMPTY, DutchNumberField
from indicators.models import Fact, FactProposal
from indicators.queries.facts import FactChoices
from indicators.services.facts import FactContent
from monitor.base.core.errors import NotThere
from monitor.base.core.numbers import read_row_number, typed_number

_TEXT = {"class": "utrecht-textbox utrecht-textbox--html-input"}
_SELECT = {"class": "utrecht-select utrecht-select--html-select"}
UNITS = (
    "aantal",
    "procent",
    "fte",
    "euro",
    "miljoen euro",
    "jaar",
    "maanden",
    "weken",
    "dagen",
    "uur",
    "rapportcijfer",
)


def _text(label: str, *, required: bool = False, longest: int | None = None, help_text: str = "") -> forms.CharField:
    widget = forms.TextInput(_TEXT)
    return forms.CharField(label=label, required=required, max_length=longest, widget=widget, help_text=help_text)


def _choice(label: str, choices: Any, *, required: bool = False, help_text: str = "") -> forms.ChoiceField:
    widget = forms.Select(_SELECT)
    return forms.ChoiceField(label=label, choices=choices, required=required, widget=widget, help_text=help_text)


class FactForm(forms.Form):
    """One fact. ``version`` is the version the officer saw; 0 for one without a proposal."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    name = _text("Naam", required=True, longest=250)
    sentence = _text(
        "Zin", required=True, help_text="Met {waarde} waar het getal komt: De politie legde {waarde} zaken vast."
    )
    value = DutchNumberField(label="Waarde", required=False, widget=forms.TextInput({**_TEXT, "inputmode": "decimal"}))
    unit = _choice("Meeteenheid", [*EMPTY, *((unit, unit) for unit in UNITS)])
    period = _text("Periode", required=True, longest=24, help_text="Bijvoorbeeld 2025 of 2025-11-02.")
    area = _choice("Gebied", [], required=True)
    source = _choice("Bron", [])
    place = _text("Plaats in de bron", longest=120)
    publication = _choice("Publicatie", [])
    theme = _choice("Thema", [], required=True)
    round = _choice("In ronde", [])
    variant = _choice("Variant", Variant.choices(), required=True)
    qualifier = _choice("Benadering", [*EMPTY, *Qualifier.choices()])
    value_high = DutchNumberField(label="Bovengrens", required=False, widget=forms.TextInput(_TEXT))
    asserted_by = _text("Volgens", longest=200)
    footnote = _text("Voetnoot")
    explanation = _text("Toelichting bij een waarschuwing")
    change_kind = _choice(
        "Soort wijziging", [*EMPTY, *((kind.value, kind.label) for kind in ChangeKind if kind is not ChangeKind.FIRST)]
    )
    reason = _text("Reden van de wijziging")

    LINE = ("name", "sentence", "value", "unit", "period", "area", "source", "place", "publication", "theme")
    CHANGE = ("change_kind", "reason")

    def __init__(self, *args: Any, choices: FactChoices, is_change: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_change = is_change
        offered = {
            "theme": [(str(one.pk), one.name) for one in choices.themes],
            "area": [(str(one.pk), one.name) for one in choices.areas],
            "source": [*EMPTY, *((str(one.pk), str(one)) for one in choices.sources)],
            "publication": [*EMPTY, *((str(one.pk), one.short_name or one.name) for one in choices.publications)],
            "round": [("", "Buiten een ronde"), *((str(one.pk), one.name) for one in choices.rounds)],
        }
        for name, values in offered.items():
            self.fields[name].choices = values  # type: ignore[attr-defined]
        if not is_change:
            for name in self.CHANGE:
                del self.fields[name]

    def require_offered(self) -> None:
        """Raise :class:`NotThere` when something was chosen that was never offered: it is no mistake in typing."""
        codes = [error.code for errors in self.errors.as_data().values() for error in errors]
        if "invalid_choice" in codes:
            raise NotThere("Iets waaruit u koos, bestaat niet of is niet voor u open. Laad de pagina opnieuw.")

    @property
    def line(self) -> list[forms.BoundField]:
        """The fields that every fact needs."""
        return [self[name] for name in self.LINE]

    @property
    def change(self) -> list[forms.BoundField]:
        return [self[name] for name in self.CHANGE if name in self.fields]

    @property
    def more(self) -> list[forms.BoundField]:
        """What few facts need."""
        return [field for field in self.visible_fields() if field.name not in (*self.LINE, *self.CHANGE)]

    @property
    def content(self) -> FactContent:
        """The cleaned form as content; the precision is what was typed."""
        data = self.cleaned_data
        value = data["value"]
        decimals = max(0, -int(value.as_tuple().exponent)) if value is not None else 0
        same = ("name", "sentence", "period", "unit", "variant", "qualifier", "place", "asserted_by", "footnote")
        return FactContent(
            **{name: data[name] for name in same},
            theme_id=int(data["theme"]),
            area_id=int(data["area"]),
            source_id=int(data["source"]) if data["source"] else None,
            publication_id=int(data["publication"]) if data["publication"] else None,
            value=value,
            value_high=data["value_high"],
            decimals=min(decimals, 4),
            explanation=data["explanation"],
            change_kind=data.get("change_kind", ""),
            reason=data.get("reason", ""),
        )

    @property
    def round_id(self) -> int | None:
        return int(self.cleaned_data["round"]) if self.cleaned_data["round"] else None


def initial_of(fact: Fact | FactProposal) -> dict[str, Any]:
    """What the form shows for a fact that is there."""
    numbers = {name: typed_number(getattr(fact, name), fact.decimals) for name in ("value", "value_high")}
    same = ("name", "sentence", "unit", "variant", "qualifier", "place", "asserted_by", "footnote")
    values = {name: getattr(fact, name) for name in same} | {
        "theme": fact.theme_id,
        "area": fact.area_id,
        "source": fact.source_id,
        "publication": fact.publication_id,
        "period": fact.period.code,
    }
    if isinstance(fact, Fact):  # what is about to change has another origin; it is asked for again
        return {**values, **numbers, "version": 0}
    under_way = ("version", "explanation", "change_kind", "reason")
    return {**values, **numbers, "round": fact.round_id, **{name: getattr(fact, name) for name in under_way}}


class FactPairField(forms.Field):
    """Chosen facts as ``code:version``."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[tuple[str, int]]:
        pairs = []
        for word in super().clean(value) or []:
            code, _, text = str(word).rpartition(":")
            version = read_row_number(text)
            if not code or version is None:
                raise forms.ValidationError("De keuze is niet te lezen. Laad de pagina opnieuw.")
            pairs.append((code, version))
        return pairs


class FactReviewForm(forms.Form):
    """What the second officer does with the chosen facts."""

    facts = FactPairField(error_messages={"required": "Kies ten minste één los cijfer."})
    act = forms.ChoiceField(choices=[("controleren", "controleren"), ("teruggeven", "teruggeven")])
    reason = forms.CharField(required=False)
