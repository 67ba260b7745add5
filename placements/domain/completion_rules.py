"""What completes a programme: one function for each rule, over minutes, days and weeks (H-12 to H-18, V-06).

They know no database. Each answers with standings: met, not met yet, or no longer to be met.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, timedelta

from placements.domain.attendance_ledger import Line
from placements.domain.completion_accounts import Account, Terms, account, by_module_and_run, done_on
from placements.models.completion import CompletionRule, Verdict
from placements.models.placements import weeks_of

Excepted = AbstractSet[tuple[CompletionRule, int | None]]
"""Rules that an exception was given for: as a whole (None), or for one module."""

NOTHING: Excepted = frozenset()
EMPTY = Account()
RANK = {Verdict.LOST: 0, Verdict.NOT_YET: 1, Verdict.MET: 2}


@dataclass(frozen=True, slots=True)
class Standing:
    """How one person stands with one rule, or with one module of it.

    `may_miss`: minutes of the coming sessions that can be missed before the rule can no longer be met.
    `done` of `needed`: weeks, minutes or days. `day`: when it was met, or would be if all were attended.
    """

    rule: CompletionRule
    verdict: Verdict
    module_id: int | None = None
    account: Account = EMPTY
    may_miss: int = 0
    done: int = 0
    needed: int = 0
    day: date | None = None
    by_exception: bool = False

    @property
    def met(self) -> bool:
        return self.verdict is Verdict.MET

    @property
    def lost(self) -> bool:
        return self.verdict is Verdict.LOST

    @property
    def blocks(self) -> bool:
        """Hours warn and block nothing (docs/decisions/018)."""
        return not self.met and self.rule is not CompletionRule.PRACTICUM_HOURS


def worst(standings: Collection[Standing]) -> Verdict:
    """How a rule stands as a whole."""
    return min((standing.verdict for standing in standings), key=RANK.__getitem__, default=Verdict.MET)


def closest(standings: Collection[Standing]) -> Standing:
    """The attendance nearest to the line: what is lost, then what may be missed least, then what is met."""
    return min(standings, key=lambda one: (one.met, not one.lost, one.may_miss))


def is_excepted(excepted: Excepted, rule: CompletionRule, module_id: int | None = None) -> bool:
    return (rule, None) in excepted or (rule, module_id) in excepted


def with_exception(standing: Standing, excepted: Excepted) -> Standing:
    """Met by exception, where there is one and it is needed."""
    if standing.met or not is_excepted(excepted, standing.rule, standing.module_id):
        return standing
    return replace(standing, verdict=Verdict.MET, by_exception=True)


# Attendance


def attendance(
    lines: Sequence[Line], terms: Terms, unplanned: Collection[int] = (), excepted: Excepted = NOTHING
) -> list[Standing]:
    """The share of the time: of everything (D-03), or of each module that one is in (H-18).

    A module taken twice counts when one of its runs does. `unplanned`: modules of runs without sessions yet.
    """
    if terms.by_module:
        runs = by_module_and_run(lines, unplanned)
        found = [_best([_share(run, terms, module) for run in runs[module].values()]) for module in runs]
    else:
        whole = _share(lines, terms)
        found = [replace(whole, verdict=Verdict.NOT_YET) if unplanned else whole]
    return [with_exception(standing, excepted) for standing in found or [_share([], terms)]]


def _share(lines: Sequence[Line], terms: Terms, module_id: int | None = None) -> Standing:
    counted = account(lines, terms)
    return Standing(
        CompletionRule.ATTENDANCE,
        counted.verdict(terms.percent),
        module_id,
        counted,
        counted.may_miss(terms.percent),
        counted.attended,
        counted.needed(terms.percent),
        done_on(lines, terms),
    )


def _best(standings: Collection[Standing]) -> Standing:
    """Whatever order they come in: what tells two apart is in the key."""

    def key(one: Standing) -> tuple[int, ...]:
        counted, day = one.account, one.day or date.max
        rest = -counted.missed, -counted.coming, counted.excused, -counted.longest, -day.toordinal()
        return RANK[one.verdict], one.may_miss, one.done, -one.needed, *rest

    return max(standings, key=key)


# Compulsory modules, within the deadline


def compulsory(
    modules: Collection[int],
    lines: Sequence[Line],
    terms: Terms,
    unplanned: Collection[int] = (),
    excepted: Excepted = NOTHING,
) -> list[Standing]:
    """The audience's own set (H-12, H-15). Where time counts as a whole, one need only be in them."""
    if not terms.by_module:
        known = {line.module_id for line in lines} | set(unplanned)
        return [_module(module, Verdict.NOT_YET, excepted) for module in sorted(set(modules) - known)]
    shares = {share.module_id: share for share in attendance(lines, terms, unplanned, excepted)}
    return [
        _module(module, Verdict.MET, excepted, shares[module].day)
        if module in shares and shares[module].met
        else _module(module, Verdict.NOT_YET, excepted)
        for module in modules
    ]


