"""A party checks the data before signing, and says what does not fit. Nothing is signed by it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, joinedload

from placements.domain import placements
from placements.domain.actors import Actor
from placements.domain.agreement_states import is_awaiting, is_newest
from placements.domain.rules import RuleBroken
from placements.domain.tasks import Task, TaskGroup, group
from placements.i18n import _
from placements.models.agreement_remarks import AgreementRemark
from placements.models.agreements import Agreement, AgreementVersion
from placements.models.placements import Placement

LONGEST = 1000


def visible_to(actor: Actor) -> Select[AgreementRemark]:
    """The coordinator's, and everybody's own."""
    coordinated = (
        select(Agreement.id)
        .join(Placement, Placement.id == Agreement.placement_id)
        .where(Placement.programme_id.in_(actor.programme_ids))
    )
    return select(AgreementRemark).where(
        or_(AgreementRemark.agreement_id.in_(coordinated), AgreementRemark.user_id == actor.id)
    )


def settleable_by(actor: Actor, placement: Placement | None = None) -> Select[AgreementRemark]:
    """Those of the coordinator's placements, or of one of them."""
    coordinated = placements.coordinated_by(actor).with_only_columns(Placement.id)
    found = (
        select(AgreementRemark)
        .join(Agreement, Agreement.id == AgreementRemark.agreement_id)
        .where(Agreement.placement_id.in_(coordinated))
    )
    return found.where(Agreement.placement_id == placement.id) if placement else found


# Questions


def on(session: Session, agreement: Agreement, actor: Actor) -> list[AgreementRemark]:
    """What has been said of this agreement, for this person, the newest first."""
    wanted = visible_to(actor).where(AgreementRemark.agreement_id == agreement.id)
    return list(
        session.scalars(wanted.options(joinedload(AgreementRemark.user)).order_by(AgreementRemark.id.desc()))
    )


def waiting(session: Session, actor: Actor) -> TaskGroup:
    """For the coordinator's home: what a party says does not fit."""
    rows = session.scalars(
        settleable_by(actor)
        .where(AgreementRemark.settled_at.is_(None))
        .options(joinedload(AgreementRemark.user), joinedload(AgreementRemark.agreement, Agreement.placement))
        .order_by(AgreementRemark.id)
    )
    tasks = [
        Task(
            _("Praktikaftale for %(name)s", name=remark.agreement.placement.student_name),
            f"/placements/{remark.agreement.placement_id}/agreement",
            _("%(name)s siger, at noget ikke passer", name=remark.user.name),
        )
        for remark in rows
    ]
    return group(
        "remarks",
        _("Aftaler, hvor noget ikke passer"),
        _("Ingen har sagt, at noget ikke passer."),
        tasks,
    )


# Actions


def say(
    session: Session, version: AgreementVersion, actor: Actor, *, text: str, now: datetime
) -> AgreementRemark:
    """To the coordinator, of an agreement that waits for signatures."""
    if not (is_awaiting(version) and is_newest(version)):
        raise RuleBroken(_("Aftalen venter ikke på underskrift. Skriv eller ring til koordinatoren."))
    if not text.strip():
        raise RuleBroken(_("Skriv, hvad der ikke passer."), field="text")
    remark = AgreementRemark(
        agreement=version.agreement,
        user_id=actor.id,
        number=version.number,
        text=text.strip(),
        said_at=now,
        settled_at=None,
    )
    session.add(remark)
    return remark


def settle(remark: AgreementRemark, *, now: datetime) -> None:
    if remark.settled_at is not None:
        raise RuleBroken(_("Det er allerede klaret."))
    remark.settled_at = now
