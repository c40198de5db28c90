"""Access to themes: somebody limited to a theme works on it and on what is under it, and nowhere else."""

import pytest

from indicators.models import Proposal, ThemeAccess
from indicators.queries.workers import worker_of
from indicators.services.approval import approve_proposals
from indicators.services.proposals import return_proposals, withdraw_proposal
from indicators.services.submission import submit_proposals
from monitor.base.core.errors import NotAllowed
from monitor.base.core.roles import Role
from tests.factories import ThemeFactory
from tests.indicators.proposals.desk import pairs
from tests.workers import person


@pytest.fixture
def above(desk):
    """The theme above the theme of the figure."""
    theme = ThemeFactory(code="boven")
    desk.indicator.theme.parent = theme
    desk.indicator.theme.save()
    return theme


def limited(*themes, name="els"):
    user = person(name, Role.INVOERDER, Role.CONTROLEUR)
    for theme in themes:
        ThemeAccess.objects.create(user=user, theme=theme)
    return worker_of(user)


def test_without_limits_all_themes_are_open(desk):
    assert limited().themes is None


def test_access_to_a_theme_opens_what_is_under_it(desk, above):
    els = limited(above)
    assert els.themes == {above.pk, desk.indicator.theme_id}
    assert desk.save("100", by=els).pk


def test_access_to_a_theme_does_not_open_what_is_above_or_beside_it(desk, above):
    beside = ThemeFactory(code="naast", parent=above)
    assert limited(beside).themes == {beside.pk}


def test_another_theme_is_closed_for_every_act(desk, above):
    els = limited(ThemeFactory(code="anders"))
    draft = desk.save("100")
    acts = [
        lambda seen: desk.save("101", by=els, version=seen.version),
        lambda seen: withdraw_proposal(by=els, proposal_id=seen.pk, version=seen.version),
        lambda seen: submit_proposals(by=els, pairs=pairs(seen)),
        lambda seen: return_proposals(by=els, pairs=pairs(seen), reason="Nee."),
        lambda seen: approve_proposals(by=els, pairs=pairs(seen)),
    ]
    for state in (draft, desk.submitted("102", version=1)):
        for act in acts:
            with pytest.raises(NotAllowed, match="een thema waarvoor u geen toegang hebt"):
                act(state)
    assert Proposal.objects.get().value == 102


def test_somebody_who_left_has_no_roles(desk):
    user = person("gerda", Role.INVOERDER)
    user.is_active = False
    user.save()
    with pytest.raises(NotAllowed):
        desk.save("100", by=worker_of(user))
