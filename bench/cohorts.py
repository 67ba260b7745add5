"""Cohorts of any size for the allocation: students with ten feasible units each, some units wanted more."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np

from placements.domain.allocation_problem import LOTS, Problem, rank_cost

WISHES = 5
MUNICIPALITIES, REGIONS = 98, 5
SPREAD = 0.3
"""How differently the units are wanted: the deviation of the logarithm of their weight."""


class Size(NamedTuple):
    students: int
    units: int
    seats: int
    feasible: int = 10

    def __str__(self) -> str:
        return f"{self.students:,} × {self.units:,}"


SIZES = (Size(8, 12, 16), Size(500, 300, 700), Size(10_000, 4_000, 12_000))


def cohort(size: Size) -> Problem:
    """The same each time. Half of the students are wanted in each of two sectors (V-12)."""
    chance = np.random.default_rng(2025)
    students, units = size.students, size.units
    seats = 1 + np.bincount(chance.integers(0, units, size.seats - units), minlength=units)
    weight = chance.lognormal(0, SPREAD, units)
    # The ten smallest of exponential times: drawn without replacement, by weight.
    drawn = [
        np.argpartition(chance.exponential(size=units) / weight, size.feasible)[: size.feasible].copy()
        for _student in range(students)
    ]
    offer = np.concatenate([chance.permutation(one) for one in drawn])
    student = np.repeat(np.arange(students), size.feasible)
    place = np.tile(np.arange(size.feasible), students)
    costs = np.array([rank_cost(wish + 1 if wish < WISHES else None) for wish in range(size.feasible)])
    lives, lies = chance.integers(0, MUNICIPALITIES, students), chance.integers(0, MUNICIPALITIES, units)
    apart = lives[student] != lies[offer]
    far = lives[student] % REGIONS != lies[offer] % REGIONS
    return Problem(
        students,
        seats,
        chance.integers(0, 2, units),
        np.array([students - students // 2, students // 2]),
        student,
        offer,
        costs[place],
        apart.astype(np.int64) + far,
        chance.integers(0, LOTS, len(student)),
    )


def save(problem: Problem, path: Path) -> None:
    """For a program that knows nothing of the product."""
    names = ("seats", "sector", "target", "student", "offer", "rank", "distance")
    np.savez(path, students=problem.students, **{name: getattr(problem, name) for name in names})
