"""What an allocation costs: time against the bare solver call, memory, *why not*; and whether it is the best.

`python -m bench.allocation time|memory N` measures the cohort number N in a process of its own.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import cohorts
from placements.domain.allocation_problem import Problem
from placements.domain.allocation_program import Program
from placements.domain.allocation_solver import LARGE, Solver, new_highs

PEERS = Path(__file__).resolve().parent.parent / ".cache" / "peers" / "bin" / "python"
FLOW = Path(__file__).parent / "peers" / "flow.py"
ROUNDS = 3
ASKED = 20
METHOD = f"""
*Allocation*: from arrays to the checked solution, all aims one after the other, each proven best. *Bare
call*: the same matrix and one objective (all aims by weights that are usually enough, proving nothing of
each), handed to HiGHS in one piece by the same method; only its `run()` is timed. Processor time, the median
of {ROUNDS} rounds in one process, taking turns. *Why not*: one more best allocation, which uses a given
pair, the median of {ASKED}. *Memory*: the largest resident size of a process that does one allocation, with
Python and numpy. *OR-Tools*: minimum-cost flow in whole numbers, in an environment of its own
(`bench/peers`), fed with the same arrays; its four figures must be the same.
""".strip()


@dataclass(frozen=True)
class Figures:
    size: cohorts.Size
    edges: int
    score: list[int]
    peer: list[int]
    ours: float
    bare: float
    flow: float
    why_not: float
    megabytes: float


def measure() -> list[Figures]:
    if not PEERS.exists():
        raise FileNotFoundError("OR-Tools is not installed: make bench does that.")
    return [_figures(number, size) for number, size in enumerate(cohorts.SIZES)]


def _figures(number: int, size: cohorts.Size) -> Figures:
    print(f"Allocating {size} …", file=sys.stderr)
    problem = cohorts.cohort(size)
    with tempfile.TemporaryDirectory() as folder:
        stored = Path(folder) / "cohort.npz"
        cohorts.save(problem, stored)
        peer = _child(str(PEERS), str(FLOW), str(stored))
    own = [sys.executable, "-m", "bench.allocation"]
    timed = _child(*own, "time", str(number))
    memory = _child(*own, "memory", str(number))
    if timed["score"] != peer["score"]:
        raise SystemExit(f"{size}: {timed['score']}, and OR-Tools finds {peer['score']}")
    return Figures(
        size,
        problem.edges,
        timed["score"],
        peer["score"],
        timed["ours"],
        timed["bare"],
        peer["seconds"],
        timed["why_not"],
        memory["megabytes"],
    )


def _child(*command: str) -> dict[str, Any]:
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise RuntimeError(ran.stderr[-2000:])
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def _bare(problem: Problem) -> float:
    program, highs = Program(problem), new_highs()
    highs.setOptionValue("solver", "ipm" if problem.edges > LARGE else "simplex")
    highs.passModel(program.model(program.guess()))
    started = time.process_time()
    highs.run()
    return time.process_time() - started


def _time(problem: Problem) -> dict[str, Any]:
    _bare(problem)
    ours, bare = [], []
    for _round in range(ROUNDS):
        started = time.process_time()
        solver = Solver(problem)
        best = solver.solve()
        ours.append(time.process_time() - started)
        bare.append(_bare(problem))
    return {
        "score": list(best.score),
        "ours": statistics.median(ours),
        "bare": statistics.median(bare),
        "why_not": _why_not(problem, solver, set(best.chosen)),
    }


def _why_not(problem: Problem, solver: Solver, chosen: set[int]) -> float:
    """First wishes that were not met, spread over the cohort."""
    firsts = [edge for edge in range(problem.edges) if problem.rank[edge] == 0 and edge not in chosen]
    spent = []
    for edge in firsts[:: max(1, len(firsts) // ASKED)][:ASKED]:
        started = time.process_time()
        solver.with_edge(edge)
        spent.append(time.process_time() - started)
    return statistics.median(spent) if spent else 0.0


def _memory(problem: Problem) -> dict[str, Any]:
    Solver(problem).solve()
    return {"megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def report(found: list[Figures]) -> str:
    head = (
        "| students × units | pairs | seconds | × bare call | why not, ms | MB | OR-Tools, seconds "
        "| unplaced, sectors, wishes, distance |"
    )
    rule = "| --- |" + " ---: |" * 6 + " --- |"
    return "\n\n".join(["### Allocation", "\n".join([head, rule, *map(_line, found)]), METHOD])


def _line(one: Figures) -> str:
    worth = ", ".join(f"{number:,}" for number in one.score)
    same = "the same by OR-Tools" if one.score == one.peer else "NOT the same by OR-Tools"
    ratio = one.ours / one.bare
    return (
        f"| {one.size} | {one.edges:,} | {one.ours:.3f} | {ratio:.2f} | {one.why_not * 1000:.1f} "
        f"| {one.megabytes:.0f} | {one.flow:.3f} | {worth}; {same} |"
    )


if __name__ == "__main__":
    what, number = sys.argv[1:]
    chosen = cohorts.cohort(cohorts.SIZES[int(number)])
    print(json.dumps({"time": _time, "memory": _memory}[what](chosen)))
