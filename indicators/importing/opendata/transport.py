"""One question to an open-data service and its answer: within bounds of time and size, to a judged address only."""

import contextlib
import http.client
import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urljoin

from indicators.core.opendata.answers import OpenDataProblem
from indicators.importing.opendata.addresses import AddressRules, ForbiddenAddress, Target, TryAgain

_REDIRECTS = 3
_CHUNK = 64 * 1024
_MOVED = frozenset({301, 302, 303, 307, 308})
_ROW_LIMIT = re.compile(r"(?<![=\d])10[.,]?000\b")
_TRY_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})


class TooManyRows(OpenDataProblem):
    """The service refuses to give this many rows at once; ask for them in parts."""


@dataclass(frozen=True)
class Bounds:
    """How long and how much one answer may be."""

    connect_seconds: float = 10.0
    silence_seconds: float = 60.0
    answer_seconds: float = 300.0
    answer_bytes: int = 100 * 2**20


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


class Opener(Protocol):
    """What asks: one address, one answer with JSON in it."""

    def __call__(self, url: str) -> bytes: ...


@dataclass(frozen=True)
class SafeOpener:
    """Asks over https, follows redirects within one host only, and reads no more than the bounds allow."""

    rules: AddressRules
    bounds: Bounds = Bounds()
    context: Callable[[], ssl.SSLContext] = ssl.create_default_context

    def __call__(self, url: str) -> bytes:
        """The body of the answer. Raises TryAgain, TooManyRows, ForbiddenAddress or OpenDataProblem."""
        first = target = self.rules.target(url)
        for _ in range(_REDIRECTS + 1):
            answer = self._ask(target)
            if answer.status not in _MOVED:
                return _checked(answer, target)
            url = urljoin(url, answer.headers.get("location", ""))
            target = self.rules.target(url)
            if (target.host, target.port) != (first.host, first.port):
                raise ForbiddenAddress(
                    f"{first.host} stuurt door naar een andere server ({target.host}). Daar wordt niets opgehaald."
                )
        raise OpenDataProblem(f"{first.host} blijft doorsturen. Probeer het later opnieuw.")

    def _ask(self, target: Target) -> Answer:
        connection = http.client.HTTPConnection(target.host, target.port, timeout=self.bounds.connect_seconds)
        try:
            connection.sock = self._connect(target)
            with _deadline(connection.sock, self.bounds.answer_seconds):
                asked = {"Accept": "application/json", "Accept-Encoding": "identity"}
                connection.request("GET", target.path, headers=asked)
                response = connection.getresponse()
                headers = {name.lower(): value for name, value in response.getheaders()}
                return Answer(response.status, headers, self._read(response, target))
        except ssl.SSLCertVerificationError as error:
            raise OpenDataProblem(
                f"Het certificaat van {target.host} klopt niet ({error.verify_message}). Er is niets opgehaald."
            ) from error
        except TimeoutError as error:
            raise TryAgain(f"{target.host} antwoordt te langzaam.") from error
        except (OSError, http.client.HTTPException) as error:
            raise TryAgain(f"De verbinding met {target.host} is verbroken ({type(error).__name__}).") from error
        finally:
            connection.close()

    def _connect(self, target: Target) -> socket.socket:
        """A connection to the judged address; the certificate must be of the host's name."""
        plain = socket.create_connection((target.address, target.port), timeout=self.bounds.connect_seconds)
        plain.settimeout(self.bounds.silence_seconds)
        if target.scheme != "https":
            return plain
        try:
            return self.context().wrap_socket(plain, server_hostname=target.host)
        except BaseException:
            plain.close()
            raise

    def _read(self, response: http.client.HTTPResponse, target: Target) -> bytes:
        if response.getheader("Content-Encoding", "identity") != "identity":
            raise OpenDataProblem(f"{target.host} stuurt een ingepakt antwoord; dat wordt niet uitgepakt.")
        announced = response.length
        parts, size = [], 0
        while part := response.read1(_CHUNK):
            size += len(part)
            if size > self.bounds.answer_bytes:
                raise OpenDataProblem(
                    f"Het antwoord van {target.host} is groter dan {self.bounds.answer_bytes // 2**20} MB. Kies in het "
                    "profiel minder jaren of maten."
                )
            parts.append(part)
        if announced is not None and size < announced:
            raise TryAgain(f"De verbinding met {target.host} is halverwege verbroken.")
        return b"".join(parts)


@contextmanager
def _deadline(connection: socket.socket, seconds: float) -> Iterator[None]:
    """Cut a connection that takes too long as a whole: a server that sends a drop now and then is never silent."""
    late = threading.Event()

    def cut() -> None:
        late.set()
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    except (OSError, http.client.HTTPException, TryAgain) as error:
        if late.is_set():
            raise TimeoutError("deadline") from error
        raise
    finally:
        timer.cancel()
    if late.is_set():
        raise TimeoutError("deadline")


def _checked(answer: Answer, target: Target) -> bytes:
    """The body of an answer that is one; all else is an error, some of which may be over in a moment."""
    if answer.status == 200:
        kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind in ("application/json", "text/json", "text/plain") or kind.endswith("+json"):
            return answer.body
        raise TryAgain(f"{target.host} antwoordt met ‘{kind[:60] or 'niets'}’ in plaats van JSON.")
    text = answer.body[:2000].decode("utf-8", "replace")
    if answer.status in (400, 413, 500) and _ROW_LIMIT.search(text):
        raise TooManyRows(
            f"{target.host} geeft ten hoogste 10.000 rijen tegelijk. Kies in het profiel minder sleutels."
        )
    if answer.status in _TRY_AGAIN:
        raise TryAgain(f"{target.host} heeft een storing (status {answer.status}).", _wait(answer.headers))
    if answer.status == 404:
        raise OpenDataProblem(f"{target.host} kent dit adres niet: {target.path[:150]}. Klopt de naam van de tabel?")
    raise OpenDataProblem(f"{target.host} weigert de vraag (status {answer.status}): {target.path[:150]}.")


def _wait(headers: Mapping[str, str]) -> float | None:
    asked = headers.get("retry-after", "")
    return float(asked) if asked.isdecimal() else None
