"""A cohort in figures for a steering group: what is counted elsewhere, gathered, and nothing about the few.

Every figure of people is of everybody in the cohort, laid out so that each is in one place. In each layout
the small is hidden (`suppression`). Several layouts of the same people could still give away what each of
them hides: twelve completed and eleven diplomas are one person. So a later layout is hidden as a whole when
one of its figures comes that close to one that is shown already.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.domain import (
    attendance_ledger,
    cohort_report_people,
    completion_accounts,
    evaluation_figures,
    evaluations,
    outcome_reports,
)
from placements.domain.cohort_report_people import NONE, Layout
from placements.domain.evaluation_figures import Figure
from placements.domain.outcome_reports import Bar, Distribution
from placements.domain.suppression import ENOUGH, hidden, hidden_together
from placements.models.cohorts import Cohort
from placements.models.evaluations import Moment
from placements.models.follow_up_days import FollowUpDay
from placements.models.teaching import ModuleRun, TeachingSession


@dataclass(frozen=True, slots=True)
class Teaching:
    """Sessions and minutes that are planned, and those of them whose register is kept.

    `share`: whole percent of the time that everybody together attended, never rounded up.
    """

    sessions: int
    minutes: int
    held: int
    held_minutes: int
    share: int | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A closed evaluation. `answered` is None when it is fewer than five."""

    moment: Moment
    answered: int | None
    figures: list[Figure]


@dataclass(frozen=True, slots=True)
class CohortReport:
    """`total` is None when they are fewer than five: then no distribution has anything to say."""

    cohort: Cohort
    total: int | None
    people: list[Distribution]
    teaching: Teaching
    attendance: list[Distribution]
    practicum: list[Distribution]
    days: Sequence[FollowUpDay]
    network: list[Distribution]
    outcomes: list[Distribution]
    evaluations: list[Asked]


def of_cohort(session: Session, cohort: Cohort, *, today: date) -> CohortReport:
    """In as many statements for one participant as for many."""
    known = outcome_reports.of_cohort(session, cohort)
    result, *outcomes = known.distributions
    people = [person.enrolment for person in known.people]
    laid = cohort_report_people.layouts(session, cohort, people, today=today)
    shown = kept_apart(result, laid)
    days = select(FollowUpDay).where(FollowUpDay.cohort_id == cohort.id).order_by(FollowUpDay.number)
    return CohortReport(
        cohort,
        known.total,
        [result, *_about(shown, "proofs")],
        _teaching(session, cohort),
        _about(shown, "attendance"),
        _about(shown, "ending", "sector", "day-"),
        session.scalars(days).all() if cohort.practicum_starts_on else [],
        _about(shown, "network"),
        outcomes,
        [asked for moment in Moment if (asked := _asked(session, cohort, moment))],
    )


def _about(shown: Sequence[Distribution], *beginnings: str) -> list[Distribution]:
    return [one for one in shown if one.key.startswith(beginnings)]


# Nothing about the few


def kept_apart(first: Distribution, layouts: Sequence[Layout]) -> list[Distribution]:
    """What is shown of each layout, when `first` is shown before them."""
    seen = {bar.number for bar in first.bars if bar.number is not None}
    found = []
    for layout, secret in zip(layouts, _hidden(layouts), strict=True):
        told = {number for place, number in layout.counts.items() if place not in secret}
        if layout.nested and any(0 < abs(number - other) < ENOUGH for number in told for other in seen):
            secret, told = frozenset(layout.counts), set()
        seen |= told
        found.append(_shown(layout, secret))
    return found


def _hidden(layouts: Sequence[Layout]) -> list[frozenset[str]]:
    """How the practicum stands and where it is share a figure: those who have none."""
    both = {layout.key: layout.counts for layout in layouts if layout.key in ("ending", "sector")}
    together = dict(zip(both, hidden_together(list(both.values()), NONE), strict=True))
    return [together[layout.key] if layout.key in together else hidden(layout.counts) for layout in layouts]


def _shown(layout: Layout, secret: frozenset[str]) -> Distribution:
    bars = [
        Bar(layout.words[place], None if place in secret else number)
        for place, number in layout.counts.items()
    ]
    return Distribution(layout.key, layout.title, bars)


# Teaching, and what was answered


def _teaching(session: Session, cohort: Cohort) -> Teaching:
    taught = session.scalars(
        select(TeachingSession)
        .join(ModuleRun, ModuleRun.id == TeachingSession.run_id)
        .where(ModuleRun.cohort_id == cohort.id)
    ).all()
    held = [one for one in taught if one.register_kept_at is not None]
    return Teaching(len(taught), _minutes(taught), len(held), _minutes(held), _share(session, cohort))


def _minutes(taught: Iterable[TeachingSession]) -> int:
    return sum(attendance_ledger.length(one.starts_at, one.ends_at) for one in taught)


def _share(session: Session, cohort: Cohort) -> int | None:
    """Of fewer than five people's time nothing is told."""
    lines = attendance_ledger.lines_of_cohort(session, cohort.id).values()
    begun = [own for own in lines if any(line.attended is not None for line in own)]
    account = completion_accounts.account(chain(*begun), completion_accounts.terms_of(cohort.programme))
    kept = account.attended + account.missed
    return account.attended * 100 // kept if kept and len(begun) >= ENOUGH else None


def _asked(session: Session, cohort: Cohort, moment: Moment) -> Asked | None:
    evaluation = evaluations.of_cohort(session, cohort, moment)
    if evaluation is None or evaluations.is_open(evaluation):
        return None
    answered = evaluations.answered(evaluation)
    figures = evaluation_figures.of_evaluation(evaluation)
    return Asked(moment, answered if answered >= ENOUGH else None, figures)
