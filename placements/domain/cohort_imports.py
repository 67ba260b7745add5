"""A cohort's workbook from upload to the last row: kept, looked at, mended, and taken in all at once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import Select, delete, false, select
from sqlalchemy.orm import Session

from placements.db import one_at_a_time
from placements.domain import (
    cohort_import_files,
    cohort_import_known,
    cohort_import_people,
    cohort_import_practicum,
    cohort_import_rows,
    cohort_import_sites,
    cohort_import_steps,
    cohort_seats,
    users,
)
from placements.domain.actors import Actor
from placements.domain.cohort_import_plans import Noun, Plan, Verb
from placements.domain.cohort_import_problems import Place, Problem
from placements.domain.cohort_import_steps import Wishes
from placements.domain.rules import RuleBroken
from placements.i18n import _
from placements.models.cohort_imports import CohortImport
from placements.models.cohorts import Cohort

KEPT = timedelta(days=1)
LONGEST_FIX = 200
MOST_FIXES = 20_000

NOTHING_CHOSEN = _("Vælg en fil først.")
GONE = _("Filen er allerede indlæst eller slettet. Vælg den igen.")
MEANWHILE = _(
    "Noget er ændret, siden du så forhåndsvisningen, så intet er gemt. Se den nye forhåndsvisning herunder, "
    "og bekræft igen."
)
STILL_WRONG = _("Der er stadig celler, der skal rettes. Intet er gemt.")


def visible_to(actor: Actor, *, now: datetime) -> Select[CohortImport]:
    """One's own, for cohorts one coordinates, while it is kept."""
    if actor.id is None:
        return select(CohortImport).where(false())
    own = select(Cohort.id).where(Cohort.programme_id.in_(actor.programme_ids))
    return select(CohortImport).where(
        CohortImport.user_id == actor.id,
        CohortImport.cohort_id.in_(own),
        CohortImport.created_at > now - KEPT,
    )


# Questions


def waiting(session: Session, cohort: Cohort, actor: Actor, *, now: datetime) -> CohortImport | None:
    """The workbook that this person has uploaded and not yet taken in."""
    mine = visible_to(actor, now=now).where(
        CohortImport.cohort_id == cohort.id, CohortImport.result.is_(None)
    )
    found: CohortImport | None = session.scalar(mine)
    return found


def plan(session: Session, cohort: Cohort, content: bytes, fixes: Mapping[str, str], *, today: date) -> Plan:
    """What the workbook would do, and everything that is wrong with it. Reads only."""
    rows = cohort_import_rows.read(cohort_import_files.read(content), fixes)
    planned = Plan(_source(content, fixes), problems=list(rows.problems), notes=list(rows.notes))
    if cohort.practicum_starts_on is None and any(row.seats for row in rows.sites):
        sentence = _("Holdets praktikperiode er ikke lagt endnu. Sæt den på holdets side først.")
        planned.problems.append(Problem(Place(), "", sentence))
    known = cohort_import_known.look_up(session, cohort, rows, today=today)
    with session.no_autoflush:
        cohort_import_people.plan(planned, rows, known)
        sites = cohort_import_sites.plan(planned, rows, known)
        cohort_import_practicum.plan(planned, rows, known, sites)
    planned.problems.sort(key=_by_place)
    return planned


def _source(content: bytes, fixes: Mapping[str, str]) -> str:
    chosen = json.dumps(sorted(fixes.items()), ensure_ascii=False)
    return hashlib.sha256(content + chosen.encode()).hexdigest()


def plan_of(session: Session, upload: CohortImport, cohort: Cohort, *, today: date) -> Plan:
    if upload.content is None:
        raise RuleBroken(GONE)
    return plan(session, cohort, upload.content, upload.fixes, today=today)


