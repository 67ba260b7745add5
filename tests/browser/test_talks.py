"""A host on a phone, without JavaScript, holds the mid-way talk from the mail; the student does not agree."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.clock import now
from placements.db import writing
from placements.domain import talks
from placements.mail import deliver_waiting
from placements.models.placements import Placement
from placements.models.programmes import OutcomeGroup
from placements.models.talks import Progress, Talk, TalkKind, TalkStatus
from placements.models.users import User
from tests.browser.guards import PHONE, assert_no_sideways_scroll
from tests.browser.post import Post
from tests.factories import Factory
from tests.mailbox import Mailbox

GROUPS = ("Peer-faglighed", "Samarbejde", "Egen recovery")


@pytest.fixture
def running(make: Factory) -> Placement:
    today = now().date()
    placed = make.placement(
        status="active", starts_on=today - timedelta(days=50), ends_on=today + timedelta(days=40)
    )
    placed.cohort.programme.outcomes = [
        OutcomeGroup(position=place, title=title, points=[]) for place, title in enumerate(GROUPS, 1)
    ]
    make.coordinator(placed.cohort.programme)
    make.grant(placed.enrolment.user, "student")
    return placed


@pytest.fixture
def phone(new_context: Callable[..., BrowserContext]) -> Callable[[], Page]:
    def fresh() -> Page:
        page = new_context(java_script_enabled=False).new_page()
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        return page

    return fresh


def from_the_mail(page: Page, post: Post, person: User) -> None:
    page.goto(post.link_to(person.email))
    press(page, "Send mig en kode")
    page.get_by_label("Kode").fill(post.code_to(person.email))
    press(page, "Åbn opgaven")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    assert_no_sideways_scroll(page)


@pytest.mark.without_htmx
def test_host_shares_in_two_pages_and_the_student_disagrees(
    running: Placement,
    make: Factory,
    mailbox: Mailbox,
    phone: Callable[[], Page],
    session: Session,
    site: str,
) -> None:
    host, student, post = make.host(running.unit), running.enrolment.user, Post(mailbox)
    here = f"{site}/placements/{running.id}/talks/midway"
    with writing():
        session.rollback()
        placed = session.get_one(Placement, running.id)
        day = now().date()
        talks.plan(session, placed, TalkKind.MIDWAY, held_on=day, version=0, now=now())
        session.commit()
    deliver_waiting()

    page = phone()
    from_the_mail(page, post, host)
    assert page.url == here
    page.get_by_label("Hvad går godt?").fill("Samtalerne med borgerne")
    page.get_by_label("Hvad har I aftalt at gøre nu?").fill("En gruppe i marts")
    press(page, "Gem, og gå videre")
    assert page.url == f"{here}/share"
    for title in GROUPS:
        page.get_by_role("group", name=title).get_by_label("Når det", exact=True).check()
    press(page, "Skriv under, og del")
    expect(page.get_by_text("Tak. Samtalen er delt")).to_be_visible()

    theirs = phone()
    from_the_mail(theirs, post, student)
    assert theirs.url == here
    expect(theirs.get_by_text("Samtalerne med borgerne")).to_be_visible()
    theirs.get_by_label("Dine egne ord").fill("Jeg har også holdt en gruppe")
    theirs.get_by_label("Nej, jeg ser anderledes på noget").check()
    press(theirs, "Skriv under, og send svaret")
    expect(theirs.get_by_text("Jeg har også holdt en gruppe")).to_be_visible()

    session.rollback()
    talk = session.scalars(select(Talk)).one()
    assert (talk.status, talk.shared_by_name, talk.answered_by_name) == (
        TalkStatus.DISAGREED,
        host.name,
        student.name,
    )
    assert [mark.progress for mark in talk.marks] == [Progress.REACHES] * 3
