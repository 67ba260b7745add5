"""Any programme that keeps the rules can be written and read back; hours must sum, whatever they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from placements.domain.programme_files import BadProgrammeFile, faults, read, write
from placements.domain.programme_parts import (
    Cohort,
    Completion,
    Criterion,
    Excused,
    Fee,
    KeyDate,
    Module,
    Network,
    Organiser,
    Outcome,
    Practicum,
    ProgrammeFile,
    Selection,
    Status,
    Theory,
    Weekday,
)
from placements.domain.toml_values import Problem
from placements.models.cohorts import KeyDateKind
from placements.models.follow_up_days import AttendanceStatus
from placements.models.hosts import Sector
from placements.models.programmes import (
    AttendanceScope,
    Audience,
    CriterionKind,
    FeePayer,
    FeeWhen,
    ModuleRuleKind,
)
from placements.models.teaching import TeacherKind
from placements.printable import unprintable
from tests.domain.bad_programme_files import GOOD

printed = st.characters(exclude_categories=["C", "Z"], max_codepoint=0x3FF).filter(
    lambda one: not unprintable(one)
)
names = st.text(printed, min_size=1, max_size=12)
slugs = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8})?", fullmatch=True)
lengths = st.integers(1, 600).map(lambda steps: Decimal(steps) / 20)
days = st.dates(date(2001, 1, 1), date(2099, 1, 1))
kinds_of_audience = st.sampled_from(list(Audience))


def lists(of: st.SearchStrategy[Any], unique_by: Any = None, least: int = 0) -> st.SearchStrategy[Any]:
    return st.lists(of, min_size=least, max_size=4, unique_by=unique_by or repr).map(tuple)


@st.composite
def organisers(draw: st.DrawFn) -> tuple[Organiser, ...]:
    changes = sorted(draw(st.sets(days, min_size=1, max_size=3)))
    return tuple(
        Organiser(name=draw(names), from_=start, to=end)
        for start, end in zip([None, *changes], [*changes, None], strict=True)
    )


@st.composite
def key_dates(draw: st.DrawFn, starts_on: date) -> tuple[KeyDate, ...]:
    """Each kind once; meetings may end, and the others keep their order by hour."""
    noon = datetime.combine(starts_on, time(12))
    found = [KeyDate(kind=KeyDateKind.START, starts_at=noon, registration=draw(st.none() | st.booleans()))]
    for kind in draw(st.sets(st.sampled_from([KeyDateKind.INFORMATION_MEETING, KeyDateKind.QUESTIONS_HOUR]))):
        end = draw(st.none() | st.integers(1, 5000).map(lambda minutes: noon + timedelta(minutes=minutes)))
        found.append(KeyDate(kind=kind, starts_at=noon, ends_at=end, place=draw(st.none() | names)))
    for days_before, kind in ((9, KeyDateKind.APPLICATIONS_OPEN), (4, KeyDateKind.APPLICATION_DEADLINE)):
        found.append(KeyDate(kind=kind, starts_at=noon - timedelta(days=days_before)))
    return tuple(draw(st.permutations(found)))


@st.composite
def cohorts(draw: st.DrawFn, theory: Theory | None, practicum: Practicum | None) -> Cohort:
    starts_on = draw(days)
    weekdays = draw(st.permutations(list(Weekday)))[: theory.sessions_per_week or 2] if theory else ()
    pause = timedelta(weeks=(theory.weeks or 0) if theory else 0, days=draw(st.integers(0, 30)))
    return Cohort(
        slug=draw(slugs),
        name=draw(names),
        starts_on=starts_on,
        seats=draw(st.none() | st.integers(1, 99)),
        theory_weekdays=tuple(weekdays),
        theory_time=draw(st.times()).replace(second=0, microsecond=0) if weekdays else None,
        theory_skip_weeks=draw(st.none() | lists(st.integers(1, 53))),
        practicum_starts_on=starts_on + pause if practicum else None,
        key_dates=draw(key_dates(starts_on)),
    )


@st.composite
def modules(draw: st.DrawFn, number: int, hours: Decimal) -> Module:
    rules = draw(st.dictionaries(kinds_of_audience, st.sampled_from(list(ModuleRuleKind)), min_size=1))
    offered = [audience for audience, kind in rules.items() if kind is not ModuleRuleKind.NOT_OFFERED]
    extra = draw(st.dictionaries(st.sampled_from(offered), lengths)) if offered else {}
    text = draw(names) + draw(st.sampled_from(["", ' "x"', "\n\nNy linje \\ æøå #", " = [1]"]))
    return Module(number=number, title=draw(names), hours=hours, text=text, rules=rules, extra_hours=extra)


@st.composite
def programmes(draw: st.DrawFn) -> ProgrammeFile:
    """Any programme that keeps the rules."""
    hours = draw(st.lists(lengths, min_size=1, max_size=4))
    weekly = draw(st.booleans())
    theory = Theory(
        hours_per_session=draw(lengths.filter(lambda length: length <= 24)),
        teachers_required=draw(lists(st.sampled_from(list(TeacherKind)))),
    )
    if weekly and sum(hours) <= 24:
        theory = replace(theory, weeks=1, sessions_per_week=1, hours_per_session=sum(hours, Decimal(0)))
    practicum = draw(
        st.none()
        | st.builds(
            Practicum,
            weeks=st.integers(1, 104),
            follow_up_days=st.integers(0, 50),
            hours_per_week=st.none() | lengths,
            supervisions=st.integers(0, 100),
            sectors=st.sampled_from([{}, {Sector.REGIONAL: Decimal("0.25"), Sector.CIVIL: Decimal("0.75")}]),
        )
    )
    named = draw(organisers() | names)
    fee = draw(
        st.none()
        | st.integers(1, 99).map(lambda n: Fee(payer=FeePayer.EMPLOYER, amount=n, when=FeeWhen.ALWAYS))
    )
    criteria = lists(
        st.builds(
            Criterion,
            key=st.from_regex(r"[a-z][a-z0-9_]{0,9}", fullmatch=True),
            text=names,
            kind=st.sampled_from(list(CriterionKind)),
        ),
        unique_by=lambda item: item.key,
    )
    found = tuple(draw(modules(number, length)) for number, length in enumerate(hours, start=1))
    offered = {a for m in found for a, kind in m.rules.items() if kind is not ModuleRuleKind.NOT_OFFERED}
    return ProgrammeFile(
        slug=draw(slugs),
        name=draw(names),
        aim=draw(names),
        organiser=named if isinstance(named, str) else None,
        organisers=() if isinstance(named, str) else named,
        partners=draw(lists(names)),
        home_municipalities=draw(lists(names)),
        region=draw(st.none() | names),
        assumptions=draw(lists(names)),
        fee=fee,
        theory=draw(st.sampled_from([theory, None])) if not theory.weeks else theory,
        practicum=practicum,
        completion=draw(
            st.builds(
                Completion,
                attendance_percent=st.integers(0, 100),
                attendance_scope=st.sampled_from(list(AttendanceScope)),
                deadline_months=st.none() | st.integers(1, 120),
                excused=st.sampled_from(list(Excused)),
            )
        ),
        statuses=draw(
            lists(
                st.builds(Status, name=names, counts_as=st.sampled_from(list(AttendanceStatus))),
                unique_by=lambda status: status.name,
            )
        ),
        network=Network(offered_to=tuple(sorted(offered)), partner=draw(st.none() | names))
        if offered
        else None,
        selection=draw(
            st.none() | st.builds(Selection, seats=st.none() | st.integers(1, 99), criteria=criteria)
        ),
        outcomes=draw(lists(st.builds(Outcome, group=names, points=lists(names, least=1)))),
        modules=found,
        cohorts=draw(lists(cohorts(theory, practicum), unique_by=lambda cohort: cohort.slug)),
    )


@settings(max_examples=60, deadline=None)
@given(programmes())
def test_write_gives_back_what_was_read(programme: ProgrammeFile) -> None:
    assert read(write(programme), "north.toml") == programme
    assert faults(programme) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(lengths, min_size=1, max_size=6), st.integers(1, 8), st.integers(1, 3), st.data())
def test_hours_must_sum_exactly(hours: list[Decimal], weeks: int, sessions: int, data: st.DataObject) -> None:
    """Also when one module is a single step of three minutes off."""
    length = data.draw(lengths.filter(lambda each: each <= 24))
    if data.draw(st.booleans()):
        hours = [length * sessions] * weeks
        hours[0] += Decimal("0.05") * data.draw(st.sampled_from([0, 1]))
    text = f"""slug = "north"
