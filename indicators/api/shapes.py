"""How indicators and figures look in an answer."""

from rest_framework import serializers

from indicators.core.enumerations import (
    Audience,
    BreakKind,
    Certainty,
    ChangeKind,
    Comparator,
    Direction,
    Marker,
    Measure,
    MoneyBasis,
    Qualifier,
    Status,
    TargetState,
    Variant,
)
from indicators.core.periods import PeriodKind
from indicators.models.catalogue import PROGRAMMES
from monitor.base.api.answers import Link, ListAnswer
from monitor.base.api.fields import CamelCase, NumberField, OptionalChoice, OptionalText, Reference


def _filled(vocabulary: type[Measure] | type[MoneyBasis]) -> list[str]:
    """The words of a list without the empty one, which answers show as null."""
    return [code for code in vocabulary.codes() if code]


class PeriodShape(CamelCase):
    """Een periode. De eerste en laatste dag horen erbij; null is onbekend."""

    code = serializers.CharField()
    soort = serializers.ChoiceField(source="kind", choices=[kind.value for kind in PeriodKind])
    omschrijving = serializers.CharField(source="label")
    eerste_dag = serializers.DateField(source="start", allow_null=True)
    laatste_dag = serializers.DateField(source="end", allow_null=True)

    class Meta:
        ref_name = "Periode"


class AreaShape(CamelCase):
    """Een gebied."""

    code = serializers.CharField(source="area")
    naam = serializers.CharField(source="area_name")

    class Meta:
        ref_name = "Gebied"


class CategoryShape(CamelCase):
    """Een categorie van een uitsplitsing."""

    uitsplitsing = serializers.CharField(source="breakdown")
    uitsplitsing_naam = serializers.CharField(source="breakdown_name")
    categorie = serializers.CharField(source="code")
    categorie_naam = serializers.CharField(source="name")

    class Meta:
        ref_name = "Categorie"


class SeriesShape(CamelCase):
    """Een reeks: de indicator voor een gebied, een variant en hooguit één categorie per uitsplitsing."""

    reeks = serializers.CharField(source="series.key")
    gebied = AreaShape(source="series")
    variant = serializers.ChoiceField(source="series.variant", choices=Variant.codes())
    uitsplitsing = CategoryShape(source="series.categories", many=True, help_text="Leeg: dit is een totaal.")
    aantal_waarnemingen = serializers.IntegerField(source="figures")
    eerste_jaar = serializers.IntegerField(source="first_year", allow_null=True)
    laatste_jaar = serializers.IntegerField(source="last_year", allow_null=True)

    class Meta:
        ref_name = "Reeks"


class TargetShape(CamelCase):
    """Een norm of doel. De waarde is in de meeteenheid van de indicator; null: nog af te spreken of in woorden."""

    code = serializers.CharField()
    soort = serializers.CharField(source="kind")
    vergelijking = serializers.ChoiceField(source="comparator", choices=Comparator.codes())
    waarde = NumberField(source="value", allow_null=True)
    bovengrens = NumberField(source="value_high", allow_null=True)
    omschrijving = serializers.CharField(source="text")
    stand = serializers.ChoiceField(source="state", choices=TargetState.codes())
    niveau = OptionalText(source="level", help_text="Het niveau waarop de norm geldt.")
    geldig_vanaf = serializers.DateField(source="valid_from", allow_null=True)
    geldig_tot_en_met = serializers.DateField(source="valid_to", allow_null=True)
    bron = serializers.CharField(source="source")
    vindplaats = OptionalText(source="place")

    class Meta:
        ref_name = "Norm"


class BreakShape(CamelCase):
    """Een trendbreuk: cijfers van vóór en vanaf deze periode zijn niet zomaar te vergelijken."""

    periode = PeriodShape(source="period")
    soort = serializers.ChoiceField(source="kind", choices=BreakKind.codes())
    toelichting = serializers.CharField(source="text")

    class Meta:
        ref_name = "Trendbreuk"


class ThemeShape(CamelCase):
    """Een thema."""

    code = serializers.CharField(source="theme_code")
    naam = serializers.CharField(source="theme")

    class Meta:
        ref_name = "Thema"


class IndicatorLinks(CamelCase):
    """De indicator zelf en zijn cijfers."""

    self = Link()
    waarnemingen = Link()


