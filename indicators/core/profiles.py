"""Profiles: how one supplier's sheet maps to series. Made in the wizard, kept as versions, exchanged as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from indicators.core.enumerations import AreaKind, LabelledEnum, Status
from indicators.core.long_columns import LongColumn
from indicators.core.long_sheets import LongSettings
from indicators.core.pasting import Notation
from indicators.core.sheet_outcome import SeriesChoice
from indicators.core.sheet_values import Scale, SignMeaning, ValueSettings
from indicators.core.wide_tables import LabelKey


class Layout(LabelledEnum):
    WIDE = "breed"
    LONG = "lang"

    @property
    def label(self) -> str:
        return {"breed": "tabel met opschriften", "lang": "één cijfer per regel"}[self.value]


@dataclass(frozen=True)
class LabelRule:
    """What one label of the sheet stands for: a series, or nothing that we keep (``series`` None).

    An area that the sheet itself names (areas across or down) goes before that of the series; ``factor`` goes before
    that of the profile.
    """

    key: LabelKey
    series: SeriesChoice | None = None
    factor: Decimal | None = None

    @property
    def is_ignored(self) -> bool:
        return self.series is None


@dataclass(frozen=True)
class Profile:
    """The mapping of one sheet. What is not settled here is asked when a file is read."""

    code: str
    name: str
    supplier: str = ""
    version: int = 1
    layout: Layout = Layout.WIDE
    sheet: str = ""
    table: int = 1
    header_rows: tuple[int, ...] = ()
    label_column: str = ""
    first_column: str = ""
    headings: tuple[str, ...] = ()
    labels: tuple[LabelRule, ...] = ()
    signs: Mapping[str, SignMeaning] = field(default_factory=dict)
    notation: Notation | None = None
    scale: Scale | None = None
    rounds: bool = False
    factor: Decimal | None = None
    day_of_year: tuple[int, int] | None = None
    status: Status = Status.FINAL
    marks: Mapping[str, Status] = field(default_factory=dict)
    areas: Mapping[str, str] = field(default_factory=dict)
    area_kind: str = ""
    ignored_columns: tuple[str, ...] = ()
    unit_factors: Mapping[str, Decimal] = field(default_factory=dict)
    column_names: Mapping[str, LongColumn] = field(default_factory=dict)
    indicator_names: Mapping[str, str] = field(default_factory=dict)

    @property
    def values(self) -> ValueSettings:
        return ValueSettings(
            signs=self.signs,
            told=self.notation,
            scale=self.scale,
            rounds=self.rounds,
            factor=self.factor if self.factor is not None else Decimal(1),
        )

    @property
    def long_settings(self) -> LongSettings:
        """The same, for a sheet with one figure per row."""
        return LongSettings(
            values=self.values,
            unit_factors=self.unit_factors,
            column_names=self.column_names,
            indicator_names=self.indicator_names,
            day_of_year=self.day_of_year,
        )

    def rules(self) -> Mapping[LabelKey, LabelRule]:
        """The label rules by folded key."""
        return {rule.key.folded: rule for rule in self.labels}

    def with_answer(self, code: str, subject: str, answer: str) -> "Profile":
        """The profile with the answer to a question that reading asked. ValueError for an answer that it cannot be."""
        match code:
            case "teken":
                return replace(self, signs={**self.signs, subject: SignMeaning(answer)})
            case "decimaalteken":
                return replace(self, notation=Notation(answer))
            case "schaal":
                return replace(self, scale=Scale(answer))
            case "vermenigvuldigen":
                if answer not in ("1", subject):
                    raise ValueError(answer)
                return replace(self, factor=Decimal(answer))
            case "gebied":
                return replace(self, area_kind=AreaKind(answer).value)
            case _:
                raise ValueError(code)


NO_PROFILE = Profile("", "")
