"""People at a unit, and who can sign in for it."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.clock import now
from placements.db import writing
from placements.domain import contacts, users
from placements.domain.rules import RuleBroken
from placements.models.hosts import Contact
from placements.models.mails import OutgoingMail
from placements.models.users import Role
from tests.factories import Factory

SAME: dict[str, Any] = {
    "name": "Hanne Host",
    "title": None,
    "email": "hanne@example.org",
    "phone": None,
    "is_host": True,
    "is_supervisor": False,
    "active": True,
}


@pytest.fixture
def hanne(make: Factory) -> Contact:
    return make.contact(
        make.unit(), "Hanne Host", email="hanne@example.org", is_host=True, is_supervisor=False
    )


def invite(session: Session, contact: Contact) -> None:
    with writing():
        contacts.invite(session, contact, now=now())
        session.commit()


def refusal(session: Session, call: Any) -> RuleBroken:
    with pytest.raises(RuleBroken) as refused, writing():
        call()
    session.rollback()
    return refused.value


def test_add_without_a_part_is_refused_at_the_boxes(make: Factory, session: Session) -> None:
    unit = make.unit()
    assert refusal(session, lambda: contacts.add(session, unit, name="Bo")).field == "is_host"
    assert session.scalars(select(Contact)).all() == []


def test_of_unit_has_those_who_left_last(make: Factory, session: Session) -> None:
    unit = make.unit()
    for name, active in (("Anna", False), ("Bo", True), ("Alma", True)):
        make.contact(unit, name, active=active)
    make.contact(make.unit(), "Fremmed")
    assert [contact.name for contact in contacts.of_unit(session, unit.id)] == ["Alma", "Bo", "Anna"]


def test_invite_opens_the_unit_and_asks_for_a_mail(session: Session, hanne: Contact) -> None:
    invite(session, hanne)
    user = hanne.user
    assert user is not None
    assert users.hosts_of(session, hanne.unit_id) == [user]
    assert [(grant.role, grant.unit_id) for grant in user.grants] == [(Role.HOST, hanne.unit_id)]
    assert session.scalars(select(OutgoingMail.message)).all() == ["invitation"]


@pytest.mark.parametrize("lacking", [{"email": None}, {"active": False}, {"is_host": False}])
def test_invite_someone_who_cannot_sign_for_the_unit_is_refused(
    make: Factory, session: Session, lacking: dict[str, Any]
) -> None:
    unit = make.unit()
    contact = make.contact(unit, **({"email": "bo@example.org", "is_host": True} | lacking))
    refusal(session, lambda: contacts.invite(session, contact, now=now()))
    assert users.hosts_of(session, unit.id) == []


@pytest.mark.parametrize("change", [{"active": False}, {"is_host": False, "is_supervisor": True}])
def test_edit_so_that_nobody_is_host_any_more_closes_the_access(
    session: Session, hanne: Contact, change: dict[str, Any]
) -> None:
    invite(session, hanne)
    with writing():
        contacts.edit(session, hanne, **(SAME | change))
        session.commit()
    assert users.hosts_of(session, hanne.unit_id) == []
    assert hanne.user is None


def test_edit_of_other_things_keeps_the_access(session: Session, hanne: Contact) -> None:
    invite(session, hanne)
    with writing():
        contacts.edit(session, hanne, **(SAME | {"phone": "12345678"}))
        session.commit()
    assert users.hosts_of(session, hanne.unit_id) == [hanne.user]


def test_close_access_leaves_other_units_open(make: Factory, session: Session, hanne: Contact) -> None:
    invite(session, hanne)
    user = hanne.user
    assert user is not None
    other = make.unit("Team Syd")
    make.grant(user, "host", unit=other)
    with writing():
        contacts.close_access(session, hanne.unit, user.id)
        session.commit()
    assert users.hosts_of(session, hanne.unit_id) == []
    assert users.hosts_of(session, other.id) == [user]
    assert hanne.user is None


def test_close_access_twice_is_refused(make: Factory, session: Session) -> None:
    unit, stranger = make.unit(), make.user()
    sentence = refusal(session, lambda: contacts.close_access(session, unit, stranger.id)).sentence
    assert sentence == "Adgangen er allerede lukket."
