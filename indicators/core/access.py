"""Who may do what with figures: role, theme, and never one's own value."""

from collections.abc import Collection
from dataclasses import dataclass

from monitor.base.core.errors import NotAllowed
from monitor.base.core.roles import Role


@dataclass(frozen=True)
class Worker:
    """A person at work: roles, and the themes they are limited to (None: all themes)."""

    user_id: int
    name: str
    roles: frozenset[Role]
    themes: frozenset[int] | None = None

    def require_role(self, *wanted: Role, act: str) -> None:
        """Raise :class:`NotAllowed` unless the person has one of the roles."""
        if self.roles.isdisjoint(wanted):
            roles = " of ".join(role.label for role in wanted)
            raise NotAllowed(f"U mag dit niet: {act} is werk van een {roles}.")

    def require_themes(self, themes: Collection[int]) -> None:
        """Raise :class:`NotAllowed` when one of the themes is not open to the person."""
        if self.themes is not None and not self.themes.issuperset(themes):
            raise NotAllowed("U mag dit niet: dit cijfer hoort bij een thema waarvoor u geen toegang hebt.")
