"""Deciding on applications: one answer for each is prepared, all are read through, and sent in one step."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.domain import (
    application_answers,
    application_decision_texts,
    application_letters,
    application_places,
    application_queue,
    application_reviews,
    cohort_seats,
    personal_numbers,
)
from placements.domain.actors import Actor
from placements.domain.application_places import NOWHERE, Standing
from placements.domain.application_queue import Seats
from placements.domain.application_states import is_decidable
from placements.domain.applications import coordinated_by
from placements.domain.rules import RuleBroken, Stale
from placements.i18n import _
from placements.models.application_decisions import ApplicationDecision, DecisionKind
from placements.models.applications import Application
from placements.models.cohorts import Cohort

LONGEST_REASON = 400


@dataclass(frozen=True, slots=True)
class Choice:
    """What is set for one application; without a kind nothing is. `opened` is `Line.mark` as it was shown."""

    application_id: int
    kind: DecisionKind | None
    opened: str
    place: int | None = None
    reasons: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One application: the answer that is prepared, and the last one that was sent.

    `name` is empty where the review is anonymous to this person, None where it cannot be read.
    """

    application: Application
    name: str | None
    prepared: ApplicationDecision | None
    sent: ApplicationDecision | None
    reasons: str
    standing: Standing
    lacks_review: bool

    @property
    def title(self) -> str:
        return self.name or self.application.reference or ""

    @property
    def mark(self) -> str:
        """Changes with what is prepared."""
        return f"{self.prepared.id}.{self.prepared.version}" if self.prepared else ""

    @property
    def open(self) -> bool:
        return is_decidable(self.application)


@dataclass(frozen=True, slots=True)
class Letter:
    """How a prepared or a sent letter reads."""

    application: Application
    decision: ApplicationDecision
    name: str
    text: str

    @property
    def paragraphs(self) -> list[str]:
        return application_letters.paragraphs(self.text)


# Questions


def lines(session: Session, cohort: Cohort, actor: Actor) -> list[Line]:
    """The cohort's applications in their settled order, those to be decided first, then by name."""
    chosen = coordinated_by(actor).where(Application.cohort_id == cohort.id)
    applications = list(session.scalars(chosen.execution_options(populate_existing=True)))
    prepared, sent = _decisions(session, cohort)
    standings = application_places.standings(session, cohort, {one.id for one in applications})
    reviews, plan = (
        application_reviews.of_cohort(session, cohort),
        application_reviews.plan_of(session, cohort),
    )
    asked = cohort.programme.selection_reviewers is not None and bool(reviews)

    def line(one: Application) -> Line:
        hidden = application_reviews.hides_name(plan, one, reviews.get(one.id, []), actor)
        name = "" if hidden else application_answers.name_of(one)
        ready, standing = prepared.get(one.id), standings.get(one.id, NOWHERE)
        reasons = application_decision_texts.reasons(ready) if ready else ""
        return Line(one, name, ready, sent.get(one.id), reasons, standing, asked and standing.place is None)

    return sorted(map(line, applications), key=_in_turn)


def _in_turn(line: Line) -> tuple[bool, bool, int, str, int]:
    place = line.standing.place
    return not line.open, place is None, place or 0, line.title.casefold(), line.application.id


def _decisions(
    session: Session, cohort: Cohort
) -> tuple[dict[int, ApplicationDecision], dict[int, ApplicationDecision]]:
    """Those prepared, and the last of those sent, by application."""
    query = (
        select(ApplicationDecision)
        .join(ApplicationDecision.application)
        .where(Application.cohort_id == cohort.id)
        .order_by(ApplicationDecision.id)
        .execution_options(populate_existing=True)
    )
    prepared: dict[int, ApplicationDecision] = {}
    sent: dict[int, ApplicationDecision] = {}
    for decision in session.scalars(query):
        (prepared if decision.sent_at is None else sent)[decision.application_id] = decision
    return prepared, sent


def sent_to(session: Session, application: Application) -> ApplicationDecision | None:
    """The answer that the applicant has."""
    return session.scalar(
        select(ApplicationDecision)
        .where(ApplicationDecision.application_id == application.id, ApplicationDecision.sent_at.is_not(None))
        .order_by(ApplicationDecision.id.desc())
        .limit(1)
    )


