"""What stands on the sheet, as plain values: names alone, nothing of why somebody is away."""

from __future__ import annotations

from typing import TypedDict


class Sheet(TypedDict):
    """One session; `place` and `teachers` may be empty."""

    day: str
    time: str
    place: str
    teachers: str
    names: list[str]


class Values(TypedDict):
    """`dated` is ISO (2025-02-03): the first session's day."""

    dated: str
    issuer: str
    module: str
    cohort: str
    sheets: list[Sheet]
