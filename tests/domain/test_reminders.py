"""A reminder carries the link, and never comes more than once a day for each person and task."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.db import db
from placements.domain import reminders
from placements.domain.rules import RuleBroken
from placements.models.mails import OutgoingMail
from placements.models.users import User
from tests.domain.test_sign_ins import at_once
from tests.factories import Factory

NOW = datetime(2025, 2, 3, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
PATH = "/placements/7/agreement"


@pytest.fixture
def vera(make: Factory) -> User:
    return make.user("Vera Vært")


def remind(session: Session, *people: User, path: str = PATH, now: datetime = NOW) -> list[User]:
    return reminders.remind_all(session, people, "remind_sign", path, now)


def test_remind_asks_for_a_mail_with_the_link(session: Session, vera: User) -> None:
    reminders.remind(session, vera, "remind_sign", PATH, NOW)
    session.flush()
    mail = session.scalars(select(OutgoingMail)).one()
    assert (mail.user_id, mail.message, mail.path, mail.created_at) == (vera.id, "remind_sign", PATH, NOW)
    assert reminders.last_sent(session, PATH) == NOW


def test_remind_again_within_a_day_says_when_it_can_be_sent(session: Session, vera: User) -> None:
    remind(session, vera)
    for later in (NOW, NOW + reminders.PAUSE - SECOND):
        with pytest.raises(reminders.TooSoon) as refused:
            remind(session, vera, now=later)
        assert refused.value.sentence == (
            "Vera Vært fik en mail 3. februar 2025 kl. 10.00. "
            "Du kan sende en påmindelse igen fra 4. februar 2025 kl. 10.00."
        )
    assert remind(session, vera, now=NOW + reminders.PAUSE) == [vera]


def test_each_person_and_each_task_has_a_day_of_its_own(session: Session, make: Factory, vera: User) -> None:
    uffe = make.user("Uffe")
    remind(session, vera)
    assert remind(session, vera, uffe) == [uffe]
    assert remind(session, vera, path="/placements/8/agreement") == [vera]


def test_remind_nobody_says_what_to_do(session: Session) -> None:
    with pytest.raises(RuleBroken, match="Invitér først"):
        remind(session)


def test_remind_four_at_once_sends_one(app: Flask, session: Session, vera: User) -> None:
    vera_id = vera.id
    session.rollback()

    def press() -> object:
        person = db.session().get_one(User, vera_id)
        return reminders.remind(db.session(), person, "remind_sign", PATH, NOW)

    assert at_once(app, 4, press) == ["TooSoon"] * 3 + ["done"]
    assert len(session.scalars(select(OutgoingMail)).all()) == 1
