"""The web page is one file, readable by everybody, with every figure of the document."""

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from reports.core.document import LetterFields
from reports.core.formats import Format
from reports.rendering.html import letter_fields, render_html
from tests.reports.rendering.conftest import Files
from tests.reports.rendering.sample import annex_document

pytestmark = [pytest.mark.documents, pytest.mark.browser]


class Page(HTMLParser):
    """Elements with their attributes, in order, and all text."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


def test_nothing_is_fetched_from_elsewhere(rendered: dict[str, Files]) -> None:
    for files in rendered.values():
        page = Page(files[Format.HTML])
        addresses = [a.get("src", a.get("href", "")) for _, a in page.elements if "src" in a or "href" in a]
        assert addresses
        assert all(address.startswith(("data:image/svg+xml;base64,", "#")) for address in addresses)
        assert not page.all("script")
        assert "url(" not in files[Format.HTML].decode()


def test_the_page_is_dutch_and_its_headings_skip_no_level(rendered: dict[str, Files]) -> None:
    for files in rendered.values():
        page = Page(files[Format.HTML])
        assert page.all("html")[0]["lang"] == "nl"
        levels = [int(name[1]) for name, _ in page.elements if re.fullmatch(r"h[1-6]", name)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_ids_are_unique_and_every_link_finds_its_target(rendered: dict[str, Files]) -> None:
    for files in rendered.values():
        page = Page(files[Format.HTML])
        ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
        assert len(ids) == len(set(ids))
        targets = {attributes["href"] for attributes in page.all("a")}
        assert {"#inhoud", "#noot-1", "#noot-1-mark"} <= targets
        assert {target.removeprefix("#") for target in targets} <= set(ids)


def test_every_picture_says_its_trend_and_every_head_its_scope(rendered: dict[str, Files]) -> None:
    for files in rendered.values():
        page = Page(files[Format.HTML])
        assert all("De lijn loopt eerst op" in image["alt"] for image in page.all("img"))
        assert {head["scope"] for head in page.all("th")} <= {"col", "row", "colgroup", "rowgroup"}
        assert len(page.all("caption")) == len(page.all("table"))


def test_figures_carry_their_binding(visual: Files, annex: Files) -> None:
    assert '<span data-cijfer="gtpa-incidenten@2024">12.543</span>' in visual[Format.HTML].decode()
    assert '<span data-cijfer="zeden-voorraad@2025-11-02">3.484</span>' in annex[Format.HTML].decode()


def test_the_colophon_names_the_state_and_the_digest_of_the_data(annex: Files) -> None:
    text = Page(annex[Format.HTML]).text
    assert "Stand van de gegevens: 3 december 2025" in text
    assert "07ab" * 16 in text


def test_unused_footnotes_stay_away(annex: Files) -> None:
    assert "wordt nergens genoemd" not in annex[Format.HTML].decode()
    assert "De werkvoorraad zijn de zaken" in annex[Format.HTML].decode()


def test_text_from_the_data_cannot_become_markup() -> None:
    document = annex_document()
    title = "<script>alert(1)</script> & co"
    content = render_html(type(document)(**{**vars(document), "title": title, "sections": ()}), {}).decode()
    assert "<script" not in content
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; co" in content


def test_empty_letter_fields_are_left_out() -> None:
    assert letter_fields(LetterFields()) == []
    assert letter_fields(LetterFields(annex_number="4", reference="2025-1")) == [
        ("Bijlage", "4"),
        ("Kenmerk", "2025-1"),
    ]
