"""A round takes work in while it is open, and only then."""

from indicators.models import Round
from monitor.base.core.errors import NotAllowed, NotThere


def require_open(*rounds: Round | None) -> None:
    """Raise :class:`NotAllowed` for a round that is not open; work outside any round (None) is free."""
    for round_ in rounds:
        if round_ is not None and not round_.is_open:
            raise NotAllowed(f"Ronde ‘{round_.name}’ is niet open; er verandert daarin niets meer.")


def hold_open(round_id: int) -> Round:
    """The round, held open until the end of the transaction: nobody closes it meanwhile.

    no_key, since everybody who works in the round refers to it. Raises :class:`NotThere` and :class:`NotAllowed`.
    """
    round_ = Round.objects.select_for_update(no_key=True).filter(pk=round_id).first()
    if round_ is None:
        raise NotThere("Deze rapportageronde bestaat niet.")
    require_open(round_)
    return round_


def find_open(code: str) -> Round:
    """The open round with this code. Raises :class:`NotThere` and :class:`NotAllowed`."""
    round_ = Round.objects.filter(code=code).first()
    if round_ is None:
        raise NotThere(f"Ronde ‘{code}’ bestaat niet.")
    require_open(round_)
    return round_
