"""Which addresses open data may come from: allowed hosts, over https, and never a machine inside our own network."""

import ipaddress
import socket
from collections.abc import Callable, Collection
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from indicators.core.opendata.answers import OpenDataProblem

Resolver = Callable[[str, int], list[str]]
IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # IPv4 addresses inside IPv6


class TryAgain(OpenDataProblem):
    """Something that may be over in a moment; ``after`` is how many seconds the server asks to wait."""

    def __init__(self, message: str, after: float | None = None) -> None:
        super().__init__(message)
        self.after = after


class ForbiddenAddress(OpenDataProblem):
    """An address that open data may not come from. Never asked again."""


@dataclass(frozen=True)
class Target:
    """Where to connect: the name for the certificate, and the one network address that was looked at."""

    scheme: str
    host: str
    port: int
    address: str
    path: str


def resolve(host: str, port: int) -> list[str]:
    """The network addresses of a host, as the system finds them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True)
class AddressRules:
    """What is allowed. ``may_be_inside`` and ``scheme`` differ in tests only: their server runs on this machine."""

    hosts: Collection[str]
    resolver: Resolver = resolve
    scheme: str = "https"
    may_be_inside: bool = False

    def target(self, url: str) -> Target:
        """Judge an address and settle where to connect. Raises :class:`ForbiddenAddress`.

        The name is resolved once and the connection goes to the very address that was judged: a name that answers
        differently the second time (DNS rebinding) has no second time.
        """
        parts = self._allowed(url)
        host, port = str(parts.hostname), parts.port or (443 if self.scheme == "https" else 80)
        try:
            addresses = self.resolver(host, port)
        except OSError as error:
            why = error.strerror or type(error).__name__
            raise TryAgain(f"De server {host} is niet te vinden ({why}).") from error
        if not addresses:
            raise TryAgain(f"De server {host} is niet te vinden.")
        for address in addresses:
            if not self.may_be_inside and not is_public(address):
                raise ForbiddenAddress(
                    f"De server {host} wijst naar een adres binnen een eigen netwerk ({address}). Daar wordt niets "
                    "opgehaald; geef dit door aan de beheerder."
                )
        path = parts.path or "/"
        return Target(self.scheme, host, port, addresses[0], f"{path}?{parts.query}" if parts.query else path)

    def _allowed(self, url: str) -> SplitResult:
        if any(ord(character) < 33 or ord(character) > 126 for character in url):
            raise ForbiddenAddress("Een adres met spaties of vreemde tekens wordt niet opgehaald.")
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError as error:
            raise ForbiddenAddress(f"Het adres {url[:100]} is niet geldig.") from error
        if parts.scheme != self.scheme:
            raise ForbiddenAddress(f"Het adres {url[:100]} begint niet met {self.scheme}://.")
        if parts.username is not None or parts.password is not None:
            raise ForbiddenAddress("Een adres met een gebruikersnaam erin wordt niet opgehaald.")
        name = f"{parts.hostname}:{port}" if port else str(parts.hostname)
        if name not in self.hosts:
            raise ForbiddenAddress(
                f"Van {name[:100]} wordt niets opgehaald. Toegestaan zijn {', '.join(sorted(self.hosts))} "
                "(instelling MONITOR_OPEN_DATA_HOSTS)."
            )
        return parts


def is_public(address: str) -> bool:
    """Whether an address is on the open internet; an IPv4 address that is wrapped in IPv6 is unwrapped first."""
    try:
        found: IPAddress = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is None and found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            found = inner
    return found.is_global and not found.is_multicast and not found.is_reserved
