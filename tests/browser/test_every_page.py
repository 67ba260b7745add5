"""Every page of every role, found in the application's own map: accessible, valid, quiet, phone-wide.

The guards of every browser test watch the console and the content security policy; vnu reads the HTML.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page

from placements.models.users import User
from tests.browser.guards import assert_good_page
from tests.factories import Factory
from tests.world import ROLES, World

# Not pages: files and probes. Whatever else answers with something that is not HTML is left out too.
NO_PAGES = ("/static/", ".pdf", "/healthz", "/readyz")


def pages(app: Flask) -> list[str]:
    rules = {rule.rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or set())}
    return sorted(rule for rule in rules if not any(part in rule for part in NO_PAGES))


@pytest.mark.expects_status(404)
@pytest.mark.parametrize("role", [role for role in ROLES if "elsewhere" not in role])
def test_every_page_is_good(
    app: Flask, make: Factory, page: Page, sign_in: Callable[[Page, User], Page], role: str
) -> None:
    world = World(app, make)
    if role in world.users:
        sign_in(page, world.users[role])
    may_open = world.browser(role)
    checked = set()
    for rule in pages(app):
        path = world.path(rule)
        answer = may_open.get(path)
        if answer.status_code not in {200, 404} or answer.mimetype != "text/html":
            continue
        page.goto(path)
        if page.url not in checked:
            checked.add(page.url)
            assert_good_page(page)
    assert len(checked) >= (6 if role == "anonymous" else 8)


@pytest.mark.expects_status(403, 404)
def test_error_pages_are_good(
    app: Flask, make: Factory, page: Page, sign_in: Callable[[Page, User], Page]
) -> None:
    sign_in(page, World(app, make).users["student"])
    for path in ("/no-such-page", "/placements"):
        page.goto(path)
        assert_good_page(page)
