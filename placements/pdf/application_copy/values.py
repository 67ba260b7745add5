"""What stands on an applicant's own copy, as plain values: what they have said, and nothing else."""

from __future__ import annotations

from typing import TypedDict


class Told(TypedDict):
    """A question and what was said to it: a short line, or a text of several paragraphs."""

    question: str
    lines: list[str]


class Values(TypedDict):
    """`dated` is ISO (2025-02-03). A draft has no number and was not sent."""

    dated: str
    issuer: str
    programme: str
    cohort: str
    number: str
    sent: str
    name: str
    told: list[Told]
