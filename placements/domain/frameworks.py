"""Framework agreements of organisations: which hold, and which run out soon (row 36)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from placements.domain import hosts, scans
from placements.domain.actors import Actor
from placements.domain.rules import RuleBroken
from placements.i18n import _
from placements.models.frameworks import FrameworkAgreement
from placements.models.hosts import Organisation

WARNING = timedelta(days=90)


# Visibility


def visible_to(actor: Actor) -> Select[FrameworkAgreement]:
    """Those of the organisations that the person sees."""
    owners = hosts.visible_organisations(actor).with_only_columns(Organisation.id)
    return select(FrameworkAgreement).where(FrameworkAgreement.organisation_id.in_(owners))


# Questions


def of_organisation(session: Session, organisation_id: int) -> list[FrameworkAgreement]:
    """The newest first."""
    own = select(FrameworkAgreement).where(FrameworkAgreement.organisation_id == organisation_id)
    return list(
        session.scalars(own.order_by(FrameworkAgreement.starts_on.desc(), FrameworkAgreement.id.desc()))
    )


def expiring(agreements: Iterable[FrameworkAgreement], *, today: date) -> FrameworkAgreement | None:
    """The last one of an organisation, when it runs out within three months or has run out."""
    last = max(agreements, key=lambda one: (one.expires_on or date.max, one.id), default=None)
    if last is None or last.expires_on is None or last.expires_on > today + WARNING:
        return None
    return last


def all_expiring(session: Session, *, today: date) -> list[FrameworkAgreement]:
    """Of each organisation, the first to run out first; one statement."""
    by_owner: dict[int, list[FrameworkAgreement]] = {}
    for agreement in session.scalars(select(FrameworkAgreement)):
        by_owner.setdefault(agreement.organisation_id, []).append(agreement)
    found = [last for own in by_owner.values() if (last := expiring(own, today=today))]
    return sorted(found, key=lambda one: (one.expires_on or date.max, one.id))


# Actions


def add(
    session: Session, organisation: Organisation, *, reference: str, starts_on: date, expires_on: date | None
) -> FrameworkAgreement:
    _check(starts_on, expires_on)
    agreement = FrameworkAgreement(
        organisation_id=organisation.id, reference=reference, starts_on=starts_on, expires_on=expires_on
    )
    session.add(agreement)
    return agreement


def edit(agreement: FrameworkAgreement, *, reference: str, starts_on: date, expires_on: date | None) -> None:
    _check(starts_on, expires_on)
    agreement.reference, agreement.starts_on, agreement.expires_on = reference, starts_on, expires_on


def attach(
    session: Session, agreement: FrameworkAgreement, content: bytes, *, name: str, now: datetime
) -> None:
    """The signed paper; one that was there before goes."""
    session.flush()
    number = f"rammeaftale-{agreement.id}"
    agreement.scan = scans.keep(session, content, name=name, number=number, now=now)


def _check(starts_on: date, expires_on: date | None) -> None:
    if expires_on is not None and expires_on < starts_on:
        raise RuleBroken(_("Aftalen udløber, før den begynder. Vælg en senere dag."), field="expires_on")
