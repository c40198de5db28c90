"""Who may do what: the roles of a person and the themes they are limited to."""

from collections.abc import Collection

from django.db import transaction

from indicators.core.access import Worker
from indicators.models import Theme, ThemeAccess
from monitor.base.core.audit import rows_digest
from monitor.base.core.errors import Conflict, NotThere
from monitor.base.core.roles import Role
from monitor.base.models import RoleAssignment, User
from monitor.base.services.audit import record_act

MAY_GIVE_ACCESS = (Role.BEHEERDER,)


@transaction.atomic
def set_access(*, by: Worker, user_id: int, roles: Collection[Role], themes: Collection[int]) -> User:
    """Give a person exactly these roles, and limit them to these themes and what is under them (none: all themes).

    Raises :class:`NotAllowed` (no beheerder), :class:`NotThere` (no such person or theme) and :class:`Conflict` (one
    takes the role beheerder from oneself: then nobody might be left who can give it back).
    """
    by.require_role(*MAY_GIVE_ACCESS, act="toegang geven")
    user = User.objects.select_for_update().filter(pk=user_id).first()
    if user is None:
        raise NotThere("Deze persoon bestaat niet.")
    known = dict(Theme.objects.filter(pk__in=set(themes)).values_list("pk", "code"))
    if len(known) != len(set(themes)):
        raise NotThere("Een van deze thema's bestaat niet. Laad de pagina opnieuw.")
    if user.pk == by.user_id and Role.BEHEERDER not in roles:
        raise Conflict("U kunt uzelf de rol beheerder niet afnemen. Laat een andere beheerder dat doen.")
    wanted = {role.value for role in roles}
    user.role_assignments.exclude(role__in=wanted).delete()
    present = set(user.role_assignments.values_list("role", flat=True))
    RoleAssignment.objects.bulk_create(RoleAssignment(user=user, role=role) for role in sorted(wanted - present))
    access = ThemeAccess.objects.filter(user=user)
    access.exclude(theme__in=known).delete()
    limited = set(access.values_list("theme_id", flat=True))
    ThemeAccess.objects.bulk_create(ThemeAccess(user=user, theme_id=pk) for pk in sorted(set(known) - limited))
    row = {"persoon": user.get_username(), "rollen": sorted(wanted), "themas": sorted(known.values())}
    record_act(
        actor=User.objects.get(pk=by.user_id),
        act="toegang gewijzigd",
        subject=user.get_username(),
        counts={"rollen": len(wanted), "thema's": len(known)},
        rows_digest=rows_digest([row]),
        detail={"rollen": ", ".join(sorted(wanted)), "thema's": ", ".join(sorted(known.values())) or "alle"},
    )
    return User.objects.get(pk=user.pk)
