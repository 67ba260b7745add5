"""The allocation as a linear program, built of whole arrays.

Columns: each edge, the seats used of each offer, and for each sector those too many and those too few. Rows:
each student goes to one place at most, each offer's edges are its used seats, each sector's used seats are
its target. That is a network, so every corner of the program is whole: nobody is placed by halves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from placements.domain.allocation_problem import LOTS, Problem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Indices = NDArray[np.int32]

PRICED = 0.5
"""Prices are whole: what is above one half is not zero."""
EXACT = 2**53
"""Whole numbers below this are exact in floating point."""


@dataclass(slots=True)
class Bounds:
    """Of columns and rows. `fix` rules out what no best solution under the solved aim can use."""

    lower: Floats
    upper: Floats
    row_lower: Floats
    row_upper: Floats

    def fix(self, found: Any) -> None:
        """Complementary slackness: what has a price stays at its bound."""
        import numpy as np

        priced = np.abs(np.asarray(found.col_dual)) > PRICED
        self.lower[priced] = self.upper[priced] = np.rint(np.asarray(found.col_value))[priced]
        tight = np.abs(np.asarray(found.row_dual)) > PRICED
        self.row_lower[tight] = self.row_upper[tight] = np.rint(np.asarray(found.row_value))[tight]


class Program:
    def __init__(self, problem: Problem) -> None:
        import numpy as np

        self.problem = problem
        self.offers, self.sectors = len(problem.seats), len(problem.target)
        self.columns = problem.edges + self.offers + 2 * self.sectors
        self.rows = problem.students + self.offers + self.sectors
        self.every_column = np.arange(self.columns, dtype=np.int32)
        self.every_row = np.arange(self.rows, dtype=np.int32)

    def bounds(self, forced: tuple[int, ...] = ()) -> Bounds:
        """`forced` edges are used, as are those that must be."""
        import numpy as np

        problem = self.problem
        lower = np.zeros(self.columns)
        lower[[*problem.must, *forced]] = 1
        upper = np.full(self.columns, np.inf)
        upper[problem.edges : problem.edges + self.offers] = problem.seats
        ones, none = np.ones(problem.students), np.zeros(self.offers)
        least = np.concatenate([0 * ones, none, problem.target])
        most = np.concatenate([ones, none, problem.target])
        return Bounds(lower, upper, least, most)

    def guess(self) -> Floats:
        """All aims at once, by weights that are usually enough; the stages then prove it or mend it."""
        problem = self.problem
        wishes = 10 * problem.rank + problem.distance + problem.lot / (2.0 * LOTS)
        return self._cost(wishes - 100_000, deviation=3_000)

    def stages(self) -> list[Floats]:
        """What columns cost, aim after aim: as many as possible and then the sectors; wishes and then
        distance; chance. Two aims share a stage where a weight puts one wholly before the other.
        """
        problem = self.problem
        worst_deviation = int(problem.target.sum()) + problem.students
        furthest = int(problem.distance.max(initial=0)) * problem.students
        stages = [
            self._cost(0 * problem.lot - (worst_deviation + 1), deviation=1),
            self._cost(problem.rank * (furthest + 1) + problem.distance),
            self._cost(problem.lot),
        ]
        if any(abs(cost).max(initial=0) * (problem.students + 1) >= EXACT for cost in stages):
            raise OverflowError("the costs are too large to be exact")
        return stages

    def _cost(self, edges: Any, *, deviation: int = 0) -> Floats:
        import numpy as np

        costs = np.zeros(self.columns)
        costs[: self.problem.edges] = edges
        costs[self.problem.edges + self.offers :] = deviation
        return costs

    def matrix(self) -> tuple[Indices, Indices, Floats]:
        """By columns: where each starts, its rows, its coefficients."""
        import numpy as np

        problem, offers = self.problem, np.arange(self.offers)
        first_offer, first_sector = problem.students, problem.students + self.offers
        used = [first_offer + offers]
        if self.sectors:
            used.append(first_sector + problem.sector)
        parts = [
            np.column_stack([problem.student, first_offer + problem.offer]),
            np.column_stack(used),
            np.repeat(first_sector + np.arange(self.sectors), 2).reshape(-1, 1),
        ]
        values = [np.ones(2 * problem.edges), np.tile([-1.0, 1.0][: len(used)], self.offers)]
        values.append(np.tile([-1.0, 1.0], self.sectors))
        lengths = np.concatenate([np.full(len(part), part.shape[1]) for part in parts])
        start = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
        index = np.concatenate([part.ravel() for part in parts]).astype(np.int32)
        return start, index, np.concatenate(values)

    def model(self, cost: Floats) -> Any:
        """Ready for the solver, in one piece."""
        import highspy

        bounds = self.bounds()
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = self.columns, self.rows
        model.col_cost_, model.col_lower_, model.col_upper_ = cost, bounds.lower, bounds.upper
        model.row_lower_, model.row_upper_ = bounds.row_lower, bounds.row_upper
        matrix = model.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kColwise
        matrix.start_, matrix.index_, matrix.value_ = self.matrix()
        return model
