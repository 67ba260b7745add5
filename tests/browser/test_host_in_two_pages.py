"""A host on a phone, without JavaScript: from the mail to done in two pages, the sign-in and the task."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy.orm import Session

from placements import printing
from placements.clock import now
from placements.db import db, writing
from placements.domain import agreements, placements
from placements.mail import deliver_waiting
from placements.models.placements import Placement, PlacementStatus
from placements.models.signatures import SignatureMethod
from placements.models.users import User
from tests.browser.guards import PHONE, assert_no_sideways_scroll
from tests.browser.post import Post
from tests.factories import Factory
from tests.mailbox import Mailbox


@dataclass
class Walk:
    """Which pages a host has been on: an address that comes twice in a row is one page."""

    page: Page
    post: Post
    host: User

    def __post_init__(self) -> None:
        self.pages: list[str] = []
        self.page.on("framenavigated", lambda frame: self._note(frame.url))

    def _note(self, url: str) -> None:
        if not self.pages or self.pages[-1] != url:
            self.pages.append(url)

    def from_the_mail(self) -> None:
        self.page.goto(self.post.link_to(self.host.email))
        assert_no_sideways_scroll(self.page)
        self.press("Send mig en kode")
        self.page.get_by_label("Kode").fill(self.post.code_to(self.host.email))
        self.press("Åbn opgaven")
        assert_no_sideways_scroll(self.page)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()


@pytest.fixture
def asked(make: Factory) -> Placement:
    unit = make.unit("Team Nord")
    make.contact(unit, "Vita Vejleder")
    return make.placement(unit=unit, status="draft")


@pytest.fixture
def walk(
    asked: Placement, make: Factory, mailbox: Mailbox, new_context: Callable[..., BrowserContext]
) -> Walk:
    make.coordinator(asked.cohort.programme)
    page = new_context(java_script_enabled=False).new_page()
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    return Walk(page, Post(mailbox), make.host(asked.unit))


def do(session: Session, act: Callable[[], object]) -> None:
    """What a coordinator does elsewhere, with its mails."""
    with writing():
        session.rollback()
        act()
        session.commit()
    deliver_waiting()


def propose(session: Session, asked: Placement) -> None:
    do(session, lambda: placements.propose(session, session.get_one(Placement, asked.id), now=now()))


def send_agreement(session: Session, asked: Placement) -> None:
    def act() -> None:
        placement = session.get_one(Placement, asked.id)
        placement.status = PlacementStatus.ACCEPTED
        placement.supervisor = placement.unit.contacts[0]
        agreement = agreements.draft(session, placement, today=now().date())
        agreements.write(agreement, sections={6: "Samtaler med brugere"})
        session.flush()
        printing.agreements.send(session, agreement.current, now=now())

    do(session, act)


@pytest.mark.without_htmx
def test_accept_and_name_the_supervisor(walk: Walk, asked: Placement, session: Session, site: str) -> None:
    propose(session, asked)
    walk.from_the_mail()
    walk.page.get_by_label("Praktikvejleder (valgfrit)", exact=True).select_option("Vita Vejleder")
    walk.press("Sig ja til pladsen")
    expect(walk.page.get_by_role("heading", name="Tak, I har sagt ja")).to_be_visible()
    assert len(walk.pages) == 2
    assert walk.pages[1] == f"{site}/placements/{asked.id}"
    session.rollback()
    assert session.get_one(Placement, asked.id).supervisor is not None


@pytest.mark.without_htmx
def test_sign_the_agreement(walk: Walk, asked: Placement, session: Session, site: str) -> None:
    send_agreement(session, asked)
    walk.from_the_mail()
    walk.page.get_by_label("Jeg har læst aftalen og er enig").check()
    walk.press("Underskriv aftalen")
    expect(walk.page.get_by_text("Tak. Din underskrift er gemt.")).to_be_visible()
    assert_no_sideways_scroll(walk.page)
    assert len(walk.pages) == 2
    assert walk.pages[1] == f"{site}/placements/{asked.id}/agreement"
    session.rollback()
    agreement = agreements.of_placement(db.session(), asked.id)
    assert agreement is not None
    (given,) = agreement.current.signatures
    assert (given.name, given.method) == (walk.host.name, SignatureMethod.CODE)


@pytest.mark.without_htmx
def test_the_link_in_the_mail_works_again_and_its_code_only_once(
    walk: Walk, asked: Placement, session: Session
) -> None:
    """A task link gives no right by itself: opened again, it asks for a new code with one press."""
    send_agreement(session, asked)
    link = walk.post.link_to(walk.host.email)
    walk.page.goto(link)
    walk.press("Send mig en kode")
    code = walk.post.code_to(walk.host.email)
    walk.page.get_by_label("Kode").fill(code)
    walk.press("Åbn opgaven")
    expect(walk.page.get_by_role("button", name="Underskriv aftalen")).to_be_visible()
    walk.page.context.clear_cookies()
    walk.page.goto(link)
    walk.press("Send mig en kode")
    walk.page.get_by_label("Kode").fill(walk.post.code_to(walk.host.email))
    walk.press("Åbn opgaven")
    expect(walk.page.get_by_role("button", name="Underskriv aftalen")).to_be_visible()
