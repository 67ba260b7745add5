"""Long work: asked for once at a time, done record by record, stopped half-way."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from placements.domain import jobs
from placements.domain.actors import Actor
from placements.domain.rules import RuleBroken
from placements.models.jobs import Job, JobKind
from placements.models.placements import Placement
from tests.factories import Factory, actor_for

NOW = datetime(2025, 2, 3, 9, 0, tzinfo=UTC)
DRAFT = JobKind.DRAFT_AGREEMENTS


@pytest.fixture
def placements(make: Factory) -> list[Placement]:
    cohort = make.cohort()
    return [make.placement(cohort=cohort, status="accepted") for _ in range(3)]


@pytest.fixture
def actor(make: Factory, placements: list[Placement]) -> Actor:
    return actor_for(make.coordinator(placements[0].cohort.programme))


def asked(session: Session, placements: list[Placement], actor: Actor, kind: JobKind = DRAFT) -> Job:
    ids = [placement.id for placement in placements]
    job = jobs.ask(session, kind, placements[0].cohort, ids, actor, now=NOW)
    session.flush()
    return job


def test_ask_for_nothing_is_refused(session: Session, placements: list[Placement], actor: Actor) -> None:
    with pytest.raises(RuleBroken, match="ingen forløb"):
        jobs.ask(session, DRAFT, placements[0].cohort, [], actor, now=NOW)


def test_ask_twice_is_refused_until_the_first_is_over(
    session: Session, placements: list[Placement], actor: Actor
) -> None:
    first = asked(session, placements, actor)
    with pytest.raises(RuleBroken, match="allerede i gang"):
        asked(session, placements, actor)
    asked(session, placements, actor, JobKind.PRINT_AGREEMENTS)
    jobs.cancel(first, now=NOW)
    session.flush()
    assert asked(session, placements, actor).id > first.id


def test_each_record_is_done_once_and_in_order(
    session: Session, placements: list[Placement], actor: Actor
) -> None:
    job = asked(session, placements, actor)
    done = []
    while (item := jobs.next_item(session, job)) is not None:
        done.append(item.placement_id)
        jobs.tick_off(item, now=NOW, refusal="Nej." if len(done) == 2 else None)
        session.flush()
    told = jobs.progress(session, job)
    assert done == [placement.id for placement in placements]
    assert (told.done, told.total) == (3, 3)
    assert told.refusals == [
        jobs.Refusal(f"/placements/{placements[1].id}/agreement", placements[1].student_name, "Nej.")
    ]


def test_cancel_leaves_the_rest_undone(session: Session, placements: list[Placement], actor: Actor) -> None:
    job = asked(session, placements, actor)
    item = jobs.next_item(session, job)
    assert item is not None
    jobs.tick_off(item, now=NOW)
    jobs.cancel(job, now=NOW)
    session.flush()
    assert jobs.next_item(session, job) is None
    assert (jobs.progress(session, job).done, jobs.progress(session, job).total) == (1, 3)
    with pytest.raises(RuleBroken, match="slut"):
        jobs.cancel(job, now=NOW)


def test_waiting_is_what_no_worker_has_taken(
    session: Session, placements: list[Placement], actor: Actor
) -> None:
    first, second = (
        asked(session, placements, actor),
        asked(session, placements, actor, JobKind.SEND_AGREEMENTS),
    )
    third = asked(session, placements, actor, JobKind.PRINT_AGREEMENTS)
    jobs.start(first, now=NOW)
    jobs.cancel(third, now=NOW)
    session.flush()
    assert jobs.waiting(session) == [second.id]


def test_files_are_outdated_a_day_after_the_end(
    session: Session, placements: list[Placement], actor: Actor
) -> None:
    job = asked(session, placements, actor, JobKind.PRINT_AGREEMENTS)
    jobs.finish(job, now=NOW, filename="praktikaftaler.zip")
    session.flush()
    day = timedelta(days=1)
    assert jobs.outdated(session, now=NOW + day) == []
    assert jobs.outdated(session, now=NOW + day + timedelta(seconds=1)) == [job]


def test_work_for_all_cohorts_is_seen_by_whoever_asked_while_all_of_it_is_theirs(
    session: Session, make: Factory, placements: list[Placement], actor: Actor
) -> None:
    """A colleague has other cohorts; a file is not fetched once one of its programmes is left behind."""
    other = make.placement(status="accepted")
    both = frozenset({*actor.programme_ids, other.programme_id})
    asker = replace(actor, programme_ids=both)
    ids = [placements[0].id, other.id]
    job = jobs.ask(session, JobKind.PRINT_AGREEMENTS, None, ids, asker, now=NOW)
    session.flush()
    colleague = replace(actor_for(make.user("Kollega")), programme_ids=both)
    seen = [session.scalars(jobs.visible_to(who)).all() for who in (asker, colleague, actor)]
    assert seen == [[job], [], []]
    assert jobs.for_all_cohorts(session, asker) == [job]
    assert jobs.for_all_cohorts(session, asker, about_participants=True) == []
    assert jobs.of_cohort(session, placements[0].cohort) == []


def test_work_for_all_cohorts_runs_once_for_each_who_asks(
    session: Session, make: Factory, placements: list[Placement], actor: Actor
) -> None:
    colleague = actor_for(make.coordinator(placements[0].cohort.programme, email="two@example.org"))
    ids = [placement.id for placement in placements]
    for who in (actor, colleague):
        jobs.ask(session, JobKind.PRINT_AGREEMENTS, None, ids, who, now=NOW)
    asked(session, placements, actor, JobKind.PRINT_AGREEMENTS)
    with pytest.raises(RuleBroken, match="allerede i gang"):
        jobs.ask(session, JobKind.PRINT_AGREEMENTS, None, ids, actor, now=NOW)
