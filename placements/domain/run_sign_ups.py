"""Signing up for a run of a module, and off again (H-17, H-18): one gate for the page and for the act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from placements.db import one_at_a_time
from placements.domain import completion, enrolments, module_runs, teaching_clashes
from placements.domain.attendance_ledger import is_for, takes_part
from placements.domain.deadlines import deadline_of, is_within
from placements.domain.rules import RuleBroken, Unmet, require
from placements.formatting import time_span
from placements.i18n import _
from placements.models.cohorts import Cohort
from placements.models.completion import CompletionRule
from placements.models.enrolments import Enrolment
from placements.models.programmes import ModuleRuleKind
from placements.models.teaching import ModuleRun, RunSignUp, TeachingSession


@dataclass(frozen=True, slots=True)
class Standing:
    """What a participant is in, and how long they have: read once, asked for every run.

    `own` are the sessions that are theirs. Without a `deadline` there is none, or an exception was given.
    """

    enrolment: Enrolment
    runs: list[ModuleRun]
    deadline: date | None

    @property
    def own(self) -> list[TeachingSession]:
        audience = self.enrolment.audience
        return [one for run in self.runs for one in run.sessions if is_for(one, audience)]


# Visibility


def of_run(run: ModuleRun) -> Select[RunSignUp]:
    """For whoever has come to see the run."""
    return select(RunSignUp).where(RunSignUp.run_id == run.id)


# Questions


def runs_of(session: Session, enrolment: Enrolment) -> list[ModuleRun]:
    """All that they are in, with their sessions."""
    query = (
        select(ModuleRun)
        .join(Enrolment, takes_part())
        .where(Enrolment.id == enrolment.id)
        .options(joinedload(ModuleRun.module), selectinload(ModuleRun.sessions))
        .order_by(ModuleRun.id)
    )
    return list(session.scalars(query))


def standing_of(session: Session, enrolment: Enrolment) -> Standing:
    excepted = completion.is_excepted(session, enrolment, CompletionRule.DEADLINE)
    deadline = None if excepted else deadline_of(enrolment)
    return Standing(enrolment, runs_of(session, enrolment), deadline)


def unmet_to_sign_up(standing: Standing, run: ModuleRun, *, taken: int, today: date) -> list[Unmet]:
    """Why this participant cannot take this run; nothing: they can."""
    enrolment, own = (
        standing.enrolment,
        [one for one in run.sessions if is_for(one, standing.enrolment.audience)],
    )
    rule = run.module.rules_by_audience.get(enrolment.audience)
    found = []
    if not enrolments.is_active(enrolment):
        found.append(Unmet("active", _("Forløbet er slut, så der kan ikke meldes til.")))
    elsewhere = run.module.programme_id != enrolment.cohort.programme_id
    if elsewhere or rule is None or rule.rule is ModuleRuleKind.NOT_OFFERED or not run.sign_up:
        found.append(Unmet("offered", _("Modulet udbydes ikke til din målgruppe.")))
    if module_runs.has_begun(run, today=today) or not own:
        found.append(Unmet("open", _("Det er begyndt, så der kan ikke meldes til mere.")))
    if _same_module(standing, run, today=today):
        found.append(Unmet("once", _("Du er allerede tilmeldt modulet på andre dage.")))
    if run.seats is not None and taken >= run.seats:
        found.append(Unmet("seats", _("Alle pladser er taget.")))
    found += _clashes(standing, run, own)
    if own and not is_within(own[-1].held_on, standing.deadline):
        found.append(
            Unmet("deadline", _("Det slutter efter din frist, som er %(day)s.", day=standing.deadline))
        )
    return found


def _same_module(standing: Standing, run: ModuleRun, *, today: date) -> bool:
    """Who has been through a module once may take it again."""
    return any(
        other.module_id == run.module_id
        and other.id != run.id
        and (module_runs.ends_on(other) or today) >= today
        for other in standing.runs
    )


def _clashes(standing: Standing, run: ModuleRun, own: Sequence[TeachingSession]) -> list[Unmet]:
    audience = standing.enrolment.audience.value
    for one in own:
        for other in standing.own:
            if other.run_id != run.id and teaching_clashes.overlap(one, other, audience=audience):
                text = _(
                    "Det falder sammen med din anden undervisning %(day)s %(when)s.",
                    day=other.held_on,
                    when=time_span(other.starts_at, other.ends_at),
                )
                return [Unmet("clash", text)]
    return []


def on_offer(session: Session, enrolment: Enrolment, *, today: date) -> list[ModuleRun]:
    """Runs of the programme that one signs up for and that are not over, in the order they begin."""
    query = (
        select(ModuleRun)
        .join(Cohort, Cohort.id == ModuleRun.cohort_id)
        .where(
            Cohort.programme_id == enrolment.cohort.programme_id,
            ModuleRun.sign_up,
            ModuleRun.sessions.any(TeachingSession.held_on >= today),
        )
        .options(joinedload(ModuleRun.module), selectinload(ModuleRun.sessions))
    )
    runs = session.scalars(query).all()
    return sorted(runs, key=lambda run: (run.sessions[0].held_on, run.sessions[0].starts_at, run.id))


# Actions


def sign_up(session: Session, enrolment: Enrolment, run: ModuleRun, *, today: date, now: datetime) -> None:
    """Whoever asks for the last seat at this very moment waits until this is saved."""
    one_at_a_time(session, f"run {run.id}", f"plan {enrolment.id}")
    _read_anew(session, run)
    if _own(session, enrolment, run) is not None:
        raise RuleBroken(_("Du er allerede tilmeldt."))
    taken = module_runs.taken_seats(session, [run.id])[run.id]
    unmet = unmet_to_sign_up(standing_of(session, enrolment), run, taken=taken, today=today)
    if unmet:
        require(unmet[0].text, unmet)
    session.add(RunSignUp(run=run, enrolment=enrolment, signed_up_at=now))


def _read_anew(session: Session, run: ModuleRun) -> None:
    """Its seats and days may have changed while somebody waited for their turn."""
    query = select(ModuleRun).where(ModuleRun.id == run.id).options(selectinload(ModuleRun.sessions))
    if session.scalar(query.execution_options(populate_existing=True)) is None:
        raise RuleBroken(_("Modulet er aflyst."))


def sign_off(session: Session, enrolment: Enrolment, run: ModuleRun, *, today: date) -> None:
    """Not after the first session is held. Who was not signed up, or is off already, is off all the same."""
    own = _own(session, enrolment, run)
    if own is None:
        return
    if module_runs.has_begun(run, today=today):
        raise RuleBroken(
            _("Den første undervisning er holdt. Tal med koordinatoren, hvis du har brug for at stoppe.")
        )
    session.delete(own)


def take_off(session: Session, signed_up: RunSignUp) -> None:
    """The coordinator's, at any time: the module then counts neither for nor against the participant."""
    session.delete(signed_up)


def _own(session: Session, enrolment: Enrolment, run: ModuleRun) -> RunSignUp | None:
    return session.scalar(
        select(RunSignUp).where(RunSignUp.run_id == run.id, RunSignUp.enrolment_id == enrolment.id)
    )
