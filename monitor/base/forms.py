"""Forms about people: signing in, changing a password. Fields carry the classes of the component library."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.http import HttpRequest

from monitor.base.core.audit import AuditOutcome
from monitor.base.queries.audit import AuditSearch
from monitor.base.services.sign_in import LOCK_SECONDS, count_failure, forget_failures, is_locked


def style_fields(form: forms.BaseForm) -> None:
    """Give every text field and choice the look of the component library."""
    for field in form.fields.values():
        kind = "utrecht-select" if isinstance(field.widget, forms.Select) else "utrecht-textbox"
        field.widget.attrs["class"] = f"{kind} {kind}--html-{'select' if kind == 'utrecht-select' else 'input'}"


def client_address(request: HttpRequest) -> str:
    """The address of the reader: behind our own proxy the last one it noted, else the connection's."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    if settings.SECURE_PROXY_SSL_HEADER and forwarded:
        return forwarded.rsplit(",", 1)[-1].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


class AuditSearchForm(forms.Form):
    """What an administrator looks for in the audit trail; every field may stay empty."""

    q = forms.CharField(required=False, max_length=200, label="Woord in onderwerp, handeling of naam")
    handeling = forms.CharField(required=False, max_length=60)
    wie = forms.CharField(required=False, max_length=150)
    uitkomst = forms.ChoiceField(
        required=False,
        choices=[("", "Alle"), *((outcome.value, outcome.value) for outcome in AuditOutcome)],
        error_messages={"invalid_choice": "Kies gedaan of geweigerd."},
    )
    van = forms.DateField(required=False, error_messages={"invalid": "Dit is geen datum. Kies een dag."})
    tot = forms.DateField(
        required=False, label="Tot en met", error_messages={"invalid": "Dit is geen datum. Kies een dag."}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("van", "tot"):
            self.fields[name].widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        self.fields["handeling"].widget.attrs["list"] = "handelingen"
        self.fields["wie"].widget.attrs["list"] = "namen"
        style_fields(self)

    @property
    def search(self) -> AuditSearch:
        """The cleaned form as a search."""
        data = self.cleaned_data
        outcome = AuditOutcome(data["uitkomst"]) if data["uitkomst"] else None
        return AuditSearch(data["q"], data["handeling"], data["wie"], outcome, data["van"], data["tot"])


class SignInForm(AuthenticationForm):
    """Name and password; refuses for a while after too many failures."""

    error_messages = {
        "invalid_login": "De gebruikersnaam of het wachtwoord klopt niet. Probeer het opnieuw; let op hoofdletters.",
        "inactive": "Dit account is niet meer in gebruik. Vraag een beheerder om hulp.",
        "locked": (
            f"Er is te vaak met een verkeerd wachtwoord aangemeld. Wacht {LOCK_SECONDS // 60} minuten en probeer het "
            "opnieuw, of vraag een beheerder om hulp."
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Gebruikersnaam"
        self.fields["password"].label = "Wachtwoord"
        self.fields["username"].error_messages["required"] = "Vul uw gebruikersnaam in."
        self.fields["password"].error_messages["required"] = "Vul uw wachtwoord in."
        style_fields(self)

    def clean(self) -> dict[str, Any]:
        name = str(self.cleaned_data.get("username", ""))
        address = client_address(self.request) if self.request is not None else ""
        if name and is_locked(name=name, address=address):
            raise forms.ValidationError(self.error_messages["locked"], code="locked")
        try:
            cleaned = super().clean()
        except forms.ValidationError:
            count_failure(name=name, address=address)
            raise
        if name and self.get_user() is not None:
            forget_failures(name=name, address=address)
        return cleaned


class ChangePasswordForm(PasswordChangeForm):
    """The old password once, the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = "Huidig wachtwoord"
        self.fields["old_password"].widget.attrs.pop("autofocus", None)  # the page begins with something else
        self.fields["new_password1"].label = "Nieuw wachtwoord"
        self.fields["new_password1"].help_text = "Ten minste 12 tekens; geen veelgebruikt woord en niet uw naam."
        self.fields["new_password2"].label = "Nieuw wachtwoord, nog een keer"
        self.fields["new_password2"].help_text = ""
        for name in ("old_password", "new_password1", "new_password2"):
            self.fields[name].error_messages["required"] = f"Vul in: {str(self.fields[name].label).lower()}."
        style_fields(self)
