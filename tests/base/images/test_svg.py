"""An SVG of Plotly gets fixed ids and words for a screen reader."""

import xml.etree.ElementTree as ET

import pytest

from monitor.base.core.errors import RenderingFailed
from monitor.base.images.svg import clean_svg

RAW = (
    b'<svg class="main-svg" xmlns="http://www.w3.org/2000/svg" width="600" height="300" style="" viewBox="0 0 600 300">'
    b'<defs id="defs-%(id)s"><clipPath id="clip%(id)sxy"><rect width="1"/></clipPath></defs>'
    b'<g class="plot" clip-path="url(#clip%(id)sxy)"><text x="3">1%(id)s7,5</text></g>'
    b'<g class="empty"><g class="x"/></g></svg>'
)


def cleaned(random: bytes, key: str = "grafiek-1") -> bytes:
    return clean_svg(RAW % {b"id": random}, key=key, title="Titel & meer", description="Daalt <licht>.")


def test_random_ids_become_fixed_ones() -> None:
    assert cleaned(b"89416e").replace(b"189416e7", b"") == cleaned(b"4bb8a7").replace(b"14bb8a77", b"")


def test_two_charts_share_no_ids() -> None:
    first, second = (
        {element.get("id") for element in ET.fromstring(cleaned(b"89416e", key)).iter() if element.get("id")}
        for key in ("a", "b")
    )
    assert first
    assert not first & second


def test_figures_in_the_text_are_left_alone() -> None:
    assert b">189416e7,5<" in cleaned(b"89416e")


def test_references_still_find_their_target() -> None:
    root = ET.fromstring(cleaned(b"89416e"))
    ids = {element.get("id") for element in root.iter()}
    reference = next(element.get("clip-path") for element in root.iter() if element.get("clip-path"))
    assert reference.removeprefix("url(#").removesuffix(")") in ids


def test_title_and_description_are_written_safely_and_empty_groups_go() -> None:
    root = ET.fromstring(cleaned(b"89416e"))
    spoken = {element.tag.rpartition("}")[2]: element.text for element in root}
    assert spoken["title"] == "Titel & meer"
    assert spoken["desc"] == "Daalt <licht>."
    assert root.get("role") == "img"
    assert b'class="empty"' not in cleaned(b"89416e")


def test_a_drawing_of_unknown_form_is_refused() -> None:
    with pytest.raises(RenderingFailed, match="onbekende vorm"):
        clean_svg(b"<svg><g/></svg>", key="x", title="Verzuim", description="")
