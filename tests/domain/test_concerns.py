"""Concerns: who may know, what each verb does, and what the history never tells."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.domain import concerns
from placements.domain.actors import Actor
from placements.domain.rules import RuleBroken
from placements.models.agreements import Party
from placements.models.concerns import Concern, ConcernOutcome, ConcernStatus
from placements.models.events import Event
from placements.models.mails import OutgoingMail
from placements.models.placements import Placement
from tests.factories import Factory, actor_for

NOW = datetime(2025, 2, 3, 9, 0, tzinfo=UTC)
TODAY = date(2025, 2, 3)
S = ConcernStatus
SECRET = "Jeg bliver sat alene om aftenen"


class Scene:
    def __init__(self, make: Factory) -> None:
        self.unit = make.unit("Afsnit P4")
        self.placement: Placement = make.placement(unit=self.unit, status="active")
        self.student = actor_for(self.placement.enrolment.user)
        self.host = actor_for(make.host(self.unit))
        self.coordinator = actor_for(make.coordinator(self.placement.cohort.programme))


@pytest.fixture
def scene(make: Factory) -> Scene:
    return Scene(make)


def raised(session: Session, scene: Scene, actor: Actor) -> Concern:
    return concerns.raise_one(session, scene.placement, actor, text=SECRET, now=NOW)


def seen_by(session: Session, actor: Actor) -> list[int]:
    return [concern.id for concern in session.scalars(concerns.visible_to(actor))]


def mailed(session: Session) -> list[int]:
    session.flush()
    return list(session.scalars(select(OutgoingMail.user_id).order_by(OutgoingMail.id)))


def test_the_state_table() -> None:
    table = concerns.TRANSITIONS
    assert {(verb, source, move.target) for verb, move in table.items() for source in move.sources} == {
        ("plan", S.OPEN, S.PLANNED),
        ("plan", S.PLANNED, S.PLANNED),
        ("close", S.OPEN, S.CLOSED),
        ("close", S.PLANNED, S.CLOSED),
    }


@pytest.mark.parametrize(
    ("who", "party"),
    [("student", Party.STUDENT), ("host", Party.HOST), ("coordinator", Party.COORDINATOR)],
)
def test_raise_is_open_to_each_party_and_tells_the_coordinator_alone(
    session: Session, scene: Scene, who: str, party: Party
) -> None:
    actor = getattr(scene, who)
    concern = raised(session, scene, actor)
    told = [] if who == "coordinator" else [scene.coordinator.id]
    everybody = (scene.student, scene.host, scene.coordinator)
    seers = [actor.id for actor in everybody if seen_by(session, actor) == [concern.id]]
    assert (concern.raised_as, mailed(session)) == (party, told)
    assert seers == [one.id for one in everybody if one.id in {actor.id, scene.coordinator.id}]


def test_raise_on_a_placement_that_came_to_nothing_is_refused(session: Session, make: Factory) -> None:
    placement = make.placement(status="cancelled")
    coordinator = actor_for(make.coordinator(placement.cohort.programme))
    with pytest.raises(RuleBroken, match="ikke noget at følge op på"):
        concerns.raise_one(session, placement, coordinator, text=SECRET, now=NOW)


def test_share_lets_the_other_party_see_it_and_mails_once(session: Session, scene: Scene) -> None:
    concern = raised(session, scene, scene.student)
    for _twice in range(2):
        concerns.share(session, concern, with_student=True, with_host=True, now=NOW)
    session.flush()
    assert seen_by(session, scene.host) == [concern.id]
    assert mailed(session) == [scene.coordinator.id, scene.host.id]
    concerns.share(session, concern, with_student=False, with_host=False, now=NOW)
    session.flush()
    assert (seen_by(session, scene.host), seen_by(session, scene.student)) == ([], [concern.id])


def test_another_units_host_never_sees_one_that_is_shared(
    session: Session, make: Factory, scene: Scene
) -> None:
    concern = raised(session, scene, scene.student)
    concerns.share(session, concern, with_student=True, with_host=True, now=NOW)
    session.flush()
    stranger = actor_for(make.host(make.unit("Afsnit B"), email="b@example.org"))
    assert seen_by(session, stranger) == []


def test_plan_has_goals_with_days_that_are_not_gone(session: Session, scene: Scene) -> None:
    concern = raised(session, scene, scene.student)
    with pytest.raises(RuleBroken, match="ikke er gået"):
        concerns.add_goal(concern, text="En makker", due_on=TODAY - timedelta(days=1), today=TODAY)
    assert concern.status is S.OPEN
    goal = concerns.add_goal(concern, text="En makker", due_on=TODAY, today=TODAY)
    concerns.reach(goal, today=TODAY)
    assert (concern.status, goal.reached_on) == (S.PLANNED, TODAY)
    with pytest.raises(RuleBroken, match="allerede nået"):
        concerns.reach(goal, today=TODAY)


def test_close_ends_it_for_good(session: Session, scene: Scene) -> None:
    concern = raised(session, scene, scene.student)
    goal = concerns.add_goal(concern, text="En makker", due_on=TODAY, today=TODAY)
    concerns.close(concern, outcome=ConcernOutcome.SOLVED, note=None, now=NOW)
    assert (concern.status, concern.closed_at) == (S.CLOSED, NOW)
    for verb in (
        lambda: concerns.close(concern, outcome=ConcernOutcome.SOLVED, note=None, now=NOW),
        lambda: concerns.add_goal(concern, text="Mere", due_on=TODAY, today=TODAY),
        lambda: concerns.reach(goal, today=TODAY),
        lambda: concerns.share(session, concern, with_student=True, with_host=True, now=NOW),
    ):
        with pytest.raises(RuleBroken, match="er afsluttet"):
            verb()


def test_tile_counts_what_is_not_closed_and_says_which_plan_is_behind(session: Session, scene: Scene) -> None:
    first, second, third = (raised(session, scene, scene.student) for _ in range(3))
    concerns.add_goal(second, text="En makker", due_on=TODAY, today=TODAY)
    concerns.close(third, outcome=ConcernOutcome.NOTHING, note=None, now=NOW)
    session.flush()
    tile = concerns.open_ones(session, scene.coordinator, today=TODAY + timedelta(days=1))
    assert (tile.number, [task.note for task in tile.tasks]) == (
        2,
        ["Rejst 3. februar 2025", "Et mål er ikke nået til tiden"],
    )
    assert [task.href.rpartition("/")[2] for task in tile.tasks] == [str(first.id), str(second.id)]


def test_history_and_mail_hold_nothing_of_what_was_written(session: Session, scene: Scene) -> None:
    concern = raised(session, scene, scene.student)
    concerns.add_goal(concern, text=SECRET, due_on=TODAY, today=TODAY)
    concerns.close(concern, outcome=ConcernOutcome.SOLVED, note=SECRET, now=NOW)
    session.flush()
    kept = [str(event.changes) for event in session.scalars(select(Event))]
    mails = [f"{mail.message} {mail.path} {mail.secrets}" for mail in session.scalars(select(OutgoingMail))]
    assert kept
    assert mails
    assert [text for text in kept + mails if "aftenen" in text] == []
