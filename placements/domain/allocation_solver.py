"""The best allocation, proven, aim by aim, without weights that could drown each other.

One solve with weights that are usually enough gives a starting point. Then each aim is solved by itself from
there: its prices say which edges a best solution can use at all, and the next aim chooses among those alone.
With a good start each stage only confirms, so the proof costs little; with a bad one it mends.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from placements.domain.allocation_problem import Problem, Score, broken_rules, score
from placements.domain.allocation_program import Bounds, Program

WHOLE = 1e-6
LARGE = 2_000
"""From so many edges on, the first solve is by interior points."""
PRIMAL, DUAL = 4, 1


class NotSolved(RuntimeError):
    """There always is a best allocation, and the solver did not find it: a bug."""


@dataclass(frozen=True, slots=True)
class Solution:
    """The edges used, in order. `fractional` says that the whole-number search was needed; see `Solver`."""

    chosen: tuple[int, ...]
    score: Score
    fractional: bool = False


def new_highs() -> Any:
    import highspy

    highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, value in (("output_flag", False), ("threads", 1), ("presolve", "off")):
        highs.setOptionValue(option, value)
    return highs


class Solver:
    """Keeps each stage's last basis, so that *what if* starts from the solution.

    The program is a network and its corners are whole; that is checked. Were one ever not, the same aims are
    solved again over whole numbers.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._program = Program(problem)
        self._stages = self._program.stages()
        self._bases: list[Any] = []
        self._highs = new_highs()

    def solve(self) -> Solution:
        """The best allocation. What must be was checked to fit before, so there always is one."""
        highs = self._highs
        highs.passModel(self._program.model(self._program.guess()))
        highs.setOptionValue("solver", "ipm" if self.problem.edges > LARGE else "simplex")
        highs.run()
        highs.setOptionValue("solver", "simplex")
        highs.setOptionValue("simplex_strategy", PRIMAL)
        found = self._aim_by_aim(())
        highs.setOptionValue("simplex_strategy", DUAL)
        if found is None:
            raise NotSolved("infeasible")
        return found

    def with_edge(self, edge: int) -> Solution | None:
        """After `solve`: the best allocation that uses this edge; None when what must be leaves no room."""
        return self._aim_by_aim((edge,))

    def _aim_by_aim(self, forced: tuple[int, ...]) -> Solution | None:
        bounds, found = self._program.bounds(forced), None
        for number, cost in enumerate(self._stages):
            self._set(cost, bounds)
            if number < len(self._bases):
                self._highs.setBasis(self._bases[number])
            if not self._run():
                return None
            if number == len(self._bases):
                self._bases.append(self._highs.getBasis())
            found = self._highs.getSolution()
            bounds.fix(found)
        return self._read(found, forced)

    def _set(self, cost: Any, bounds: Bounds) -> None:
        highs, program = self._highs, self._program
        columns, rows = program.every_column, program.every_row
        highs.changeColsCost(len(columns), columns, cost)
        highs.changeColsBounds(len(columns), columns, bounds.lower, bounds.upper)
        highs.changeRowsBounds(len(rows), rows, bounds.row_lower, bounds.row_upper)

    def _run(self) -> bool:
        """False: there is no solution within the bounds."""
        self._highs.run()
        status = self._highs.modelStatusToString(self._highs.getModelStatus())
        if status not in {"Optimal", "Infeasible", "Empty"}:
            raise NotSolved(status)
        return bool(status != "Infeasible")

    def _read(self, found: Any, forced: tuple[int, ...]) -> Solution:
        import numpy as np

        values = np.asarray(found.col_value)[: self.problem.edges]
        if (np.abs(values - np.rint(values)) > WHOLE).any():
            return over_whole_numbers(self.problem, forced)
        return checked(self.problem, np.flatnonzero(values > WHOLE))


def checked(problem: Problem, used: Any, *, fractional: bool = False) -> Solution:
    """Whatever the solver says, no hard rule is broken."""
    chosen = tuple(int(edge) for edge in used)
    if broken := broken_rules(problem, chosen):
        raise NotSolved(", ".join(broken))
    return Solution(chosen, score(problem, chosen), fractional)


def over_whole_numbers(problem: Problem, forced: tuple[int, ...] = ()) -> Solution:
    """The same aims by branch and bound: each aim's best value is a row that the next one keeps."""
    import highspy
    import numpy as np

    program, highs = Program(problem), new_highs()
    highs.setOptionValue("mip_rel_gap", 0.0)
    stages = program.stages()
    highs.passModel(program.model(stages[0]))
    bounds = program.bounds(forced)
    highs.changeColsBounds(program.columns, program.every_column, bounds.lower, bounds.upper)
    whole = np.full(program.columns, int(highspy.HighsVarType.kInteger), dtype=np.uint8)
    highs.changeColsIntegrality(program.columns, program.every_column, whole)
    for cost in stages:
        highs.changeColsCost(program.columns, program.every_column, cost)
        highs.run()
        best = round(highs.getInfo().objective_function_value)
        used = np.flatnonzero(cost).astype(np.int32)
        highs.addRow(-highspy.kHighsInf, best, len(used), used, cost[used])
    values = np.asarray(highs.getSolution().col_value)[: problem.edges]
    return checked(problem, np.flatnonzero(values > WHOLE), fractional=True)
