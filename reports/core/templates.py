"""Report templates: sections and blocks as data (TOML beside the code), read strictly.

Numbers never stand in a template's text; they are bound (``{{ … }}``) or declared as a name (``{{ 'prio 1' }}``).
"""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from indicators.core.binding import Binding, parse_binding, split_text, unbound_numbers
from indicators.core.charts import ChartKind
from indicators.core.enumerations import Variant
from indicators.core.periods import PeriodKind
from monitor.base.core.errors import MonitorError
from reports.core.document import Layout, LetterFields

TEMPLATE_FOLDER = Path(__file__).resolve().parent.parent / "report_templates"


class TemplateProblem(MonitorError):
    """A template that cannot be read; names the template, the section and what is wrong."""


@dataclass(frozen=True)
class TextBlock:
    """Running text with bindings; paragraphs are separated by an empty line."""

    text: str


@dataclass(frozen=True)
class NoticeBlock:
    """A set-apart remark: own text, or the definition note, restatement or breaks of an indicator from the data."""

    title: str
    text: str = ""
    definition_of: str = ""
    restatement_of: str = ""
    breaks_of: str = ""


TILE_PARTS = ("verandering", "norm", "grafiek", "toelichting")


@dataclass(frozen=True)
class TileSpec:
    """One tile: the figure bound by ``figure``; ``show`` names what else, of :data:`TILE_PARTS`."""

    figure: str
    title: str = ""
    unit: str = ""
    show: tuple[str, ...] = ()
    breakdown: str = ""  # a small table of the classes at the same moment


@dataclass(frozen=True)
class TilesBlock:
    tiles: tuple[TileSpec, ...]


@dataclass(frozen=True)
class ChartBlock:
    """Series over time (``series``: references), or the classes of one indicator (``breakdown``) at one moment."""

    caption: str
    series: tuple[str, ...]
    form: str = "lijn"
    breakdown: str = ""
    period_kind: str = ""


@dataclass(frozen=True)
class SeriesTableBlock:
    """Rows are series (references), columns their periods of one kind; ``change`` adds the change of the last one."""

    caption: str
    series: tuple[str, ...]
    period_kind: str = ""
    change: str = ""  # "", "tov vorige" or "tov zelfde periode vorig jaar"
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class BreakdownTableBlock:
    """Rows are the classes of an indicator with subtotals and total, columns the periods of the kinds named."""

    caption: str
    indicator: str
    breakdown: str
    variant: str = "realisatie"
    period_kinds: tuple[str, ...] = ("jaar",)
    from_year: int = 0
    to_year: int = 9999


@dataclass(frozen=True)
class PlanTableBlock:
    """Plan, realisation and difference (plan − realisatie, as published) per class, for the last realised period."""

    caption: str
    indicator: str
    breakdown: str
    difference: str
    explanations: bool = True


@dataclass(frozen=True)
class FigureTableBlock:
    """A list of key figures: every series of the named indicators with its latest figure, period and source."""

    caption: str
    indicators: tuple[str, ...]


@dataclass(frozen=True)
class FactsBlock:
    """One-off figures as sentences, by code."""

    facts: tuple[str, ...]


@dataclass(frozen=True)
class AllocationBlock:
    """A part of the annex on the strength allocation: all it shows comes from one kept run.

    ``text`` binds with ``{{ verdeling: naam }}``; ``against`` asks for the difference with the other key on the map.
    """

    part: str
    caption: str = ""
    text: str = ""
    against: bool = False


TemplateBlock = (
    TextBlock
    | NoticeBlock
    | TilesBlock
    | ChartBlock
    | SeriesTableBlock
    | BreakdownTableBlock
    | PlanTableBlock
    | FigureTableBlock
    | FactsBlock
    | AllocationBlock
)

ALLOCATION_NAME = r"\{\{\s*verdeling:\s*(?P<name>[a-z-]+)\s*\}\}"

