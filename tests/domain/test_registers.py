"""The register of a session: who is in it, what is proposed, and keeping it (rows 20 to 22)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.domain import attendance_sheets, register_guests, register_work, registers
from placements.domain.registers import Mark
from placements.domain.rules import RuleBroken
from placements.models.attendance import AbsenceReason, Attendance
from placements.models.enrolments import EnrolmentStatus
from placements.models.follow_up_days import AttendanceStatus
from placements.models.users import User
from tests.class_scene import TODAY, Class
from tests.factories import MOMENT, Factory

Count = Callable[[Callable[[], object]], int]
PRESENT, ABSENT, EXCUSED = AttendanceStatus
ILL = AbsenceReason.ILLNESS


@pytest.fixture
def room(make: Factory) -> Class:
    return Class(make)


def test_everybody_is_present_until_somebody_says_otherwise(room: Class) -> None:
    assert room.proposed() == {"Amalie": Mark(PRESENT), "Bo": Mark(PRESENT)}


def test_notice_given_is_proposed_as_excused(room: Class) -> None:
    room.make.absence_notice(room.session, room.bo, "illness")
    assert room.proposed() == {"Amalie": Mark(PRESENT), "Bo": Mark(EXCUSED, reason=ILL)}


def test_keep_writes_minutes_and_reasons_where_they_belong(room: Class) -> None:
    late = Mark(PRESENT, late=10, early=5, reason=ILL)
    away = Mark(EXCUSED, late=10, reason=ILL)
    room.keep({room.amalie: late, room.bo: away})
    assert room.proposed() == {"Amalie": Mark(PRESENT, late=10, early=5), "Bo": Mark(EXCUSED, reason=ILL)}
    assert (room.attended(room.amalie), room.attended(room.bo)) == (165, 0)
    assert room.session.register_kept_by_id == room.teacher.id


def test_keep_again_corrects_and_is_a_change_of_the_session(room: Class) -> None:
    versions = [room.session.version]
    for minute, status in enumerate((PRESENT, ABSENT, ABSENT)):
        room.keep({room.amalie: Mark(status), room.bo: Mark()}, now=MOMENT.replace(minute=minute))
        versions.append(room.session.version)
    assert versions == [1, 2, 3, 3]
    assert room.proposed()["Amalie"] == Mark(ABSENT)
    records = room.make.session.scalars(select(Attendance.enrolment_id)).all()
    assert sorted(records) == sorted([room.amalie.id, room.bo.id])


def test_own_word_counts_as_the_programme_says(room: Class) -> None:
    """Row 20."""
    online = room.make.own_status(room.cohort.programme, "Online", "present")
    room.make.own_status(room.cohort.programme, "Udgået", "absent", active=False)
    room.keep({room.amalie: Mark(ABSENT, own=online, late=30), room.bo: Mark()})
    assert room.proposed()["Amalie"] == Mark(PRESENT, own=online, late=30)
    assert room.attended(room.amalie) == 150
    register = registers.of(room.make.session, room.session)
    assert [word.name for word in register.own_words] == ["Online"]


@pytest.mark.parametrize(
    ("late", "early", "field"),
    [(180, 0, ""), (90, 90, ""), (181, 0, "late"), (100, 81, "late"), (0, 181, "early"), (80, 101, "early")],
)
def test_minutes_stay_within_what_was_planned(room: Class, late: int, early: int, field: str) -> None:
    mark = Mark(PRESENT, late=late, early=early)
    if not field:
        room.keep({room.amalie: mark})
        assert room.attended(room.amalie) == 180 - late - early
        return
    with pytest.raises(RuleBroken) as refused:
        room.keep({room.amalie: mark})
    assert refused.value.sentence == "Det er flere minutter, end undervisningen varede: 180."
    assert refused.value.field == f"{field}_{room.amalie.id}"


def test_register_of_a_coming_day_is_refused(room: Class) -> None:
    with pytest.raises(RuleBroken, match="Protokollen kan føres fra"):
        room.keep({room.amalie: Mark()}, today=date(2025, 2, 2))


def test_nobody_from_elsewhere_is_written_in(room: Class) -> None:
    stranger = room.make.enrolment(room.make.cohort(room.cohort.programme))
    with pytest.raises(RuleBroken, match="Listen har ændret sig"):
        room.keep({stranger: Mark()})


@pytest.mark.parametrize("status", [EnrolmentStatus.WITHDRAWN, EnrolmentStatus.DEADLINE_PASSED])
def test_whoever_has_left_stays_readable_and_as_it_was(room: Class, status: EnrolmentStatus) -> None:
    room.keep({room.amalie: Mark(), room.bo: Mark()})
    room.bo.status = status
    room.student("Caja", status=status)
    register = registers.of(room.make.session, room.session)
    assert [entry.name for entry in register.open_entries] == ["Amalie"]
    assert [entry.name for entry in register.closed_entries] == ["Bo"]
    with pytest.raises(RuleBroken):
        room.keep({room.bo: Mark(ABSENT)})
    ((_session, names),) = attendance_sheets.of(room.make.session, room.session, whole_run=False)
    assert names == ["Amalie"]


def test_only_those_whose_session_it_is_are_named(room: Class) -> None:
    """H-13 to H-16: the audience, and what comes on top for it."""
    room.student("Kim Kollega", audience="colleague")
    room.session.audiences = ["student"]
    room.session.extra_minutes = {"student": 30}
    register = registers.of(room.make.session, room.session)
    assert [(entry.name, entry.planned) for entry in register.entries] == [("Amalie", 210), ("Bo", 210)]
    room.session.audiences = ["colleague"]
    assert registers.of(room.make.session, room.session).entries == []


def test_guests_are_named_and_taken_off(session: Session, room: Class) -> None:
    """Row 29."""
    guest = register_guests.add(session, room.session, name="  Gitte   Gæst ")
    session.flush()
    assert [one.name for one in register_guests.of(session, room.session)] == ["Gitte Gæst"]
    register_guests.remove(session, guest)
    session.flush()
    assert register_guests.of(session, room.session) == []
    with pytest.raises(RuleBroken):
        register_guests.add(session, room.session, name="  ")
    assert session.scalars(select(User.name)).all().count("Gitte Gæst") == 0


def test_register_that_nobody_kept_waits_for_staff(room: Class, query_count: Count) -> None:
    """From the day after, and only where somebody takes part."""
    make, tomorrow = room.make, date(2025, 2, 4)
    make.teaching_session(make.run(make.cohort(room.cohort.programme), room.run.module))

    def waiting(today: date) -> list[str]:
        return [
            str(task.text) for task in register_work.unkept(make.session, room.teacher, today=today).tasks
        ]

    assert waiting(TODAY) == []
    assert waiting(tomorrow) == ["Modul 2 den 3. februar 2025"]
    few = query_count(lambda: waiting(tomorrow))
    for number in (3, 4):
        make.teaching_session(make.run(room.cohort, make.module(room.cohort.programme, number)))
    make.session.expire_all()
    assert (query_count(lambda: waiting(tomorrow)), len(waiting(tomorrow))) == (few, 3)
    room.keep({room.amalie: Mark()})
    assert len(waiting(tomorrow)) == 2
