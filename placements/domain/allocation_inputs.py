"""What an allocation rests on, read from the database, and a digest of each part of it.

The digests say whether anything has changed since a proposal was made, and what; they hold nothing else.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from placements.domain import clearances, enrolments, municipalities, offers, pauses, preferences
from placements.domain.allocation_rules import Facts, Offer, Pair, Place, Student
from placements.domain.placement_states import OCCUPYING
from placements.domain.rules import RuleBroken
from placements.i18n import Text, _
from placements.models.allocations import AllocationPair, PairKind
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.hosts import Sector, Unit
from placements.models.offers import Offer as OfferRecord
from placements.models.placements import Placement

GONE = {"student": _("en studerende"), "offer": _("et praktiksted")}
PARTS = {
    "students": _("de studerende"),
    "wishes": _("ønskerne"),
    "offers": _("praktikpladserne"),
    "pairs": _("de låste og udelukkede par"),
    "rules": _("holdets praktik eller attesterne"),
}


@dataclass(frozen=True, slots=True)
class Inputs:
    """The facts, a digest of each part, `names` of students and offers by id, and how many have a place."""

    facts: Facts
    digests: dict[str, str]
    names: dict[str, dict[int, str]]
    held: dict[Sector, int]

    def name(self, kind: str, record_id: int) -> str:
        return self.names[kind].get(record_id, GONE[kind])


def read(session: Session, cohort: Cohort, *, today: date) -> Inputs:
    """Always the same number of queries. Raises `RuleBroken` when the practicum has no dates."""
    first, last = cohort.practicum_starts_on, cohort.practicum_ends_on
    if first is None or last is None:
        raise RuleBroken(_("Holdets praktikperiode er ikke lagt endnu. Sæt den på holdets side først."))
    people = [one for one in enrolments.of_cohort(session, cohort) if enrolments.is_active(one)]
    every = _every_offer(session, cohort)
    paused = set(session.scalars(pauses.paused_ids()))
    records = [record for record in every if offers.is_open(record) and record.unit_id not in paused]
    busy, placed, held = _laid(session, cohort, people)
    waiting = [one for one in people if one.id not in placed]
    students = tuple(_students(session, cohort, waiting, busy, first))
    blocked = clearances.blocked_pairs(
        session, [one.id for one in waiting], {record.unit_id for record in records}, on=first
    )
    pairs = _pairs(session, cohort)
    facts = Facts(
        students,
        tuple(_offers(session, records)),
        first,
        last,
        _targets(cohort, len(students), held),
        pairs[PairKind.PINNED],
        pairs[PairKind.FORBIDDEN],
        frozenset(blocked),
    )
    names = {
        "student": {one.id: one.user.name for one in people},
        "offer": {record.id: record.unit.name_on(today) for record in every},
    }
    return Inputs(facts, _digests(facts), names, held)


def _pairs(session: Session, cohort: Cohort) -> dict[PairKind, frozenset[Pair]]:
    columns = AllocationPair.kind, AllocationPair.enrolment_id, AllocationPair.offer_id
    rows = session.execute(select(*columns).where(AllocationPair.cohort_id == cohort.id)).all()
    return {
        kind: frozenset((row.enrolment_id, row.offer_id) for row in rows if row.kind is kind)
        for kind in PairKind
    }


Busy = dict[int, list[tuple[date, date]]]


def _laid(
    session: Session, cohort: Cohort, people: Iterable[Enrolment]
) -> tuple[Busy, set[int], dict[Sector, int]]:
    """What is laid for these people: when, by person; in this cohort who, and how many in each sector."""
    columns = Enrolment.user_id, Placement.enrolment_id, Placement.cohort_id, Placement.sector
    rows = session.execute(
        select(*columns, Placement.starts_on, Placement.ends_on)
        .join(Enrolment, Enrolment.id == Placement.enrolment_id)
        .where(Enrolment.user_id.in_({one.user_id for one in people}), Placement.status.in_(OCCUPYING))
    ).all()
    busy: Busy = defaultdict(list)
    here = [row for row in rows if row.cohort_id == cohort.id]
    for row in rows:
        busy[row.user_id].append((row.starts_on, row.ends_on))
    return busy, {row.enrolment_id for row in here}, dict(Counter(row.sector for row in here))


def _students(
    session: Session, cohort: Cohort, people: Iterable[Enrolment], busy: Busy, first: date
) -> Iterable[Student]:
    wishes = preferences.of_cohort(session, cohort)
    for one in people:
        wished = wishes[one.id]
        yield Student(
            one.id,
            _place(wished.municipality, first),
            wished.ranks,
            wished.weekdays,
            wished.reach,
            wished.needs,
            wished.excluded_unit_ids,
            tuple(sorted(busy.get(one.user_id, ()))),
        )


def _targets(cohort: Cohort, students: int, held: dict[Sector, int]) -> dict[Sector, int]:
    """The sectors' shares of all who have or need a place (V-12), less those who have one."""
    shares = {
        Sector(key): Decimal(str(share)) for key, share in cohort.programme.sector_shares.items() if share
    }
    wanted = offers.shares_of(students + sum(held.values()), shares)
    return {sector: max(0, wanted[sector] - held.get(sector, 0)) for sector in wanted}


