"""Proposals side by side, and one proposal student by student, ready to be shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from placements.domain import allocation_inputs, allocations
from placements.domain.allocation_inputs import Inputs
from placements.domain.allocation_rules import ELSEWHERE, SAME_MUNICIPALITY, SAME_REGION
from placements.domain.allocation_texts import unpacked
from placements.i18n import Text
from placements.models.allocations import Allocation, AllocationPair, AllocationStatus
from placements.models.hosts import Sector

FIRST, SECOND_OR_THIRD, FURTHER, UNWISHED = range(4)


@dataclass(frozen=True, slots=True)
class SectorLine:
    sector: Sector
    placed: int
    wanted: int


@dataclass(frozen=True, slots=True)
class Line:
    """One proposal among others. `wishes`: how many got their first, second or third, a further one, none;
    `near`: how many in the same municipality, the same region, elsewhere. `fresh`: nothing has changed since.
    """

    id: int
    number: int
    made_at: datetime
    made_by: str
    status: AllocationStatus
    placed: int
    students: int
    sectors: list[SectorLine]
    deviation: int
    wishes: list[int]
    near: list[int]
    fresh: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One student; no offer: no place. `reasons` are the coordinator's, `told` the student's."""

    enrolment_id: int
    student: str
    offer_id: int | None
    unit: str
    rank: int | None
    reasons: list[Text]
    told: list[Text]


@dataclass(frozen=True, slots=True)
class SettledPair:
    id: int
    kind: str
    student: str
    unit: str


def line(allocation: Allocation, inputs: Inputs) -> Line:
    result = allocation.result
    ranks = Counter(_wish(rank) for rank in result["rank"].values())
    steps = Counter(result["distance"].values())
    return Line(
        allocation.id,
        allocation.number,
        allocation.made_at,
        allocation.made_by.name if allocation.made_by else "",
        allocation.status,
        len(result["placed"]),
        len(result["students"]),
        [SectorLine(Sector(key), *counted) for key, counted in result["sectors"].items()],
        allocation.score["deviation"],
        [ranks[wish] for wish in (FIRST, SECOND_OR_THIRD, FURTHER, UNWISHED)],
        [steps[step] for step in (SAME_MUNICIPALITY, SAME_REGION, ELSEWHERE)],
        not allocation_inputs.changed(allocation.inputs, inputs.digests),
    )


def _wish(rank: int | None) -> int:
    if rank is None:
        return UNWISHED
    return FIRST if rank == 1 else SECOND_OR_THIRD if rank <= 3 else FURTHER


def rows(allocation: Allocation, inputs: Inputs) -> list[Row]:
    """By name; those without a place first, because they need somebody to look at them."""
    found = [_row(allocation.result, student, inputs) for student in allocation.result["students"]]
    return sorted(found, key=lambda row: (row.offer_id is not None, row.student, row.enrolment_id))


def _row(result: dict[str, Any], student: int, inputs: Inputs) -> Row:
    offer = allocations.placed_in(result).get(student)
    why = result["why"][str(student)]
    return Row(
        student,
        inputs.name("student", student),
        offer,
        inputs.name("offer", offer) if offer is not None else "",
        result["rank"].get(str(student)),
        unpacked(why["reasons"], inputs.names),
        unpacked(why["told"], inputs.names),
    )


def pairs(settled: Iterable[AllocationPair], inputs: Inputs) -> list[SettledPair]:
    return [
        SettledPair(
            pair.id, pair.kind, inputs.name("student", pair.enrolment_id), inputs.name("offer", pair.offer_id)
        )
        for pair in settled
    ]


def as_data(allocation: Allocation, inputs: Inputs) -> dict[str, Any]:
    """The same for other programs: `flask allocate --json`."""
    shown = line(allocation, inputs)
    return {
        "cohort": allocation.cohort.slug,
        "proposal": allocation.number,
        "status": allocation.status.value,
        "made_at": allocation.made_at.isoformat(),
        "seed": allocation.seed,
        "rules_version": allocation.rules_version,
        "input": allocation_inputs.whole(allocation.inputs),
        "objective": allocation.score,
        "totals": {
            "students": shown.students,
            "placed": shown.placed,
            "unplaced": shown.students - shown.placed,
            "sectors": {
                one.sector.value: {"placed": one.placed, "target": one.wanted} for one in shown.sectors
            },
        },
        "students": [
            {
                "enrolment_id": row.enrolment_id,
                "student": row.student,
                "offer_id": row.offer_id,
                "unit": row.unit or None,
                "rank": row.rank,
                "reasons": [str(sentence) for sentence in row.reasons],
            }
            for row in rows(allocation, inputs)
        ],
    }
