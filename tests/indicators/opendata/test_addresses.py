"""Where open data may come from: allowed hosts, https, a certificate that is right, nothing inside our own network."""

import ssl
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from indicators.core.opendata.answers import OpenDataProblem
from indicators.importing.opendata.addresses import AddressRules, ForbiddenAddress, TryAgain, is_public
from indicators.importing.opendata.transport import Bounds, SafeOpener

HOST = "datasets.cbs.nl"


def rules(*addresses: str, **options: bool) -> AddressRules:
    return AddressRules(hosts=[HOST], resolver=lambda host, port: list(addresses), **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "address",
    [
        "10.0.0.1",
        "127.0.0.1",
        "169.254.169.254",
        "172.16.3.4",
        "192.168.1.1",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "240.0.0.1",
        "::1",
        "::",
        "fe80::1%eth0",
        "fd00::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::1",
        "geen adres",
    ],
)
def test_an_address_inside_is_refused_however_it_is_written(address: str) -> None:
    assert not is_public(address)
    with pytest.raises(ForbiddenAddress, match="binnen een eigen netwerk"):
        rules(address).target(f"https://{HOST}/odata/v1/CBS/83625NED/Properties")


@pytest.mark.parametrize("address", ["8.8.8.8", "2a02:a450::1", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_an_address_outside_is_fine(address: str) -> None:
    assert rules(address).target(f"https://{HOST}/x").address == address


def test_one_address_inside_among_others_is_enough_to_refuse() -> None:
    with pytest.raises(ForbiddenAddress):
        rules("8.8.8.8", "10.0.0.1").target(f"https://{HOST}/x")


@pytest.mark.parametrize(
    "url",
    [
        "http://datasets.cbs.nl/x",
        "ftp://datasets.cbs.nl/x",
        "https://example.org/x",
        "https://datasets.cbs.nl.example.org/x",
        "https://datasets.cbs.nl@example.org/x",
        "https://user:secret@datasets.cbs.nl/x",
        "https://datasets.cbs.nl:8443/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https:///x",
        "//datasets.cbs.nl/x",
        "https://datasets.cbs.nl/x\r\nHost: evil",
        "https://datasets.cbs.nl/x y",
        "https://datasets.cbs.nl:99999/x",
        "https://dаtasets.cbs.nl/x",
    ],
)
def test_any_other_address_is_refused(url: str) -> None:
    with pytest.raises(ForbiddenAddress):
        rules("8.8.8.8").target(url)


def test_a_name_is_resolved_once_and_the_connection_goes_there(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([["8.8.8.8"], ["127.0.0.1"]])
    connected: list[tuple[str, int]] = []

    def connect(address: tuple[str, int], timeout: float) -> None:
        connected.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr("socket.create_connection", connect)
    opener = SafeOpener(AddressRules(hosts=[HOST], resolver=lambda host, port: next(answers)))

    with pytest.raises(TryAgain):
        opener(f"https://{HOST}/x")

    assert connected == [("8.8.8.8", 443)]


def test_a_name_that_is_not_found_may_be_found_later() -> None:
    def fails(host: str, port: int) -> list[str]:
        raise OSError(-2, "Name or service not known")

    with pytest.raises(TryAgain, match="niet te vinden"):
        AddressRules(hosts=[HOST], resolver=fails).target(f"https://{HOST}/x")


@pytest.fixture
def self_signed(tmp_path: Path) -> Iterator[int]:
    """A server with a certificate that nobody vouches for; gives its port."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", f"/CN={HOST}"]
    command += ["-addext", f"subjectAltName=DNS:{HOST}", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(b"[]")

        def log_message(self, *arguments: object) -> None:
            """Quiet."""

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


def test_a_certificate_that_nobody_vouches_for_is_refused(self_signed: int, tmp_path: Path) -> None:
    name = f"{HOST}:{self_signed}"
    inside = AddressRules(hosts=[name], resolver=lambda host, port: ["127.0.0.1"], may_be_inside=True)

    with pytest.raises(OpenDataProblem, match=r"Het certificaat van datasets\.cbs\.nl klopt niet"):
        SafeOpener(inside, Bounds(connect_seconds=2))(f"https://{name}/x")

    trusted = SafeOpener(inside, context=lambda: ssl.create_default_context(cafile=str(tmp_path / "certificate.pem")))
    assert trusted(f"https://{name}/x") == b"[]"


def test_a_certificate_of_another_name_is_refused(self_signed: int, tmp_path: Path) -> None:
    name = f"opendata.cbs.nl:{self_signed}"
    inside = AddressRules(hosts=[name], resolver=lambda host, port: ["127.0.0.1"], may_be_inside=True)
    trusting = SafeOpener(inside, context=lambda: ssl.create_default_context(cafile=str(tmp_path / "certificate.pem")))

    with pytest.raises(OpenDataProblem, match=r"Het certificaat van opendata\.cbs\.nl klopt niet"):
        trusting(f"https://{name}/x")