def _module(module_id: int, verdict: Verdict, excepted: Excepted, day: date | None = None) -> Standing:
    """One that is not done can be taken again: only the deadline ends that."""
    return with_exception(Standing(CompletionRule.COMPULSORY, verdict, module_id, day=day), excepted)


def deadline(
    last_day: date | None,
    modules: Collection[int],
    lines: Sequence[Line],
    terms: Terms,
    excepted: Excepted = NOTHING,
    *,
    today: date,
) -> list[Standing]:
    """The compulsory modules, or the time as a whole, done on the last day at the latest (H-18).

    Until then a module can be taken again. After it, a register of a day before may still be kept.
    """
    if last_day is None:
        return []
    groups = _to_be_done(modules, lines, terms, excepted)
    done = [_first(group, terms) for group in groups]
    hoped = [_first(group, terms, attending=True) for group in groups]
    late = [not within(day, last_day) for day in done]
    hopeless = today > last_day and any(
        is_late and not within(day, last_day) for is_late, day in zip(late, hoped, strict=True)
    )
    verdict = Verdict.LOST if hopeless else Verdict.NOT_YET if any(late) else Verdict.MET
    days = [day for day in hoped if day is not None]
    day = max(days, default=None) if len(days) == len(groups) else None
    return [with_exception(Standing(CompletionRule.DEADLINE, verdict, day=day), excepted)]


def confirmed_in_time(
    last_day: date | None, met_on: date | None, excepted: Excepted = NOTHING, *, today: date
) -> list[Standing]:
    """The same where the coordinator confirms the theory as a whole: the day of it is what counts."""
    if last_day is None:
        return []
    late = Verdict.LOST if today > last_day else Verdict.NOT_YET
    in_time = within(met_on, last_day) or is_excepted(excepted, CompletionRule.ATTENDANCE)
    verdict = Verdict.MET if in_time else late
    return [with_exception(Standing(CompletionRule.DEADLINE, verdict, day=met_on), excepted)]


def within(day: date | None, last_day: date) -> bool:
    """The deadline includes the day itself."""
    return day is not None and day <= last_day


def _to_be_done(
    modules: Collection[int], lines: Sequence[Line], terms: Terms, excepted: Excepted
) -> list[list[list[Line]]]:
    """What must be done in time: the runs of each compulsory module, or everything at once."""
    rules = CompletionRule.ATTENDANCE, CompletionRule.COMPULSORY
    if not terms.by_module:
        return [] if is_excepted(excepted, CompletionRule.ATTENDANCE) else [[list(lines)]]
    runs: Mapping[int, Mapping[int, list[Line]]] = by_module_and_run(lines)
    return [
        list(runs.get(module, {}).values())
        for module in modules
        if not any(is_excepted(excepted, rule, module) for rule in rules)
    ]


def _first(runs: list[list[Line]], terms: Terms, *, attending: bool = False) -> date | None:
    days = (done_on(run, terms, attending=attending) for run in runs)
    return min((day for day in days if day is not None), default=None)


# The practicum


@dataclass(frozen=True, slots=True)
class Span:
    """A practicum that has begun: its first and last day, and whether it was completed."""

    starts_on: date
    ends_on: date
    finished: bool


def practicum_weeks(
    spans: Collection[Span], needed: int, excepted: Excepted = NOTHING, *, today: date
) -> Standing:
    """Weeks with their Friday in the practicum (V-06), at one place or several, one of them completed."""
    fridays = {friday for span in spans for friday in weeks_of(span.starts_on, span.ends_on)}
    finished = any(span.finished for span in spans)
    begun = [friday for friday in fridays if friday - timedelta(days=4) <= today]
    done = len(fridays if finished else begun)
    met = finished and done >= needed
    verdict = Verdict.MET if met else Verdict.NOT_YET
    standing = Standing(CompletionRule.PRACTICUM_WEEKS, verdict, done=done, needed=needed)
    return with_exception(standing, excepted)


def practicum_hours(confirmed: int, needed: int, excepted: Excepted = NOTHING) -> Standing:
    """Confirmed minutes against those of all weeks."""
    verdict = Verdict.MET if confirmed >= needed else Verdict.NOT_YET
    standing = Standing(CompletionRule.PRACTICUM_HOURS, verdict, done=confirmed, needed=needed)
    return with_exception(standing, excepted)


def follow_up_days(
    needed: int,
    attended: AbstractSet[int],
    absent: AbstractSet[int] = frozenset(),
    excepted: Excepted = NOTHING,
    *,
    finished: bool = False,
) -> Standing:
    """Both days (V-06), by their numbers. A practicum that was completed had them."""
    numbers = set(range(1, needed + 1))
    there = numbers if finished else numbers & attended
    lost = bool((numbers - there) & absent)
    verdict = Verdict.MET if there == numbers else Verdict.LOST if lost else Verdict.NOT_YET
    standing = Standing(CompletionRule.FOLLOW_UP_DAYS, verdict, done=len(there), needed=needed)
    return with_exception(standing, excepted)
