"""What can be asked of indicators and figures, and from where they are seen."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request

from indicators.core.criteria import ObservationCriteria
from indicators.core.enumerations import Status, Variant
from indicators.core.periods import Period, UnknownPeriod, parse_period
from indicators.core.vantage import Vantage
from indicators.models.catalogue import PROGRAMMES
from indicators.queries.codes import area_codes, category_codes, indicator_codes, theme_codes
from indicators.queries.visibility import audience_of
from monitor.base.api.fields import KnownCode, KnownCodes, PastDayField, WordField, unknown_code
from monitor.base.api.parameters import PageParameters, Parameters
from monitor.base.core.dates import end_of_day

NO_BREAKDOWN = "geen"
_EXAMPLES = "Bijvoorbeeld 2024, 2024-H1, 2024-Q3, 2024-05, 2025-11-02 (stand) of ../2025-11-02 (tot en met die dag)."
_KNOWN_ON = (
    "Een datum. Geeft de cijfers zoals ze aan het eind van die dag (Nederlandse tijd) openbaar waren, of voor wie is "
    "aangemeld: bekend waren. Zonder deze parameter: zoals ze nu zijn."
)


class PeriodField(serializers.CharField):
    """A period code."""

    def to_internal_value(self, data: Any) -> Any:
        try:
            return parse_period(str(data))
        except UnknownPeriod as error:
            raise serializers.ValidationError(str(error), "invalid") from error


class CategoriesField(serializers.ListField):
    """``soort-geweld=belediging``, ``soort-geweld`` (any category of it) or ``geen`` (only totals), several times.

    Becomes a mapping of breakdowns to categories; ``geen`` stands in it as a breakdown without categories.
    """

    child = serializers.CharField()

    def to_internal_value(self, data: Any) -> Any:
        if NO_BREAKDOWN in data:
            if set(data) != {NO_BREAKDOWN}:
                raise serializers.ValidationError("‘geen’ gaat niet samen met een andere uitsplitsing.", "invalid")
            return {NO_BREAKDOWN: ()}
        known = category_codes()
        wanted: dict[str, list[str]] = defaultdict(list)
        wrong = []
        for breakdown, equals, category in (word.partition("=") for word in data):
            if breakdown not in known:
                wrong.append(unknown_code("Uitsplitsing", breakdown, [*known, NO_BREAKDOWN], "/api/v1/indicatoren"))
            elif equals and category not in known[breakdown]:
                where = f"/api/v1/waarnemingen?uitsplitsing={breakdown}"
                wrong.append(unknown_code(f"Categorie van {breakdown}", category, known[breakdown], where))
            else:
                wanted[breakdown] += [category] if equals else known[breakdown]
        if wrong:
            raise serializers.ValidationError(wrong, "unknown")
        return {breakdown: tuple(codes) for breakdown, codes in wanted.items()}


class IndicatorListParameters(PageParameters):
    """What can be asked of the list of indicators."""

    zoek = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=200,
        help_text="Woorden uit naam, code of definitie; de beste treffers eerst. Accenten en hoofdletters tellen niet.",
    )
    thema = KnownCode(
        required=False,
        noun="Thema",
        load=theme_codes,
        where="/api/v1/indicatoren",
        help_text="De code van een thema; wat onder het thema valt, hoort erbij.",
    )
    programma = WordField(choices=PROGRAMMES, required=False, help_text="Het programma waartoe de indicator hoort.")


class KnownOnParameters(Parameters):
    """From when one looks."""

    bekend_op = PastDayField(required=False, help_text=_KNOWN_ON)


class ObservationParameters(PageParameters, KnownOnParameters):
    """What can be asked of figures. Several values of one parameter widen it; several parameters narrow it."""

    indicator = KnownCodes(
        required=False,
        noun="Indicator",
        load=indicator_codes,
        where="/api/v1/indicatoren",
        help_text="De code van een indicator; mag vaker.",
    )
    gebied = KnownCodes(
        required=False,
        noun="Gebied",
        load=area_codes,
        where="/api/v1/waarnemingen",
        help_text="De code van een gebied, bijvoorbeeld nederland; mag vaker.",
    )
    variant = serializers.ListField(
        child=WordField(choices=Variant.codes()), required=False, help_text="Realisatie of iets anders; mag vaker."
    )
    uitsplitsing = CategoriesField(
        required=False,
        help_text="Een categorie (soort-geweld=belediging), een hele uitsplitsing (soort-geweld) of geen (alleen "
        "totalen); mag vaker. Categorieën van één uitsplitsing vullen elkaar aan.",
    )
    periode = serializers.ListField(
        child=PeriodField(), required=False, help_text=f"De code van een periode; mag vaker. {_EXAMPLES}"
    )
    periode_van = PeriodField(
        required=False,
        help_text="Alleen periodes die eindigen op of na de eerste dag van deze periode. Periodes zonder einde "
        "(incidenteel, structureel) vallen dan weg.",
    )
    periode_tot = PeriodField(
        required=False, help_text="Alleen periodes die eindigen op of vóór de laatste dag van deze periode."
    )
    status = serializers.ListField(
        child=WordField(choices=Status.codes()), required=False, help_text="Hoe vast het cijfer staat; mag vaker."
    )

    def validate_periodeVan(self, value: Period) -> date:  # noqa: N802 (the name outside)
        return _edge(value.start, "eerste")

    def validate_periodeTot(self, value: Period) -> date:  # noqa: N802 (the name outside)
        return _edge(value.end, "laatste")

    def validate(self, attrs: Any) -> Any:
        first, last = attrs.get("periode_van"), attrs.get("periode_tot")
        if first and last and first > last:
            message = "Deze periode ligt vóór periodeVan. Draai ze om."
            raise serializers.ValidationError({"periodeTot": [message]}, "invalid")
        return attrs


def _edge(day: date | None, which: str) -> date:
    if day is None:
        raise serializers.ValidationError(f"Van deze periode is de {which} dag niet bekend. {_EXAMPLES}", "invalid")
    return day


def criteria_of(chosen: dict[str, Any]) -> ObservationCriteria:
    """The criteria in checked parameters."""
    categories = dict(chosen["uitsplitsing"] or {})
    only_totals = categories.pop(NO_BREAKDOWN, None) is not None
    return ObservationCriteria(
        indicators=tuple(chosen["indicator"] or ()),
        areas=tuple(chosen["gebied"] or ()),
        variants=tuple(chosen["variant"] or ()),
        categories=categories,
        only_totals=only_totals,
        periods=_codes(chosen["periode"] or ()),
        ends_from=chosen["periode_van"],
        ends_to=chosen["periode_tot"],
        statuses=tuple(chosen["status"] or ()),
    )


def _codes(periods: Sequence[Period]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(period.code for period in periods))


def vantage_of(request: Request, known_on: date | None) -> Vantage:
    """The data as this reader may see them, at the end of a day or now; never later than now.

    The end of today is still to come: what becomes public this afternoon is not shown this morning.
    """
    now = timezone.now()
    return Vantage(min(end_of_day(known_on), now) if known_on else now, audience_of(request.user))
