"""Each rule of completion, by its bounds (H-18, D-03, V-06)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placements.domain import completion_rules as rules
from placements.domain.attendance_ledger import Line
from placements.domain.completion_accounts import Terms, account, done_on
from placements.domain.completion_rules import Span, Standing
from placements.domain.deadlines import months_after
from placements.models.completion import CompletionRule, Verdict
from placements.models.programmes import AttendanceScope
from tests.domain.ledger_lines import FIRST, line, taught

MET, NOT_YET, LOST = Verdict.MET, Verdict.NOT_YET, Verdict.LOST
EACH = Terms(80, AttendanceScope.MODULE)
WHOLE = Terms(80, AttendanceScope.OVERALL)
STRICT = replace(WHOLE, excused_left_out=False)
A, C, D = CompletionRule.ATTENDANCE, CompletionRule.COMPULSORY, CompletionRule.DEADLINE


def share(lines: list[Line], terms: Terms = WHOLE) -> Standing:
    (standing,) = rules.attendance(lines, terms)
    return standing


# Attendance


@pytest.mark.parametrize(
    ("marks", "verdict", "may_miss"),
    [
        ("ppppa", MET, 0),  # exactly 80 %
        ("pppaa", LOST, 0),
        ("-----", NOT_YET, 60),
        ("p----", NOT_YET, 60),
        ("pa---", NOT_YET, 0),
        ("paa--", LOST, 0),
        ("pppp-", MET, 60),  # the last one is not needed
        ("ppe--", NOT_YET, 48),  # 20 % of four
        ("eeeee", NOT_YET, 0),  # nothing attended
        ("ppppe", MET, 0),
        ("", NOT_YET, 0),
    ],
)
def test_share_is_met_not_yet_or_lost(marks: str, verdict: Verdict, may_miss: int) -> None:
    standing = share(taught(marks))
    assert (standing.verdict, standing.may_miss) == (verdict, may_miss)


@pytest.mark.parametrize(("minutes", "verdict"), [(240, MET), (239, LOST)])
def test_exactly_80_percent_passes_and_one_minute_less_does_not(minutes: int, verdict: Verdict) -> None:
    """H-18."""
    assert share([line(minutes, 300)]).verdict is verdict


def test_90_percent_of_80_hours(make_80_hours: list[Line]) -> None:
    """D-03: eight hours may be missed, in whatever pieces."""
    terms = Terms(90, AttendanceScope.OVERALL)
    assert share(make_80_hours, terms).may_miss == 8 * 60
    for missed, verdict in ((8 * 60, MET), (8 * 60 + 1, LOST)):
        held = [replace(one, attended=one.planned) for one in make_80_hours]
        held[0] = replace(held[0], attended=0)
        held[1] = replace(held[1], attended=held[1].planned - (missed - held[0].planned))
        assert share(held, terms).verdict is verdict


@pytest.fixture
def make_80_hours() -> list[Line]:
    return [
        line(None, 300, module=number % 4 + 1, day=FIRST + timedelta(weeks=number)) for number in range(16)
    ]


@pytest.mark.parametrize(("terms", "verdict"), [(WHOLE, MET), (STRICT, LOST)])
def test_excused_is_left_out_or_counts_as_absence(terms: Terms, verdict: Verdict) -> None:
    """Row 21."""
    assert share(taught("ppppee"), terms).verdict is verdict


def test_each_module_needs_its_share_where_modules_count() -> None:
    lines = taught("ppppp") + taught("pppaa", module=2)
    assert [one.verdict for one in rules.attendance(lines, EACH)] == [MET, LOST]
    assert share(lines).verdict is MET


def test_module_taken_twice_counts_when_one_of_its_runs_does() -> None:
    lost = taught("aaaaa")
    assert share(lost + taught("pp---", run=2), EACH).verdict is NOT_YET
    assert share(lost + taught("pppp-", run=2), EACH).verdict is MET


@pytest.mark.parametrize("terms", [EACH, WHOLE])
def test_run_without_sessions_is_not_met(terms: Terms) -> None:
    found = rules.attendance(taught("ppppp"), terms, unplanned=[2])
    assert {one.module_id: one.verdict for one in found} == (
        {1: MET, 2: NOT_YET} if terms is EACH else {None: NOT_YET}
    )


# Compulsory modules and the deadline


def test_compulsory_module_is_open_until_it_is_done() -> None:
    """H-12: also when it was not attended enough, for it can be taken again."""
    lines = taught("ppppp") + taught("aaaaa", module=2) + taught("p----", module=3)
    found = rules.compulsory([1, 2, 3, 4], lines, EACH)
    assert [(one.module_id, one.verdict) for one in found] == [
        (1, MET),
        (2, NOT_YET),
        (3, NOT_YET),
        (4, NOT_YET),
    ]


def test_where_time_counts_as_a_whole_compulsory_modules_must_be_in_it() -> None:
    found = rules.compulsory([1, 2], taught("a"), WHOLE)
    assert [(one.module_id, one.verdict) for one in found] == [(2, NOT_YET)]


LEAP = months_after(date(2024, 2, 29), 12)


@pytest.mark.parametrize(
    ("done", "last_day", "verdict"),
    [
        (date(2018, 9, 4), months_after(date(2017, 9, 4), 12), MET),  # the day itself
        (date(2018, 9, 5), months_after(date(2017, 9, 4), 12), LOST),
        (date(2025, 2, 28), LEAP, MET),
        (date(2025, 3, 1), LEAP, LOST),
        (date(2024, 2, 29), months_after(date(2023, 2, 28), 12), LOST),
    ],
)
def test_deadline_includes_the_day_itself_across_leap_years(
    done: date, last_day: date, verdict: Verdict
) -> None:
    """H-18."""
    lines = taught("p", day=done)
    (standing,) = rules.deadline(last_day, [1], lines, EACH, today=done)
    assert (standing.verdict, standing.day) == (verdict, done)


@pytest.mark.parametrize(
    ("marks", "passed", "verdict"),
    [
        ("ppppp", 3, MET),  # done on the fourth day: the fifth, after the deadline, is not needed
        ("paapp", 3, LOST),
        ("ppp--", 3, NOT_YET),  # the register of a day within the deadline may still be kept
        ("ppp--", 2, LOST),
        ("", 3, LOST),
    ],
)
def test_module_is_done_on_the_last_day_that_it_needs(marks: str, passed: int, verdict: Verdict) -> None:
    last_day = FIRST + timedelta(days=passed)
    (standing,) = rules.deadline(last_day, [1], taught(marks), EACH, today=last_day + timedelta(days=1))
    assert standing.verdict is verdict


def test_until_the_deadline_nothing_is_too_late() -> None:
    (standing,) = rules.deadline(FIRST, [1, 2], taught("aaaaa"), EACH, today=FIRST)
    assert (standing.verdict, standing.day) == (NOT_YET, None)
    assert rules.deadline(None, [1], [], EACH, today=FIRST) == []


@pytest.mark.parametrize(
    ("met_on", "today", "excepted", "verdict"),
    [
        (0, 5, {}, MET),  # the day itself
        (1, 1, {}, LOST),
        (None, 0, {}, NOT_YET),
        (None, 1, {}, LOST),
        (1, 1, {(D, None)}, MET),
        (None, 1, {(A, None)}, MET),
    ],
)
def test_theory_confirmed_by_hand_has_the_same_deadline(
    met_on: int | None, today: int, excepted: Iterable[tuple[CompletionRule, None]], verdict: Verdict
) -> None:
    """H-18: days after the last one."""
    confirmed = None if met_on is None else FIRST + timedelta(days=met_on)
    day = FIRST + timedelta(days=today)
    (standing,) = rules.confirmed_in_time(FIRST, confirmed, frozenset(excepted), today=day)
    assert standing.verdict is verdict
    assert rules.confirmed_in_time(None, None, today=day) == []


# Exceptions


def test_exception_for_one_module_leaves_the_others() -> None:
    lines = taught("paaaa") + taught("paaaa", module=2)
    found = rules.attendance(lines, EACH, excepted={(A, 2)})
    assert [(one.verdict, one.by_exception) for one in found] == [(LOST, False), (MET, True)]
    assert [one.met for one in rules.compulsory([1, 2], lines, EACH, excepted={(A, 2)})] == [False, True]
    late = FIRST + timedelta(days=400)
    for excepted, verdict in (({(A, 2)}, LOST), ({(A, 2), (C, 1)}, MET), ({(D, None)}, MET)):
        (standing,) = rules.deadline(FIRST, [1, 2], lines, EACH, excepted, today=late)
        assert standing.verdict is verdict


def test_exception_that_is_not_needed_is_not_used() -> None:
    (standing,) = rules.attendance(taught("ppppp"), WHOLE, excepted={(A, None)})
    assert (standing.met, standing.by_exception) == (True, False)


# The practicum (V-06)

WEEKS = {
    "thirteen": (Span(date(2025, 1, 6), date(2025, 4, 6), True),),
    "to a Friday": (Span(date(2025, 1, 6), date(2025, 4, 4), True),),
    "to a Thursday": (Span(date(2025, 1, 6), date(2025, 4, 3), True),),
    "81 days": (Span(date(2025, 1, 3), date(2025, 3, 24), True),),
    "twelve": (Span(date(2025, 1, 6), date(2025, 3, 30), True),),
    "two places": (
        Span(date(2025, 1, 6), date(2025, 2, 14), False),
        Span(date(2025, 2, 17), date(2025, 4, 6), True),
    ),
    "not completed": (Span(date(2025, 1, 6), date(2025, 4, 6), False),),
    "none": (),
}


@pytest.mark.parametrize(
    ("spans", "done", "verdict"),
    [
        ("thirteen", 13, MET),
        ("to a Friday", 13, MET),
        ("to a Thursday", 12, NOT_YET),
        ("81 days", 12, NOT_YET),  # with a day in thirteen calendar weeks
        ("twelve", 12, NOT_YET),
        ("two places", 13, MET),
        ("not completed", 5, NOT_YET),
        ("none", 0, NOT_YET),
    ],
)
def test_practicum_is_thirteen_weeks(spans: str, done: int, verdict: Verdict) -> None:
    standing = rules.practicum_weeks(WEEKS[spans], 13, today=date(2025, 2, 3))
    assert (standing.done, standing.verdict) == (done, verdict)


def test_hours_of_the_practicum_are_told_and_block_nothing() -> None:
    standing = rules.practicum_hours(77 * 60, 78 * 60)
    assert (standing.verdict, standing.blocks) == (NOT_YET, False)
    assert rules.practicum_hours(78 * 60, 78 * 60).met


@pytest.mark.parametrize(
    ("attended", "absent", "finished", "done", "verdict"),
    [
        ({1, 2}, set(), False, 2, MET),
        ({1}, set(), False, 1, NOT_YET),
        ({1}, {2}, False, 1, LOST),
        (set(), set(), True, 2, MET),
        ({1, 3}, set(), False, 1, NOT_YET),
    ],
)
def test_both_follow_up_days(
    attended: set[int], absent: set[int], finished: bool, done: int, verdict: Verdict
) -> None:
    standing = rules.follow_up_days(2, attended, absent, finished=finished)
    assert (standing.done, standing.verdict) == (done, verdict)


# Properties

marked = st.tuples(
    st.integers(1, 400), st.floats(0, 1), st.sampled_from(["kept", "kept", "excused", "coming"])
)
many = st.lists(marked, min_size=1, max_size=12)
percents = st.integers(1, 100)
scopes = st.sampled_from(AttendanceScope)


def lines_of(drawn: list[tuple[int, float, str]]) -> list[Line]:
    """Over three modules, the first of them twice."""
    return [
        line(
            None if kind == "coming" else 0 if kind == "excused" else round(planned * part),
            planned,
            module=max(1, number % 4),
            run=number % 4,
            day=FIRST + timedelta(days=number // 2),
            excused=kind == "excused",
        )
        for number, (planned, part, kind) in enumerate(drawn)
    ]


def all_of(lines: list[Line], terms: Terms, last_day: date) -> list[Standing]:
    later = last_day + timedelta(days=300)
    return [
        *rules.attendance(lines, terms),
        *rules.compulsory([1, 2, 3], lines, terms),
        *rules.deadline(last_day, [1, 2, 3], lines, terms, today=later),
    ]


@given(drawn=many, percent=percents, scope=scopes, out=st.booleans(), after=st.integers(0, 6), data=st.data())
def test_attending_more_never_makes_one_fail(
    drawn: list[tuple[int, float, str]],
    percent: int,
    scope: AttendanceScope,
    out: bool,
    after: int,
    data: st.DataObject,
) -> None:
    """H-18: some minutes more, or all of a session instead of being away from it, excused or not.

    The bound: of a session that one was excused from, nothing less than all of it. Where excused time is left
    out, a few minutes of it bring the whole session into the account, most of it as missed (decision 026).
    """
    terms, lines = Terms(percent, scope, out), lines_of(drawn)
    chosen = data.draw(st.integers(0, len(lines) - 1))
    old = lines[chosen]
    least = old.planned if old.excused or old.attended is None else old.attended
    more = replace(old, attended=data.draw(st.integers(least, old.planned)), excused=False)
    last_day = FIRST + timedelta(days=after)
    before = all_of(lines, terms, last_day)
    now = all_of([*lines[:chosen], more, *lines[chosen + 1 :]], terms, last_day)
    for one, other in zip(before, now, strict=True):
        assert (one.rule, one.module_id) == (other.rule, other.module_id)
        assert rules.RANK[other.verdict] >= rules.RANK[one.verdict]


@given(drawn=many, percent=percents, scope=scopes, data=st.data())
def test_order_of_registration_does_not_matter(
    drawn: list[tuple[int, float, str]], percent: int, scope: AttendanceScope, data: st.DataObject
) -> None:
    terms, lines = Terms(percent, scope), lines_of(drawn)
    mixed = data.draw(st.permutations(lines))
    last_day = FIRST + timedelta(days=3)

    def known(found: list[Standing]) -> set[Standing]:
        return set(found)

    assert known(all_of(lines, terms, last_day)) == known(all_of(list(mixed), terms, last_day))


@given(drawn=many, percent=percents)
def test_minutes_add_up_and_are_never_negative(drawn: list[tuple[int, float, str]], percent: int) -> None:
    lines = lines_of(drawn)
    for terms in (WHOLE, STRICT):
        found = account(lines, replace(terms, percent=percent))
        assert found.planned == sum(one.planned for one in lines)
        assert min(found.attended, found.missed, found.coming, found.excused) >= 0
        assert 0 <= found.may_miss(percent) <= found.coming
        assert found.attended <= found.counted


@given(drawn=many, percent=percents, out=st.booleans())
def test_what_may_be_missed_is_exact(drawn: list[tuple[int, float, str]], percent: int, out: bool) -> None:
    """Missing exactly that many minutes of the coming sessions still passes, and one more does not."""
    terms, lines = Terms(percent, AttendanceScope.OVERALL, out), lines_of(drawn)
    found = account(lines, terms)
    limit = found.may_miss(percent)
    for missed in {limit, limit + 1} if limit < found.coming else {limit}:
        standing = share(held(lines, missed), terms)
        passes = found.verdict(percent) is not LOST and missed <= limit and found.attended + found.coming > 0
        assert standing.met is passes


def held(lines: list[Line], missed: int) -> list[Line]:
    """The coming sessions are held, and so many minutes of them missed."""
    done = []
    for one in lines:
        if one.attended is None:
            away = min(missed, one.planned)
            missed -= away
            one = replace(one, attended=one.planned - away)
        done.append(one)
    return done


@given(drawn=many, percent=percents, scope=scopes)
def test_a_day_is_known_exactly_when_the_share_is_reached(
    drawn: list[tuple[int, float, str]], percent: int, scope: AttendanceScope
) -> None:
    terms, lines = Terms(percent, scope), lines_of(drawn)
    assert (done_on(lines, terms) is not None) is (account(lines, terms).verdict(percent) is MET)
