"""Proposals for who goes where in a cohort: made, compared, carried out, and taken back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, TypeVar, cast

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload

from placements.db import one_at_a_time
from placements.domain import allocation_inputs, allocation_rules, placement_changes
from placements.domain.actors import Actor
from placements.domain.allocation_inputs import Inputs
from placements.domain.allocation_reasons import OBSTACLES, Explainer, Why
from placements.domain.allocation_rules import Facts
from placements.domain.allocation_solver import Solver
from placements.domain.allocation_texts import packed
from placements.domain.placement_states import is_draft
from placements.domain.rules import RuleBroken, expect_version, moves, target_of
from placements.i18n import Text, _
from placements.models.allocations import Allocation, AllocationStatus
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.offers import Offer
from placements.models.placements import Placement

T = TypeVar("T", Enrolment, Offer, Placement)
RULES_VERSION = 1
"""Rises when the same input may give another allocation."""

TRANSITIONS = moves(
    commit=((AllocationStatus.PROPOSED, AllocationStatus.UNDONE), AllocationStatus.COMMITTED),
    undo=((AllocationStatus.COMMITTED,), AllocationStatus.UNDONE),
)


def visible_to(actor: Actor) -> Select[Allocation]:
    """Those who coordinate the programme, and nobody else."""
    run = select(Cohort.id).where(Cohort.programme_id.in_(actor.programme_ids))
    return select(Allocation).where(Allocation.cohort_id.in_(run))


def of_cohort(session: Session, cohort: Cohort) -> list[Allocation]:
    """The newest first, with those who made them."""
    return list(
        session.scalars(
            select(Allocation)
            .options(joinedload(Allocation.made_by))
            .where(Allocation.cohort_id == cohort.id)
            .order_by(Allocation.number.desc())
        )
    )


# Questions


def verbs_for(allocation: Allocation) -> list[str]:
    return [verb for verb, move in TRANSITIONS.items() if allocation.status in move.sources]


def placed_in(result: dict[str, Any]) -> dict[int, int]:
    """Enrolment to offer."""
    return {int(student): offer for student, offer in result["placed"].items()}


def changed_since(allocation: Allocation, inputs: Inputs) -> list[Text]:
    """What has changed since it was proposed, in words."""
    return allocation_inputs.changed(allocation.inputs, inputs.digests)


# Actions


def propose(session: Session, cohort: Cohort, inputs: Inputs, *, by: int | None, now: datetime) -> Allocation:
    """The best allocation of those who have no place yet. Each proposal draws its own lots."""
    _refuse_unless_possible(inputs)
    one_at_a_time(session, f"allocation {cohort.id}")
    number = (session.scalar(_last_number(cohort)) or 0) + 1
    case = allocation_rules.case(inputs.facts, seed=number)
    solver = Solver(case.problem)
    best = solver.solve()
    chosen = allocation_rules.placed_of(case, best.chosen)
    allocation = Allocation(
        cohort=cohort,
        number=number,
        made_at=now,
        made_by_id=by,
        seed=number,
        rules_version=RULES_VERSION,
        inputs=inputs.digests,
        score=best.score._asdict(),
        result=_result(inputs, chosen, Explainer(case, solver, best, inputs.name).everybody()),
        drafts=[],
        status=AllocationStatus.PROPOSED,
    )
    session.add(allocation)
    return allocation


def _last_number(cohort: Cohort) -> Select[Any]:
    return select(func.max(Allocation.number)).where(Allocation.cohort_id == cohort.id)


def _refuse_unless_possible(inputs: Inputs) -> None:
    if not inputs.facts.students:
        raise RuleBroken(_("Alle på holdet har allerede et praktikforløb, så der er ingen at fordele."))
    if not inputs.facts.offers:
        raise RuleBroken(_("Der er ingen åbne praktikpladser til holdet endnu. Frigiv nogle først."))
    if sentences := pins_in_the_way(inputs, inputs.facts):
        raise RuleBroken(sentences[0])


def pins_in_the_way(inputs: Inputs, facts: Facts) -> list[Text]:
    """What each pinned pair that cannot be is told."""
    return [
        _(
            "%(student)s kan ikke være låst til %(unit)s. %(why)s",
            student=inputs.name("student", pin.student_id),
            unit=inputs.name("offer", pin.offer_id),
            why=OBSTACLES[pin.obstacle] if pin.obstacle else _("Der er låst flere, end der er pladser."),
        )
        for pin in allocation_rules.unmet_pins(facts)
    ]


def _result(inputs: Inputs, chosen: dict[int, int], explained: dict[int, Why]) -> dict[str, Any]:
    """Ids alone: see `allocation_texts`."""
    facts = inputs.facts
    students = {one.id: one for one in facts.students}
    places = {one.id: one.place for one in facts.offers}
    sectors = allocation_rules.by_sector(facts, chosen)
    return {
        "students": [one.id for one in facts.students],
        "placed": {str(student): offer for student, offer in chosen.items()},
        "rank": {str(student): students[student].ranks.get(offer) for student, offer in chosen.items()},
        "distance": {
            str(student): allocation_rules.distance(students[student].place, places[offer])
            for student, offer in chosen.items()
        },
        "sectors": {
            sector.value: [found + inputs.held.get(sector, 0), wanted + inputs.held.get(sector, 0)]
            for sector, (found, wanted) in sectors.items()
        },
        "why": {
            str(student): {"reasons": packed(why.reasons), "told": packed(why.told)}
            for student, why in explained.items()
        },
    }


def commit(session: Session, allocation: Allocation, *, version: int, today: date) -> None:
    """Drafts of all, or of none: only when everything it rests on is still the same."""
    one_at_a_time(session, f"allocation {allocation.cohort_id}")
    session.refresh(allocation)
    target = target_of(TRANSITIONS, "commit", allocation.status, _("Forslaget er allerede gjort til forløb."))
    expect_version(allocation, version)
    _refuse_changed(allocation, allocation_inputs.read(session, allocation.cohort, today=today))
    pairs = placed_in(allocation.result)
    students = _by_id(session, Enrolment, pairs.keys())
    offered = _by_id(session, Offer, pairs.values())
    made = [
        placement_changes.create(session, offered[offer], students[student], today=today)
        for student, offer in pairs.items()
    ]
    session.flush()
    allocation.drafts, allocation.status = [placement.id for placement in made], target


def _by_id(session: Session, model: type[T], ids: Iterable[int]) -> dict[int, T]:
    found = session.scalars(select(model).where(model.id.in_(set(ids))))
    return {record.id: record for record in found}


def _refuse_changed(allocation: Allocation, inputs: Inputs) -> None:
    if allocation.rules_version != RULES_VERSION:
        raise RuleBroken(_("Reglerne er blevet nyere end forslaget. Lav et nyt forslag."))
    if what := changed_since(allocation, inputs):
        raise RuleBroken(
            _(
                "Der er ændret noget, siden forslaget blev lavet: %(what)s. Intet er gemt."
                " Lav et nyt forslag.",
                what=what,
            )
        )


def undo(session: Session, allocation: Allocation, *, version: int) -> None:
    """The step back: the drafts go, as long as nobody has touched any of them."""
    one_at_a_time(session, f"allocation {allocation.cohort_id}")
    session.refresh(allocation)
    target = target_of(
        TRANSITIONS,
        "undo",
        allocation.status,
        _("Forslaget er ikke gjort til forløb, så der er intet at fortryde."),
    )
    expect_version(allocation, version)
    drafts = list(_by_id(session, Placement, allocation.drafts).values())
    touched = [one.student_name for one in drafts if not is_draft(one) or one.version != 1]
    if touched or len(drafts) < len(allocation.drafts) or _leaned_on(session, allocation.drafts):
        raise RuleBroken(
            _(
                "Der er arbejdet videre med et eller flere af forløbene, så fordelingen kan ikke fortrydes"
                " samlet. Ret eller aflys forløbene enkeltvis."
            )
        )
    for draft in drafts:
        session.delete(draft)
    allocation.drafts, allocation.status = [], target


def _leaned_on(session: Session, placement_ids: list[int]) -> bool:
    """Whether any other record belongs to one of these placements: an agreement, hours, a visit."""
    tables, key = Placement.metadata.sorted_tables, cast(Any, Placement.__table__.c.id)
    columns = [column for one in tables for column in one.c if column.references(key)]
    asked = [exists().where(column.in_(placement_ids)) for column in columns]
    return bool(session.scalar(select(or_(*asked))))