name = "Peers i nord"
organiser = "Nordskolen"
aim = "At støtte hinanden."
theory = {{ weeks = {weeks}, sessions_per_week = {sessions}, hours_per_session = {length} }}
completion = {{ attendance_percent = 80, attendance_scope = "module" }}
"""
    for number, each in enumerate(hours, start=1):
        text += f'[[modules]]\nnumber = {number}\ntitle = "M"\nhours = {each}\ntext = "T"\n'
        text += 'rules = { student = "elective" }\n'
    if sum(hours) == weeks * sessions * length:
        assert len(read(text, "north.toml").modules) == len(hours)
        return
    with pytest.raises(BadProgrammeFile) as refused:
        read(text, "north.toml")
    [problem] = refused.value.problems
    assert problem.line == 5
    assert problem.reason.startswith("Modulerne har tilsammen ")


VALUES = [
    "0",
    "-1",
    "1.5",
    "nan",
    "true",
    '""',
    '"x"',
    "[]",
    "[1]",
    '["x"]',
    "{}",
    "{ a = 1 }",
    "[{}]",
    "[[]]",
]
VALUES += ["2024-02-29", "2024-03-31T02:30:00", "09:00:00", "9" * 30, "1e400", "2024-01-01T00:00:00Z"]


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_any_value_anywhere_is_read_or_refused_with_lines(data: st.DataObject) -> None:
    lines = GOOD.split("\n")
    for _turn in range(data.draw(st.integers(1, 3))):
        index = data.draw(st.integers(0, len(lines) - 1))
        key, equals, _old = lines[index].partition(" = ")
        value = data.draw(st.sampled_from(VALUES))
        lines[index] = data.draw(
            st.sampled_from([f"{key} = {value}" if equals else "", "", f"{key}]", "[[modules]]"])
        )
    programme, problems = read_or_refused("\n".join(lines))
    if programme:
        assert read(write(programme), "north.toml") == programme
    else:
        assert problems
        assert {problem.line for problem in problems} <= set(range(1, len(lines) + 1))
        assert {str(problem.reason)[-1] for problem in problems} <= {".", "?"}


def read_or_refused(text: str) -> tuple[ProgrammeFile | None, list[Problem]]:
    try:
        return read(text, "north.toml"), []
    except BadProgrammeFile as refused:
        return None, refused.problems
