"""Which student may go to which offer: the hard rules, as plain data in and edges out.

What a student keeps confidential (units that will not do, needs) makes a pair *not possible* and nothing
more: it has no other name here, and no sentence ever says which of the two it was.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from placements.domain.allocation_problem import Edge, Problem, lot, problem, rank_cost
from placements.models.hosts import Sector
from placements.models.preferences import Reach


class Obstacle(enum.StrEnum):
    """Why a pair has no edge, in the order in which it is said; the last says nothing."""

    FULL = "full"
    FORBIDDEN = "forbidden"
    PERIOD = "period"
    BUSY = "busy"
    SECTOR = "sector"
    DAYS = "days"
    REACH = "reach"
    CLEARANCE = "clearance"
    NOT_POSSIBLE = "not_possible"


class Place(NamedTuple):
    """Empty where it is not known; what is not known is not near."""

    municipality: str | None = None
    region: str | None = None


NOWHERE = Place()
SAME_MUNICIPALITY, SAME_REGION, ELSEWHERE = 0, 1, 2
REACHES = {Reach.MUNICIPALITY: SAME_MUNICIPALITY, Reach.REGION: SAME_REGION, Reach.ANYWHERE: ELSEWHERE}


def distance(one: Place, other: Place) -> int:
    """In three steps."""
    if one.municipality and one.municipality == other.municipality:
        return SAME_MUNICIPALITY
    return SAME_REGION if one.region and one.region == other.region else ELSEWHERE


@dataclass(frozen=True, slots=True)
class Student:
    """`ranks`: offer to 1, 2, 3…; no weekdays: any day works; `busy`: other practicums, from and to."""

    id: int
    place: Place = NOWHERE
    ranks: Mapping[int, int] = field(default_factory=dict)
    weekdays: frozenset[int] = frozenset()
    reach: Reach = Reach.ANYWHERE
    needs: frozenset[str] = frozenset()
    excluded_unit_ids: frozenset[int] = frozenset()
    busy: tuple[tuple[date, date], ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """`seats`: those still open; no weekdays: they are agreed later."""

    id: int
    unit_id: int
    sector: Sector
    seats: int
    starts_on: date
    ends_on: date
    place: Place = NOWHERE
    weekdays: frozenset[int] = frozenset()
    accessibility: frozenset[str] = frozenset()


Pair = tuple[int, int]
"""The ids of a student and an offer."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything an allocation rests on. `targets`: students wanted in each sector that the practicum is for;
    empty: every sector, as it comes. `blocked`: student and unit, for want of a clearance.
    """

    students: tuple[Student, ...]
    offers: tuple[Offer, ...]
    first: date
    last: date
    targets: Mapping[Sector, int] = field(default_factory=dict)
    pinned: frozenset[Pair] = frozenset()
    forbidden: frozenset[Pair] = frozenset()
    blocked: frozenset[Pair] = frozenset()


def obstacle(facts: Facts, student: Student, offer: Offer) -> Obstacle | None:
    """The first that stands in the way; None: the pair is possible."""
    steps = distance(student.place, offer.place)
    in_the_way = {
        Obstacle.FULL: offer.seats < 1,
        Obstacle.FORBIDDEN: (student.id, offer.id) in facts.forbidden,
        Obstacle.PERIOD: offer.starts_on < facts.first or offer.ends_on > facts.last,
        Obstacle.BUSY: any(
            first <= offer.ends_on and last >= offer.starts_on for first, last in student.busy
        ),
        Obstacle.SECTOR: bool(facts.targets) and offer.sector not in facts.targets,
        Obstacle.DAYS: bool(student.weekdays) and not offer.weekdays <= student.weekdays,
        Obstacle.REACH: steps > REACHES[student.reach],
        Obstacle.CLEARANCE: (student.id, offer.unit_id) in facts.blocked,
        Obstacle.NOT_POSSIBLE: offer.unit_id in student.excluded_unit_ids
        or not student.needs <= offer.accessibility,
    }
    return next((kind for kind, stands in in_the_way.items() if stands), None)


@dataclass(frozen=True, slots=True)
class Case:
    """The facts as numbers, and the way back: edge `n` of the problem is the pair `pairs[n]`."""

    facts: Facts
    problem: Problem
    pairs: tuple[Pair, ...]
    edge_at: Mapping[Pair, int]
    students: Mapping[int, Student]
    offers: Mapping[int, Offer]


def case(facts: Facts, *, seed: int) -> Case:
    """Pinned pairs have to be possible: see `unmet_pins`."""
    offers = {offer.id: place for place, offer in enumerate(facts.offers)}
    numbers = {student.id: place for place, student in enumerate(facts.students)}
    sectors = list(facts.targets)
    pinned = dict(facts.pinned)
    edges: list[Edge] = []
    pairs: list[Pair] = []
    for student, offer in _possible(facts):
        if pinned.get(student.id, offer.id) == offer.id:
            rank = rank_cost(student.ranks.get(offer.id))
            steps = distance(student.place, offer.place)
            edges.append((numbers[student.id], offers[offer.id], rank, steps))
            pairs.append((student.id, offer.id))
    asked = problem(
        len(facts.students),
        [offer.seats for offer in facts.offers],
        edges,
        sector=[sectors.index(offer.sector) if offer.sector in sectors else 0 for offer in facts.offers],
        target=list(facts.targets.values()),
        must=[(numbers[student_id], offers[offer_id]) for student_id, offer_id in facts.pinned],
        lots=[lot(seed, *pair) for pair in pairs],
    )
    return Case(
        facts,
        asked,
        tuple(pairs),
        {pair: edge for edge, pair in enumerate(pairs)},
        {student.id: student for student in facts.students},
        {offer.id: offer for offer in facts.offers},
    )


def _possible(facts: Facts) -> Iterable[tuple[Student, Offer]]:
    return (
        (student, offer)
        for student in facts.students
        for offer in facts.offers
        if obstacle(facts, student, offer) is None
    )


class UnmetPin(NamedTuple):
    """A pair that has to be and cannot; no obstacle: more are pinned to the offer than it has seats."""

    student_id: int
    offer_id: int
    obstacle: Obstacle | None


def unmet_pins(facts: Facts) -> list[UnmetPin]:
    """Students who are placed already, and offers that are closed, are not among the facts any more."""
    students = {student.id: student for student in facts.students}
    offers = {offer.id: offer for offer in facts.offers}
    used: dict[int, int] = {}
    found = []
    for student_id, offer_id in sorted(facts.pinned):
        student, offer = students.get(student_id), offers.get(offer_id)
        if student is None or offer is None:
            found.append(UnmetPin(student_id, offer_id, Obstacle.FULL if student else Obstacle.BUSY))
            continue
        used[offer_id] = used.get(offer_id, 0) + 1
        stands = obstacle(facts, student, offer)
        if stands is not None or used[offer_id] > offer.seats:
            found.append(UnmetPin(student_id, offer_id, stands))
    return found


def placed_of(case: Case, chosen: Sequence[int]) -> dict[int, int]:
    """Student to offer."""
    return dict(case.pairs[edge] for edge in chosen)


def by_sector(facts: Facts, placed: Mapping[int, int]) -> dict[Sector, tuple[int, int]]:
    """How many of these students are in each sector, and how many were wanted there."""
    sectors = {offer.id: offer.sector for offer in facts.offers}
    found = [sectors[offer_id] for offer_id in placed.values()]
    return {sector: (found.count(sector), wanted) for sector, wanted in facts.targets.items()}
