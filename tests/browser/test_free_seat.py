"""A coordinator frees a seat in one confirm, and the offer shows it open for the next."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from placements.models.users import User
from tests.browser.guards import PHONE, assert_no_sideways_scroll
from tests.factories import Factory


def test_coordinator_frees_a_seat_in_one_confirm(
    any_page: Page, make: Factory, sign_in: Callable[[Page, User], Page]
) -> None:
    cohort, unit = make.cohort(), make.unit("Team Nord")
    offer = make.offer(unit, cohort, seats=1, status="closed")
    placement = make.placement(cohort=cohort, unit=unit, offer_id=offer.id, status="accepted")
    make.enrolment(cohort, make.user("Clara Clausen"))
    page = sign_in(any_page, make.coordinator(cohort.programme))
    make.session.rollback()
    page.goto(f"/placements/{placement.id}")
    page.get_by_role("link", name="Aflys forløbet").click()
    expect(page.get_by_text("bliver tilbudt igen med det samme")).to_be_visible()
    page.get_by_label("Begrundelse").fill("Stedet flytter.")
    page.get_by_role("button", name="Aflys forløbet").click()
    expect(page.get_by_text("Forløbet er aflyst, og pladsen er fri igen.")).to_be_visible()
    page.get_by_role("link", name="Placér den næste på pladsen").click()
    expect(page.get_by_text("Ledige pladser: 1 af 1.")).to_be_visible()
    page.goto(f"/offers/{offer.id}")
    expect(page.get_by_text("1 plads, 1 ledig")).to_be_visible()


def test_host_writes_an_offer_with_shares_on_a_phone(
    any_page: Page, make: Factory, sign_in: Callable[[Page, User], Page]
) -> None:
    """H-06, H-07: with scripts and without."""
    make.cohort(name="Viborg 2024")
    unit = make.unit("Team Nord")
    page = sign_in(any_page, make.host(unit))
    make.session.rollback()
    page.set_viewport_size(PHONE)
    page.goto("/offers/new")
    page.get_by_label("Antal pladser").fill("1")
    page.get_by_label("Individuel peer-støtte").check()
    page.get_by_text("Hvor meget af hver slags opgave").click()
    page.get_by_label("Opgave 1").fill("Samtaler")
    page.get_by_label("Procent 1").fill("70")
    page.get_by_role("button", name="Flere linjer").click()
    page.get_by_label("Opgave 4").fill("Vagter")
    page.get_by_label("Slags 4").select_option("other")
    page.get_by_label("Procent 4").fill("30")
    assert_no_sideways_scroll(page)
    page.get_by_role("button", name="Gem som kladde").click()
    expect(page.get_by_text("Typiske peer-opgaver: 70 %.")).to_be_visible()
    assert_no_sideways_scroll(page)
    page.get_by_role("button", name="Frigiv pladserne").click()
    expect(page.get_by_text("Pladserne er frigivet.")).to_be_visible()
