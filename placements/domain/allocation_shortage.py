"""Who is left over, and why: the smallest group of students with fewer seats among them than students."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from placements.domain.allocation_rules import Case


@dataclass(frozen=True, slots=True)
class Shortage:
    """These students can be on these offers only, which together have one seat less than there are students.

    Take any one of the students away, and the others all find a seat.
    """

    student_ids: tuple[int, ...]
    offer_ids: tuple[int, ...]
    seats: int


def shortage(case: Case, placed: Mapping[int, int], student_id: int) -> Shortage | None:
    """For somebody who has no place in an allocation with as many places as possible; None: nowhere to go.

    From the student to each possible offer, from there to those who sit on it, and on. All those offers are
    full, or one more could have been placed. Whoever is reached sits on the shortest way there: without
    them their seat is free, and everybody on the way moves up by one.
    """
    possible, seated = defaultdict(list), defaultdict(list)
    for student, offer in case.pairs:
        possible[student].append(offer)
    for student, offer in placed.items():
        seated[offer].append(student)
    students, offers = [student_id], dict[int, None]()
    for one in students:
        for offer in possible[one]:
            if offer not in offers:
                offers[offer] = None
                students += seated[offer]
    if not offers:
        return None
    return Shortage(tuple(students), tuple(offers), sum(case.offers[offer].seats for offer in offers))
