"""Applications: a link by mail, page by page, submitting, withdrawing; and who may read them."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime, timedelta

from sqlalchemy import Select, delete, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from placements import addresses
from placements.db import one_at_a_time
from placements.domain import (
    application_answers,
    application_payment_start,
    application_queue,
    application_states,
    application_steps,
    application_tallies,
    application_windows,
    guessing,
    outbox,
    residence,
    users,
)
from placements.domain.actors import Actor
from placements.domain.application_answers import Answers
from placements.domain.application_windows import Phase
from placements.domain.rules import RuleBroken, expect_version, require
from placements.i18n import _
from placements.models.application_decisions import ApplicationDecision
from placements.models.application_reviews import ApplicationConflict
from placements.models.applications import Application, ApplicationLink, ApplicationStatus
from placements.models.cohorts import Cohort
from placements.models.mails import OutgoingMail
from placements.models.programmes import Programme
from placements.models.users import User

LONGEST_TEXT = 3000
"""Characters in one written part: about a page."""
LINKS_AN_HOUR = 5
LINKS_FROM_HERE = 10
"""Within a quarter of an hour: a school or a library may share one address."""
NOT_OPEN = {
    Phase.UNPLANNED: _("Holdet har ikke åbnet for ansøgninger."),
    Phase.BEFORE: _("Der er ikke åbnet for ansøgninger endnu."),
    Phase.CLOSED: _("Fristen er overskredet, så der kan ikke ændres mere."),
}


def coordinated_by(actor: Actor) -> Select[Application]:
    """Those of the coordinator's programmes that have been submitted. Drafts are the applicant's own.

    Without those that the coordinator is too near to.
    """
    own = select(Cohort.id).where(Cohort.programme_id.in_(actor.programme_ids))
    return select(Application).where(
        Application.cohort_id.in_(own),
        Application.status != ApplicationStatus.DRAFT,
        Application.id.not_in(too_near(actor)),
    )


def too_near(actor: Actor) -> Select[int]:
    """One's own, known by the address whenever the account was made; and those with a declared conflict."""
    declared = select(ApplicationConflict.application_id).where(ApplicationConflict.reviewer_id == actor.id)
    own = Application.email_key == addresses.key_of(actor.email)
    return select(Application.id).where(or_(own, Application.id.in_(declared)))


# Questions


def is_draft(application: Application) -> bool:
    return application.status is ApplicationStatus.DRAFT


def open_to_apply(session: Session, slug: str) -> Cohort | None:
    """A cohort with dates for applications, whatever the time, with all that its public page shows."""
    found = session.scalar(
        select(Cohort)
        .options(
            joinedload(Cohort.programme).options(
                selectinload(Programme.organisers), selectinload(Programme.criteria)
            ),
            selectinload(Cohort.key_dates),
        )
        .where(Cohort.slug == slug)
    )
    planned = found and application_windows.of(found).closes_at is not None
    return found if planned else None


def of_token(session: Session, token: str) -> Application | None:
    """Whose link it is. An old link goes on working for as long as the application is there."""
    return session.scalar(
        select(Application)
        .join(ApplicationLink, ApplicationLink.application_id == Application.id)
        .options(
            joinedload(Application.cohort).options(
                joinedload(Cohort.programme).options(
                    selectinload(Programme.organisers), selectinload(Programme.criteria)
                ),
                selectinload(Cohort.key_dates),
            )
        )
        .where(ApplicationLink.token_hash == _digest(token))
    )


def may_change(application: Application, *, now: datetime) -> bool:
    return is_draft(application) and application_windows.of(application.cohort).is_open(now)


def contact_of(session: Session, application: Application) -> User | None:
    """Whom the applicant may ask. Anybody can begin a draft, so nobody is named there."""
    return None if is_draft(application) else users.contact_of(session, application.cohort.programme_id)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


# Actions: the link


def ask_for_link(
    session: Session, cohort: Cohort, email: str, *, locale: str, address: str, now: datetime
) -> None:
    """The same for whoever asks on the page. Raises `TooOften` after many from one network address."""
    guessing.refuse_often(session, "application link", most=LINKS_FROM_HERE, address=address, now=now)
    mail_link(session, cohort, email, locale=locale, now=now)


def mail_link(session: Session, cohort: Cohort, email: str, *, locale: str, now: datetime) -> None:
    """A mail with a link to the application of this address, begun now if there is none.

    After the deadline only those who have one get it, and nobody gets many within an hour. Whoever asks
    cannot tell which it was.
    """
    key = addresses.key_of(email)
    one_at_a_time(session, f"application {cohort.id} {key}")
    application = session.scalar(
        select(Application).where(Application.cohort_id == cohort.id, Application.email_key == key)
    )
    if application is None:
        if not application_windows.of(cohort).is_open(now):
            return
        application = _begin(session, cohort, email, key, locale=locale, now=now)
    elif _too_often(session, application, now=now):
        return
    outbox.notify_applicant(session, application, "application_link", now=now)


