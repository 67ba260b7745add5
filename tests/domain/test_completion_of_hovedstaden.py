"""H-12 to H-18: the shipped programme's three audiences, each with its own set, days, hours and year."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from pathlib import Path

import pytest

import placements
from placements.domain import completion_rules as rules
from placements.domain.attendance_ledger import Line
from placements.domain.completion_accounts import Terms
from placements.domain.deadlines import months_after
from placements.domain.programme_files import read_file
from placements.domain.programme_parts import Module, ProgrammeFile
from placements.models.completion import Verdict
from placements.models.programmes import Audience, ModuleRuleKind
from tests.domain.ledger_lines import line

START = date(2017, 9, 4)
LAST_DAY = date(2018, 9, 4)
PAID, VOLUNTEER, COLLEAGUE = Audience.PAID_PEER, Audience.VOLUNTEER_PEER, Audience.COLLEAGUE
MET, NOT_YET, LOST = Verdict.MET, Verdict.NOT_YET, Verdict.LOST
Attended = dict[int, int]


@pytest.fixture(scope="module")
def programme() -> ProgrammeFile:
    return read_file(Path(placements.__file__).parent / "programmes" / "hovedstaden.toml")


def compulsory_set(programme: ProgrammeFile, audience: Audience) -> list[int]:
    rule = ModuleRuleKind.COMPULSORY
    return [module.number for module in programme.modules if module.rules.get(audience) is rule]


def days_of(programme: ProgrammeFile, module: Module, audience: Audience) -> list[int]:
    """The minutes of each day: four hours (H-14), and on the introduction the audience's own on top."""
    assert programme.theory
    usual = int(programme.theory.hours_per_session * 60)
    days = module.introduction_days.get(audience, int(module.hours * 60) // usual)
    return [usual + int(module.extra_hours.get(audience, 0) * 60) // days] * days


def course(
    programme: ProgrammeFile,
    audience: Audience,
    modules: Collection[int],
    missed: Attended | None = None,
    start: date = START,
) -> list[Line]:
    """Somebody who takes these modules a day a week, and misses so many minutes of some."""
    found: list[Line] = []
    for module in programme.modules:
        away = (missed or {}).get(module.number, 0)
        for planned in days_of(programme, module, audience) if module.number in modules else ():
            gone = min(away, planned)
            away -= gone
            day = start + timedelta(weeks=len(found))
            found.append(line(planned - gone, planned, module=module.number, run=module.number, day=day))
    return found


@pytest.mark.parametrize(
    ("audience", "own_set", "days", "introduction"),
    [(PAID, [1, 2, 3, 4], 4, 20 * 60), (VOLUNTEER, [1, 2], 4, 16 * 60), (COLLEAGUE, [1, 4], 3, 15 * 60)],
)
def test_each_audience_has_its_own_set_and_introduction(
    programme: ProgrammeFile, audience: Audience, own_set: list[int], days: int, introduction: int
) -> None:
    """H-12, H-15: the set. H-13: three or four days. H-14: hours on top for colleagues and paid peers."""
    assert compulsory_set(programme, audience) == own_set
    first = days_of(programme, programme.modules[0], audience)
    assert (len(first), sum(first)) == (days, introduction)


FIFTH = {PAID: 240, VOLUNTEER: 192, COLLEAGUE: 180}
"""A fifth of each audience's own introduction, in minutes."""


@pytest.mark.parametrize("audience", [PAID, VOLUNTEER, COLLEAGUE])
@pytest.mark.parametrize(
    ("taken", "missing", "late", "share", "done", "in_time"),
    [
        ("own", 0, 0, MET, MET, MET),  # H-18: exactly 80 %, of the audience's own hours (H-14)
        ("own", 1, 0, LOST, NOT_YET, LOST),  # H-18: one minute less
        ("all", 0, 0, MET, MET, MET),  # H-17: electives too
        ("first", 0, 0, MET, NOT_YET, LOST),  # H-12: a compulsory module that was never taken
        ("own", 0, 365, MET, MET, LOST),  # H-18: attended, a year too late
    ],
)
def test_completion_of_each_audience(
    programme: ProgrammeFile,
    audience: Audience,
    taken: str,
    missing: int,
    late: int,
    share: Verdict,
    done: Verdict,
    in_time: Verdict,
) -> None:
    """H-12 to H-18: the share, the compulsory set, and the year; seen after it has passed."""
    terms = Terms(programme.completion.attendance_percent, programme.completion.attendance_scope)
    own_set = compulsory_set(programme, audience)
    modules = {"own": own_set, "all": [1, 2, 3, 4], "first": [1]}[taken]
    start = START + timedelta(days=late)
    lines = course(programme, audience, modules, {1: FIFTH[audience] + missing}, start)
    last_day = months_after(START, programme.completion.deadline_months or 0)
    assert last_day == LAST_DAY
    after = last_day + timedelta(days=500)
    found = (
        rules.worst(rules.attendance(lines, terms)),
        rules.worst(rules.compulsory(own_set, lines, terms)),
        rules.worst(rules.deadline(last_day, own_set, lines, terms, today=after)),
    )
    assert found == (share, done, in_time)


def test_module_can_be_taken_again_when_it_suits(programme: ProgrammeFile) -> None:
    """H-17: missed in the autumn, done in the spring."""
    terms = Terms(80, programme.completion.attendance_scope)
    autumn = course(programme, VOLUNTEER, [1, 2], {2: 600})
    spring = [
        line(one.planned, one.planned, module=2, run=9, day=date(2018, 9, 4))
        for one in course(programme, VOLUNTEER, [2])
    ]
    assert rules.worst(rules.attendance(autumn, terms)) is LOST
    for lines in (autumn + spring, spring + autumn):
        (year,) = rules.deadline(LAST_DAY, [1, 2], lines, terms, today=date(2018, 9, 5))
        assert (year.verdict, year.day) == (MET, LAST_DAY)


def test_one_course_counts_for_each_audience_by_its_own_rules(programme: ProgrammeFile) -> None:
    """H-16: two of them attend together; what is compulsory for one is chosen by the other."""
    terms = Terms(80, programme.completion.attendance_scope)
    together = course(programme, VOLUNTEER, [2])
    open_for = {
        audience: [
            one.module_id
            for one in rules.compulsory(compulsory_set(programme, audience), together, terms)
            if not one.met
        ]
        for audience in (VOLUNTEER, COLLEAGUE)
    }
    assert open_for == {VOLUNTEER: [1], COLLEAGUE: [1, 4]}
    assert rules.worst(rules.attendance(together, terms)) is MET
