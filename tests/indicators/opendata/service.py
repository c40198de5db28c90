"""An open-data service on this machine: replays recorded answers, pages as the real one does, misbehaves on demand."""

import json
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

RECORDED = Path(__file__).parent / "recorded"
Rows = list[dict[str, Any]]


def recorded(name: str) -> Any:
    return json.loads((RECORDED / name).read_text(encoding="utf-8"), parse_float=Decimal)


@dataclass
class Fault:
    """What goes wrong, for the first ``times`` requests whose address contains ``at``."""

    at: str
    do: Callable[[BaseHTTPRequestHandler], None]
    times: int = 1


@dataclass
class Table:
    """A table as the service has it now. ``lists`` are its entities; ``cells`` its rows."""

    name: str
    info: dict[str, Any]
    lists: dict[str, Rows]
    cells: Rows
    edition: int = 1
    page: int = 40
    limit: int = 0  # v3: a question about more rows than this is refused, whatever is skipped

    def rows_of(self, query: dict[str, list[str]]) -> Rows:
        found = self.cells
        for part in filter(None, re.split(r" and (?![^(]*\))", query.get("$filter", [""])[0])):
            found = [row for row in found if self._matches(row, part)]
        return found

    @staticmethod
    def _matches(row: dict[str, Any], part: str) -> bool:
        for one in part.strip("()").split(" or "):
            name, operator, value = re.fullmatch(r"(\w+) (eq|ge) '(.*)'", one).groups()  # type: ignore[union-attr]
            if row[name] == value or (operator == "ge" and row[name] > value):
                return True
        return False


@dataclass
class Service:
    """Tables behind an address; ``asked`` is every path that was asked for."""

    tables: dict[str, Table] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    server: ThreadingHTTPServer | None = None

    @property
    def host(self) -> str:
        assert self.server is not None
        return f"127.0.0.1:{self.server.server_address[1]}"

    def start(self) -> "Service":
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                service.answer(self)

            def log_message(self, *arguments: Any) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def stop(self) -> None:
        assert self.server is not None
        self.server.shutdown()
        self.server.server_close()

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        self.asked.append(request.path)
        for fault in self.faults:
            if fault.times > 0 and fault.at in request.path:
                fault.times -= 1
                fault.do(request)
                return
        give(request, self.content(request.path))

    def content(self, path: str) -> Any:
        parts = urlsplit(path)
        query = parse_qs(parts.query)
        if found := re.fullmatch(r"/odata/v1/CBS/(\w+)/(\w+)", parts.path):
            return self._v4(self.tables[found[1]], found[2], query, parts.path)
        found = re.fullmatch(r"/ODataApi/odata/(\w+)/(\w+)", parts.path)
        return self._v3(self.tables[found[1]], found[2], query) if found else None

    def _v4(self, table: Table, name: str, query: dict[str, list[str]], path: str) -> Any:
        if name == "Properties":
            edition = {"Version": str(table.edition), "ObservationCount": len(table.cells)}
            return {**table.info, **edition}
        if name != "Observations":
            return {"value": table.lists[name]} if name in table.lists else None
        skip = int(query.get("$skiptoken", ["0"])[0])
        rows = table.rows_of(query)
        answer: dict[str, Any] = {"value": rows[skip : skip + table.page]}
        if skip + table.page < len(rows):
            chosen = f"$filter={query['$filter'][0].replace(' ', '%20')}&" if "$filter" in query else ""
            answer["@odata.nextLink"] = f"http://{self.host}{path}?{chosen}$skiptoken={skip + table.page}"
        return answer

    def _v3(self, table: Table, name: str, query: dict[str, list[str]]) -> Any:
        if name == "TableInfos":
            return {"value": [{**table.info, "Modified": f"2025-03-{table.edition:02d}T02:00:00"}]}
        if not name.endswith("DataSet"):
            return {"value": table.lists[name]} if name in table.lists else None
        rows = table.rows_of(query)
        if table.limit and len(rows) > table.limit:
            return 500, "The query returns more than 10000 records."
        skip, top = int(query.get("$skip", ["0"])[0]), int(query.get("$top", ["10000"])[0])
        wanted = query["$select"][0].split(",")
        return {"value": [{name: row[name] for name in wanted} for row in rows[skip : skip + min(top, table.page)]]}


def give(request: BaseHTTPRequestHandler, content: Any, *, kind: str = "application/json") -> None:
    status, body = (200, content) if not isinstance(content, tuple) else content
    if content is None:
        status, body = 404, "not found"
    data = body.encode() if isinstance(body, str) else json.dumps(body, default=_number).encode()
    send(request, status, data, kind=kind)


def _number(value: Any) -> Any:
    return int(value) if value == int(value) else float(value)


def send(
    request: BaseHTTPRequestHandler, status: int, data: bytes, *, kind: str = "application/json", **headers: str
) -> None:
    request.send_response(status)
    request.send_header("Content-Type", kind)
    if "length" not in headers:
        request.send_header("Content-Length", str(len(data)))
    for name, value in headers.items():
        request.send_header(name.replace("_", "-"), value)
    request.end_headers()
    request.wfile.write(data)


