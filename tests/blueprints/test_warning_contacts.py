"""Row 25: whom else we may write to, and what they get to know."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.clock import now
from placements.db import writing
from placements.domain import warning_contacts
from placements.mail import deliver_waiting
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.mails import OutgoingMail
from placements.models.programmes import Programme
from placements.models.users import User
from placements.models.warning_contacts import WarningContact
from tests.conftest import Client
from tests.factories import Factory
from tests.mailbox import Mailbox

IDA = {"name": "Ida Kjær", "email": "Ida@example.org", "agreed": "y"}


@pytest.fixture
def programme(make: Factory) -> Programme:
    return make.programme(name="HEMMELIG UDDANNELSE")


@pytest.fixture
def person(make: Factory, cohort: Cohort) -> Enrolment:
    return make.enrolment(cohort, make.grant(make.user("Stine Holm"), "student"))


@pytest.fixture
def student(as_user: Callable[[User], Client], person: Enrolment) -> Client:
    return as_user(person.user)


def named(session: Session) -> list[tuple[str, str]]:
    return [
        (contact.name, contact.email)
        for contact in session.scalars(select(WarningContact).order_by(WarningContact.id))
    ]


def test_participant_names_somebody_and_another_and_deletes_it(
    session: Session, student: Client, person: Enrolment
) -> None:
    here = f"/my/warning-contact/{person.id}"
    assert here in student.get(f"/enrolments/{person.id}/completion").text
    assert student.post(here, data=IDA).status_code == 303
    assert named(session) == [("Ida Kjær", "ida@example.org")]
    other = IDA | {"name": "Bo Kjær", "version": 1}
    assert student.post(here, data=other).status_code == 303
    assert student.post(here, data=other).status_code == 409
    assert named(session) == [("Bo Kjær", "ida@example.org")]
    assert student.post(f"{here}/delete").status_code == 303
    assert named(session) == []


def test_without_a_yes_nobody_is_named(session: Session, student: Client, person: Enrolment) -> None:
    answer = student.post(f"/my/warning-contact/{person.id}", data=IDA | {"agreed": ""})
    assert (answer.status_code, named(session)) == (422, [])
    assert "Sæt kryds, hvis vi må skrive til personen." in answer.text


def test_mail_says_a_first_name_and_nothing_else(
    make: Factory, session: Session, mailbox: Mailbox, person: Enrolment
) -> None:
    """No health word, no programme, no link; the address is forgotten when it is sent."""
    make.keep(
        WarningContact(
            enrolment_id=person.id, name="Ida Kjær", email="ida@example.org", consented_on=now().date()
        )
    )
    with writing():
        warning_contacts.tell(session, [person], now=now())
        session.commit()
    assert deliver_waiting() == 1
    mail = mailbox.newest()
    assert (mail["To"], mail["Subject"]) == ("ida@example.org", "Stine vil gerne høre fra dig")
    whole = mailbox.part() + mailbox.part("html")
    assert "Hej Ida Kjær" in whole
    for word in ("HEMMELIG", "Holm", "http", "fremmøde", "uddannelse", str(person.user.email)):
        assert word not in whole
    session.expire_all()
    assert session.scalars(select(OutgoingMail)).one().secrets == {}


@pytest.mark.usefixtures("with_csrf")
def test_without_a_token_nothing_is_saved(session: Session, student: Client, person: Enrolment) -> None:
    assert student.post(f"/my/warning-contact/{person.id}", data=IDA).status_code == 400
    assert named(session) == []
