"""Who sees whom, who holds which role, and inviting."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.domain import history, users
from placements.domain.rules import RuleBroken
from placements.models.mails import OutgoingMail
from placements.models.users import Role, User
from tests.factories import Factory, actor_for

NOW = datetime(2025, 2, 3, 9, 0, tzinfo=UTC)


def seen_by(session: Session, user: User) -> set[int]:
    return {found.id for found in session.scalars(users.visible_to(actor_for(user)))}


def test_visible_to_each_role(make: Factory, session: Session) -> None:
    ours, theirs = make.programme("viborg"), make.programme("hovedstaden")
    admin, coordinator, other = make.admin(), make.coordinator(ours), make.coordinator(theirs)
    teacher, host = make.teacher(ours), make.host(make.unit())
    student = make.enrolment(make.cohort(ours)).user
    stranger = make.enrolment(make.cohort(theirs)).user
    everybody = {admin, coordinator, other, teacher, host, student, stranger}

    assert seen_by(session, admin) == {user.id for user in everybody}
    assert seen_by(session, coordinator) == {user.id for user in (coordinator, teacher, host, student)}
    assert seen_by(session, other) == {user.id for user in (other, host, stranger)}
    for user in (teacher, host, student):
        assert seen_by(session, user) == {user.id}


def test_hosts_of_a_unit(make: Factory, session: Session) -> None:
    unit, elsewhere = make.unit(), make.unit()
    vera, adam = make.host(unit), make.grant(make.user("Adam"), "host", unit=unit)
    make.host(elsewhere)
    make.host(unit, active=False)
    assert users.hosts_of(session, unit.id) == [adam, vera]


def test_coordinators_of_a_programme(make: Factory, session: Session) -> None:
    programme = make.programme()
    karen = make.coordinator(programme)
    make.teacher(programme)
    make.coordinator(make.programme("hovedstaden"))
    assert users.coordinators_of(session, programme.id) == [karen]


def test_invite_somebody_new(make: Factory, session: Session) -> None:
    unit = make.unit()
    user = users.invite(session, " Vera@Example.ORG ", name="Vera  Vært ", role=Role.HOST, unit=unit, now=NOW)
    session.commit()
    assert (user.email, user.name, user.active) == ("vera@example.org", "Vera Vært", True)
    assert [(grant.role, grant.unit_id, grant.programme_id) for grant in user.grants] == [
        (Role.HOST, unit.id, None)
    ]
    mail = session.scalars(select(OutgoingMail)).one()
    assert (mail.user_id, mail.message, mail.path) == (user.id, "invitation", "/")
    assert {entry.event.table_name for entry in history.of(session, user)} == {"app_user", "role_grant"}


def test_invite_somebody_known_adds_the_role(make: Factory, session: Session) -> None:
    programme = make.programme()
    karen = make.coordinator(programme, email="karen@example.org")
    for _ in range(2):
        user = users.invite(
            session, karen.email, name="Another", role=Role.TEACHER, programme=programme, now=NOW
        )
        session.commit()
        assert user.id == karen.id
    assert user.name == "Karen Koordinator"
    assert sorted(grant.role for grant in user.grants) == [Role.COORDINATOR, Role.TEACHER]


def test_invite_the_same_role_elsewhere(make: Factory, session: Session) -> None:
    karen = make.coordinator(make.programme(), email="karen@example.org")
    other = make.programme("hovedstaden")
    user = users.invite(session, karen.email, name="", role=Role.COORDINATOR, programme=other, now=NOW)
    assert len(user.grants) == 2


def test_invite_somebody_deactivated(make: Factory, session: Session) -> None:
    make.user(email="gone@example.org", active=False)
    with pytest.raises(RuleBroken, match="lukket") as refused:
        users.invite(session, "gone@example.org", name="Gone", role=Role.ADMIN, now=NOW)
    assert refused.value.field == "email"


@pytest.mark.parametrize(
    "email",
    [
        "",
        "anne",
        "anne@",
        "anne@example",
        "a@example.org, b@example.org",
        "a@example.org\r\nBcc: b@example.org",
    ],
)
def test_invite_what_is_no_address(session: Session, email: str) -> None:
    with pytest.raises(RuleBroken, match="ser ikke rigtig ud"):
        users.invite(session, email, name="Anne", role=Role.ADMIN, now=NOW)


def test_invite_without_a_name(session: Session) -> None:
    with pytest.raises(RuleBroken, match="navnet") as refused:
        users.invite(session, "anne@example.org", name="  ", role=Role.ADMIN, now=NOW)
    assert refused.value.field == "name"


@pytest.mark.parametrize("role", list(Role))
def test_invite_needs_the_right_place(make: Factory, session: Session, role: Role) -> None:
    programme, unit = make.programme(), make.unit()
    accepted = []
    for place in ({}, {"programme": programme}, {"unit": unit}):
        try:
            users.invite(session, "anne@example.org", name="Anne", role=role, now=NOW, **place)  # type: ignore[arg-type]
        except RuleBroken:
            continue
        accepted.append(*place or ["nowhere"])
    expected = {Role.COORDINATOR: "programme", Role.TEACHER: "programme", Role.HOST: "unit"}
    assert accepted == [expected.get(role, "nowhere")]
