"""Moving one member by the keyboard alone, and the answer from the mail in one click on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy.orm import Session

from placements.clock import now
from placements.db import db, writing
from placements.domain import network_groups
from placements.mail import deliver_waiting
from placements.models.network_groups import NetworkGroup, NetworkPlace, NetworkPlaceStatus
from placements.models.users import User
from tests.blueprints.network_scene import place_of
from tests.browser.guards import NARROWEST, assert_good_page, tab_to
from tests.browser.post import Post
from tests.factories import Factory
from tests.mailbox import Mailbox

S = NetworkPlaceStatus


def member(make: Factory, status: str) -> tuple[NetworkGroup, NetworkPlace]:
    programme = make.programme()
    user = make.grant(make.user("Amalie Holm"), "student")
    enrolment = make.enrolment(make.cohort(programme), user)
    group = make.network_group(programme, "Gruppe Nord", place="Medborgerhuset")
    return group, place_of(make, group, enrolment, status)


def test_member_is_moved_by_the_keyboard_alone(
    any_page: Page, make: Factory, session: Session, sign_in: Callable[[Page, User], Page]
) -> None:
    """With scripts the sentence takes the focus and is said aloud; without, the page says it."""
    group, place = member(make, "accepted")
    other = make.network_group(group.programme, "Gruppe Syd", seats=2)
    page = sign_in(any_page, make.coordinator(group.programme))
    page.goto(f"/network-groups/{group.id}")
    tab_to(page.get_by_label("Flyt Amalie Holm til"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name=re.compile(r"^Flyt.*Amalie"))).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Amalie Holm er flyttet til Gruppe Syd.")).to_be_visible()
    expect(page.get_by_role("row", name="Amalie Holm")).to_contain_text("Flyttet til en anden gruppe")
    if page.evaluate("matchMedia('(scripting: enabled)').matches"):
        link = page.get_by_role("link", name="Åbn Gruppe Syd")
        expect(link).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Gruppe Syd")
    assert_good_page(page)
    session.rollback()
    assert place.status is S.MOVED
    [there] = session.get_one(NetworkGroup, other.id).places
    assert there.status is S.ACCEPTED


@pytest.mark.without_htmx
def test_offer_is_answered_from_the_mail_in_one_click(
    make: Factory,
    session: Session,
    mailbox: Mailbox,
    new_context: Callable[..., BrowserContext],
) -> None:
    """At 320 px, without scripts and without signing in."""
    group, place = member(make, "declined")
    with writing():
        db.session.rollback()
        network_groups.offer_place(db.session(), group, place.enrolment, now=now())
        db.session.commit()
    deliver_waiting()
    page = new_context(java_script_enabled=False).new_page()
    page.set_viewport_size(NARROWEST)  # type: ignore[arg-type]
    page.goto(Post(mailbox).link_to(place.enrolment.user.email))
    expect(page.get_by_role("heading", level=1)).to_have_text("Vil du være med?")
    expect(page.get_by_text("Medborgerhuset")).to_be_visible()
    assert_good_page(page)
    page.get_by_role("button", name="Ja tak, jeg vil være med").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Du er med i gruppen")
    assert_good_page(page)
    session.rollback()
    assert place.status is S.ACCEPTED