_TILES = "tegels"
_KINDS: Mapping[str, Callable[..., TemplateBlock]] = {
    "tekst": TextBlock,
    "let-op": NoticeBlock,
    "grafiek": ChartBlock,
    "reekstabel": SeriesTableBlock,
    "uitsplitsing": BreakdownTableBlock,
    "plan-realisatie": PlanTableBlock,
    "kerncijfers": FigureTableBlock,
    "losse-cijfers": FactsBlock,
    "sterkteverdeling": AllocationBlock,
}


_PERIOD_KINDS = tuple(kind.value for kind in PeriodKind)
_CHOICES: Mapping[str, Sequence[str]] = {
    "show": TILE_PARTS,
    "form": tuple(kind.value for kind in ChartKind),
    "variant": Variant.codes(),
    "period_kind": _PERIOD_KINDS,
    "period_kinds": _PERIOD_KINDS,
    "part": ("tekst", "let-op", "tabel", "staven", "kaart", "uitleg", "vragen", "herkomst"),
    "change": ("tov vorige", "tov zelfde periode vorig jaar"),
}


@dataclass(frozen=True)
class TemplateSection:
    uid: str
    title: str
    level: int
    blocks: tuple[TemplateBlock, ...]


@dataclass(frozen=True)
class ReportTemplate:
    """A report as data. ``default_round`` is used when nobody names a round."""

    code: str
    title: str
    description: str
    layout: Layout
    programme: str
    default_round: str
    fields: LetterFields
    sections: tuple[TemplateSection, ...]

    @property
    def needs_run(self) -> bool:
        """Whether this is a report of a run of the allocation model."""
        return any(isinstance(block, AllocationBlock) for section in self.sections for block in section.blocks)


def template_codes(folder: Path = TEMPLATE_FOLDER) -> tuple[str, ...]:
    """The codes of all templates, in the order they are listed to people."""
    return tuple(path.stem for path in sorted(folder.glob("*.toml")))


