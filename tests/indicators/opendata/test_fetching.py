"""Fetching a table whole: paged, resumed, of one edition, whatever the service does."""

import fcntl
import multiprocessing
import signal
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from indicators.core.opendata.answers import OpenDataProblem
from indicators.importing.opendata.contents import read_cells, read_description
from indicators.importing.opendata.fetching import FetchBounds, Fetcher
from indicators.importing.opendata.journal import Busy, open_journal
from tests.indicators.opendata.profiles import inhabitants, prices, reactions
from tests.indicators.opendata.service import (
    Fault,
    Service,
    cut,
    drips,
    give,
    never_ends,
    reaction_times,
    says,
    send,
    sends_to,
    trouble,
)

Make = Callable[..., Fetcher]


def numbers(fetcher: Fetcher) -> list[int]:
    """The record numbers of all cells that were fetched, in order."""
    path = fetcher.fetch()
    table = read_description(fetcher.profile, path)
    return [cell.record for cell in read_cells(fetcher.profile, table, path)]


def forget(fetcher: Fetcher) -> None:
    for path in fetcher.folder.glob("*.jsonl"):
        path.unlink()


def test_all_pages_of_a_v4_table_come_once(fetcher: Make, service: Service) -> None:
    found = numbers(fetcher(prices()))

    assert found == [row["Id"] for row in service.tables["83625NED"].cells]
    assert sum("Observations" in path for path in service.asked) == -(-len(found) // 40)


def test_only_the_years_that_the_profile_wants_are_asked_for(fetcher: Make, service: Service) -> None:
    content = prices()
    content["dimensies"]["Perioden"]["vanaf"] = "2024"

    found = numbers(fetcher(content))

    assert found == [row["Id"] for row in service.tables["83625NED"].cells if row["Perioden"] >= "2024"]
    assert any("%24filter" in path or "$filter=Perioden%20ge%20%272024%27" in path for path in service.asked)


def test_v3_is_read_in_parts_until_an_empty_one(fetcher: Make, service: Service) -> None:
    service.tables["47008NED"].page = 7  # gives fewer than were asked for, and is not taken for finished

    found = numbers(fetcher(reactions(), rows_per_page=30))

    assert sorted(set(found)) == list(range(72))
    assert len(found) == 144  # two measures a row


def test_beyond_ten_thousand_rows_v3_is_asked_per_period(fetcher: Make, service: Service) -> None:
    places = tuple(f"GM{number:04d}" for number in range(600))
    service.tables["47008NED"] = big = reaction_times(24, places)
    big.limit = 10_000

    found = numbers(fetcher(reactions()))

    assert len(set(found)) == 14_400
    assert sum("Perioden%20eq" in path for path in service.asked) == 48  # each period and its empty end


def test_a_period_that_is_too_large_by_itself_says_what_to_do(fetcher: Make, service: Service) -> None:
    service.tables["47008NED"].limit = 2

    with pytest.raises(OpenDataProblem, match=r"ten hoogste 10\.000 rijen tegelijk. Kies in het profiel"):
        fetcher(reactions()).fetch()


def test_keys_are_asked_for_with_the_spaces_that_pad_them(fetcher: Make, service: Service) -> None:
    content = reactions()
    content["dimensies"]["RegioS"] = {"rol": "vast", "sleutel": "GM0363"}

    numbers(fetcher(content))

    assert any("RegioS%20eq%20%27GM0363%20%20%27" in path for path in service.asked)


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(trouble(500), id="500"),
        pytest.param(trouble(503), id="503"),
        pytest.param(trouble(429), id="429"),
        pytest.param(cut, id="cut connection"),
        pytest.param(drips, id="slow"),
        pytest.param(says(b'{"value": [{"Id": 1'), id="half json"),
        pytest.param(says(b'{"value": [{"Id": NaN}]}'), id="not a number"),
        pytest.param(says(b'{"value": [{"Id": 7, "ID": 7}]}'), id="row without keys"),
        pytest.param(says(b'{"rows": []}'), id="no list"),
        pytest.param(says(b"\xff\xfe\x00"), id="not text"),
        pytest.param(says(b"[" * 100_000), id="nested too deep"),
        pytest.param(says(b"<html>onderhoud</html>", "text/html"), id="html"),
    ],
)
@pytest.mark.parametrize(("content", "where"), [(prices, "Observations"), (reactions, "TypedDataSet")])
def test_what_is_over_in_a_moment_is_asked_again(
    fetcher: Make,
    service: Service,
    waits: list[float],
    fault: Callable[[BaseHTTPRequestHandler], None],
    content: Callable[[], dict[str, Any]],
    where: str,
) -> None:
    whole = numbers(fetcher(content()))
    service.faults = [Fault(where, fault, times=2)]
    forget(fetcher(content()))

    assert numbers(fetcher(content())) == whole
    assert waits == [0.5, 1.0]


