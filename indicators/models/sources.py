"""Where figures come from and where they were published."""

from django.db import models


class Source(models.Model):
    """The primary source behind a figure, such as a survey of CBS or an annual report."""

    code = models.SlugField("code", max_length=100, unique=True)
    title = models.CharField("titel", max_length=250)
    holder = models.CharField("bronhouder", max_length=120)
    kind = models.CharField("soort", max_length=20)

    class Meta:
        verbose_name = "bron"
        verbose_name_plural = "bronnen"
        ordering = ["holder", "title"]

    def __str__(self) -> str:
        return self.title if self.holder in self.title else f"{self.holder}, {self.title}"


class Publication(models.Model):
    """A document that was or will be sent to parliament."""

    code = models.SlugField("code", max_length=100, unique=True)
    name = models.CharField("naam", max_length=200)
    short_name = models.CharField("korte naam", max_length=120)
    round = models.ForeignKey("indicators.Round", models.PROTECT, null=True, blank=True, related_name="publications")
    date = models.DateField("datum")
    date_note = models.CharField("bij de datum", max_length=200, blank=True)
    kenmerk = models.CharField("kenmerk", max_length=60, blank=True)
    kamerstuk = models.CharField("Kamerstuk", max_length=120, blank=True)
    programme = models.CharField("programma", max_length=20)
    document = models.CharField("bestand", max_length=120, blank=True)

    class Meta:
        verbose_name = "publicatie"
        verbose_name_plural = "publicaties"
        ordering = ["-date", "code"]

    def __str__(self) -> str:
        return self.short_name


class Restatement(models.Model):
    """“Adjusted for all years against earlier figures”: said by a publication about a whole row of figures."""

    indicator = models.ForeignKey("indicators.Indicator", models.PROTECT, related_name="restatements")
    publication = models.ForeignKey(Publication, models.PROTECT, related_name="restatements")
    scope = models.CharField("reikwijdte", max_length=120)
    text = models.TextField("toelichting")
    place = models.CharField("plaats", max_length=120, blank=True)

    class Meta:
        verbose_name = "herstelling van een reeks"
        verbose_name_plural = "herstellingen van reeksen"
        ordering = ["indicator", "publication"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "publication"], name="restatement_once_per_publication")
        ]

    def __str__(self) -> str:
        return self.text


class Footnote(models.Model):
    """A remark printed under figures. With ``indicator`` it belongs to all figures of that indicator."""

    code = models.SlugField("code", max_length=120, unique=True)
    text = models.TextField("tekst")
    indicator = models.ForeignKey(
        "indicators.Indicator", models.PROTECT, null=True, blank=True, related_name="footnotes"
    )
    publication = models.ForeignKey(Publication, models.PROTECT, null=True, blank=True)
    place = models.CharField("plaats", max_length=120, blank=True)

    class Meta:
        verbose_name = "voetnoot"
        verbose_name_plural = "voetnoten"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.text
