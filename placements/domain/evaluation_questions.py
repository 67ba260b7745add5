"""What an evaluation asks (H-21, V-14): the two fixed measures, and a programme's own questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from placements.domain.actors import Actor
from placements.domain.rules import RuleBroken
from placements.i18n import Text, _
from placements.models.evaluations import EvaluationItem, EvaluationQuestion, Measure, Moment, QuestionKind
from placements.models.programmes import Programme

SCALE = (1, 2, 3, 4, 5)
YES, NO = 1, 0
MOST_QUESTIONS = 10
MOST_OPTIONS = 8
LONGEST_TEXT = 200


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody is asked, and what they can answer: value to text."""

    kind: QuestionKind
    text: str
    options: tuple[str, ...] = ()
    measure: Measure | None = None


FIXED: dict[Moment, tuple[Question, ...]] = {
    Moment.BEFORE: (
        Question(QuestionKind.YES_NO, _("Er du selvforsørgende i dag?"), (), Measure.SELF_SUPPORTING),
    ),
    Moment.AFTER: (
        Question(QuestionKind.YES_NO, _("Er du selvforsørgende i dag?"), (), Measure.SELF_SUPPORTING),
        Question(
            QuestionKind.YES_NO,
            _("Har uddannelsen bidraget positivt til dit liv?"),
            (),
            Measure.CONTRIBUTED,
        ),
    ),
}


# Visibility


def visible_to(actor: Actor) -> Select[EvaluationQuestion]:
    """Questions of programmes that the person coordinates."""
    return select(EvaluationQuestion).where(EvaluationQuestion.programme_id.in_(actor.programme_ids))


# Questions


def of_programme(
    session: Session, programme: Programme, moment: Moment | None = None
) -> Sequence[EvaluationQuestion]:
    query = select(EvaluationQuestion).where(EvaluationQuestion.programme_id == programme.id)
    if moment is not None:
        query = query.where(EvaluationQuestion.moment == moment)
    return session.scalars(query.order_by(EvaluationQuestion.moment.desc(), EvaluationQuestion.id)).all()


def asked(session: Session, programme: Programme, moment: Moment) -> list[Question]:
    """All that an evaluation sent now would ask."""
    own = of_programme(session, programme, moment)
    return [*FIXED[moment], *(Question(one.kind, one.text, tuple(one.options)) for one in own)]


def text_of(item: EvaluationItem) -> Text | str:
    """A measure in the reader's language; a programme's own question as it was written."""
    texts = {one.measure: one.text for one in FIXED[Moment.AFTER]}
    return texts[item.measure] if item.measure else item.text


def answers_to(question: Question | EvaluationItem | EvaluationQuestion) -> dict[int, Text | str]:
    """What can be answered, in the order shown."""
    if question.kind is QuestionKind.YES_NO:
        return {YES: _("Ja"), NO: _("Nej")}
    if question.kind is QuestionKind.SCALE:
        ends: dict[int, Text | str] = {1: _("1, slet ikke"), 5: _("5, i høj grad")}
        return {value: ends.get(value, str(value)) for value in SCALE}
    return dict(enumerate(question.options))


# Actions


def add(
    session: Session,
    programme: Programme,
    *,
    moment: Moment,
    kind: QuestionKind,
    text: str,
    options: Sequence[str],
) -> EvaluationQuestion:
    if len(of_programme(session, programme, moment)) >= MOST_QUESTIONS:
        raise RuleBroken(
            _("Der er plads til %(most)s egne spørgsmål. Fjern et først.", most=MOST_QUESTIONS), field="text"
        )
    question = EvaluationQuestion(programme_id=programme.id, moment=moment)
    edit(question, kind=kind, text=text, options=options)
    session.add(question)
    return question


def edit(question: EvaluationQuestion, *, kind: QuestionKind, text: str, options: Sequence[str]) -> None:
    """For what is sent from now on; evaluations that have been sent keep their own words."""
    if not text.strip() or len(text) > LONGEST_TEXT:
        raise RuleBroken(
            _("Skriv spørgsmålet med højst %(longest)s tegn.", longest=LONGEST_TEXT), field="text"
        )
    chosen = list(dict.fromkeys(options)) if kind is QuestionKind.CHOICE else []
    if kind is QuestionKind.CHOICE and not 2 <= len(chosen) <= MOST_OPTIONS:
        raise RuleBroken(
            _("Skriv fra 2 til %(most)s svar, ét på hver linje.", most=MOST_OPTIONS), field="options"
        )
    question.kind, question.text, question.options = kind, text.strip(), chosen


def remove(session: Session, question: EvaluationQuestion) -> None:
    session.delete(question)