def test_waits_double_up_to_a_limit_and_then_it_stops(fetcher: Make, service: Service, waits: list[float]) -> None:
    service.faults = [Fault("Observations", trouble(500), times=99)]

    with pytest.raises(OpenDataProblem, match=r"na 6 pogingen niet op te halen.*storing.*is bewaard"):
        fetcher(prices()).fetch()

    assert waits == [0.5, 1.0, 2.0, 4.0, 8.0]


def test_the_server_may_say_how_long_to_wait(fetcher: Make, service: Service, waits: list[float]) -> None:
    service.faults = [Fault("Dimensions", trouble(429, Retry_After="7"))]
    fetcher(prices()).fetch()
    assert waits == [7.0]


def test_nobody_makes_us_wait_for_hours(fetcher: Make, service: Service, waits: list[float]) -> None:
    service.faults = [Fault("Dimensions", trouble(503, Retry_After="86400"))]
    fetcher(prices()).fetch()
    assert waits == [60.0]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_what_will_not_pass_is_not_asked_again(
    fetcher: Make, service: Service, waits: list[float], status: int
) -> None:
    service.faults = [Fault("Properties", trouble(status), times=9)]

    with pytest.raises(OpenDataProblem):
        fetcher(prices()).fetch()

    assert waits == []
    assert len(service.asked) == 1


@pytest.mark.parametrize(("content", "where"), [(prices, "skiptoken=80"), (reactions, "skip=20")])
def test_a_broken_off_run_goes_on_where_it_was(
    fetcher: Make, service: Service, content: Callable[[], dict[str, Any]], where: str
) -> None:
    service.tables["47008NED"].page = 10
    service.faults = [Fault(where, trouble(500), times=99)]
    with pytest.raises(OpenDataProblem):
        fetcher(content()).fetch()
    service.faults.clear()
    before = len(service.asked)

    found = numbers(fetcher(content()))

    assert len(set(found)) == len(service.tables[fetcher(content()).profile.table].cells)
    again = [path for path in service.asked[before:] if "Observations" in path or "DataSet" in path]
    assert where in again[0]


@pytest.mark.parametrize("at", ["Properties", "RegioSCodes", "Observations", "skiptoken=40", "skiptoken=80"])
def test_killed_at_any_moment_it_goes_on(fetcher: Make, service: Service, at: str) -> None:
    """The process is gone without a word while it waits for an answer."""
    asked = threading.Event()

    def hang(request: BaseHTTPRequestHandler) -> None:
        asked.set()
        time.sleep(0.5)

    service.faults = [Fault(at, hang)]
    process = multiprocessing.get_context("fork").Process(target=fetcher(prices()).fetch)
    process.start()
    assert asked.wait(10)
    process.kill()
    process.join()

    assert process.exitcode == -signal.SIGKILL
    assert numbers(fetcher(prices())) == [row["Id"] for row in service.tables["83625NED"].cells]


