"""A coordinator allocates a cohort without JavaScript: propose, read why, make the drafts, take them back."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from placements.models.preferences import RankedOffer, Wishes
from placements.models.users import User
from tests.browser.guards import assert_good_page
from tests.factories import MOMENT, Factory


def test_cohort_is_allocated_and_taken_back_without_javascript(
    page_without_js: Page, make: Factory, sign_in: Callable[[Page, User], Page]
) -> None:
    programme = make.programme()
    cohort = make.cohort(programme, slug="viborg-2025")
    offers = [make.offer(make.unit(name), cohort, seats=1) for name in ("Team Nord", "Team Syd")]
    for name in ("Anna Ager", "Bo Bæk", "Cecilie Skov"):
        student = make.enrolment(cohort, make.user(name), municipality="Viborg")
        ranked = [RankedOffer(offer_id=one.id, rank=place + 1) for place, one in enumerate(offers)]
        make.keep(Wishes(enrolment_id=student.id, saved_at=MOMENT, ranked=ranked))
    page = sign_in(page_without_js, make.coordinator(programme))
    page.goto("/allocation/viborg-2025")
    page.get_by_role("button", name="Lav et forslag").click()
    expect(page.get_by_text("hvor der i alt er 2 pladser")).to_have_count(1)
    for why in page.locator("summary").all()[1:]:
        why.click()
    expect(page.get_by_text("Lodtrækning har afgjort det").first).to_be_visible()
    assert_good_page(page)
    page.get_by_role("button", name="Lav kladder af dem alle").click()
    expect(page.get_by_text("Forløbene er lavet som kladder")).to_be_visible()
    assert_good_page(page)
    page.get_by_role("button", name="Fortryd fordelingen").click()
    expect(page.get_by_text("Fordelingen er taget tilbage")).to_be_visible()
    page.goto("/allocation/viborg-2025")
    expect(page.get_by_text("Taget tilbage")).to_be_visible()
    assert_good_page(page)
