"""What somebody fills in to begin a round and to steer it."""

from datetime import date
from typing import Any

from django import forms

from indicators.core.enumerations import RoundStepKind
from indicators.models import Round, Supplier
from indicators.services.round_items import DUE, OWNER, SUPPLIER, Assignment
from indicators.services.rounds import NewRound
from monitor.base.core.numbers import read_row_number
from monitor.base.models import User

_TEXT = {"class": "utrecht-textbox utrecht-textbox--html-input"}
_DAY = {**_TEXT, "type": "date"}
_SELECT = {"class": "utrecht-select utrecht-select--html-select"}
NOBODY, UNCHANGED = "-", ""


def _day_field(label: str, *, required: bool = False, help_text: str = "") -> forms.DateField:
    widget = forms.DateInput(_DAY, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, help_text=help_text)


class NewRoundForm(forms.Form):
    """The next round, copied from an earlier one (``source``)."""

    source = forms.SlugField(widget=forms.HiddenInput)
    code = forms.SlugField(label="Code", max_length=20, help_text="Bijvoorbeeld 2027-1.", widget=forms.TextInput(_TEXT))
    name = forms.CharField(label="Naam", max_length=120, widget=forms.TextInput(_TEXT))
    reference_date = _day_field("Datum van verzending", required=True)
    cut_off = _day_field("Peildatum", required=True)

    @property
    def new_round(self) -> NewRound:
        return NewRound(**{name: self.cleaned_data[name] for name in ("code", "name", "reference_date", "cut_off")})


class AssignmentForm(forms.Form):
    """Owner, supplier and due date of figures. For a selection (``many``) what is left empty stays as it is."""

    owner = forms.ChoiceField(label="Eigenaar", required=False, widget=forms.Select(_SELECT))
    supplier = forms.ChoiceField(label="Leverancier", required=False, widget=forms.Select(_SELECT))
    due = _day_field("Aanleveren voor")

    def __init__(
        self, *args: Any, people: list[User], suppliers: list[Supplier], many: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.many = many
        unchanged = [(UNCHANGED, "Niet wijzigen")] if many else []
        names = [(str(one.pk), one.get_full_name() or one.get_username()) for one in people]
        self.fields["owner"].choices = [*unchanged, (NOBODY, "Niemand"), *names]  # type: ignore[attr-defined]
        known = [(str(one.pk), one.name) for one in suppliers]
        self.fields["supplier"].choices = [*unchanged, (NOBODY, "Geen"), *known]  # type: ignore[attr-defined]

    @property
    def assignment(self) -> Assignment:
        """What is to be set, for :func:`assign_items`."""
        owner, supplier = self.cleaned_data["owner"], self.cleaned_data["supplier"]
        due: date | None = self.cleaned_data["due"]
        filled = {OWNER: owner != UNCHANGED, SUPPLIER: supplier != UNCHANGED, DUE: due is not None or not self.many}
        return Assignment(
            sets=frozenset(name for name, is_filled in filled.items() if is_filled),
            owner_id=read_row_number(owner),
            supplier_id=read_row_number(supplier),
            due=due,
        )


class ItemsField(forms.Field):
    """Chosen figures of a round, as numbers."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[int]:
        numbers = [read_row_number(str(word)) for word in super().clean(value) or []]
        if None in numbers:
            raise forms.ValidationError("De keuze is niet te lezen. Laad de pagina opnieuw.")
        return [number for number in numbers if number is not None]


class SelectionForm(forms.Form):
    """The figures that an act is about: those that are chosen, or all that the page shows."""

    items = ItemsField(required=False)
    shown = ItemsField(required=False)

    def ids(self, *, everything: bool) -> list[int]:
        chosen: list[int] = self.cleaned_data["shown" if everything else "items"]
        return chosen


class StepsForm(forms.Form):
    """The days on which the steps of a round must be done."""

    def __init__(self, *args: Any, round_: Round, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {step.kind: step.due for step in round_.steps.all()})
        super().__init__(*args, **kwargs)
        for kind in RoundStepKind:
            self.fields[kind.value] = _day_field(kind.label.capitalize())

    @property
    def due(self) -> dict[str, date | None]:
        return {kind.value: self.cleaned_data[kind.value] for kind in RoundStepKind}


class AddItemsForm(forms.Form):
    """Series to ask for as well, over one period."""

    indicator = forms.SlugField(widget=forms.HiddenInput)
    series = ItemsField(required=False)
    period = forms.CharField(
        label="Periode",
        max_length=24,
        widget=forms.TextInput(_TEXT),
        help_text="Bijvoorbeeld 2025, 2025-H2, 2025-11-02 (stand) of ../2025-11-02 (tot en met die dag).",
    )


class SupplierForm(forms.Form):
    """The contact of a supplier; suppliers have no account."""

    contact_name = forms.CharField(
        label="Contactpersoon", max_length=120, required=False, widget=forms.TextInput(_TEXT)
    )
    contact_email = forms.EmailField(label="E-mailadres", required=False, widget=forms.EmailInput(_TEXT))
