"""Who has said where they wish to go, and who has not; those are reminded at most once a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, joinedload

from placements.db import one_at_a_time
from placements.domain import enrolments, outbox, preference_window
from placements.domain.actors import Actor
from placements.domain.rules import RuleBroken, TooOften
from placements.domain.tasks import Task
from placements.formatting import clock, local
from placements.i18n import _
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.mails import OutgoingMail
from placements.models.preferences import RankedOffer, Wishes
from placements.models.users import User

PAGE = 100
PAUSE = timedelta(hours=24)
REMINDER = "wishes_reminder"


@dataclass(frozen=True, slots=True)
class Line:
    """How many offers a student has ranked; what they are, only a look that is written down tells."""

    enrolment_id: int
    name: str
    ranked: int
    saved_at: datetime | None


@dataclass(frozen=True, slots=True)
class Overview:
    """`after` is None on the last page."""

    lines: list[Line]
    missing: int
    total: int
    after: int | None


# Questions


def _has_ranked() -> ColumnElement[bool]:
    return Enrolment.id.in_(select(Wishes.enrolment_id).join(Wishes.ranked))


def _people(cohort: Cohort) -> Select[Enrolment]:
    return select(Enrolment).where(Enrolment.cohort_id == cohort.id, enrolments.taking_part())


def overview(session: Session, cohort: Cohort, *, missing_only: bool, after: int | None = None) -> Overview:
    """By name, page by page; always the same number of statements."""
    people = _people(cohort)
    total = session.scalar(select(func.count()).select_from(people.subquery())) or 0
    missing = session.scalar(select(func.count()).select_from(people.where(~_has_ranked()).subquery())) or 0
    ranked = (
        select(func.count(RankedOffer.id))
        .where(RankedOffer.wishes_id == Wishes.id)
        .correlate(Wishes)
        .scalar_subquery()
    )
    rows = (
        people.with_only_columns(Enrolment.id, User.name, ranked, Wishes.saved_at)
        .join(User, User.id == Enrolment.user_id)
        .outerjoin(Wishes, Wishes.enrolment_id == Enrolment.id)
        .order_by(User.name, Enrolment.id)
        .limit(PAGE + 1)
    )
    if missing_only:
        rows = rows.where(~_has_ranked())
    if after is not None:
        rows = rows.offset(after)
    found = [Line(*row) for row in session.execute(rows)]
    return Overview(found[:PAGE], missing, total, (after or 0) + PAGE if len(found) > PAGE else None)


def last_reminded(session: Session, cohort: Cohort) -> datetime | None:
    """When anybody in the cohort was last reminded."""
    return session.scalar(select(func.max(OutgoingMail.created_at)).where(_reminders(cohort)))


def _reminders(cohort: Cohort) -> ColumnElement[bool]:
    pages = select(func.concat("/my/preferences/", Enrolment.id)).where(Enrolment.cohort_id == cohort.id)
    return (OutgoingMail.message == REMINDER) & OutgoingMail.path.in_(pages)


def waiting(session: Session, actor: Actor, today: date) -> list[Task]:
    """A student who has not yet said where they wish to go, while there is time."""
    rows = session.scalars(
        select(Enrolment)
        .join(Enrolment.cohort)
        .options(joinedload(Enrolment.cohort))
        .where(Enrolment.user_id == actor.id, enrolments.taking_part(), ~_has_ranked())
        .where(Cohort.preferences_close_at.is_not(None))
        .order_by(Cohort.preferences_close_at)
    )
    return [
        _task(enrolment, enrolment.cohort.preferences_close_at)
        for enrolment in rows
        if preference_window.is_open_on(enrolment.cohort, today) and enrolment.cohort.preferences_close_at
    ]


def _task(enrolment: Enrolment, closes: datetime) -> Task:
    text = _(
        "Fortæl, hvor du helst vil i praktik (senest %(day)s kl. %(time)s)",
        day=local(closes).date(),
        time=clock(closes),
    )
    return Task(text, _page(enrolment))


# Actions


def remind(session: Session, cohort: Cohort, *, moment: datetime, now: datetime) -> int:
    """A mail to those who have ranked nothing and got none within a day. How many.

    `moment` is on the business date, as the window is; mails count real time.
    """
    one_at_a_time(session, f"wishes reminder {cohort.id}")
    if not preference_window.is_open(cohort, now=moment):
        raise RuleBroken(_("Der kan kun sendes en påmindelse, mens der er åbent for ønsker."))
    without = _people(cohort).where(~_has_ranked()).order_by(Enrolment.id)
    missing = session.scalars(without.options(joinedload(Enrolment.user))).all()
    if not missing:
        raise RuleBroken(_("Alle har sagt, hvor de helst vil hen. Der er ingen at minde om det."))
    recent = set(
        session.scalars(
            select(OutgoingMail.path).where(_reminders(cohort), OutgoingMail.created_at > now - PAUSE)
        )
    )
    asked = [person for person in missing if _page(person) not in recent]
    if not asked:
        raise TooOften(_("De har fået en påmindelse inden for det seneste døgn. Vent til i morgen."))
    for person in asked:
        outbox.notify(session, person.user, REMINDER, path=_page(person), now=now)
    return len(asked)


def _page(enrolment: Enrolment) -> str:
    return f"/my/preferences/{enrolment.id}"
