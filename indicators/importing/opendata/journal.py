"""What was fetched so far, on disk: one answer per line, as it came. A break loses at most the line it fell in.

The first line says which table, edition and question it is; a journal of another edition is never gone on with.
"""

import contextlib
import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from indicators.core.opendata.answers import BrokenAnswer, OpenDataProblem, read_json

DONE = "klaar"


class Busy(OpenDataProblem):
    """Somebody else is fetching the same right now."""


@dataclass(frozen=True)
class Line:
    """One answer: which part of the table it is, where it was asked, and what came."""

    part: str
    url: str
    answer: Any


@dataclass
class Journal:
    """An open journal, locked for whoever has it. ``lines`` are the answers that are in it."""

    path: Path
    file: BinaryIO
    lines: list[tuple[str, str]] = field(default_factory=list)  # (part, url) of every answer
    size: int = 0

    def write(self, part: str, url: str, body: bytes) -> None:
        """Add an answer and put it on the disk before going on."""
        text = " ".join(body.decode("utf-8-sig").splitlines())
        line = f'{{"part": {json.dumps(part)}, "url": {json.dumps(url)}, "answer": {text}}}\n'.encode()
        self.file.write(line)
        self.file.flush()
        os.fsync(self.file.fileno())
        self.lines.append((part, url))
        self.size += len(line)

    def has(self, part: str, url: str = "") -> bool:
        return any(one == part and (not url or at == url) for one, at in self.lines)

    @property
    def is_done(self) -> bool:
        return self.has(DONE)

    def answers(self, part: str = "") -> Iterator[Line]:
        """The answers in the order they came, of one part or of all."""
        for line in read_journal(self.path):
            if not part or line.part == part:
                yield line

    def restart(self, header: str) -> None:
        """Forget everything: the table changed."""
        self.file.seek(0)
        self.file.truncate()
        self.lines.clear()
        self.size = 0
        self.file.write(header.encode())
        self.file.flush()
        os.fsync(self.file.fileno())


@contextlib.contextmanager
def open_journal(folder: Path, *, question: str, edition: str) -> Iterator[Journal]:
    """The journal of a question; what an earlier run of the same edition left in it is kept. Raises :class:`Busy`."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{hashlib.sha256(question.encode()).hexdigest()[:24]}.jsonl"
    header = f"{json.dumps({'question': question, 'edition': edition})}\n"
    with path.open("a+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy("Deze tabel wordt al opgehaald. Wacht tot dat klaar is en probeer het dan opnieuw.") from error
        journal = Journal(path, file)
        if not _go_on(journal, header):
            journal.restart(header)
        yield journal


def _go_on(journal: Journal, header: str) -> bool:
    """Whether the journal is of this edition; half a line at its end is cut off."""
    journal.file.seek(0)
    if journal.file.readline() != header.encode():
        return False
    good = journal.file.tell()
    for raw in journal.file:
        try:
            line = _line(raw)
        except BrokenAnswer:
            break
        journal.lines.append((line.part, line.url))
        good += len(raw)
    journal.file.truncate(good)
    journal.file.seek(good)
    journal.size = good
    return True


def read_journal(path: Path) -> Iterator[Line]:
    """The answers of a journal or a kept file. Raises OpenDataProblem for a line that is not whole."""
    with path.open("rb") as file:
        file.readline()
        for raw in file:
            yield _line(raw)


def _line(raw: bytes) -> Line:
    if not raw.endswith(b"\n"):
        raise BrokenAnswer("Het bewaarde bestand is niet heel. Haal de tabel opnieuw op.")
    content = read_json(raw, "het bewaarde bestand")
    if not isinstance(content, dict) or not {"part", "url", "answer"} <= set(content):
        raise BrokenAnswer("Het bewaarde bestand is niet heel. Haal de tabel opnieuw op.")
    return Line(content["part"], content["url"], content["answer"])