def _every_offer(session: Session, cohort: Cohort) -> list[OfferRecord]:
    """With the names of their units: of closed ones one may have to say that they are closed."""
    found = select(OfferRecord).options(joinedload(OfferRecord.unit).selectinload(Unit.periods))
    return list(session.scalars(found.where(OfferRecord.cohort_id == cohort.id).order_by(OfferRecord.id)))


def _offers(session: Session, records: list[OfferRecord]) -> Iterable[Offer]:
    left = offers.open_seats(session, [record.id for record in records])
    for record in records:
        yield Offer(
            record.id,
            record.unit_id,
            record.unit.sector,
            left[record.id],
            record.starts_on,
            record.ends_on,
            _place(record.unit.municipality, record.starts_on),
            frozenset(int(day) for day in record.weekly_plan),
            frozenset(record.accessibility),
        )


def _place(name: str | None, day: date) -> Place:
    """However the municipality is spelled; its region on that day (D-05)."""
    found = municipalities.find(name) if name else None
    return Place(found.name, found.region_on(day)) if found else Place()


# What has changed


def _digests(facts: Facts) -> dict[str, str]:
    students = {one.id: (one.place, one.busy) for one in facts.students}
    wishes = {
        one.id: (one.ranks, one.weekdays, one.reach, one.needs, one.excluded_unit_ids)
        for one in facts.students
    }
    parts: dict[str, Any] = {
        "students": students,
        "wishes": wishes,
        "offers": facts.offers,
        "pairs": (facts.pinned, facts.forbidden),
        "rules": (facts.first, facts.last, facts.targets, facts.blocked),
    }
    return {name: _digest(part) for name, part in parts.items()}


def _digest(part: Any) -> str:
    return hashlib.sha256(json.dumps(_plain(part), sort_keys=True).encode()).hexdigest()


def _plain(part: Any) -> Any:
    """The same text for the same values, whatever order a set happens to be in."""
    if isinstance(part, Mapping):
        return {str(key): _plain(value) for key, value in part.items()}
    if isinstance(part, frozenset):
        return sorted((_plain(one) for one in part), key=str)
    if isinstance(part, tuple):
        return [_plain(one) for one in part]
    if isinstance(part, Offer):
        return [_plain(getattr(part, name)) for name in part.__slots__]
    return part.isoformat() if isinstance(part, date) else part


def whole(digests: Mapping[str, str]) -> str:
    """One digest of them all: the same input gives the same."""
    return _digest(dict(digests))


def changed(before: Mapping[str, str], now: Mapping[str, str]) -> list[Text]:
    """What has changed, in words."""
    return [text for part, text in PARTS.items() if before.get(part) != now.get(part)]