def _begin(
    session: Session, cohort: Cohort, email: str, key: str, *, locale: str, now: datetime
) -> Application:
    application = Application(
        uid=secrets.token_hex(16), cohort=cohort, email_key=key, locale=locale, started_at=now
    )
    application_answers.write(application, Answers(email=email.strip()))
    session.add(application)
    session.flush()
    return application


def _too_often(session: Session, application: Application, *, now: datetime) -> bool:
    asked = select(func.count(OutgoingMail.id)).where(
        OutgoingMail.application_id == application.id,
        OutgoingMail.message == "application_link",
        OutgoingMail.created_at > now - timedelta(hours=1),
    )
    return session.execute(asked).scalar_one() >= LINKS_AN_HOUR


def make_link(session: Session, application_id: int, *, now: datetime) -> str:
    """A new token for a mail that is being written."""
    token = secrets.token_urlsafe(32)
    session.add(ApplicationLink(application_id=application_id, token_hash=_digest(token), made_at=now))
    return token


# Actions: filling in


def save(
    session: Session,
    application: Application,
    *,
    version: int,
    today: date,
    now: datetime,
    **parts: object,
) -> Answers:
    """Some of the answers, of one page. Raises `RuleBroken` after the deadline and when submitted."""
    _refuse_late(application, now=now)
    expect_version(application, version)
    if born_on := parts.get("born_on"):
        assert isinstance(born_on, date)  # noqa: S101
        application_steps.refuse_too_young(application.cohort, born_on, today=today)
    answers = application_answers.change(application, **parts)
    if answers.municipality:
        cohort = application.cohort
        application.municipality = answers.municipality
        application.residence = residence.of(cohort.programme, answers.municipality, on=cohort.starts_on)
        if answers.payment and answers.payment not in application_steps.payments(
            cohort.programme, answers, on=cohort.starts_on
        ):
            answers = application_answers.change(application, payment="")
    return answers


def _refuse_late(application: Application, *, now: datetime) -> None:
    if not is_draft(application):
        raise RuleBroken(_("Din ansøgning er sendt og kan ikke ændres. Du kan trække den tilbage."))
    phase = application_windows.of(application.cohort).phase(now)
    if phase in NOT_OPEN:
        raise RuleBroken(NOT_OPEN[phase])


def submit(session: Session, application: Application, *, version: int, now: datetime) -> None:
    """In the deadline's own minute it still counts. The receipt is mailed."""
    _refuse_late(application, now=now)
    expect_version(application, version)
    answers = application_answers.read(application)
    require(
        _("Der mangler noget, før ansøgningen kan sendes."),
        application_steps.unmet(application.cohort, answers),
    )
    application.status, application.submitted_at = ApplicationStatus.SUBMITTED, now
    application.reference = _reference(session, application)
    _bar_from_own(session, application, answers.email)
    application_payment_start.begin(session, application)
    outbox.notify_applicant(session, application, "application_received", now=now)


def _bar_from_own(session: Session, application: Application, email: str) -> None:
    """Whoever applies neither reads nor decides about their own: a conflict of interest from the start."""
    person = session.scalar(select(User.id).where(User.email == addresses.normal(email)))
    if person is not None:
        session.add(ApplicationConflict(application_id=application.id, reviewer_id=person))


def _reference(session: Session, application: Application) -> str:
    """Neutral, and of no use to whoever finds it: the year and six letters by chance."""
    letters = "".join(secrets.choice("BCDFGHJKLMNPQRSTVWXZ") for _place in range(6))
    return f"{application.cohort.starts_on.year}-{letters}"


def withdraw(session: Session, application: Application, *, now: datetime) -> None:
    """Deleted at once, with its links and what was mailed about it. Its seat goes to the next in line."""
    application = application_queue.locked(session, application)
    cohort, held = application.cohort, application_states.is_offered(application)
    forget(session, application)
    if held:
        application_queue.move_up(session, cohort, now=now)


def forget(session: Session, application: Application) -> None:
    """For good, and counted. Whatever hangs on an application goes with it in the database."""
    application_tallies.count(session, application)
    application_payment_start.forget(session, application)
    session.execute(delete(OutgoingMail).where(OutgoingMail.application_id == application.id))
    session.execute(delete(ApplicationDecision).where(ApplicationDecision.application_id == application.id))
    session.execute(delete(ApplicationLink).where(ApplicationLink.application_id == application.id))
    session.delete(application)
