"""Rounds and the publications that came from them."""

from indicators.models import Publication, Round
from monitor.base.core.errors import MonitorError


class UnknownRound(MonitorError):
    """A round that does not exist; the message lists those that do."""


def find_round(code: str) -> Round:
    """The round with this code. Raises :class:`UnknownRound`."""
    found = Round.objects.filter(code=code).first()
    if found is None:
        known = ", ".join(Round.objects.order_by("code").values_list("code", flat=True))
        hint = f"Mogelijk zijn {known}." if known else "Laad eerst de cijfers met: manage.py load_figures."
        raise UnknownRound(f"Rapportageronde ‘{code}’ bestaat niet. {hint}")
    return found


def rounds_of(programme: str) -> tuple[Round, ...]:
    """The rounds of a programme, the newest first."""
    return tuple(Round.objects.filter(programme=programme).order_by("-reference_date", "-code"))


def publication_of(round_: Round, programme: str) -> Publication | None:
    """The last publication of a programme in a round, when there is one."""
    return Publication.objects.filter(round=round_, programme=programme).order_by("date").last()
