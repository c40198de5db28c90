"""What somebody offers, and what somebody decides about it."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from indicators.importing.delivery import RowChoice

_ROW_ID = re.compile(r"^[0-9a-f]{12}$")


class UploadForm(forms.Form):
    """A returned request sheet."""

    file = forms.FileField(
        label="Ingevuld bestand",
        allow_empty_file=True,  # told in the same words as every other file that is not read
        widget=forms.FileInput(
            attrs={"class": "utrecht-textbox utrecht-textbox--html-input", "accept": ".xlsx,.xls,.ods,.csv,.tsv"}
        ),
        error_messages={
            "required": "Kies eerst het bestand dat de leverancier terugstuurde.",
            "invalid": "Het bestand kwam niet over. Kies het opnieuw.",
            "max_length": "De naam van het bestand is te lang. Geef het een kortere naam.",
        },
        max_length=200,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        megabytes = settings.DELIVERY_BYTES // 2**20
        self.fields["file"].help_text = f"XLSX, XLS, ODS of CSV, ten hoogste {megabytes} MB."

    def clean_file(self) -> "UploadedFile[Any]":
        """Refused before it is read into memory."""
        offered: UploadedFile[Any] = self.cleaned_data["file"]
        if (offered.size or 0) > settings.DELIVERY_BYTES:
            raise forms.ValidationError(
                f"‘{offered.name}’ is te groot: ten hoogste {settings.DELIVERY_BYTES // 2**20} MB. Haal plaatjes en "
                "bladen weg die niet nodig zijn."
            )
        return offered


class PlanForm(forms.Form):
    """The decision about a plan: which one was looked at, and per ticked row what sort of change it is and why."""

    digest = forms.CharField(max_length=64)
    act = forms.ChoiceField(choices=[(one, one) for one in ("bewaren", "goede-rijen")])

    @property
    def only_valid(self) -> bool:
        return bool(self.cleaned_data["act"] == "goede-rijen")

    @property
    def choices(self) -> dict[str, RowChoice]:
        """The ticked rows; all rows that can be ticked when somebody said so."""
        name = "row" if self.data.get("take-all") else "take"
        ticked = self.data.getlist(name) if hasattr(self.data, "getlist") else []
        return {row_id: self._choice(row_id) for row_id in ticked if _ROW_ID.match(row_id)}

    def _choice(self, row_id: str) -> RowChoice:
        """What was filled in at the row; left empty, what was filled in for all of them."""
        kind = self.data.get(f"kind-{row_id}") or self.data.get("kind-all", "")
        reason = self.data.get(f"reason-{row_id}") or self.data.get("reason-all", "")
        return RowChoice(str(kind), str(reason)[:2000])
