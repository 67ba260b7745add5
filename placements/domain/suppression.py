"""Counts of people that may be shown: none below five, and none that could be computed from the others.

The whole is taken as known. In each distribution either nothing is hidden, or at least two figures are that
come to two people or more; and a figure that several distributions share is hidden in all or in none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

ENOUGH = 5
K = TypeVar("K")


def hidden(counts: Mapping[K, int], *, shared: K | None = None, forced: bool = False) -> frozenset[K]:
    """What is not shown: the small, and as many others as it takes, the smallest first.

    `shared` stands in other distributions too: it is taken last, or at once when it is `forced`.
    """
    found = {key for key, number in counts.items() if number < ENOUGH}
    if forced and shared is not None:
        found.add(shared)
    spare = sorted((key for key in counts if key not in found), key=lambda key: (key == shared, counts[key]))
    while found and spare and not _covered([counts[key] for key in found]):
        found.add(spare.pop(0))
    return frozenset(found)


def _covered(numbers: Sequence[int]) -> bool:
    return len(numbers) > 1 and sum(numbers) > 1


def hidden_together(tables: Sequence[Mapping[K, int]], shared: K) -> list[frozenset[K]]:
    """For several distributions of the same people, where `shared` is likely the same figure in all."""
    found = [hidden(table, shared=shared) for table in tables]
    if any(shared in keys for keys in found) and not all(shared in keys for keys in found):
        return [hidden(table, shared=shared, forced=True) for table in tables]
    return found
