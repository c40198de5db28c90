"""Signing in and out, and one's own account."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from monitor.base.forms import ChangePasswordForm, SignInForm


class SignIn(LoginView):
    """The sign-in form; sends the reader on to the page that asked for it."""

    template_name = "base/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_invalid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)
        response.status_code = 429 if form.has_error("__all__", "locked") else 422
        return response


@method_decorator(require_http_methods(["POST"]), name="dispatch")
class SignOut(LogoutView):
    """Signs out and says so on the home page."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post(request, *args, **kwargs)
        messages.success(request, "U bent afgemeld.")
        return response


@login_required
@require_safe
def profile(request: HttpRequest) -> HttpResponse:
    return render(request, "base/profile.html", {"form": ChangePasswordForm(request.user)})


@sensitive_post_parameters()
@login_required
@require_http_methods(["POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; other sessions of the account end."""
    form = ChangePasswordForm(request.user, request.POST)
    if not form.is_valid():
        return render(request, "base/profile.html", {"form": form}, status=422)
    user = form.save()
    update_session_auth_hash(request, user)
    messages.success(request, "Uw wachtwoord is gewijzigd.")
    return redirect("profile")
