"""The agreement of a placement: written, sent, signed by three parties, and then frozen."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from placements.domain import number_series, outbox, placements
from placements.domain.actors import Actor
from placements.domain.agreement_states import (
    TRANSITIONS,
    add_version,
    is_draft,
    is_signed,
    missing_parties,
    of_placement,
    party_to_sign,
)
from placements.domain.rules import Requirement, RuleBroken, Unmet, require, target_of
from placements.i18n import _
from placements.models.agreements import (
    Agreement,
    AgreementSignature,
    AgreementStatus,
    AgreementVersion,
)
from placements.models.documents import Document
from placements.models.placements import Placement

WRITTEN = (3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16)
"""The sections that people write in; the others follow from the placement."""
LONGEST = 4000


def visible_to(actor: Actor) -> Select[Agreement]:
    """Whoever sees the placement sees its agreement."""
    return select(Agreement).where(Agreement.placement_id.in_(placements.visible_ids(actor)))


# Questions


def shown_version(agreement: Agreement, actor: Actor) -> AgreementVersion | None:
    """The newest version this person may read."""
    if agreement.placement.programme_id in actor.programme_ids:
        return agreement.current
    return next((version for version in reversed(agreement.versions) if not is_draft(version)), None)


def checks_for_send(version: AgreementVersion) -> list[Requirement]:
    placement = version.agreement.placement
    return [
        Requirement("accepted", _("Praktikstedet har sagt ja"), placements.is_accepted(placement)),
        Requirement("supervisor", _("Praktikvejlederen er valgt"), placement.supervisor_id is not None),
        Requirement("legal_basis", _("Retsgrundlaget er valgt"), placement.legal_basis is not None),
        Requirement("tasks", _("Opgaverne er beskrevet (punkt 6)"), bool(version.sections.get("6"))),
    ]


def unmet_for_send(version: AgreementVersion) -> list[Unmet]:
    return [check for check in checks_for_send(version) if not check.met]


# Actions


def draft(session: Session, placement: Placement, *, today: date) -> Agreement:
    """The placement's agreement, made with its number if there is none; tasks begin as in the offer."""
    agreement = of_placement(session, placement.id)
    if agreement is not None:
        return agreement
    number = number_series.take(session, "agreement", today.year)
    sections = {"6": placement.offer.tasks} if placement.offer and placement.offer.tasks else {}
    agreement = Agreement(
        placement=placement,
        number=f"PA-{today.year}-{number:05d}",
        versions=[AgreementVersion(number=1, status=AgreementStatus.DRAFT, sections=sections, sent_at=None)],
    )
    session.add(agreement)
    return agreement


def write(agreement: Agreement, *, sections: dict[int, str | None]) -> AgreementVersion:
    """Write in the sections. Once sent, a version stays as it is: a change voids it and begins a new one."""
    too_long = [number for number, text in sections.items() if text and len(text) > LONGEST]
    if too_long:
        raise RuleBroken(
            _("Punkt %(number)s kan højst fylde %(longest)s tegn.", number=too_long[0], longest=LONGEST),
            field=f"section_{too_long[0]}",
        )
    filled = {str(number): text.strip() for number, text in sections.items() if text and text.strip()}
    version = agreement.current
    if filled == version.sections:
        return version
    if not is_draft(version):
        version = add_version(agreement)
    version.sections = filled
    return version


def send(session: Session, version: AgreementVersion, *, now: datetime) -> None:
    """To everybody who must sign: a mail with a link. From here on it is locked."""
    target = target_of(TRANSITIONS, "send", version.status, _("Aftalen er allerede sendt."))
    require(_("Aftalen kan ikke sendes endnu."), unmet_for_send(version))
    version.status, version.sent_at = target, now
    placement = version.agreement.placement
    people = [placement.enrolment.user, *placements.hosts_to_ask(session, placement)]
    for person in people:
        outbox.notify(session, person, "task_sign", path=f"/placements/{placement.id}/agreement", now=now)


def sign(session: Session, version: AgreementVersion, actor: Actor, *, now: datetime) -> AgreementSignature:
    """This person's signature. The last one concludes the agreement and carries the placement on."""
    _lock(session, version)
    party = party_to_sign(version, actor)
    if party is None:
        raise RuleBroken(_("Din underskrift mangler ikke på denne aftale."))
    signature = AgreementSignature(party=party, user_id=actor.id, name=actor.name, signed_at=now)
    version.signatures.append(signature)
    if not missing_parties(version):
        _conclude(session, version)
    return signature


def _lock(session: Session, version: AgreementVersion) -> None:
    """Of two who sign at the same moment the second waits, and so sees that it is the last."""
    session.flush()
    session.refresh(version.agreement, with_for_update=True)
    session.refresh(version)


def _conclude(session: Session, version: AgreementVersion) -> None:
    version.status = target_of(TRANSITIONS, "conclude", version.status, _("Aftalen er ikke sendt."))
    placement = version.agreement.placement
    if placements.awaits_agreement(placement):
        placements.agree(session, placement)


def attach(version: AgreementVersion, document: Document) -> None:
    """Tie the frozen document to the signed version."""
    if not is_signed(version):
        raise RuleBroken(_("Kun en underskrevet aftale kan låses."))
    version.document = document
