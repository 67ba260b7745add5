"""Checks and clearances: what a unit asks for, what has been seen of it, and whom that stops."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from placements.db import one_at_a_time
from placements.domain.rules import RuleBroken, Stale
from placements.i18n import Text, _
from placements.models.clearances import Clearance, ClearanceKind, ClearanceRule, ClearanceState
from placements.models.enrolments import Enrolment
from placements.models.hosts import Unit
from placements.models.placements import Placement
from placements.words import word

OF_UNITS = frozenset({ClearanceKind.SITE_APPROVAL})
OF_STUDENTS = tuple(kind for kind in ClearanceKind if kind not in OF_UNITS)


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of check in a list: its dates, if there are any, and how it stands."""

    kind: ClearanceKind
    clearance: Clearance | None
    state: ClearanceState


# Questions


def lines(
    held: Mapping[ClearanceKind, Clearance], kinds: Iterable[ClearanceKind], *, today: date
) -> list[Line]:
    """A line for each kind, also for what nobody has asked about."""
    return [Line(kind, held.get(kind), state_on(held.get(kind), today)) for kind in kinds]


def state_on(clearance: Clearance | None, day: date) -> ClearanceState:
    if clearance is None or (clearance.requested_on is None and clearance.seen_on is None):
        return ClearanceState.MISSING
    if clearance.seen_on is None:
        return ClearanceState.REQUESTED
    if clearance.expires_on is not None and clearance.expires_on < day:
        return ClearanceState.EXPIRED
    return ClearanceState.SEEN


def _holds_on(day: date) -> ColumnElement[bool]:
    """As `ClearanceState.SEEN`, for a query."""
    return Clearance.seen_on.is_not(None) & or_(Clearance.expires_on.is_(None), Clearance.expires_on >= day)


def blocked_pairs(
    session: Session, enrolment_ids: Collection[int], unit_ids: Collection[int], *, on: date
) -> set[tuple[int, int]]:
    """(enrolment, unit) where a mandatory check is missing or expired that day; three statements at most."""
    asked = _mandatory(session, unit_ids)
    if not asked:
        return set()
    students = _held(session, Clearance.enrolment_id.in_(enrolment_ids), on)
    units = _held(session, Clearance.unit_id.in_(asked), on)
    blocked = set()
    for unit_id, kinds in asked.items():
        closed = not kinds & OF_UNITS <= units[None, unit_id]
        wanted = kinds - OF_UNITS
        blocked |= {
            (enrolment_id, unit_id)
            for enrolment_id in enrolment_ids
            if closed or not wanted <= students[enrolment_id, None]
        }
    return blocked


def _mandatory(session: Session, unit_ids: Collection[int]) -> dict[int, set[ClearanceKind]]:
    rules = select(ClearanceRule.unit_id, ClearanceRule.kind).where(
        ClearanceRule.mandatory, ClearanceRule.unit_id.in_(unit_ids)
    )
    asked: dict[int, set[ClearanceKind]] = defaultdict(set)
    for unit_id, kind in session.execute(rules):
        asked[unit_id].add(kind)
    return asked


def _held(
    session: Session, whose: ColumnElement[bool], day: date
) -> dict[tuple[int | None, int | None], set[ClearanceKind]]:
    """The kinds that hold that day, by enrolment and unit (one of the two is empty)."""
    seen = select(Clearance.enrolment_id, Clearance.unit_id, Clearance.kind).where(whose, _holds_on(day))
    held: dict[tuple[int | None, int | None], set[ClearanceKind]] = defaultdict(set)
    for enrolment_id, unit_id, kind in session.execute(seen):
        held[enrolment_id, unit_id].add(kind)
    return held


def rules_of(session: Session, unit_id: int) -> list[ClearanceRule]:
    """What the unit asks for, in the order of the kinds."""
    rules = session.scalars(select(ClearanceRule).where(ClearanceRule.unit_id == unit_id))
    return sorted(rules, key=lambda rule: list(ClearanceKind).index(rule.kind))


def of_unit(session: Session, unit_id: int) -> dict[ClearanceKind, Clearance]:
    """The unit's own."""
    found = session.scalars(select(Clearance).where(Clearance.unit_id == unit_id))
    return {clearance.kind: clearance for clearance in found}


