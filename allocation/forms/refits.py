"""What somebody fills in to refit the model and to make a rekenvariant of it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile

from allocation.forms.allocation import NumberField
from allocation.importing.refit_files import RefitUpload, Upload
from allocation.models import FeatureSet

_TEXT = {"class": "utrecht-textbox utrecht-textbox--html-input"}
_SELECT = {"class": "utrecht-select utrecht-select--html-select"}
_FILE = {"class": "utrecht-textbox utrecht-textbox--html-input", "accept": ".csv,.xlsx,.ods,.xls,.tsv"}


def _file(label: str, *, required: bool, help_text: str = "") -> forms.FileField:
    return forms.FileField(label=label, required=required, help_text=help_text, widget=forms.FileInput(_FILE))


class RefitForm(forms.Form):
    """Workloads of one year or three, features from a kept set or a file, categories."""

    name = forms.CharField(label="Naam", max_length=120, widget=forms.TextInput(_TEXT))
    latest = _file("Werklast", required=True, help_text="Kolommen: code, inhabitants en per cluster één kolom.")
    middle = _file("Werklast een jaar eerder", required=False, help_text="Drie jaren tellen mee voor 1/2, 1/3 en 1/6.")
    oldest = _file("Werklast twee jaar eerder", required=False)
    workload_is_fictitious = forms.BooleanField(label="De werklast is verzonnen (fictief)", required=False)
    feature_set = forms.ModelChoiceField(
        FeatureSet.objects.all(),
        to_field_name="code",
        label="Kenmerken uit een set",
        required=False,
        empty_label="Geen: ik bied een bestand aan",
        widget=forms.Select(_SELECT),
    )
    leave_out_incomplete = forms.BooleanField(
        label="Laat kenmerken weg die niet voor elke gemeente een waarde hebben", required=False
    )
    features = _file("Kenmerken uit een bestand", required=False, help_text="Kolommen: code en per kenmerk één kolom.")
    features_are_fictitious = forms.BooleanField(
        label="De kenmerken in het bestand zijn verzonnen (fictief)", required=False
    )
    categories = _file(
        "Categorieën",
        required=False,
        help_text="Kolommen: feature en category. Bij een set mag dit leeg blijven; dan geldt onze eigen lijst.",
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if bool(data.get("middle")) != bool(data.get("oldest")):
            self.add_error(
                "oldest" if data.get("middle") else "middle",
                "Geef één jaar of drie jaren; van twee jaren is geen weging.",
            )
        if bool(data.get("feature_set")) == bool(data.get("features")):
            self.add_error("feature_set", "Kies een set of bied een bestand met kenmerken aan; één van de twee.")
        if data.get("features") and not data.get("categories"):
            self.add_error("categories", "Bied bij een bestand met kenmerken ook het bestand met categorieën aan.")
        return data

    @property
    def upload(self) -> RefitUpload:
        data = self.cleaned_data
        return RefitUpload(
            name=data["name"],
            workloads=[_upload(data[name]) for name in ("oldest", "middle", "latest") if data[name]],
            feature_set=data["feature_set"].code if data["feature_set"] else "",
            features=_upload(data["features"]) if data["features"] else None,
            categories=_upload(data["categories"]) if data["categories"] else None,
            workload_is_fictitious=data["workload_is_fictitious"],
            features_are_fictitious=data["features_are_fictitious"],
            leave_out_incomplete=data["leave_out_incomplete"],
        )


def _upload(file: "UploadedFile[bytes]") -> Upload:
    return Upload(str(file.name), cast(bytes, file.read()))


class VariantForm(forms.Form):
    """The clusters of a refit with the share of each."""

    name = forms.CharField(label="Naam van de rekenvariant", max_length=60, widget=forms.TextInput(_TEXT))

    def __init__(self, clusters: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clusters = clusters
        for place, cluster in enumerate(clusters):
            self.fields[f"share_{place}"] = NumberField(label=cluster, required=False)

    @property
    def share_fields(self) -> list[forms.BoundField]:
        return [self[f"share_{place}"] for place in range(len(self.clusters))]

    @property
    def shares(self) -> Mapping[str, Decimal]:
        return {
            cluster: self.cleaned_data[f"share_{place}"] or Decimal(0) for place, cluster in enumerate(self.clusters)
        }
