"""What stands on the list, as plain values: names, and when the group meets. Who came is not on it."""

from __future__ import annotations

from typing import TypedDict


class Member(TypedDict):
    """`cohort` is empty where members read it."""

    name: str
    cohort: str


class Meeting(TypedDict):
    theme: str
    form: str
    day: str
    time: str
    place: str
    cancelled: bool


class Values(TypedDict):
    """`dated` is ISO (2025-02-03); `others` are members of other programmes, whom the reader does not see."""

    dated: str
    number: int
    issuer: str
    group: str
    programmes: str
    partner: str
    place: str
    facilitators: str
    printed: str
    others: int
    members: list[Member]
    meetings: list[Meeting]
