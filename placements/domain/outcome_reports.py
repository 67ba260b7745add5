"""What a cohort's practicum led to, in figures that say nothing about anybody."""

from __future__ import annotations

import enum
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.domain import enrolments, outcomes
from placements.domain.suppression import ENOUGH, hidden, hidden_together
from placements.i18n import Text, _
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.outcomes import Afterwards, Outcome, Result, SelfSupporting
from placements.models.placements import Placement
from placements.words import word

UNSAID = "unsaid"
Counts = dict[str, int]


@dataclass(frozen=True, slots=True)
class Bar:
    """`number` is None when it is not shown."""

    label: Text
    number: int | None


@dataclass(frozen=True, slots=True)
class Distribution:
    key: str
    title: Text
    bars: list[Bar]

    @property
    def hides(self) -> bool:
        return any(bar.number is None for bar in self.bars)


@dataclass(frozen=True, slots=True)
class Person:
    """For the coordinator's list: not part of what is shown to others."""

    enrolment: Enrolment
    result: Result
    consented: bool


@dataclass(frozen=True, slots=True)
class Report:
    total: int | None
    distributions: list[Distribution]
    people: list[Person]

    @property
    def says_nothing(self) -> bool:
        """Every figure is hidden."""
        return all(bar.number is None for part in self.distributions for bar in part.bars)


def of_cohort(session: Session, cohort: Cohort) -> Report:
    people = enrolments.of_cohort(session, cohort)
    kept = _kept(session, cohort)
    placed = defaultdict(list)
    for placement in session.scalars(select(Placement).where(Placement.cohort_id == cohort.id)):
        placed[placement.enrolment_id].append(placement)
    lines = [_person(one, kept.get(one.id), placed[one.id]) for one in people]
    said = [kept.get(one.id) for one in people]
    total = len(people) if len(people) >= ENOUGH else None
    return Report(total, _distributions([line.result for line in lines], said), lines)


def _kept(session: Session, cohort: Cohort) -> dict[int, Outcome]:
    chosen = select(Outcome).join(Enrolment, Enrolment.id == Outcome.enrolment_id)
    found = session.scalars(chosen.where(Enrolment.cohort_id == cohort.id))
    return {outcome.enrolment_id: outcome for outcome in found}


def _person(enrolment: Enrolment, outcome: Outcome | None, placed: Sequence[Placement]) -> Person:
    result = outcome.result if outcome and outcome.result else outcomes.derived(enrolment, placed)
    return Person(enrolment, result, bool(outcome and outcome.consented_on))


def _distributions(results: Iterable[Result], said: Sequence[Outcome | None]) -> list[Distribution]:
    by_result = _counts(Result, results)
    afterwards = _counts(Afterwards, (one.afterwards if one else None for one in said))
    before = _counts(SelfSupporting, (one.support_before if one else None for one in said))
    after = _counts(SelfSupporting, (one.support_after if one else None for one in said))
    together = hidden_together([afterwards, before, after], UNSAID)
    return [
        _shown("result", _("Sådan gik det"), Result, by_result, hidden(by_result)),
        _shown("afterwards", _("Bagefter"), Afterwards, afterwards, together[0]),
        _shown("before", _("Selvforsørgende før"), SelfSupporting, before, together[1]),
        _shown("after", _("Selvforsørgende efter"), SelfSupporting, after, together[2]),
    ]


def _counts(kind: type[enum.StrEnum], values: Iterable[enum.StrEnum | None]) -> Counts:
    """Everybody is in one of them: those who have said nothing too."""
    values = list(values)
    found = Counter(value.value for value in values if value is not None)
    counts = {value.value: found[value.value] for value in kind}
    return counts if kind is Result else counts | {UNSAID: sum(value is None for value in values)}


def _shown(
    key: str, title: Text, kind: type[enum.StrEnum], counts: Mapping[str, int], secret: frozenset[str]
) -> Distribution:
    named = {value.value: word(value) for value in kind} | {UNSAID: _("Ikke sagt, eller uden samtykke")}
    bars = [Bar(named[value], None if value in secret else number) for value, number in counts.items()]
    return Distribution(key, title, bars)
