"""Proposals on the database: made, carried out on unchanged data only, taken back."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placements.db import db, writing
from placements.domain import allocation_inputs, allocation_lists, allocation_pairs, allocations, pauses
from placements.domain.rules import RuleBroken
from placements.models.allocations import Allocation, AllocationPair, PairKind
from placements.models.clearances import Clearance, ClearanceKind, ClearanceRule
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.hosts import Sector
from placements.models.offers import Offer
from placements.models.placements import Placement, PlacementStatus
from placements.models.preferences import ExcludedUnit, RankedOffer, Reach, Wishes
from tests.conftest import TODAY
from tests.factories import MOMENT, Factory


@pytest.fixture
def offers(make: Factory, cohort: Cohort) -> list[Offer]:
    """One seat in each sector."""
    return [
        make.offer(make.unit("Team Nord"), cohort, seats=1),
        make.offer(make.unit("Huset", sector=Sector.MUNICIPAL), cohort, seats=1),
    ]


@pytest.fixture
def students(make: Factory, cohort: Cohort) -> list[Enrolment]:
    return [
        make.enrolment(cohort, make.user(name), municipality="Viborg") for name in ("Anna Ager", "Bo Bæk")
    ]


def wish(make: Factory, student: Enrolment, *ranked: Offer, **values: Any) -> Wishes:
    rows = [RankedOffer(offer_id=one.id, rank=place + 1) for place, one in enumerate(ranked)]
    return make.keep(Wishes(enrolment_id=student.id, ranked=rows, saved_at=MOMENT, **values))


def propose(session: Session, cohort: Cohort) -> Allocation:
    inputs = allocation_inputs.read(session, cohort, today=TODAY)
    made = allocations.propose(session, cohort, inputs, by=None, now=MOMENT)
    with writing():
        session.commit()
    return made


def settle(session: Session, cohort: Cohort, student: Enrolment, offer: Offer, kind: str) -> AllocationPair:
    pair = allocation_pairs.settle(
        session,
        cohort,
        enrolment_id=student.id,
        offer_id=offer.id,
        kind=PairKind(kind),
        by=None,
        today=TODAY,
        now=MOMENT,
    )
    session.commit()
    return pair


def laid(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Placement)) or 0


def test_propose_gives_first_wishes_and_changes_nothing_else(
    session: Session, make: Factory, cohort: Cohort, offers: list[Offer], students: list[Enrolment]
) -> None:
    north, house = offers
    wish(make, students[0], house, north)
    wish(make, students[1], north, house)
    made = propose(session, cohort)
    assert allocations.placed_in(made.result) == {students[0].id: house.id, students[1].id: north.id}
    assert (made.score["unplaced"], made.score["deviation"], made.score["ranks"]) == (0, 0, 0)
    assert made.result["sectors"] == {"regional": [1, 1], "municipal": [1, 1]}
    assert laid(session) == 0


def test_propose_keeps_what_students_have_said_out_of_the_stored_record(
    session: Session, make: Factory, cohort: Cohort, offers: list[Offer], students: list[Enrolment]
) -> None:
    """The excluded unit costs Anna her first wish; the record says no more than that it is not possible."""
    wishes = wish(make, students[0], offers[0], offers[1], needs=["lift"])
    make.keep(ExcludedUnit(wishes_id=wishes.id, unit_id=offers[0].unit_id))
    offers[1].accessibility = ["lift"]
    make.keep(offers[1])
    made = propose(session, cohort)
    assert allocations.placed_in(made.result)[students[0].id] == offers[1].id
    stored = str((made.result, made.inputs, made.score))
    assert [word for word in ("Anna", "lift", "excluded", "needs") if word in stored] == []


def test_propose_leaves_out_those_who_have_a_place_and_counts_their_sector(
    session: Session, make: Factory, cohort: Cohort, offers: list[Offer], students: list[Enrolment]
) -> None:
    make.placement(enrolment=students[0], unit=offers[0].unit, offer_id=offers[0].id, status="proposed")
    made = propose(session, cohort)
    assert allocations.placed_in(made.result) == {students[1].id: offers[1].id}
    assert made.result["sectors"] == {"regional": [1, 1], "municipal": [1, 1]}


def test_propose_leaves_out_the_seats_of_a_unit_that_is_set_aside(
    session: Session, make: Factory, cohort: Cohort, offers: list[Offer], students: list[Enrolment]
) -> None:
    """And a proposal from before that is no longer fresh."""
    before = propose(session, cohort)
    with writing():
        pauses.set_aside(session, offers[0].unit, reason="Svarer ikke", today=TODAY)
        session.commit()
    made = propose(session, cohort)
    assert set(allocations.placed_in(made.result).values()) == {offers[1].id}
    assert made.score["unplaced"] == 1
    with writing(), pytest.raises(RuleBroken, match="praktikpladserne"):
        allocations.commit(session, before, version=before.version, today=TODAY)


def test_propose_counts_a_practicum_elsewhere_in_the_same_weeks(
    session: Session, make: Factory, cohort: Cohort, offers: list[Offer], students: list[Enrolment]
) -> None:
    other = make.enrolment(make.cohort(), students[0].user)
    make.placement(enrolment=other, unit=offers[0].unit)
    made = propose(session, cohort)
    assert set(allocations.placed_in(made.result)) == {students[1].id}


@pytest.mark.usefixtures("students")
def test_propose_is_refused_without_an_open_offer(session: Session, cohort: Cohort) -> None:
    with pytest.raises(RuleBroken, match="ingen åbne praktikpladser"):
        propose(session, cohort)


@pytest.mark.usefixtures("offers")
def test_propose_is_refused_when_nobody_waits(session: Session, cohort: Cohort) -> None:
    with pytest.raises(RuleBroken, match="ingen at fordele"):
        propose(session, cohort)


def test_read_asks_the_same_number_of_questions_for_few_and_for_many(
    session: Session,
    make: Factory,
    cohort: Cohort,
    offers: list[Offer],
    students: list[Enrolment],
    query_count: Callable[[Callable[[], object]], int],
) -> None:
    def read() -> None:
        session.expire_all()
        allocation_inputs.read(session, session.get_one(Cohort, cohort.id), today=TODAY)

    wish(make, students[0], *offers)
    few = query_count(read)
    for _number in range(4):
        wish(make, make.enrolment(cohort), *offers)
        make.offer(make.unit(), cohort)
    assert query_count(read) == few


def test_distance_goes_by_municipality_and_region_however_they_are_spelled(
    session: Session, make: Factory, cohort: Cohort
) -> None:
    """D-05: the regions are those of the practicum's days."""
    places = ("viborg kommune", "Århus", "København", None)
    for name in places:
        make.offer(make.unit(municipality=name), cohort, seats=1)
        make.enrolment(cohort, municipality="Viborg")
    made = propose(session, cohort)
    assert sorted(made.result["distance"].values()) == [0, 1, 2, 2]


