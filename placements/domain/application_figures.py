"""From started to enrolled, in figures from which nobody can be worked out: who is gone counts along.

The flow shows a step when at least five came that far, and at least five fewer than to the step shown before.
Municipalities stand under their payer: the payers hide what `suppression.hidden` says, and under a payer that
is hidden nothing is shown, since payers are sums of municipalities.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from placements.domain import application_tallies
from placements.domain.application_tallies import Kind
from placements.domain.suppression import ENOUGH, hidden
from placements.i18n import _
from placements.models.application_retention import ApplicationStep
from placements.models.cohorts import Cohort
from placements.models.programmes import FeePayer
from placements.words import word

WIDE, HIGH, STUMP = 360, 56, 24
"""Of the picture, and of a step in it."""
UNSAID = "unsaid"
FREE = "free"
PAYERS = {
    FREE: _("Gratis for ansøgeren"),
    FeePayer.MUNICIPALITY.value: _("Kommunen betaler"),
    FeePayer.EMPLOYER.value: _("Arbejdsgiveren betaler"),
    UNSAID: _("Ikke sagt endnu"),
}


@dataclass(frozen=True, slots=True)
class Bar:
    """`number` is None when it is not shown."""

    label: str
    number: int | None


@dataclass(frozen=True, slots=True)
class Group:
    """One payer, and the municipalities of those who have it."""

    payer: Bar
    municipalities: list[Bar]


@dataclass(frozen=True, slots=True)
class Level:
    """A step in the picture; where it is hidden, a stump that says nothing."""

    bar: Bar
    top: int
    width: int
    left: int


@dataclass(frozen=True, slots=True)
class Report:
    """`total` is None where fewer than five have begun."""

    total: int | None
    flow: list[Bar]
    groups: list[Group]

    @property
    def payers(self) -> list[Bar]:
        return [group.payer for group in self.groups]

    @property
    def levels(self) -> list[Level]:
        found = []
        for place, bar in enumerate(self.flow):
            width = STUMP if bar.number is None else round(WIDE * bar.number / (self.total or 1))
            found.append(Level(bar, place * HIGH, width, (WIDE - width) // 2))
        return found


def of_cohort(session: Session, cohort: Cohort) -> Report:
    return report(application_tallies.of_cohort(session, cohort))


def report(kinds: Mapping[Kind, int]) -> Report:
    total = sum(kinds.values())
    if total < ENOUGH:
        return Report(None, [], [])
    steps: Counter[ApplicationStep] = Counter()
    for kind, number in kinds.items():
        steps[kind.step] += number
    return Report(total, [Bar(word(step), number) for step, number in flow(steps)], _groups(kinds))


def flow(furthest: Mapping[ApplicationStep, int]) -> list[tuple[ApplicationStep, int | None]]:
    """How many came to each step or beyond it."""
    left, before, found = sum(furthest.values()), None, []
    for step in ApplicationStep:
        shown = left >= ENOUGH and (before is None or before - left >= ENOUGH)
        found.append((step, left if shown else None))
        before = left if shown else before
        left -= furthest.get(step, 0)
    return found


def _groups(kinds: Mapping[Kind, int]) -> list[Group]:
    by_payer: dict[str, Counter[str]] = {}
    for kind, number in kinds.items():
        by_payer.setdefault(_payer(kind), Counter())[kind.municipality or ""] += number
    sums = {payer: sum(by_payer[payer].values()) for payer in PAYERS if payer in by_payer}
    secret = hidden(sums)
    return [
        Group(
            Bar(PAYERS[payer], None if payer in secret else number),
            [] if payer in secret or payer == UNSAID else _municipalities(by_payer[payer]),
        )
        for payer, number in sums.items()
    ]


def _payer(kind: Kind) -> str:
    if kind.municipality is None:
        return UNSAID
    return FREE if kind.payer is FeePayer.NONE else kind.payer.value


def _municipalities(counts: Counter[str]) -> list[Bar]:
    """Those that are hidden are not named either."""
    secret = hidden(counts)
    shown = sorted((key for key in counts if key not in secret), key=lambda key: (-counts[key], key))
    rest = [Bar(_("Andre kommuner"), None)] if secret else []
    return [*(Bar(key, counts[key]) for key in shown), *rest]
