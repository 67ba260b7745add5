"""A host says yes and names the supervisor on one form; the coordinator reminds who has not answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.clock import now
from placements.domain import outbox
from placements.models.hosts import Contact
from placements.models.mails import OutgoingMail
from placements.models.placements import Placement, PlacementStatus
from placements.models.users import User
from tests.conftest import Client
from tests.factories import Factory

As = Callable[[User], Client]


class Asked:
    def __init__(self, make: Factory, as_user: As) -> None:
        self.make, self.unit = make, make.unit("Afsnit P4")
        self.vita = make.contact(self.unit, "Vita Vejleder")
        self.placement: Placement = make.placement(unit=self.unit, status="proposed")
        self.path = f"/placements/{self.placement.id}"
        self.vera = make.host(self.unit)
        self.host = as_user(self.vera)
        self.coordinator = as_user(make.coordinator(self.placement.cohort.programme))

    def accept(self, **values: object) -> int:
        answer = self.host.post(f"{self.path}/accept", data={"version": self.placement.version} | values)
        return int(answer.status_code)


@pytest.fixture
def asked(make: Factory, as_user: As) -> Asked:
    return Asked(make, as_user)


def test_accept_and_name_the_supervisor_in_one_step(asked: Asked, session: Session) -> None:
    assert "Vita Vejleder" in asked.host.get(asked.path).text
    assert asked.accept(supervisor_id=asked.vita.id) == 303
    placement = session.get_one(Placement, asked.placement.id)
    assert (placement.status, placement.supervisor_id) == (PlacementStatus.ACCEPTED, asked.vita.id)


@pytest.mark.parametrize("chosen", ["new", ""])
def test_accept_with_somebody_new(asked: Asked, session: Session, chosen: str) -> None:
    assert asked.accept(supervisor_id=chosen, new_name=" Nina  Ny ") == 303
    placement = session.get_one(Placement, asked.placement.id)
    assert placement.supervisor is not None
    assert (placement.supervisor.name, placement.supervisor.is_supervisor) == ("Nina Ny", True)


def test_accept_and_choose_later(asked: Asked, session: Session) -> None:
    assert asked.accept() == 303
    assert session.get_one(Placement, asked.placement.id).supervisor_id is None


def test_accept_with_somebody_new_without_a_name_is_refused(asked: Asked, session: Session) -> None:
    answer = asked.host.post(f"{asked.path}/accept", data={"version": 1, "supervisor_id": "new"})
    assert answer.status_code == 422
    assert "Skriv navnet på praktikvejlederen." in answer.text
    assert session.get_one(Placement, asked.placement.id).status is PlacementStatus.PROPOSED


def test_accept_with_somebody_of_another_unit_is_refused(asked: Asked, session: Session) -> None:
    stranger = asked.make.contact(asked.make.unit("Andetsteds"), "Fremmed")
    assert asked.accept(supervisor_id=stranger.id) == 422
    assert session.get_one(Placement, asked.placement.id).status is PlacementStatus.PROPOSED
    assert session.scalars(select(Contact.name).where(Contact.unit_id == asked.unit.id)).all() == [
        "Vita Vejleder"
    ]


def test_remind_who_has_not_answered(asked: Asked, session: Session) -> None:
    day_before = now() - timedelta(hours=25)
    outbox.notify(session, asked.vera, "task_accept", path=asked.path, now=day_before)
    session.commit()
    assert "Praktikstedet fik sidst en mail" in asked.coordinator.get(asked.path).text
    assert asked.coordinator.post(f"{asked.path}/remind").status_code == 303
    mail = session.scalars(select(OutgoingMail).order_by(OutgoingMail.id.desc())).first()
    assert mail is not None
    assert (mail.message, mail.user_id, mail.path) == ("remind_accept", asked.vera.id, asked.path)
    again = asked.coordinator.post(f"{asked.path}/remind")
    assert again.status_code == 422
    assert "Vera Vært fik en mail" in again.text


def test_remind_who_has_answered_is_refused(asked: Asked) -> None:
    asked.accept()
    assert asked.coordinator.post(f"{asked.path}/remind").status_code == 422
    assert "Send en påmindelse" not in asked.coordinator.get(asked.path).text
