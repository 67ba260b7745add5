"""Many placements laid at once: the rules of one, asked in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.db import chunks
from placements.domain import impossible_units, offers
from placements.domain.placement_changes import check_terms, draft_on, refresh_search
from placements.domain.placement_states import OCCUPYING
from placements.domain.rules import RuleBroken
from placements.i18n import _
from placements.models.enrolments import Enrolment
from placements.models.hosts import Contact
from placements.models.offers import Offer
from placements.models.placements import Placement
from placements.models.users import User

Spans = dict[int, list[tuple[date, date]]]


@dataclass(frozen=True, slots=True)
class Draft:
    """A student on the first of these offers that has a seat; period and hours follow it unless said."""

    enrolment: Enrolment
    offers: Sequence[Offer]
    starts_on: date | None = None
    ends_on: date | None = None
    weekly_minutes: int | None = None
    supervisor: Contact | None = None


def create_all(session: Session, drafts: Sequence[Draft], *, today: date) -> list[Placement]:
    """All of them, or with the sentence none."""
    left = _seats_left(session, {offer.id for draft in drafts for offer in draft.offers})
    busy = _busy(session, {draft.enrolment.user_id for draft in drafts})
    excluded = impossible_units.of(session, {draft.enrolment.id for draft in drafts})
    made = []
    with session.no_autoflush:
        for draft in drafts:
            offer = _with_a_seat(draft, left)
            if offer.unit_id in excluded.get(draft.enrolment.id, ()):
                raise RuleBroken(impossible_units.sentence(offer.unit, today=today), field="unit_id")
            placement = _create(draft, offer, busy)
            refresh_search(session, placement, today=today)
            left[offer.id] -= 1
            made.append(placement)
    session.add_all(made)
    return made


def _some(ids: Collection[int]) -> Iterator[list[int]]:
    """In the same order for everybody, so that two who lock the same wait instead of blocking each other."""
    return chunks(sorted(ids))


def _seats_left(session: Session, ids: set[int]) -> dict[int, int]:
    """Whoever else wants one of these seats waits until this is saved."""
    left: dict[int, int] = {}
    for some in _some(ids):
        session.execute(select(Offer.id).where(Offer.id.in_(some)).order_by(Offer.id).with_for_update())
        left |= offers.open_seats(session, some)
    return left


def _busy(session: Session, people: set[int]) -> Spans:
    busy: Spans = defaultdict(list)
    for some in _some(people):
        session.execute(select(User.id).where(User.id.in_(some)).order_by(User.id).with_for_update())
        taken = (
            select(Enrolment.user_id, Placement.starts_on, Placement.ends_on)
            .join(Enrolment, Enrolment.id == Placement.enrolment_id)
            .where(Enrolment.user_id.in_(some), Placement.status.in_(OCCUPYING))
        )
        for user_id, first, last in session.execute(taken):
            busy[user_id].append((first, last))
    return busy


def _with_a_seat(draft: Draft, left: dict[int, int]) -> Offer:
    offer = next((offer for offer in draft.offers if left[offer.id] > 0), None)
    if offer is None:
        seats = sum(offer.seats for offer in draft.offers)
        raise RuleBroken(_("Praktikstedets pladser er optaget. Der er tilbudt %(seats)s i alt.", seats=seats))
    return offer


def _create(draft: Draft, offer: Offer, busy: Spans) -> Placement:
    first, last = draft.starts_on or offer.starts_on, draft.ends_on or offer.ends_on
    minutes = offer.weekly_minutes if draft.weekly_minutes is None else draft.weekly_minutes
    enrolment, supervisor = draft.enrolment, draft.supervisor
    check_terms(offer, enrolment, first, last, minutes)
    _refuse_overlap(enrolment, first, last, busy)
    if supervisor is not None and (supervisor.unit_id != offer.unit_id or not supervisor.active):
        raise RuleBroken(_("Vælg en praktikvejleder, der arbejder på praktikstedet."), field="supervisor_id")
    placement = draft_on(offer, enrolment, first, last, minutes)
    placement.supervisor = supervisor
    return placement


def _refuse_overlap(enrolment: Enrolment, first: date, last: date, busy: Spans) -> None:
    """The student is in one place at a time."""
    for start, end in busy[enrolment.user_id]:
        if start <= last and first <= end:
            raise RuleBroken(
                _(
                    "%(name)s har allerede et praktikforløb fra %(start)s til %(end)s.",
                    name=enrolment.user.name,
                    start=start,
                    end=end,
                ),
                field="starts_on",
            )
    busy[enrolment.user_id].append((first, last))
