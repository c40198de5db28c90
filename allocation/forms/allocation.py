"""What somebody fills in to run the model, to load features and to load a key."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from allocation.core.enumerations import KeyKind, KeyMeasure
from allocation.core.model import Standing
from allocation.importing.feature_plan import Upload
from allocation.models import Feature, FeatureSet, ModelVersion
from allocation.services.runs import RunOrder
from monitor.base.core.numbers import read_number

_TEXT = {"class": "utrecht-textbox utrecht-textbox--html-input"}
_SELECT = {"class": "utrecht-select utrecht-select--html-select"}
_FILE = {"class": "utrecht-textbox utrecht-textbox--html-input", "accept": ".csv,.xlsx,.ods,.xls,.tsv"}

# The three specific tasks of the report (summary); the two registration centres lie in two units.
SPECIFIC_TASKS = (
    ("sea_border", "Grensbewaking zeehaven", "Rotterdam"),
    ("monitoring", "Landelijke monitorcentrale bewaken en beveiligen", "Den Haag"),
    ("budel", "Aanmeldcentrum Budel", "Oost-Brabant"),
    ("ter_apel", "Aanmeldcentrum Ter Apel", "Noord-Nederland"),
)


class NumberField(forms.CharField):
    """A number in Dutch notation; what can be read in two ways is asked."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput({**_TEXT, "inputmode": "decimal"}))
        super().__init__(max_length=30, **kwargs)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # a text in, a number out
        text = super().to_python(value)
        if not text:
            return None
        values = read_number(text).values
        if not values:
            raise forms.ValidationError("Dit is geen getal. Schrijf bijvoorbeeld 1000 of 12,5.")
        if len(values) > 1:
            raise forms.ValidationError("Dit getal is op twee manieren te lezen. Schrijf het zonder punt.")
        return values[0]

    def run_validators(self, value: Any) -> None:
        """The validators of a text are no use for a number."""


class RunForm(forms.Form):
    """Which model, on which values, how much strength."""

    model = forms.ModelChoiceField(
        ModelVersion.objects.all(), to_field_name="code", label="Model", empty_label=None, widget=forms.Select(_SELECT)
    )
    feature_set = forms.ModelChoiceField(
        FeatureSet.objects.all(),
        to_field_name="code",
        label="Kenmerken",
        empty_label=None,
        widget=forms.Select(_SELECT),
    )
    fte = NumberField(label="Te verdelen fte", help_text="Alleen nieuwe sterkte, bijvoorbeeld 1000.")
    partial = forms.BooleanField(label="Reken ook als er kenmerken ontbreken", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        adopted = ModelVersion.objects.filter(standing=Standing.ADOPTED).first()  # a rekenvariant is never the default
        self.fields["model"].initial = adopted.code if adopted else None
        for name, label, unit in SPECIFIC_TASKS:
            self.fields[name] = NumberField(label=f"{label} ({unit})", required=False)

    @property
    def task_fields(self) -> list[forms.BoundField]:
        return [self[name] for name, _, _ in SPECIFIC_TASKS]

    @property
    def order(self) -> RunOrder:
        data = self.cleaned_data
        tasks = {unit: data[name] for name, _, unit in SPECIFIC_TASKS if data[name]}
        return RunOrder(data["model"].code, data["feature_set"].code, data["fte"], tasks, data["partial"])


class UploadForm(forms.Form):
    """A file with the values of a year."""

    name = forms.CharField(
        label="Naam", max_length=80, widget=forms.TextInput(_TEXT), help_text="Bijvoorbeeld Open cijfers."
    )
    year = forms.IntegerField(
        label="Jaar", min_value=2013, max_value=2100, widget=forms.TextInput({**_TEXT, "inputmode": "numeric"})
    )
    source = forms.CharField(label="Bron", max_length=200, widget=forms.TextInput(_TEXT))
    file = forms.FileField(label="Bestand", widget=forms.FileInput(_FILE), help_text="CSV, XLSX of ODS.")
    fictitious = forms.MultipleChoiceField(
        label="Verzonnen kenmerken", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(code, name) for code, name in Feature.objects.values_list("code", "name")]
        self.fields["fictitious"].choices = choices  # type: ignore[attr-defined]

    @property
    def upload(self) -> Upload:
        data = self.cleaned_data
        file: UploadedFile[bytes] = data["file"]
        return Upload(
            data["name"], data["year"], data["source"], str(file.name), file.read(), tuple(data["fictitious"])
        )


class KeyForm(forms.Form):
    """Another key: a file with a line per police unit."""

    name = forms.CharField(label="Naam", max_length=80, widget=forms.TextInput(_TEXT))
    kind = forms.ChoiceField(
        label="Soort",
        choices=[(kind.value, kind.label.capitalize()) for kind in (KeyKind.FORMATION, KeyKind.OWN)],
        widget=forms.Select(_SELECT),
    )
    measure = forms.ChoiceField(
        label="De getallen zijn",
        choices=[(measure.value, measure.label) for measure in KeyMeasure],
        widget=forms.Select(_SELECT),
    )
    reference_date = forms.DateField(
        label="Peildatum", required=False, widget=forms.DateInput({**_TEXT, "type": "date"}, format="%Y-%m-%d")
    )
    source = forms.CharField(label="Bron", max_length=200, widget=forms.TextInput(_TEXT))
    is_fictitious = forms.BooleanField(label="De getallen zijn verzonnen (fictief)", required=False)
    file = forms.FileField(
        label="Bestand", widget=forms.FileInput(_FILE), help_text="Twee kolommen: police_unit en value."
    )

    @property
    def reference_day(self) -> date | None:
        day: date | None = self.cleaned_data["reference_date"]
        return day
