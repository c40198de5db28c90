"""What somebody fills in to begin the next round."""

from django import forms

from indicators.services.rounds import NewRound

_TEXT = {"class": "utrecht-textbox utrecht-textbox--html-input"}
_DAY = {**_TEXT, "type": "date"}


class NewRoundForm(forms.Form):
    """The next round, copied from an earlier one (``source``)."""

    source = forms.SlugField(widget=forms.HiddenInput)
    code = forms.SlugField(label="Code", max_length=20, help_text="Bijvoorbeeld 2027-1.", widget=forms.TextInput(_TEXT))
    name = forms.CharField(label="Naam", max_length=120, widget=forms.TextInput(_TEXT))
    reference_date = forms.DateField(label="Datum van verzending", widget=forms.DateInput(_DAY))
    cut_off = forms.DateField(label="Peildatum", widget=forms.DateInput(_DAY))

    @property
    def new_round(self) -> NewRound:
        return NewRound(**{name: self.cleaned_data[name] for name in ("code", "name", "reference_date", "cut_off")})
