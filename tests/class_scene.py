"""A class that is taught: two students, and a session of three hours that is held today."""

from __future__ import annotations

from datetime import date, datetime

from placements.domain import attendance_ledger, registers
from placements.domain.registers import Mark
from placements.models.enrolments import Enrolment
from placements.models.teaching import TeachingSession
from tests.factories import MOMENT, Factory, actor_for

TODAY = date(2025, 2, 3)


class Class:
    def __init__(self, make: Factory) -> None:
        self.make = make
        self.cohort = make.cohort(make.programme())
        self.user = make.teacher(self.cohort.programme)
        self.teacher = actor_for(self.user)
        self.run = make.run(self.cohort, make.module(self.cohort.programme))
        self.session: TeachingSession = make.teaching_session(self.run)
        self.amalie, self.bo = self.student("Amalie"), self.student("Bo")

    def student(self, name: str, **values: object) -> Enrolment:
        person = self.make.grant(self.make.user(name), "student")
        return self.make.enrolment(self.cohort, person, **values)

    def keep(self, marks: dict[Enrolment, Mark], *, today: date = TODAY, now: datetime = MOMENT) -> None:
        said = {enrolment.id: mark for enrolment, mark in marks.items()}
        registers.keep(self.make.session, self.session, said, actor=self.teacher, today=today, now=now)
        self.make.session.flush()

    def proposed(self) -> dict[str, Mark]:
        register = registers.of(self.make.session, self.session)
        return {entry.name: registers.proposed(register, entry) for entry in register.entries}

    def attended(self, enrolment: Enrolment) -> int | None:
        (line,) = attendance_ledger.lines(self.make.session, [enrolment.id])[enrolment.id]
        return line.attended
