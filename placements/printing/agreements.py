"""The agreement on paper: what it says, as a draft, as it is sent, and as everybody keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask import current_app
from sqlalchemy.orm import Session

from placements.domain import agreement_texts, agreements, amendments, users
from placements.domain.agreement_states import is_awaiting, is_signed
from placements.formatting import local
from placements.models.agreements import AgreementVersion, Party
from placements.models.documents import DocumentKind
from placements.models.users import User
from placements.pdf.agreement import changes as agreement_changes
from placements.pdf.agreement import context as agreement_context
from placements.pdf.agreement.values import Values as AgreementValues
from placements.printing import paper


def values_of(session: Session, version: AgreementVersion, *, locale: str = "da") -> AgreementValues:
    """What the agreement says: as it was sent, or for a draft with the names of its first day."""
    placement = version.agreement.placement
    hosts = users.hosts_of(session, placement.unit_id)
    coordinators = users.coordinators_of(session, placement.programme_id)
    signed = {signature.party: signature.name for signature in version.signatures}
    names = {Party.HOST: hosts[0].name} if hosts else {}
    if coordinators:
        names[Party.COORDINATOR] = coordinators[0].name
    names |= signed
    if version.text is not None:
        return agreement_context.as_sent(version, version.text.said[locale], names=names, locale=locale)
    on = local(version.sent_at).date() if version.sent_at else placement.starts_on
    values = agreement_context.build(
        version,
        follow_up_days=paper.follow_up_days(session, placement.cohort),
        names=names,
        coordinator_contact=_contact(coordinators),
        on=on,
        clauses=agreement_texts.clauses_now(session, version, names=names, on=on, locale=locale),
        certificates=agreement_texts.certificates(session, placement),
        locale=locale,
    )
    return _with_changes(version, values, locale)


def _with_changes(version: AgreementVersion, values: AgreementValues, locale: str) -> AgreementValues:
    before = agreement_texts.sent_before(version)
    if before is None or before.text is None:
        return values
    found = agreement_changes.between(before.text.said[locale], values)
    return {**values, "changed_since": before.number, "changes": found}


def keep_text(session: Session, version: AgreementVersion) -> None:
    """When it is sent: what it says, in every language, is what it goes on saying."""
    languages = current_app.config["LANGUAGES"]
    said = {locale: values_of(session, version, locale=locale) for locale in languages}
    changed = sorted({change["section"] for change in said["da"]["changes"]})
    agreement_texts.keep(session, version, said=said, changed=changed)


def _contact(people: Sequence[User]) -> list[str]:
    return [line for line in (people[0].email, people[0].phone) if line] if people else []


def pdf_of(session: Session, version: AgreementVersion) -> tuple[str, bytes]:
    """File name and bytes: what is frozen, with amendments or as it was sent; a draft as it stands now."""
    newest = amendments.last_in_force(session, version)
    if (frozen := (newest and newest.document) or version.document or version.offered) is not None:
        return frozen.filename, frozen.content
    rendered = paper.printed("agreement", values_of(session, version))
    return rendered.filename, rendered.pdf


def send(session: Session, version: AgreementVersion, *, now: datetime) -> None:
    """Send it, keep what it says, and freeze it in print: those bytes are what everybody signs."""
    with session.no_autoflush:  # one change, one event
        agreements.send(session, version, now=now)
        keep_text(session, version)
        freeze_to_sign(session, version, now=now)


def freeze_to_sign(session: Session, version: AgreementVersion, *, now: datetime) -> None:
    """The document that is signed; one that was sent before such documents were kept gets it now."""
    if is_awaiting(version) and version.offered is None:
        agreements.offer(version, paper.offered(session, *_as_printed(session, version), now=now))


def freeze_when_signed(session: Session, version: AgreementVersion, *, now: datetime) -> None:
    """After the last signature: the document that everybody keeps."""
    if is_signed(version) and version.document is None:
        agreements.attach(version, paper.frozen(session, *_as_printed(session, version), now=now))


def _as_printed(
    session: Session, version: AgreementVersion
) -> tuple[DocumentKind, str, str, AgreementValues]:
    number = f"{version.agreement.number}-{version.number}"
    return DocumentKind.AGREEMENT, number, "agreement", values_of(session, version)
