"""Small random cohorts, and what is best for them by trying everything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from hypothesis import strategies as st

from placements.domain.allocation_problem import Edge, Problem, Score, problem, rank_cost


@dataclass(frozen=True)
class SmallCohort:
    students: int
    seats: tuple[int, ...]
    sector: tuple[int, ...]
    target: tuple[int, ...]
    edges: tuple[Edge, ...]
    must: tuple[tuple[int, int], ...] = ()

    def problem(self, lots: list[int] | None = None) -> Problem:
        return problem(
            self.students,
            self.seats,
            self.edges,
            sector=self.sector,
            target=self.target,
            must=self.must,
            lots=lots,
        )


@st.composite
def small_cohorts(draw: st.DrawFn) -> SmallCohort:
    """At most five students and five offers; each pair is forbidden, or has a wish and a distance."""
    students, offers = draw(st.integers(0, 5)), draw(st.integers(0, 5))
    places = draw(st.lists(st.integers(0, 8), min_size=offers, max_size=offers))
    cells = draw(st.lists(st.integers(0, 35), min_size=students * offers, max_size=students * offers))
    edges = [
        (
            cell // offers,
            cell % offers,
            rank_cost(number % 6 + 1 if number % 6 < 5 else None),
            number // 6 % 3,
        )
        for cell, number in enumerate(cells)
        if number < 18 or number >= 30
    ]
    seats = tuple(place % 3 for place in places)
    shared = draw(st.sampled_from(((), (0, students), (students // 2, students - students // 2), (1, 1))))
    return SmallCohort(students, seats, tuple(place // 3 % 2 for place in places), shared, tuple(edges))


def every_choice(cohort: SmallCohort) -> Iterator[list[Edge]]:
    """Every way to give each student one allowed place or none, within the seats and with what must be."""
    own: list[list[Edge | None]] = [[None] for _student in range(cohort.students)]
    for edge in cohort.edges:
        own[edge[0]].append(edge)
    for chosen in product(*own):
        used = [edge for edge in chosen if edge is not None]
        counts = [0] * len(cohort.seats)
        for edge in used:
            counts[edge[1]] += 1
        fits = all(count <= seats for count, seats in zip(counts, cohort.seats, strict=True))
        if fits and {(edge[0], edge[1]) for edge in used} >= set(cohort.must):
            yield used


def worth(cohort: SmallCohort, used: list[Edge]) -> Score:
    counts = [sum(cohort.sector[edge[1]] == number for edge in used) for number in range(len(cohort.target))]
    return Score(
        cohort.students - len(used),
        sum(abs(count - wanted) for count, wanted in zip(counts, cohort.target, strict=True)),
        sum(edge[2] for edge in used),
        sum(edge[3] for edge in used),
    )


def best_of_all(cohort: SmallCohort) -> Score:
    return min(worth(cohort, used) for used in every_choice(cohort))
