"""A signed-in user as a worker: roles and themes read once."""

from collections.abc import Mapping

from indicators.core.access import Worker
from indicators.models import Theme, ThemeAccess
from monitor.base.core.errors import NotThere
from monitor.base.models import User


def worker_of(user: User) -> Worker:
    """The worker a user is. Access to a theme is access to the themes under it (two statements)."""
    own = set(ThemeAccess.objects.filter(user=user).values_list("theme_id", flat=True))
    themes = None
    if own:
        parents = dict(Theme.objects.values_list("pk", "parent_id"))
        themes = frozenset(pk for pk in parents if own & _lineage(parents, pk))
    return Worker(user.pk, user.get_username(), user.roles if user.is_active else frozenset(), themes)


def find_worker(name: str) -> Worker:
    """The worker with this user name, for a command. Raises :class:`NotThere`."""
    user = User.objects.filter(username=name, is_active=True).first()
    if user is None:
        raise NotThere(f"Gebruiker ‘{name}’ bestaat niet of is niet meer in gebruik.")
    return worker_of(user)


def _lineage(parents: Mapping[int, int | None], pk: int | None) -> set[int]:
    return set() if pk is None else {pk} | _lineage(parents, parents.get(pk))
