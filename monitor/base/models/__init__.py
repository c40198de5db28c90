"""Tables of the shared floor."""

from monitor.base.models.users import RoleAssignment, User

__all__ = ["RoleAssignment", "User"]
