"""The register of a session: whom it names, what is proposed for each, and keeping it.

Everybody counts as present until somebody says otherwise; whoever gave notice is proposed as excused, and
where people check in themselves, whoever has not is proposed as absent.
Only classes are kept of why somebody was away, never words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, joinedload

from placements.domain import attendance_ledger, completion_watch, enrolments
from placements.domain.actors import Actor
from placements.domain.rules import RuleBroken
from placements.i18n import Text, _
from placements.models.attendance import AbsenceNotice, AbsenceReason, Attendance, OwnStatus
from placements.models.enrolments import Enrolment
from placements.models.follow_up_days import AttendanceStatus
from placements.models.programmes import Audience
from placements.models.teaching import ModuleRun, TeachingSession
from placements.models.users import User


@dataclass(frozen=True, slots=True)
class Mark:
    """What the register says of one person. `own` is the programme's own word, which decides the status."""

    status: AttendanceStatus = AttendanceStatus.PRESENT
    own: OwnStatus | None = None
    late: int = 0
    early: int = 0
    reason: AbsenceReason | None = None

    def tidy(self) -> Mark:
        """Minutes belong to somebody present, a reason to somebody excused."""
        status = self.own.counts_as if self.own else self.status
        here = status is AttendanceStatus.PRESENT
        return Mark(
            status,
            self.own,
            self.late if here else 0,
            self.early if here else 0,
            self.reason if status is AttendanceStatus.EXCUSED else None,
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """One person in a session's register. `left`: no longer taking part; what was written stays."""

    enrolment_id: int
    name: str
    planned: int
    record: Attendance | None
    notice: AbsenceReason | None
    left: bool


@dataclass(frozen=True, slots=True)
class Register:
    """`own_words` are the programme's own, in use or written in this register."""

    session: TeachingSession
    entries: Sequence[Entry]
    own_words: Sequence[OwnStatus]

    @property
    def is_kept(self) -> bool:
        return self.session.register_kept_at is not None

    @property
    def checks_in(self) -> bool:
        """Some have said themselves that they are there, and nobody has kept the register yet."""
        said = any(entry.record and entry.record.checked_in_at for entry in self.entries)
        return said and not self.is_kept

    @property
    def open_entries(self) -> list[Entry]:
        return [entry for entry in self.entries if not entry.left]

    @property
    def closed_entries(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.left]


# Questions


def is_reached(taught: TeachingSession, *, today: date) -> bool:
    """The register can be kept from the day itself."""
    return taught.held_on <= today


def people(session: Session, taught: TeachingSession) -> dict[int, Audience]:
    """Whose session it is: enrolment → audience, whether they are still there or not."""
    query = (
        select(Enrolment.id, Enrolment.audience)
        .join(ModuleRun, attendance_ledger.takes_part())
        .where(ModuleRun.id == taught.run_id)
    )
    rows = session.execute(query).all()
    return {number: audience for number, audience in rows if attendance_ledger.is_for(taught, audience)}


def of(session: Session, taught: TeachingSession) -> Register:
    """Those whose session it is, and whoever is written in it, by name."""
    own = people(session, taught)
    written = and_(Attendance.enrolment_id == Enrolment.id, Attendance.session_id == taught.id)
    noticed = and_(AbsenceNotice.enrolment_id == Enrolment.id, AbsenceNotice.session_id == taught.id)
    query = (
        select(Enrolment, User.name, Attendance, AbsenceNotice.reason)
        .join(User, User.id == Enrolment.user_id)
        .outerjoin(Attendance, written)
        .outerjoin(AbsenceNotice, noticed)
        .options(joinedload(Attendance.own_status))
        .where(or_(Enrolment.id.in_(own), Attendance.id.is_not(None)))
        .order_by(User.name, Enrolment.id)
    )
    entries = [
        Entry(
            enrolment.id,
            name,
            attendance_ledger.planned_minutes(taught, enrolment.audience),
            record,
            notice,
            not enrolments.stays(enrolment),
        )
        for enrolment, name, record, notice in session.execute(query)
    ]
    shown = [entry for entry in entries if entry.record or not entry.left]
    return Register(taught, shown, _own_words(session, taught, shown))


def _own_words(session: Session, taught: TeachingSession, entries: Sequence[Entry]) -> list[OwnStatus]:
    used = {entry.record.own_status_id for entry in entries if entry.record and entry.record.own_status_id}
    query = (
        select(OwnStatus)
        .where(OwnStatus.programme_id == taught.run.cohort.programme_id)
        .where(or_(OwnStatus.active, OwnStatus.id.in_(used)))
        .order_by(OwnStatus.name)
    )
    return list(session.scalars(query))


def proposed(register: Register, entry: Entry) -> Mark:
    """What is written, else what is likely."""
    record = entry.record
    if record is not None:
        return Mark(
            record.status, record.own_status, record.late_minutes, record.early_minutes, record.reason
        )
    if entry.notice is not None:
        return Mark(AttendanceStatus.EXCUSED, reason=entry.notice)
    return Mark(AttendanceStatus.ABSENT if register.checks_in else AttendanceStatus.PRESENT)


def too_many_minutes(entry: Entry, mark: Mark) -> Text | None:
    """Why the minutes cannot be right, when they cannot."""
    if mark.late + mark.early > entry.planned:
        return _("Det er flere minutter, end undervisningen varede: %(planned)s.", planned=entry.planned)
    return None


# Actions


def keep(
    session: Session,
    taught: TeachingSession,
    marks: Mapping[int, Mark],
    *,
    actor: Actor,
    today: date,
    now: datetime,
) -> None:
    """Who was there, by enrolment. Keeping it again corrects.

    A change of it is a change of the session: two people cannot both be first.
    """
    require_reached(taught, today=today)
    listed = {entry.enrolment_id: entry for entry in of(session, taught).open_entries}
    if not listed.keys() >= marks.keys():
        raise RuleBroken(_("Listen har ændret sig. Hent siden igen, og se, hvem der er med nu."))
    changed = taught.register_kept_at is None
    for enrolment_id, mark in marks.items():
        changed |= _write(session, taught, listed[enrolment_id], mark.tidy())
    if changed:
        taught.register_kept_at, taught.register_kept_by_id = now, actor.id
        session.flush()
        completion_watch.after_change(session, [taught.run], now=now)


def require_reached(taught: TeachingSession, *, today: date) -> None:
    if not is_reached(taught, today=today):
        raise RuleBroken(
            _("Protokollen kan føres fra %(day)s, når undervisningen holdes.", day=taught.held_on)
        )


def _write(session: Session, taught: TeachingSession, entry: Entry, mark: Mark) -> bool:
    """Whether it says anything new."""
    if sentence := too_many_minutes(entry, mark):
        late_is_wrong = mark.late >= mark.early
        raise RuleBroken(sentence, field=f"{'late' if late_is_wrong else 'early'}_{entry.enrolment_id}")
    record = entry.record or Attendance(session_id=taught.id, enrolment_id=entry.enrolment_id)
    before = (record.status, record.own_status, record.late_minutes, record.early_minutes, record.reason)
    after = (mark.status, mark.own, mark.late, mark.early, mark.reason)
    if before == after:
        return False
    record.status, record.own_status, record.reason = mark.status, mark.own, mark.reason
    record.late_minutes, record.early_minutes = mark.late, mark.early
    session.add(record)
    return True
