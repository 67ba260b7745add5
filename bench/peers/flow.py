"""The same allocation by an independent exact method: minimum-cost flow of OR-Tools, in whole numbers.

`python flow.py COHORT.npz` prints what the best allocation is worth. It imports nothing of the product, and
has an environment of its own. One weight puts each aim wholly before the next; 64-bit integers hold them.
"""

from __future__ import annotations

import json
import sys
import time

import numpy as np
from ortools.graph.python import min_cost_flow


def solve(cohort: dict[str, np.ndarray]) -> dict[str, object]:
    students, offers = int(cohort["students"]), len(cohort["seats"])
    target = cohort["target"]
    nearer = 1
    wish = int(cohort["distance"].max()) * students * nearer + 1
    sector = int(cohort["rank"].max()) * students * wish + wish
    place = (students + int(target.sum()) + 1) * sector
    first_offer, first_sector = students, students + offers
    source, sink = first_sector + len(target), first_sector + len(target) + 1
    everybody, each = np.arange(students), np.arange(len(target))
    ones = np.ones(students, dtype=np.int64)
    edges = len(cohort["student"])
    flow = min_cost_flow.SimpleMinCostFlow()

    def arcs(tails: object, heads: object, capacities: object, costs: object) -> np.ndarray:
        size = len(np.atleast_1d(tails))
        full = [
            np.broadcast_to(np.asarray(one, dtype=np.int64), size)
            for one in (tails, heads, capacities, costs)
        ]
        return flow.add_arcs_with_capacity_and_unit_cost(*full)

    arcs(np.full(students, source), everybody, ones, 0)
    arcs(everybody, sink, ones, place)
    worth = cohort["rank"] * wish + cohort["distance"] * nearer
    used = arcs(cohort["student"], first_offer + cohort["offer"], np.ones(edges), worth)
    arcs(first_offer + np.arange(offers), first_sector + cohort["sector"], cohort["seats"], 0)
    arcs(first_sector + each, sink, target, -sector)
    arcs(first_sector + each, sink, students, sector)
    flow.set_nodes_supplies(np.array([source, sink]), np.array([students, -students]))
    started = time.process_time()
    status = flow.solve()
    spent = time.process_time() - started
    if status != flow.OPTIMAL:
        raise SystemExit(f"OR-Tools: {status}")
    chosen = np.flatnonzero(flow.flows(used))
    found = np.bincount(cohort["sector"][cohort["offer"][chosen]], minlength=len(target))
    score = [
        students - len(chosen),
        int(np.abs(found - target).sum()),
        int(cohort["rank"][chosen].sum()),
        int(cohort["distance"][chosen].sum()),
    ]
    return {"score": score, "seconds": spent}


if __name__ == "__main__":
    with np.load(sys.argv[1]) as stored:
        print(json.dumps(solve(dict(stored))))
