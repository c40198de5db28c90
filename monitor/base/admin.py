"""The administrator's door: people may be changed here, jobs and the audit trail only read."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.http import HttpRequest

from monitor.base.models import AuditRecord, Job, RoleAssignment, User

if TYPE_CHECKING:  # Django's classes take their type parameter in the stubs only
    _ModelAdmin = admin.ModelAdmin[Any]
    _TabularInline = admin.TabularInline[RoleAssignment, User]
    _UserAdmin = UserAdmin[User]
else:
    _ModelAdmin, _TabularInline, _UserAdmin = admin.ModelAdmin, admin.TabularInline, UserAdmin

admin.site.site_header = admin.site.site_title = "Beheer van de monitor"
admin.site.index_title = "Beheer"


class ReadOnlyAdmin(_ModelAdmin):
    """Rows may be looked at; services alone write them."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class RoleInline(_TabularInline):
    model = RoleAssignment
    extra = 0


@admin.register(User)
class PersonAdmin(_UserAdmin):
    """Accounts are made inactive, never deleted."""

    inlines = (RoleInline,)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    list_display = ("id", "label", "state", "phase", "requested_by", "created_at", "finished_at", "attempts")
    list_filter = ("state", "kind")
    list_select_related = ("requested_by",)
    search_fields = ("label", "error")
    date_hierarchy = "created_at"


@admin.register(AuditRecord)
class AuditRecordAdmin(ReadOnlyAdmin):
    list_display = ("number", "moment", "actor_name", "act", "subject", "outcome")
    list_filter = ("outcome", "act")
    search_fields = ("subject", "actor_name")
    date_hierarchy = "moment"
