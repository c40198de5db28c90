"""Report templates as data: read strictly, with no number typed anywhere that readers see."""

from pathlib import Path

import pytest

from indicators.core.binding import unbound_numbers
from reports.core.templates import (
    ChartBlock,
    TemplateProblem,
    TextBlock,
    TilesBlock,
    all_templates,
    facts_of,
    indicators_of,
    read_template,
    template_codes,
)

HEAD = """
title = "{title}"
description = "Een proef."
layout = "bijlage"
programme = "politie"
default_round = "2025-2"
[[sections]]
uid = "deel"
title = "{section}"
"""


def write(folder: Path, blocks: str, *, title: str = "Proef", section: str = "Deel") -> Path:
    text = HEAD.format(title=title, section=section) + blocks
    (folder / "proef.toml").write_text(text, encoding="utf-8")
    return folder


def block(kind: str, **values: str) -> str:
    lines = "".join(f"{key} = {value}\n" for key, value in values.items())
    return f'[[sections.blocks]]\nkind = "{kind}"\n{lines}'


@pytest.mark.parametrize("code", template_codes())
def test_every_template_of_the_house_reads_and_has_no_typed_number(code: str) -> None:
    template = read_template(code)
    assert template.sections
    assert indicators_of(template) or template.needs_run
    texts = [template.title, template.description]
    for section in template.sections:
        texts.append(section.title)
        for item in section.blocks:
            texts += [getattr(item, key, "") for key in ("text", "caption", "title")]
            if isinstance(item, TilesBlock):
                texts += [text for tile in item.tiles for text in (tile.title, tile.unit)]
    assert [number for text in texts for number in unbound_numbers(text)] == []


def test_an_unknown_report_names_the_ones_there_are() -> None:
    with pytest.raises(TemplateProblem) as failed:
        read_template("jaarverslag")
    assert failed.value.message == (
        "Rapport ‘jaarverslag’ bestaat niet. Mogelijk zijn kerncijfers-politie, sterkteverdeling, "
        "voortgang-ondermijning, werkvoorraad-zeden."
    )


@pytest.mark.parametrize(
    ("blocks", "key", "number"),
    [
        (block("tekst", text='"In 2024 waren het er veel."'), "text", "2024"),
        (block("tekst", text='"Het waren er {{ zaken }} van 100."'), "text", "100."),
        (block("let-op", title='"Sinds 2024"', text='"Let op."'), "title", "2024"),
        (block("grafiek", caption='"Top 10"', series='["zaken"]'), "caption", "10"),
        (
            block("reekstabel", caption='"Zaken"', series='["zaken"]', labels='{zaken = "Zaken van 2024"}'),
            "labels",
            "2024",
        ),
        (block("tegels", tiles='[{figure = "zaken", title = "De 3 grootste"}]'), "title", "3"),
        (block("tegels", tiles='[{figure = "zaken", unit = "van de 10"}]'), "unit", "10"),
    ],
)
def test_a_number_that_somebody_typed_is_refused_wherever_it_stands(
    tmp_path: Path, blocks: str, key: str, number: str
) -> None:
    with pytest.raises(TemplateProblem) as failed:
        read_template("proef", write(tmp_path, blocks))
    assert failed.value.message == (
        f"Sjabloon proef, onderdeel ‘Deel’: in ‘{key}’ staat het getal {number} los in de tekst. "
        "Bind het aan de data, of schrijf een naam als {{ 'prio 1' }}."
    )


@pytest.mark.parametrize("where", [{"title": "Top 10"}, {"section": "Top 10"}])
def test_a_number_in_a_heading_is_refused(tmp_path: Path, where: dict[str, str]) -> None:
    with pytest.raises(TemplateProblem, match="in ‘title’ staat het getal 10 los in de tekst"):
        read_template("proef", write(tmp_path, "", **where))


def test_a_name_with_a_number_is_declared_and_read_as_it_is(tmp_path: Path) -> None:
    blocks = block("grafiek", caption="\"Meldingen {{ 'prio 1' }} per jaar\"", series='["zaken"]')
    template = read_template("proef", write(tmp_path, blocks, section="Bijlage {{ 'deel 2' }}"))
    (section,) = template.sections
    assert section.title == "Bijlage deel 2"
    assert section.blocks == (ChartBlock("Meldingen prio 1 per jaar", ("zaken",)),)