def test_half_a_line_at_the_end_of_the_file_is_fetched_again(fetcher: Make, service: Service) -> None:
    service.faults = [Fault("skiptoken=80", trouble(500), times=99)]
    with pytest.raises(OpenDataProblem):
        fetcher(prices()).fetch()
    service.faults.clear()
    (path,) = fetcher(prices()).folder.glob("*.jsonl")
    path.write_bytes(path.read_bytes()[:-500])

    assert numbers(fetcher(prices())) == [row["Id"] for row in service.tables["83625NED"].cells]


def test_a_table_that_is_there_already_is_not_fetched_again(fetcher: Make, service: Service) -> None:
    path = fetcher(prices()).fetch()
    content, before = path.read_bytes(), len(service.asked)

    assert fetcher(prices()).fetch().read_bytes() == content
    assert [one.rsplit("/", 1)[1] for one in service.asked[before:]] == ["Properties"]


def test_a_new_edition_is_fetched_anew(fetcher: Make, service: Service) -> None:
    fetcher(prices()).fetch()
    table = service.tables["83625NED"]
    table.edition += 1
    table.cells = table.cells[:50]

    assert len(numbers(fetcher(prices()))) == 50


def test_an_edition_that_changes_half_way_is_never_mixed(fetcher: Make, service: Service) -> None:
    table = service.tables["83625NED"]

    def renew(request: BaseHTTPRequestHandler) -> None:
        give(request, service.content(request.path))
        table.edition += 1
        table.cells = [{**row, "Value": 1, "ValueAttribute": "None"} for row in table.cells]

    service.faults = [Fault("skiptoken=40", renew)]
    made = fetcher(prices())
    path = made.fetch()

    values = {cell.number for cell in read_cells(made.profile, read_description(made.profile, path), path)}
    assert values == {1}


def test_an_edition_that_changes_between_two_runs_is_never_mixed(fetcher: Make, service: Service) -> None:
    service.faults = [Fault("skiptoken=80", trouble(500), times=99)]
    with pytest.raises(OpenDataProblem):
        fetcher(prices()).fetch()
    service.faults.clear()
    table = service.tables["83625NED"]
    table.edition += 1
    table.cells = [{**row, "Value": 2, "ValueAttribute": "None"} for row in table.cells]
    made = fetcher(prices())
    path = made.fetch()

    values = {cell.number for cell in read_cells(made.profile, read_description(made.profile, path), path)}
    assert values == {2}


def test_pages_that_overlap_without_a_word_are_noticed(fetcher: Make, service: Service) -> None:
    table = service.tables["83625NED"]

    def shift(request: BaseHTTPRequestHandler) -> None:
        table.cells = [table.cells[0] | {"Id": 1}, *table.cells]
        give(request, service.content(request.path))

    service.faults = [Fault("skiptoken=40", shift)]

    assert numbers(fetcher(prices())) == [row["Id"] for row in table.cells]
    assert sum(path.endswith("/Observations") for path in service.asked) == 2


def test_a_page_that_leads_back_to_itself_is_no_endless_walk(fetcher: Make, service: Service) -> None:
    def circle(request: BaseHTTPRequestHandler) -> None:
        address = f"http://{service.host}/odata/v1/CBS/83625NED/Observations"
        give(request, {"value": [], "@odata.nextLink": address})

    service.faults = [Fault("Observations", circle, times=99)]

    with pytest.raises(OpenDataProblem, match="verandert steeds"):
        fetcher(prices()).fetch()


def test_a_table_that_keeps_changing_is_given_up(fetcher: Make, service: Service) -> None:
    table = service.tables["83625NED"]

    def renew(request: BaseHTTPRequestHandler) -> None:
        table.edition += 1
        give(request, service.content(request.path))

    service.faults = [Fault("Properties", renew, times=99)]

    with pytest.raises(OpenDataProblem, match=r"verandert steeds tijdens het ophalen.*Probeer het later opnieuw"):
        fetcher(prices()).fetch()


def test_fewer_rows_than_the_table_says_it_has_is_no_table(fetcher: Make, service: Service) -> None:
    def lose(request: BaseHTTPRequestHandler) -> None:
        give(request, {"value": service.tables["83625NED"].cells[:3]})

    service.faults = [Fault("Observations", lose, times=1)]

    assert len(numbers(fetcher(prices()))) == len(service.tables["83625NED"].cells)


