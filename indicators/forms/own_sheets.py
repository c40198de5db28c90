"""What somebody fills in to have a supplier's own sheet read: whose it is, and what its labels and signs stand for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django import forms

from indicators.core.enumerations import Status
from indicators.core.profile_matching import likely_series, profile_for
from indicators.core.profiles import LabelRule, Layout, Profile
from indicators.core.sheet_outcome import SeriesChoice, SheetChoice, SheetQuestion
from indicators.core.sheet_values import EMPTY_SIGN, SignMeaning
from indicators.core.wide_tables import LabelKey, WideTable
from indicators.forms.deliveries import UploadForm
from indicators.models import Supplier
from indicators.queries.sheet_catalogue import split_key

NOT_TAKEN, NOT_CHOSEN = "-", ""
_SELECT = {"class": "utrecht-select utrecht-select--html-select"}
_TEXT = {"class": "utrecht-textbox utrecht-textbox--html-input"}
_LONGEST = 150


class OwnSheetForm(UploadForm):
    """A file of the supplier's own making."""

    field_order = ("supplier", "file")
    supplier = forms.ChoiceField(
        label="Leverancier",
        widget=forms.Select(_SELECT),
        error_messages={
            "required": "Kies van wie dit bestand komt.",
            "invalid_choice": "Kies van wie dit bestand komt.",
        },
    )

    def __init__(self, *args: Any, suppliers: Sequence[Supplier], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(one.code, one.name) for one in suppliers]
        self.fields["supplier"].choices = [("", "Kies een leverancier"), *known]  # type: ignore[attr-defined]
        self.fields["file"].label = "Bestand van de leverancier"


class ProfileFileForm(forms.Form):
    """A profile that was taken from another monitor."""

    file = forms.FileField(
        label="Profiel (JSON)",
        widget=forms.FileInput(attrs={**_TEXT, "accept": ".json"}),
        error_messages={"required": "Kies eerst een bestand met een profiel.", "empty": "Dit bestand is leeg."},
        max_length=200,
    )


@dataclass(frozen=True)
class SelectField:
    """A drop-down with its groups of choices; ``error`` is the sentence under it."""

    name: str
    label: str
    chosen: str
    groups: tuple[tuple[str, tuple[SheetChoice, ...]], ...]
    error: str = ""


