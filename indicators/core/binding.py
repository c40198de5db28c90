"""Text bound to the data: every number in a report's text comes from here, never from a typist.

Grammar of what stands between ``{{`` and ``}}``::

    reference [ "@" moment ] { "|" filter }
    'literal text'                          a name that contains a number, such as 'prio 1': declared, not hidden
    feit:CODE                               a one-off figure

    reference = code [ "[" breakdown=category { ";" breakdown=category } "]" ] [ ":" variant ] [ "/" area ]
    moment    = laatste [kind] | vorige [kind] | eerste [kind] | zelfde periode vorig jaar
              | zelfde periode als CODE | PERIOD CODE

``laatste`` is the last period that had begun when its figure became known: of a plan for years ahead, the year itself.
Without a moment it is ``laatste``: relatively bound, next round's report needs no retyping.
Filters: ``getal`` (no unit), ``in miljoenen [n]`` and ``in miljarden [n]``, ``periode``, ``in periode``,
``verandering`` (``tov vorige`` | ``tov zelfde periode vorig jaar`` | ``tov eerste``), ``richting`` (the same choices),
``norm``, ``normwaarde``, ``bron``, ``kwalificatie``, ``zin`` (a fact's whole sentence).

What finds nothing raises :class:`BindingFailed`, which names the binding and says what is possible.
"""

import difflib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from indicators.core.binding_values import DEFAULT_AREA, Binding, BindingFailed, BoundText, Moment
from indicators.core.enumerations import Variant
from indicators.core.figures import DataSet, FactInfo, Figure, IndicatorInfo
from indicators.core.periods import PeriodKind, UnknownPeriod, parse_period
from indicators.core.summaries import latest_figure
from indicators.core.trend import change_between, in_period, norm_verdict, previous_figure, same_period_last_year
from monitor.base.core.numbers import format_quantity

__all__ = [
    "Binding",
    "BindingFailed",
    "BoundText",
    "Moment",
    "evaluate",
    "find_figure",
    "find_series",
    "parse_binding",
    "split_text",
    "unbound_numbers",
]

_BINDING = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_REFERENCE = re.compile(
    r"^(?P<code>[a-z0-9][a-z0-9-]*)"
    r"(?:\[(?P<categories>[^\]]+)\])?"
    r"(?::(?P<variant>[a-z]+))?"
    r"(?:/(?P<area>[a-z0-9-]+))?$"
)
_LITERAL = re.compile(r"^'(?P<text>[^']+)'$")
_WORDS = ("laatste", "vorige", "eerste")
_SAME_LAST_YEAR = "zelfde periode vorig jaar"
_SAME_AS = "zelfde periode als "


# --- reading ----------------------------------------------------------------------------------------------------------


def parse_binding(text: str) -> Binding:
    """Read what stands between the braces. Raises :class:`BindingFailed` with what is wrong."""
    source = " ".join(text.split())
    if literal := _LITERAL.match(source):
        return Binding(source, literal=literal["text"])
    head, *filters = [part.strip() for part in source.split("|")]
    reference, at, moment = (part.strip() for part in head.partition("@"))
    _check_filters(source, filters)
    if reference.startswith("feit:"):
        return Binding(source, fact=reference.removeprefix("feit:").strip(), filters=tuple(filters))
    match = _REFERENCE.match(reference)
    if match is None:
        raise BindingFailed(
            f"Binding ‘{source}’ is niet te lezen: ‘{reference}’ is geen verwijzing naar een indicator. "
            "Schrijf code[uitsplitsing=categorie]:variant/gebied."
        )
    return Binding(
        source,
        indicator=match["code"],
        categories=_parse_categories(source, match["categories"]),
        variant=_parse_variant(source, match["variant"]),
        area=match["area"] or DEFAULT_AREA,
        moment=_parse_moment(source, moment) if at else Moment("laatste"),
        filters=tuple(filters),
    )


def _parse_categories(source: str, text: str | None) -> tuple[tuple[str, str], ...]:
    pairs = []
    for part in (text or "").split(";"):
        if not part.strip():
            continue
        breakdown, equals, category = (piece.strip() for piece in part.partition("="))
        if not equals or not category:
            raise BindingFailed(f"Binding ‘{source}’ is niet te lezen: ‘{part}’ is geen uitsplitsing=categorie.")
        pairs.append((breakdown, category))
    return tuple(sorted(pairs))


def _parse_variant(source: str, text: str | None) -> str:
    if text is None:
        return Variant.REALISED
    if text not in Variant.codes():
        raise BindingFailed(
            f"Binding ‘{source}’ is niet te lezen: variant ‘{text}’ bestaat niet. "
            f"Mogelijk zijn {', '.join(Variant.codes())}."
        )
    return text


