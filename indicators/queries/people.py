"""People with their roles and the themes they are limited to."""

from dataclasses import dataclass

from indicators.core.access import Worker
from indicators.models import Theme
from monitor.base.core.roles import Role
from monitor.base.models import User


@dataclass(frozen=True)
class PersonRow:
    """A person and what is open to them; no themes named means all themes."""

    user: User
    roles: tuple[Role, ...]
    themes: tuple[Theme, ...]


def people() -> list[PersonRow]:
    """Everybody with an account, those who are active first. Three statements."""
    users = User.objects.prefetch_related("role_assignments", "theme_access__theme").order_by("-is_active", "username")
    return [_row(user) for user in users]


def find_person(user_id: int) -> PersonRow | None:
    user = User.objects.prefetch_related("role_assignments", "theme_access__theme").filter(pk=user_id).first()
    return _row(user) if user else None


def _row(user: User) -> PersonRow:
    themes = (access.theme for access in user.theme_access.all())
    return PersonRow(user, tuple(role for role in Role if role in user.roles), tuple(themes))


def themes_in_order() -> list[Theme]:
    """All themes, those under a theme after it."""
    rows = list(Theme.objects.order_by("programme", "order"))
    tops = [row for row in rows if row.parent_id is None]
    return [one for top in tops for one in (top, *(row for row in rows if row.parent_id == top.pk))]


def is_administrator(worker: Worker) -> bool:
    return Role.BEHEERDER in worker.roles
