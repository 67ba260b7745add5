"""A student has found a unit: the coordinator makes unit, contact and draft offer of it, or declines."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, false, or_, select
from sqlalchemy.orm import Session, joinedload

from placements.domain import (
    contacts,
    enrolments,
    hosts,
    impossible_units,
    offers,
    own_enrolments,
    placements,
)
from placements.domain.actors import Actor
from placements.domain.rules import RuleBroken, moves, open_verbs, target_of
from placements.domain.tasks import Task, TaskGroup, group
from placements.i18n import _
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.hosts import Contact, Organisation, OrganisationKind, Sector, Unit
from placements.models.suggestions import Suggestion, SuggestionStatus

S = SuggestionStatus
TRANSITIONS = moves(
    approve=((S.SUGGESTED,), S.APPROVED),
    decline=((S.SUGGESTED,), S.DECLINED),
    withdraw=((S.SUGGESTED,), S.WITHDRAWN),
)
MOST_OPEN = 3
"""Suggestions of one student that wait at the same time."""

ANSWERED = _("Forslaget er allerede besvaret eller trukket tilbage.")


@dataclass(frozen=True, slots=True)
class Place:
    """Where the approved suggestion leads: a unit that is there, or a new one under an owner."""

    unit_id: int | None = None
    organisation_id: int | None = None
    kind: OrganisationKind | None = None


# Visibility


def _scope(actor: Actor) -> ColumnElement[bool]:
    """Students: their own. Coordinators: their programmes'. Others, hosts too: none."""
    if actor.id is None:
        return false()
    own = own_enrolments.ids_of(actor)
    return or_(Suggestion.enrolment_id.in_(own), Suggestion.enrolment_id.in_(_coordinated(actor)))