def _parse_moment(source: str, text: str) -> Moment:
    if text == _SAME_LAST_YEAR:
        return Moment(_SAME_LAST_YEAR)
    if text.startswith(_SAME_AS):
        return Moment(_SAME_AS.strip(), like=text.removeprefix(_SAME_AS).strip())
    word, _, kind = text.partition(" ")
    if word in _WORDS:
        if kind and kind not in {member.value for member in PeriodKind}:
            raise BindingFailed(f"Binding ‘{source}’ is niet te lezen: ‘{kind}’ is geen soort periode.")
        return Moment(word, PeriodKind(kind) if kind else None)
    try:
        return Moment("", period=parse_period(text).code)
    except UnknownPeriod as error:
        raise BindingFailed(f"Binding ‘{source}’ is niet te lezen: {error}") from error


def split_text(text: str) -> Iterator[str | Binding]:
    """Cut a text into plain pieces and bindings, in order."""
    position = 0
    for match in _BINDING.finditer(text):
        if match.start() > position:
            yield text[position : match.start()]
        yield parse_binding(match[1])
        position = match.end()
    if position < len(text):
        yield text[position:]


def unbound_numbers(text: str) -> list[str]:
    """Numbers that somebody typed instead of binding them (empty for a text that is fit for a report)."""
    return re.findall(r"\d[\d.,]*", _BINDING.sub("", text))


# --- evaluating -------------------------------------------------------------------------------------------------------


def evaluate(binding: Binding, data: DataSet) -> BoundText:
    """The text of a binding on this data. Raises :class:`BindingFailed` when it finds nothing."""
    if binding.literal:
        return BoundText(binding.literal, "")
    if binding.fact:
        fact = find_fact(binding, data)
        return BoundText(_fact_text(binding, fact), binding.source, fact=fact.code)
    figures = find_series(binding, data)
    figure = find_figure(_resolved(binding, data), figures)
    info = data.indicators[binding.indicator]
    if not binding.filters:
        return BoundText(figure.text, binding.source, (figure.observation_id,))
    scaled, rest = _apply_scale(binding, figure)
    if not rest:
        return BoundText(scaled, binding.source, (figure.observation_id,))
    if len(rest) > 1:
        raise BindingFailed(f"Binding ‘{binding.source}’ combineert ‘{rest[0]}’ met ‘{rest[1]}’; dat kan niet.")
    return _FILTERS[_filter_name(rest[0])](_Subject(binding, figure, figures, info), _filter_argument(rest[0]))


def find_fact(binding: Binding, data: DataSet) -> FactInfo:
    fact = data.facts.get(binding.fact)
    if fact is None:
        raise BindingFailed(
            f"Binding ‘{binding.source}’ vindt niets: los cijfer ‘{binding.fact}’ bestaat niet of was toen niet bekend."
        )
    return fact


def find_series(binding: Binding, data: DataSet) -> tuple[Figure, ...]:
    """All figures of the series a binding points to, in order of period."""
    if binding.indicator not in data.indicators:
        near = difflib.get_close_matches(binding.indicator, data.indicators, n=3)
        hint = f" Bedoelt u {' of '.join(near)}?" if near else ""
        raise BindingFailed(
            f"Binding ‘{binding.source}’ vindt niets: indicator ‘{binding.indicator}’ bestaat niet.{hint}"
        )
    figures = data.figures.get(binding.key, ())
    if not figures:
        raise BindingFailed(
            f"Binding ‘{binding.source}’ vindt niets: er is geen bekend cijfer voor de reeks ‘{binding.key}’."
        )
    return figures


def _resolved(binding: Binding, data: DataSet) -> Binding:
    """A binding to the period of another indicator's latest realised figure, with that period filled in."""
    if not binding.moment.like:
        return binding
    other = replace(binding, indicator=binding.moment.like, variant=Variant.REALISED, moment=Moment("laatste"))
    latest = find_figure(other, find_series(other, data))
    return replace(binding, moment=Moment("", period=latest.period.code))


def find_figure(binding: Binding, figures: Sequence[Figure]) -> Figure:
    """The figure at the binding's moment."""
    moment = binding.moment
    if moment.is_fixed:
        found = next((f for f in figures if f.period.code == moment.period), None)
        if found is None:
            known = ", ".join(f.period.code for f in figures)
            raise BindingFailed(
                f"Binding ‘{binding.source}’ vindt niets voor {moment.period}; er zijn cijfers voor {known}."
            )
        return found
    candidates = [f for f in figures if moment.kind in (None, f.period.kind)]
    if not candidates:
        raise BindingFailed(f"Binding ‘{binding.source}’ vindt niets: er is geen cijfer over een {moment.kind}.")
    if moment.word == "eerste":
        return candidates[0]
    latest = latest_figure(candidates)
    if moment.word == "laatste":
        return latest
    earlier = (
        same_period_last_year(candidates, latest)
        if moment.word == _SAME_LAST_YEAR
        else previous_figure(candidates, latest)
    )
    if earlier is None:
        raise BindingFailed(
            f"Binding ‘{binding.source}’ vindt niets: er is geen vergelijkbaar cijfer vóór {latest.period.label}."
        )
    return earlier


