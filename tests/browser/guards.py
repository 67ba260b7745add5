"""What must hold on every page, whatever a test is about: no errors, usable by all, on any screen."""

from __future__ import annotations

import re
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, Response, WebError

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
NARROWEST = {"width": 320, "height": 640}
WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
AXE_OPTIONS = {
    "runOnly": {"type": "tag", "values": WCAG_22_AA},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}

# How the browser and htmx mention a failed answer; it is judged by its status, which only `_response` knows.
FAILED_ANSWER = ("Failed to load resource: the server responded", "Response Status Error Code")


with_axe = True


class Guard:
    """Collects what no page may do: script and console errors (a CSP violation is one), requests to others.

    Answers of 400 and more fail too, unless the test says with `expects_status` that it calls for them.
    """

    def __init__(self, site: str) -> None:
        self.site = site
        self.expected: set[int] = set()
        self.allowed: list[str] = []
        self.problems: list[str] = []

    def watch(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("request", self._request)
        context.on("response", self._response)

    def check(self) -> None:
        assert not self.problems, "The browser complained:\n" + "\n".join(self.problems)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(FAILED_ANSWER):
            self._note(f"console: {message.text} ({message.page.url if message.page else ''})")

    def _error(self, error: WebError) -> None:
        self._note(f"script: {error.error}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.site}/", "data:", "blob:")):
            self._note(f"a request left the site: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self._note(
                f"{response.status} for {response.request.method} {response.url.removeprefix(self.site)}"
            )

    def _note(self, problem: str) -> None:
        if not any(re.search(pattern, problem) for pattern in self.allowed):
            self.problems.append(problem)


def assert_accessible(page: Page) -> None:
    """WCAG 2.2 AA as far as a program can tell. axe is put into a page once, and tells only of faults."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found = page.evaluate("async options => (await axe.run(document, options)).violations", AXE_OPTIONS)
    assert not found, f"{page.url} at {page.viewport_size}:\n" + "\n".join(map(_violation, found))


def _violation(found: dict[str, Any]) -> str:
    nodes = [f"    {node['html'][:160]}\n      {node['failureSummary']}" for node in found["nodes"][:5]]
    return f"  {found['id']} ({found['impact']}): {found['help']}, {len(found['nodes'])} times\n" + "\n".join(
        nodes
    )


def assert_no_sideways_scroll(page: Page) -> None:
    while (measured := page.evaluate(MEASURE)) is None:  # between two pages there is nothing to measure
        page.wait_for_load_state()
    width, widest = measured
    assert not widest, f"{page.url} scrolls sideways at {width} px because of\n{widest}"


MEASURE = """() => {
    if (!document.body) return null;
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [width, ""];
    const beyond = element => element.getBoundingClientRect().right > width;
    const wide = [...document.body.querySelectorAll("*")].filter(beyond).slice(0, 5);
    return [width, wide.map(e => e.outerHTML.slice(0, 120)).join("\\n") || "the page itself"];
}"""


def assert_good_page(page: Page) -> None:
    """Everything that must hold on a page as it now stands: at a desk, on a phone, on a narrow screen."""
    before = page.viewport_size
    scripting = page.evaluate("matchMedia('(scripting: enabled)').matches")  # axe waits for ever without
    for size in (DESK, PHONE, NARROWEST):
        _resize(page, size)
        assert_no_sideways_scroll(page)
        if with_axe and scripting and size is not NARROWEST:
            assert_accessible(page)
    if before:
        _resize(page, before)


def _resize(page: Page, size: Any) -> None:
    if page.viewport_size != size:
        page.set_viewport_size(size)


def tab_to(target: Locator, *, limit: int = 200) -> Locator:
    """Reach an element as a keyboard does, and fail when Tab never gets there."""
    target.wait_for(state="visible")
    for _ in range(limit):
        if target.evaluate("element => element === document.activeElement"):
            return target
        target.page.keyboard.press("Tab")
    raise AssertionError(f"{limit} presses of Tab never reached {target}")
