"""Peers and colleagues of one workplace as pairs (H-03, H-04, H-08), and who lacks the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from placements.domain import enrolments
from placements.domain.actors import Actor
from placements.domain.rules import RuleBroken
from placements.i18n import _
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.hosts import Unit
from placements.models.pairs import PeerPair
from placements.models.programmes import Audience

PAIRED = enrolments.PEERS | {Audience.COLLEAGUE}


@dataclass(frozen=True, slots=True)
class Couple:
    """Two who could be a pair."""

    peer: Enrolment
    colleague: Enrolment


@dataclass(frozen=True, slots=True)
class Overview:
    """`peers` and `colleagues` are those of the cohort who lack the other."""

    pairs: list[PeerPair]
    suggested: list[Couple]
    peers: list[Enrolment]
    colleagues: list[Enrolment]


# Visibility


def visible_to(actor: Actor) -> Select[PeerPair]:
    """Pairs of programmes that the person coordinates."""
    own = select(Enrolment.id).join(Cohort, Cohort.id == Enrolment.cohort_id)
    return select(PeerPair).where(
        PeerPair.peer_id.in_(own.where(Cohort.programme_id.in_(actor.programme_ids)))
    )


# Questions


def fits(pair: PeerPair | Couple) -> bool:
    """H-08: both work in the same place."""
    return pair.peer.unit_id is not None and pair.peer.unit_id == pair.colleague.unit_id


def of_enrolment(session: Session, enrolment: Enrolment) -> list[PeerPair]:
    mine = or_(PeerPair.peer_id == enrolment.id, PeerPair.colleague_id == enrolment.id)
    return list(session.scalars(_with_people(select(PeerPair).where(mine)).order_by(PeerPair.id)))


def of_cohort(session: Session, cohort: Cohort) -> list[PeerPair]:
    """Where at least one of the two is in this cohort."""
    here = select(Enrolment.id).where(Enrolment.cohort_id == cohort.id)
    mine = or_(PeerPair.peer_id.in_(here), PeerPair.colleague_id.in_(here))
    return list(session.scalars(_with_people(select(PeerPair).where(mine)).order_by(PeerPair.id)))


def _with_people(query: Select[PeerPair]) -> Select[PeerPair]:
    sides = (PeerPair.peer, PeerPair.colleague)
    return query.options(
        *(joinedload(side).joinedload(Enrolment.user) for side in sides),
        *(joinedload(side).joinedload(Enrolment.cohort) for side in sides),
        *(joinedload(side).joinedload(Enrolment.unit).selectinload(Unit.periods) for side in sides),
    )


def overview(session: Session, cohort: Cohort) -> Overview:
    pairs = of_cohort(session, cohort)
    people = _there(session, cohort)
    paired = _paired(session, people)
    alone = [one for one in people if one.cohort_id == cohort.id and one.id not in paired]
    return Overview(
        pairs,
        _suggested(cohort, people, paired, {(pair.peer_id, pair.colleague_id) for pair in pairs}),
        [one for one in alone if enrolments.works_as_peer(one)],
        [one for one in alone if enrolments.is_colleague(one)],
    )


def _there(session: Session, cohort: Cohort) -> list[Enrolment]:
    """Peers and colleagues of the cohort, and those of other cohorts at the same workplaces."""
    mate = aliased(Enrolment)
    units = select(mate.unit_id).where(mate.cohort_id == cohort.id, mate.unit_id.is_not(None))
    query = (
        select(Enrolment)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .options(
            joinedload(Enrolment.user),
            joinedload(Enrolment.cohort),
            joinedload(Enrolment.unit).selectinload(Unit.periods),
        )
        .where(
            Cohort.programme_id == cohort.programme_id,
            Enrolment.audience.in_(PAIRED),
            or_(Enrolment.cohort_id == cohort.id, Enrolment.unit_id.in_(units)),
        )
    )
    found = [one for one in session.scalars(query) if enrolments.stays(one)]
    return sorted(found, key=lambda one: (one.user.name, one.id))


def _paired(session: Session, people: Sequence[Enrolment]) -> set[int]:
    """Those of them who are in some pair."""
    ids = [one.id for one in people]
    rows = session.execute(
        select(PeerPair.peer_id, PeerPair.colleague_id).where(
            or_(PeerPair.peer_id.in_(ids), PeerPair.colleague_id.in_(ids))
        )
    )
    return {enrolment_id for row in rows for enrolment_id in row}


def _suggested(
    cohort: Cohort, people: Sequence[Enrolment], paired: set[int], known: set[tuple[int, int]]
) -> list[Couple]:
    """At one workplace, at least one of them in the cohort, and at least one without the other."""
    couples = [
        Couple(peer, colleague)
        for peer in people
        if enrolments.works_as_peer(peer)
        for colleague in people
        if enrolments.is_colleague(colleague)
    ]
    return [
        one
        for one in couples
        if fits(one)
        and cohort.id in {one.peer.cohort_id, one.colleague.cohort_id}
        and (one.peer.id, one.colleague.id) not in known
        and not {one.peer.id, one.colleague.id} <= paired
    ]


# Actions


def link(session: Session, peer: Enrolment, colleague: Enrolment) -> PeerPair:
    """Make them a pair. Their cohorts may differ (H-04); their workplace may not (H-08)."""
    if peer.cohort.programme_id != colleague.cohort.programme_id:
        raise RuleBroken(_("De to er ikke på den samme uddannelse."))
    if not (enrolments.works_as_peer(peer) and enrolments.is_colleague(colleague)):
        raise RuleBroken(_("Et par er en peer og en kollega."))
    if not (enrolments.stays(peer) and enrolments.stays(colleague)):
        raise RuleBroken(_("En af de to er ikke med længere."))
    if not fits(Couple(peer, colleague)):
        raise RuleBroken(
            _(
                "%(peer)s og %(colleague)s arbejder ikke samme sted. Ret arbejdsstedet først.",
                peer=peer.user.name,
                colleague=colleague.user.name,
            )
        )
    if any(pair.colleague_id == colleague.id for pair in of_enrolment(session, peer)):
        raise RuleBroken(_("De to er allerede et par."))
    pair = PeerPair(peer=peer, colleague=colleague)
    session.add(pair)
    return pair


def unlink(session: Session, pair: PeerPair) -> None:
    session.delete(pair)