def test_a_next_page_elsewhere_is_refused(fetcher: Make, service: Service) -> None:
    def lure(request: BaseHTTPRequestHandler) -> None:
        give(request, {"value": [], "@odata.nextLink": "http://169.254.169.254/latest/meta-data"})

    service.faults = [Fault("Observations", lure)]

    with pytest.raises(OpenDataProblem, match="op een ander adres"):
        fetcher(prices()).fetch()


@pytest.mark.parametrize(
    "address",
    ["http://169.254.169.254/latest", "http://example.org/x", "file:///etc/passwd", "//evil.example/x", "https://x@y/"],
)
def test_nobody_sends_us_to_another_server(fetcher: Make, service: Service, waits: list[float], address: str) -> None:
    service.faults = [Fault("Properties", sends_to(address))]

    with pytest.raises(OpenDataProblem):
        fetcher(prices()).fetch()

    assert len(service.asked) == 1
    assert waits == []


def test_within_one_server_a_redirect_is_followed(fetcher: Make, service: Service) -> None:
    service.faults = [Fault("MeasureCodes", sends_to("/odata/v1/CBS/83625NED/MeasureCodes"))]
    assert numbers(fetcher(prices()))

    service.faults = [Fault("Properties", sends_to("/odata/v1/CBS/83625NED/Properties"), times=99)]
    with pytest.raises(OpenDataProblem, match="blijft doorsturen"):
        fetcher(prices()).fetch()


def test_an_answer_without_an_end_is_cut_off(fetcher: Make, service: Service) -> None:
    service.faults = [Fault("Observations", never_ends)]

    with pytest.raises(OpenDataProblem, match="groter dan 2 MB"):
        fetcher(prices()).fetch()


def test_a_packed_answer_is_not_unpacked(fetcher: Make, service: Service) -> None:
    service.faults = [Fault("Observations", lambda request: send(request, 200, b"x", Content_Encoding="gzip"))]

    with pytest.raises(OpenDataProblem, match="ingepakt"):
        fetcher(prices()).fetch()


def test_a_table_beyond_the_bounds_is_not_stored(fetcher: Make) -> None:
    with pytest.raises(OpenDataProblem, match="te groot om op te halen"):
        fetcher(prices(), bounds=FetchBounds(pages=2)).fetch()


def test_two_at_once_do_not_write_in_one_file(fetcher: Make) -> None:
    path = fetcher(prices()).fetch()

    with path.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(Busy, match="wordt al opgehaald"):
            fetcher(prices()).fetch()
        with open_journal(path.parent, question="iets anders", edition="1") as journal:
            assert journal.lines == []


def test_whoever_stops_it_stops_it_between_two_questions(fetcher: Make, service: Service) -> None:
    class Stopped(Exception):
        pass

    def stop() -> None:
        if len(service.asked) >= 6:
            raise Stopped

    with pytest.raises(Stopped):
        fetcher(prices(), stop=stop).fetch()

    assert len(service.asked) == 6
    assert numbers(fetcher(prices()))


def test_progress_is_told(fetcher: Make, service: Service) -> None:
    told: list[tuple[str, int, int]] = []

    fetcher(prices(), report=lambda *what: told.append(what)).fetch()

    total = len(service.tables["83625NED"].cells)
    assert told[0] == ("beschrijving ophalen", 0, 0)
    assert ("cijfers ophalen", 80, total) in told


def test_a_description_of_another_table_is_refused(fetcher: Make, service: Service) -> None:
    service.tables["83625NED"].info["Identifier"] = "85773NED"

    with pytest.raises(OpenDataProblem, match="gaat over tabel 85773NED"):
        fetcher(prices()).fetch()


def test_a_table_without_time_is_read_too(fetcher: Make) -> None:
    assert numbers(fetcher(inhabitants())) == [0, 1, 2, 3]
