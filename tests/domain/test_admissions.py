"""What a peer does at work decides whether they are admitted (H-07, H-08)."""

from __future__ import annotations

from fractions import Fraction

import pytest
from sqlalchemy.orm import Session

from placements.domain import admissions
from placements.domain.actors import Actor
from placements.domain.rules import Stale
from placements.domain.task_shares import Line
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.offer_tasks import TaskKind
from tests.conftest import TODAY
from tests.domain.saving import refusal, save
from tests.factories import MOMENT, Factory


@pytest.fixture
def peer(make: Factory, cohort: Cohort) -> Enrolment:
    return make.peer(cohort, unit_id=make.unit().id)


def missing(session: Session, enrolment: Enrolment) -> list[str]:
    return [check.key for check in admissions.unmet(session, enrolment)]


def lines(peer_percent: int) -> list[Line]:
    return [
        Line("Samtaler", TaskKind.INDIVIDUAL, peer_percent),
        Line("Andet", TaskKind.OTHER, 100 - peer_percent),
    ]


@pytest.mark.parametrize("percent", [66, 67, 90])
def test_admit_needs_two_thirds_peer_tasks(session: Session, peer: Enrolment, percent: int) -> None:
    """H-07: whole percents; 66 is less than two thirds, 67 is more."""
    enough = Fraction(percent, 100) >= Fraction(2, 3)
    save(session, lambda: admissions.set_tasks(session, peer, lines(percent), version=0))
    assert missing(session, peer) == ([] if enough else ["share"])
    if enough:
        assert save(session, lambda: admissions.admit(session, peer, today=TODAY)).admitted_on == TODAY
    else:
        refused = refusal(session, lambda: admissions.admit(session, peer, today=TODAY))
        assert [point.key for point in refused.unmet] == ["share"]


def test_admit_with_a_written_exception_until_the_share_falls(
    session: Session, coordinator: Actor, peer: Enrolment
) -> None:
    """The exception holds for its share and for more, never for less."""
    assert missing(session, peer) == ["tasks", "share"]
    save(session, lambda: admissions.set_tasks(session, peer, lines(60), version=0))
    refusal(session, lambda: admissions.grant_exception(session, peer, coordinator, reason=" ", now=MOMENT))
    save(
        session,
        lambda: admissions.grant_exception(session, peer, coordinator, reason="Nyt team", now=MOMENT),
    )
    admission = save(session, lambda: admissions.admit(session, peer, today=TODAY))
    granted = admission.exceptions[0]
    assert (granted.granted_by_id, granted.peer_percent, granted.reason) == (coordinator.id, 60, "Nyt team")
    version = admission.version
    again = refusal(session, lambda: admissions.set_tasks(session, peer, lines(59), version=version))
    assert again.field == "task_lines"
    save(session, lambda: admissions.set_tasks(session, peer, lines(61), version=version))
    with pytest.raises(Stale):
        admissions.set_tasks(session, peer, lines(70), version=version - 1)


def test_colleague_comes_before_the_peer_but_not_from_another_place(
    make: Factory, session: Session, cohort: Cohort, peer: Enrolment
) -> None:
    """H-04: nothing blocks a colleague without a peer. H-08: one who works elsewhere than the peer waits."""
    colleague = make.colleague(cohort)
    assert missing(session, colleague) == ["workplace"]
    colleague.unit_id = peer.unit_id
    make.keep(colleague)
    assert missing(session, colleague) == []
    make.pair(peer, colleague)
    assert missing(session, colleague) == []
    peer.unit_id = make.unit("Andetsteds").id
    make.keep(peer)
    session.expire_all()
    assert missing(session, colleague) == ["pair"]


def test_waiting_are_those_who_take_part_and_are_not_admitted(
    make: Factory, session: Session, coordinator: Actor, cohort: Cohort, peer: Enrolment
) -> None:
    make.admission(make.peer(cohort, "Olga Optaget"), admitted_on=TODAY)
    make.peer(cohort, "Rie Rejst", status="withdrawn")
    make.peer(make.cohort(), "Nabo")
    make.enrolment(cohort)
    assert [task.text for task in admissions.waiting(session, coordinator).tasks] == ["Pia Peer"]
    waiting = admissions.not_admitted(session, cohort)
    assert [(one.enrolment.user.name, len(one.unmet)) for one in waiting] == [("Pia Peer", 2)]
    student = make.enrolment(cohort)
    refusal(session, lambda: admissions.admit(session, student, today=TODAY))
