"""The agreement of a placement: written, sent, signed by three parties, and then frozen."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from placements.domain import (
    legal_details,
    number_series,
    outbox,
    placements,
    signatures,
    student_answer_states,
)
from placements.domain.actors import Actor
from placements.domain.agreement_states import (
    TRANSITIONS,
    add_version,
    is_awaiting,
    is_draft,
    is_newest,
    is_signed,
    of_placement,
)
from placements.domain.rules import Requirement, RuleBroken, Unmet, require, target_of
from placements.i18n import _
from placements.models.agreements import (
    Agreement,
    AgreementSignature,
    AgreementStatus,
    AgreementVersion,
    Party,
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
        Requirement("tasks", _("Opgaverne er beskrevet (punkt 6)"), _has_tasks(version)),
        *legal_details.checks(placement),
    ]


def _has_tasks(version: AgreementVersion) -> bool:
    """Written here, or listed on the seat."""
    offer = version.agreement.placement.offer
    return bool(version.sections.get("6") or (offer and offer.task_lines))


def unmet_for_send(version: AgreementVersion) -> list[Unmet]:
    return [check for check in checks_for_send(version) if not check.met]


def page_of(version: AgreementVersion) -> str:
    """Where it is read and signed: what every mail about it leads to."""
    return f"/placements/{version.agreement.placement_id}/agreement"


def standings(session: Session, version: AgreementVersion, *, today: date) -> list[signatures.Standing]:
    """Red, amber or green for each party."""
    (found,) = signatures.standings(session, [(version, page_of(version))], today=today)
    return found


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
    """To everybody who must sign: a mail with a link. From here on it is locked.

    What is sent is printed and frozen in the same step (`printing.agreements.send`).
    """
    target = target_of(TRANSITIONS, "send", version.status, _("Aftalen er allerede sendt."))
    require(_("Aftalen kan ikke sendes endnu."), unmet_for_send(version))
    version.status, version.sent_at = target, now
    placement = version.agreement.placement
    people = [placement.enrolment.user, *placements.hosts_to_ask(session, placement)]
    for person in people:
        outbox.notify(session, person, "task_sign", path=page_of(version), now=now)


def offer(version: AgreementVersion, document: Document) -> None:
    """The document as it was sent, which is what everybody signs. It is never exchanged."""
    if not is_awaiting(version) or version.offered is not None:
        raise RuleBroken(_("Kun en aftale, der lige er sendt, kan låses til underskrift."))
    version.offered = document


def sign(
    session: Session, version: AgreementVersion, actor: Actor, *, read: int, now: datetime
) -> AgreementSignature:
    """This person's signature. The last one concludes the agreement and carries the placement on.

    `read` is the number of the version they had in front of them.
    """
    hold_to_sign(session, version, read=read)
    signature = signatures.sign(version, AgreementSignature, actor, now=now)
    add(session, version, signature)
    return signature


def hold_to_sign(session: Session, version: AgreementVersion, *, read: int) -> Document:
    """What is signed: from here on nobody else signs, or changes it, until this is done."""
    _lock(session, version)
    _refuse_outdated(version, read)
    if version.offered is None:
        raise RuleBroken(signatures.NOT_PRINTED)
    return version.offered


def add(session: Session, version: AgreementVersion, *given: AgreementSignature) -> None:
    """Keep them; when nobody is missing, the agreement is concluded."""
    version.signatures.extend(given)
    for signature in given:
        if signature.party is Party.STUDENT:
            student_answer_states.note_signed(session, version.agreement.placement, now=signature.signed_at)
    if not signatures.missing(version):
        _conclude(session, version)


def _refuse_outdated(version: AgreementVersion, read: int) -> None:
    """Nobody signs what has been replaced, or another version than they have read."""
    if read != version.number:
        raise RuleBroken(signatures.CHANGED_SINCE)
    if not is_newest(version):
        raise RuleBroken(
            _("Aftalen er ved at blive ændret. Du får en mail, når du kan skrive under på den nye version.")
        )
    if not is_awaiting(version):
        raise RuleBroken(signatures.GIVEN)


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
