"""The rules about a value alone as conditions in SQL: which proposals break them, without reading one.

Each is the twin of a rule of ``core/rules/rows.py``; a property test proves on both databases that they say the same.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Round

from indicators.core.rules.findings import RowRule
from indicators.core.rules.rows import COUNT, HIGHEST_SCORE, LOWEST_SCORE, SHARE
from indicators.models import IndicatorVersion

_WORDING = IndicatorVersion.objects.filter(indicator=OuterRef("series__indicator"), valid_to__isnull=True)
_IS_COUNT = Q(series__indicator__value_kind=COUNT)
_IS_SHARE = Q(series__indicator__value_kind=SHARE)
_IN_UNITS = Q(Exists(_WORDING.filter(unit="aantal")))
_IS_SCORE = Q(Exists(_WORDING.filter(unit="rapportcijfer")))
_HAS_VALUE = Q(value__isnull=False)
_USUAL_DECIMALS: Any = Subquery(_WORDING.values("decimals")[:1])  # Round takes an expression; its type hint does not
_NOT_WHOLE = _IS_COUNT & _IN_UNITS & _HAS_VALUE & ~Q(value=Round("value"))

_CONDITIONS: Mapping[str, Q] = {
    "aandeel-buiten-0-100": _IS_SHARE & (Q(value__lt=0) | Q(value__gt=100)),
    "telling-negatief": _IS_COUNT & Q(value__lt=0),
    "telling-niet-heel": _NOT_WHOLE,
    "cijfer-buiten-1-10": _IS_SCORE & (Q(value__lt=LOWEST_SCORE) | Q(value__gt=HIGHEST_SCORE)),
    "bovengrens-lager": Q(value_high__isnull=False) & (Q(value__isnull=True) | Q(value_high__lt=F("value"))),
    "meer-decimalen": _HAS_VALUE & ~Q(value=Round("value", _USUAL_DECIMALS)) & ~_NOT_WHOLE,
}


def breaking(rule: RowRule) -> Q:
    """The condition on proposals that break ``rule``; KeyError for a rule that has no twin yet."""
    return _CONDITIONS[rule.code]
