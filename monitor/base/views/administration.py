"""The administration site: loaded with the apps, before any model, so it imports none."""

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


class MonitorAdminSite(AdminSite):
    """Somebody who signed in and is no administrator is refused, instead of asked to sign in once more."""

    def has_permission(self, request: HttpRequest) -> bool:
        allowed = super().has_permission(request)
        if request.user.is_authenticated and not allowed:
            raise PermissionDenied
        return allowed


class MonitorAdminConfig(AdminConfig):
    """Django's administration with our own site."""

    default_site = "monitor.base.views.administration.MonitorAdminSite"
