"""On a phone without JavaScript: a student writes a week, the host confirms it two pages from the mail."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from placements.models.users import User
from tests.browser.guards import PHONE, assert_good_page
from tests.factories import Factory


@pytest.mark.without_htmx
def test_week_is_written_and_confirmed_on_a_phone_without_scripts(
    make: Factory,
    new_context: Callable[..., BrowserContext],
    sign_in: Callable[[Page, User], Page],
) -> None:
    placement = make.placement(status="active")
    student, host = placement.enrolment.user, make.host(placement.unit)
    page = sign_in(new_context(java_script_enabled=False).new_page(), student)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto("/my")
    page.get_by_role("link", name="Skriv timer for uge 2").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Timer i uge 2")
    page.get_by_role("group", name="Linje 2", exact=True).get_by_label("Timer").fill("4,5")
    page.get_by_role("group", name="Linje 4", exact=True).get_by_label("Timer").fill("1.5")
    page.get_by_role("group", name="Linje 4", exact=True).get_by_label("Opgave").select_option("other")
    assert_good_page(page)
    page.get_by_role("button", name="Send ugen").click()
    expect(page.get_by_text("Timerne er sendt til praktikværten.")).to_be_visible()
    expect(page.get_by_text("4,5 af 6 skrevne timer")).to_be_visible()
    assert_good_page(page)

    there = sign_in(new_context(java_script_enabled=False).new_page(), host)
    there.set_viewport_size(PHONE)  # type: ignore[arg-type]
    there.goto(f"/placements/{placement.id}/hours")  # where the mail leads
    expect(there.get_by_label("Bekræft uge 2")).to_be_checked()
    assert_good_page(there)
    there.get_by_role("button", name="Bekræft de valgte uger").click()
    expect(there.get_by_role("row", name="Uge 2 ")).to_contain_text("Bekræftet")
    expect(there.get_by_role("row", name="Uge 2 ")).to_contain_text("af Vera Vært")
    assert_good_page(there)
