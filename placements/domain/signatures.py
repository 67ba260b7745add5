"""Signing, whatever is signed: whose signatures, who can give them, how each stands, and giving one.

An agreement's version and an amendment are both `Signable`; each keeps signatures in a table of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol, TypeVar

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from placements.domain import outbox
from placements.domain.actors import Actor
from placements.domain.rules import RuleBroken
from placements.formatting import local
from placements.i18n import Text, _
from placements.models.documents import Document
from placements.models.placements import LegalBasis, Placement
from placements.models.signatures import Light, Party, SignatureMethod, Signed
from placements.models.users import Role, RoleGrant, User

PATIENCE = timedelta(days=7)
"""So long after the last mail somebody is due to be reminded."""
NOT_PRINTED = _("Det, der skal underskrives, er ikke trykt endnu. Bed koordinatoren om at sende det igen.")
CHANGED_SINCE = _(
    "Teksten er ændret, siden du åbnede siden, så der er ikke skrevet under. "
    "Læs den nye tekst herunder, og skriv under på den."
)
GIVEN = _("Din underskrift mangler ikke. Enten er den givet, eller også er teksten ved at blive ændret.")

S = TypeVar("S", bound=Signed)


class Signable(Protocol):
    """What several parties sign: it has been sent, and `offered` is the frozen document they sign.

    `asked` are those who must sign, None for all of the placement's parties; `host_unit_id` says whose host.
    """

    sent_at: datetime | None

    @property
    def placement(self) -> Placement: ...
    @property
    def asked(self) -> Sequence[Party] | None: ...
    @property
    def host_unit_id(self) -> int: ...
    @property
    def offered(self) -> Document | None: ...
    @property
    def signatures(self) -> Sequence[Signed]: ...


@dataclass(frozen=True, slots=True)
class Standing:
    """One party's signature: red, amber or green, and why in a few words."""

    party: Party
    light: Light
    note: Text
    people: tuple[User, ...] = ()
    signature: Signed | None = None


# Questions


def expected(placement: Placement) -> list[Party]:
    """Who must sign; *virksomhedspraktik* also the employees' representative (D-06)."""
    parties = [Party.STUDENT, Party.HOST, Party.COORDINATOR]
    if placement.legal_basis is LegalBasis.JOB_CENTRE:
        parties.append(Party.EMPLOYEE_REPRESENTATIVE)
    return parties


def wanted(what: Signable) -> Sequence[Party]:
    return expected(what.placement) if what.asked is None else what.asked


def missing(what: Signable) -> list[Party]:
    signed = {signature.party for signature in what.signatures}
    return [party for party in wanted(what) if party not in signed]


def parties_of(placement: Placement, actor: Actor, *, host_unit_id: int | None = None) -> list[Party]:
    """Which parties this person can sign for. The employees' representative signs in for the unit too."""
    parties = []
    if placement.enrolment.user_id == actor.id:
        parties.append(Party.STUDENT)
    if (host_unit_id or placement.unit_id) in actor.unit_ids:
        parties += [Party.HOST, Party.EMPLOYEE_REPRESENTATIVE]
    if placement.programme_id in actor.programme_ids:
        parties.append(Party.COORDINATOR)
    return parties


def party_for(what: Signable, actor: Actor) -> Party | None:
    """The missing party that this person can sign for; nobody signs twice with their own hand."""
    if any(given.user_id == actor.id and given.scan_id is None for given in what.signatures):
        return None
    lacking = missing(what)
    able = parties_of(what.placement, actor, host_unit_id=what.host_unit_id)
    return next((party for party in able if party in lacking), None)


class Signatories:
    """Who can sign for which party, for any number of things to sign with one question to the database."""

    def __init__(self, session: Session, signables: Collection[Signable]) -> None:
        units = {what.host_unit_id for what in signables}
        programmes = {what.placement.programme_id for what in signables}
        at_unit = (RoleGrant.role == Role.HOST) & RoleGrant.unit_id.in_(units)
        in_programme = (RoleGrant.role == Role.COORDINATOR) & RoleGrant.programme_id.in_(programmes)
        self.grants = session.scalars(
            select(RoleGrant)
            .join(RoleGrant.user)
            .where(User.active, or_(at_unit, in_programme))
            .options(joinedload(RoleGrant.user))
            .order_by(User.name, User.id)
        ).all()

    def of(self, what: Signable, party: Party) -> list[User]:
        """Those who can still sign for it: somebody who has signed for another party cannot."""
        placement = what.placement
        if party is Party.STUDENT:
            return [placement.enrolment.user] if placement.enrolment.user.active else []
        used = {given.user_id for given in what.signatures if given.scan_id is None}
        return [
            grant.user
            for grant in self.grants
            if grant.user_id not in used
            and (
                grant.programme_id == placement.programme_id
                if party is Party.COORDINATOR
                else grant.unit_id == what.host_unit_id
            )
        ]


def standings(
    session: Session, chosen: Sequence[tuple[Signable, str]], *, today: date
) -> list[list[Standing]]:
    """Red, amber or green for each party of each; `chosen` are pairs of what is signed and its page."""
    people = Signatories(session, [what for what, _path in chosen])
    mails = outbox.last_mails(session, [path for _what, path in chosen])
    return [
        [_standing(what, party, people.of(what, party), path, mails, today) for party in needed]
        for what, path, needed in ((what, path, wanted(what)) for what, path in chosen)
    ]


def _standing(
    what: Signable, party: Party, people: list[User], path: str, mails: outbox.LastMails, today: date
) -> Standing:
    given = next((signature for signature in what.signatures if signature.party is party), None)
    if given is not None:
        return Standing(party, Light.GREEN, _signed_note(given), signature=given)
    if what.sent_at is None:
        return Standing(party, Light.RED, _("Ikke sendt endnu"))
    reached = [mails[path, person.id] for person in people if (path, person.id) in mails]
    light, note = _waiting(what.sent_at, people, reached, today)
    return Standing(party, light, note, tuple(people))


def _signed_note(given: Signed) -> Text:
    if given.signed_on is not None:
        return _("%(name)s på papir %(day)s", name=given.name, day=given.signed_on)
    return _("%(name)s %(when)s", name=given.name, when=given.signed_at)


def _waiting(
    sent_at: datetime, people: list[User], mails: list[outbox.LastMail], today: date
) -> tuple[Light, Text]:
    if not people:
        return Light.RED, _("Ingen kan logge ind og skrive under. Invitér en person.")
    if mails and all(mail.given_up for mail in mails):
        return Light.RED, _("Mailen kunne ikke afleveres. Se efter, om adressen er rigtig.")
    last = local(max([sent_at, *(mail.at for mail in mails)])).date()
    if last + PATIENCE <= today:
        return Light.RED, _("En påmindelse er på tide. Sidste mail er fra %(day)s.", day=last)
    return Light.AMBER, _("Sidste mail er fra %(day)s.", day=last)


# Actions


def sign(what: Signable, kind: Callable[..., S], actor: Actor, *, now: datetime) -> S:
    """This person's signature, for the caller to keep with what was signed."""
    party = party_for(what, actor)
    if party is None:
        raise RuleBroken(GIVEN)
    if what.offered is None:
        raise RuleBroken(NOT_PRINTED)
    return kind(
        party=party,
        user_id=actor.id,
        name=actor.signed_name,
        signed_at=now,
        method=SignatureMethod(actor.method.value) if actor.method else None,
        sha256=what.offered.sha256,
    )
