"""Tests that need PostgreSQL and Redis: skipped on a desk without them, never where they are required."""

import os
from collections.abc import Generator

import pytest

_SERVICES = all(os.environ.get(name) for name in ("DATABASE_URL", "REDIS_URL"))
_SERVICES_REQUIRED = os.environ.get("MONITOR_REQUIRE_SERVICES") == "1"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without services their tests are skipped, and say so."""
    if _SERVICES or _SERVICES_REQUIRED:
        return
    skip = pytest.mark.skip(reason="needs PostgreSQL and Redis: set DATABASE_URL and REDIS_URL")
    for item in items:
        if item.get_closest_marker("services"):
            item.add_marker(skip)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where services are required, a test with services that was skipped has failed."""
    report = yield
    if _SERVICES_REQUIRED and report.skipped and item.get_closest_marker("services"):
        report.outcome = "failed"
        report.longrepr = f"skipped, but MONITOR_REQUIRE_SERVICES=1: {report.longrepr}"
    return report
