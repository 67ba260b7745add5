"""A change of a signed agreement: written with a reason, sent, signed by those it needs, then in force."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from placements.domain import (
    agreement_states,
    amendment_effects,
    amendment_terms,
    impossible_units,
    outbox,
    placements,
    signatures,
    users,
)
from placements.domain.actors import Actor
from placements.domain.amendment_states import (
    AWAITING,
    GIVEN_UP,
    IN_FORCE,
    OPEN,
    TRANSITIONS,
    is_awaiting,
    is_signed,
    is_withdrawn,
)
from placements.domain.amendment_terms import Wanted
from placements.domain.rules import RuleBroken, expect_version, target_of
from placements.i18n import _
from placements.models.agreements import Agreement, AgreementVersion
from placements.models.amendments import Amendment, AmendmentKind, AmendmentSignature, AmendmentStatus
from placements.models.documents import Document
from placements.models.placements import Placement
from placements.models.signatures import Party
from placements.models.users import User

LONGEST = 1000
NOT_SIGNED = _("Aftalen er ikke underskrevet af alle endnu. Ret forløbet eller aftalen i stedet.")
WITHDRAWN = _("Tillægget er trukket tilbage, så der er ikke noget at underskrive. Aftalen gælder uændret.")
ALREADY_SENT = _("Tillægget er allerede sendt.")


def visible_to(actor: Actor) -> Select[Amendment]:
    """Whoever sees the placement, once it is sent; and the unit that is asked to take the student."""
    return select(Amendment).where(or_(_of_seen(actor), _asked_of(actor)))


def readable_to(actor: Actor) -> Select[Amendment]:
    """The document holds the whole agreement: not for a unit that was asked and is no longer."""
    asked = and_(_asked_of(actor), Amendment.status.not_in(GIVEN_UP))
    return select(Amendment).where(or_(_of_seen(actor), asked))


def _of_seen(actor: Actor) -> ColumnElement[bool]:
    seen = select(Agreement.id).where(Agreement.placement_id.in_(placements.visible_ids(actor)))
    coordinated = placements.coordinated_by(actor).with_only_columns(Placement.id)
    own = select(Agreement.id).where(Agreement.placement_id.in_(coordinated))
    sent = Amendment.sent_at.is_not(None)
    return or_(Amendment.agreement_id.in_(own), and_(sent, Amendment.agreement_id.in_(seen)))


def _asked_of(actor: Actor) -> ColumnElement[bool]:
    return and_(Amendment.sent_at.is_not(None), Amendment.unit_id.in_(actor.unit_ids))


def numbered(chosen: Select[Amendment], placement_id: int, number: int) -> Select[Amendment]:
    """The one with this number among those that are chosen."""
    of = select(Agreement.id).where(Agreement.placement_id == placement_id)
    return chosen.where(Amendment.agreement_id.in_(of), Amendment.number == number)


def coordinated_by(actor: Actor) -> Select[Amendment]:
    coordinated = placements.coordinated_by(actor).with_only_columns(Placement.id)
    return select(Amendment).where(
        Amendment.agreement_id.in_(select(Agreement.id).where(Agreement.placement_id.in_(coordinated)))
    )


# Questions


def of_placement(session: Session, placement: Placement, actor: Actor) -> Sequence[Amendment]:
    """Those that this person may read, the newest first."""
    of = select(Agreement.id).where(Agreement.placement_id == placement.id)
    chosen = visible_to(actor).where(Amendment.agreement_id.in_(of))
    return session.scalars(chosen.order_by(Amendment.number.desc())).all()


def may_begin(session: Session, placement: Placement) -> bool:
    return placements.is_editable(placement) and agreement_states.is_concluded(session, placement)


def last_in_force(
    session: Session, version: AgreementVersion, *, before: int | None = None
) -> Amendment | None:
    """The newest signed one of this version: its document holds the agreement and all before it."""
    signed = select(Amendment).where(Amendment.base_id == version.id, Amendment.status.in_(IN_FORCE))
    if before is not None:
        signed = signed.where(Amendment.number < before)
    return session.scalars(signed.order_by(Amendment.number.desc()).limit(1)).first()


def page_of(amendment: Amendment) -> str:
    return f"/placements/{amendment.agreement.placement_id}/amendments/{amendment.number}"


def standings(session: Session, amendment: Amendment, *, today: date) -> list[signatures.Standing]:
    (found,) = signatures.standings(session, [(amendment, page_of(amendment))], today=today)
    return found


# Actions


def draft(session: Session, placement: Placement, wanted: Wanted, *, today: date) -> Amendment:
    """Written and checked; nobody but the coordinator sees it until it is sent."""
    agreement = agreement_states.of_placement(session, placement.id)
    if agreement is None or not agreement_states.is_signed(agreement.current):
        raise RuleBroken(NOT_SIGNED)
    session.refresh(agreement, with_for_update=True)
    _refuse_second(session, agreement)
    if not (reason := wanted.reason.strip()):
        raise RuleBroken(_("Skriv en kort begrundelse."), field="reason")
    amendment = Amendment(
        agreement=agreement,
        base=agreement.current,
        number=_next_number(session, agreement),
        kind=wanted.kind,
        status=AmendmentStatus.DRAFT,
        reason=reason,
        before=amendment_terms.terms(placement, wanted.kind, today=today),
        after=amendment_terms.terms_after(wanted, today=today),
        unit_id=wanted.unit.id if wanted.unit else None,
        unit=wanted.unit,
        supervisor_id=wanted.supervisor.id if wanted.supervisor else None,
        supervisor=wanted.supervisor,
        past_practicum=wanted.past_practicum,
        signers=[party.value for party in amendment_terms.signers(wanted.kind, placement)],
        sent_at=None,
    )
    session.add(amendment)
    _refuse_impossible(session, amendment, today=today)
    amendment_effects.check(session, amendment, today=today)
    return amendment


def _refuse_impossible(session: Session, amendment: Amendment, *, today: date) -> None:
    """Asked of the coordinator alone: a host who signs must not learn what a student has said no to."""
    if amendment.unit is not None:
        enrolment = amendment.placement.enrolment
        impossible_units.refuse(session, enrolment, amendment.unit, today=today, field="unit_id")


def _refuse_second(session: Session, agreement: Agreement) -> None:
    """Two at once would each say *before* what the other changes."""
    waiting = select(Amendment.number).where(
        Amendment.agreement_id == agreement.id, Amendment.status.in_(OPEN)
    )
    if number := session.scalar(waiting.limit(1)):
        raise RuleBroken(
            _(
                "Tillæg %(number)s er ikke underskrevet endnu. "
                "Gør det færdigt, eller træk det tilbage først.",
                number=number,
            )
        )


def _next_number(session: Session, agreement: Agreement) -> int:
    newest = select(func.max(Amendment.number)).where(Amendment.agreement_id == agreement.id)
    return (session.scalar(newest) or 0) + 1


def send(session: Session, amendment: Amendment, *, version: int, today: date, now: datetime) -> None:
    """A mail with a link to everybody who must sign. It is printed in the same step (`printing`)."""
    target = target_of(TRANSITIONS, "send", amendment.status, ALREADY_SENT)
    expect_version(amendment, version)
    _refuse_impossible(session, amendment, today=today)
    amendment_effects.check(session, amendment, today=today)
    amendment.status, amendment.sent_at = target, now
    for person in _signing_by_mail(session, amendment):
        outbox.notify(session, person, "task_amendment", path=page_of(amendment), now=now)


def _signing_by_mail(session: Session, amendment: Amendment) -> list[User]:
    asked = amendment.asked
    student = [amendment.placement.enrolment.user] if Party.STUDENT in asked else []
    return student + (users.hosts_of(session, amendment.host_unit_id) if Party.HOST in asked else [])


def offer(amendment: Amendment, document: Document) -> None:
    """What everybody signs. It is never exchanged."""
    if not is_awaiting(amendment) or amendment.offered is not None:
        raise RuleBroken(_("Kun et tillæg, der lige er sendt, kan låses til underskrift."))
    amendment.offered = document


def withdraw(session: Session, amendment: Amendment, *, version: int, now: datetime) -> None:
    """Nothing is changed; those who were asked to sign are told that there is news."""
    refusal = _("Tillægget er underskrevet eller trukket tilbage. Skriv et nyt, hvis noget skal ændres igen.")
    target = target_of(TRANSITIONS, "withdraw", amendment.status, refusal)
    expect_version(amendment, version)
    told = _signing_by_mail(session, amendment) if is_awaiting(amendment) else []
    amendment.status = target
    for person in told:
        outbox.notify(session, person, "practicum_news", path=page_of(amendment), now=now)


def sign(
    session: Session, amendment: Amendment, actor: Actor, *, today: date, now: datetime
) -> AmendmentSignature:
    """This person's signature. The last one changes the placement in the same step, or is not given."""
    _lock(session, amendment)
    _refuse_unless_open(amendment)
    amendment_effects.check(session, amendment, today=today)
    signature = signatures.sign(amendment, AmendmentSignature, actor, now=now)
    amendment.signatures.append(signature)
    if not signatures.missing(amendment):
        _conclude(session, amendment, today=today, now=now)
    return signature


