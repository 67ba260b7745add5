"""Every page of every role, found in the application's own map: accessible, valid, quiet, phone-wide.

The guards of every browser test watch the console and the content security policy; vnu reads the HTML.
A page that says the same to two roles is measured once.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page

from placements.models.users import User
from tests.browser.guards import assert_good_page
from tests.factories import Factory
from tests.pages import lasting
from tests.world import ROLES, World

# Not pages: files and probes. Whatever else answers with something that is not HTML is left out too.
NO_PAGES = ("/static/", ".pdf", "/healthz", "/readyz")
PARTS = 3
"""A role's pages are walked in so many tests, so that no process is left with a long one at the end."""
MAIN = re.compile(r"<main.*</main>", re.DOTALL)


@pytest.fixture
def first_to_see(run_folder: Path) -> Callable[[str], bool]:
    """Whether no test of this run, in whatever process, has taken a page with this content."""
    folder = run_folder / "first-seen"
    folder.mkdir(exist_ok=True)

    def first(html: str) -> bool:
        (content,) = MAIN.findall(html)
        seen: Path = folder / hashlib.sha256(lasting(content).encode()).hexdigest()
        try:
            seen.touch(exist_ok=False)
        except FileExistsError:
            return False
        return True

    return first


def pages(app: Flask) -> list[str]:
    rules = {rule.rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or set())}
    return sorted(rule for rule in rules if not any(part in rule for part in NO_PAGES))


@pytest.mark.without_htmx
@pytest.mark.expects_status(404)
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("role", [role for role in ROLES if "elsewhere" not in role])
def test_every_page_is_good(
    app: Flask,
    make: Factory,
    page: Page,
    sign_in: Callable[[Page, User], Page],
    first_to_see: Callable[[str], bool],
    role: str,
    part: int,
) -> None:
    world = World.of(app, make)
    if role in world.users:
        sign_in(page, world.users[role])
    may_open = world.browser(role)
    seen, checked = 0, set()
    for rule in pages(app)[part::PARTS]:
        path = world.path(rule)
        answer = may_open.get(path)
        if answer.status_code not in {200, 404} or answer.mimetype != "text/html":
            continue
        seen += 1
        if not first_to_see(answer.text):
            continue
        page.goto(path)
        if page.url not in checked:
            checked.add(page.url)
            assert_good_page(page)
    assert seen >= 2


@pytest.mark.without_htmx
@pytest.mark.expects_status(403, 404)
def test_error_pages_are_good(
    app: Flask, make: Factory, page: Page, sign_in: Callable[[Page, User], Page]
) -> None:
    sign_in(page, World.of(app, make).users["student"])
    for path in ("/no-such-page", "/placements"):
        page.goto(path)
        assert_good_page(page)
