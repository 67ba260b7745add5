"""Sessions written line by line, as they stand in a timetable: all of them in one step, or none."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from zlib import crc32

from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.db import Base
from placements.domain import completion_watch, teaching_clashes, teaching_people
from placements.domain.attendance_ledger import length
from placements.domain.rules import RuleBroken, Stale
from placements.i18n import _
from placements.models.attendance import AbsenceNotice
from placements.models.cohorts import Cohort
from placements.models.teaching import ModuleRun, SessionTeacher, TeachingSession

SHORTEST, LONGEST = 15, 12 * 60


@dataclass(frozen=True, slots=True)
class Line:
    """What a line says. Without a `session_id` it is a new session."""

    module_id: int
    held_on: date
    starts_at: time
    ends_at: time
    place: str | None = None
    link: str | None = None
    audiences: tuple[str, ...] = ()
    extra_minutes: Mapping[str, int] = field(default_factory=dict)
    session_id: int | None = None


RunFor = Callable[[int], ModuleRun]
"""The run that the sessions of a module belong to."""


# Questions


def is_kept(session: TeachingSession) -> bool:
    """Its register is kept: it is not moved and not called off any more."""
    return session.register_kept_at is not None


def mark(sessions: Collection[TeachingSession]) -> int:
    """Another number as soon as anybody has changed, added or removed one of them."""
    return crc32(repr(sorted((one.id, one.version) for one in sessions)).encode())


def line_of(session: TeachingSession) -> Line:
    return Line(
        module_id=session.run.module_id,
        held_on=session.held_on,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        place=session.place,
        link=session.link,
        audiences=tuple(session.audiences),
        extra_minutes=dict(session.extra_minutes),
        session_id=session.id,
    )


def is_moved(session: TeachingSession, line: Line) -> bool:
    old = line_of(session)
    names = ("held_on", "starts_at", "ends_at", "place", "link", "audiences")
    return any(getattr(old, name) != getattr(line, name) for name in names)


def is_news(session: TeachingSession, line: Line, *, today: date) -> bool:
    """A change that somebody still has to know: not of what is over."""
    return is_moved(session, line) and max(session.held_on, line.held_on) >= today


# Actions


def write(
    session: Session,
    cohort: Cohort,
    known: Sequence[TeachingSession],
    lines: Sequence[Line],
    run_for: RunFor,
    *,
    seen: int,
    reason: str | None,
    today: date,
    now: datetime,
) -> None:
    """Make the sessions those that the lines say. Whose register is kept stays as it is.

    A session that no line speaks of any more is called off. Those whom a change concerns get one mail, if it
    is about a day that is not over. `seen` is the `mark` that the lines were written on. For those whose
    sessions are others now, what may be missed is reckoned anew.
    """
    if mark(known) != seen:
        raise Stale
    open_ones = {one.id: one for one in known if not is_kept(one)}
    _refuse_bad(lines, open_ones)
    refuse_clashes(cohort, [one for one in known if is_kept(one)], lines, open_ones, reason)
    days = {line.session_id: line.held_on for line in lines if line.session_id}
    called_off = [one for key, one in open_ones.items() if key not in days]
    changed = [one for one in called_off if one.held_on >= today]
    changed += [
        open_ones[line.session_id]
        for line in lines
        if line.session_id and is_news(open_ones[line.session_id], line, today=today)
    ]
    teaching_people.tell(session, teaching_people.concerned(session, changed), now=now)
    touched = {one.run for one in called_off}
    remove(session, called_off)
    forget_notices(session, [key for key, day in days.items() if open_ones[key].held_on != day])
    for line in lines:
        old = open_ones[line.session_id] if line.session_id else None
        if old is None or line_of(old) != line:
            touched |= {old.run} if old else set()
            touched.add(put(session, line, open_ones, run_for, reason).run)
    session.flush()
    completion_watch.after_change(session, touched, now=now)


def put(
    session: Session, line: Line, known: Mapping[int, TeachingSession], run_for: RunFor, reason: str | None
) -> TeachingSession:
    """Only what is another is written, so that the history tells of changes alone."""
    record = known[line.session_id] if line.session_id else TeachingSession()
    run = run_for(line.module_id)
    if record.run is not run:
        record.run = run
    values = {
        "held_on": line.held_on,
        "starts_at": line.starts_at,
        "ends_at": line.ends_at,
        "place": line.place,
        "link": line.link,
        "audiences": list(line.audiences),
        "extra_minutes": dict(line.extra_minutes),
    }
    changed = {name: value for name, value in values.items() if getattr(record, name) != value}
    if changed and reason:
        changed["clash_reason"] = reason
    for name, value in changed.items():
        setattr(record, name, value)
    session.add(record)
    return record


def remove(session: Session, called_off: Collection[TeachingSession]) -> None:
    """Notices of absence go with it; where anything else is written about it, it stays."""
    ids = [one.id for one in called_off]
    if not ids:
        return
    _expect_nothing_written(session, ids)
    forget_notices(session, ids)
    session.flush()
    for one in called_off:
        session.delete(one)


def forget_notices(session: Session, ids: Collection[int]) -> None:
    """Of absence from sessions that are not held on that day after all."""
    if ids:
        for notice in session.scalars(select(AbsenceNotice).where(AbsenceNotice.session_id.in_(ids))):
            session.delete(notice)


def _expect_nothing_written(session: Session, ids: Collection[int]) -> None:
    own = {TeachingSession.__table__, SessionTeacher.__table__, AbsenceNotice.__table__}
    for table in Base.metadata.tables.values():
        for column in table.columns if table not in own else ():
            if any(key.column.table is TeachingSession.__table__ for key in column.foreign_keys) and (
                session.execute(select(column).where(column.in_(ids)).limit(1)).first()
            ):
                raise RuleBroken(
                    _("Der er allerede skrevet i protokollen for en af dem, der skulle aflyses. Lad den stå.")
                )


# Refusals


def _refuse_bad(lines: Sequence[Line], known: Mapping[int, TeachingSession]) -> None:
    named = [line.session_id for line in lines if line.session_id is not None]
    if len(named) != len(set(named)) or not set(named) <= set(known):
        raise Stale
    for line in lines:
        check_times(line)


def check_times(line: Line) -> None:
    if not line.starts_at < line.ends_at:
        raise RuleBroken(
            _(
                "%(day)s slutter undervisningen, før den begynder. Ret et af klokkeslættene.",
                day=line.held_on,
            ),
            field="ends_at",
        )
    if not SHORTEST <= length(line.starts_at, line.ends_at) <= LONGEST:
        raise RuleBroken(
            _(
                "%(day)s er undervisningen kortere end et kvarter eller længere end 12 timer.",
                day=line.held_on,
            ),
            field="ends_at",
        )


def refuse_clashes(
    cohort: Cohort,
    others: Sequence[TeachingSession],
    lines: Sequence[Line],
    known: Mapping[int, TeachingSession],
    reason: str | None,
) -> None:
    """What was allowed once is not asked about again, unless it is moved."""
    found = teaching_clashes.of([*others, *lines], cohort)[len(others) :]
    asked = [
        clash.text
        for line, clashes in zip(lines, found, strict=True)
        if not (
            line.session_id
            and known[line.session_id].clash_reason
            and not is_moved(known[line.session_id], line)
        )
        for clash in clashes
        if clash.needs_reason
    ]
    if asked and not reason:
        raise RuleBroken(
            _("%(clash)s Skriv hvorfor, hvis det skal være sådan alligevel.", clash=asked[0]), field="reason"
        )
