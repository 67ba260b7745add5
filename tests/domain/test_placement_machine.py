"""Any order of verbs and edits, tried by chance: the promises of the state table hold after every step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.domain import placements
from placements.domain.rules import RuleBroken
from placements.models.enrolments import Enrolment
from placements.models.hosts import Contact, Unit
from placements.models.offers import Offer, OfferStatus
from placements.models.placements import LegalBasis, Placement, PlacementStatus
from tests.factories import Factory

NOW = datetime(2025, 2, 3, 9, tzinfo=UTC)
FIRST, LAST = date(2025, 1, 6), date(2025, 4, 6)
S = PlacementStatus
# Attendance is tried elsewhere: this programme has no follow-up days.
VERBS: dict[str, tuple[set[S], S, Callable[[Session, Placement, date], None]]] = {
    "propose": ({S.DRAFT}, S.PROPOSED, lambda s, p, _day: placements.propose(s, p, now=NOW)),
    "accept": ({S.PROPOSED}, S.ACCEPTED, lambda s, p, _day: placements.accept(s, p, now=NOW)),
    "decline": ({S.PROPOSED}, S.DECLINED, lambda s, p, _day: placements.decline(s, p, reason="Nej", now=NOW)),
    "agree": ({S.ACCEPTED}, S.AGREED, lambda s, p, _day: placements.agree(s, p)),
    "start": ({S.AGREED}, S.ACTIVE, lambda s, p, day: placements.start(s, p, today=day)),
    "complete": ({S.ACTIVE}, S.COMPLETED, lambda s, p, day: placements.complete(s, p, today=day)),
    "end_early": (
        {S.ACTIVE},
        S.ENDED_EARLY,
        lambda s, p, day: placements.end_early(s, p, reason="Stop", today=day, now=NOW),
    ),
    "cancel": (
        {S.DRAFT, S.PROPOSED, S.ACCEPTED, S.AGREED},
        S.CANCELLED,
        lambda s, p, _day: placements.cancel(s, p, reason="Aflyst", now=NOW),
    ),
}
days = st.integers(0, 88).map(lambda n: FIRST + timedelta(days=n))
# Mostly short ones that fit, so that several stand side by side; now and then one that does not.
periods = st.builds(lambda day, length: (day, day + timedelta(days=length)), days, st.integers(-2, 30))
bases = st.none() | st.sampled_from(LegalBasis)


class Placing(RuleBasedStateMachine):
    """Three students, two units with three seats between them; nothing is committed."""

    session: Session
    students: list[int]
    units: list[int]
    offers: list[int]
    contacts: list[int]
    placed = Bundle("placed")

    def __init__(self) -> None:
        super().__init__()
        self.session.rollback()

    def teardown(self) -> None:
        self.session.rollback()

    def attempt(self, action: Callable[[], object]) -> bool:
        """As a view does it: refused means that nothing has happened."""
        step = self.session.begin_nested()
        try:
            action()
            self.session.flush()
        except RuleBroken:
            step.rollback()
            return False
        step.commit()
        return True

    def get(self, model: type[Any], key: int) -> Any:
        return self.session.get(model, key)

    @rule(target=placed, student=st.integers(0, 2), offer=st.integers(0, 1), period=periods, basis=bases)
    def create(self, student: int, offer: int, period: tuple[date, date], basis: LegalBasis | None) -> Any:
        made: list[Placement] = []
        wanted, (starts, ends) = self.get(Offer, self.offers[offer]), period
        person = self.get(Enrolment, self.students[student])
        done = self.attempt(
            lambda: made.append(
                placements.create(
                    self.session,
                    wanted,
                    person,
                    today=FIRST,
                    starts_on=starts,
                    ends_on=ends,
                    legal_basis=basis,
                )
            )
        )
        return made[0].id if done else multiple()

    @rule(key=placed, choice=st.integers(0, 5))
    def carry_on(self, key: int, choice: int) -> None:
        """One of the verbs that the state is open to, so that placements come far."""
        status = self.get(Placement, key).status
        ways = [verb for verb in VERBS if status in VERBS[verb][0]]
        if ways:
            self.move(key, ways[choice % len(ways)], LAST)

    @rule(
        key=placed,
        verb=st.sampled_from(sorted(VERBS)),
        today=st.sampled_from([FIRST, LAST, LAST + timedelta(1)]),
    )
    def move(self, key: int, verb: str, today: date) -> None:
        placement = self.get(Placement, key)
        sources, target, action = VERBS[verb]
        before = placement.status
        if self.attempt(lambda: action(self.session, placement, today)):
            assert before in sources
            assert placement.status is target
        else:
            assert placement.status is before

    @rule(
        key=placed,
        unit=st.integers(0, 1),
        contact=st.none() | st.integers(0, 1),
        period=periods,
        minutes=st.sampled_from([0, 300, 360, 420, 3000]),
    )
    def edit(self, key: int, unit: int, contact: int | None, period: tuple[date, date], minutes: int) -> None:
        placement = self.get(Placement, key)
        before = (placement.status, placement.unit_id)
        done = self.attempt(
            lambda: placements.edit(
                self.session,
                placement,
                unit_id=self.units[unit],
                supervisor_id=None if contact is None else self.contacts[contact],
                starts_on=period[0],
                ends_on=period[1],
                weekly_minutes=minutes,
                today=FIRST,
                now=NOW,
            )
        )
        if not done or placement.unit_id == before[1]:
            assert (placement.status, placement.unit_id) == before
        else:
            assert before[0] in {S.DRAFT, S.PROPOSED, S.ACCEPTED}
            assert placement.status is (S.DRAFT if before[0] is S.DRAFT else S.PROPOSED)

    @rule(offer=st.integers(0, 1))
    def close(self, offer: int) -> None:
        self.get(Offer, self.offers[offer]).status = OfferStatus.CLOSED
        self.session.flush()

    def all(self) -> list[Placement]:
        return list(self.session.scalars(select(Placement)))

    @invariant()
    def no_offer_gives_more_than_its_seats(self) -> None:
        for key in self.offers:
            offer = self.get(Offer, key)
            taken = [p for p in self.all() if p.offer_id == key and p.status in placements.OCCUPYING]
            assert len(taken) <= offer.seats
            assert placements.taken_seats(self.session, offer) == len(taken)

    @invariant()
    def nobody_is_in_two_places(self) -> None:
        busy = [p for p in self.all() if p.status in placements.OCCUPYING]
        for one, two in combinations(busy, 2):
            assert (
                one.enrolment_id != two.enrolment_id
                or one.ends_on < two.starts_on
                or two.ends_on < one.starts_on
            )

    @invariant()
    def every_placement_fits(self) -> None:
        for placement in self.all():
            assert FIRST <= placement.starts_on <= placement.ends_on <= LAST
            assert 0 < placement.weekly_minutes <= 2220
            assert placement.supervisor is None or placement.supervisor.unit_id == placement.unit_id
            assert placement.offer is None or placement.offer.unit_id == placement.unit_id
            assert (placement.reason is not None) is (placement.status in placements.RELEASED)
            assert placement.legal_basis is not None or placement.status in {S.DRAFT, S.CANCELLED}


def test_placements_keep_their_promises(make: Factory, session: Session) -> None:
    programme = make.programme(follow_up_days=0)
    cohort = make.cohort(programme)
    units: list[Unit] = [make.unit("Afsnit A"), make.unit("Afsnit B")]
    contacts: list[Contact] = [make.contact(unit) for unit in units]
    world = {
        "session": session,
        "students": [make.enrolment(cohort).id for _ in range(3)],
        "units": [unit.id for unit in units],
        "offers": [make.offer(unit, cohort, seats=seats).id for seats, unit in enumerate(units, 1)],
        "contacts": [contact.id for contact in contacts],
    }
    run_state_machine_as_test(
        type("PlacingHere", (Placing,), world),
        settings=settings(
            max_examples=40,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
