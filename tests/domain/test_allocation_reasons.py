"""Which pairs are possible, and what is said of an allocation: on plain data, without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from placements.domain.allocation_reasons import Explainer, Why
from placements.domain.allocation_rules import (
    Case,
    Facts,
    Obstacle,
    Offer,
    Place,
    Student,
    case,
    obstacle,
    placed_of,
    unmet_pins,
)
from placements.domain.allocation_shortage import shortage
from placements.domain.allocation_solver import Solver
from placements.domain.allocation_texts import packed, unpacked
from placements.models.hosts import Sector
from placements.models.preferences import Reach
from tests.domain.small_cohorts import SmallCohort, small_cohorts

FIRST, LAST = date(2025, 1, 6), date(2025, 4, 6)
VIBORG, AARHUS = Place("Viborg", "Midtjylland"), Place("Aarhus", "Midtjylland")
NAMES = {
    "student": {1: "Anna", 2: "Bo", 3: "Cecilie"},
    "offer": {1: "Team Nord", 2: "Team Syd", 3: "Team Øst"},
}


def student(number: int, *ranked: int, **values: Any) -> Student:
    ranks = {offer: place + 1 for place, offer in enumerate(ranked)}
    return Student(number, VIBORG, ranks, **values)


def offer(number: int, *, seats: int = 1, **values: Any) -> Offer:
    values = {"sector": Sector.REGIONAL, "starts_on": FIRST, "ends_on": LAST, "place": VIBORG} | values
    return Offer(number, number, seats=seats, **values)


def facts(students: list[Student], offers: list[Offer], **values: Any) -> Facts:
    return Facts(tuple(students), tuple(offers), FIRST, LAST, **values)


def explained(known: Facts) -> dict[int, Why]:
    asked = case(known, seed=1)
    solver = Solver(asked.problem)
    return Explainer(asked, solver, solver.solve(), lambda kind, id_: NAMES[kind][id_]).everybody()


def said(known: Facts, number: int) -> list[str]:
    return [str(sentence) for sentence in explained(known)[number].reasons]


# Which pairs are possible


@pytest.mark.parametrize(
    ("of_student", "of_offer", "of_facts", "expected"),
    [
        ({}, {}, {}, None),
        ({}, {"seats": 0}, {}, Obstacle.FULL),
        ({}, {}, {"forbidden": frozenset({(1, 1)})}, Obstacle.FORBIDDEN),
        ({}, {"ends_on": date(2025, 4, 7)}, {}, Obstacle.PERIOD),
        ({}, {"starts_on": date(2025, 1, 5)}, {}, Obstacle.PERIOD),
        ({"busy": ((LAST, date(2025, 9, 1)),)}, {}, {}, Obstacle.BUSY),
        ({"busy": ((date(2025, 4, 7), date(2025, 9, 1)),)}, {}, {}, None),
        ({}, {"sector": Sector.CIVIL}, {"targets": {Sector.REGIONAL: 1}}, Obstacle.SECTOR),
        ({}, {"sector": Sector.CIVIL}, {}, None),
        ({"weekdays": frozenset({0, 2})}, {"weekdays": frozenset({0, 1})}, {}, Obstacle.DAYS),
        ({"weekdays": frozenset({0, 1, 2})}, {"weekdays": frozenset({0, 1})}, {}, None),
        ({}, {"weekdays": frozenset({0, 1})}, {}, None),
        ({"reach": Reach.MUNICIPALITY}, {"place": AARHUS}, {}, Obstacle.REACH),
        ({"reach": Reach.REGION}, {"place": AARHUS}, {}, None),
        ({"reach": Reach.REGION}, {"place": Place()}, {}, Obstacle.REACH),
        ({}, {}, {"blocked": frozenset({(1, 1)})}, Obstacle.CLEARANCE),
        ({"excluded_unit_ids": frozenset({1})}, {}, {}, Obstacle.NOT_POSSIBLE),
        ({"needs": frozenset({"lift"})}, {}, {}, Obstacle.NOT_POSSIBLE),
        ({"needs": frozenset({"lift"})}, {"accessibility": frozenset({"lift", "quiet_room"})}, {}, None),
    ],
)
def test_obstacle_follows_each_hard_rule(
    of_student: dict[str, Any], of_offer: dict[str, Any], of_facts: dict[str, Any], expected: Obstacle | None
) -> None:
    one, place = student(1, **of_student), offer(1, **of_offer)
    known = facts([one], [place], **of_facts)
    assert obstacle(known, one, place) is expected
    assert len(case(known, seed=1).pairs) == (expected is None)


def test_pin_that_cannot_be_is_named_with_what_stands_in_the_way() -> None:
    known = facts(
        [student(1), student(2), student(3, excluded_unit_ids=frozenset({2}))],
        [offer(1), offer(2)],
        pinned=frozenset({(1, 1), (2, 1), (3, 2)}),
    )
    assert [tuple(pin) for pin in unmet_pins(known)] == [(2, 1, None), (3, 2, Obstacle.NOT_POSSIBLE)]


# Why


def test_first_wish_is_said_in_one_sentence() -> None:
    known = facts([student(1, 1)], [offer(1, place=Place())])
    assert said(known, 1) == ["Anna får sit første ønske, Team Nord."]


def test_why_not_says_who_would_have_to_move_and_what_it_would_cost() -> None:
    """Both want Team Nord; Bo has nowhere else."""
    known = facts(
        [student(1, 1, 2), student(2, 1, excluded_unit_ids=frozenset({2}))],
        [offer(1), offer(2, place=AARHUS)],
    )
    assert said(known, 1) == [
        "Anna får sit 2. ønske, Team Syd.",
        "Stedet ligger i samme region.",
        "Anna ville få Team Nord, hvis Bo ikke fik en plads.",
        "Men så ville færre få en plads.",
    ]


def test_why_not_names_where_the_others_would_go() -> None:
    known = facts([student(1, 1, 2), student(2, 1, 3, 2)], [offer(1), offer(2), offer(3, seats=0)])
    assert said(known, 1)[0] == "Anna får sit 2. ønske, Team Syd."
    assert said(known, 1)[2:] == [
        "Anna ville få Team Nord, hvis Bo fik sit 3. ønske, Team Syd.",
        "Men så ville de samlede ønsker blive dårligere opfyldt.",
    ]


def test_student_is_told_nobody_elses_name() -> None:
    known = facts([student(1, 1, 2), student(2, 1, 3, 2)], [offer(1), offer(2), offer(3, seats=0)])
    told = [str(sentence) for sentence in explained(known)[1].told]
    assert told[2] == "Du ville få Team Nord, hvis en anden studerende flyttede."
    assert not any(name in " ".join(told) for name in ("Bo", "Cecilie"))


@pytest.mark.parametrize(
    "values", [{"excluded_unit_ids": frozenset({1})}, {"needs": frozenset({"lift"})}], ids=["unit", "need"]
)
def test_what_is_confidential_is_only_not_possible(values: dict[str, Any]) -> None:
    """The same sentence for both, to everybody; nothing tells one from the other."""
    known = facts([student(1, 1, 2, **values)], [offer(1), offer(2, accessibility=frozenset({"lift"}))])
    why = explained(known)[1]
    assert str(why.reasons[2]) == str(why.told[2]) == "Team Nord er ikke en mulighed."
    assert len(why.reasons) == 3


def test_forbidden_pair_is_not_told_to_the_student() -> None:
    known = facts([student(1, 1, 2)], [offer(1), offer(2)], forbidden=frozenset({(1, 1)}))
    why = explained(known)[1]
    assert str(why.reasons[-1]) == "Team Nord kan ikke lade sig gøre. I har selv udelukket den mulighed."
    assert str(why.told[-1]) == "Team Nord er ikke en mulighed."


def test_equal_allocations_are_said_to_be_settled_by_lot() -> None:
    """Both wish for Team Nord before Team Syd, and neither is nearer."""
    known = facts([student(1, 1, 2), student(2, 1, 2)], [offer(1), offer(2)])
    reasons = explained(known)
    lost = next(why for why in reasons.values() if len(why.reasons) > 2)
    assert str(lost.reasons[-1]) == "Det ville være lige så godt. Lodtrækning har afgjort det."


def test_pinned_pair_is_explained_by_the_pin() -> None:
    known = facts([student(1, 2, 1)], [offer(1), offer(2)], pinned=frozenset({(1, 1)}))
    assert said(known, 1)[-1] == "I har selv låst parret."


def test_shortage_names_the_group_its_places_and_seats() -> None:
    students = [student(1), student(2), student(3)]
    known = facts(students, [offer(1), offer(2), offer(3, starts_on=date(2024, 1, 1))])
    reasons = next(
        why.reasons for why in explained(known).values() if len(why.told) == 2 and len(why.reasons) == 3
    )
    names = sorted(name for name in NAMES["student"].values() if name in reasons[1])
    assert names == ["Anna", "Bo", "Cecilie"]
    assert str(reasons[1]).endswith("kan kun være på Team Nord og Team Syd, hvor der i alt er 2 pladser.")
    assert str(reasons[2]) == "Én plads mere der ville give én mere en plads."


def test_student_with_nowhere_to_go_is_told_how_many_places_fail_and_why() -> None:
    far = Place("Odense", "Syddanmark")
    known = facts(
        [student(1, reach=Reach.REGION, excluded_unit_ids=frozenset({3}))],
        [offer(1, place=far), offer(2, place=far), offer(3)],
    )
    assert said(known, 1) == [
        "Anna får ikke en plads.",
        "Ingen af de åbne pladser er mulige.",
        "2 af 3: Stedet ligger længere væk end ønsket.",
        "1 af 3: Det er ikke en mulighed.",
    ]


# The smallest group


def plain_case(cohort: SmallCohort) -> Case:
    """A random cohort as facts: a pair that is not among the edges is forbidden."""
    allowed = {(edge[0], edge[1]) for edge in cohort.edges}
    students = [Student(number, VIBORG) for number in range(cohort.students)]
    offers = [offer(number, seats=seats) for number, seats in enumerate(cohort.seats)]
    pairs = {(one.id, place.id) for one in students for place in offers}
    return case(facts(students, offers, forbidden=frozenset(pairs - allowed)), seed=1)


def most(known: Case, students: tuple[int, ...]) -> int:
    """How many of these alone can have a place."""
    alone = replace(known.facts, students=tuple(known.students[one] for one in students))
    return len(students) - Solver(case(alone, seed=1).problem).solve().score.unplaced


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(small_cohorts())
def test_shortage_is_a_smallest_group_that_does_not_fit(cohort: SmallCohort) -> None:
    """One seat less than students; without any one of them the others all fit."""
    known = plain_case(cohort)
    placed = placed_of(known, Solver(known.problem).solve().chosen)
    for one in known.students.keys() - placed.keys():
        short = shortage(known, placed, one)
        if short is None:
            assert not any(pair[0] == one for pair in known.pairs)
            continue
        group = short.student_ids
        assert one in group
        assert short.seats == len(group) - 1 == most(known, group)
        for others in combinations(group, len(group) - 1):
            assert most(known, others) == len(others)


# Stored


def test_reasons_are_stored_by_id_and_said_again_with_the_names_of_now() -> None:
    known = facts([student(1, 1, 2), student(2, 1, 3, 2)], [offer(1), offer(2), offer(3, seats=0)])
    why = explained(known)[1]
    stored = packed(why.reasons)
    assert not any(name in str(stored) for name in ("Anna", "Bo", "Team"))
    assert [str(one) for one in unpacked(stored, NAMES)] == [str(one) for one in why.reasons]
    gone = {"student": {1: "Anna"}, "offer": NAMES["offer"]}
    assert (
        str(unpacked(stored, gone)[2])
        == "Anna ville få Team Nord, hvis en studerende fik sit 3. ønske, Team Syd."
    )
