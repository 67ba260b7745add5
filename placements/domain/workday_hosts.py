"""What a coordinator should follow up on at the hosts: checks, framework agreements, reviews, pauses."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from placements.domain import enrolments, frameworks, hosts, pauses, quality
from placements.domain.actors import Actor
from placements.domain.tasks import Task, TaskGroup, group
from placements.i18n import _
from placements.models.clearances import Clearance, ClearanceRule
from placements.models.enrolments import Enrolment
from placements.words import word

SOON = timedelta(days=60)


def expiring_clearances(session: Session, actor: Actor, *, today: date) -> TaskGroup:
    """Seen once, and running out within two months or run out: of students taking part, and of units."""
    asked = select(ClearanceRule.unit_id).where(ClearanceRule.kind == Clearance.kind)
    own = enrolments.coordinated_by(actor).with_only_columns(Enrolment.id)
    rows = session.scalars(
        select(Clearance)
        .where(
            Clearance.expires_on <= today + SOON,
            or_(Clearance.enrolment_id.in_(own), Clearance.unit_id.in_(asked)),
        )
        .options(joinedload(Clearance.enrolment).joinedload(Enrolment.user))
        .order_by(Clearance.expires_on, Clearance.id)
    ).all()
    units = hosts.unit_names(session, [row.unit_id for row in rows if row.unit_id], day=today)
    tasks = [
        Task(
            _("%(kind)s for %(name)s", kind=word(row.kind), name=_name(row, units)),
            _page(row),
            _expiry(row.expires_on or today, today),
        )
        for row in rows
        if row.enrolment is None or enrolments.is_active(row.enrolment)
    ]
    return group(
        "clearances",
        _("Attester, der snart udløber"),
        _("Ingen attester udløber de næste to måneder."),
        tasks,
    )


def _name(row: Clearance, units: dict[int, str]) -> str:
    return row.enrolment.user.name if row.enrolment else units.get(row.unit_id or 0, "")


def _page(row: Clearance) -> str:
    owner = f"/enrolments/{row.enrolment_id}" if row.enrolment_id else f"/hosts/{row.unit_id}"
    return f"{owner}/clearances/{row.kind.value}"


def _expiry(day: date, today: date) -> str:
    return _("Udløb %(day)s", day=day) if day < today else _("Udløber %(day)s", day=day)


def _agreement_expiry(day: date, today: date) -> str:
    if day < today:
        return _("Rammeaftalen udløb %(day)s", day=day)
    return _("Rammeaftalen udløber %(day)s", day=day)


def to_follow_up(session: Session, *, today: date) -> TaskGroup:
    """Hosts are shared by all programmes, so every coordinator sees these."""
    pauses_over = session.scalars(pauses.due(today)).all()
    reviews = quality.due(session, today=today)
    agreements = frameworks.all_expiring(session, today=today)
    unit_ids = [pause.unit_id for pause in pauses_over] + [review.unit_id for review in reviews]
    units = hosts.unit_names(session, unit_ids, day=today)
    owners = hosts.organisation_names(session, day=today) if agreements else {}
    tasks = [
        Task(
            units.get(pause.unit_id, ""),
            f"/hosts/{pause.unit_id}#pause",
            _("På pause siden %(day)s. Nu kan I spørge igen", day=pause.paused_on),
        )
        for pause in pauses_over
    ]
    tasks += [
        Task(
            owners.get(agreement.organisation_id, ""),
            f"/hosts/organisations/{agreement.organisation_id}#frameworks",
            _agreement_expiry(agreement.expires_on or today, today),
        )
        for agreement in agreements
    ]
    tasks += [
        Task(
            units.get(review.unit_id, ""),
            f"/hosts/{review.unit_id}/quality",
            _("Skal ses på igen %(day)s", day=review.review_again_on),
        )
        for review in reviews
    ]
    return group(
        "hosts",
        _("Praktiksteder at følge op på"),
        _("Der er ikke noget at følge op på hos praktikstederne."),
        tasks,
    )
