"""A student says yes or no to a seat: who is asked, what a no frees, and what signing means."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.db import writing
from placements.domain import agreements, offers, placements, student_answer_states, student_answers, workday
from placements.domain.actors import Actor
from placements.domain.rules import RuleBroken
from placements.models.agreements import Agreement, AgreementSignature, Party
from placements.models.documents import Document, DocumentKind
from placements.models.mails import OutgoingMail
from placements.models.offers import Offer
from placements.models.placements import Placement, PlacementStatus
from placements.models.student_answers import Answer, DeclineReason
from tests.factories import Factory, actor_for

NOW = datetime(2025, 2, 3, 9, tzinfo=UTC)
TODAY = date(2025, 2, 3)
S = PlacementStatus


class Scene:
    def __init__(self, make: Factory, **values: object) -> None:
        cohort = make.cohort()
        self.unit = make.unit("Team Nord")
        self.offer: Offer = make.offer(self.unit, cohort, seats=1, status="closed")
        values = {"status": "accepted", "offer_id": self.offer.id} | values
        self.placement: Placement = make.placement(cohort=cohort, unit=self.unit, **values)
        self.student = actor_for(self.placement.enrolment.user)
        self.karen = make.coordinator(cohort.programme)
        self.coordinator = actor_for(self.karen)
        self.host = make.host(self.unit)

    def answer(self, session: Session) -> tuple[Answer, int] | None:
        kept = student_answer_states.of_placement(session, self.placement.id)
        return (kept.answer, kept.answered_by_id) if kept else None


@pytest.fixture
def scene(make: Factory) -> Scene:
    return Scene(make)


def sent(make: Factory, scene: Scene) -> Agreement:
    """An agreement that waits for signatures, printed as it was sent."""
    printed = make.keep(
        Document(
            kind=DocumentKind.AGREEMENT,
            number="1",
            filename="a.pdf",
            sha256="",
            template_version="1",
            printed={},
            created_at=NOW,
            content=b"%PDF-1.7",
        )
    )
    agreement = make.agreement(scene.placement, status="awaiting_signatures", sent_at=NOW)
    agreement.current.offered = printed
    return make.keep(agreement)


def refusal(call: Callable[[], object]) -> str:
    with pytest.raises(RuleBroken) as refused:
        call()
    return refused.value.sentence


def test_yes_is_kept_with_who_wrote_it(scene: Scene, session: Session) -> None:
    with writing():
        student_answers.say_yes(session, scene.placement, scene.coordinator, now=NOW)
        session.commit()
    assert scene.answer(session) == (Answer.YES, scene.coordinator.id)
    assert scene.placement.status is S.ACCEPTED
    again = refusal(lambda: student_answers.say_yes(session, scene.placement, scene.student, now=NOW))
    assert again == "Der er allerede sagt ja til pladsen."


def test_no_frees_the_seat_and_tells_host_and_coordinator(scene: Scene, session: Session) -> None:
    with writing():
        student_answers.say_no(
            session, scene.placement, scene.student, reason=DeclineReason.DISTANCE, now=NOW
        )
        session.commit()
    assert scene.placement.status is S.CANCELLED
    assert scene.placement.reason == "Den studerende sagde nej tak: Der er for langt"
    assert offers.is_open(scene.offer)
    assert offers.open_seats(session, [scene.offer.id]) == {scene.offer.id: 1}
    told = {(mail.user_id, mail.message, mail.path) for mail in session.scalars(select(OutgoingMail))}
    assert told == {
        (scene.host.id, "practicum_news", "/host"),
        (scene.karen.id, "practicum_news", f"/placements/{scene.placement.id}"),
    }


def test_no_after_a_yes_is_still_possible_until_signed(scene: Scene, session: Session, make: Factory) -> None:
    student_answers.say_yes(session, scene.placement, scene.student, now=NOW)
    agreement = sent(make, scene)
    assert student_answers.may_answer(session, scene.placement)
    with writing():
        agreements.sign(session, agreement.current, scene.student, read=1, now=NOW)
        session.commit()
    assert not student_answers.may_answer(session, scene.placement)
    sentence = refusal(
        lambda: student_answers.say_no(session, scene.placement, scene.student, reason=None, now=NOW)
    )
    assert sentence.startswith("Aftalen er allerede underskrevet.")
    assert scene.placement.status is S.ACCEPTED


def test_signing_is_a_yes_for_the_student_alone(scene: Scene, session: Session, make: Factory) -> None:
    agreement = sent(make, scene)
    with writing():
        agreements.sign(session, agreement.current, scene.coordinator, read=1, now=NOW)
        assert scene.answer(session) is None
        agreements.sign(session, agreement.current, scene.student, read=1, now=NOW)
        session.commit()
    assert scene.answer(session) == (Answer.YES, scene.student.id)


@pytest.mark.parametrize("status", [s for s in S if s is not S.ACCEPTED])
def test_answer_in_any_other_state_is_refused(make: Factory, session: Session, status: S) -> None:
    scene = Scene(make, status=status)
    refusal(lambda: student_answers.say_yes(session, scene.placement, scene.student, now=NOW))
    refusal(lambda: student_answers.say_no(session, scene.placement, scene.student, reason=None, now=NOW))
    assert (scene.answer(session), scene.placement.status) == (None, status)


def test_another_unit_is_another_question(scene: Scene, session: Session, make: Factory) -> None:
    student_answers.say_yes(session, scene.placement, scene.student, now=NOW)
    other = make.unit("Team Syd")
    with writing():
        placements.edit(
            session,
            scene.placement,
            unit_id=other.id,
            supervisor_id=None,
            starts_on=scene.placement.starts_on,
            ends_on=scene.placement.ends_on,
            weekly_minutes=360,
            today=TODAY,
            now=NOW,
        )
        session.commit()
    assert scene.answer(session) is None


def test_checklist_asks_for_the_students_yes(scene: Scene, session: Session, make: Factory) -> None:
    def missing() -> bool:
        checks = placements.checks_for_agreement(session, scene.placement)
        return [check.met for check in checks if check.key == "student"] == [False]

    assert missing()
    agreement = sent(make, scene)
    agreement.current.signatures.append(
        AgreementSignature(party=Party.STUDENT, user_id=scene.student.id or 0, name="A", signed_at=NOW)
    )
    make.keep(agreement)
    assert not missing()


def test_task_waits_for_the_student_until_answered(scene: Scene, session: Session, make: Factory) -> None:
    make.placement(cohort=scene.placement.cohort, unit=scene.unit, status="accepted")

    def tasks(actor: Actor) -> list[str]:
        return [task.text for task in student_answers.waiting(session, actor, TODAY)]

    assert tasks(scene.student) == ["Vil du have pladsen hos Team Nord?"]
    assert tasks(actor_for(scene.host)) == []
    student_answers.say_yes(session, scene.placement, scene.student, now=NOW)
    assert tasks(scene.student) == []


def test_tile_holds_those_who_said_no_until_they_are_placed(
    scene: Scene, session: Session, make: Factory
) -> None:
    def tile(actor: Actor) -> tuple[int, list[str]]:
        groups = {g.key: g for g in workday.of_staff(session, actor, today=TODAY)}
        return groups["turned-down"].number, [task.href for task in groups["turned-down"].tasks]

    assert tile(scene.coordinator) == (0, [])
    with writing():
        student_answers.say_no(session, scene.placement, scene.student, reason=None, now=NOW)
        session.commit()
    assert tile(scene.coordinator) == (1, [f"/placements/{scene.placement.id}"])
    assert tile(actor_for(make.coordinator(make.programme()))) == (0, [])
    make.placement(enrolment=scene.placement.enrolment, cohort=scene.placement.cohort, unit=make.unit())
    assert tile(scene.coordinator) == (0, [])
