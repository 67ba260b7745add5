"""What stands in the answer to an application, as plain values. A reason is one of ours, never free text."""

from __future__ import annotations

from typing import Literal

from placements.pdf._letter.values import Letter

Kind = Literal["offer", "waiting_list", "rejection", "next_year"]
Reason = Literal["many", "other_mix", "age", "residence", "language", "incomplete", "talk"]


class Values(Letter):
    """`begins`, `ends` are the cohort's (with `next_year` those of the next one); `place` 0: not told.

    `answer_by` is the last day to answer; `opens` the day when one may apply again.
    `paragraphs`: the whole text, where the programme has written its own.
    """

    kind: Kind
    person: str
    programme: str
    cohort: str
    begins: str
    ends: str
    place: int
    reasons: list[str]
    answer_by: str
    opens: str
    paragraphs: list[str]