def of_students(
    session: Session, enrolment_ids: Collection[int]
) -> dict[int, dict[ClearanceKind, Clearance]]:
    """Each student's, by kind; one statement."""
    found: dict[int, dict[ClearanceKind, Clearance]] = {id_: {} for id_ in enrolment_ids}
    for clearance in session.scalars(select(Clearance).where(Clearance.enrolment_id.in_(enrolment_ids))):
        found[clearance.enrolment_id or 0][clearance.kind] = clearance
    return found


def warnings(session: Session, placement: Placement) -> list[Text]:
    """What the unit asks for and nobody has seen, and what will not last; the coordinator may go on."""
    asked = rules_of(session, placement.unit_id)
    if not asked:
        return []
    held = of_students(session, [placement.enrolment_id])[placement.enrolment_id] | of_unit(
        session, placement.unit_id
    )
    return [
        text
        for rule in asked
        if rule.mandatory and (text := _warning(rule.kind, held.get(rule.kind), placement))
    ]


def _warning(kind: ClearanceKind, clearance: Clearance | None, placement: Placement) -> Text | None:
    if state_on(clearance, placement.starts_on) is not ClearanceState.SEEN:
        return _("Skal være i orden, før praktikken begynder: %(kind)s.", kind=word(kind))
    if clearance and state_on(clearance, placement.ends_on) is not ClearanceState.SEEN:
        return _(
            "%(kind)s udløber %(day)s, før praktikken slutter.", kind=word(kind), day=clearance.expires_on
        )
    return None


# Actions


def ask_for(session: Session, unit: Unit, kind: ClearanceKind, *, mandatory: bool) -> None:
    """The unit asks for it, or changes how firmly it does."""
    one_at_a_time(session, f"clearances unit {unit.id}")
    rule = next((rule for rule in rules_of(session, unit.id) if rule.kind is kind), None)
    if rule is None:
        rule = ClearanceRule(unit_id=unit.id, kind=kind)
        session.add(rule)
    rule.mandatory = mandatory


def ask_no_longer(session: Session, unit: Unit, kind: ClearanceKind) -> None:
    for rule in rules_of(session, unit.id):
        if rule.kind is kind:
            session.delete(rule)


def register(
    session: Session,
    subject: Enrolment | Unit,
    kind: ClearanceKind,
    *,
    requested_on: date | None,
    seen_on: date | None,
    expires_on: date | None,
    version: int,
    today: date,
) -> Clearance:
    """The dates of one check. `version` is the one the form was opened on, -1 when there was none yet."""
    _check_dates(requested_on, seen_on, expires_on, today)
    clearance = find(session, subject, kind, alone=True)
    if (clearance.version if clearance else -1) != version:
        raise Stale
    if clearance is None:
        key = "enrolment_id" if isinstance(subject, Enrolment) else "unit_id"
        clearance = Clearance(kind=kind, **{key: subject.id})
        session.add(clearance)
    clearance.requested_on, clearance.seen_on, clearance.expires_on = requested_on, seen_on, expires_on
    return clearance


def find(
    session: Session, subject: Enrolment | Unit, kind: ClearanceKind, *, alone: bool = False
) -> Clearance | None:
    """The check of this kind; `alone`: nobody else registers one meanwhile."""
    if alone:
        one_at_a_time(session, f"clearances {type(subject).__name__} {subject.id}")
    whose = Clearance.enrolment_id if isinstance(subject, Enrolment) else Clearance.unit_id
    found: Clearance | None = session.scalar(
        select(Clearance).where(whose == subject.id, Clearance.kind == kind)
    )
    return found


def _check_dates(requested: date | None, seen: date | None, expires: date | None, today: date) -> None:
    if requested is None and seen is None:
        raise RuleBroken(
            _("Skriv, hvornår der er bedt om den, eller hvornår den er set."), field="requested_on"
        )
    for field, day in (("requested_on", requested), ("seen_on", seen)):
        if day is not None and day > today:
            raise RuleBroken(_("Dagen ligger i fremtiden. Vælg i dag eller en dag før."), field=field)
    if requested and seen and seen < requested:
        raise RuleBroken(_("Den kan ikke være set, før der blev bedt om den."), field="seen_on")
    if expires and seen is None:
        raise RuleBroken(_("Skriv også, hvornår den er set."), field="seen_on")
    if expires and seen and expires < seen:
        raise RuleBroken(
            _("Den udløber, før den er set. Se efter, om årstallet er rigtigt."), field="expires_on"
        )
