"""How fast are the three reports in all formats? Demanded: under 25 seconds together on two cores."""

import time
from collections import defaultdict

import pytest

from indicators.core.enumerations import Audience
from indicators.importing.figures import apply_load, plan_load
from indicators.importing.seed_files import read_seed_files
from reports.core.document import Document
from reports.core.formats import Format
from reports.core.templates import all_templates
from reports.queries.documents import ReportOrder, load_document
from reports.rendering import render

DEMANDED_SECONDS = 25


@pytest.mark.bench
@pytest.mark.django_db
def test_three_reports_in_all_formats() -> None:
    apply_load(plan_load(read_seed_files()))
    started = time.perf_counter()
    documents = {
        template.code: load_document(
            ReportOrder(template.code, template.default_round, tuple(Format)), Audience.INTERNAL
        )
        for template in all_templates()
    }
    composed = time.perf_counter() - started
    print(f"\nsamenstellen van drie rapporten: {composed:.2f} s")
    total = composed + sum(_measure(document) for document in documents.values())
    print(f"drie rapporten in alle formaten: {total:.1f} s (gevraagd: onder {DEMANDED_SECONDS} s)")


def _measure(document: Document) -> float:
    """Render one report and print where the time went."""
    phases: dict[str, float] = defaultdict(float)
    started = last = time.perf_counter()

    def progress(phase: str, done: int, total: int) -> None:
        nonlocal last
        now = time.perf_counter()
        phases["grafieken" if phase.startswith("Grafiek") else phase.removesuffix(" gemaakt")] += now - last
        last = now

    files = render(document, tuple(Format), progress=progress)
    seconds = time.perf_counter() - started
    parts = ", ".join(f"{name} {spent:.1f}" for name, spent in phases.items())
    size = sum(len(content) for content in files.values()) // 1024
    print(f"{document.code}: {seconds:.1f} s ({parts}; {size} kB)")
    return seconds
