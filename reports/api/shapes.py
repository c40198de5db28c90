"""How reports look in an answer."""

from rest_framework import serializers

from monitor.base.api.answers import Link, ListAnswer
from monitor.base.api.fields import CamelCase, Reference
from reports.core.formats import Format


class ReportLinks(CamelCase):
    """Het rapport zelf."""

    self = Link()


class DocumentLinks(CamelCase):
    """Waar het bestand staat."""

    enclosure = Link()


class DocumentShape(CamelCase):
    """Een bestand van een rapport."""

    naam = serializers.CharField(source="name")
    formaat = serializers.ChoiceField(source="format", choices=[one.value for one in Format])
    mediatype = serializers.CharField(source="media_type")
    grootte = serializers.IntegerField(source="size", help_text="In bytes.")
    sha256 = serializers.CharField(help_text="Het controlegetal van het bestand.")
    _links = DocumentLinks(source="links")

    class Meta:
        ref_name = "Document"


class EditionShape(CamelCase):
    """Een rapport zoals het op een moment is gemaakt."""

    ronde = Reference(source="round", help_text="De rapportageronde.")
    gemaakt_op = serializers.DateTimeField(source="made_at")
    bekend_op = serializers.DateField(
        source="as_known_on",
        allow_null=True,
        help_text="De dag waarvan de cijfers zijn; null: van toen het is gemaakt.",
    )
    stand_van_de_gegevens = serializers.CharField(source="known_as_of")
    aantal_cijfers = serializers.IntegerField(source="figure_count")
    documenten = DocumentShape(source="files", many=True)

    class Meta:
        ref_name = "Editie"


class ReportShape(CamelCase):
    """Een rapport met de nieuwste editie; null: er is er nog geen."""

    code = serializers.CharField()
    titel = serializers.CharField(source="title")
    omschrijving = serializers.CharField(source="description")
    programma = serializers.CharField(source="programme", help_text="politie of ondermijning.")
    nieuwste = EditionShape(source="newest", allow_null=True)
    _links = ReportLinks(source="links")

    class Meta:
        ref_name = "Rapportage"


class ReportDetailShape(ReportShape):
    """Een rapport met de nieuwste editie en de eerdere, de laatste eerst."""

    eerdere = EditionShape(source="earlier", many=True)

    class Meta:
        ref_name = "RapportageUitgebreid"


class ReportList(ListAnswer):
    """Een bladzijde met rapporten."""

    resultaten = ReportShape(many=True)

    class Meta:
        ref_name = "Rapportages"
