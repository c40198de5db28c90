"""People and their roles."""

from django.contrib.auth.models import AbstractUser
from django.db import models

from monitor.base.core.roles import Role


class User(AbstractUser):
    """A person with an account. Accounts are pseudonymised, never deleted: what they did stays theirs."""

    class Meta:
        verbose_name = "gebruiker"
        verbose_name_plural = "gebruikers"

    @property
    def roles(self) -> frozenset[Role]:
        """The roles of this person, read once per object."""
        if not hasattr(self, "_roles"):
            self._roles = frozenset(Role(row.role) for row in self.role_assignments.all())
        return self._roles

    def has_role(self, *wanted: Role) -> bool:
        """Whether the person has at least one of the wanted roles."""
        return self.is_active and not self.roles.isdisjoint(wanted)


class RoleAssignment(models.Model):
    """One role of one person."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="role_assignments", verbose_name="gebruiker")
    role = models.CharField("rol", max_length=20, choices=[(role.value, role.label) for role in Role])

    class Meta:
        verbose_name = "rol"
        verbose_name_plural = "rollen"
        constraints = [
            models.UniqueConstraint(fields=["user", "role"], name="role_once_per_user"),
            models.CheckConstraint(condition=models.Q(role__in=[role.value for role in Role]), name="role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {Role(self.role).label}"
