"""What somebody fills in for a what-if."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms

from allocation.core.scenarios import Growth, Merger, ScenarioInputs, Scope
from allocation.forms.allocation import SPECIFIC_TASKS, NumberField
from allocation.queries.scenarios import ScenarioBase

GROWTHS, MERGERS, MERGED = 4, 2, 3
_TEXT = {"class": "utrecht-textbox utrecht-textbox--html-input", "autocomplete": "off"}
_SELECT = {"class": "utrecht-select utrecht-select--html-select"}
_CODE = re.compile(r"\((GM\d{4})\)$")


class ScenarioForm(forms.Form):
    """A what-if on one version and one set; the rows that are left empty change nothing."""

    name = forms.CharField(label="Naam van het scenario", max_length=120, widget=forms.TextInput(_TEXT))
    fte = NumberField(label="Te verdelen fte", help_text="Alleen nieuwe sterkte, bijvoorbeeld 1000.")
    partial = forms.BooleanField(label="Reken ook als er kenmerken ontbreken", required=False)
    reason = forms.CharField(
        label="Welke taak gaat naar een ander onderdeel?",
        required=False,
        max_length=500,
        widget=forms.Textarea({"class": "utrecht-textarea utrecht-textarea--html-textarea", "rows": 2}),
        help_text="Verplicht zodra een aandeel verandert. Alleen een taak die verhuist, is daar een reden voor.",
    )

    def __init__(self, base: ScenarioBase, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.base = base
        features = [("", "geen"), *base.features]
        for row in range(GROWTHS):
            self.fields[f"feature_{row}"] = forms.ChoiceField(
                label=f"Kenmerk {row + 1}", choices=features, required=False, widget=forms.Select(_SELECT)
            )
            self.fields[f"place_{row}"] = _place(f"Waar {row + 1}", "plaatsen")
            self.fields[f"percent_{row}"] = NumberField(label=f"Groei {row + 1}, in %", required=False)
        for row in range(MERGERS):
            for part in range(MERGED):
                self.fields[f"part_{row}_{part}"] = _place(f"Samenvoeging {row + 1}, gemeente {part + 1}", "gemeenten")
            self.fields[f"merged_{row}"] = forms.CharField(
                label=f"Samenvoeging {row + 1}, nieuwe naam",
                required=False,
                max_length=80,
                widget=forms.TextInput(_TEXT),
            )
        for place, cluster in enumerate(base.clusters):
            self.fields[f"share_{place}"] = NumberField(label=cluster, required=False)
        for name, label, unit in SPECIFIC_TASKS:
            self.fields[name] = NumberField(label=f"{label} ({unit})", required=False)

    # --- fields by group, for the page --------------------------------------------------------------------------------

    @property
    def growth_rows(self) -> list[list[forms.BoundField]]:
        return [[self[f"{name}_{row}"] for name in ("feature", "percent", "place")] for row in range(GROWTHS)]

    @property
    def merger_rows(self) -> list[list[forms.BoundField]]:
        return [
            [*(self[f"part_{row}_{part}"] for part in range(MERGED)), self[f"merged_{row}"]] for row in range(MERGERS)
        ]

    @property
    def share_fields(self) -> list[forms.BoundField]:
        return [self[f"share_{place}"] for place in range(len(self.base.clusters))]

    @property
    def task_fields(self) -> list[forms.BoundField]:
        return [self[name] for name, _, _ in SPECIFIC_TASKS]

    # --- what was filled in -------------------------------------------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for row in range(GROWTHS):
            given = [data.get(f"{name}_{row}") for name in ("feature", "percent")]
            if f"percent_{row}" not in self.errors and (bool(given[0]) != (given[1] is not None)):
                self.add_error(f"percent_{row}", "Kies een kenmerk en geef de groei; of laat beide leeg.")
            self._resolve(data, f"place_{row}", self._scope)
        for row in range(MERGERS):
            for part in range(MERGED):
                self._resolve(data, f"part_{row}_{part}", self._municipality)
        return data

    def _resolve(self, data: dict[str, Any], name: str, look: Any) -> None:
        if name not in self.errors:
            found = look(data.get(name, ""))
            if found is None:
                self.add_error(name, f"‘{data[name]}’ is niet gevonden. Kies een naam uit de lijst.")
            else:
                data[name] = found

    def _scope(self, text: str) -> tuple[Scope, str] | None:
        if not text:
            return Scope.COUNTRY, ""
        if text.removeprefix("Eenheid ") in self.base.units and text.startswith("Eenheid "):
            return Scope.UNIT, text.removeprefix("Eenheid ")
        code = self._municipality(text)
        return (Scope.MUNICIPALITY, code) if code else None

    def _municipality(self, text: str) -> str | None:
        """The code of a municipality by “Naam (GM0000)”, its code or its name; None when there is none."""
        if not text:
            return ""
        match = _CODE.search(text)
        code = match.group(1) if match else text
        if code in self.base.municipalities:
            return code
        named = [code for code, name in self.base.municipalities.items() if name.casefold() == text.casefold()]
        return named[0] if len(named) == 1 else None

    @property
    def inputs(self) -> ScenarioInputs:
        data = self.cleaned_data
        shares = self._shares()
        return ScenarioInputs(
            fte=data["fte"],
            growths=tuple(
                Growth(data[f"feature_{row}"], data[f"place_{row}"][0], data[f"place_{row}"][1], data[f"percent_{row}"])
                for row in range(GROWTHS)
                if data[f"feature_{row}"]
            ),
            mergers=tuple(_mergers(data)),
            cluster_shares=shares,
            reason=data["reason"].strip() if shares else "",
            specific_tasks={unit: data[name] for name, _, unit in SPECIFIC_TASKS if data[name]},
            partial=data["partial"],
        )

    def _shares(self) -> Mapping[str, Decimal]:
        """The shares as filled in; nothing when they are those of the version itself."""
        given = {
            cluster: self.cleaned_data[f"share_{place}"] or Decimal(0)
            for place, cluster in enumerate(self.base.clusters)
        }
        same = all(given[cluster] == shown for cluster, shown in zip(given, self.base.shown_shares, strict=True))
        return {} if same else given


def _place(label: str, options: str) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=120, widget=forms.TextInput({**_TEXT, "list": options})
    )


def _mergers(data: Mapping[str, Any]) -> Sequence[Merger]:
    found = []
    for row in range(MERGERS):
        codes = tuple(code for part in range(MERGED) if (code := data[f"part_{row}_{part}"]))
        if codes or data[f"merged_{row}"]:
            found.append(Merger(codes, data[f"merged_{row}"]))
    return found
