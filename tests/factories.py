"""What tests are made from: rows (``…Factory``) and plain values (functions that name only what matters)."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import factory
from factory.django import DjangoModelFactory

from indicators import models
from indicators.core import figures as plain
from indicators.core.enumerations import (
    Basis,
    Certainty,
    ChangeKind,
    Comparator,
    Direction,
    Marker,
    Qualifier,
    ReadingKind,
    Status,
    TargetKind,
    TargetState,
    Variant,
)
from indicators.core.periods import Period, parse_period

LONG_AFTER = datetime(2030, 1, 1, tzinfo=UTC)  # all periods of the examples had begun by then
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


# --- rows -------------------------------------------------------------------------------------------------------------


class ThemeFactory(DjangoModelFactory):
    class Meta:
        model = models.Theme

    code = factory.Sequence(lambda n: f"thema-{n}")
    name = factory.LazyAttribute(lambda row: row.code.capitalize())
    programme = "politie"


class SourceFactory(DjangoModelFactory):
    class Meta:
        model = models.Source

    code = factory.Sequence(lambda n: f"bron-{n}")
    title = factory.LazyAttribute(lambda row: f"Jaarverslag {row.code}")
    holder = "Politie"
    kind = "verantwoording"


class RoundFactory(DjangoModelFactory):
    class Meta:
        model = models.Round

    code = factory.Sequence(lambda n: f"2025-{n}")
    name = "tweede halfjaarbericht"
    programme = "politie"
    reference_date = date(2025, 12, 1)


class DeliveryFactory(DjangoModelFactory):
    class Meta:
        model = models.Delivery

    kind = "uitvraag"
    file_name = "uitvraag-politie.xlsx"
    path = "leveringen/proef.xlsx"
    size = 10_000
    sha256 = "a" * 64


class PublicationFactory(DjangoModelFactory):
    class Meta:
        model = models.Publication

    code = factory.Sequence(lambda n: f"publicatie-{n}")
    name = "Halfjaarbericht politie"
    short_name = "Halfjaarbericht"
    date = date(2025, 12, 1)
    programme = "politie"


class AreaFactory(DjangoModelFactory):
    class Meta:
        model = models.Area
        django_get_or_create = ("code",)

    code = "nederland"
    kind = "land"
    name = factory.LazyAttribute(lambda row: row.code.capitalize())


class IndicatorFactory(DjangoModelFactory):
    class Meta:
        model = models.Indicator
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"indicator-{n}")
    theme = factory.SubFactory(ThemeFactory)
    value_kind = "telling"
    default_period_kind = "jaar"
    additive = True

    @factory.post_generation
    def version(self, create: bool, extracted: Any, **fields: Any) -> None:
        """Every indicator has wording; ``version__unit=…`` names what matters."""
        if create:
            models.IndicatorVersion.objects.create(
                indicator=self, **{"name": self.code.capitalize(), "unit": "aantal", **fields}
            )


class BreakdownFactory(DjangoModelFactory):
    class Meta:
        model = models.Breakdown
        django_get_or_create = ("code",)

    code = "soort"
    name = factory.LazyAttribute(lambda row: row.code.capitalize())


class CategoryFactory(DjangoModelFactory):
    class Meta:
        model = models.Category
        django_get_or_create = ("breakdown", "code")

    breakdown = factory.SubFactory(BreakdownFactory)
    code = factory.Sequence(lambda n: f"klasse-{n}")
    name = factory.LazyAttribute(lambda row: row.code.capitalize())


class PeriodFactory(DjangoModelFactory):
    class Meta:
        model = models.Period
        django_get_or_create = ("code",)

    code = "2024"
    kind = factory.LazyAttribute(lambda row: parse_period(row.code).kind.value)
    start = factory.LazyAttribute(lambda row: parse_period(row.code).start)
    end = factory.LazyAttribute(lambda row: parse_period(row.code).end)


class SeriesFactory(DjangoModelFactory):
    class Meta:
        model = models.Series

    class Params:
        category = None

    indicator = factory.SubFactory(IndicatorFactory)
    area = factory.SubFactory(AreaFactory)
    variant = Variant.REALISED.value
    key = factory.LazyAttribute(
        lambda row: plain.series_key(
            row.indicator.code,
            row.area.code,
            row.variant,
            [(row.category.breakdown.code, row.category.code)] if row.category else [],
        )
    )

    @classmethod
    def of_category(cls, category: models.Category, **fields: Any) -> models.Series:
        """A series of one class."""
        series = cls(category=category, **fields)
        models.SeriesCategory.objects.create(series=series, category=category, breakdown=category.breakdown)
        return series


class ObservationFactory(DjangoModelFactory):
    """A published figure, first revision, known and public since long."""

    class Meta:
        model = models.Observation

    series = factory.SubFactory(SeriesFactory)
    period = factory.SubFactory(PeriodFactory)
    value = Decimal(100)
    status = Status.FINAL.value
    certainty = Certainty.CERTAIN.value
    basis = Basis.PUBLISHED.value
    change_kind = ChangeKind.FIRST.value
    publication = factory.SubFactory(PublicationFactory)
    place = "regel 1"
    known_from = LONG_AGO
    public_from = LONG_AGO


class ReadingFactory(DjangoModelFactory):
    class Meta:
        model = models.Reading

    series = factory.SubFactory(SeriesFactory)
    period = factory.SubFactory(PeriodFactory)
    kind = ReadingKind.UNCERTAIN.value
    value = Decimal(99)
    reason = "Het jaar staat niet bij het getal."
    publication = factory.SubFactory(PublicationFactory)
    key = factory.Sequence(lambda n: f"lezing-{n}")


class FactFactory(DjangoModelFactory):
    class Meta:
        model = models.Fact

    code = factory.Sequence(lambda n: f"feit-{n}")
    theme = factory.SubFactory(ThemeFactory)
    name = "Opgeleide medewerkers"
    sentence = "De haven leidde {waarde} medewerkers op."
    kind = "meting"
    value = Decimal(350)
    unit = "aantal"
    period = factory.SubFactory(PeriodFactory)
    area = factory.SubFactory(AreaFactory)
    publication = factory.SubFactory(PublicationFactory)
    certainty = Certainty.CERTAIN.value
    known_from = LONG_AGO
    public_from = LONG_AGO


class TargetFactory(DjangoModelFactory):
    class Meta:
        model = models.Target

    indicator = factory.SubFactory(IndicatorFactory)
    code = factory.Sequence(lambda n: f"norm-{n}")
    kind = TargetKind.INTERNAL.value
    comparator = Comparator.AT_MOST.value
    value = Decimal("5.9")
    text = "Ten hoogste 5,9 procent."
    state = TargetState.SETTLED.value
    publication = factory.SubFactory(PublicationFactory)


# --- plain values -----------------------------------------------------------------------------------------------------


def period(code: str | Period) -> Period:
    return code if isinstance(code, Period) else parse_period(code)


def indicator_info(code: str = "zaken", **fields: Any) -> plain.IndicatorInfo:
    values: dict[str, Any] = {
        "name": code.capitalize(),
        "theme_code": "thema",
        "theme": "Thema",
        "definition": "",
        "definition_note": "",
        "unit": "aantal",
        "decimals": 0,
        "measure": "stroom",
        "direction": Direction.NO_JUDGEMENT,
        "additive": True,
        "has_rest": False,
        "value_kind": "telling",
        "chart": "lijn",
        "source": "Politie, Jaarverslag",
    }
    return plain.IndicatorInfo(code=code, **values | fields)


def category(code: str, *, above: Sequence[str] = (), breakdown: str = "soort", order: int = 0) -> plain.CategoryInfo:
    """A class; ``above`` are the codes of the classes above it, nearest first."""
    names = tuple(name.capitalize() for name in above)
    return plain.CategoryInfo(breakdown, breakdown.capitalize(), code, code.capitalize(), tuple(above), names, order)


def series_info(
    indicator: str = "zaken",
    *categories: plain.CategoryInfo,
    variant: Variant = Variant.REALISED,
    area: str = "nederland",
) -> plain.SeriesInfo:
    key = plain.series_key(indicator, area, variant, [(c.breakdown, c.code) for c in categories])
    return plain.SeriesInfo(key, indicator, area, area.capitalize(), variant, categories)


_numbers = iter(range(1, 10**9))


def figure(code: str | Period = "2024", value: Any = 100, **fields: Any) -> plain.Figure:
    """A figure of ``series`` (default: the total of *zaken*) over period ``code``."""
    number = None if value is None else Decimal(str(value))
    decimals = len(str(value).partition(".")[2]) if value is not None else 0
    values: dict[str, Any] = {
        "observation_id": next(_numbers),
        "series": series_info(),
        "revision": 1,
        "value_high": None,
        "marker": Marker.UNKNOWN if number is None else None,
        "qualifier": None,
        "decimals": decimals,
        "unit": "aantal",
        "status": Status.FINAL,
        "certainty": Certainty.CERTAIN,
        "money_basis": "",
        "change_kind": ChangeKind.FIRST.value,
        "publication": "Halfjaarbericht",
        "source": "Politie, Jaarverslag",
        "place": "regel 1",
        "asserted_by": "",
        "known_from": LONG_AFTER,
    }
    return plain.Figure(period=period(code), value=number, **values | fields)


def target(comparator: Comparator, value: Any, **fields: Any) -> plain.Target:
    values: dict[str, Any] = {
        "code": "norm",
        "kind": "interne streefnorm",
        "value_high": None,
        "text": "De norm.",
        "state": TargetState.SETTLED,
        "level": "landelijk",
        "valid_from": None,
        "valid_to": None,
        "source": "Halfjaarbericht",
        "place": "regel 1",
    }
    return plain.Target(comparator=comparator, value=None if value is None else Decimal(str(value)), **values | fields)


def fact(code: str = "opgeleid", **fields: Any) -> plain.FactInfo:
    values: dict[str, Any] = {
        "name": "Opgeleide medewerkers",
        "theme": "Thema",
        "theme_code": "thema",
        "sentence": "de haven leidde {waarde} medewerkers op.",
        "value": Decimal(350),
        "value_high": None,
        "unit": "aantal",
        "decimals": 0,
        "qualifier": Qualifier.AMPLY,
        "period": parse_period("2024"),
        "area": "Nederland",
        "variant": Variant.REALISED,
        "publication": "Halfjaarbericht",
        "source": "",
        "place": "regel 7",
        "asserted_by": "",
        "certainty": Certainty.CERTAIN,
        "read_as": "",
        "footnote": "",
    }
    return plain.FactInfo(code=code, **values | fields)


def data_set(
    figures: Iterable[plain.Figure], *infos: plain.IndicatorInfo, facts: Iterable[plain.FactInfo] = (), **fields: Any
) -> plain.DataSet:
    """Figures by series in order of period; an indicator that is not given gets ordinary wording."""
    rows: dict[str, list[plain.Figure]] = {}
    for item in figures:
        rows.setdefault(item.series.key, []).append(item)
    known = {info.code: info for info in infos}
    for items in rows.values():
        known.setdefault(items[0].series.indicator, indicator_info(items[0].series.indicator, unit=items[0].unit))
    ordered = {key: tuple(sorted(items, key=lambda f: f.period.sort_key)) for key, items in rows.items()}
    return plain.DataSet(known, ordered, {item.code: item for item in facts}, **fields)
