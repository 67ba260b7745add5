"""The solver against trying everything, on thousands of small cohorts (V-12 and the four aims in order)."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from placements.domain.allocation_problem import Score, broken_rules, lot, problem, rank_cost
from placements.domain.allocation_solver import Solver, over_whole_numbers
from tests.domain.small_cohorts import SmallCohort, best_of_all, every_choice, small_cohorts, worth

MANY = settings(max_examples=2_000, deadline=None, suppress_health_check=list(HealthCheck))
SOME = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
FEW = settings(SOME, max_examples=30)


def solve(cohort: SmallCohort, seed: int = 1) -> Score:
    lots = [lot(seed, edge[0], edge[1]) for edge in cohort.edges]
    return Solver(cohort.problem(lots)).solve().score


@MANY
@given(small_cohorts())
def test_solve_breaks_no_hard_rule_and_is_as_good_as_trying_everything(cohort: SmallCohort) -> None:
    """Counted here by hand, not by the product's own functions."""
    asked = cohort.problem()
    found = Solver(asked).solve()
    used = [cohort.edges[edge] for edge in found.chosen]
    assert len({edge[0] for edge in used}) == len(used)
    for offer, seats in enumerate(cohort.seats):
        assert sum(edge[1] == offer for edge in used) <= seats
    assert found.score == worth(cohort, used) == best_of_all(cohort)
    assert not found.fractional


@SOME
@given(small_cohorts(), st.data())
def test_solve_with_what_must_be_is_the_best_that_keeps_it(cohort: SmallCohort, data: st.DataObject) -> None:
    assume(cohort.edges)
    choices = [used for used in every_choice(cohort) if used]
    assume(choices)
    kept = data.draw(st.sampled_from(choices))
    must = tuple((edge[0], edge[1]) for edge in kept[: data.draw(st.integers(1, 2))])
    pinned = replace(cohort, must=must)
    asked = pinned.problem()
    found = Solver(asked).solve()
    pairs = {(int(asked.student[edge]), int(asked.offer[edge])) for edge in found.chosen}
    assert pairs >= set(must)
    assert found.score == best_of_all(pinned)


@SOME
@given(small_cohorts(), st.data())
def test_with_edge_is_the_best_of_all_that_use_it(cohort: SmallCohort, data: st.DataObject) -> None:
    assume(cohort.edges)
    edge = data.draw(st.integers(0, len(cohort.edges) - 1))
    solver = Solver(cohort.problem())
    solver.solve()
    found = solver.with_edge(edge)
    using = [worth(cohort, used) for used in every_choice(cohort) if cohort.edges[edge] in used]
    assert (found.score if found else None) == (min(using) if using else None)
    assert found is None or edge in found.chosen
    assert solver.solve().score == best_of_all(cohort)


@SOME
@given(small_cohorts(), st.integers(0, 4))
def test_adding_a_seat_never_places_fewer(cohort: SmallCohort, number: int) -> None:
    assume(cohort.seats)
    offer = number % len(cohort.seats)
    more = tuple(seats + (place == offer) for place, seats in enumerate(cohort.seats))
    assert solve(replace(cohort, seats=more)).unplaced <= solve(cohort).unplaced


@SOME
@given(small_cohorts(), st.integers(0, 999))
def test_renaming_and_reordering_change_nothing(cohort: SmallCohort, seed: int) -> None:
    chance = Random(seed)
    students = chance.sample(range(cohort.students), cohort.students)
    offers = chance.sample(range(len(cohort.seats)), len(cohort.seats))
    edges = [(students[s], offers[o], rank, distance) for s, o, rank, distance in cohort.edges]
    back = sorted(range(len(offers)), key=offers.__getitem__)
    renamed = replace(
        cohort,
        seats=tuple(cohort.seats[offer] for offer in back),
        sector=tuple(cohort.sector[offer] for offer in back),
        edges=tuple(chance.sample(edges, len(edges))),
    )
    assert solve(renamed) == solve(cohort)


@FEW
@given(small_cohorts())
def test_whole_number_search_finds_the_same_worth(cohort: SmallCohort) -> None:
    """The way out, were a corner ever not whole."""
    assume(cohort.edges)
    assert over_whole_numbers(cohort.problem()).score == best_of_all(cohort)


@SOME
@given(small_cohorts(), st.integers(0, 999))
def test_same_seed_gives_the_same_allocation_in_any_order(cohort: SmallCohort, seed: int) -> None:
    """Lots by chance settle what is equal; two allocations of the same worth and the same lots are rare."""
    shuffled = replace(cohort, edges=tuple(Random(seed).sample(cohort.edges, len(cohort.edges))))
    totals = []
    for one in (cohort, shuffled):
        lots = [lot(seed, edge[0], edge[1]) for edge in one.edges]
        asked = one.problem(lots)
        totals.append(sum(int(asked.lot[edge]) for edge in Solver(asked).solve().chosen))
    assert totals[0] == totals[1]


def test_as_many_as_possible_comes_before_wishes() -> None:
    """Both get a place, although one of them could have had the first wish and the other nothing."""
    edges = [(0, 0, rank_cost(1), 0), (0, 1, rank_cost(None), 2), (1, 0, rank_cost(None), 2)]
    assert Solver(problem(2, [1, 1], edges)).solve().score == Score(0, 0, 48, 4)


def test_sectors_come_before_wishes_and_wishes_before_distance() -> None:
    edges = [(0, 0, 0, 2), (0, 1, 24, 0), (1, 0, 0, 0), (1, 1, 2, 2)]
    mixed = problem(2, [2, 2], edges, sector=[0, 1], target=[1, 1])
    assert Solver(mixed).solve().score == Score(0, 0, 2, 4)
    assert Solver(problem(2, [2, 2], edges)).solve().score == Score(0, 0, 0, 2)


def test_broken_rules_name_what_is_broken() -> None:
    asked = problem(2, [1, 1], [(0, 0, 0, 0), (0, 1, 0, 0), (1, 0, 0, 0)], must=[(1, 0)])
    assert broken_rules(asked, [0, 1]) == ["two places", "a pair that must be"]
    assert broken_rules(asked, [0, 2]) == ["too many on an offer"]
    assert broken_rules(asked, [1, 2]) == []


def test_nothing_to_place_is_solved_too() -> None:
    assert Solver(problem(2, [], [])).solve().score == Score(2, 0, 0, 0)
    assert Solver(problem(0, [3], [], sector=[0], target=[0])).solve().score == Score(0, 0, 0, 0)