class MappingForm:
    """The mapping of one table (or of a long sheet: no labels), as it was filled in or as a profile has it."""

    def __init__(
        self,
        profile: Profile,
        table: WideTable | None,
        names: Mapping[str, str],
        data: Mapping[str, str] | None = None,
    ) -> None:
        """``names`` are the series to choose from, by key; ``data`` is what was posted."""
        self._start, self._table, self._names = profile, table, names
        self._data = data
        self.keys = tuple(table.label_keys()) if table else ()
        self._totals = {row.label for row in table.rows if row.is_total} if table else set()
        self.errors: dict[str, str] = {}

    @property
    def name(self) -> str:
        return self._posted("naam", self._start.name)[:_LONGEST]

    @property
    def day_of_year(self) -> str:
        """The day that a bare year stands for, as 31-12; empty when there is none."""
        start = self._start.day_of_year
        return self._posted("dag", f"{start[1]}-{start[0]}" if start else "")

    @property
    def rounds(self) -> bool:
        return self._start.rounds if self._data is None else "afronden" in self._data

    @property
    def status(self) -> SelectField:
        choices = tuple(SheetChoice(one.value, one.label.capitalize()) for one in Status)
        label = "Status als het bestand er niets over zegt"
        return SelectField("status", label, self._posted("status", self._start.status.value), (("", choices),))

    def _posted(self, name: str, otherwise: str) -> str:
        return otherwise if self._data is None else str(self._data.get(name, otherwise)).strip()

    # --- labels -------------------------------------------------------------------------------------------------------

    def labels(self) -> Iterator[SelectField]:
        """A drop-down per label, with the series that look like it on top."""
        for number, key in enumerate(self.keys):
            name = f"label-{number}"
            yield SelectField(
                name,
                key.words or "De hele tabel",
                self._chosen(name, key),
                self._groups(key),
                self.errors.get(name, ""),
            )

    def _chosen(self, name: str, key: LabelKey) -> str:
        if self._data is not None:
            return self._posted(name, NOT_CHOSEN)
        rule = self._start.rules().get(key.folded)
        if rule is not None:
            return rule.series.key if rule.series else NOT_TAKEN
        if key.label in self._totals:
            return NOT_TAKEN
        exact = [series for series, name_ in self._names.items() if key.words.casefold() == name_.casefold()]
        return exact[0] if len(exact) == 1 else NOT_CHOSEN

    def _groups(self, key: LabelKey) -> tuple[tuple[str, tuple[SheetChoice, ...]], ...]:
        likely = likely_series(key, self._names)
        plain = (SheetChoice(NOT_CHOSEN, "Kies een reeks"), SheetChoice(NOT_TAKEN, "Niet overnemen"))
        rest = tuple(SheetChoice(series, name) for series, name in self._names.items() if series not in likely)
        near = tuple(SheetChoice(series, self._names[series]) for series in likely)
        groups = [("", plain), ("Lijkt erop", near), ("Alle gevraagde reeksen", rest)]
        return tuple((title, choices) for title, choices in groups if choices)

    # --- questions ----------------------------------------------------------------------------------------------------

    def questions(self, asked: Sequence[SheetQuestion]) -> Iterator[SelectField]:
        """A drop-down per open question, and per sign that the profile knows already."""
        for sign, meaning in self.profile.signs.items():
            shown = "een lege cel" if sign == EMPTY_SIGN else f"het teken ‘{sign}’"
            choices = tuple(SheetChoice(one.value, one.label.capitalize()) for one in SignMeaning)
            name = _question_name("teken", sign)
            yield SelectField(name, f"Wat betekent {shown} in dit bestand?", meaning.value, (("", choices),))
        for question in asked:
            name = _question_name(question.code, question.subject)
            choices = (SheetChoice(NOT_CHOSEN, "Nog niet beantwoord"), *question.choices)
            yield SelectField(name, question.message, self._posted(name, NOT_CHOSEN), (("", choices),))

    # --- the profile --------------------------------------------------------------------------------------------------

    @property
    def profile(self) -> Profile:
        """The profile that this mapping makes; what was not a possible answer is left as it was."""
        profile = replace(self._start, name=self.name, rounds=self.rounds, day_of_year=self._day())
        if self.status.chosen in Status.codes():
            profile = replace(profile, status=Status(self.status.chosen))
        for name, answer in (self._data or {}).items():
            if name.startswith("vraag-") and answer:
                profile = _answered(profile, name, str(answer))
        if self._table is None:
            return replace(profile, layout=Layout.LONG)
        return profile_for(self._table, tuple(self._rules()), profile)

    def _rules(self) -> Iterator[LabelRule]:
        known = self._start.rules()
        for number, key in enumerate(self.keys):
            chosen = self._chosen(f"label-{number}", key)
            if chosen == NOT_TAKEN:
                yield LabelRule(key)
            elif chosen in self._names:
                earlier = known.get(key.folded)
                factor = earlier.factor if earlier and earlier.series and earlier.series.key == chosen else None
                yield LabelRule(key, SeriesChoice(*split_key(chosen)), factor)

    def _day(self) -> tuple[int, int] | None:
        day, _, month = self.day_of_year.partition("-")
        try:
            found = date(2023, int(month), int(day))
        except ValueError:
            return None
        return found.month, found.day

    def is_whole(self) -> bool:
        """Whether it can be kept: a name, a choice for every label, a day that exists. Fills ``errors``."""
        self.errors = {}
        if not self.name:
            self.errors["naam"] = "Geef het profiel een naam, zodat u het de volgende keer herkent."
        if self.day_of_year and self._day() is None:
            self.errors["dag"] = f"‘{self.day_of_year[:20]}’ is geen dag. Schrijf bijvoorbeeld 31-12."
        for number, key in enumerate(self.keys):
            chosen = self._chosen(f"label-{number}", key)
            if chosen != NOT_TAKEN and chosen not in self._names:
                self.errors[f"label-{number}"] = "Kies een reeks, of kies ‘Niet overnemen’."
        return not self.errors


def _question_name(code: str, subject: str) -> str:
    return f"vraag-{code}-{subject.encode().hex()}"


def _answered(profile: Profile, name: str, answer: str) -> Profile:
    """The profile with one posted answer; a name or answer that nobody could choose changes nothing."""
    _, code, subject = [*name.split("-", 2), ""][:3]
    try:
        return profile.with_answer(code, bytes.fromhex(subject).decode(), answer)
    except (ValueError, UnicodeDecodeError):
        return profile