def _refuse_unless_open(amendment: Amendment) -> None:
    if is_withdrawn(amendment):
        raise RuleBroken(WITHDRAWN)
    if not is_awaiting(amendment):
        raise RuleBroken(signatures.GIVEN)


def _lock(session: Session, amendment: Amendment) -> None:
    """Of two who sign at the same moment the second waits, and so sees that it is the last."""
    session.flush()
    session.refresh(amendment.agreement, with_for_update=True)
    session.refresh(amendment)


def _conclude(session: Session, amendment: Amendment, *, today: date, now: datetime) -> None:
    told = _those_who_only_hear(session, amendment)
    amendment_effects.take_effect(session, amendment, today=today, now=now)
    amendment.status = target_of(TRANSITIONS, "conclude", amendment.status, ALREADY_SENT)
    for person, home in told.items():
        outbox.notify(session, person, "practicum_news", path=home, now=now)


def _those_who_only_hear(session: Session, amendment: Amendment) -> dict[User, str]:
    """A student whose supervisor is another; the hosts that a student moves from."""
    placement = amendment.placement
    told = {} if Party.STUDENT in amendment.asked else {placement.enrolment.user: page_of(amendment)}
    if amendment.kind is AmendmentKind.UNIT:
        told |= dict.fromkeys(users.hosts_of(session, placement.unit_id), "/host")
    return told


def attach(amendment: Amendment, document: Document) -> None:
    """Tie the frozen document, agreement and amendments in one, to the signed amendment."""
    if not is_signed(amendment):
        raise RuleBroken(_("Kun et underskrevet tillæg kan låses."))
    amendment.document = document


def waiting(actor: Actor) -> Select[Amendment]:
    """Those that are sent and not signed by all, of what this person sees."""
    return visible_to(actor).where(Amendment.status.in_(AWAITING))
