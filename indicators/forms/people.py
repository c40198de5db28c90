"""The roles and themes of a person."""

from typing import Any

from django import forms

from indicators.models import Theme
from monitor.base.core.roles import Role


class AccessForm(forms.Form):
    """Which roles a person has, and to which themes they are limited; no theme chosen is all themes."""

    roles = forms.MultipleChoiceField(
        label="Rollen",
        choices=[(role.value, role.label.capitalize()) for role in Role],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    themes = forms.MultipleChoiceField(label="Alleen deze thema's", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, themes: list[Theme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(str(one.pk), f"{'– ' if one.parent_id else ''}{one.name}") for one in themes]
        self.fields["themes"].choices = names  # type: ignore[attr-defined]

    @property
    def chosen_roles(self) -> list[Role]:
        return [Role(word) for word in self.cleaned_data["roles"]]

    @property
    def chosen_themes(self) -> list[int]:
        return [int(word) for word in self.cleaned_data["themes"]]
