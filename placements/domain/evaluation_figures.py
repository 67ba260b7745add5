"""Figures of evaluations, for a cohort and over the years, that give nobody's answer away (V-14, H-21).

Only closed evaluations have figures, so nothing shown ever changes by one more answer. Over the years,
cohorts are laid together in the order in which they were closed, by the number of answers alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from placements.domain import evaluations
from placements.domain.evaluation_questions import NO, YES, answers_to, text_of
from placements.domain.suppression import ENOUGH, Part, part_of, pooled
from placements.i18n import Text
from placements.models.cohorts import Cohort
from placements.models.evaluations import (
    Evaluation,
    EvaluationInvitation,
    EvaluationItem,
    Measure,
    Moment,
)
from placements.models.programmes import Programme

PERIOD = 15
"""From so many answers on, cohorts that are laid together have figures of their own."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many said yes, exactly or as a bound; neither is known when it is hidden."""

    of: int
    number: int | None
    least: int | None = None
    most: int | None = None

    @property
    def known(self) -> bool:
        """Whether anything is told."""
        return any(value is not None for value in (self.number, self.least, self.most))


@dataclass(frozen=True, slots=True)
class Bar:
    """`number` is None when it is not shown."""

    label: Text | str
    number: int | None


@dataclass(frozen=True, slots=True)
class Figure:
    """What was answered to one question; `share` where it was yes or no."""

    key: str
    text: Text | str
    of: int
    bars: list[Bar]
    share: Share | None

    @property
    def known(self) -> bool:
        """Whether anything is told."""
        return self.share.known if self.share else any(bar.number is not None for bar in self.bars)


@dataclass(frozen=True, slots=True)
class Line:
    """A measure of one cohort, or of several laid together, before and after."""

    cohorts: tuple[Cohort, ...]
    before: Share | None
    after: Share | None


@dataclass(frozen=True, slots=True)
class Period:
    cohorts: tuple[Cohort, ...]
    moment: Moment
    answers: int
    figures: list[Figure]


@dataclass(frozen=True, slots=True)
class Years:
    measures: dict[Measure, list[Line]]
    periods: list[Period]


@dataclass(frozen=True, slots=True)
class _Closed:
    """`parts` by question: two cohorts were asked the same when the words and the answers are the same."""

    evaluation: Evaluation
    answers: int
    parts: dict[str, Part[int]]


ByCohorts = dict[tuple[Cohort, ...], dict[str, Part[int]]]


# Of one cohort


def of_evaluation(evaluation: Evaluation) -> list[Figure]:
    """Nothing while it is open, and nothing of fewer than five."""
    if evaluations.is_open(evaluation) or evaluations.answered(evaluation) < ENOUGH:
        return []
    return [_figure(item, part_of(_counts(item))) for item in evaluation.items]


def _counts(item: EvaluationItem) -> dict[int, int]:
    numbers = {tally.value: tally.number for tally in item.tallies}
    return {value: numbers.get(value, 0) for value in answers_to(item)}


def _figure(item: EvaluationItem, part: Part[int]) -> Figure:
    bars = [Bar(label, part.shown(value)) for value, label in answers_to(item).items()]
    share = share_of(part) if set(part.counts) == {YES, NO} else None
    return Figure(_key(item), text_of(item), part.whole, bars, share)


def share_of(part: Part[int]) -> Share:
    least = part.whole - part.most[NO] if NO in part.most else None
    return Share(part.whole, part.shown(YES), least, part.most.get(YES))


def _key(item: EvaluationItem) -> str:
    return item.measure or "\n".join((item.kind, item.text, *item.options))


# Over the years


def over_years(session: Session, programme: Programme) -> Years:
    closed = {moment: _closed(session, programme, moment) for moment in Moment}
    laid = {moment: in_periods(closed[moment]) for moment in Moment}
    measures = {measure: _lines(measure, closed, laid) for measure in Measure}
    periods = [_period(moment, group) for moment in Moment for group in laid[moment] if len(group) > 1]
    return Years({measure: lines for measure, lines in measures.items() if lines}, periods)


def _closed(session: Session, programme: Programme, moment: Moment) -> list[_Closed]:
    """In the order in which they were closed: what comes later never changes what came before."""
    found = session.scalars(
        select(Evaluation)
        .join(Cohort, Cohort.id == Evaluation.cohort_id)
        .options(
            joinedload(Evaluation.cohort), selectinload(Evaluation.items).selectinload(EvaluationItem.tallies)
        )
        .where(
            Cohort.programme_id == programme.id,
            Evaluation.moment == moment,
            Evaluation.closed_at.is_not(None),
        )
        .order_by(Evaluation.closed_at, Evaluation.id)
    ).all()
    counted = session.execute(
        select(EvaluationInvitation.evaluation_id, func.count())
        .where(
            EvaluationInvitation.evaluation_id.in_([one.id for one in found]), EvaluationInvitation.answered
        )
        .group_by(EvaluationInvitation.evaluation_id)
    )
    answers: dict[int, int] = {row[0]: row[1] for row in counted}
    return [
        _Closed(one, answers.get(one.id, 0), {_key(item): part_of(_counts(item)) for item in one.items})
        for one in found
    ]


def in_periods(closed: Sequence[_Closed]) -> list[list[_Closed]]:
    """One after the other until there are answers enough; those at the end wait for more."""
    groups: list[list[_Closed]] = []
    waiting: list[_Closed] = []
    for one in closed:
        waiting.append(one)
        if sum(each.answers for each in waiting) >= PERIOD:
            groups.append(waiting)
            waiting = []
    return groups


def _together(group: Sequence[_Closed]) -> dict[str, Part[int]]:
    keys = dict.fromkeys(key for one in group for key in one.parts)
    return {key: pooled([one.parts[key] for one in group if key in one.parts]) for key in keys}


def _period(moment: Moment, group: Sequence[_Closed]) -> Period:
    parts = _together(group)
    items = {_key(item): item for one in group for item in one.evaluation.items}
    figures = [_figure(items[key], part) for key, part in parts.items() if items[key].measure is None]
    cohorts = tuple(one.evaluation.cohort for one in group)
    return Period(cohorts, moment, sum(one.answers for one in group), figures)


def _lines(
    measure: Measure,
    closed: Mapping[Moment, Sequence[_Closed]],
    laid: Mapping[Moment, Sequence[Sequence[_Closed]]],
) -> list[Line]:
    """A line for each cohort by its start, then one for each lot of cohorts laid together."""
    alone = {moment: _by_cohorts([one] for one in closed[moment]) for moment in Moment}
    several = {moment: _by_cohorts(lot for lot in laid[moment] if len(lot) > 1) for moment in Moment}
    return [*_rows(measure, alone), *_rows(measure, several)]


def _by_cohorts(lots: Iterable[Sequence[_Closed]]) -> ByCohorts:
    return {tuple(one.evaluation.cohort for one in lot): _together(lot) for lot in lots}


def _rows(measure: Measure, found: Mapping[Moment, ByCohorts]) -> list[Line]:
    """Before and after on one line where they are of the same cohorts."""
    cohorts = dict.fromkeys(key for moment in Moment for key in found[moment])
    lines = [
        Line(
            key,
            _share(found[Moment.BEFORE].get(key), measure),
            _share(found[Moment.AFTER].get(key), measure),
        )
        for key in cohorts
    ]
    kept = [line for line in lines if line.before or line.after]
    return sorted(kept, key=lambda line: line.cohorts[0].starts_on)


def _share(parts: Mapping[str, Part[int]] | None, measure: Measure) -> Share | None:
    return share_of(parts[measure]) if parts is not None and measure in parts else None