def letters(session: Session, cohort: Cohort, found: Sequence[Line]) -> list[Letter]:
    """Those that are prepared, as they would be sent now, in the order of the list.

    Raises `RuleBroken` where one of them cannot be read by this person yet.
    """
    for line in found:
        if line.prepared is not None and not line.name:
            raise RuleBroken(_unread(line))
    writer = application_letters.writer(session, cohort)
    return [
        Letter(
            line.application, line.prepared, line.title, application_queue.letter_of(writer, line.prepared)
        )
        for line in found
        if line.prepared is not None
    ]


def _unread(line: Line) -> str:
    if line.name is None:
        return _("%(who)s kan ikke læses, så den kan ikke få et brev. Tag svaret tilbage.", who=line.title)
    return _("Brevene kan læses, når alle bedømmelser er inde af de ansøgninger, du selv bedømmer.")


def sent_letters(found: Sequence[Line]) -> list[Letter]:
    """The last one that each has been sent."""
    return [
        Letter(line.application, line.sent, line.title, application_decision_texts.letter(line.sent))
        for line in found
        if line.sent is not None
    ]


def letter_to(session: Session, application: Application, actor: Actor) -> Letter | None:
    """The one that is prepared, else the last one sent; None where there is neither, or it is hidden yet."""
    reviews = application_reviews.of_application(session, application)
    plan = application_reviews.plan_of(session, application.cohort)
    if application_reviews.hides_name(plan, application, reviews, actor):
        return None
    newest = (
        select(ApplicationDecision)
        .where(ApplicationDecision.application_id == application.id)
        .order_by(ApplicationDecision.id.desc())
        .limit(1)
    )
    decision = session.scalar(newest)
    if decision is None:
        return None
    name = application_answers.read(application).name
    if decision.sent_at is not None:
        return Letter(application, decision, name, application_decision_texts.letter(decision))
    writer = application_letters.writer(session, application.cohort)
    return Letter(application, decision, name, application_queue.letter_of(writer, decision))


def seal(written: Sequence[Letter]) -> str:
    """Tells whether what is sent is what was read through."""
    said = "\0".join(f"{letter.decision.id}\0{letter.decision.kind}\0{letter.text}" for letter in written)
    return hashlib.sha256(said.encode()).hexdigest()


def prepared_offers(found: Sequence[Line]) -> int:
    return sum(line.prepared is not None and line.prepared.kind is DecisionKind.OFFER for line in found)


# Actions


def prepare(
    session: Session,
    cohort: Cohort,
    actor: Actor,
    choices: Sequence[Choice],
    *,
    answer_by: datetime | None,
    by: str,
    now: datetime,
) -> None:
    """Set anew what is to be answered. The applicants notice nothing. Raises `Stale`."""
    cohort_seats.lock(session, cohort.id)
    known = {line.application.id: line for line in lines(session, cohort, actor) if line.open}
    places = _places(choices, _places_of_others(session, cohort, choices))
    for choice in choices:
        line = known.get(choice.application_id)
        if line is None or line.mark != choice.opened:
            raise Stale
        _set(session, line, choice, places.get(choice.application_id), answer_by, by, now)
    _refuse_out_of_turn(known, choices)
    session.flush()
    _refuse_too_many(application_queue.seats(session, cohort), prepared_offers(lines(session, cohort, actor)))


def _places_of_others(session: Session, cohort: Cohort, choices: Sequence[Choice]) -> set[int]:
    """Of those who are in line already, or prepared to be, and are not given another place here."""
    here = {choice.application_id: choice.kind for choice in choices}
    prepared, _sent = _decisions(session, cohort)
    others = {one.place for key, one in prepared.items() if key not in here and one.place is not None}
    standing = application_queue.in_line(session, cohort)
    return others | {place for one, place in standing if here.get(one.id) is not DecisionKind.WAITING_LIST}


def _places(choices: Sequence[Choice], others: Set[int]) -> dict[int, int]:
    """Of those who are to wait; who has been given none comes last, in the order of the list."""
    waiting = [choice for choice in choices if choice.kind is DecisionKind.WAITING_LIST]
    given: dict[int, int] = {}
    for choice in waiting:
        if choice.place is not None:
            if choice.place in others or choice.place in given.values():
                raise RuleBroken(
                    _("To har fået plads %(place)s på ventelisten.", place=choice.place),
                    field=f"place_{choice.application_id}",
                )
            given[choice.application_id] = choice.place
    last = max((*others, *given.values()), default=0)
    without = [choice.application_id for choice in waiting if choice.place is None]
    return given | {key: last + number for number, key in enumerate(without, 1)}


