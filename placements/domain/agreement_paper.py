"""The agreement on paper: printed, signed with a pen, scanned, and marked as signed by the coordinator."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy.orm import Session

from placements.domain import agreements, signatures
from placements.domain.actors import Actor
from placements.domain.rules import RuleBroken
from placements.i18n import _
from placements.models.agreements import AgreementSignature, AgreementVersion
from placements.models.documents import Document
from placements.models.signatures import Party, SignatureMethod
from placements.words import word

NO_NAME = _("Skriv navnet på mindst én, der har skrevet under på papiret.")
FUTURE = _("Datoen på papiret kan ikke være efter i dag.")


def scan_of(version: AgreementVersion, scan_id: int) -> Document | None:
    """A scan that belongs to a signature under this version."""
    return next((given.scan for given in version.signatures if given.scan_id == scan_id), None)


def scans_of(version: AgreementVersion) -> list[Document]:
    """Every paper under this version, the oldest first, each once."""
    scans = {given.scan_id: given.scan for given in version.signatures if given.scan}
    return list(scans.values())


def record(
    session: Session,
    version: AgreementVersion,
    actor: Actor,
    *,
    scan: Document,
    names: Mapping[Party, str],
    signed_on: date,
    read: int,
    today: date,
    now: datetime,
) -> list[AgreementSignature]:
    """Those named have signed on paper. When nobody is missing, the agreement is concluded as always."""
    if signed_on > today:
        raise RuleBroken(FUTURE, field="signed_on")
    written = {party: " ".join(name.split()) for party, name in names.items() if name.strip()}
    if not written:
        raise RuleBroken(NO_NAME, field="scan")
    offered = agreements.hold_to_sign(session, version, read=read)
    if already := [party for party in written if party not in signatures.missing(version)]:
        raise RuleBroken(_("%(party)s har allerede skrevet under.", party=word(already[0])))
    given = [
        AgreementSignature(
            party=party,
            user_id=actor.id,
            name=name,
            signed_at=now,
            method=SignatureMethod.PAPER,
            sha256=offered.sha256,
            signed_on=signed_on,
            scan=scan,
        )
        for party, name in written.items()
    ]
    agreements.add(session, version, *given)
    return given
