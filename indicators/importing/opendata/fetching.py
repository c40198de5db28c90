"""Fetching one table whole: its description, then its cells in pages; of one edition, never two mixed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from indicators.core.opendata import v3, v4
from indicators.core.opendata.answers import OpenDataProblem, rows_of_answer
from indicators.core.opendata.mapping import require_fit, resolve_measures
from indicators.core.opendata.profiles import OpenDataProfile
from indicators.core.opendata.tables import Page, Service, TableDescription, TableInfo
from indicators.importing.opendata.contents import (
    CELLS,
    CODES,
    DIMENSIONS,
    INFO,
    MEASURES,
    PROPERTIES,
    read_description,
)
from indicators.importing.opendata.journal import DONE, Journal, Line, open_journal
from indicators.importing.opendata.patience import Asked, Patience, Read, ask
from indicators.importing.opendata.questions import filter_v3, filter_v4, parts_v3
from indicators.importing.opendata.transport import Opener, TooManyRows

_STARTS = 3  # how often a table may change under our hands before we give up

Report = Callable[[str, int, int], None]


class ChangedMeanwhile(OpenDataProblem):
    """The table is not the one we began with: what was fetched of it is of no use."""


@dataclass(frozen=True)
class FetchBounds:
    """How much one table may be: bytes on disk and pages; and how many rows v3 is asked for at once."""

    bytes: int = 2 * 2**30
    pages: int = 20_000
    rows_per_page: int = 10_000


def _silent(phase: str, done: int, total: int) -> None:
    """Nobody listens."""


def _never() -> None:
    """Nobody asks to stop."""


@dataclass(frozen=True)
class Fetcher:
    """Fetches the table of a profile into ``folder``. ``stop`` may raise between two questions."""

    profile: OpenDataProfile
    opener: Opener
    folder: Path
    scheme: str = "https"
    patience: Patience = field(default_factory=Patience)
    bounds: FetchBounds = FetchBounds()
    report: Report = _silent
    stop: Callable[[], None] = _never

    @property
    def base(self) -> str:
        """The address of the table."""
        path = "odata/v1/CBS" if self.profile.service is Service.V4 else "ODataApi/odata"
        return f"{self.scheme}://{self.profile.host}/{path}/{self.profile.table}"

    def fetch(self) -> Path:
        """The file with everything that was answered; what an earlier run got of the same edition is not asked again.

        Raises OpenDataProblem when the service cannot be reached, keeps changing, or does not fit the profile.
        """
        try:
            return self._fetch(split=False)
        except TooManyRows:
            return self._fetch(split=True)

    def _fetch(self, *, split: bool) -> Path:
        problem: OpenDataProblem | None = None
        for _ in range(_STARTS):
            info, body = self._info()
            profile = self.profile
            question = f"{self.base} {sorted(profile.measures)} {profile.dimensions} {profile.untyped} {split}"
            with open_journal(self.folder, question=question, edition=info.edition) as journal:
                if journal.is_done:
                    return journal.path
                try:
                    self._fill(journal, info, body, split=split)
                except ChangedMeanwhile as error:
                    journal.restart("")
                    problem = error
                else:
                    return journal.path
        raise OpenDataProblem(
            f"Tabel {self.profile.table} verandert steeds tijdens het ophalen ({problem}). Probeer het later opnieuw."
        ) from problem

    def _info(self) -> tuple[TableInfo, bytes]:
        """Which edition the service has now."""
        name = "Properties" if self.profile.service is Service.V4 else "TableInfos"
        read = v4.read_info if self.profile.service is Service.V4 else v3.read_info
        asked = self.ask(f"{self.base}/{name}", name, lambda answer: read(answer, self.profile.table))
        return asked.read, asked.body

    def ask(self, url: str, name: str, read: Callable[[Any], Read]) -> Asked[Read]:
        """One answer; one that ``read`` cannot make sense of is asked for again."""
        return ask(self.opener, url, f"{name} van tabel {self.profile.table}", read, self.patience, self.stop)

    def _fill(self, journal: Journal, info: TableInfo, body: bytes, *, split: bool) -> None:
        if not journal.has(INFO):
            journal.write(INFO, self.base, body)
        self.report("beschrijving ophalen", 0, 0)
        self._describe(journal)
        table = read_description(self.profile, journal.path)
        require_fit(self.profile, table)
        pages = Pages(self, journal, journal.answers(CELLS))
        if self.profile.service is Service.V4:
            rows = _observations(pages, table, info)
        else:
            rows = _data_set(pages, table, split=split)
        after, _ = self._info()
        if after.edition != info.edition:
            raise ChangedMeanwhile(f"tabel {info.table} is tijdens het ophalen vernieuwd")
        journal.write(DONE, self.base, str(rows).encode())

    def _describe(self, journal: Journal) -> None:
        """The dimensions, measures and codes; each only when it is not there yet."""
        if self.profile.service is Service.V4:
            parts = [(DIMENSIONS, "Dimensions"), (MEASURES, "MeasureCodes")]
            parts += [(f"{CODES}{name}", f"{name}Codes") for name in self.profile.dimensions]
        else:
            parts = [(PROPERTIES, "DataProperties")]
            parts += [(f"{CODES}{name}", name) for name in self.profile.dimensions]
        for part, name in parts:
            lists = Pages(self, journal, journal.answers(part), part)
            url = f"{self.base}/{name}"
            while url:
                _, url = lists.get(url, name, partial(rows_of_answer, where=name))


@dataclass
class Pages:
    """Answers in a fixed order: first those that the journal has, then asked for and written down."""

    fetcher: Fetcher
    journal: Journal
    earlier: Iterator[Line] | None
    part: str = CELLS
    seen: set[str] = field(default_factory=set)

    def get(self, url: str, name: str, read: Callable[[Any], Read]) -> tuple[Read, str]:
        """A page as ``read`` understands it, and the address of the next one; only a sound page is written down.

        Raises OpenDataProblem beyond the bounds, or when pages go round in a circle.
        """
        if url in self.seen:
            raise ChangedMeanwhile(f"een bladzijde van tabel {self.fetcher.profile.table} kwam twee keer")
        self.seen.add(url)
        bounds = self.fetcher.bounds
        if len(self.seen) > bounds.pages or self.journal.size > bounds.bytes:
            raise OpenDataProblem(
                f"Tabel {self.fetcher.profile.table} is te groot om op te halen ({len(self.seen)} bladzijden, "
                f"{self.journal.size // 2**20} MB). Kies in het profiel minder jaren of maten."
            )
        line = next(self.earlier, None) if self.earlier else None
        if line is not None and line.url == url:
            return read(line.answer), self.following(line.answer)
        self.earlier = None
        asked = self.fetcher.ask(url, name, read)
        self.journal.write(self.part, url, asked.body)
        return asked.read, self.following(asked.answer)

    def following(self, answer: Any) -> str:
        """The address of the next page, which must be of the same table."""
        if not isinstance(answer, dict):
            return ""
        url = str(answer.get("@odata.nextLink") or answer.get("odata.nextLink") or "")
        if url and not url.startswith(f"{self.fetcher.base}/"):
            table = self.fetcher.profile.table
            raise OpenDataProblem(f"De volgende bladzijde van tabel {table} staat op een ander adres: {url[:100]}.")
        return url


def _observations(pages: Pages, table: TableDescription, info: TableInfo) -> int:
    """The observations of v4, page after page; returns how many."""
    fetcher = pages.fetcher
    wanted = filter_v4(fetcher.profile, table)
    total = 0 if wanted else info.row_count or 0
    url = f"{fetcher.base}/Observations" + (f"?$filter={quote(wanted)}" if wanted else "")
    seen: set[int] = set()

    def read(answer: Any) -> Page:
        return v4.read_page(answer, info.table, table.dimension_keys)

    while url:
        fetcher.report("cijfers ophalen", min(len(seen), total), total)
        page, url = pages.get(url, "Observations", read)
        _remember(seen, page)
    if total and len(seen) != total:
        raise ChangedMeanwhile(f"tabel {info.table} gaf {len(seen)} rijen in plaats van {total}")
    return len(seen)


def _data_set(pages: Pages, table: TableDescription, *, split: bool) -> int:
    """The rows of v3 in parts of at most 10,000, and when the service refuses that, per period; returns how many.

    A part ends with an empty page: a service that gives fewer rows than were asked for is not taken for finished.
    """
    fetcher = pages.fetcher
    profile, bounds = fetcher.profile, fetcher.bounds
    measures = tuple(key for key, _ in resolve_measures(profile, table))
    name = "UntypedDataSet" if profile.untyped else "TypedDataSet"
    select = quote(",".join(("ID", *table.dimension_keys, *measures)), safe=",")
    seen: set[int] = set()

    def read(answer: Any) -> Page:
        return v3.read_page(answer, table.info.table, table.dimension_keys, measures)

    for part in parts_v3(profile, table) if split else [filter_v3(profile, table)]:
        chosen = f"$select={select}" + (f"&$filter={quote(part)}" if part else "")
        skip = 0
        while True:
            fetcher.report("cijfers ophalen", len(seen), 0)
            url = f"{fetcher.base}/{name}?{chosen}&$top={bounds.rows_per_page}&$skip={skip}"
            page, _ = pages.get(url, name, read)
            if not page.records:
                break
            _remember(seen, page)
            skip += len(page.records)
    return len(seen)


def _remember(seen: set[int], page: Page) -> None:
    """Every row comes once; one that comes again means that the table shifted under the pages."""
    if not seen.isdisjoint(page.records):
        raise ChangedMeanwhile("de bladzijden overlappen elkaar")
    seen.update(page.records)