def test_a_heading_cannot_hold_a_figure(tmp_path: Path) -> None:
    blocks = block("grafiek", caption='"Er waren {{ zaken }}"', series='["zaken"]')
    with pytest.raises(TemplateProblem, match="‘caption’ kan geen cijfer bevatten \\(zaken\\)"):
        read_template("proef", write(tmp_path, blocks))


@pytest.mark.parametrize(
    ("blocks", "says"),
    [
        (block("taart"), "blok ‘taart’ bestaat niet; mogelijk zijn tegels, tekst"),
        (block("tekst"), "blok ‘tekst’ klopt niet"),
        (block("tekst", text='"Ja."', kleur='"rood"'), "blok ‘tekst’ klopt niet"),
        (block("grafiek", caption='"A"', series='["a"]', form='"taart"'), "‘taart’ bestaat niet bij ‘form’; mogelijk"),
        (
            block("grafiek", caption='"A"', series='["a"]', period_kind='"eeuw"'),
            "‘eeuw’ bestaat niet bij ‘period_kind’",
        ),
        (
            block("reekstabel", caption='"A"', series='["a"]', change='"tov ooit"'),
            "‘tov ooit’ bestaat niet bij ‘change’",
        ),
        (
            block("uitsplitsing", caption='"A"', indicator='"a"', breakdown='"b"', variant='"wens"'),
            "‘wens’ bestaat niet bij ‘variant’; mogelijk zijn realisatie, plan",
        ),
        (
            block("uitsplitsing", caption='"A"', indicator='"a"', breakdown='"b"', period_kinds='["jaar", "eeuw"]'),
            "‘eeuw’ bestaat niet bij ‘period_kinds’",
        ),
        (
            block("tegels", tiles='[{figure = "a", show = ["grafeik"]}]'),
            "‘grafeik’ bestaat niet bij ‘show’; mogelijk zijn",
        ),
        (block("tegels"), "blok ‘tegels’ klopt niet ('tiles')"),
    ],
)
def test_a_block_that_is_not_right_names_template_and_section(tmp_path: Path, blocks: str, says: str) -> None:
    with pytest.raises(TemplateProblem) as failed:
        read_template("proef", write(tmp_path, blocks))
    assert failed.value.message.startswith("Sjabloon proef, onderdeel ‘Deel’: ")
    assert says in failed.value.message


@pytest.mark.parametrize("content", ["dit is = geen [ toml", 'title = "x"', ""])
def test_a_file_that_is_no_template_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "proef.toml").write_text(content, encoding="utf-8")
    with pytest.raises(TemplateProblem, match="Rapportsjabloon ‘proef’"):
        read_template("proef", tmp_path)


def test_what_a_template_needs_is_known_before_the_data_are_read(tmp_path: Path) -> None:
    blocks = "".join(
        [
            block("tekst", text="\"Er waren {{ zaken @ laatste }} en {{ feit:los }} ({{ 'prio 1' }}).\""),
            block("let-op", title='"Let op"', definition_of='"definitie"'),
            block("tegels", tiles='[{figure = "tegel"}]'),
            block("grafiek", caption='"A"', series='["grafiek[a=b]"]'),
            block("kerncijfers", caption='"A"', indicators='["kern"]'),
            block("losse-cijfers", facts='["feit"]'),
            block("plan-realisatie", caption='"A"', indicator='"i"', breakdown='"b"', difference='"d"'),
        ]
    )
    template = read_template("proef", write(tmp_path, blocks))
    assert indicators_of(template) == {"zaken", "definitie", "tegel", "grafiek", "kern", "i", "d"}
    assert facts_of(template) == {"los", "feit"}


def test_all_templates_are_listed_in_a_fixed_order() -> None:
    assert [template.code for template in all_templates()] == list(template_codes()) == sorted(template_codes())
    assert any(isinstance(item, TextBlock) for t in all_templates() for s in t.sections for item in s.blocks)
