"""Who was away, in minutes: a cohort over a period (row 30). No reasons: they are for the register alone."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from placements.domain import attendance_ledger
from placements.domain.actors import Actor
from placements.domain.attendance_ledger import Line
from placements.i18n import Text, _
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.programmes import Module
from placements.models.users import User

BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Absence:
    """One person at one session that they missed some or all of."""

    line: Line
    module: str

    @property
    def what(self) -> Text:
        if self.line.excused:
            return _("Lovligt fravær")
        return _("Ikke til stede") if self.line.attended == 0 else _("Kom for sent eller gik før tid")


@dataclass(frozen=True, slots=True)
class Person:
    """Of `planned` minutes in the period whose register is kept."""

    name: str
    planned: int
    absences: Sequence[Absence]

    @property
    def missed(self) -> int:
        return sum(absence.line.missed for absence in self.absences)

    @property
    def excused(self) -> int:
        return sum(absence.line.missed for absence in self.absences if absence.line.excused)

    @property
    def percent(self) -> int:
        """Of the minutes that were missed, rounded."""
        return round(100 * self.missed / self.planned) if self.planned else 0


def cohorts_of(actor: Actor) -> Select[Cohort]:
    """Staff: those of their programmes, the newest first."""
    mine = actor.programme_ids | actor.teaching_ids
    of_staff = select(Cohort).options(joinedload(Cohort.programme)).where(Cohort.programme_id.in_(mine))
    return of_staff.order_by(Cohort.starts_on.desc(), Cohort.id)


def of_cohort(session: Session, cohort: Cohort, *, first: date | None, last: date | None) -> list[Person]:
    """By name; those who missed nothing are left out. As many statements for many as for few."""
    people = session.execute(
        select(Enrolment.id, User.name)
        .join(User, User.id == Enrolment.user_id)
        .where(Enrolment.cohort_id == cohort.id)
        .order_by(User.name, Enrolment.id)
    ).all()
    lines = attendance_ledger.lines_of_cohort(session, cohort.id)
    titles = dict(
        session.execute(
            select(Module.id, Module.title).where(Module.programme_id == cohort.programme_id)
        ).all()
    )
    found = []
    for enrolment_id, name in people:
        kept = [line for line in lines[enrolment_id] if _counts(line, first, last)]
        away = [Absence(line, titles.get(line.module_id, "")) for line in kept if line.missed]
        if away:
            found.append(Person(name, sum(line.planned for line in kept), away))
    return found


def _counts(line: Line, first: date | None, last: date | None) -> bool:
    within = (first is None or first <= line.held_on) and (last is None or line.held_on <= last)
    return within and line.attended is not None


def as_csv(people: Sequence[Person]) -> bytes:
    """For spreadsheets as they are set up in Denmark: semicolons, and a mark that says UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(["Navn", "Dato", "Modul", "Planlagt (min.)", "Fravær (min.)", "Slags"])
    for person in people:
        for absence in person.absences:
            line = absence.line
            row = [
                person.name,
                line.held_on.isoformat(),
                absence.module,
                line.planned,
                line.missed,
                absence.what,
            ]
            writer.writerow([_harmless(cell) if isinstance(cell, str) else cell for cell in row])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _harmless(cell: str) -> str:
    """A spreadsheet must not take a name for a formula."""
    return f"'{cell}" if cell.startswith(BEGINS_A_FORMULA) else cell