def test_missing_mandatory_clearance_keeps_a_student_from_a_unit(
    session: Session, make: Factory, cohort: Cohort, offers: list[Offer], students: list[Enrolment]
) -> None:
    """It holds on the first day of the practicum; what is only wished for stops nobody."""
    wish(make, students[0], *offers)
    kind = ClearanceKind.CRIMINAL_RECORD
    rule = make.keep(ClearanceRule(unit_id=offers[0].unit_id, kind=kind, mandatory=True))
    held = make.keep(Clearance(enrolment_id=students[1].id, kind=kind, seen_on=date(2024, 12, 1)))
    made = propose(session, cohort)
    assert allocations.placed_in(made.result) == {students[1].id: offers[0].id, students[0].id: offers[1].id}
    inputs = allocation_inputs.read(session, cohort, today=TODAY)
    row = next(one for one in allocation_lists.rows(made, inputs) if one.enrolment_id == students[0].id)
    assert str(row.reasons[-1]) == (
        "Team Nord kan ikke lade sig gøre. Der mangler en attest eller en godkendelse."
    )
    held.expires_on = date(2025, 1, 5)
    make.keep(held)
    assert offers[0].id not in allocations.placed_in(propose(session, cohort).result).values()
    rule.mandatory = False
    make.keep(rule)
    assert len(propose(session, cohort).result["placed"]) == 2


# Carried out


def commit(session: Session, made: Allocation) -> None:
    with writing():
        allocations.commit(session, made, version=made.version, today=TODAY)
        session.commit()


def test_commit_makes_a_draft_of_each(
    session: Session, cohort: Cohort, offers: list[Offer], students: list[Enrolment]
) -> None:
    made = propose(session, cohort)
    commit(session, made)
    drafts = session.scalars(select(Placement).order_by(Placement.id)).all()
    assert {one.enrolment_id: one.offer_id for one in drafts} == allocations.placed_in(made.result)
    assert {one.status.value for one in drafts} == {"draft"}
    assert sorted(made.drafts) == sorted(one.id for one in drafts)
    assert len(offers) == len(students) == len(drafts)


def change_wish(make: Factory, cohort: Cohort, offers: list[Offer], students: list[Enrolment]) -> None:
    wish(make, students[0], offers[0], reach=Reach.REGION)


def change_offer(make: Factory, cohort: Cohort, offers: list[Offer], students: list[Enrolment]) -> None:
    offers[0].seats = 3
    make.keep(offers[0])


def change_people(make: Factory, cohort: Cohort, offers: list[Offer], students: list[Enrolment]) -> None:
    make.enrolment(cohort)


def change_period(make: Factory, cohort: Cohort, offers: list[Offer], students: list[Enrolment]) -> None:
    cohort.practicum_ends_on = date(2025, 4, 6) + timedelta(days=7)
    make.keep(cohort)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (change_wish, "ønskerne"),
        (change_offer, "praktikpladserne"),
        (change_people, "de studerende"),
        (change_period, "holdets praktik"),
    ],
)
def test_commit_on_changed_data_is_refused_and_says_what_changed(
    session: Session,
    make: Factory,
    cohort: Cohort,
    offers: list[Offer],
    students: list[Enrolment],
    change: Callable[..., None],
    named: str,
) -> None:
    made = propose(session, cohort)
    change(make, cohort, offers, students)
    with pytest.raises(RuleBroken, match=f"{named}.*Intet er gemt. Lav et nyt forslag"):
        commit(session, made)
    session.rollback()
    assert laid(session) == 0


