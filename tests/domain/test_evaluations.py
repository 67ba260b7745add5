"""An evaluation is sent, answered once by link, reminded of and closed; no answer is kept (H-21, V-14)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.db import db
from placements.domain import evaluation_answers, evaluation_links, evaluation_questions, evaluations
from placements.domain.reminders import TooSoon
from placements.models.cohorts import Cohort
from placements.models.evaluations import (
    Evaluation,
    EvaluationInvitation,
    EvaluationTally,
    Moment,
    QuestionKind,
)
from placements.models.mails import OutgoingMail
from placements.models.programmes import Programme
from tests.domain.saving import refusal, save
from tests.factories import MOMENT, Factory
from tests.snapshots import read_tables

DAY = timedelta(days=1)


def sent_to(session: Session) -> list[tuple[str, str]]:
    session.rollback()
    mails = session.scalars(select(OutgoingMail).order_by(OutgoingMail.id))
    return [(mail.user.name, mail.message) for mail in mails]


@pytest.fixture
def evaluation(make: Factory, session: Session, cohort: Cohort) -> Evaluation:
    """Sent to two people, with a scale beside the two fixed measures."""
    make.question(cohort.programme)
    for name in ("Anne", "Bo"):
        make.enrolment(cohort, make.user(name))
    save(session, lambda: evaluations.send(session, cohort, Moment.AFTER, now=MOMENT))
    return session.scalars(select(Evaluation)).one()


def answer(session: Session, invitation: EvaluationInvitation, *values: int | None) -> None:
    chosen = {item.id: value for item, value in zip(invitation.evaluation.items, values, strict=True)}
    save(session, lambda: evaluation_answers.answer(session, invitation, chosen))
    session.expire_all()


def numbers(session: Session) -> list[list[int]]:
    session.rollback()
    items = session.scalars(select(Evaluation)).one().items
    return [[tally.number for tally in item.tallies] for item in items]


# Sending and reminding


@pytest.mark.parametrize(("moment", "asked"), [(Moment.BEFORE, ["Anne"]), (Moment.AFTER, ["Anne", "Bo"])])
def test_send_asks_those_who_take_part_and_afterwards_those_who_completed(
    make: Factory, session: Session, cohort: Cohort, moment: Moment, asked: list[str]
) -> None:
    for name, status in (("Anne", "active"), ("Bo", "completed"), ("Carl", "withdrawn")):
        make.enrolment(cohort, make.user(name), status=status)
    make.enrolment(make.cohort(cohort.programme), make.user("Nabo"))
    number = save(session, lambda: evaluations.send(session, cohort, moment, now=MOMENT))
    assert sent_to(session) == [(name, "evaluation") for name in asked]
    assert number == len(asked)
    refusal(session, lambda: evaluations.send(session, cohort, moment, now=MOMENT))
    make.enrolment(cohort, make.user("Ny"))
    assert save(session, lambda: evaluations.send(session, cohort, moment, now=MOMENT)) == 1


def test_sent_evaluation_keeps_its_questions(
    make: Factory, session: Session, cohort: Cohort, evaluation: Evaluation
) -> None:
    question = evaluation_questions.of_programme(session, cohort.programme)[0]
    save(session, lambda: evaluation_questions.remove(session, question))
    session.expire_all()
    assert [item.text for item in evaluation.items][2:] == ["Hvad fik du ud af det?"]
    assert numbers(session) == [[0, 0], [0, 0], [0, 0, 0, 0, 0]]


def test_remind_reaches_the_silent_once_a_day(
    make: Factory, session: Session, evaluation: Evaluation
) -> None:
    answer(session, evaluation.invitations[0], 1, 1, None)
    soon = refusal(session, lambda: evaluations.remind(session, evaluation, now=MOMENT + DAY / 2))
    assert isinstance(soon, TooSoon)
    assert "Bo" not in soon.sentence
    assert save(session, lambda: evaluations.remind(session, evaluation, now=MOMENT + DAY)) == 1
    assert sent_to(session)[2:] == [("Bo", "evaluation_reminder")]
    answer(session, evaluation.invitations[1], 0, 1, 4)
    refusal(session, lambda: evaluations.remind(session, evaluation, now=MOMENT + 3 * DAY))


# Answering


def test_answer_is_added_up_and_counts_once(session: Session, evaluation: Evaluation) -> None:
    first, other = evaluation.invitations
    answer(session, first, 1, None, 5)
    refusal(session, lambda: evaluation_answers.answer(session, first, {evaluation.items[0].id: 1}))
    refusal(session, lambda: evaluation_answers.answer(session, other, {evaluation.items[0].id: 7}))
    answer(session, other, 0, 1, 5)
    assert numbers(session) == [[1, 1], [0, 1], [0, 0, 0, 0, 2]]


def test_answer_leaves_nothing_that_ties_it_to_the_person(session: Session, evaluation: Evaluation) -> None:
    """Only that they have answered, and sums; no row of its own, no time, no event."""
    before = read_tables()
    answer(session, evaluation.invitations[0], 1, 0, 3)
    after = read_tables()
    assert {name for name in after if after[name] != before[name]} == {
        "evaluation_invitation",
        "evaluation_tally",
    }
    assert [len(after[name]) for name in after] == [len(before[name]) for name in before]
    columns = {column.type.python_type.__name__ for column in EvaluationInvitation.__table__.columns}
    assert columns == {"int", "bool"}
    assert {column.name for column in EvaluationTally.__table__.columns} == {
        "id",
        "item_id",
        "value",
        "number",
    }


def test_answer_writes_every_tally(session: Session, evaluation: Evaluation) -> None:
    """The row that was written last would otherwise tell what the last one chose."""
    statements: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        if statement.startswith("UPDATE evaluation_tally"):
            statements.append((statement, values))

    from sqlalchemy import event

    event.listen(db.engine, "before_cursor_execute", note)
    answer(session, evaluation.invitations[0], 1, None, None)
    event.remove(db.engine, "before_cursor_execute", note)
    tallies = session.scalars(select(EvaluationTally.id)).all()
    (statement,) = statements
    given = statement[1].values() if isinstance(statement[1], dict) else statement[1]
    assert sum(value in set(tallies) for value in given) >= len(tallies)


def test_close_ends_the_answers_for_good(session: Session, cohort: Cohort, evaluation: Evaluation) -> None:
    save(session, lambda: evaluations.close(session, evaluation, now=MOMENT))
    invitation = evaluation.invitations[0]
    chosen = {evaluation.items[0].id: 1}
    refusal(session, lambda: evaluation_answers.answer(session, invitation, chosen))
    refusal(session, lambda: evaluations.close(session, evaluation, now=MOMENT))
    refusal(session, lambda: evaluations.remind(session, evaluation, now=MOMENT + 2 * DAY))
    refusal(session, lambda: evaluations.send(session, cohort, Moment.AFTER, now=MOMENT))


def test_each_mail_has_a_link_of_its_own_and_only_its_digest_is_kept(
    session: Session, evaluation: Evaluation
) -> None:
    invitation = evaluation.invitations[0]
    path = evaluation_links.path_of(invitation)
    links = [save(session, lambda: evaluation_links.link_for(session, path)) for _mail in range(2)]
    tokens = [link.removeprefix("/evaluation/") for link in links]
    assert len(set(tokens)) == 2
    for token in tokens:
        assert evaluation_links.invitation_of(session, token) is invitation
        assert token not in str(read_tables())
    assert evaluation_links.invitation_of(session, str(invitation.id)) is None
    assert evaluation_links.link_for(session, "/my") is None


# The questions


@pytest.mark.parametrize(
    ("kind", "text", "options", "field"),
    [
        (QuestionKind.SCALE, " ", [], "text"),
        (QuestionKind.SCALE, "x" * 201, [], "text"),
        (QuestionKind.CHOICE, "Hvor?", ["Her", "Her"], "options"),
        (QuestionKind.CHOICE, "Hvor?", [str(number) for number in range(9)], "options"),
    ],
)
def test_question_is_refused_at_its_field(
    session: Session, programme: Programme, kind: QuestionKind, text: str, options: list[str], field: str
) -> None:
    values = {"moment": Moment.BEFORE, "kind": kind, "text": text, "options": options}
    refused = refusal(session, lambda: evaluation_questions.add(session, programme, **values))
    assert refused.field == field


def test_evaluation_asks_the_measures_first_and_then_the_programmes_own(
    make: Factory, session: Session, programme: Programme
) -> None:
    """V-14: self-supporting before and after, and afterwards whether it contributed positively."""
    make.question(programme, moment=Moment.BEFORE, kind=QuestionKind.CHOICE, text="Hvor?", options=["A", "B"])
    asked = {moment: evaluation_questions.asked(session, programme, moment) for moment in Moment}
    assert [one.measure for one in asked[Moment.BEFORE]] == ["self_supporting", None]
    assert [one.measure for one in asked[Moment.AFTER]] == ["self_supporting", "contributed"]
    assert evaluation_questions.answers_to(asked[Moment.BEFORE][1]) == {0: "A", 1: "B"}
