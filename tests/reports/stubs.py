"""Rendering without a browser: every format becomes its name and the digest of the data, and every call is counted."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from reports.core.document import Document
from reports.core.formats import Format


class CountingRenderer:
    """Stands in for ``reports.rendering.render``; ``fail`` is raised half-way when set."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, ...]] = []
        self.fail: BaseException | None = None

    def __call__(self, document: Document, formats: Sequence[Format], *, progress: Any = None) -> dict[Format, bytes]:
        self.calls.append(tuple(format_.value for format_ in formats))
        files = {}
        for number, format_ in enumerate(formats):
            if progress:
                progress(f"{format_.label} gemaakt", number, len(formats))
            if self.fail:
                raise self.fail
            files[format_] = f"{format_.value} {document.data_digest}".encode()
        return files


@contextmanager
def stubbed_rendering() -> Iterator[CountingRenderer]:
    renderer = CountingRenderer()
    with (
        patch("reports.rendering.render", renderer),
        patch("reports.rendering.toolchain.toolchain_fingerprint", lambda: "vaste gereedschappen"),
    ):
        yield renderer