# --- filters ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Subject:
    binding: Binding
    figure: Figure
    figures: Sequence[Figure]
    info: IndicatorInfo

    def bound(self, text: str, *others: Figure) -> BoundText:
        ids = (self.figure.observation_id, *(other.observation_id for other in others))
        return BoundText(text, self.binding.source, ids)

    def earlier(self, argument: str) -> Figure:
        """The figure to compare with; raises when there is none that may be compared."""
        if argument in ("", "tov vorige"):
            found = previous_figure(self.figures, self.figure)
        elif argument == f"tov {_SAME_LAST_YEAR}":
            found = same_period_last_year(self.figures, self.figure)
        else:
            found = self.figures[0]
        if found is None or found is self.figure or change_between(found, self.figure) is None:
            raise BindingFailed(
                f"Binding ‘{self.binding.source}’ vindt geen eerder cijfer dat met {self.figure.period.label} "
                "te vergelijken is."
            )
        return found


def _change(subject: _Subject, argument: str) -> BoundText:
    before = subject.earlier(argument)
    change = change_between(before, subject.figure, subject.info.breaks)
    assert change is not None  # earlier() made sure
    return subject.bound(change.text, before)


def _direction(subject: _Subject, argument: str) -> BoundText:
    before = subject.earlier(argument)
    change = change_between(before, subject.figure)
    assert change is not None  # earlier() made sure
    return subject.bound(change.verb, before)


def _norm(subject: _Subject, argument: str) -> BoundText:
    verdict = norm_verdict(subject.figure, subject.info)
    if verdict is None:
        raise BindingFailed(f"Binding ‘{subject.binding.source}’ vindt geen norm met een waarde bij deze indicator.")
    return subject.bound(verdict.text if argument == "" else verdict.value_text)


_FILTERS: Mapping[str, Callable[[_Subject, str], BoundText]] = {
    "getal": lambda s, _: s.bound(s.figure.number),
    "periode": lambda s, _: s.bound(s.figure.period.label),
    "in periode": lambda s, _: s.bound(in_period(s.figure.period)),
    "bron": lambda s, _: s.bound(s.figure.source or s.info.source),
    "kwalificatie": lambda s, _: s.bound(s.figure.qualifier.label if s.figure.qualifier else ""),
    "verandering": _change,
    "richting": _direction,
    "norm": _norm,
    "normwaarde": lambda s, _: _norm(s, "waarde"),
}
_ARGUMENTS = ("", "tov vorige", f"tov {_SAME_LAST_YEAR}", "tov eerste")
_SCALES = {"in miljoenen": "miljoen euro", "in miljarden": "miljard euro"}
_EUROS = {
    "euro": Decimal(1),
    "duizend euro": Decimal(10) ** 3,
    "miljoen euro": Decimal(10) ** 6,
    "miljard euro": Decimal(10) ** 9,
}


def _filter_name(text: str) -> str:
    return max((name for name in _FILTERS if text == name or text.startswith(f"{name} ")), key=len, default="")


def _filter_argument(text: str) -> str:
    return text.removeprefix(_filter_name(text)).strip()


def _check_filters(source: str, filters: Sequence[str]) -> None:
    for text in filters:
        name = _filter_name(text)
        known = (
            (name and _filter_argument(text) in (_ARGUMENTS if name in {"verandering", "richting"} else ("",)))
            or re.fullmatch(r"in (miljoenen|miljarden)( \d)?", text)
            or text == "zin"
        )
        if not known:
            possible = ", ".join([*_FILTERS, *_SCALES, "zin"])
            raise BindingFailed(
                f"Binding ‘{source}’ is niet te lezen: filter ‘{text}’ bestaat niet. Mogelijk zijn {possible}."
            )


def _apply_scale(binding: Binding, figure: Figure) -> tuple[str, list[str]]:
    """The figure written in millions or billions when asked for, and the filters that remain."""
    rest = [text for text in binding.filters if not text.startswith(("in miljoenen", "in miljarden"))]
    scale = next((text for text in binding.filters if text not in rest), None)
    if scale is None:
        return figure.text, rest
    unit = _SCALES[" ".join(scale.split()[:2])]
    decimals = int(scale.split()[2]) if len(scale.split()) > 2 else 0
    if figure.unit not in _EUROS or figure.value is None:
        raise BindingFailed(f"Binding ‘{binding.source}’ is geen bedrag en is niet in {unit} te schrijven.")
    factor = _EUROS[figure.unit] / _EUROS[unit]
    return replace(figure, value=figure.value * factor, unit=unit, decimals=decimals).text, rest


def _fact_text(binding: Binding, fact: FactInfo) -> str:
    match binding.filters:
        case ():
            return fact.text
        case ("zin",):
            return fact.full_sentence
        case ("getal",):
            return fact.text if fact.qualifier else format_quantity(fact.value, "", fact.decimals)
        case ("periode",):
            return fact.period.label
        case ("in periode",):
            return in_period(fact.period)
        case ("bron",):
            return fact.source or fact.publication
        case _:
            raise BindingFailed(
                f"Binding ‘{binding.source}’ is niet te lezen: bij een los cijfer kunnen alleen zin, getal, periode, "
                "in periode en bron."
            )
