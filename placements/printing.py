"""From records to paper: gathers what a document needs, has it printed, and freezes what is handed out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, cast

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements import pdf
from placements.domain import (
    agreement_texts,
    agreements,
    amendment_lines,
    amendments,
    attendance_sheets,
    certificates,
    diploma_designs,
    diploma_gates,
    diploma_signers,
    diplomas,
    documents,
    follow_up_attendance,
    outbox,
    signatures,
    users,
)
from placements.domain.agreement_states import is_awaiting, is_signed
from placements.domain.amendment_states import is_signed as is_in_force
from placements.domain.diploma_states import is_certificate
from placements.domain.emergency_contacts import Sheet
from placements.domain.rules import RuleBroken
from placements.formatting import local
from placements.models.agreements import AgreementVersion, Party
from placements.models.amendments import Amendment
from placements.models.cohorts import Cohort
from placements.models.diploma_designs import DiplomaDesign
from placements.models.diplomas import Diploma
from placements.models.documents import Document, DocumentKind
from placements.models.follow_up_days import FollowUpDay
from placements.models.placements import Placement
from placements.models.programmes import Programme
from placements.models.talks import Talk, TalkKind
from placements.models.users import User
from placements.pdf.agreement import changes as agreement_changes
from placements.pdf.agreement import context as agreement_context
from placements.pdf.agreement.values import Values as AgreementValues
from placements.pdf.amended_agreement import context as amended_context
from placements.pdf.amended_agreement.values import Values as AmendedValues
from placements.pdf.attendance_sheet import context as attendance_context
from placements.pdf.certificate import context as certificate_context
from placements.pdf.diploma import context as diploma_context
from placements.pdf.diploma.values import Proof
from placements.pdf.diploma.values import Values as DiplomaValues
from placements.pdf.emergency_sheet import context as emergency_context
from placements.pdf.talk import context as talk_context


def _days(session: Session, cohort: Cohort) -> Sequence[FollowUpDay]:
    return session.scalars(
        select(FollowUpDay).where(FollowUpDay.cohort_id == cohort.id).order_by(FollowUpDay.number)
    ).all()


def _print(document: str, values: object, locale: str = "da") -> pdf.Rendered:
    """Raises `RuleBroken` with the printer's own sentence when a text cannot be printed."""
    try:
        return pdf.render(document, values, locale=locale)  # type: ignore[arg-type]
    except pdf.RenderError as error:
        raise RuleBroken(error.sentence) from error


def agreement_values(session: Session, version: AgreementVersion, *, locale: str = "da") -> AgreementValues:
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
        follow_up_days=_days(session, placement.cohort),
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
    said = {locale: agreement_values(session, version, locale=locale) for locale in languages}
    changed = sorted({change["section"] for change in said["da"]["changes"]})
    agreement_texts.keep(session, version, said=said, changed=changed)


def _contact(people: Sequence[User]) -> list[str]:
    return [line for line in (people[0].email, people[0].phone) if line] if people else []


def agreement_pdf(session: Session, version: AgreementVersion) -> tuple[str, bytes]:
    """File name and bytes: what is frozen, with amendments or as it was sent; a draft as it stands now."""
    newest = amendments.last_in_force(session, version)
    if (frozen := (newest and newest.document) or version.document or version.offered) is not None:
        return frozen.filename, frozen.content
    rendered = _print("agreement", agreement_values(session, version))
    return rendered.filename, rendered.pdf


def send_agreement(session: Session, version: AgreementVersion, *, now: datetime) -> None:
    """Send it, keep what it says, and freeze it in print: those bytes are what everybody signs."""
    with session.no_autoflush:  # one change, one event
        agreements.send(session, version, now=now)
        keep_text(session, version)
        freeze_to_sign(session, version, now=now)


def freeze_to_sign(session: Session, version: AgreementVersion, *, now: datetime) -> None:
    """The document that is signed; one that was sent before such documents were kept gets it now."""
    if is_awaiting(version) and version.offered is None:
        agreements.offer(version, _frozen(session, version, now=now))


def freeze_when_signed(session: Session, version: AgreementVersion, *, now: datetime) -> None:
    """After the last signature: the document that everybody keeps."""
    if is_signed(version) and version.document is None:
        agreements.attach(version, _frozen(session, version, now=now))


def _frozen(session: Session, version: AgreementVersion, *, now: datetime) -> Document:
    values = agreement_values(session, version)
    rendered = _print("agreement", values)
    number = f"{version.agreement.number}-{version.number}"
    return documents.freeze(session, DocumentKind.AGREEMENT, number, rendered, values, now=now)


# Amendments


def amendment_values(session: Session, amendment: Amendment, *, on: date) -> AmendedValues:
    """The agreement as it was signed, what has been changed since in the words of its day, and this."""
    base = amendment.base
    before = amendments.last_in_force(session, base, before=amendment.number)
    if amendment.offered is not None:  # the copy with the signatures begins with what was sent
        frozen, earlier = amendment.offered.printed, amendment.offered.printed["amendments"][:-1]
    elif before is not None and before.document is not None:
        printed = before.document.printed
        frozen, earlier = printed, printed["amendments"]
    else:
        frozen = base.document.printed if base.document else dict(agreement_values(session, base))
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


def send_amendment(
    session: Session, amendment: Amendment, *, version: int, today: date, now: datetime
) -> None:
    """Send it, and freeze it in print: agreement and amendments as one, which is what everybody signs."""
    with session.no_autoflush:
        amendments.send(session, amendment, version=version, today=today, now=now)
        amendments.offer(amendment, _amended(session, amendment, now=now))


