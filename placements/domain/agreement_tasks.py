"""Agreements that wait for signatures, as lines of a coordinator's day: red, amber, green for each party."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from placements.domain import agreement_states, agreements, placements, signatures
from placements.domain.actors import Actor
from placements.domain.placement_states import OCCUPYING
from placements.domain.tasks import Mark, Task, TaskGroup, group
from placements.i18n import _
from placements.models.agreements import Agreement, AgreementVersion
from placements.models.enrolments import Enrolment
from placements.models.placements import Placement
from placements.models.signatures import Light
from placements.words import tone, word

URGENCY = [Light.RED, Light.AMBER, Light.GREEN]


def missing_signatures(session: Session, actor: Actor, *, today: date) -> TaskGroup:
    """Agreements sent and not signed by all; those where somebody must be reached or reminded come first."""
    found = session.scalars(
        select(Agreement)
        .join(Agreement.placement)
        .where(
            Agreement.placement_id.in_(placements.visible_ids(actor)),
            Agreement.versions.any(AgreementVersion.status.in_(agreement_states.AWAITING)),
            Placement.status.in_(OCCUPYING),
        )
        .options(
            joinedload(Agreement.placement).joinedload(Placement.enrolment).joinedload(Enrolment.user),
            selectinload(Agreement.versions).selectinload(AgreementVersion.signatures),
        )
        .order_by(Placement.starts_on, Agreement.id)
    ).all()  # kept as they are read: their versions point back to them
    waiting = [agreement.current for agreement in found if agreement_states.is_awaiting(agreement.current)]
    chosen = [(version, agreements.page_of(version)) for version in waiting]
    stood = list(zip(waiting, signatures.standings(session, chosen, today=today), strict=True))
    stood.sort(key=lambda pair: min(URGENCY.index(standing.light) for standing in pair[1]))
    return group(
        "signatures",
        _("Aftaler, der mangler en underskrift"),
        _("Alle sendte aftaler er underskrevet."),
        [_task(version, standings) for version, standings in stood],
    )


def _task(version: AgreementVersion, standings: list[signatures.Standing]) -> Task:
    missing = [word(standing.party) for standing in standings if standing.signature is None]
    return Task(
        _("Praktikaftale for %(name)s", name=version.placement.student_name),
        agreements.page_of(version),
        _("Mangler underskrift fra %(parties)s", parties=missing),
        marks=tuple(
            Mark(_("%(party)s: %(light)s", party=word(one.party), light=word(one.light)), tone(one.light))
            for one in standings
        ),
    )