class IndicatorShape(CamelCase):
    """Wat er wordt gemeten."""

    code = serializers.CharField(source="info.code")
    naam = serializers.CharField(source="info.name")
    thema = ThemeShape(source="info")
    programma = serializers.ChoiceField(source="programme", choices=PROGRAMMES)
    definitie = OptionalText(source="info.definition")
    aandachtspunt = OptionalText(source="info.definition_note", help_text="Waarop bij de definitie te letten is.")
    meeteenheid = OptionalText(source="info.unit")
    decimalen = serializers.IntegerField(source="info.decimals")
    stand_of_stroom = OptionalChoice(source="info.measure", choices=_filled(Measure))
    richting = serializers.ChoiceField(source="info.direction", choices=Direction.codes())
    optelbaar = serializers.BooleanField(source="info.additive")
    bron = OptionalText(source="info.source", help_text="Waar de cijfers gewoonlijk vandaan komen.")
    _links = IndicatorLinks(source="links")

    class Meta:
        ref_name = "Indicator"


class IndicatorDetailShape(IndicatorShape):
    """Een indicator met zijn normen, trendbreuken en de reeksen waarvan er cijfers zijn."""

    normen = TargetShape(source="info.targets", many=True)
    trendbreuken = BreakShape(source="info.breaks", many=True)
    herstellingen = serializers.ListField(
        source="info.restatements",
        child=serializers.CharField(),
        help_text="Wat een publicatie zegt over het herstellen van een hele reeks.",
    )
    voetnoten = serializers.ListField(source="info.footnotes", child=serializers.CharField())
    reeksen = SeriesShape(source="series", many=True)

    class Meta:
        ref_name = "IndicatorUitgebreid"


class IndicatorList(ListAnswer):
    """Een bladzijde met indicatoren."""

    resultaten = IndicatorShape(many=True)

    class Meta:
        ref_name = "Indicatoren"


class ObservationShape(CamelCase):
    """Een cijfer van één reeks en periode, in één revisie."""

    reeks = serializers.CharField(source="figure.series.key")
    indicator = Reference()
    gebied = AreaShape(source="figure.series")
    variant = serializers.ChoiceField(source="figure.series.variant", choices=Variant.codes())
    uitsplitsing = CategoryShape(source="figure.series.categories", many=True, help_text="Leeg: dit is een totaal.")
    periode = PeriodShape(source="figure.period")
    waarde = NumberField(
        source="figure.value", allow_null=True, help_text="In de meeteenheid; null: zie redenZonderWaarde."
    )
    bovengrens = NumberField(source="figure.value_high", allow_null=True, help_text="Als de bron een bereik geeft.")
    reden_zonder_waarde = OptionalChoice(
        source="figure.marker", choices=Marker.codes(), help_text="Waarom er geen waarde is; nihil: er was niets."
    )
    benadering = OptionalChoice(source="figure.qualifier", choices=Qualifier.codes())
    marge = NumberField(source="margin", allow_null=True)
    decimalen = serializers.IntegerField(source="figure.decimals", help_text="Hoeveel decimalen de bron geeft.")
    meeteenheid = OptionalText(source="figure.unit")
    weergave = serializers.CharField(source="figure.text", help_text="Het cijfer zoals het in een zin staat.")
    status = serializers.ChoiceField(source="figure.status", choices=Status.codes())
    zekerheid = serializers.ChoiceField(
        source="figure.certainty",
        choices=Certainty.codes(),
        help_text="Of de lezing uit de bron zeker is, of beredeneerd; een voetnoot zegt dan hoe.",
    )
    loon_en_prijsbijstelling = OptionalChoice(source="figure.money_basis", choices=_filled(MoneyBasis))
    volgens = OptionalText(source="figure.asserted_by", help_text="Wie dit zegt, als dat niet de bron zelf is.")
    revisie = serializers.IntegerField(source="figure.revision")
    soort_wijziging = serializers.ChoiceField(source="figure.change_kind", choices=ChangeKind.codes())
    reden_wijziging = OptionalText(source="reason")
    openbaar_vanaf = serializers.DateTimeField(source="public_from", allow_null=True)
    publicatie = Reference(source="publication", allow_null=True)
    bron = Reference(source="source", allow_null=True)
    vindplaats = OptionalText(source="figure.place", help_text="Waar het in de publicatie staat.")
    voetnoten = serializers.ListField(source="figure.footnotes", child=serializers.CharField())

    class Meta:
        ref_name = "Waarneming"


class ObservationList(ListAnswer):
    """Een bladzijde met cijfers, en van waaruit ze zijn gezien."""

    moment = serializers.DateTimeField(help_text="Het moment waarop de cijfers zo waren.")
    zicht = serializers.ChoiceField(
        choices=Audience.codes(), help_text="Openbaar; of intern: ook wat bekend is en nog niet openbaar."
    )
    resultaten = ObservationShape(many=True)

    class Meta:
        ref_name = "Waarnemingen"