def _set(
    session: Session,
    line: Line,
    choice: Choice,
    place: int | None,
    answer_by: datetime | None,
    by: str,
    now: datetime,
) -> None:
    decision, kind = line.prepared, choice.kind
    if kind is None:
        if decision is not None:
            session.delete(decision)
        return
    reasons = _reasons(choice)
    deadline = answer_by if kind is DecisionKind.OFFER else None
    if decision is None:
        decision = ApplicationDecision(
            uid=application_decision_texts.new_uid(),
            application=line.application,
            kind=kind,
            prepared_at=now,
            prepared_by=by,
        )
        session.add(decision)
    elif (decision.kind, decision.place, decision.answer_by, line.reasons) == (
        kind,
        place,
        deadline,
        reasons,
    ):
        return
    decision.kind, decision.place, decision.answer_by = kind, place, deadline
    decision.prepared_at, decision.prepared_by = now, by
    application_decision_texts.write_reasons(decision, reasons)


def _reasons(choice: Choice) -> str:
    """A rejection has them; whatever is written beside another answer is not kept."""
    if choice.kind is not DecisionKind.REJECTION:
        return ""
    field = f"reasons_{choice.application_id}"
    text = choice.reasons.strip()
    if not text:
        raise RuleBroken(_("Skriv i venlige ord, hvorfor det bliver et afslag."), field=field)
    personal_numbers.refuse(text, field=field)
    return text


def _refuse_out_of_turn(known: Mapping[int, Line], choices: Sequence[Choice]) -> None:
    """An offer waits for the reviews, and passes nobody who stands better: a move says why."""
    offered = {choice.application_id for choice in choices if choice.kind is DecisionKind.OFFER}
    others = {line.standing: line for key, line in known.items() if key not in offered}
    for key in offered:
        line, field = known[key], f"kind_{key}"
        if line.lacks_review:
            raise RuleBroken(
                _("%(who)s mangler en bedømmelse. Vent med tilbuddet, til den er inde.", who=line.title),
                field=field,
            )
        if before := application_places.passed(line.standing, others):
            raise RuleBroken(
                _(
                    "%(first)s står før %(who)s og får intet tilbud. Tilbyd %(first)s pladsen, "
                    "eller flyt en af dem på ranglisten, og skriv hvorfor.",
                    first=others[before].title,
                    who=line.title,
                ),
                field=field,
            )


def _refuse_too_many(seats: Seats, offers: int) -> None:
    if offers and seats.total is None:
        raise RuleBroken(_("Skriv først på holdet, hvor mange pladser der er. Så kan de tilbydes."))
    if offers > seats.free:
        raise RuleBroken(
            _(
                "Der er valgt %(offers)s tilbud, og holdet har %(free)s ledige pladser. Vælg færre tilbud.",
                offers=offers,
                free=seats.free,
            )
        )


def send(session: Session, cohort: Cohort, actor: Actor, *, seen: str, now: datetime) -> int:
    """All that is prepared, in one step; `seen` is the `seal` of what was read through. How many."""
    cohort_seats.lock(session, cohort.id)
    found = lines(session, cohort, actor)
    written = letters(session, cohort, found)
    if not written:
        raise RuleBroken(_("Der er ingen svar at sende."))
    if seal(written) != seen:
        raise Stale
    _refuse_too_many(application_queue.seats(session, cohort), prepared_offers(found))
    _refuse_past_deadline([letter.decision for letter in written], now=now)
    writer = application_letters.writer(session, cohort)
    for letter in written:
        application_queue.send(session, writer, letter.decision, now=now)
    session.flush()
    return len(written)


def _refuse_past_deadline(decisions: Sequence[ApplicationDecision], *, now: datetime) -> None:
    for decision in decisions:
        if decision.kind is DecisionKind.OFFER and (decision.answer_by is None or decision.answer_by <= now):
            raise RuleBroken(_("Sæt en frist for at svare, der ikke er gået."))
