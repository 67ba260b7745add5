"""An extension is signed by the three, the host on a phone from the mail, and one PDF holds both."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy.orm import Session

from placements import printing
from placements.clock import now
from placements.db import writing
from placements.domain import agreements
from placements.mail import deliver_waiting
from placements.models.agreements import Agreement
from placements.models.placements import Placement
from placements.models.users import User
from tests.browser.guards import PHONE, assert_accessible, assert_no_sideways_scroll
from tests.browser.post import Post
from tests.factories import Factory, actor_for
from tests.mailbox import Mailbox
from tests.pdf import checker, reading

SignIn = Callable[[Page, User], Page]


class Parties:
    """An agreement that all three have signed, as they did it."""

    def __init__(self, make: Factory, session: Session) -> None:
        unit = make.unit("Team Nord")
        contact = make.contact(unit, "Vita Vejleder")
        self.placement: Placement = make.placement(unit=unit, status="accepted", supervisor_id=contact.id)
        self.student = self.placement.enrolment.user
        self.coordinator = make.coordinator(self.placement.cohort.programme)
        self.host = make.host(unit)
        self.agreement = self._sign(session)

    def _sign(self, session: Session) -> Agreement:
        with writing():
            session.rollback()
            agreement = agreements.draft(session, self.placement, today=now().date())
            agreements.write(agreement, sections={6: "Samtaler med brugere"})
            session.flush()
            printing.agreements.send(session, agreement.current, now=now())
            for user in (self.student, self.host, self.coordinator):
                agreements.sign(session, agreement.current, actor_for(user), read=1, now=now())
            printing.agreements.freeze_when_signed(session, agreement.current, now=now())
            session.commit()
        return agreement


@pytest.fixture
def parties(make: Factory, session: Session) -> Parties:
    return Parties(make, session)


def sign(page: Page) -> None:
    page.get_by_label("Jeg har læst tillægget og er enig").check()
    page.get_by_role("button", name="Underskriv tillægget").click()
    expect(page.get_by_text("Tak. Din underskrift er gemt.")).to_be_visible()
    assert_no_sideways_scroll(page)


def write_and_send(page: Page, placement_id: int) -> None:
    page.goto(f"/placements/{placement_id}")
    page.get_by_role("link", name="Skriv et tillæg").click()
    page.get_by_role("link", name="Forlængelse").click()
    page.get_by_label("Ny sidste dag").fill("2025-04-20")
    page.get_by_label("Forløbet må slutte efter holdets praktikperiode").check()
    page.get_by_label("Begrundelse").fill("Gruppen slutter først efter påske.")
    page.get_by_role("button", name="Gem tillægget").click()
    page.get_by_role("button", name="Send til underskrift").click()
    expect(page.get_by_text("Tillægget er sendt til underskrift.")).to_be_visible()
    assert_accessible(page)


def host_signs_from_the_mail(page: Page, post: Post, host: User) -> None:
    """Two pages: the sign-in, and the amendment."""
    page.goto(post.link_to(host.email))
    page.get_by_role("button", name="Send mig en kode").click()
    page.get_by_label("Kode").fill(post.code_to(host.email))
    page.get_by_role("button", name="Åbn opgaven").click()
    expect(page.get_by_role("button", name="Underskriv tillægget")).to_be_visible()
    assert_no_sideways_scroll(page)
    sign(page)


def test_extension_is_signed_by_the_three_and_one_document_holds_both(
    parties: Parties,
    page: Page,
    new_context: Callable[..., BrowserContext],
    sign_in: SignIn,
    mailbox: Mailbox,
    session: Session,
) -> None:
    placement_id, post = parties.placement.id, Post(mailbox)
    deliver_waiting()
    post.next_to(parties.host.email)  # about the agreement, long since signed
    session.rollback()
    desk = sign_in(page, parties.coordinator)
    write_and_send(desk, placement_id)
    sign(desk)
    phone = new_context(java_script_enabled=False).new_page()
    phone.set_viewport_size(PHONE)  # type: ignore[arg-type]
    host_signs_from_the_mail(phone, post, parties.host)
    session.rollback()
    student = sign_in(new_context().new_page(), parties.student)
    student.goto("/my")
    student.get_by_role("link", name="Tillæg for").click()
    sign(student)
    session.rollback()
    assert session.get_one(Placement, placement_id).ends_on.isoformat() == "2025-04-20"
    answer = student.request.get(f"/placements/{placement_id}/agreement.pdf")
    document = answer.body()
    text = reading.text(document)
    assert text.count(parties.agreement.number) > 2
    assert "6. januar – 6. april 2025" in text
    assert "søndag 6. april 2025 (uge 14) søndag 20. april 2025 (uge 16)" in text
    for user in (parties.student, parties.host, parties.coordinator):
        assert text.count(f"{user.name} Underskrevet") == 2
    assert checker.problems(document) == []
    assert student.request.get(f"/placements/{placement_id}/agreement.pdf").body() == document
