"""Who may go where and at what cost, as plain numbers: what is solved, and what a solution is worth.

No database, no names. Students, offers and sectors are counted from 0; an *edge* is a pair that is allowed,
and a pair that is not allowed is simply not there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

RANK_COSTS = (0, 2, 5, 9, 14, 20)
"""First wish, second, …: each step down counts more than the one before."""
LOW_WISH, NO_WISH = 23, 24
"""A wish further down, and a place that was not wished for; a wish is always better than none."""
LOTS = 1 << 16


class Score(NamedTuple):
    """Four aims, the first before the second and so on; less is better in each.

    `unplaced` students, `deviation` from the sectors' targets in seats, `ranks` and `distance` in points.
    """

    unplaced: int
    deviation: int
    ranks: int
    distance: int


def rank_cost(rank: int | None) -> int:
    """Points for the wish of this number; None: not wished for."""
    if rank is None:
        return NO_WISH
    return RANK_COSTS[rank - 1] if rank <= len(RANK_COSTS) else LOW_WISH


@dataclass(frozen=True, slots=True)
class Problem:
    """One entry in `student`, `offer`, `rank`, `distance`, `lot` for each edge; `lot` settles what is equal.

    `sector` and `seats`: for each offer. `target`: students wanted in each sector; empty: as it comes.
    `must`: edges that have to be used.
    """

    students: int
    seats: Numbers
    sector: Numbers
    target: Numbers
    student: Numbers
    offer: Numbers
    rank: Numbers
    distance: Numbers
    lot: Numbers
    must: tuple[int, ...] = ()

    @property
    def edges(self) -> int:
        return len(self.student)


Edge = tuple[int, int, int, int]
"""Student, offer, points for the wish, points for the distance."""


def problem(
    students: int,
    seats: Sequence[int],
    edges: Sequence[Edge],
    *,
    sector: Sequence[int] = (),
    target: Sequence[int] = (),
    must: Sequence[tuple[int, int]] = (),
    lots: Sequence[int] | None = None,
) -> Problem:
    """From plain lists. A student who must have one place has no other edge."""
    import numpy as np

    kept = _only_what_must(edges, dict(must))
    table = np.array(kept, dtype=np.int64).reshape(-1, 4)
    chosen = [number for number, edge in enumerate(kept) if (edge[0], edge[1]) in set(must)]
    lot = dict(zip([(edge[0], edge[1]) for edge in edges], lots or [0] * len(edges), strict=True))
    return Problem(
        students,
        np.array(seats, dtype=np.int64),
        np.array(sector if len(target) else [], dtype=np.int64),
        np.array(target, dtype=np.int64),
        student=table[:, 0],
        offer=table[:, 1],
        rank=table[:, 2],
        distance=table[:, 3],
        lot=np.array([lot[edge[0], edge[1]] for edge in kept], dtype=np.int64),
        must=tuple(chosen),
    )


def _only_what_must(edges: Sequence[Edge], must: dict[int, int]) -> list[Edge]:
    return [edge for edge in edges if must.get(edge[0], edge[1]) == edge[1]]


def lot(seed: int, student: Any, offer: Any) -> int:
    """A number by chance that is the same for the same seed and pair, whatever order they come in."""
    digest = hashlib.blake2b(f"{seed}:{student}:{offer}".encode(), digest_size=2).digest()
    return int.from_bytes(digest, "big")


def score(problem: Problem, chosen: Sequence[int]) -> Score:
    """What a choice of edges is worth."""
    import numpy as np

    used = np.array(chosen, dtype=np.int64)
    deviation = 0
    if len(problem.target):
        found = np.bincount(problem.sector[problem.offer[used]], minlength=len(problem.target))
        deviation = int(np.abs(found - problem.target).sum())
    return Score(
        problem.students - len(used),
        deviation,
        int(problem.rank[used].sum()),
        int(problem.distance[used].sum()),
    )


def broken_rules(problem: Problem, chosen: Sequence[int]) -> list[str]:
    """Which hard rules a choice of edges breaks; none, whatever the solver answered."""
    import numpy as np

    used = np.array(chosen, dtype=np.int64)
    per_student = np.bincount(problem.student[used], minlength=problem.students)
    per_offer = np.bincount(problem.offer[used], minlength=len(problem.seats))
    broken = {
        "two places": bool((per_student > 1).any()),
        "too many on an offer": bool((per_offer > problem.seats).any()),
        "a pair that must be": not set(problem.must) <= {int(edge) for edge in used},
    }
    return [rule for rule, is_broken in broken.items() if is_broken]
