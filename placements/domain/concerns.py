"""Concerns of a practicum: who may know of one, the plan for it, and how it ends.

Need-to-know: the coordinators of the programme, whoever raised it, and the party it is shared with. A list
tells that there is one, never what it says; each look at the text is written down by the view that shows it.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session, joinedload

from placements.domain import outbox, own_enrolments, placements, users
from placements.domain.actors import Actor
from placements.domain.placement_states import CALLED_OFF
from placements.domain.rules import RuleBroken, moves, open_verbs, target_of
from placements.domain.signatures import parties_of
from placements.domain.tasks import Task, TaskGroup, group
from placements.i18n import _
from placements.models.agreements import Party
from placements.models.concerns import Concern, ConcernGoal, ConcernOutcome, ConcernStatus
from placements.models.placements import Placement
from placements.models.users import User

S = ConcernStatus
TRANSITIONS = moves(
    plan=((S.OPEN, S.PLANNED), S.PLANNED),
    close=((S.OPEN, S.PLANNED), S.CLOSED),
)
CLOSED = _("Bekymringen er afsluttet. Skriv en ny, hvis der er noget.")
LONGEST = 2000


# Visibility


def _scope(actor: Actor) -> ColumnElement[bool]:
    if actor.id is None:
        return false()
    own = own_enrolments.ids_of(actor)
    return or_(
        Placement.programme_id.in_(actor.programme_ids),
        Concern.raised_by_id == actor.id,
        and_(Concern.shared_with_host, Placement.unit_id.in_(actor.unit_ids)),
        and_(Concern.shared_with_student, Placement.enrolment_id.in_(own)),
    )


def visible_to(actor: Actor) -> Select[Concern]:
    """On placements that the person sees, and only what they raised, coordinate or had shared with them."""
    return (
        select(Concern)
        .join(Placement, Placement.id == Concern.placement_id)
        .where(_scope(actor), Concern.placement_id.in_(placements.visible_ids(actor)))
    )


def coordinated_by(actor: Actor) -> Select[Concern]:
    own = select(Placement.id).where(Placement.programme_id.in_(actor.programme_ids))
    return select(Concern).where(Concern.placement_id.in_(own))


def goals_of(concern: Concern) -> Select[ConcernGoal]:
    return select(ConcernGoal).where(ConcernGoal.concern_id == concern.id)


# Questions


def of_placement(session: Session, placement: Placement, actor: Actor) -> list[Concern]:
    """What this person may know of, the newest first."""
    found = visible_to(actor).where(Concern.placement_id == placement.id).order_by(Concern.id.desc())
    return list(session.scalars(found.options(joinedload(Concern.raised_by))))


def count_open(session: Session, placement: Placement, actor: Actor) -> int:
    wanted = Concern.placement_id == placement.id, Concern.status != S.CLOSED
    seen = visible_to(actor).where(*wanted).with_only_columns(func.count())
    return session.scalar(seen) or 0


def is_closed(concern: Concern) -> bool:
    return concern.status is S.CLOSED


def may_handle(concern: Concern, actor: Actor) -> bool:
    """Plan, share and close it."""
    return concern.placement.programme_id in actor.programme_ids and not is_closed(concern)


def verbs_for(concern: Concern, actor: Actor) -> list[str]:
    return open_verbs(TRANSITIONS, concern.status) if may_handle(concern, actor) else []


def party_of(placement: Placement, actor: Actor) -> Party:
    """In which part this person raises it: the coordinator's goes before the host's."""
    parties = parties_of(placement, actor)
    return Party.COORDINATOR if Party.COORDINATOR in parties else parties[0]


def open_ones(session: Session, actor: Actor, *, today: date) -> TaskGroup:
    """The coordinator's tile: names and dates alone, and which plan is behind."""
    rows = session.scalars(
        coordinated_by(actor)
        .where(Concern.status != S.CLOSED)
        .options(joinedload(Concern.placement), joinedload(Concern.goals))
        .order_by(Concern.raised_at, Concern.id)
    ).unique()
    tasks = [
        Task(
            concern.placement.student_name,
            f"/placements/{concern.placement_id}/concerns/{concern.id}",
            _("Et mål er ikke nået til tiden")
            if any(goal.reached_on is None and goal.due_on < today for goal in concern.goals)
            else _("Rejst %(day)s", day=concern.raised_at.date()),
        )
        for concern in rows
    ]
    return group(
        "concerns", _("Bekymringer, der ikke er afsluttet"), _("Der er ingen åbne bekymringer."), tasks
    )


# Actions


def raise_one(session: Session, placement: Placement, actor: Actor, *, text: str, now: datetime) -> Concern:
    """Any party may; the coordinators get a mail that says only that there is something to see."""
    if placement.status in CALLED_OFF:
        raise RuleBroken(_("Forløbet blev ikke til noget, så der er ikke noget at følge op på."))
    concern = Concern(
        placement=placement,
        raised_by_id=actor.id,
        raised_as=party_of(placement, actor),
        raised_at=now,
        text=text,
    )
    session.add(concern)
    session.flush()
    for person in users.coordinators_of(session, placement.programme_id):
        if person.id != actor.id:
            _tell(session, concern, person, now=now)
    return concern


def share(session: Session, concern: Concern, *, with_student: bool, with_host: bool, now: datetime) -> None:
    """Let the other party know of it. Whoever raised it sees it anyway."""
    _refuse_closed(concern)
    placement = concern.placement
    newly: list[User] = []
    if with_student and not concern.shared_with_student:
        newly.append(placement.enrolment.user)
    if with_host and not concern.shared_with_host:
        newly += users.hosts_of(session, placement.unit_id)
    concern.shared_with_student, concern.shared_with_host = with_student, with_host
    for person in newly:
        if person.id != concern.raised_by_id:
            _tell(session, concern, person, now=now)


def add_goal(concern: Concern, *, text: str, due_on: date, today: date) -> ConcernGoal:
    """One step more in the plan."""
    target = target_of(TRANSITIONS, "plan", concern.status, CLOSED)
    if due_on < today:
        raise RuleBroken(_("Vælg en dag, der ikke er gået."), field="due_on")
    goal = ConcernGoal(text=text, due_on=due_on, reached_on=None)
    concern.goals.append(goal)
    concern.status = target
    return goal


def reach(goal: ConcernGoal, *, today: date) -> None:
    _refuse_closed(goal.concern)
    if goal.reached_on is not None:
        raise RuleBroken(_("Målet er allerede nået."))
    goal.reached_on = today


def close(concern: Concern, *, outcome: ConcernOutcome, note: str | None, now: datetime) -> None:
    concern.status = target_of(TRANSITIONS, "close", concern.status, CLOSED)
    concern.outcome, concern.closing_note, concern.closed_at = outcome, note, now


def _refuse_closed(concern: Concern) -> None:
    if is_closed(concern):
        raise RuleBroken(CLOSED)


def _tell(session: Session, concern: Concern, person: User, *, now: datetime) -> None:
    path = f"/placements/{concern.placement_id}/concerns/{concern.id}"
    outbox.notify(session, person, "practicum_news", path=path, now=now)
