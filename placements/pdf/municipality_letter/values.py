"""What stands in the letter to a municipality, as plain values: never what the course is about."""

from __future__ import annotations

from placements.pdf._letter.values import Letter


class Values(Letter):
    """`applicant` may be left out; `free_place_in` is the region whose municipalities may apply for one."""

    municipality: str
    applicant: str
    period: str
    amount: str
    answer_by: str
    free_place_in: str
