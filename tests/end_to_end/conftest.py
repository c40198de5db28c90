"""A real browser on a live server: every page is visited as a reader would, and watched for what must never happen."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests. Playwright keeps an event loop running, which Django must be told to allow."""
    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if executable is None:
        pytest.skip("Chromium is not installed")
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@dataclass
class Visitor:
    """A reader with a browser tab, and what went wrong in it."""

    page: Page
    base_url: str
    policy_violations: list[str] = field(default_factory=list)
    external_requests: list[str] = field(default_factory=list)
    script_errors: list[str] = field(default_factory=list)
    failed_files: list[str] = field(default_factory=list)

    def open(self, path: str) -> int:
        """Go to a page, wait until its files are there, and return its status."""
        response = self.page.goto(self.base_url + path, wait_until="load")
        assert response is not None
        return response.status

    def axe_violations(self) -> list[str]:
        """What axe-core finds, one line per element: rule, help, element."""
        # Evaluated by the debugger, not the page: the page's own policy would refuse the script.
        self.page.evaluate(AXE.read_text(encoding="utf-8") + ";0")
        results: dict[str, Any] = self.page.evaluate(
            "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})", AXE_TAGS
        )
        return [
            f"{violation['id']}: {violation['help']}: {node['html'][:160]}"
            for violation in results["violations"]
            for node in violation["nodes"]
        ]

    def complaints(self) -> list[str]:
        """Everything the browser complained about so far."""
        return [*self.policy_violations, *self.external_requests, *self.script_errors, *self.failed_files]


def _watch(page: Page, base_url: str) -> Visitor:
    visitor = Visitor(page, base_url)

    def on_request(request: Request) -> None:
        if not request.url.startswith((base_url, "data:", "blob:")):
            visitor.external_requests.append(f"external request: {request.url}")

    page.on("request", on_request)
    page.on("pageerror", lambda error: visitor.script_errors.append(f"script error: {error}"))
    page.on(
        "response",
        lambda answer: (
            visitor.failed_files.append(f"{answer.status}: {answer.url}")
            if answer.status >= 400 and answer.request.resource_type != "document"
            else None
        ),
    )
    page.expose_function("noteViolation", lambda text: visitor.policy_violations.append(f"policy: {text}"))
    page.add_init_script(
        "document.addEventListener('securitypolicyviolation', event => "
        "window.noteViolation(`${event.violatedDirective} ${event.blockedURI} ${event.sample} ${event.sourceFile}`))"
    )
    return visitor


@pytest.fixture
def new_visitor(browser: Browser, live_server: Any) -> Iterator[Any]:
    """Makes visitors: ``new_visitor(width=360, javascript=False)``."""
    contexts: list[BrowserContext] = []

    def make(*, width: int = 1280, height: int = 900, javascript: bool = True, **options: Any) -> Visitor:
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale="nl-NL", java_script_enabled=javascript, **options
        )
        contexts.append(context)
        return _watch(context.new_page(), live_server.url)

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def sign_in(live_server: Any) -> Any:
    """Gives a visitor the session of a user, without going through the form."""

    def give(visitor: Visitor, user: Any) -> None:
        client = Client()  # one for each: signing in somebody else in the same client ends the first one's session
        client.force_login(user)
        visitor.page.context.add_cookies(
            [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
        )

    return give
