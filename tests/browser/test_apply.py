"""An applicant on a phone, without JavaScript: begins, leaves halfway, comes back by the link, submits."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import select

from placements.models.applications import Application, ApplicationStatus
from placements.models.cohorts import Cohort
from placements.models.programmes import CriterionKind, FeePayer, FeeWhen
from tests.browser.guards import PHONE, assert_no_sideways_scroll
from tests.browser.post import Post
from tests.factories import MOMENT, Factory
from tests.factories_applications import CLOSES
from tests.mailbox import Mailbox

ADDRESS = "asta@example.org"


@pytest.fixture
def cohort(make: Factory) -> Cohort:
    fee = {"fee_payer": FeePayer.MUNICIPALITY, "fee_amount": 14000, "fee_when": FeeWhen.NOT_HOME}
    programme = make.programme(home_municipalities=["Viborg"], fee_waivers=["friplads", "tilskud"], **fee)
    for key, kind in (
        ("age", CriterionKind.COMPUTED),
        ("danish", CriterionKind.DECLARED),
        ("wish", CriterionKind.REVIEWED),
    ):
        make.criterion(programme, key, kind)
    return make.window(make.cohort(programme))


@pytest.fixture
def phone(new_context: Callable[..., BrowserContext]) -> Page:
    page = new_context(java_script_enabled=False).new_page()
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    return page


def press(page: Page, name: str) -> None:
    assert_no_sideways_scroll(page)
    page.get_by_role("button", name=name, exact=True).click()


def offer_a_seat(make: Factory, cohort: Cohort) -> None:
    """The coordinator has decided and sent it."""
    make.session.rollback()
    [application] = make.session.scalars(select(Application).where(Application.cohort_id == cohort.id))
    application.status = ApplicationStatus.OFFERED
    make.decision(application, sent_at=MOMENT, answer_by=CLOSES)


@pytest.mark.without_htmx
@pytest.mark.expects_status(422)
def test_apply_on_a_phone_in_two_sittings_and_accept(
    phone: Page, make: Factory, cohort: Cohort, mailbox: Mailbox
) -> None:
    post = Post(mailbox)
    phone.goto(f"/apply/{cohort.slug}")
    phone.get_by_label("Din mailadresse").fill(ADDRESS)
    press(phone, "Send mig et link")
    expect(phone.get_by_role("heading", name="Se i din indbakke")).to_be_visible()
    link = post.link_to(ADDRESS)
    phone.goto(link)
    phone.get_by_role("link", name="Begynd").click()
    phone.get_by_label("Dit navn").fill("Asta Ager")
    press(phone, "Gem og fortsæt")
    phone.get_by_label("Den dag, du er født").fill("1990-05-04")
    press(phone, "Gem og fortsæt")
    phone.get_by_label("Din kommune").select_option("Silkeborg")
    press(phone, "Gem og fortsæt")
    expect(phone.get_by_label("Kravet om danish.")).to_be_visible()

    phone.goto("about:blank")
    phone.goto(link)
    expect(phone.get_by_text("Asta Ager")).to_be_visible()
    phone.get_by_role("link", name="Fortsæt").click()
    phone.get_by_label("Kravet om danish.").check()
    press(phone, "Gem og fortsæt")
    phone.get_by_label("Kravet om wish.").fill("Mit nummer er 010190-1234.")
    press(phone, "Gem og fortsæt")
    expect(phone.get_by_role("link", name="ligner et CPR-nummer")).to_be_visible()
    phone.get_by_label("Kravet om wish.").fill("Jeg vil gerne give det videre, jeg selv fik.")
    press(phone, "Gem og fortsæt")
    press(phone, "Gem og fortsæt")
    phone.get_by_label("Jeg vil søge om friplads").check()
    press(phone, "Gem og fortsæt")
    expect(phone.get_by_role("button", name="Send ansøgningen")).to_be_visible()
    phone.go_back()
    phone.reload()
    expect(phone.get_by_label("Jeg vil søge om friplads")).to_be_checked()
    press(phone, "Gem og fortsæt")
    press(phone, "Send ansøgningen")
    expect(phone.get_by_role("heading", name="Vi har din ansøgning")).to_be_visible()
    assert_no_sideways_scroll(phone)
    phone.goto(post.link_to(ADDRESS))
    expect(phone.get_by_text("Jeg vil gerne give det videre")).to_be_visible()

    offer_a_seat(make, cohort)
    phone.goto(link)
    press(phone, "Sig ja til pladsen")
    expect(phone.get_by_text("Du har sagt ja")).to_be_visible()
    assert_no_sideways_scroll(phone)
