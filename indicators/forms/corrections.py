"""What somebody fills in about a known error of a supplier."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms

from indicators.core.period_words import read_period_words
from indicators.core.periods import flow_to_day, stock
from indicators.models import Supplier
from indicators.services.profiles import NewCorrection
from monitor.base.core.numbers import read_number

_SELECT = {"class": "utrecht-select utrecht-select--html-select"}
_TEXT = {"class": "utrecht-textbox utrecht-textbox--html-input"}
_REQUIRED = {"required": "Vul dit in.", "invalid_choice": "Kies uit de lijst."}


def _text(label: str, *, required: bool = True, help_text: str = "", most: int = 300) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=most,
        help_text=help_text,
        widget=forms.TextInput(_TEXT),
        error_messages=_REQUIRED,
    )


class CorrectionForm(forms.Form):
    """A known error: of whom, in which figure, which value is wrong and which is right, and how that is known."""

    supplier = forms.ChoiceField(label="Leverancier", widget=forms.Select(_SELECT), error_messages=_REQUIRED)
    series = forms.ChoiceField(label="Reeks", widget=forms.Select(_SELECT), error_messages=_REQUIRED)
    period = _text("Periode", help_text="Bijvoorbeeld 2024, 2024-H1 of t/m 2 november 2025.", most=60)
    wrong = _text("Waarde in het bestand", help_text="Alleen deze waarde wordt vervangen.", most=30)
    right = _text("Goede waarde", most=30)
    what = _text("Wat er fout is")
    why = _text("Hoe u dat weet", help_text="Bijvoorbeeld: mail van de leverancier van 5 november.")
    sheet = _text("Blad", required=False, most=100)
    cell = _text("Cel", required=False, help_text="Alleen als de fout in één cel zit, bijvoorbeeld F9.", most=10)

    def __init__(self, *args: Any, suppliers: Sequence[Supplier], series: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["supplier"].choices = [("", "Kies een leverancier"), *((one.code, one.name) for one in suppliers)]  # type: ignore[attr-defined]
        self.fields["series"].choices = [("", "Kies een reeks"), *series.items()]  # type: ignore[attr-defined]

    def clean_wrong(self) -> Decimal:
        return self._number("wrong")

    def clean_right(self) -> Decimal:
        return self._number("right")

    def _number(self, name: str) -> Decimal:
        values = read_number(self.cleaned_data[name]).values
        if not values:
            raise forms.ValidationError("Dit is geen getal. Schrijf bijvoorbeeld 12.543 of 83,7.")
        return values[0]  # typed here, so the Dutch reading

    def clean_period(self) -> str:
        words = read_period_words(self.cleaned_data["period"])
        if words is None:
            raise forms.ValidationError("Dit is geen periode. Schrijf bijvoorbeeld 2024 of t/m 2 november 2025.")
        if words.day is not None:
            return (flow_to_day(words.day) if words.is_until else stock(words.day)).code
        return words.period.code if words.period else ""

    @property
    def new(self) -> NewCorrection:
        found = self.cleaned_data
        return NewCorrection(
            supplier=found["supplier"],
            series_key=found["series"],
            period=found["period"],
            wrong=found["wrong"],
            right=found["right"],
            what=found["what"],
            why=found["why"],
            sheet=found["sheet"],
            cell=found["cell"],
        )