def trouble(status: int, **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    return lambda request: send(request, status, b'{"error": "storing"}', **headers)


def cut(request: BaseHTTPRequestHandler) -> None:
    """Half of what was promised, and then nobody."""
    request.send_response(200)
    request.send_header("Content-Type", "application/json")
    request.send_header("Content-Length", "1000")
    request.end_headers()
    request.wfile.write(b'{"value": [{"Id": 1, ')
    request.close_connection = True


def says(text: bytes, kind: str = "application/json") -> Callable[[BaseHTTPRequestHandler], None]:
    return lambda request: send(request, 200, text, kind=kind)


def sends_to(address: str) -> Callable[[BaseHTTPRequestHandler], None]:
    return lambda request: send(request, 302, b"", Location=address)


def drips(request: BaseHTTPRequestHandler) -> None:
    """A drop now and then: never silent, never done."""
    request.send_response(200)
    request.send_header("Content-Type", "application/json")
    request.end_headers()
    try:
        for _ in range(400):
            request.wfile.write(b" ")
            request.wfile.flush()
            time.sleep(0.02)
    except OSError:
        return


def never_ends(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Content-Type", "application/json")
    request.end_headers()
    try:
        for _ in range(200):
            request.wfile.write(b" " * 65536)
    except OSError:
        return


def house_prices() -> Table:
    """Table 83625NED (v4): prices of houses by region and year, as recorded."""
    name = "83625NED"
    lists = {one: recorded(f"{name}/{one}.json")["value"] for one in ("Dimensions", "MeasureCodes")}
    lists |= {one: recorded(f"{name}/{one}.json")["value"] for one in ("RegioSCodes", "PeriodenCodes")}
    return Table(name, recorded(f"{name}/Properties.json"), lists, recorded(f"{name}/Observations.json")["value"])


def neighbourhoods() -> Table:
    """Table 85984NED (v3): its description as recorded; the number of inhabitants of five municipalities in 2024."""
    name = "85984NED"
    inhabitants = {
        "GM0014": ("Groningen", 243768),
        "GM0034": ("Almere", 226500),
        "GM0037": ("Stadskanaal", 32013),
        "WK001400": ("Centrum", 19000),
    }
    codes = [{"Key": key.ljust(10), "Title": title, "Description": ""} for key, (title, _) in inhabitants.items()]
    cells = [
        {"ID": number, "WijkenEnBuurten": key.ljust(10), "AantalInwoners_5": count, "Mannen_6": None}
        for number, (key, (_, count)) in enumerate(inhabitants.items())
    ]
    lists = {"DataProperties": recorded(f"{name}/DataProperties.json"), "WijkenEnBuurten": codes}
    return Table(name, recorded(f"{name}/TableInfos.json")[0], lists, cells)


def reaction_times(months: int = 24, places: tuple[str, ...] = ("GM0014", "GM0363", "RE01")) -> Table:
    """A table shaped like the police table 47008NED (v3). Its figures are invented."""
    titles = {"GM0014": "Groningen", "GM0363": "Amsterdam", "RE01": "Noord-Nederland (RE)"}
    periods = [f"{2023 + number // 12}MM{number % 12 + 1:02d}" for number in range(months)]
    cells = [
        {
            "ID": number * len(places) + index,
            "RegioS": place.ljust(8),
            "Perioden": period,
            "Meldingen_1": number * 10 + index if index != 1 or number else None,
            "Reactietijd0Tot15MinutenRelatief_2": Decimal("80.5"),
        }
        for number, period in enumerate(periods)
        for index, place in enumerate(places)
    ]
    properties = [
        {"ID": 0, "ParentID": None, "Type": "GeoDimension", "Key": "RegioS", "Title": "Regio's"},
        {"ID": 1, "ParentID": None, "Type": "TimeDimension", "Key": "Perioden", "Title": "Perioden"},
        {"ID": 2, "ParentID": None, "Type": "TopicGroup", "Key": "", "Title": "Prioriteit 1"},
        _topic(3, "Meldingen_1", "Meldingen", "aantal", 0),
        _topic(4, "Reactietijd0Tot15MinutenRelatief_2", "Binnen 15 minuten", "%", 1),
    ]
    lists = {
        "DataProperties": properties,
        "RegioS": [{"Key": place.ljust(8), "Title": titles.get(place, place)} for place in places],
        "Perioden": [{"Key": period, "Title": f"{period[:4]} maand {period[6:]}*"} for period in periods],
    }
    info = {"ID": 0, "Identifier": "47008NED", "Title": "Reactietijden (verzonnen)", "Modified": ""}
    return Table("47008NED", info, lists, cells, page=10_000)


def _topic(number: int, key: str, title: str, unit: str, decimals: int) -> dict[str, Any]:
    return {
        "ID": number,
        "ParentID": 2,
        "Type": "Topic",
        "Key": key,
        "Title": title,
        "Datatype": "Double",
        "Unit": unit,
        "Decimals": decimals,
        "Default": "Missing",
    }
