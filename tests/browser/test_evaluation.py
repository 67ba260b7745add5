"""Somebody answers an evaluation from the mail: no sign-in, no scripts, the narrowest phone (H-21, V-14)."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.clock import now
from placements.db import writing
from placements.domain import evaluations
from placements.mail import deliver_waiting
from placements.models.evaluations import EvaluationInvitation, EvaluationTally, Moment
from tests.browser.guards import NARROWEST, assert_no_sideways_scroll
from tests.browser.post import Post
from tests.factories import Factory
from tests.mailbox import Mailbox


@pytest.mark.expects_status(422)
def test_evaluation_is_answered_by_link_without_sign_in_and_scripts(
    make: Factory, session: Session, page_without_js: Page, mailbox: Mailbox
) -> None:
    cohort = make.cohort()
    make.question(cohort.programme, text="Hvor meget har du brugt det, du lærte?")
    person = make.enrolment(cohort).user
    with writing():
        evaluations.send(session, cohort, Moment.AFTER, now=now())
        session.commit()
    deliver_waiting()
    page = page_without_js
    page.set_viewport_size(NARROWEST)  # type: ignore[arg-type]
    page.goto(Post(mailbox).link_to(person.email))
    assert_no_sideways_scroll(page)
    page.get_by_role("button", name="Send svarene").click()
    expect(page.get_by_text("Svar på mindst ét spørgsmål.")).to_be_visible()
    page.get_by_role("group", name="Er du selvforsørgende i dag?").get_by_label("Nej").check()
    page.get_by_role("group", name=re.compile("Hvor meget")).get_by_label("4", exact=True).check()
    page.get_by_role("button", name="Send svarene").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tak for dine svar")
    assert_no_sideways_scroll(page)
    session.rollback()
    assert session.scalars(select(EvaluationInvitation)).one().answered
    numbers = session.scalars(select(EvaluationTally).order_by(EvaluationTally.id)).all()
    assert [tally.number for tally in numbers] == [0, 1, 0, 0, 0, 0, 0, 1, 0]
