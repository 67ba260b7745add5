"""Agreement and amendments as one document: as it is sent, and as everybody keeps it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from placements.domain import amendment_lines, amendments, signatures
from placements.domain.amendment_states import is_signed as is_in_force
from placements.formatting import local
from placements.models.agreements import Party
from placements.models.amendments import Amendment
from placements.models.documents import DocumentKind
from placements.pdf.amended_agreement import context as amended_context
from placements.pdf.amended_agreement.values import Values as AmendedValues
from placements.printing import agreements as signed_agreements
from placements.printing import paper


def values_of(session: Session, amendment: Amendment, *, on: date) -> AmendedValues:
    """The agreement as it was signed, what has been changed since in the words of its day, and this."""
    base = amendment.base
    before = amendments.last_in_force(session, base, before=amendment.number)
    if amendment.offered is not None:  # the copy with the signatures begins with what was sent
        frozen, earlier = amendment.offered.printed, amendment.offered.printed["amendments"][:-1]
    elif before is not None and before.document is not None:
        printed = before.document.printed
        frozen, earlier = printed, printed["amendments"]
    else:
        frozen = base.document.printed if base.document else dict(signed_agreements.values_of(session, base))
        earlier = []
    names = _signers_of(session, amendment)
    return amended_context.build(
        frozen,
        earlier,
        amendment,
        changes=amendment_lines.lines(amendment, locale="da"),
        in_force=is_in_force(amendment),
        names=names,
        on=on,
    )


def _signers_of(session: Session, amendment: Amendment) -> dict[Party, str]:
    """Who is expected to sign, for each party that somebody can sign for."""
    who = signatures.Signatories(session, [amendment])
    people = {party: who.of(amendment, party) for party in amendment.asked}
    return {party: found[0].name for party, found in people.items() if found}


def send(session: Session, amendment: Amendment, *, version: int, today: date, now: datetime) -> None:
    """Send it, and freeze it in print: agreement and amendments as one, which is what everybody signs."""
    with session.no_autoflush:
        amendments.send(session, amendment, version=version, today=today, now=now)
        amendments.offer(amendment, paper.offered(session, *_as_printed(session, amendment, now), now=now))


def freeze_when_signed(session: Session, amendment: Amendment, *, now: datetime) -> None:
    """After the last signature: the document that everybody keeps. It begins with what was sent."""
    if is_in_force(amendment) and amendment.document is None:
        amendments.attach(amendment, paper.frozen(session, *_as_printed(session, amendment, now), now=now))


def _as_printed(
    session: Session, amendment: Amendment, now: datetime
) -> tuple[DocumentKind, str, str, AmendedValues]:
    number = f"{amendment.agreement.number}-{amendment.base.number}-{amendment.number}"
    values = values_of(session, amendment, on=local(amendment.sent_at or now).date())
    return DocumentKind.AGREEMENT, number, "amended_agreement", values


def pdf_of(session: Session, amendment: Amendment, *, today: date) -> tuple[str, bytes]:
    """What is frozen; a draft as it would be sent today."""
    if (frozen := amendment.document or amendment.offered) is not None:
        return frozen.filename, frozen.content
    rendered = paper.printed("amended_agreement", values_of(session, amendment, on=today))
    return rendered.filename, rendered.pdf
