"""Who was away, in minutes, and the file of it (row 30)."""

from __future__ import annotations

from datetime import date

import pytest

from placements.domain import absence_reports
from placements.domain.absence_reports import Person
from tests.class_scene import Class
from tests.factories import Factory


@pytest.fixture
def room(make: Factory) -> Class:
    """Bo is late on Monday, excused on Tuesday, absent on Wednesday. Thursday's register is not kept."""
    room = Class(make)
    days = [room.session, *(make.teaching_session(room.run, held_on=date(2025, 2, day)) for day in (4, 5, 6))]
    make.attendance(days[0], room.bo, late_minutes=10, early_minutes=5)
    make.attendance(days[1], room.bo, "excused", reason="illness")
    make.attendance(days[2], room.bo, "absent")
    for day in days[:3]:
        make.attendance(day, room.amalie)
    return room


def of(room: Class, first: date | None = None, last: date | None = None) -> list[Person]:
    return absence_reports.of_cohort(room.make.session, room.cohort, first=first, last=last)


def test_report_counts_the_minutes_of_kept_registers(room: Class) -> None:
    (bo,) = of(room)
    assert (bo.name, bo.planned, bo.missed, bo.excused, bo.percent) == ("Bo", 540, 375, 180, 69)
    assert [(str(absence.what), absence.line.missed) for absence in bo.absences] == [
        ("Kom for sent eller gik før tid", 15),
        ("Lovligt fravær", 180),
        ("Ikke til stede", 180),
    ]


@pytest.mark.parametrize(
    ("first", "last", "missed"),
    [
        (date(2025, 2, 4), None, [360]),
        (None, date(2025, 2, 4), [195]),
        (date(2025, 2, 4), date(2025, 2, 4), [180]),
        (date(2025, 2, 6), None, []),
    ],
)
def test_period_counts_both_its_days(
    room: Class, first: date | None, last: date | None, missed: list[int]
) -> None:
    assert [person.missed for person in of(room, first, last)] == missed


def test_file_says_the_same_and_starts_no_formula(room: Class) -> None:
    room.bo.user.name = "=cmd|' /C calc'!A0"
    rows = absence_reports.as_csv(of(room)).decode("utf-8-sig").split("\r\n")
    assert rows[0] == "Navn;Dato;Modul;Planlagt (min.);Fravær (min.);Slags"
    assert rows[2] == "'=cmd|' /C calc'!A0;2025-02-04;Modul 2;180;180;Lovligt fravær"
    assert "ygdom" not in "".join(rows)
    assert len(rows) == 5
