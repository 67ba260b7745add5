"""The states of an agreement's versions, and whose signature is missing.

Knows nothing of how a placement moves, so that a placement's rules can ask it.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from placements.domain import signatures
from placements.domain.actors import Actor
from placements.domain.rules import moves
from placements.models.agreements import Agreement, AgreementStatus, AgreementVersion
from placements.models.placements import Placement
from placements.models.signatures import Party

S = AgreementStatus
TRANSITIONS = moves(
    send=((S.DRAFT,), S.AWAITING_SIGNATURES),
    conclude=((S.AWAITING_SIGNATURES,), S.SIGNED),
)
AWAITING = frozenset({S.AWAITING_SIGNATURES})


def is_draft(version: AgreementVersion) -> bool:
    return version.status is S.DRAFT


def is_awaiting(version: AgreementVersion) -> bool:
    return version.status in AWAITING


def is_signed(version: AgreementVersion) -> bool:
    return version.status is S.SIGNED


def is_newest(version: AgreementVersion) -> bool:
    """No later version has been begun: that would void this one."""
    return version is version.agreement.current


def party_to_sign(version: AgreementVersion, actor: Actor) -> Party | None:
    """The party whose signature is missing and that this person can give."""
    return signatures.party_for(version, actor) if is_awaiting(version) and is_newest(version) else None


def waiting_for(session: Session, actor: Actor, placement_ids: Collection[int]) -> frozenset[int]:
    """Which of these placements have an agreement that waits for this very person."""
    agreements = session.scalars(
        select(Agreement)
        .where(Agreement.placement_id.in_(placement_ids))
        .options(
            joinedload(Agreement.placement).joinedload(Placement.enrolment),
            selectinload(Agreement.versions).selectinload(AgreementVersion.signatures),
        )
    )
    return frozenset(
        agreement.placement_id for agreement in agreements if party_to_sign(agreement.current, actor)
    )


def of_placement(session: Session, placement_id: int) -> Agreement | None:
    return session.scalar(select(Agreement).where(Agreement.placement_id == placement_id))


def is_concluded(session: Session, placement: Placement) -> bool:
    """All have signed, and nothing newer is begun: from here on a change is an amendment."""
    agreement = of_placement(session, placement.id)
    return agreement is not None and is_signed(agreement.current)


def renew(session: Session, placement: Placement) -> None:
    """What was agreed has changed: signatures given are void, and a new version waits to be written and sent.

    Earlier versions stay as they were, a signed one with its frozen document.
    """
    agreement = of_placement(session, placement.id)
    if agreement is not None and not is_draft(agreement.current):
        add_version(agreement)


def add_version(agreement: Agreement) -> AgreementVersion:
    """A draft that begins with what the version before it says."""
    before = agreement.current
    version = AgreementVersion(
        number=before.number + 1, status=S.DRAFT, sections=dict(before.sections), sent_at=None
    )
    agreement.versions.append(version)
    return version


def sent_placement_ids() -> Select[int]:
    """Placements whose newest version has been sent, signed or not."""
    return _with_newest(AgreementVersion.status != S.DRAFT)


def concluded_placement_ids() -> Select[int]:
    """Placements whose newest version all have signed."""
    return _with_newest(AgreementVersion.status == S.SIGNED)


def _with_newest(such: ColumnElement[bool]) -> Select[int]:
    newer = aliased(AgreementVersion)
    replaced = exists().where(
        newer.agreement_id == AgreementVersion.agreement_id, newer.number > AgreementVersion.number
    )
    return (
        select(Agreement.placement_id)
        .join(AgreementVersion, AgreementVersion.agreement_id == Agreement.id)
        .where(such, ~replaced)
    )
