"""H-17, H-18: signing up for a run and off again, with seats, clashes and the deadline."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from placements.domain import module_runs, run_sign_ups
from placements.domain.rules import RuleBroken
from placements.models.completion import CompletionException, CompletionRule
from placements.models.enrolments import Enrolment
from placements.models.programmes import Audience
from placements.models.teaching import ModuleRun, RunSignUp
from tests.domain.test_placement_races import at_once
from tests.factories import MOMENT, Factory

TODAY = date(2025, 2, 3)
RULES = {"paid_peer": "compulsory", "colleague": "not_offered"}


class Scene:
    """A programme with a deadline of a year, a peer who began in March 2024, and runs of a module."""

    def __init__(self, make: Factory) -> None:
        self.make, self.session = make, make.session
        self.programme = make.programme(deadline_months=12)
        self.cohort = make.cohort(self.programme, starts_on=date(2024, 3, 3))
        self.module = make.module(self.programme, rules=RULES)
        self.peer = self.person()

    def person(self, **values: object) -> Enrolment:
        return self.make.enrolment(self.cohort, **{"audience": Audience.PAID_PEER, **values})

    def run(self, *days: date, module: int = 0, **values: object) -> ModuleRun:
        chosen = self.make.module(self.programme, module, rules=RULES) if module else self.module
        number = self.make.session.scalar(select(func.count(ModuleRun.id))) or 0
        run = self.make.run(
            self.cohort, chosen, **{"sign_up": True, "seats": 2, "number": number + 1, **values}
        )
        for day in days or (date(2025, 2, 10), date(2025, 2, 17)):
            self.make.teaching_session(run, held_on=day, starts_at=time(9), ends_at=time(13))
        self.session.refresh(run)
        return run

    def sign_up(self, run: ModuleRun, person: Enrolment | None = None, today: date = TODAY) -> None:
        run_sign_ups.sign_up(self.session, person or self.peer, run, today=today, now=MOMENT)
        self.session.flush()

    def refused(self, run: ModuleRun, person: Enrolment | None = None, today: date = TODAY) -> list[str]:
        with pytest.raises(RuleBroken) as refused:
            self.sign_up(run, person, today)
        return [one.key for one in refused.value.unmet]


@pytest.fixture
def scene(make: Factory) -> Scene:
    return Scene(make)


def test_signs_up_until_the_first_day_and_off_again(scene: Scene) -> None:
    run = scene.run()
    first = run.sessions[0].held_on
    scene.sign_up(run, today=first)
    run_sign_ups.sign_off(scene.session, scene.peer, run, today=first)
    scene.session.flush()
    run_sign_ups.sign_off(scene.session, scene.peer, run, today=first)
    assert scene.session.scalars(select(RunSignUp)).all() == []
    assert scene.refused(run, today=first + timedelta(days=1)) == ["open"]


def test_signs_nobody_off_once_the_first_session_is_held(scene: Scene) -> None:
    run = scene.run()
    scene.sign_up(run)
    with pytest.raises(RuleBroken):
        run_sign_ups.sign_off(
            scene.session, scene.peer, run, today=run.sessions[0].held_on + timedelta(days=1)
        )
    run.sessions[0].register_kept_at = MOMENT
    with pytest.raises(RuleBroken):
        run_sign_ups.sign_off(scene.session, scene.peer, run, today=run.sessions[0].held_on)


def test_refuses_a_full_run_and_the_same_module_twice(scene: Scene) -> None:
    run, other = scene.run(), scene.run(date(2025, 2, 25))
    scene.sign_up(run)
    assert scene.refused(other) == ["once"]
    scene.sign_up(run, scene.person())
    assert scene.refused(run, scene.person()) == ["seats"]


def test_who_has_left_holds_no_seat(scene: Scene) -> None:
    run = scene.run(seats=1)
    scene.make.sign_up(run, scene.person(status="withdrawn"))
    scene.sign_up(run)


def test_takes_a_module_again_that_is_over(scene: Scene) -> None:
    old, new = scene.run(date(2024, 11, 4)), scene.run()
    scene.sign_up(old, today=date(2024, 11, 1))
    scene.sign_up(new)
    assert scene.session.scalar(select(func.count(RunSignUp.id))) == 2


def test_refuses_another_audience_and_who_has_left(scene: Scene) -> None:
    run = scene.run()
    assert scene.refused(run, scene.person(audience=Audience.COLLEAGUE)) == [
        "offered",
    ]
    assert scene.refused(run, scene.person(status="withdrawn")) == ["active"]
    assert scene.refused(scene.run(sign_up=False), scene.person(audience=Audience.STUDENT)) == ["offered"]


def test_refuses_what_clashes_with_own_sessions_alone(scene: Scene) -> None:
    """Sessions that are for others than oneself are no clash (H-13)."""
    mine, theirs = scene.run(date(2025, 2, 10), module=3), scene.run(date(2025, 2, 17), module=4)
    theirs.sessions[0].audiences = ["volunteer_peer"]
    scene.sign_up(mine)
    scene.make.sign_up(theirs, scene.peer)
    assert scene.refused(scene.run()) == ["clash"]
    scene.sign_up(scene.run(date(2025, 2, 17)))


def test_own_extra_minutes_count_as_taken(scene: Scene) -> None:
    """H-14: they are at the first until 14."""
    mine = scene.run(date(2025, 2, 10), module=3)
    scene.sign_up(mine)
    later = scene.run(date(2025, 2, 10))
    later.sessions[0].starts_at, later.sessions[0].ends_at = time(13), time(16)
    mine.sessions[0].extra_minutes = {"paid_peer": 60}
    scene.session.flush()
    assert scene.refused(later) == ["clash"]
    mine.sessions[0].extra_minutes = {"volunteer_peer": 60}
    scene.session.flush()
    scene.sign_up(later)


def test_refuses_a_run_of_another_programme(scene: Scene) -> None:
    stranger = scene.make.enrolment(scene.make.cohort(), audience=Audience.PAID_PEER)
    assert scene.refused(scene.run(), stranger) == ["offered"]


def test_seats_and_days_are_read_once_it_is_ones_turn(scene: Scene) -> None:
    """Another request changed them after this one had read the run."""
    run = scene.run()
    scene.make.sign_up(run, scene.person())
    days = [one.held_on for one in run.sessions]
    for change in (
        "UPDATE module_run SET seats = 1 WHERE id = :run",
        "UPDATE teaching_session SET held_on = '2025-02-01' WHERE run_id = :run",
    ):
        scene.session.execute(text(change), {"run": run.id})
    assert (run.seats, [one.held_on for one in run.sessions]) == (2, days)
    assert scene.refused(run) == ["open", "seats"]
    for gone in ("run_sign_up WHERE run_id", "teaching_session WHERE run_id", "module_run WHERE id"):
        scene.session.execute(text(f"DELETE FROM {gone} = :run"), {"run": run.id})
    with pytest.raises(RuleBroken, match="aflyst"):
        scene.sign_up(run)


@pytest.mark.parametrize(("last", "refused"), [(date(2025, 3, 3), []), (date(2025, 3, 4), ["deadline"])])
def test_deadline_includes_the_day_itself(scene: Scene, last: date, refused: list[str]) -> None:
    """H-18: a year after 3 March 2024."""
    run = scene.run(date(2025, 2, 20), last)
    standing = run_sign_ups.standing_of(scene.session, scene.peer)
    unmet = run_sign_ups.unmet_to_sign_up(standing, run, taken=0, today=TODAY)
    assert [one.key for one in unmet] == refused


def test_exception_from_the_deadline_lets_one_sign_up(scene: Scene) -> None:
    run, coordinator = scene.run(date(2025, 3, 10)), scene.make.coordinator(scene.programme)
    assert scene.refused(run) == ["deadline"]
    given = {"reason": "Barsel", "given_by_id": coordinator.id, "given_on": TODAY}
    scene.make.keep(
        CompletionException(enrolment_id=scene.peer.id, rule=CompletionRule.DEADLINE, module_id=None, **given)
    )
    scene.sign_up(run)


def test_two_at_once_get_the_last_seat_once(app: Flask, scene: Scene) -> None:
    run_id = scene.run(seats=1).id
    ids = [scene.person().id for _number in range(2)]

    def signing(enrolment_id: int) -> object:
        def act(session: Session) -> None:
            enrolment, run = session.get_one(Enrolment, enrolment_id), session.get_one(ModuleRun, run_id)
            run_sign_ups.sign_up(session, enrolment, run, today=TODAY, now=MOMENT)

        return act

    assert at_once(app, *(signing(one) for one in ids)) == ["Alle pladser er taget.", "done"]
    assert scene.session.scalar(select(func.count(RunSignUp.id))) == 1


def test_nobody_signs_up_for_what_is_called_off_at_once(app: Flask, scene: Scene) -> None:
    """Whoever comes first, the other waits: told about it, or refused."""
    run_id, person_id = scene.run().id, scene.peer.id

    def signing(session: Session) -> None:
        run = session.get(ModuleRun, run_id)
        if run is None:
            raise RuleBroken("Modulet er aflyst.")
        person = session.get_one(Enrolment, person_id)
        run_sign_ups.sign_up(session, person, run, today=TODAY, now=MOMENT)

    def calling_off(session: Session) -> None:
        module_runs.call_off(session, session.get_one(ModuleRun, run_id), today=TODAY, now=MOMENT)

    assert at_once(app, signing, calling_off) in (["Modulet er aflyst.", "done"], ["done", "done"])
    assert scene.session.scalar(select(func.count(ModuleRun.id))) == 0
