"""The real application under the guards: its front page, and the home of somebody signed in."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from placements.models.users import User
from tests.browser.guards import assert_good_page
from tests.factories import Factory


def test_front_page_is_good_for_everybody(any_page: Page) -> None:
    any_page.goto("/")
    expect(any_page.get_by_role("heading", level=1)).to_have_count(1)
    assert_good_page(any_page)


def test_sign_in_opens_a_persons_own_home(
    page: Page, make: Factory, sign_in: Callable[[Page, User], Page]
) -> None:
    sign_in(page, make.admin()).goto("/")
    expect(page.get_by_role("button", name=re.compile("Log ud"))).to_be_visible()
    assert_good_page(page)


def test_skip_link_is_the_first_stop_of_the_keyboard(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator("a[href^='#']:focus")).to_be_visible()
