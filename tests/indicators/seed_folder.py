"""A copy of the seed files in which one cell, line or file is changed."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

from indicators.importing.seed_files import SEED_FOLDER

Cells = dict[str, str]


class SeedFolder:
    """The real seed files in a folder of the test's own."""

    def __init__(self, path: Path) -> None:
        self.path = path
        shutil.copytree(SEED_FOLDER, path, dirs_exist_ok=True)

    def file(self, name: str) -> Path:
        return self.path / f"{name}.csv"

    def rows(self, name: str) -> list[Cells]:
        with self.file(name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def write(self, name: str, rows: list[Cells]) -> None:
        with self.file(name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)

    def change(self, name: str, changes: Cells, which: Callable[[Cells], bool] = lambda row: True) -> int:
        """Change cells of the first row that ``which`` picks; returns its line number as an editor counts."""
        rows = self.rows(name)
        row = next(row for row in rows if which(row))
        row |= changes
        self.write(name, rows)
        return self._line_of(name, rows.index(row))

    def repeat(self, name: str, changes: Cells | None = None) -> int:
        """Put the first row at the end again, with ``changes``; returns its line number."""
        rows = self.rows(name)
        rows.append(rows[0] | (changes or {}))
        self.write(name, rows)
        return self._line_of(name, len(rows) - 1)

    def _line_of(self, name: str, index: int) -> int:
        with self.file(name).open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            for _ in range(index + 1):
                next(reader)
            return reader.line_num