def freeze_amendment_when_signed(session: Session, amendment: Amendment, *, now: datetime) -> None:
    """After the last signature: the document that everybody keeps. It begins with what was sent."""
    if is_in_force(amendment) and amendment.document is None:
        amendments.attach(amendment, _amended(session, amendment, now=now))


def _amended(session: Session, amendment: Amendment, *, now: datetime) -> Document:
    values = amendment_values(session, amendment, on=local(amendment.sent_at or now).date())
    rendered = _print("amended_agreement", values)
    number = f"{amendment.agreement.number}-{amendment.base.number}-{amendment.number}"
    return documents.freeze(session, DocumentKind.AGREEMENT, number, rendered, values, now=now)


def amendment_pdf(session: Session, amendment: Amendment, *, today: date) -> tuple[str, bytes]:
    """What is frozen; a draft as it would be sent today."""
    if (frozen := amendment.document or amendment.offered) is not None:
        return frozen.filename, frozen.content
    rendered = _print("amended_agreement", amendment_values(session, amendment, on=today))
    return rendered.filename, rendered.pdf


# Diplomas


def talk_pdf(placement: Placement, kind: TalkKind, talk: Talk | None) -> tuple[str, bytes]:
    """File name and bytes of a talk as it stands, or of the empty form."""
    rendered = _print("talk", talk_context.build(placement, kind, talk))
    return rendered.filename, rendered.pdf


def hand_out(session: Session, diploma: Diploma, *, now: datetime) -> None:
    """Freeze it, and mail the link to whoever it belongs to."""
    session.flush()
    freeze_diploma(session, diploma, now=now)
    message = "certificate_ready" if is_certificate(diploma) else "diploma_ready"
    outbox.notify(session, diploma.enrolment.user, message, path="/my", now=now)


def freeze_diploma(session: Session, diploma: Diploma, *, now: datetime) -> None:
    """The printed diploma or certificate, tied to its record."""
    document = "certificate" if is_certificate(diploma) else "diploma"
    values = _as_replaced(diploma) or diploma_values(
        session, diploma, diploma_designs.of(session, diploma.enrolment.cohort.programme)
    )
    rendered = _print(document, values)
    diplomas.attach(
        diploma, documents.freeze(session, DocumentKind.DIPLOMA, diploma.number, rendered, values, now=now)
    )


def _as_replaced(diploma: Diploma) -> DiplomaValues | None:
    """What the one it replaces said, for another name or date; none when that was not kept."""
    old = diploma.replaces
    if old is None or old.document is None or not old.document.printed:
        return None
    return diploma_context.renewed(cast(DiplomaValues, old.document.printed), diploma, **_proof(diploma))


def _proof(diploma: Diploma) -> Proof:
    """The code as people type it, and where it is looked up."""
    base, code = current_app.config["BASE_URL"], diplomas.grouped(diploma.code)
    address = f"{base}/verify"
    return {
        "code": code,
        "verify_url": f"{address}/{code}",
        "verify_address": address.partition("://")[2],
    }


def diploma_values(session: Session, diploma: Diploma, design: DiplomaDesign) -> DiplomaValues:
    """What it says in the look of this design."""
    enrolment = diploma.enrolment
    taken = certificates.attended(session, enrolment)
    modules = [m for m in enrolment.cohort.programme.modules if taken.minutes.get(m.id)]
    common: dict[str, Any] = {
        "placement": diploma_gates.completed_placement(session, enrolment),
        "signatures": diploma_signers.of(session, enrolment.cohort, design),
        "place": diplomas.place_of(enrolment.cohort),
        "design": design,
        **_proof(diploma),
    }
    if is_certificate(diploma):
        last_day = taken.last_day or diploma.issued_on
        return certificate_context.build(
            diploma, modules=modules, minutes=taken.minutes, last_day=last_day, **common
        )
    days = follow_up_attendance.attended_days(session, _days(session, enrolment.cohort), common["placement"])
    return diploma_context.build(
        diploma,
        modules=modules or None,
        theory_minutes=taken.planned or None,
        last_taught_on=taken.last_day,
        follow_up_days=days,
        **common,
    )


def diploma_sample(programme: Programme, design: DiplomaDesign) -> pdf.Rendered:
    """What the design looks like, with invented people: nothing of it is kept."""
    return _print("diploma", diploma_context.sample(design, programme))


def diplomas_bound(given: Sequence[Diploma]) -> bytes:
    """Their frozen documents as one file for the printer."""
    try:
        return pdf.bind(diploma.document.content for diploma in given if diploma.document)
    except pdf.RenderError as error:
        raise RuleBroken(error.sentence) from error


def emergency_sheet(sheet: Sheet, *, on: date, locale: str) -> pdf.Rendered:
    """Printed anew each time and kept nowhere."""
    return _print(
        "emergency_sheet",
        emergency_context.build(
            sheet.placement,
            named=sheet.named,
            at_unit=sheet.at_unit,
            coordinators=sheet.coordinators,
            on=on,
            locale=locale,
        ),
        locale,
    )


def attendance_sheet(sheets: Sequence[attendance_sheets.Sheet], *, locale: str) -> pdf.Rendered:
    """Printed anew each time and kept nowhere."""
    return _print("attendance_sheet", attendance_context.build(sheets, locale=locale), locale)
