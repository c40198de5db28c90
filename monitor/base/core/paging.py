"""Pages of a list: which part is asked for, and the part with the size of the whole."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")
Other = TypeVar("Other")


@dataclass(frozen=True)
class PageRequest:
    """Which page (from 1) and how many items on it."""

    number: int = 1
    size: int = 50

    @property
    def slice(self) -> slice:
        """The part of the whole list that this page is."""
        start = (self.number - 1) * self.size
        return slice(start, start + self.size)


@dataclass(frozen=True)
class Page(Generic[Item]):
    """The items of one page, and ``total``: how many there are on all pages together."""

    items: Sequence[Item]
    total: int
    request: PageRequest

    @property
    def last_number(self) -> int:
        """The number of the last page; an empty list has one page, with nothing on it."""
        return max(1, -(-self.total // self.request.size))

    @property
    def exists(self) -> bool:
        return self.request.number <= self.last_number

    def mapped(self, make: Callable[[Item], Other]) -> "Page[Other]":
        """The same page with every item made into something else."""
        return Page([make(item) for item in self.items], self.total, self.request)
