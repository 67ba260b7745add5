"""What stands in the letter to the place of a practicum, as plain values. Nothing about health."""

from __future__ import annotations

from placements.pdf._letter.values import Letter


class Values(Letter):
    """Until the unit has said yes, `student` and `student_lines` (mail, telephone) are empty."""

    accepted: bool
    to_whom: str
    student: str
    student_lines: list[str]
    programme: str
    cohort: str
    period: str
    hours: str
    supervisor: str
    supervisor_lines: list[str]
    days: list[str]
