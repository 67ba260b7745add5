"""Amendments that wait for signatures, on the homes and on the placement's page; and reminding of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from placements.domain import agreement_states, amendments, reminders, signatures
from placements.domain.actors import Actor
from placements.domain.amendment_states import IN_FORCE, is_awaiting, party_to_sign, stands_on_newest
from placements.domain.rules import RuleBroken
from placements.domain.tasks import Mark, PlacementLink, Task, TaskGroup, group
from placements.i18n import Text, _
from placements.models.agreements import Agreement, AgreementVersion
from placements.models.amendments import Amendment
from placements.models.enrolments import Enrolment
from placements.models.placements import Placement
from placements.models.users import User
from placements.words import tone, word


def _loaded(session: Session, chosen: Select[Amendment]) -> Sequence[Amendment]:
    """With everything that says who is to sign, in a fixed number of questions."""
    placement = joinedload(Amendment.agreement).joinedload(Agreement.placement)
    return session.scalars(
        chosen.options(
            placement.joinedload(Placement.enrolment).joinedload(Enrolment.user),
            joinedload(Amendment.agreement).selectinload(Agreement.versions),
            joinedload(Amendment.base).joinedload(AgreementVersion.agreement),
            selectinload(Amendment.signatures),
        ).order_by(Amendment.sent_at, Amendment.id)
    ).all()


def _title(amendment: Amendment) -> Text:
    return _(
        "Tillæg for %(name)s: %(kind)s",
        name=amendment.placement.student_name,
        kind=word(amendment.kind),
    )


def waiting(session: Session, actor: Actor, today: date) -> list[Task]:
    """What a host or a student is asked to sign."""
    return [
        Task(_title(amendment), amendments.page_of(amendment), _("Læs og underskriv tillægget"))
        for amendment in _loaded(session, amendments.waiting(actor))
        if party_to_sign(amendment, actor)
    ]


def missing_signatures(session: Session, actor: Actor, *, today: date) -> TaskGroup:
    """Sent and not signed by all, with a light for each party."""
    found = _loaded(session, amendments.waiting(actor))
    chosen = [(amendment, amendments.page_of(amendment)) for amendment in found]
    stood = signatures.standings(session, chosen, today=today) if chosen else []
    return group(
        "amendments",
        _("Tillæg, der mangler en underskrift"),
        _("Alle sendte tillæg er underskrevet."),
        [_task(*pair) for pair in zip(found, stood, strict=True)],
    )


def _task(amendment: Amendment, standings: list[signatures.Standing]) -> Task:
    missing = [word(one.party) for one in standings if one.signature is None]
    return Task(
        _title(amendment),
        amendments.page_of(amendment),
        _("Mangler underskrift fra %(parties)s", parties=missing),
        marks=tuple(
            Mark(_("%(party)s: %(light)s", party=word(one.party), light=word(one.light)), tone(one.light))
            for one in standings
        ),
    )


def link(session: Session, placement: Placement, actor: Actor) -> PlacementLink | None:
    """From the placement's page, once there is a signed agreement to amend or an amendment to read."""
    of = select(Agreement.id).where(Agreement.placement_id == placement.id)
    chosen = amendments.visible_to(actor).where(Amendment.agreement_id.in_(of)).subquery()
    total, signed = session.execute(
        select(func.count(), func.count().filter(chosen.c.status.in_(IN_FORCE)))
    ).one()
    coordinates = placement.programme_id in actor.programme_ids
    if not total and not (coordinates and agreement_states.is_concluded(session, placement)):
        return None
    note = _("%(signed)s underskrevet", signed=signed) if total else _("Ændringer af den underskrevne aftale")
    return PlacementLink(_("Tillæg til aftalen"), f"/placements/{placement.id}/amendments", note)


# Reminding


def to_remind(session: Session, amendment: Amendment, actor: Actor) -> list[User]:
    """Everybody who can give a signature that is missing, but for the one who asks."""
    if not (is_awaiting(amendment) and stands_on_newest(amendment)):
        return []
    who = signatures.Signatories(session, [amendment])
    people = {user for party in signatures.missing(amendment) for user in who.of(amendment, party)}
    return sorted((user for user in people if user.id != actor.id), key=lambda user: user.id)


def remind(session: Session, amendment: Amendment, actor: Actor, *, now: datetime) -> list[User]:
    """A mail with the link to each of them, at most once a day."""
    if not is_awaiting(amendment):
        raise RuleBroken(_("Tillægget venter ikke på underskrifter."))
    people = to_remind(session, amendment, actor)
    return reminders.remind_all(session, people, "remind_amendment", amendments.page_of(amendment), now)
