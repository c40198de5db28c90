"""People at work in tests: an account with roles, as the services see it."""

from indicators.core.access import Worker
from indicators.queries.workers import worker_of
from monitor.base.core.roles import Role
from monitor.base.models import RoleAssignment, User


def person(name: str, *roles: Role) -> User:
    """An account with roles, made once."""
    user, _ = User.objects.get_or_create(username=name)
    for role in roles:
        RoleAssignment.objects.get_or_create(user=user, role=role.value)
    return user


def worker(name: str, *roles: Role) -> Worker:
    return worker_of(person(name, *roles))
