"""What the home page shows of the figures."""

from typing import Any

from django.utils import timezone

from indicators.core.vantage import Vantage
from indicators.queries.browse import latest_publications, theme_tree
from indicators.queries.visibility import audience_of

PUBLICATIONS_SHOWN = 5


def home_themes(user: Any) -> dict[str, object]:
    """The programmes with their themes, as this reader may see them."""
    return {"programmes": theme_tree(Vantage(timezone.now(), audience_of(user)))}


def home_publications(user: Any) -> dict[str, object]:
    """The latest publications that figures were read from."""
    return {"publications": latest_publications(PUBLICATIONS_SHOWN)}