def _by_place(problem: Problem) -> tuple[int, int, int, str]:
    """As one reads the workbook: sheet by sheet, row by row, and what holds for all of it first."""
    place = problem.place
    order = ["", "Studerende", "Praktiksteder", "Praktik"]
    sheet = order.index(place.sheet) if place.sheet in order else len(order)
    return sheet, place.row, len(place.column), place.column


# Actions


def keep(
    session: Session, cohort: Cohort, actor: Actor, *, filename: str, content: bytes, now: datetime
) -> CohortImport:
    """Put an upload by until it is confirmed; one that cannot be read at all is refused."""
    if not content:
        raise RuleBroken(NOTHING_CHOSEN, field="file")
    cohort_import_files.read(content)
    assert actor.id is not None  # noqa: S101
    forget_old(session, now=now)
    forget(session, cohort, actor)
    upload = CohortImport(
        cohort_id=cohort.id,
        user_id=actor.id,
        filename=filename[-120:],
        content=content,
        fixes={},
        result=None,
        created_at=now,
    )
    session.add(upload)
    return upload


def forget(session: Session, cohort: Cohort, actor: Actor) -> None:
    """Throw the upload away."""
    own = CohortImport.cohort_id == cohort.id, CohortImport.user_id == actor.id
    session.execute(delete(CohortImport).where(*own))


def forget_old(session: Session, *, now: datetime) -> None:
    session.execute(delete(CohortImport).where(CohortImport.created_at <= now - KEPT))


def mend(upload: CohortImport, planned: Plan, wanted: Mapping[str, str]) -> int:
    """Read something else at these places from now on; only where something is wrong. How many were taken."""
    places = {problem.place.key for problem in planned.problems}
    places |= {option.key for problem in planned.problems for option in problem.options}
    taken = {key: " ".join(text.split())[:LONGEST_FIX] for key, text in wanted.items() if key in places}
    if len(upload.fixes) + len(taken) > MOST_FIXES:
        raise RuleBroken(_("Der er for mange rettelser. Ret filen, og vælg den igen."))
    upload.fixes = {**upload.fixes, **taken}
    return len(taken)


def suggestions(planned: Plan) -> dict[str, str]:
    """Every fix that is offered for a value."""
    return {problem.place.key: problem.fix for problem in planned.problems if problem.fix}


def start_over(upload: CohortImport) -> None:
    """The workbook as it came."""
    upload.fixes = {}


def confirm(
    session: Session,
    upload: CohortImport,
    cohort: Cohort,
    *,
    seen: str,
    wishes: Wishes,
    today: date,
    now: datetime,
) -> Plan:
    """Take it in, all of it, if it is still just what was seen."""
    take_turn(session, cohort)
    session.refresh(upload, with_for_update=True)
    planned = plan_of(session, upload, cohort, today=today)
    if planned.fingerprint != seen:
        raise RuleBroken(MEANWHILE)
    take_in(session, cohort, planned, wishes=wishes, today=today, now=now)
    upload.content, upload.fixes, upload.result = None, {}, result_of(planned)
    return planned


def take_turn(session: Session, cohort: Cohort) -> None:
    """Before the plan that is taken in. The cohort comes first, as for whoever enrols one person."""
    cohort_seats.lock(session, cohort.id)
    one_at_a_time(session, "cohort import")


def take_in(
    session: Session, cohort: Cohort, planned: Plan, *, wishes: Wishes, today: date, now: datetime
) -> None:
    """All of a plan that was made after `take_turn`."""
    if planned.problems:
        raise RuleBroken(STILL_WRONG)
    unknown = [student.row.email for student in planned.students if student.user is None]
    if users.known(session, unknown):
        raise RuleBroken(MEANWHILE)
    cohort_import_steps.do(cohort_import_steps.Doing(session, cohort, wishes, today, now), planned)


def result_of(planned: Plan) -> dict[str, dict[str, int]]:
    """Numbers alone: the names stand where they belong now."""
    counts = planned.counts
    return {noun.value: {verb.value: counts[noun][verb] for verb in Verb} for noun in Noun}
