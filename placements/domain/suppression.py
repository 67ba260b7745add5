"""Counts of people that may be shown: none below five, and none that could be computed from the others.

The whole is taken as known. In each distribution either nothing is hidden, or at least two figures are that
come to two people or more; and a figure that several distributions share is hidden in all or in none. Where
several groups are shown and their sum too, the sum hides as much as it takes (`pooled`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

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


# Several groups, and all of them together


@dataclass(frozen=True, slots=True)
class Part(Generic[K]):
    """One group's distribution as it is shown. `most` is what is told of a hidden figure: it is no bigger."""

    counts: Mapping[K, int]
    secret: frozenset[K]
    most: Mapping[K, int] = field(default_factory=dict)

    @property
    def whole(self) -> int:
        return sum(self.counts.values())

    def shown(self, key: K) -> int | None:
        return None if key in self.secret else self.counts[key]


def part_of(counts: Mapping[K, int]) -> Part[K]:
    """Of fewer than five people nothing; of two answers, when one is small, that it is below five.

    That is told from nine people on: then it leaves five possibilities, and saying nothing never says more.
    """
    whole = sum(counts.values())
    if whole < ENOUGH:
        return Part(counts, frozenset(counts))
    secret = hidden(counts)
    small = [key for key in secret if counts[key] < ENOUGH]
    told = len(counts) == len(secret) == 2 and whole >= 2 * ENOUGH - 1
    return Part(counts, secret, {small[0]: ENOUGH - 1} if told else {})


def pooled(parts: Sequence[Part[K]]) -> Part[K]:
    """All of them together, with so much hidden that nothing hidden in a part can be found by subtracting.

    What every part shows is shown here too: anybody could add it up.
    """
    counts = {key: sum(part.counts[key] for part in parts) for key in parts[0].counts}
    somewhere = frozenset(key for part in parts if part.whole for key in part.secret)
    alone = part_of(counts)
    whole = Part(counts, alone.secret & somewhere, alone.most)
    while given_away(parts, whole) and (whole.most or whole.secret < somewhere):
        spare = sorted(somewhere - whole.secret, key=counts.__getitem__)
        whole = Part(counts, whole.secret | frozenset(spare[:1]))
    return whole


def given_away(parts: Sequence[Part[K]], whole: Part[K]) -> bool:
    """Whether a hidden figure follows from all that is shown: of each part, of the whole, and their sums.

    Figures are a flow from the parts to the answers and on to the whole. A hidden one could be another if
    there is a way round through other hidden ones, of which each has room, or something to give.
    """
    pipes = _pipes(parts, whole)
    return any(not _way_round(pipes, pipe) for pipe in pipes)


@dataclass(frozen=True, slots=True)
class _Pipe:
    """A hidden figure, between two places that balance."""

    source: object
    target: object
    amount: int
    most: int | None

    def ends(self) -> list[tuple[object, object]]:
        """Where somebody could be moved: on, when there is room, and back, when there is somebody."""
        on = [(self.source, self.target)] if self.most is None or self.amount < self.most else []
        return on + ([(self.target, self.source)] if self.amount else [])


def _pipes(parts: Sequence[Part[K]], whole: Part[K]) -> list[_Pipe]:
    into = [
        _Pipe(("part", place), ("answer", key), part.counts[key], part.most.get(key))
        for place, part in enumerate(parts)
        for key in part.secret
        if part.whole  # where nobody is, nothing is said of anybody
    ]
    out = [_Pipe(("answer", key), "whole", whole.counts[key], whole.most.get(key)) for key in whole.secret]
    return into + out


def _way_round(pipes: Sequence[_Pipe], through: _Pipe) -> bool:
    """Whether this figure could be one more or one less while the others make up for it."""
    steps = [end for pipe in pipes if pipe is not through for end in pipe.ends()]
    return any(_leads(steps, target, source) for source, target in through.ends())


def _leads(steps: Sequence[tuple[object, object]], start: object, goal: object) -> bool:
    reached, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        onward = {end for begin, end in steps if begin == here} - reached
        reached |= onward
        waiting += onward
    return goal in reached
