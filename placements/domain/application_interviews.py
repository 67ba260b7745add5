"""Interviews (D-02): times that the coordinator lays and the applicants book, and what is noted."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session, joinedload

from placements import encryption
from placements.domain import application_queue, application_reviews, outbox
from placements.domain.actors import Actor
from placements.domain.rules import RuleBroken, expect_version
from placements.formatting import COPENHAGEN
from placements.i18n import _
from placements.models.application_reviews import ApplicationInterview, ApplicationNote, ApplicationReview
from placements.models.applications import Application, ApplicationStatus
from placements.models.cohorts import Cohort
from placements.models.mails import OutgoingMail

MOST = 20
INVITATION = "application_interview"
LONGEST_NOTE = 4000
TAKEN = _("Tiden er lige blevet taget. Vælg en anden.")


def coordinated_by(actor: Actor) -> Select[ApplicationInterview]:
    own = select(Cohort.id).where(Cohort.programme_id.in_(actor.programme_ids))
    return select(ApplicationInterview).where(ApplicationInterview.cohort_id.in_(own))


# Questions


def of_cohort(session: Session, cohort: Cohort) -> list[ApplicationInterview]:
    return list(
        session.scalars(
            select(ApplicationInterview)
            .where(ApplicationInterview.cohort_id == cohort.id)
            .order_by(ApplicationInterview.starts_at, ApplicationInterview.id)
        )
    )


def readable(session: Session, actor: Actor, cohort: Cohort) -> dict[int, str]:
    """Whose booking this coordinator may see: the reference by the application's id."""
    mine = application_reviews.visible_to(actor).where(Application.cohort_id == cohort.id)
    found = session.execute(mine.with_only_columns(Application.id, Application.reference))
    return {key: reference or "" for key, reference in found}


def free(session: Session, application: Application, *, now: datetime) -> list[ApplicationInterview]:
    """What this applicant can choose from."""
    if not application_reviews.is_open(application):
        return []
    found = of_cohort(session, application.cohort)
    return [one for one in found if one.application_id is None and one.starts_at > now]


def booked_by(session: Session, application: Application) -> ApplicationInterview | None:
    return session.scalar(
        select(ApplicationInterview).where(ApplicationInterview.application_id == application.id)
    )


def concerns(session: Session, application: Application, *, now: datetime) -> bool:
    """Whether there is anything about interviews to tell this applicant."""
    return booked_by(session, application) is not None or bool(free(session, application, now=now))


# Actions: the coordinator's


def lay(
    session: Session,
    cohort: Cohort,
    *,
    day: date,
    begins: time,
    minutes: int,
    count: int,
    place: str,
    now: datetime,
) -> list[ApplicationInterview]:
    """So many times after each other, from an hour on, in one place."""
    first = datetime.combine(day, begins, COPENHAGEN).astimezone(UTC)
    if first <= now:
        raise RuleBroken(_("Vælg en dag og et tidspunkt, der ikke er gået."), field="day")
    step = timedelta(minutes=minutes)
    made = [_slot(cohort, first + number * step, step, place) for number in range(count)]
    for other in of_cohort(session, cohort):
        if other.place == place and any(
            one.starts_at < other.ends_at and other.starts_at < one.ends_at for one in made
        ):
            raise RuleBroken(_("Der er allerede samtaler det sted på den tid."), field="begins")
    session.add_all(made)
    return made


def _slot(cohort: Cohort, starts_at: datetime, length: timedelta, place: str) -> ApplicationInterview:
    return ApplicationInterview(
        cohort_id=cohort.id,
        starts_at=starts_at,
        ends_at=starts_at + length,
        place=place,
        application_id=None,
    )


def invite(session: Session, cohort: Cohort, *, now: datetime) -> int:
    """A mail to those who have not chosen, with their own link; no more than one in a day. How many."""
    booked = select(ApplicationInterview.application_id).where(
        ApplicationInterview.application_id.is_not(None)
    )
    asked = select(OutgoingMail.application_id).where(
        OutgoingMail.message == INVITATION,
        OutgoingMail.application_id.is_not(None),
        OutgoingMail.created_at > now - timedelta(days=1),
    )
    found = session.scalars(
        select(Application).where(
            Application.cohort_id == cohort.id,
            Application.status == ApplicationStatus.SUBMITTED,
            Application.id.not_in(booked),
            Application.id.not_in(asked),
        )
    ).all()
    for application in found:
        outbox.notify_applicant(session, application, INVITATION, now=now)
    return len(found)


def remove(session: Session, slot: ApplicationInterview) -> None:
    if slot.application_id is not None:
        raise RuleBroken(_("En ansøger har valgt tiden. Aftal en anden tid først."))
    session.delete(slot)


# Actions: the applicant's


def book(session: Session, application: Application, slot_id: int, *, now: datetime) -> None:
    """First come, first served; of two at once one gets it. The time they had before is free again."""
    application = application_queue.locked(session, application)
    if not application_reviews.is_open(application):
        raise RuleBroken(_("Der kan ikke vælges en samtale længere."))
    _refuse_over(session, application, now=now)
    _let_go(session, application)
    result = session.execute(
        update(ApplicationInterview)
        .where(
            ApplicationInterview.id == slot_id,
            ApplicationInterview.cohort_id == application.cohort_id,
            ApplicationInterview.application_id.is_(None),
            ApplicationInterview.starts_at > now,
        )
        .values(application_id=application.id)
        .execution_options(synchronize_session=False)
    )
    if getattr(result, "rowcount", 0) != 1:
        raise RuleBroken(TAKEN, field="slot_id")


def cancel(session: Session, application: Application, *, now: datetime) -> None:
    _refuse_over(session, application, now=now)
    _let_go(session, application)


def _refuse_over(session: Session, application: Application, *, now: datetime) -> None:
    before = booked_by(session, application)
    if before is not None and before.starts_at <= now:
        raise RuleBroken(_("Samtalen er begyndt eller holdt, så tiden kan ikke ændres."))


def _let_go(session: Session, application: Application) -> None:
    session.execute(
        update(ApplicationInterview)
        .where(ApplicationInterview.application_id == application.id)
        .values(application_id=None)
        .execution_options(synchronize_session=False)
    )


# Notes


def place_of(note: ApplicationNote) -> str:
    """What the encrypted text is bound to."""
    return f"application_note.text.{note.uid}"


def notes_shown_to(
    session: Session, application: Application, reviews: Sequence[ApplicationReview], actor: Actor
) -> list[tuple[ApplicationNote, str]]:
    """One's own; the others' as well when all reviews are in, as a note may tell what its author thinks."""
    found = select(ApplicationNote).where(ApplicationNote.application_id == application.id)
    if not application_reviews.all_in(reviews, application_reviews.wanted(application.cohort)):
        found = found.where(ApplicationNote.author_id == actor.id)
    kept = session.scalars(found.options(joinedload(ApplicationNote.author)).order_by(ApplicationNote.id))
    return [(note, encryption.show(note.text, place_of(note))) for note in kept]


def save_note(
    session: Session, application: Application, actor: Actor, *, text: str, version: int, now: datetime
) -> None:
    """One note of each person; an empty one is deleted."""
    mine = ApplicationNote.application_id == application.id, ApplicationNote.author_id == actor.id
    note = session.scalar(select(ApplicationNote).where(*mine))
    if note is not None:
        expect_version(note, version)
    if not text:
        if note is not None:
            session.delete(note)
        return
    if note is None:
        note = ApplicationNote(uid=secrets.token_hex(16), application_id=application.id, author_id=actor.id)
        session.add(note)
    note.text, note.written_at = encryption.hide(text, place_of(note)), now
