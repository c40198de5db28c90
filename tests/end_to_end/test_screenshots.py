"""Pictures of the product for the README and for looking at every page: ``make screenshots``."""

import os
from pathlib import Path

import pytest

from tests.end_to_end.test_pages import each_page, people  # noqa: F401  the fixture

FOLDER = os.environ.get("MONITOR_SCREENSHOTS", "")
SHOWN_IN_README = {
    "beginpagina",
    "thema",
    "indicator",
    "rooster",
    "ter-controle",
    "berekening",
    "rapport-maken",
    "taak-loopt",
}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not FOLDER, reason="asked for by `make screenshots` only"),
]


@pytest.mark.parametrize(("device", "width", "height"), [("scherm", 1280, 900), ("telefoon", 360, 740)])
def test_take_a_picture_of_every_page(new_visitor, sign_in, people, device, width, height):  # noqa: F811
    everything = os.environ.get("MONITOR_SCREENSHOTS_ALL") == "1"
    folder = Path(FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    for page, visitor in each_page(new_visitor, sign_in, people, width=width, height=height):
        if everything or page.name in SHOWN_IN_README:
            visitor.page.wait_for_timeout(200)
            visitor.page.screenshot(path=folder / f"{page.name}-{device}.png", full_page=everything)
