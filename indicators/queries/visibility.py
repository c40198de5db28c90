"""What a vantage can see: the one place where moments and audiences become filters."""

from typing import Any

from django.db.models import Q

from indicators.core.enumerations import Audience, Classification
from indicators.core.vantage import Vantage


def audience_of(user: Any) -> Audience:
    """Whoever signed in sees what is known to us, anybody else what is public."""
    return Audience.INTERNAL if user.is_authenticated else Audience.PUBLIC


def visible_observations(vantage: Vantage) -> Q:
    """Observations as they stood: what was known to us, or what was public, at the moment."""
    if vantage.audience is Audience.PUBLIC:
        return Q(public_from__lte=vantage.moment, classification=Classification.PUBLIC) & (
            Q(public_to__isnull=True) | Q(public_to__gt=vantage.moment)
        )
    return Q(known_from__lte=vantage.moment) & (Q(known_to__isnull=True) | Q(known_to__gt=vantage.moment))


def visible_history(vantage: Vantage) -> Q:
    """Every revision that this audience could have seen up to the moment, also those that were followed since."""
    if vantage.audience is Audience.PUBLIC:
        return Q(public_from__lte=vantage.moment, classification=Classification.PUBLIC)
    return Q(known_from__lte=vantage.moment)


def visible_facts(vantage: Vantage) -> Q:
    """Facts as they stood: one revision of each at most."""
    if vantage.audience is Audience.PUBLIC:
        return Q(public_from__lte=vantage.moment) & (Q(public_to__isnull=True) | Q(public_to__gt=vantage.moment))
    return Q(known_from__lte=vantage.moment) & (Q(known_to__isnull=True) | Q(known_to__gt=vantage.moment))
