"""A week's hours from the student to the host and back (D-02, H-07), and what they come to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from itertools import product

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.domain import hours, hours_states, hours_totals, hours_work
from placements.domain.actors import Actor
from placements.domain.hours_weeks import Line
from placements.domain.placement_states import BEGUN
from placements.domain.rules import Stale
from placements.models.hours import Activity, HoursStatus, HoursWeek
from placements.models.mails import OutgoingMail
from placements.models.placements import Placement, PlacementStatus
from tests.domain.saving import refusal, save
from tests.factories import Factory, actor_for

TODAY = date(2025, 2, 3)
NOW = datetime(2025, 2, 3, 9, 0, tzinfo=UTC)
WEEK_5 = date(2025, 1, 27)
TUESDAY, THURSDAY = date(2025, 1, 28), date(2025, 1, 30)
INDIVIDUAL, OTHER = Activity.INDIVIDUAL, Activity.OTHER
USUAL = [Line(TUESDAY, INDIVIDUAL, 240), Line(THURSDAY, OTHER, 120)]


@pytest.fixture
def placement(make: Factory) -> Placement:
    return make.placement(status="active")


@pytest.fixture
def host(make: Factory, placement: Placement) -> Actor:
    return actor_for(make.host(placement.unit))


def student_of(placement: Placement) -> Actor:
    return actor_for(placement.enrolment.user)


def write(
    session: Session, placement: Placement, lines: list[Line] | None = None, monday: date = WEEK_5
) -> HoursWeek:
    known = session.scalar(hours.in_week(select(HoursWeek), placement, monday))
    version = known.version if known else 0
    week = save(
        session,
        lambda: hours.write(
            session,
            placement,
            monday,
            lines=USUAL if lines is None else lines,
            note=None,
            version=version,
            today=TODAY,
        ),
    )
    assert isinstance(week, HoursWeek)
    return week


def week_in(
    make: Factory, placement: Placement, status: str, monday: date = WEEK_5, **sums: int
) -> HoursWeek:
    values = {"minutes": 360, "peer_minutes": 240} | sums
    return make.keep(
        HoursWeek(
            placement_id=placement.id,
            starts_on=monday,
            status=HoursStatus(status),
            submitted_at=NOW,
            **values,
        )
    )


# The state table


TABLE = """
draft      submit submitted
returned   submit submitted
submitted  confirm confirmed
submitted  send_back returned
confirmed  reopen returned
"""
MOVES = {(source, verb): target for source, verb, target in map(str.split, TABLE.strip().splitlines())}


def verbs(session: Session, week: HoursWeek, host: Actor) -> dict[str, Callable[[], None]]:
    return {
        "submit": lambda: hours.submit(session, week, now=NOW),
        "confirm": lambda: hours.confirm(week, host, now=NOW),
        "send_back": lambda: hours.send_back(session, week, comment="Ret tirsdag", now=NOW),
        "reopen": lambda: hours.reopen(session, week, comment="Ret tirsdag", now=NOW),
    }


def test_each_verb_leads_where_the_table_says_and_nowhere_else(
    make: Factory, session: Session, placement: Placement, host: Actor
) -> None:
    week = week_in(make, placement, "draft")
    for state, verb in product(HoursStatus, hours_states.TRANSITIONS):
        week.status = state
        make.keep(week)
        act = verbs(session, week, host)[verb]
        if target := MOVES.get((state.value, verb)):
            save(session, act)
            assert week.status.value == target
        else:
            assert refusal(session, act).sentence == hours_states.REFUSALS[verb]


def test_placement_before_it_begins_takes_no_hours(make: Factory, session: Session) -> None:
    for status in PlacementStatus:
        placed = make.placement(status=status)
        if status in BEGUN:
            assert write(session, placed).minutes == 360
        else:
            broken = refusal(
                session,
                lambda placed=placed: hours.write(  # type: ignore[misc]
                    session, placed, WEEK_5, lines=[], note=None, version=0, today=TODAY
                ),
            )
            assert broken.sentence == "Timerne kan skrives, når praktikken er i gang."


# Writing


def test_write_keeps_sums_and_merges_lines_of_the_same_kind(session: Session, placement: Placement) -> None:
    week = write(session, placement, [*USUAL, Line(TUESDAY, INDIVIDUAL, 30), Line(TUESDAY, OTHER, 15)])
    assert [(line.day, line.activity, line.minutes) for line in week.lines] == [
        (TUESDAY, INDIVIDUAL, 270),
        (TUESDAY, OTHER, 15),
        (THURSDAY, OTHER, 120),
    ]
    assert (week.minutes, week.peer_minutes, week.version) == (405, 270, 1)
    again = write(session, placement, [Line(THURSDAY, INDIVIDUAL, 60)])
    assert (again.id, again.minutes, again.peer_minutes, len(again.lines)) == (week.id, 60, 60, 1)


def test_write_of_moved_time_alone_makes_a_new_version(session: Session, placement: Placement) -> None:
    assert write(session, placement).version == 1
    moved = [Line(THURSDAY, INDIVIDUAL, 240), Line(TUESDAY, OTHER, 120)]
    assert write(session, placement, moved).version == 2


@pytest.mark.parametrize(
    ("monday", "line", "sentence"),
    [
        (WEEK_5, Line(date(2025, 2, 4), OTHER, 60), "4. februar 2025 er ikke en dag i praktikken i den uge."),
        (
            date(2024, 12, 30),
            Line(date(2025, 1, 3), OTHER, 60),
            "3. januar 2025 er ikke en dag i praktikken i den uge.",
        ),
        (date(2025, 2, 3), Line(date(2025, 2, 4), OTHER, 60), "4. februar 2025 er ikke kommet endnu."),
        (date(2025, 2, 10), Line(date(2025, 2, 10), OTHER, 60), "Ugen er ikke begyndt endnu."),
        (WEEK_5, Line(TUESDAY, OTHER, 721), "Der står mere end 12 timer den 28. januar 2025. Ret timerne."),
    ],
)
def test_write_of_time_that_cannot_be_is_refused(
    session: Session, placement: Placement, monday: date, line: Line, sentence: str
) -> None:
    def action() -> None:
        hours.write(session, placement, monday, lines=[line], note=None, version=0, today=TODAY)

    assert refusal(session, action).sentence == sentence


def test_week_holds_full_time_or_what_was_agreed(
    make: Factory, session: Session, placement: Placement
) -> None:
    days = [WEEK_5 + timedelta(days=number) for number in range(4)]
    lines = [Line(day, OTHER, 570) for day in days]  # 38 hours

    def action() -> None:
        hours.write(session, placement, WEEK_5, lines=lines, note=None, version=0, today=TODAY)

    assert refusal(session, action).sentence == "Der står mere end 37 timer i ugen. Ret timerne."
    placement.weekly_minutes = 38 * 60
    make.keep(placement)
    assert write(session, placement, lines).minutes == 38 * 60


def test_write_on_an_old_version_is_stale(session: Session, placement: Placement) -> None:
    write(session, placement)
    session.rollback()
    with pytest.raises(Stale):
        hours.write(session, placement, WEEK_5, lines=[], note=None, version=0, today=TODAY)
    session.rollback()


@pytest.mark.parametrize("status", ["submitted", "confirmed"])
def test_week_that_is_sent_is_locked(
    make: Factory, session: Session, placement: Placement, status: str
) -> None:
    week = week_in(make, placement, status)

    def action() -> None:
        hours.write(session, placement, WEEK_5, lines=[], note=None, version=week.version, today=TODAY)

    assert refusal(session, action).sentence == hours_states.REFUSALS["submit"]


# Sending and confirming


def test_submit_tells_the_host_once_a_day(session: Session, placement: Placement, host: Actor) -> None:
    for number, moment in enumerate((NOW, NOW + timedelta(hours=1), NOW + timedelta(hours=25))):
        week = write(session, placement, [], WEEK_5 - timedelta(days=7 * number))
        save(session, lambda week=week, moment=moment: hours.submit(session, week, now=moment))  # type: ignore[misc]
    mails = session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)).all()
    assert [(mail.user_id, mail.message, mail.path, mail.created_at) for mail in mails] == [
        (host.id, "task_hours", f"/placements/{placement.id}/hours", NOW),
        (host.id, "task_hours", f"/placements/{placement.id}/hours", NOW + timedelta(hours=25)),
    ]


def test_confirm_keeps_who_did_it_and_reopen_forgets(
    make: Factory, session: Session, placement: Placement, host: Actor
) -> None:
    week = week_in(make, placement, "submitted")
    save(session, lambda: hours.confirm(week, host, now=NOW))
    assert (week.confirmed_by_id, week.confirmed_by_name, week.confirmed_at) == (host.id, "Vera Vært", NOW)
    save(session, lambda: hours.reopen(session, week, comment=" Ret tirsdag ", now=NOW))
    assert (week.confirmed_by_id, week.confirmed_by_name, week.comment) == (None, None, "Ret tirsdag")
    mail = session.scalars(select(OutgoingMail)).one()
    assert (mail.user_id, mail.path) == (
        placement.enrolment.user_id,
        f"/placements/{placement.id}/hours/2025-W05",
    )


def test_nobody_confirms_their_own_hours(make: Factory, session: Session, placement: Placement) -> None:
    week = week_in(make, placement, "submitted")
    both = actor_for(make.grant(placement.enrolment.user, "host", unit=placement.unit))
    assert refusal(session, lambda: hours.confirm(week, both, now=NOW)).sentence == (
        "Dine egne timer skal en anden bekræfte."
    )


@pytest.mark.parametrize("verb", ["send_back", "reopen"])
def test_week_goes_back_with_a_comment_alone(
    make: Factory, session: Session, placement: Placement, verb: str
) -> None:
    week = week_in(make, placement, "submitted" if verb == "send_back" else "confirmed")
    act = getattr(hours, verb)
    assert refusal(session, lambda: act(session, week, comment="  ", now=NOW)).field == "comment"


def test_several_weeks_are_confirmed_all_or_none(
    make: Factory, session: Session, placement: Placement, host: Actor
) -> None:
    weeks = [week_in(make, placement, "submitted", WEEK_5 - timedelta(days=7 * n)) for n in range(2)]
    read = {week.id: week.version for week in weeks}
    foreign = week_in(make, make.placement(status="active"), "submitted")

    def confirm(versions: dict[int, int]) -> int:
        return hours.confirm_several(session, placement, versions, host, now=NOW)

    for wrong in (read | {weeks[0].id: 9}, read | {foreign.id: 1}):
        session.rollback()
        with pytest.raises(Stale):
            confirm(wrong)
        session.rollback()
    assert refusal(session, lambda: confirm({})).sentence == "Vælg mindst én uge."
    assert save(session, lambda: confirm(read)) == 2
    assert {week.confirmed_by_name for week in weeks} == {"Vera Vært"}


# Who sees what


def test_what_is_not_sent_is_the_students_own(
    make: Factory, session: Session, placement: Placement, host: Actor
) -> None:
    week = week_in(make, placement, "draft")
    coordinator = actor_for(make.coordinator(placement.cohort.programme))

    def seen() -> list[bool]:
        people = (student_of(placement), host, coordinator)
        return [hours.of_placement(session, placement, person) == [week] for person in people]

    assert seen() == [True, False, False]
    week.status = HoursStatus.SUBMITTED
    make.keep(week)
    assert seen() == [True, True, True]


# What they come to


def test_totals_count_what_is_confirmed_and_follow_up_days_that_are_reached(
    make: Factory, session: Session, placement: Placement
) -> None:
    """V-06, H-07: a follow-up day is time of the practicum and no peer task; one to come counts not yet."""
    make.follow_up_day(placement.cohort, 1, held_on=date(2025, 1, 29), starts_at=time(9), ends_at=time(12))
    make.follow_up_day(placement.cohort, 2, held_on=date(2025, 2, 12))
    weeks = [
        week_in(make, placement, "confirmed", minutes=180, peer_minutes=120),
        week_in(make, placement, "submitted", date(2025, 1, 20), peer_minutes=239),
    ]
    lines = hours_totals.by_week(session, placement, weeks, today=TODAY)
    totals = hours_totals.totals(placement, lines)
    assert (totals.planned, totals.confirmed, totals.waiting) == (78 * 60, 360, 360)
    assert (totals.written, totals.peer, totals.share_met) == (540, 359, False)
    assert (totals.weeks, totals.weeks_confirmed) == (13, 1)
    by_number = {line.number: (line.minutes, line.follow_up_minutes) for line in lines}
    assert (by_number[5], by_number[4], by_number[7]) == ((360, 180), (360, 0), (0, 0))


def test_warning_from_the_last_day_while_weeks_are_missing(
    make: Factory, session: Session, placement: Placement
) -> None:
    last = placement.ends_on
    assert hours_totals.warnings(session, placement, last - timedelta(days=1)) == []
    for number in range(13):
        assert len(hours_totals.warnings(session, placement, last)) == 1
        week_in(make, placement, "confirmed", placement.starts_on + timedelta(days=7 * number))
    assert hours_totals.warnings(session, placement, last) == []


# What waits for whom


def test_student_is_asked_for_the_first_week_missing_and_for_what_came_back(
    make: Factory, session: Session, placement: Placement
) -> None:
    week_in(make, placement, "confirmed", date(2025, 1, 6))
    week_in(make, placement, "returned", date(2025, 1, 13))
    week_in(make, placement, "draft", date(2025, 1, 20))
    student = student_of(placement)
    here = f"/placements/{placement.id}/hours"
    tasks = [(task.text, task.href, task.note) for task in hours_work.of_student(session, student, TODAY)]
    assert tasks == [
        ("Ret timerne for uge 3", f"{here}/2025-W03", "Ugen er sendt tilbage til dig"),
        ("Skriv timer for uge 4", f"{here}/2025-W04", "Uge 5 mangler også"),
    ]
    assert hours_work.of_student(session, student, date(2025, 1, 30))[-1].note == ""


def test_host_is_asked_once_for_each_student(
    make: Factory, session: Session, placement: Placement, host: Actor
) -> None:
    for monday in (date(2025, 1, 13), date(2025, 1, 20)):
        week_in(make, placement, "submitted", monday)
    week_in(make, placement, "confirmed", date(2025, 1, 6))
    week_in(make, make.placement(status="active"), "submitted")
    [task] = hours_work.of_host(session, host, TODAY)
    assert (task.text, task.note) == (f"Bekræft timer for {placement.student_name}", "Uge 3, 4")


def test_coordinator_is_told_of_weeks_that_wait_and_students_who_write_nothing(
    make: Factory, session: Session, placement: Placement
) -> None:
    coordinator = actor_for(make.coordinator(placement.cohort.programme))

    def names(day: date) -> tuple[int, int]:
        waiting = hours_work.unconfirmed(session, coordinator, today=day)
        return waiting.number, hours_work.unwritten(session, coordinator, today=day).number

    assert names(date(2025, 1, 19)) == (0, 0)
    assert names(date(2025, 1, 20)) == (0, 1)
    week_in(make, placement, "submitted", date(2025, 1, 20))
    make.placement(status="active")
    assert names(TODAY) == (0, 0)
    assert names(TODAY + timedelta(days=7)) == (0, 1)
    assert names(TODAY + timedelta(days=8)) == (1, 1)