def _coordinated(actor: Actor) -> Select[int]:
    return (
        select(Enrolment.id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(Cohort.programme_id.in_(actor.programme_ids))
    )


def visible_to(actor: Actor) -> Select[Suggestion]:
    return select(Suggestion).where(_scope(actor))


def answered_by(actor: Actor) -> Select[Suggestion]:
    """Those that this coordinator may approve or decline."""
    return select(Suggestion).where(Suggestion.enrolment_id.in_(_coordinated(actor)))


def own_of(actor: Actor) -> Select[Suggestion]:
    """Those that this student may withdraw."""
    own = own_enrolments.ids_of(actor)
    return select(Suggestion).where(Suggestion.enrolment_id.in_(own))


# Questions


def newest_first(session: Session, actor: Actor) -> list[Suggestion]:
    """What waits for an answer comes first; at most a hundred."""
    waiting = Suggestion.status == S.SUGGESTED
    found = (
        visible_to(actor)
        .options(
            joinedload(Suggestion.enrolment).joinedload(Enrolment.user),
            joinedload(Suggestion.enrolment).joinedload(Enrolment.cohort),
        )
        .order_by(waiting.desc(), Suggestion.suggested_at.desc(), Suggestion.id.desc())
    )
    return list(session.scalars(found.limit(100)))


def verbs_for(suggestion: Suggestion, actor: Actor) -> list[str]:
    """What this person can do with it now."""
    cohort = suggestion.enrolment.cohort
    allowed = {"approve", "decline"} if cohort.programme_id in actor.programme_ids else set()
    if suggestion.enrolment.user_id == actor.id:
        allowed.add("withdraw")
    return [verb for verb in open_verbs(TRANSITIONS, suggestion.status) if verb in allowed]


def courses_to_suggest_for(session: Session, actor: Actor, *, today: date) -> list[Enrolment]:
    """The student's own courses with a practicum to come and no placement yet."""
    own = (
        select(Enrolment)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .options(joinedload(Enrolment.cohort))
        .where(
            Enrolment.user_id == actor.id,
            Cohort.practicum_starts_on.is_not(None),
            Cohort.practicum_ends_on >= today,
            Enrolment.id.not_in(placements.placed_enrolment_ids()),
        )
        .order_by(Cohort.starts_on, Enrolment.id)
    )
    return [enrolment for enrolment in session.scalars(own) if enrolments.is_active(enrolment)]


def refuse_answered(suggestion: Suggestion) -> None:
    """It waits for an answer no more: said before anything else is."""
    if suggestion.status is not S.SUGGESTED:
        raise RuleBroken(ANSWERED)


# Actions


def suggest(
    session: Session,
    enrolment: Enrolment,
    *,
    unit_name: str,
    organisation_name: str,
    sector: Sector,
    municipality: str | None,
    contact_name: str,
    contact_email: str,
    why: str | None,
    today: date,
    now: datetime,
) -> Suggestion:
    """The student has talked with the place, or would like the coordinator to."""
    last = enrolment.cohort.practicum_ends_on
    if not enrolments.is_active(enrolment) or last is None or last < today:
        raise RuleBroken(_("Der kan kun foreslås et sted, mens praktikken ligger forude eller er i gang."))
    waiting = select(Suggestion.id).where(
        Suggestion.enrolment_id == enrolment.id, Suggestion.status == S.SUGGESTED
    )
    if len(session.scalars(waiting).all()) >= MOST_OPEN:
        raise RuleBroken(
            _(
                "Du har allerede %(most)s forslag, der venter. Træk et tilbage, før du sender et nyt.",
                most=MOST_OPEN,
            )
        )
    suggestion = Suggestion(
        enrolment=enrolment,
        status=S.SUGGESTED,
        unit_name=unit_name,
        organisation_name=organisation_name,
        sector=sector,
        municipality=municipality,
        contact_name=contact_name,
        contact_email=contact_email.lower(),
        why=why,
        suggested_at=now,
    )
    session.add(suggestion)
    return suggestion


def withdraw(suggestion: Suggestion) -> None:
    suggestion.status = target_of(TRANSITIONS, "withdraw", suggestion.status, ANSWERED)


def decline(suggestion: Suggestion, actor: Actor, *, answer: str, now: datetime) -> None:
    """The student reads the sentence, so there is one."""
    target = target_of(TRANSITIONS, "decline", suggestion.status, ANSWERED)
    if not answer.strip():
        raise RuleBroken(_("Skriv en venlig sætning til den studerende."), field="answer")
    _answer(suggestion, target, actor, answer, now=now)


def approve(
    session: Session,
    suggestion: Suggestion,
    actor: Actor,
    place: Place,
    *,
    ways: Collection[str],
    answer: str | None,
    today: date,
    now: datetime,
) -> None:
    """Unit, contact and a draft offer of one seat, all in one step."""
    target = target_of(TRANSITIONS, "approve", suggestion.status, ANSWERED)
    unit = _unit(session, suggestion, place, today=today)
    _contact(session, suggestion, unit)
    with session.no_autoflush:
        suggestion.offer = offers.create(session, unit, suggestion.enrolment.cohort, seats=1, ways=ways)
        _answer(suggestion, target, actor, answer or "", now=now)


def _answer(suggestion: Suggestion, target: S, actor: Actor, answer: str, *, now: datetime) -> None:
    suggestion.status, suggestion.answer = target, answer.strip() or None
    suggestion.answered_at, suggestion.answered_by_id = now, actor.id


def _unit(session: Session, suggestion: Suggestion, place: Place, *, today: date) -> Unit:
    if place.unit_id is not None:
        known = session.get(Unit, place.unit_id)
        if known is None:
            raise RuleBroken(_("Vælg et praktiksted."), field="unit_id")
        impossible_units.refuse(session, suggestion.enrolment, known, today=today, field="unit_id")
        return known
    made = hosts.create_unit(
        session,
        _owner(session, suggestion, place, today=today),
        name=suggestion.unit_name,
        sector=suggestion.sector,
        municipality=suggestion.municipality,
    )
    session.flush()
    return made


def _owner(session: Session, suggestion: Suggestion, place: Place, *, today: date) -> Organisation:
    """One that is there; or a new one with the name that the student wrote."""
    if place.organisation_id is not None:
        known = session.get(Organisation, place.organisation_id)
        if known is None:
            raise RuleBroken(_("Vælg en organisation."), field="organisation_id")
        return known
    if place.kind is None:
        raise RuleBroken(_("Vælg, hvad det er for en organisation."), field="kind")
    made = hosts.create_organisation(session, kind=place.kind, name=suggestion.organisation_name, today=today)
    session.flush()
    return made


def _contact(session: Session, suggestion: Suggestion, unit: Unit) -> None:
    """The person the student named; nobody is written twice."""
    same = select(Contact.id).where(Contact.unit_id == unit.id, Contact.email == suggestion.contact_email)
    if session.scalar(same) is None:
        contacts.add(
            session, unit, name=suggestion.contact_name, email=suggestion.contact_email, is_host=True
        )


# Work


def waiting(session: Session, actor: Actor) -> TaskGroup:
    """For the coordinator: what students have suggested and nobody has answered."""
    found = session.scalars(
        answered_by(actor)
        .where(Suggestion.status == S.SUGGESTED)
        .options(joinedload(Suggestion.enrolment).joinedload(Enrolment.user))
        .order_by(Suggestion.suggested_at, Suggestion.id)
    )
    tasks = [
        Task(
            _("%(name)s foreslår %(unit)s", name=one.enrolment.user.name, unit=one.unit_name),
            f"/suggestions/{one.id}",
            one.organisation_name,
        )
        for one in found
    ]
    return group(
        "suggestions",
        _("Praktiksteder, studerende foreslår"),
        _("Alle forslag er besvaret."),
        tasks,
        "/suggestions",
    )