def read_template(code: str, folder: Path = TEMPLATE_FOLDER) -> ReportTemplate:
    """Read one template. Raises :class:`TemplateProblem` for an unknown code or a template that is not right."""
    if code not in template_codes(folder):
        raise TemplateProblem(f"Rapport ‘{code}’ bestaat niet. Mogelijk zijn {', '.join(template_codes(folder))}.")
    try:
        content = tomllib.loads((folder / f"{code}.toml").read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TemplateProblem(f"Rapportsjabloon ‘{code}’ is niet te lezen: {error}.") from error
    return _template(code, content)


def _template(code: str, content: Mapping[str, Any]) -> ReportTemplate:
    try:
        sections = tuple(_section(code, section) for section in content["sections"])
        return ReportTemplate(
            code=code,
            title=_plain_text(code, "title", content["title"]),
            description=_plain_text(code, "description", content["description"]),
            layout=Layout(content["layout"]),
            programme=content["programme"],
            default_round=content["default_round"],
            fields=LetterFields(**content.get("fields", {})),
            sections=sections,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise TemplateProblem(f"Rapportsjabloon ‘{code}’ klopt niet: {error}.") from error


def _section(code: str, section: Mapping[str, Any]) -> TemplateSection:
    where = f"{code}, onderdeel ‘{section['title']}’"
    blocks = tuple(_block(where, block) for block in section.get("blocks", ()))
    title = _plain_text(where, "title", section["title"])
    return TemplateSection(section["uid"], title, section.get("level", 1), blocks)


def _block(where: str, values: Mapping[str, Any]) -> TemplateBlock:
    arguments = _tuples(values)
    kind = str(arguments.pop("kind", ""))
    if kind not in (_TILES, *_KINDS):
        raise TemplateProblem(
            f"Sjabloon {where}: blok ‘{kind}’ bestaat niet; mogelijk zijn {_TILES}, {', '.join(_KINDS)}."
        )
    _refuse_unbound(where, "text", re.sub(ALLOCATION_NAME, "", str(arguments.get("text", ""))))
    _refuse_unknown_words(where, arguments)
    try:
        if kind == _TILES:
            return TilesBlock(tuple(_tile(where, tile) for tile in values["tiles"]))
        return _KINDS[kind](**_with_plain_texts(where, arguments))
    except (KeyError, TypeError) as error:
        raise TemplateProblem(f"Sjabloon {where}: blok ‘{kind}’ klopt niet ({error}).") from error


def _tuples(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}


def _tile(where: str, values: Mapping[str, Any]) -> TileSpec:
    arguments = _tuples(values)
    _refuse_unknown_words(where, arguments)
    return TileSpec(**_with_plain_texts(where, arguments))


def _refuse_unknown_words(where: str, values: Mapping[str, Any]) -> None:
    """Words that choose something are known."""
    for key, possible in _CHOICES.items():
        words = values.get(key) or ()
        for word in (words,) if isinstance(words, str) else words:
            if word not in possible:
                raise TemplateProblem(
                    f"Sjabloon {where}: ‘{word}’ bestaat niet bij ‘{key}’; mogelijk zijn {', '.join(possible)}."
                )


def _with_plain_texts(where: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with their titles, captions, units and labels as readers see them."""
    shown = [key for key in ("caption", "title", "unit") if key in values]
    plain: dict[str, Any] = {key: _plain_text(where, key, values[key]) for key in shown}
    if labels := values.get("labels"):
        plain["labels"] = {key: _plain_text(where, "labels", label) for key, label in labels.items()}
    return {**values, **plain}


def _plain_text(where: str, key: str, text: str) -> str:
    """A text in which only names may be bound (``{{ 'prio 1' }}``): it is not composed from the data."""
    _refuse_unbound(where, key, text)
    pieces = list(split_text(text))
    if bound := [piece for piece in pieces if isinstance(piece, Binding) and not piece.literal]:
        raise TemplateProblem(f"Sjabloon {where}: ‘{key}’ kan geen cijfer bevatten ({bound[0].source}).")
    return "".join(piece.literal if isinstance(piece, Binding) else piece for piece in pieces)


def _refuse_unbound(where: str, key: str, text: str) -> None:
    """No number may be typed in what readers see."""
    if numbers := unbound_numbers(text):
        raise TemplateProblem(
            f"Sjabloon {where}: in ‘{key}’ staat het getal {numbers[0]} los in de tekst. "
            "Bind het aan de data, of schrijf een naam als {{ 'prio 1' }}."
        )


# --- what a template needs --------------------------------------------------------------------------------------------


def bindings_of(block: TemplateBlock) -> list[Binding]:
    """Every binding a block makes, so that the data can be read in one go."""
    match block:
        case TextBlock(text) | NoticeBlock(text=text):
            return [piece for piece in split_text(text) if isinstance(piece, Binding)]
        case TilesBlock(tiles):
            return [parse_binding(tile.figure) for tile in tiles]
        case ChartBlock(series=series) | SeriesTableBlock(series=series):
            return [parse_binding(reference) for reference in series]
        case FactsBlock(facts):
            return [parse_binding(f"feit:{code}") for code in facts]
        case _:
            return []


def indicators_of(template: ReportTemplate) -> set[str]:
    """The codes of all indicators a template uses."""
    codes: set[str] = set()
    for block in (block for section in template.sections for block in section.blocks):
        codes |= {binding.indicator for binding in bindings_of(block) if binding.indicator}
        match block:
            case NoticeBlock():
                codes |= {block.definition_of, block.restatement_of, block.breaks_of} - {""}
            case BreakdownTableBlock():
                codes.add(block.indicator)
            case PlanTableBlock():
                codes |= {block.indicator, block.difference}
            case FigureTableBlock():
                codes |= set(block.indicators)
    return codes


def facts_of(template: ReportTemplate) -> set[str]:
    """The codes of all one-off figures a template uses."""
    blocks = (block for section in template.sections for block in section.blocks)
    return {binding.fact for block in blocks for binding in bindings_of(block) if binding.fact}


def period_kind(text: str) -> PeriodKind | None:
    return PeriodKind(text) if text else None


def all_templates(folder: Path = TEMPLATE_FOLDER) -> Sequence[ReportTemplate]:
    return [read_template(code, folder) for code in template_codes(folder)]