@pytest.mark.usefixtures("offers", "students")
def test_commit_twice_is_refused(session: Session, cohort: Cohort) -> None:
    made = propose(session, cohort)
    commit(session, made)
    with pytest.raises(RuleBroken, match="allerede gjort til forløb"):
        commit(session, made)


@pytest.mark.usefixtures("offers", "students")
def test_of_two_proposals_committed_at_once_one_wins(app: Flask, session: Session, cohort: Cohort) -> None:
    """Both at the same moment, each in a session of its own: the other is told, and nothing half-happens."""
    ids = [propose(session, cohort).id, propose(session, cohort).id]
    session.rollback()
    start = Barrier(2)

    def carry_out(allocation_id: int) -> str:
        with app.app_context(), writing():
            start.wait()
            try:
                made = db.session.get_one(Allocation, allocation_id)
                allocations.commit(db.session(), made, version=made.version, today=TODAY)
                db.session.commit()
            except RuleBroken as broken:
                db.session.rollback()
                return str(broken.sentence)
            return ""

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(carry_out, ids))
    assert answers[0] == ""
    assert "Lav et nyt forslag" in answers[1]
    assert laid(session) == 2


# Taken back


@pytest.mark.usefixtures("offers", "students")
def test_undo_takes_the_drafts_away_and_the_proposal_can_be_used_again(
    session: Session, cohort: Cohort
) -> None:
    made = propose(session, cohort)
    commit(session, made)
    with writing():
        allocations.undo(session, made, version=made.version)
        session.commit()
    assert (laid(session), made.drafts, allocations.verbs_for(made)) == (0, [], ["commit"])
    commit(session, made)
    assert laid(session) == 2


@pytest.mark.usefixtures("offers", "students")
@pytest.mark.parametrize("touch", ["proposed", "supervised", "agreed on"])
def test_undo_is_refused_when_somebody_has_gone_on(
    session: Session, make: Factory, cohort: Cohort, touch: str
) -> None:
    made = propose(session, cohort)
    commit(session, made)
    draft = session.get_one(Placement, made.drafts[0])
    if touch == "proposed":
        draft.status = PlacementStatus.PROPOSED
    elif touch == "supervised":
        draft.supervisor = make.contact(draft.unit)
    else:
        make.agreement(draft)
    make.keep(draft)
    with pytest.raises(RuleBroken, match="arbejdet videre"):
        allocations.undo(session, made, version=made.version)
    session.rollback()
    assert laid(session) == 2


# Pairs


def test_pinned_and_forbidden_pairs_are_kept_in_new_proposals(
    session: Session, make: Factory, cohort: Cohort, offers: list[Offer], students: list[Enrolment]
) -> None:
    north, house = offers
    wish(make, students[0], house, north)
    wish(make, students[1], north, house)
    settle(session, cohort, students[0], north, "pinned")
    assert allocations.placed_in(propose(session, cohort).result)[students[0].id] == north.id
    settle(session, cohort, students[0], north, "forbidden")
    settle(session, cohort, students[0], house, "forbidden")
    assert students[0].id not in allocations.placed_in(propose(session, cohort).result)
    assert len(allocation_pairs.of_cohort(session, cohort)) == 2


def test_second_pin_of_a_student_replaces_the_first(
    session: Session, cohort: Cohort, offers: list[Offer], students: list[Enrolment]
) -> None:
    for offer in offers:
        settle(session, cohort, students[0], offer, "pinned")
    assert [pair.offer_id for pair in allocation_pairs.of_cohort(session, cohort)] == [offers[1].id]


def test_pin_that_cannot_be_is_refused_and_said_why(
    session: Session, make: Factory, cohort: Cohort, offers: list[Offer], students: list[Enrolment]
) -> None:
    wishes = wish(make, students[0])
    make.keep(ExcludedUnit(wishes_id=wishes.id, unit_id=offers[0].unit_id))
    with pytest.raises(RuleBroken) as refused:
        settle(session, cohort, students[0], offers[0], "pinned")
    session.rollback()
    assert str(refused.value.sentence) == (
        "Anna Ager kan ikke være låst til Team Nord. Det er ikke en mulighed."
    )
    settle(session, cohort, students[1], offers[0], "pinned")
    third = make.enrolment(cohort)
    with pytest.raises(RuleBroken, match="låst flere, end der er pladser"):
        settle(session, cohort, third, offers[0], "pinned")


def test_pair_of_another_cohort_is_refused(
    session: Session, make: Factory, cohort: Cohort, offers: list[Offer], students: list[Enrolment]
) -> None:
    foreign = make.offer(make.unit(), make.cohort())
    with pytest.raises(RuleBroken, match="åben praktikplads til holdet"):
        settle(session, cohort, students[0], foreign, "pinned")
    with pytest.raises(RuleBroken, match="ikke har en plads endnu"):
        settle(session, cohort, make.enrolment(foreign.cohort), offers[0], "pinned")
