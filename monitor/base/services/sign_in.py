"""Slowing down whoever guesses passwords: after ten failures a name is refused from that address for a while.

The count is kept per name and address together, so that a stranger cannot lock a colleague out from elsewhere.
"""

import hashlib

from django.core.cache import cache

MAXIMUM_FAILURES = 10
LOCK_SECONDS = 15 * 60


def _key(name: str, address: str) -> str:
    # A name may hold anything; a cache key may not.
    digest = hashlib.sha256(f"{name.casefold()}\0{address}".encode()).hexdigest()
    return f"sign-in-failures:{digest}"


def is_locked(*, name: str, address: str) -> bool:
    """Whether this name may not be tried from this address now."""
    return int(cache.get(_key(name, address), 0)) >= MAXIMUM_FAILURES


def count_failure(*, name: str, address: str) -> int:
    """Note a failed attempt; the first one starts the quarter of an hour. Returns the failures so far."""
    key = _key(name, address)
    cache.add(key, 0, LOCK_SECONDS)
    try:
        return cache.incr(key)
    except ValueError:  # ran out between the two calls
        cache.set(key, 1, LOCK_SECONDS)
        return 1


def forget_failures(*, name: str, address: str) -> None:
    """A right password ends the count."""
    cache.delete(_key(name, address))
