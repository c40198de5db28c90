"""From which moment somebody looks: what an address may ask, and what nobody may see by asking."""

from datetime import UTC, datetime, timedelta

import pytest

from indicators.core.enumerations import Audience
from indicators.core.vantage import Knowledge, Vantage, read_moment, standpoint
from monitor.base.core.errors import MonitorError

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def asked(kind: str, word: str, audience: Audience = Audience.INTERNAL):
    return standpoint(kind, word, now=NOW, audience=audience)


def test_without_a_moment_one_sees_the_present():
    found = asked("bekend", "")
    assert found.is_now
    assert found.vantage == Vantage(NOW, Audience.INTERNAL)
    assert (found.text, found.query) == ("", "")


def test_a_day_is_its_end_in_amsterdam_and_a_minute_is_that_minute():
    assert read_moment("2025-03-01") == datetime(2025, 3, 1, 22, 59, 59, 999999, tzinfo=UTC)
    assert read_moment("2025-07-01T14:05") == datetime(2025, 7, 1, 12, 5, tzinfo=UTC)


@pytest.mark.parametrize("word", ["gisteren", "2025-13-01", "01-03-2025", "2025-03-01T"])
def test_what_is_no_moment_is_said_and_the_present_shown(word):
    with pytest.raises(MonitorError, match="is geen datum"):
        read_moment(word)
    found = asked("bekend", word)
    assert "is geen datum" in found.error
    assert found.vantage.moment == NOW


def test_the_words_name_what_is_asked():
    assert asked("bekend", "2025-03-01").text == "zoals bekend op 1 maart 2025"
    assert asked("gepubliceerd", "2025-03-01T09:30").text == "zoals gepubliceerd op 1 maart 2025, 09.30 uur"
    assert asked("gepubliceerd", "2025-03-01").query == "?soort=gepubliceerd&op=2025-03-01"


def test_what_was_published_is_seen_as_the_public_saw_it_by_everybody():
    assert asked("gepubliceerd", "2025-03-01").vantage.audience is Audience.PUBLIC
    assert asked("bekend", "2025-03-01").vantage.audience is Audience.INTERNAL


def test_the_public_never_sees_what_was_known_to_us():
    found = asked("bekend", "2025-03-01", Audience.PUBLIC)
    assert (found.kind, found.vantage.audience) == (Knowledge.PUBLISHED, Audience.PUBLIC)


def test_nobody_looks_ahead_of_an_embargo():
    assert asked("gepubliceerd", "2026-06-01").vantage.moment == NOW  # today ends later, but has not yet
    later = asked("gepubliceerd", (NOW + timedelta(days=3)).date().isoformat())
    assert later.vantage.moment == NOW
    assert "moet nog komen" in later.error
